"""How the whole pipeline does on a layout that its labelling has never seen.

    python -m bench.left_out --shared ../shared --work DIR [LAYOUT ...]

For every layout of the typeset texts, and for the real issue: weights of the labelling trained without it
(`DIR/LAYOUT.npz`, made if it is not there), a copy of the package with these weights, its texts built with that
copy and scored by the scorer of the development sets, its decisions counted by certainty (`bench.certainty`).  The scores of the forme work are not trained anew.  Texts whose
columns the extractor interleaved are left out.  Prints a row a layout, then the
decisions of all.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.stages.layout.decode import save_weights

from .certainty import Counts, added, tell
from .train.layout import examples
from .train.network import EPOCHS, Example, train_all
from .train.truth import ANEW, GOLD, ROOT, SHARED

FIGURES = (
    "note_found", "note_linked", "heading_f1", "paragraph_f1", "char_accuracy", "furniture_leaked", "note_leaked_into_body",
)  # fmt: skip
IN_ORDER = 0.9  # of the reading order: below it the scorer calls a text scrambled


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(description="Score each layout with weights trained without it.")
    parser.add_argument("layouts", nargs="*", help="layouts to leave out (all)")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the development sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for weights, copies and builds")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="how often all lines are gone through")
    options = parser.parse_args(arguments)
    texts = _by_layout(options.shared)
    options.work.mkdir(parents=True, exist_ok=True)
    layouts = options.layouts or sorted(texts)
    wanting = [layout for layout in layouts if not _weights(options.work, layout).exists()]
    _train(options.shared, options.work, wanting, options.epochs)
    _tell("layout", FIGURES)
    counts: Counts = {}
    for layout in layouts:
        figures = _score(options.shared, options.work, layout, texts[layout])
        _tell(layout, ["" if figures.get(name) is None else f"{figures[name]:.4f}" for name in FIGURES])
        counts = added(counts, _decisions(options.shared, options.work, layout))
    tell(counts)
    return 0


def _weights(work: Path, layout: str) -> Path:
    return work / f"{layout}.npz"


def _by_layout(shared: Path) -> dict[str, list[tuple[Path, Path]]]:
    """The raw text and the truth of each text, by layout."""
    found: dict[str, list[tuple[Path, Path]]] = {}
    typeset = shared / "bench" / "typeset" / "dev"
    for path in sorted((typeset / "truth").glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth.get("reading_order", 1) >= IN_ORDER:
            raw = typeset / "raw" / f"{truth['id']}.raw.txt"
            found.setdefault(truth["layout"], []).append((raw, path))
    for path in sorted((shared / "gold" / "truth").glob("*.truth.json")):
        raw = shared / "seeds" / path.name.replace(".truth.json", ".txt")
        found.setdefault(GOLD, []).append((raw, path))
    return found


def _train(shared: Path, work: Path, layouts: Iterable[str], epochs: int) -> None:
    texts: list[Example] = []
    for layout in layouts:
        texts = texts or examples(shared)
        print(f"training without {layout}", file=sys.stderr)
        rest = [text for text in texts if text.layout.removesuffix(ANEW) != layout]
        save_weights(train_all(rest, epochs), _weights(work, layout))


def _score(shared: Path, work: Path, layout: str, texts: Iterable[tuple[Path, Path]]) -> dict[str, Any]:
    """The scorer's micro averages over the texts of a layout."""
    folder = work / layout
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "raw").mkdir(parents=True)
    (folder / "truth").mkdir()
    for raw, truth in texts:
        shutil.copy(raw, folder / "raw" / truth.name.replace(".truth.json", ".txt"))
        shutil.copy(truth, folder / "truth")
    shutil.copytree(ROOT / "pipeline", folder / "code" / "pipeline")
    shutil.copytree(ROOT / "schemas", folder / "code" / "schemas")
    shutil.copy(_weights(work, layout), folder / "code" / "pipeline" / "data" / "layout.npz")
    _run(["-m", "pipeline", "build", "raw", "-o", "out"], folder, PYTHONPATH=str(folder / "code"))
    scorer = shared.resolve() / "bench" / "score.py"
    _run([str(scorer), "truth", "out/tei", "--out", "scores.json", "--quiet"], folder)
    found: dict[str, Any] = json.loads((folder / "scores.json").read_text(encoding="utf-8"))["total"]["micro"]
    return found


def _decisions(shared: Path, work: Path, layout: str) -> Counts:
    """Decisions by certainty on the texts of a layout, by the copy that has not seen them."""
    folder = work / layout
    command = ["-m", "bench.certainty", "--json", "--shared", str(shared.resolve()), layout]
    found: Counts = json.loads(_run(command, folder, PYTHONPATH=f"{folder / 'code'}{os.pathsep}{ROOT}"))
    return found


def _run(command: Sequence[str], folder: Path, **environment: str) -> str:
    """Run Python with these arguments in a folder; returns what it prints, shown if it fails with more than findings."""
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


def _tell(name: str, cells: Iterable[str]) -> None:
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

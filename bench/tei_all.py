"""Hold TEI to our own grammar and rules and to TEI's own grammar, by libxml2 and by jing.

    python bench/tei_all.py PATH ... --schema tei_all.rng [--jing jing] [--variants]

A PATH is an output folder of a build, or a raw source (`x.txt`, `x.pages`), which is cleaned here: with
`--variants` in all four combinations of `tei.forme_work` and `tei.choice`.  Every corpus is checked after
XInclude, its parts as they stand.  Exit status 1 if anything is refused.  `tei_all` takes libxml2 some ten
seconds to compile; jing is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline import settings
from pipeline.cleaning import Cleaned, read
from pipeline.corpus import single
from pipeline.edition import Edition
from pipeline.options import Tei
from pipeline.resources import schema_path
from pipeline.runner import run
from pipeline.validation import CORPUS, include, parse, validate
from pipeline.writers import tei

Files = tuple[str, dict[str, bytes]]  # name of a folder, its files
Trees = list[tuple[str, etree._Element]]
VARIANTS = [Tei(*both) for both in product((False, True), repeat=2)]
AT_ONCE = 200  # files of one run of jing


def built(out: Path) -> Iterator[Files]:
    """Every folder of an output that has a corpus."""
    for corpus in sorted(out.rglob(CORPUS)):
        yield str(corpus.parent), {path.name: path.read_bytes() for path in sorted(corpus.parent.glob("*.xml"))}


def cleaned(path: Path, variants: Iterable[Tei]) -> Iterator[Files]:
    """What the writer makes of a raw source, once a variant."""
    result = Cleaned()
    source, remarks = read(single(path), settings.load(settings.find_above(path)), result)
    finished = run(source, result.options, remarks)
    for variant in variants:
        edition = Edition(finished.document, finished.unconverted, choice=variant.choice)
        shown = f"{path}[forme_work={variant.forme_work}, choice={variant.choice}]"
        yield shown, tei.write(edition, replace(result.options, tei=variant), result.options.metadata)


def documents(folders: Iterable[Files]) -> Trees:
    """(name, root) of each part, and of each corpus with its parts included."""
    found: Trees = []
    for folder, files in folders:
        trees = {name: parse(data) for name, data in files.items()}
        found += [(f"{folder}/{name}", parse(files[name])) for name in trees if name != CORPUS]
        if CORPUS in trees:
            whole = trees.pop(CORPUS)
            include(whole, trees)
            found.append((f"{folder}/{CORPUS}", whole))
    return found


def by_us(folders: Iterable[Files]) -> list[str]:
    """Errors of our own validation; warnings make nothing invalid."""
    return [
        f"{folder}/{finding.file}:{finding.line}: {finding.message}"
        for folder, files in folders
        for finding in validate(files)
        if finding.level == "error"
    ]


def by_libxml2(found: Trees, schema: Path) -> list[str]:
    grammar = etree.RelaxNG(etree.parse(schema))
    refused = []
    for name, root in found:
        if not grammar.validate(root):
            refused += [f"{name}:{entry.line}: libxml2: {entry.message}" for entry in grammar.error_log]
    return refused


def by_jing(found: Trees, schema: Path, jing: str) -> list[str]:
    refused = []
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, root) in enumerate(found):
            path = Path(folder) / f"{number}.xml"
            path.write_bytes(etree.tostring(root, encoding="UTF-8"))
            names[str(path)] = name
        paths = list(names)
        for at in range(0, len(paths), AT_ONCE):
            command = [jing, str(schema), *paths[at : at + AT_ONCE]]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            for line in ran.stdout.splitlines():
                where, colon, message = line.partition(".xml:")
                refused.append(f"{names.get(where + '.xml', where)}{colon[-1:]}{message} (jing)")
            if ran.returncode and not ran.stdout:
                refused.append(f"jing: {ran.stderr.strip()}")
    return refused


def check(folders: list[Files], schema: Path, jing: str) -> dict[str, list[str]]:
    """Findings by what was asked: our schema and rules, and each grammar by each reader."""
    found = documents(folders)
    ours = schema_path("jiaokan.rng")
    asked = {"ours": by_us(folders), "tei_all, libxml2": by_libxml2(found, schema)}
    if shutil.which(jing):
        asked |= {"ours, jing": by_jing(found, ours, jing), "tei_all, jing": by_jing(found, schema, jing)}
    return asked


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    parser.add_argument("--schema", type=Path, required=True, help="TEI's tei_all.rng")
    parser.add_argument("--jing", default="jing")
    parser.add_argument("--variants", action="store_true", help="clean in all combinations of the settings of tei")
    said = parser.parse_args()
    folders: list[Files] = []
    for path in said.paths:
        is_output = path.is_dir() and path.suffix != ".pages"
        folders += built(path) if is_output else cleaned(path, VARIANTS if said.variants else VARIANTS[:1])
    asked = check(folders, said.schema, said.jing)
    for by, refused in asked.items():
        for line in refused:
            print(f"{by}: {line[:300]}")
    files = sum(len(one) for _, one in folders)
    counts = ", ".join(f"{len(refused)} by {by}" for by, refused in asked.items())
    print(f"{len(said.paths)} paths, {len(folders)} sources as written, {files} files; refused: {counts}")
    return 1 if not folders or any(asked.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Hold every TEI file below a folder to TEI's own grammar, by libxml2 and by jing.

    python bench/tei_all.py OUT --schema tei_all.rng [--jing jing]

Looks for `corpus.xml` with its parts in each folder; the corpus is checked after XInclude, its parts as
they stand, and both against our own grammar and rules too.  Exit status 1 if anything is refused.
`tei_all` takes libxml2 some ten seconds to compile; jing is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.validation import CORPUS, include, parse, validate


def documents(out: Path) -> list[tuple[str, etree._Element]]:
    """(name, root) of each part, and of each corpus with its parts included."""
    found: list[tuple[str, etree._Element]] = []
    for corpus in sorted(out.rglob(CORPUS)):
        files = {path.name: path.read_bytes() for path in sorted(corpus.parent.glob("*.xml"))}
        trees = {name: parse(data) for name, data in files.items()}
        found += [(str(corpus.parent / name), parse(files[name])) for name in trees if name != CORPUS]
        whole = trees.pop(CORPUS)
        include(whole, trees)
        found.append((str(corpus), whole))
    return found


def own_findings(out: Path) -> list[str]:
    return [
        f"{corpus.parent / finding.file}:{finding.line}: {finding.message}"
        for corpus in sorted(out.rglob(CORPUS))
        for finding in validate({path.name: path.read_bytes() for path in corpus.parent.glob("*.xml")})
    ]


def by_libxml2(found: list[tuple[str, etree._Element]], schema: Path) -> list[str]:
    grammar = etree.RelaxNG(etree.parse(schema))
    refused = []
    for name, root in found:
        if not grammar.validate(root):
            refused += [f"{name}:{entry.line}: libxml2: {entry.message}" for entry in grammar.error_log]
    return refused


def by_jing(found: list[tuple[str, etree._Element]], schema: Path, jing: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, root) in enumerate(found):
            path = Path(folder) / f"{number}.xml"
            path.write_bytes(etree.tostring(root, encoding="UTF-8"))
            names[str(path)] = name
        refused = []
        paths = list(names)
        for at in range(0, len(paths), 500):
            run = subprocess.run(
                [jing, str(schema), *paths[at : at + 500]], capture_output=True, text=True, check=False
            )
            for line in run.stdout.splitlines():
                where, colon, message = line.partition(".xml:")
                refused.append(f"{names.get(where + '.xml', where)}{colon[-1:]}{message} (jing)")
            if run.returncode and not run.stdout:
                refused.append(f"jing: {run.stderr.strip()}")
        return refused


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--schema", type=Path, required=True, help="TEI's tei_all.rng")
    parser.add_argument("--jing", default="jing")
    settings = parser.parse_args()
    found = documents(settings.out)
    refused = own_findings(settings.out) + by_libxml2(found, settings.schema)
    has_jing = bool(shutil.which(settings.jing))
    if has_jing:
        refused += by_jing(found, settings.schema, settings.jing)
    for line in refused:
        print(line[:300])
    print(f"{len(found)} documents, {len(refused)} findings" + ("" if has_jing else ", jing not installed"))
    return 1 if refused or not found else 0


if __name__ == "__main__":
    sys.exit(main())

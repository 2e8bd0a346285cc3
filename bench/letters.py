"""Decoding and repair of characters, in figures.  `python bench/letters.py [--count N] [FILE ...]`

Prints three tables from clean texts in UTF-8: how often the encoding is found, by language, encoding and
length; files in mixed encodings and cut characters; and per kind of damage how much is repaired, left or
harmed.  Then all generated sources are built, validated and restored.  `--conformance FILE` adds ftfy's own cases (lines of JSON with `in` and `out_encoding`).  Without files:
the development texts that lie beside the repository, if there are any.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage, decoding, restored
from bench.windows import load

# Cases of ftfy's table that are left out on purpose: a part of the label, and why.
LEFT_OUT = {
    "For goodness' sake": "the repair loses characters, and what it gives reads no better",
    "don't leak our internal use of byte 0x1A": "controls are dropped: no XML can hold them",
}


def conformance(path: Path) -> Iterator[str]:
    """Cases of ftfy's table: passed, left out on purpose, and what ftfy itself counts as not yet solved."""
    passed = known = 0
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for case in cases:
        right = damage.cleaned(case["in"]) in (case["out"], case["out_encoding"])
        passed += right
        if right:
            continue
        reason = next((why for label, why in LEFT_OUT.items() if label in case["label"]), "")
        if case["expect"] == "fail":
            known += 1
        else:
            yield f"{'left out' if reason else 'FAILED'}: {case['label']}: {reason}"
    yield f"{passed} of {len(cases)} cases passed; {known} more are known failures of ftfy itself"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=100, help="samples of each kind")
    parser.add_argument("--conformance", type=Path, help="ftfy's table of cases")
    arguments = parser.parse_args()
    texts = load(arguments.files)
    if not any(texts.values()):
        print("no texts: give files", file=sys.stderr)
        return 2
    generated = [*decoding.mixtures(texts, arguments.count), *decoding.cuts(texts, arguments.count)]
    print(*decoding.table(decoding.measure(texts, arguments.count)), "", sep="\n")
    print("| files | tried | read rightly |", "| --- | --- | --- |", sep="\n")
    found = decoding.read_rightly(generated)
    for kind in dict.fromkeys(kind for kind, _ in found):
        print(f"| {kind} | {found[kind, True] + found[kind, False]} | {found[kind, True]} |")
    print("", *damage.table(damage.measure(texts, arguments.count)), "", sep="\n")
    print("| lines that lost characters | text | tried | said | harmed |", "| --- " * 5 + "|", sep="\n")
    for written, shown in damage.LOSSY:
        for language in damage.CHINESE:
            lost = damage.lossy((written, shown), texts[language], arguments.count * 3)
            print(f"| {written} read as {shown} | {language} | {lost['lost']} | {lost['said']} | {lost['harmed']} |")
    print()
    print(restored.report([*restored.sources(texts, arguments.count), *generated]), "", sep="\n")
    if arguments.conformance:
        print(*conformance(arguments.conformance), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

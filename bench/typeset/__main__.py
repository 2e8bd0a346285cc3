"""python -m bench.typeset --texts DIR --out DIR [--only LAYOUT ... | --drawn FIRST END | --printed SET ... [--quarters QUARTER ...]]"""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

from .checks import find_faults
from .conferences import QUARTERS
from .drawn import draw_issues
from .extraction import extract, extraction_of
from .following import Lost
from .hyphens import find_line_end_hyphens
from .issues import Issue, layouts, read_issues
from .printed import SETS, write_printed
from .reading_order import share_in_order
from .truth import TypesetIssue, truth_of, typeset
from .typesetting import CannotBeSet, MissingFont

_SOFT_HYPHENS = re.compile("[\u00ad\x02\ufffe]")
SHOWN = 3  # faults of a text that are printed


def write_texts(set_issue: TypesetIssue, out: Path, has_ocr: bool) -> None:
    """Write an issue as raw texts, each with its truth, and print a line about each."""
    issue = set_issue.issue
    for code in issue.extractions:
        extraction = extraction_of(code)
        is_ocr = extraction.extractor == "ocr"
        if is_ocr and not has_ocr:
            continue
        pdf = set_issue.soft if issue.soft_hyphens else set_issue.hard
        pages = extract(pdf, extraction.extractor, issue.ocr_languages)
        if issue.soft_hyphens:
            pages = [_SOFT_HYPHENS.sub(issue.soft_hyphens[extraction.extractor], page) for page in pages]
        raw = extraction.join(pages)
        is_loose = extraction.extractor == "ly"
        hyphens = find_line_end_hyphens(set_issue.followed, issue.articles, pages, is_loose)
        order = 1.0 if is_ocr else share_in_order(set_issue.followed.letters, raw)
        name = f"{issue.name}__{issue.layout}__{code}"
        truth = truth_of(set_issue, name, extraction, order, hyphens)
        _write(out / "raw" / f"{name}.raw.txt", raw)
        _write(out / "truth" / f"{name}.truth.json", json.dumps(truth, ensure_ascii=False))
        faults = [] if is_ocr else find_faults(truth, raw)
        print(
            f"{name}: {len(pages)} pages, order {order:.3f}, {len(hyphens)} hyphens, {len(faults)} faults", flush=True
        )
        for fault in faults[:SHOWN]:
            print(f"    {fault}")


def write_issues(issues: Iterable[Issue], out: Path, has_ocr: bool) -> bool:
    """Write some issues; whether all could be set.  Those that cannot do not stop the others."""
    is_whole = True
    try:
        for issue in issues:
            try:
                write_texts(typeset(issue), out, has_ocr)
            except (Lost, MissingFont, CannotBeSet) as error:
                print(f"{issue.name}: {error}", file=sys.stderr)
                is_whole = False
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return False
    return is_whole


def _write(path: Path, text: str) -> None:
    """Write a text with its line ends as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def main(arguments: Sequence[str]) -> int:
    """Make the set; 1 where an issue could not be set."""
    parser = ArgumentParser(description="Set public texts as journals, books and theses, with the truth about each.")
    parser.add_argument("--texts", type=Path, required=True, help="folder with a checkout of every repository")
    parser.add_argument("--out", type=Path, required=True, help="folder for raw/ and truth/")
    parser.add_argument("--only", nargs="+", choices=layouts(), metavar="LAYOUT", help="set these layouts alone")
    parser.add_argument("--drawn", nargs=2, type=int, metavar=("FIRST", "END"), help="draw layouts by lot, by number")
    parser.add_argument("--printed", nargs="+", choices=SETS, help="papers as they were printed, by year or journal")
    parser.add_argument("--quarters", nargs="+", type=int, default=range(QUARTERS), help="of these alone")
    parser.add_argument("--without-ocr", action="store_true", help="leave out what is read by tesseract")
    options = parser.parse_args(arguments)
    if options.printed:
        write_printed(options.texts, options.printed, options.quarters, options.out)
        return 0
    if options.drawn:
        made = [draw_issues(range(*options.drawn), options.texts)]
    else:
        made = [read_issues(layout, options.texts) for layout in options.only or layouts()]
    done = [write_issues(issues, options.out, not options.without_ocr) for issues in made]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

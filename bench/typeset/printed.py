"""Papers of conferences as they were printed: the PDF that stands beside the TEI of a paper, and its truth from there.

The truth has no pages and no tables, and knows a title only whole; captions and references are in it for the
training alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Any

from lxml import etree

from .article import Article
from .conferences import LEAST, authors_of, papers_of, read_conference_paper, title_of
from .extraction import EXTRACTORS, extract, extraction_of
from .reading_order import share_in_order
from .truth import article_row
from .xml import read_root, text_of

LAYOUT = "printed"
FOLDERS = {  # by year those of the TEI and of the PDFs
    2016: ("XML-files", "PDF-files"),
    2018: ("XML-files", "PDF-files_original"),
    2019: ("XML-files", "PDF-files_original"),
    2020: ("XML-files", "PDF-files_original"),
    2022: ("XML-Files", "PDF-Files"),
}
EXTRACTED = ("rd", "pf")

_TEI = "{http://www.tei-c.org/ns/1.0}"
_BEGINNING = 40  # letters of a file name that are alike
_NUMBER = re.compile(r"\d+_final")


def write_printed(folder: Path, years: Collection[int], quarters: Collection[int], out: Path) -> None:
    """Write the printed papers of some quarters as raw texts, each with its truth; `folder` holds the checkouts."""
    for year in years:
        encoded, printed = (folder / f"DHd-Abstracts-{year}" / name for name in FOLDERS[year])
        pdfs = sorted(printed.glob("*.pdf"))
        for number, path in papers_of(encoded, quarters):
            pdf = _pdf_of(path, pdfs)
            paper = read_conference_paper(path)
            if pdf and paper and paper.size >= LEAST:
                for extractor in EXTRACTED:
                    _write(paper, read_root(path, is_mended=True), pdf, extractor, f"{LAYOUT}-{year}-{number:03}", out)


def _write(paper: Article, root: etree._Element, pdf: Path, extractor: str, name: str, out: Path) -> None:
    truth = _truth_of(paper, root) | {"id": f"{name}__{LAYOUT}__{extractor}-ff", "extractor": EXTRACTORS[extractor]}
    raw = extraction_of(f"{extractor}-ff").join(extract(pdf.read_bytes(), extractor))
    text = "".join("".join(block.text.split()) for block in paper.blocks)
    truth["reading_order"] = round(share_in_order(text, raw), 4)
    for part, ending, content in (("raw", "raw.txt", raw), ("truth", "truth.json", json.dumps(truth))):
        (out / part).mkdir(parents=True, exist_ok=True)
        (out / part / f"{truth['id']}.{ending}").write_bytes(content.encode())


def _truth_of(paper: Article, root: etree._Element) -> dict[str, Any]:
    paper.title = title_of(root)
    paper.authors = authors_of(root, "{surname}, {forename}")  # as they are printed
    for number, note in enumerate(paper.notes, 1):
        note.marker = str(number)
    return {
        "split": "dev",
        "layout": LAYOUT,
        "kind": "single",
        "lang": paper.lang,
        "journal": "",
        "issue": "",
        "articles": [article_row(paper, 0, "end") | _apart(root)],
        "pages": [],
        "front_lines": [],
        "has_notes_heading": True,
        "page_mark": "ff",
        "blank_lines": False,
        "line_end_hyphens": [],
    }


def _apart(root: etree._Element) -> dict[str, Any]:
    """What is printed and not in the text: captions, references and their head."""
    return {
        "captions": _texts(root, f".//{_TEI}figure/{_TEI}head"),
        "references": _texts(root, f".//{_TEI}listBibl/{_TEI}bibl"),
        "references_head": text_of(root.find(f".//{_TEI}listBibl/{_TEI}head")),
    }


def _texts(root: etree._Element, path: str) -> list[str]:
    return [text for text in map(text_of, root.iterfind(path)) if text]


def _pdf_of(path: Path, pdfs: Collection[Path]) -> Path | None:
    """The one PDF whose name begins as that of the TEI, or has its number."""
    begins = _letters(path.stem)[:_BEGINNING]
    found = [pdf for pdf in pdfs if _letters(pdf.stem)[:_BEGINNING] == begins]
    number = _NUMBER.match(path.stem)
    if not found and number:
        found = [pdf for pdf in pdfs if pdf.name.startswith(number.group())]
    return found[0] if len(found) == 1 else None


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("ß", ""))
    return re.sub("[^a-z0-9]", "", plain)

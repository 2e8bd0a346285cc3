"""Papers as they were printed: the PDF that stands beside the TEI or JATS of a paper, and its truth from there.

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
from .open_journal import REPOSITORY, papers_of_journal
from .reading_order import share_in_order
from .recorded import RECORDED, recorded_papers
from .truth import article_row
from .xml import read_root, text_of

LAYOUT = "printed"
FOLDERS = {  # by year those of the TEI and of the PDFs
    "2016": ("XML-files", "PDF-files"),
    "2018": ("XML-files", "PDF-files_original"),
    "2019": ("XML-files", "PDF-files_original"),
    "2020": ("XML-files", "PDF-files_original"),
    "2022": ("XML-Files", "PDF-Files"),
}
JOURNAL = "jose"
SETS = (*FOLDERS, JOURNAL, *RECORDED)
EXTRACTED = ("rd", "pf")

_TEI = "{http://www.tei-c.org/ns/1.0}"
_BEGINNING = 40  # letters of a file name that are alike
_NUMBER = re.compile(r"\d+_final")


def write_printed(folder: Path, sets: Collection[str], quarters: Collection[int], out: Path) -> None:
    """Write the printed papers of some quarters as raw texts, each with its truth; `folder` holds the checkouts."""
    for name in sets:
        if name not in FOLDERS:
            is_journal = name == JOURNAL
            papers = (
                papers_of_journal(folder / REPOSITORY, quarters)
                if is_journal
                else recorded_papers(folder, name, quarters)
            )
            for number, paper, pdf in papers:
                _write(paper, {}, pdf, f"{LAYOUT}-{name}-{number}", out)
            continue
        encoded, printed = (folder / f"DHd-Abstracts-{name}" / part for part in FOLDERS[name])
        pdfs = sorted(printed.glob("*.pdf"))
        for place, path in papers_of(encoded, quarters):
            found, conference_paper = _pdf_of(path, pdfs), read_conference_paper(path)
            if found and conference_paper and conference_paper.size >= LEAST:
                root = read_root(path, is_mended=True)
                conference_paper.title = title_of(root)
                conference_paper.authors = authors_of(root, "{surname}, {forename}")  # as they are printed
                _write(conference_paper, _apart(root), found, f"{LAYOUT}-{name}-{place:03}", out)


def _write(paper: Article, apart: dict[str, Any], pdf: Path, name: str, out: Path) -> None:
    for number, note in enumerate(paper.notes, 1):
        note.marker = str(number)
    text = "".join("".join(block.text.split()) for block in paper.blocks)
    content = pdf.read_bytes()
    for extractor in EXTRACTED:
        raw = extraction_of(f"{extractor}-ff").join(extract(content, extractor))
        truth = {
            "id": f"{name}__{LAYOUT}__{extractor}-ff",
            "split": "dev",
            "layout": LAYOUT,
            "kind": "single",
            "lang": paper.lang,
            "journal": "",
            "issue": "",
            "articles": [article_row(paper, 0, "end") | apart],
            "pages": [],
            "front_lines": [],
            "has_notes_heading": True,
            "reading_order": round(share_in_order(text, raw), 4),
            "extractor": EXTRACTORS[extractor],
            "page_mark": "ff",
            "blank_lines": False,
            "line_end_hyphens": [],
        }
        for part, ending, written in (("raw", "raw.txt", raw), ("truth", "truth.json", json.dumps(truth))):
            (out / part).mkdir(parents=True, exist_ok=True)
            (out / part / f"{truth['id']}.{ending}").write_bytes(written.encode())


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

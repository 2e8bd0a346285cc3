"""The text of a PDF as common programs extract it: a string a page."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2  # type: ignore[import-untyped, import-not-found, unused-ignore]

EXTRACTORS = {
    "rd": "pdftotext",
    "ly": "pdftotext -layout",
    "rw": "pdftotext -raw",
    "pf": "pypdfium2",
    "ocr": "tesseract",
}
PAGE_MARKS = {"ff": "\f", "nlsp": "\n ", "none": ""}
RESOLUTION = 200  # dots an inch


@dataclass(frozen=True, slots=True)
class Extraction:
    """An extractor, what it sets between pages, and whether it doubles all line ends."""

    extractor: str
    page_mark: str
    has_blank_lines: bool

    def join(self, pages: list[str]) -> str:
        """The pages as one text."""
        text = ""
        for number, page in enumerate(pages, 1):
            text += re.sub(r"\n+", "\n\n", page) if self.has_blank_lines else page
            is_last = number == len(pages) and self.extractor in ("pf", "ocr")
            text += "" if is_last else PAGE_MARKS[self.page_mark]
        return text


def extraction_of(code: str) -> Extraction:
    """An extraction from its code, e.g. rd-ff or pf-none-bl."""
    extractor, page_mark, *blank_lines = code.split("-")
    return Extraction(extractor, page_mark, bool(blank_lines))


def extract(pdf: bytes, extractor: str, languages: str = "eng") -> list[str]:
    """The pages of a PDF; `languages` is what tesseract is to expect."""
    if extractor == "pf":
        return _extract_by_pdfium(pdf)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "set.pdf"
        path.write_bytes(pdf)
        if extractor == "ocr":
            return _recognise(path, languages)
        text = _run(*EXTRACTORS[extractor].split(), str(path), "-")
    return text.split("\f")[:-1]


def _extract_by_pdfium(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [page.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "\ufffe") + "\n" for page in pages]


def _recognise(path: Path, languages: str) -> list[str]:
    _run("pdftoppm", "-r", str(RESOLUTION), "-gray", "-png", str(path), str(path.with_suffix("")))
    images = sorted(path.parent.glob("*.png"))
    return [_run("tesseract", str(image), "-", "-l", languages).replace("\f", "") for image in images]


def _run(*command: str) -> str:
    """What a program writes.  Raises FileNotFoundError or CalledProcessError."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, check=True, capture_output=True, env=environment)
    return done.stdout.decode("utf-8")

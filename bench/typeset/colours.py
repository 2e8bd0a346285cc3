"""The glyphs of a PDF with what they are, as their colours say."""

from __future__ import annotations

import ctypes
import re

import pypdfium2  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped, import-not-found, unused-ignore]

STEP = 5  # of blue from one word to the next, see layouts/lib.typ
TEXT, HEAD, NOTE, FRONT = 1, 2, 4, 7
PAGE_NUMBER = FORME = 20  # the page number, and the first of all forme work

Glyphs = list[tuple[int, str]]


def read_glyphs(pdf: bytes) -> list[Glyphs]:
    """For every page its characters in order, each with its number; 0 is black."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [_read_page(page) for page in document]
    document.close()
    return pages


def _read_page(page: pypdfium2.PdfPage) -> Glyphs:
    text = page.get_textpage()
    glyphs: Glyphs = []
    colour = [ctypes.c_uint() for _ in range(4)]
    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        character = chr(code)
        if character in "\r\n":
            number = glyphs[-1][0] if glyphs else 0
        else:
            pdfium.FPDFText_GetFillColor(text.raw, index, *colour)
            red, green, blue, _ = (part.value for part in colour)
            number = 0 if red or green else (blue + STEP // 2) // STEP
        glyphs.append((number, character))
    text.close()
    return glyphs


def forme_work(glyphs: Glyphs) -> dict[int, str]:
    """The forme work of a page: its texts by number."""
    found: dict[int, str] = {}
    for number, character in glyphs:
        if number >= FORME:
            found[number] = found.get(number, "") + character
    return {number: re.sub(r"\s+", " ", found[number].replace("\x02", "-")).strip() for number in sorted(found)}


def front_lines(glyphs: Glyphs) -> list[str]:
    """The lines of a cover or a page of contents."""
    lines = "".join(character if number == FRONT else "\n" for number, character in glyphs).split("\n")
    tidied = (re.sub(r"\s+", " ", line).strip() for line in lines)
    return [line for line in tidied if line]

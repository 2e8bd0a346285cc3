"""Chinese essays in plain text: paragraphs are indented, the edition's own notes stand numbered below the text."""

from __future__ import annotations

import re

from .drafting import CLOSE, OPEN, Draft, mark
from .markdown import number_zh

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CALL = re.compile(r"〔([０-９0-9]+)〕|\[([０-９0-9]+)\]")
_NOTE = re.compile(f"^{OPEN}(\\d+){CLOSE}[ 　]*(.+)$")
_NOTES_HEAD = re.compile(r"^□?\s*(注释|【注释】|注：)|^※[　 ]?※[　 ]?※$")
_COLLECTION = re.compile(r"^\S{2,4}《[^》]+》$")  # the author and the book that a text is from
_SIGNATURE = re.compile(r"^[·・]?\s*鲁\s*迅")
_ORNAMENT = re.compile(r"^[□\-－—=＝～~*＊ 　]+$|^([一二三四五六七八九十]{1,3}|\d+)$")
_NUMBERED_HEAD = re.compile(r"^[一二三四五六七八九十]{1,3}[ 　]+\S")
_WIDE_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ 　]+(?=[\u4e00-\u9fff])")
_BLANKS = " 　\t"

_Paragraph = tuple[int, str]  # half-width columns of its indent, its text


def add_essay(draft: Draft, text: str) -> str:
    """Add an essay to a draft; its title."""
    numbers = re.sub("[⑴-⒇]", lambda sign: f"〔{ord(sign.group(0)) - 0x2473}〕", text.replace("```", ""))
    paragraphs = [row for row in _paragraphs_of(numbers) if not _COLLECTION.match(row[1])]
    title, body, notes = paragraphs[0][1], *_split_notes(paragraphs[1:])
    keys = [(one or other).translate(_DIGITS) for one, other in _CALL.findall(title)]
    draft.waiting += [notes[key] for key in keys if key in notes]
    for indent, paragraph in body:
        _add(draft, indent, paragraph, notes)
    return _WIDE_BLANK.sub("", _CALL.sub("", title)).strip()


def _paragraphs_of(text: str) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    goes_on = False
    for line in text.split("\n"):
        bare = line.strip(_BLANKS + "\r")
        blanks = line[: len(line) - len(line.lstrip(_BLANKS))]
        indent = sum(2 if blank == "　" else 1 for blank in blanks)
        if not bare:
            goes_on = False
        elif indent or not goes_on:
            paragraphs.append((indent, bare))
            goes_on = True
        else:
            before, above = paragraphs[-1]
            between = " " if re.search("[A-Za-z]$", above) and re.match("[A-Za-z]", bare) else ""
            paragraphs[-1] = (before, above + between + bare)
    return paragraphs


def _split_notes(paragraphs: list[_Paragraph]) -> tuple[list[_Paragraph], dict[str, str]]:
    body: list[_Paragraph] = []
    notes: dict[str, str] = {}
    last = ""
    in_notes = False
    for indent, raw in paragraphs:
        text = _CALL.sub(lambda call: mark((call.group(1) or call.group(2)).translate(_DIGITS)), raw)
        found = _NOTE.match(text)
        if _NOTES_HEAD.match(text):
            in_notes = True
        elif found and (found.group(1) == "1" or in_notes):
            in_notes, last = True, found.group(1)
            notes[last] = _show_calls(found.group(2))
        elif in_notes and last:
            notes[last] += _show_calls(text)
        elif not in_notes:
            body.append((indent, text))
    return body, notes


def _show_calls(text: str) -> str:
    return text.replace(OPEN, "〔").replace(CLOSE, "〕")


def _add(draft: Draft, indent: int, text: str, notes: dict[str, str]) -> None:
    is_numbered = bool(_NUMBERED_HEAD.match(text)) and len(text) < 36 and "。" not in text
    is_centred = indent >= 16 and len(text) < 20 and not re.search("[。？！；，年月日]", text)
    if _ORNAMENT.match(text) or (indent >= 12 and _SIGNATURE.match(text)) or set("<>_|*") & set(text):
        return
    if is_numbered or is_centred:
        draft.add_head(_WIDE_BLANK.sub("", number_zh(text)[1]), 1, notes)
    elif indent < 10 or draft.article.blocks or not (text.startswith("—") or len(text) < 24):
        draft.add_paragraph(text, notes)

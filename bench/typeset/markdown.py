"""Articles written in Markdown: heads, paragraphs, quotations, list items and footnotes; tables and code are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .drafting import Draft, join_lines, mark, tidy, without_marks

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CODE = re.compile(r"^(```|~~~).*?^\1.*?$", re.M | re.S)
_LEFT_OUT = re.compile(r"<(table|figure|div|video|script|iframe)\b.*?</\1>", re.S)
_ASIDE = re.compile(r"<aside.*?</aside>", re.S)
_CREDIT = re.compile(r"<p[^>]*pquote-credit.*?</p>", re.S)
_NOTE = re.compile(r"^\[\^([^\]]+)\]:[ \t]*(.*(?:\n(?![ \t]*\n|\[\^|#).+)*)", re.M)
_HEAD = re.compile(r"^(#+)\s+(.*?)\s*#*$")
_BOLD_LINE = re.compile(r"^\*\*([^*]{2,40})\*\*$")
_RULE = re.compile(r"^\s*([-*_]\s*){3,}$")
_TABLE = re.compile(r"^\s*\|.*\|\s*$|^\s*:?-{3,}:?\s*\|", re.M)
_FORMULA = re.compile(r"\$\$|\\(frac|sum|begin|mathrm)|\$[^$\n]*[\\^_=][^$\n]*\$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+", re.M)
_TICK = re.compile(r"^\s*\[[ xX]\]\s*")
_CAPTION = re.compile(
    r"（完）|\(完\)|\d+[、.]|[一二三四五六七八九十]+、|图[：:].*|圖.{0,3}：.*|Figure \d.*|表\d.*|（图.*）"
)
_NUMBER_ZH = re.compile(
    r"^([一二三四五六七八九十]+[ 　]+|第[一二三四五六七八九十壹贰貳叄参肆伍]+[章節节]\s*"
    r"|[（(][一二三四五六七八九十]+[)）]\s*|[一二三四五六七八九十]+[、.．]\s*|\d+[、.．]\s*)"
)
_ESCAPED = dict(zip("*_[]", "\ue010\ue011\ue012\ue013", strict=True))
_INLINE = [
    (re.compile(r"!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)(\{[^}]*\})?"), ""),  # images
    (re.compile(r"\[([^\[\]]*)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),  # links, one in another
    (re.compile(r"\[([^\[\]]*)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z!][^>]*>"), ""),
    (re.compile(r"\^([^\^\s]{1,6})\^"), r"\1"),
    (re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1", re.S), r"\2"),
    (re.compile(r"\*\*+"), ""),
    (re.compile(r"(?<![\w\*])\*(\S[^*]*?\S|\S)\*"), r"\1"),
    (re.compile(r"(?<![\w/])_{1,2}(?=\S)([^_]+?)(?<=\S)_{1,2}(?!\w)"), r"\1"),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"\{[%:][^}]*\}"), ""),
]


def title_of(text: str) -> str:
    """The title of a page: `title:` of its front matter, or its first head of the first level."""
    found = re.search(r"\A---\n.*?^title: *(.*?)$", text, re.M | re.S) or re.search(r"^# (.*)$", text, re.M)
    if not found:
        raise ValueError("a Markdown text without a title")
    return tidy(without_marks(plain(found.group(1).strip().strip("\"'"))))


def plain(text: str) -> str:
    """A run of text without its markup; footnote calls become marks."""
    for sign, kept in _ESCAPED.items():
        text = text.replace("\\" + sign, kept)
    text = re.sub(r"\[\^([^\]]+)\]", lambda call: mark(call.group(1)), text)
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    for sign, kept in _ESCAPED.items():
        text = text.replace(kept, sign)
    return text


def number_zh(head: str) -> tuple[str, str]:
    """The number before a Chinese head, and the head without it."""
    found = _NUMBER_ZH.match(head)
    if not found or not head[found.end() :].strip():
        return "", head
    return found.group(0).strip(), head[found.end() :]


def add_markdown(draft: Draft, text: str, keeps_numbers: bool = False, keeps_title: bool = False) -> None:
    """Add the blocks of a page to a draft.

    keeps_numbers  numbers before Chinese heads become labels, else they are left out
    keeps_title    the first head of the first level is a head too
    """
    text, notes = _split_notes(_COMMENT.sub("", _FRONT_MATTER.sub("", text)))
    is_first = not keeps_title
    for block in _blocks_of(text):
        head = _HEAD.match(block.strip())
        if head:
            if not (is_first and len(head.group(1)) == 1):
                _add_head(draft, head.group(2), len(head.group(1)), notes, keeps_numbers)
            is_first = is_first and len(head.group(1)) > 1
            continue
        is_first = False
        _add_block(draft, block, notes)


def _split_notes(text: str) -> tuple[str, dict[str, str]]:
    notes: dict[str, str] = {}

    def keep(found: re.Match[str]) -> str:
        notes[found.group(1)] = re.sub(r"\]\([^)]*\)?", "", without_marks(plain(found.group(2))))
        return "\n"

    return _NOTE.sub(keep, text), notes


def _blocks_of(text: str) -> Iterator[str]:
    text = _ASIDE.sub(_quote_aside, _CODE.sub("", text))
    text = re.sub(r"\\\s*\n", "\n\n", _LEFT_OUT.sub("", text))
    for block in re.split(r"\n[ \t]*\n", re.sub(r"^(#+ .*)$", r"\n\1\n", text, flags=re.M)):
        block = block.strip("\n")
        if block.strip() and not (_RULE.match(block) or _TABLE.search(block) or _FORMULA.search(block)):
            yield block


def _quote_aside(found: re.Match[str]) -> str:
    inside = re.sub(r"</?(aside|img)[^>]*>", "", _CREDIT.sub("", found.group(0)))
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", inside) if part.strip()]
    return "\n\n" + "\n>\n".join("> " + part for part in paragraphs) + "\n\n"


def _add_head(draft: Draft, text: str, level: int, notes: dict[str, str], keeps_numbers: bool) -> None:
    head, label = tidy(plain(text)), ""
    if draft.article.lang == "zh":
        label, head = number_zh(head)
        label += " " if label.endswith(("章", "節", "节")) else ""
    draft.add_head(head, level, notes, label if keeps_numbers else "")


def _add_block(draft: Draft, block: str, notes: dict[str, str]) -> None:
    lang = draft.article.lang
    if _CAPTION.fullmatch(tidy(plain(block))):
        return
    bold = _BOLD_LINE.match(block.strip())
    if bold and lang == "zh":
        draft.add_head(number_zh(tidy(bold.group(1)))[1], 2, notes)
    elif re.match(r"^\s*>", block):
        for part in re.split(r"\n[ \t]*\n", re.sub(r"^\s*>[ \t]?", "", block, flags=re.M)):
            if not part.strip().startswith(("|", "#", "![")):
                draft.add_paragraph(join_lines(plain(_ITEM.sub("", part)), lang), notes, is_quote=True)
    elif _ITEM.match(block):
        for part in _ITEM.split(block):
            draft.add_paragraph(join_lines(plain(_TICK.sub("", part)), lang), notes)
    else:
        draft.add_paragraph(join_lines(plain(block), lang), notes)

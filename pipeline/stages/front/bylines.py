"""Bylines read: names, affiliations beside them, and affiliations in notes."""

from __future__ import annotations

import re

from ..institutions import INSTITUTION, names_workplace
from ..journal_names import JOURNAL
from ..mail import without_mail
from ..people import people_in
from .beside import behind_commas, in_brackets, is_person
from .keyed_names import keyed_names

_ENDS = re.compile(r"^[\s.,，]+|[\s.,，]+$")  # of a name
BY = re.compile(
    r"(?:[□◎○●■◆◇▲△▼▽★☆※▪•·◤〇]\s*)+"
    r"|(?:by|von|par|vorgelegt von|submitted by|présentée? par)\s*[:：]?\s+"
    r"|(?:authors?|autor(?:en|in)?|auteurs?|作者|文|撰文|研究生|博士生|硕士生|碩士生|博士候选人|博士候選人|学位申请人|姓\s*名|著者|撰稿人?)\s*[:：/／]\s*",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\bpp?\.\s*\d|\d\s*pp\b|[$£€¥]\s*\d|\bISBN\b|目[录錄]", re.IGNORECASE
)
_MARKERS = re.compile(r"\s*(?:[*＊†‡§¶]+|\d{1,2}(?:\s*,\s*\d{1,2})*|[①-⑳]|[¹²³⁴-⁹]+|[\[〔]\d{1,2}[\]〕])++\s*$")
_KEYS = re.compile(r"[*＊†‡§¶]|\d{1,2}|[①-⑳]|[¹²³⁴-⁹]")
_BETWEEN = re.compile(
    r"\s+[/／|•·]\s+|\s*[□◎○●■◆◇]\s*|\s*(?:[,，;；、&]|\band\b|\bund\b|\bet\b|\swith\s)\s*", re.IGNORECASE
)
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_HAN_LINE = re.compile(rf"[{_HAN}·\s\u3000、，,*＊†\d]+$")
_HAN_NAME = re.compile(rf"[{_HAN}](?:[\s\u3000]*[{_HAN}]){{1,3}}")
_SPACED = re.compile(
    rf"(?P<name>[{_HAN}](?:[\s\u3000]{{1,4}}[{_HAN}]|[{_HAN}]{{1,3}}))\s*(?P<mark>[*＊†①\d]?)[\s\u3000]+(?P<office>[{_HAN}（(].{{3,40}})$"
)
_REVERSED = re.compile(
    rf"(?P<office>[{_HAN}]{{4,30}})[\s\u3000]+(?P<name>[{_HAN}][\s\u3000]?[{_HAN}]{{1,2}}|[{_HAN}]{{2,3}})$"
)
_OFFICE = re.compile(
    r"(?:教授|研究员|研究員|讲师|講師|主任|院长|院長|部长|部長|署长|署長|司长|司長|所长|所長|馆长|館長|会长|會長|主席|总统|總統|委员|委員|博士|硕士|編輯|编辑|记者|記者|作家|学者|學者|大学|大學|学院|學院|研究院|研究所)"
)
_IS = re.compile(r"\s*(?:is|was|are|ist|est)\s+(?:an?\s+|the\s+(?=[A-Z]))?", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:作者单位|作者單位|作者简介|作者簡介|作者|单位|affiliations?)\s*[:：]\s*", re.IGNORECASE)
_STARS_BEHIND = re.compile(r"\s*[*＊†‡]+$")
# What stands behind a name and is none: degrees, orders, societies; which of several of a name it is, which belongs to it.
_GENERATION = re.compile(r"(?:jr|sr|jun|sen|II|III)", re.IGNORECASE)
_DEGREE = re.compile(
    rf"{_GENERATION.pattern}|esq(?:uire)?|(?-i:Ph\.? ?D|A\.? ?[BM]|[BMD]\.? ?(?:A|D|Sc|Litt|Phil|Mus|Ed|Th)|Dr\.? phil|Litt\. ?D|LL\.? ?[BDM]|J\. ?D|S\. ?J|O\. ?[PM]|O\. ?S\. ?B"
    r"|F[.-] ?(?:R\. ?S|S\. ?A|R\. ?G\. ?S|B\. ?A|R\. ?C\. ?[PS]|L\. ?S|G\. ?S)(?:\. ?E)?|C\. ?B|K\. ?C\. ?B|M\. ?P|Q\. ?C|MPH|MBA|MSc|BSc|MEng)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?)+[A-ZÀ-Þ]")
# Full stops of initials and degrees that were recognised as commas: `T, C. Miller, M, D.`
_COMMA_IN_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ][.,] ?)*[A-ZÀ-Þ], ?(?=[A-ZÀ-Þ][\w.])|, ?[A-ZÀ-Þ], ?[A-ZÀ-Þ]\.?$")
_WRAPPED = re.compile(r"[（(\[【〔]\s*(.*?)\s*[）)\]】〕]$", re.DOTALL)
_AT_EDGES = re.compile(r"^[\s,，、;；·•/／|&]+|^\s*(?:and|und|et)\s+|[\s,，、;；·•/／|&]+$", re.IGNORECASE)
_MARKS_BEHIND = re.compile(r"\s*[*＊†‡§¶\d¹²³]+(?=$|[\s,，、;；·•/／|&])")
_WIDE_BLANKS = (re.compile(r"\s*\u3000\s*"), re.compile(r"\s{2,}"))
_LONGEST_HAN = 200  # characters of a byline with Chinese letters
_TRIED = 3  # names of a byline, of which another must look like a person's if the first is of ordinary words
_LONGEST_NAME = 4  # of a Chinese name
_SENTENCE = re.compile(r"[。！？；]|[：:](?!$)")
_NO_NAMES = {"The", "A", "An", "On", "In", "How", "Why", "What", "From", "Notes", "Some", "Part", "Essays"}
_ENTRIES = re.compile(r"\s*[;；]\s*")
_BETWEEN_INVERTED = re.compile(r"\s*[;；]\s*|\s+[/|•·]\s+|\s+(?:and|und|et|&)\s+")
_PART_OF_NAME = re.compile(
    r"(?:[A-ZÀ-Þ\u0100-\u024f]|(?:de|del|della|di|da|dos|du|la|le|van|von|der|den|ten|ter|zu|zur|af|el|al|bin|ibn)(?=$|[A-ZÀ-Þ’'-]))[^\W\d_.’'-]*"
    r"(?:[.’'-]+[^\W\d_.’'-]+)*[.’'-]*"
)
_MOST_OF_NAME = 4  # words on either side of the comma
# The sign of a profile behind a name, as extractors read it.
_PROFILE = re.compile(r"(?<=[\w*†‡§¶✉.])[,;]?\s*\b(?:ID|iD)\b(?=\s*(?:[,;&]|$|(?:and|und|et)\b))")
_KEYS_IN_BRACKETS = re.compile(
    r"(?<=[^\W\d_])\s?\(([0-9*†‡]{1,2}(?:, ?[0-9*†‡]{1,2})*)\)(?=\s*(?:[,;&]|$|(?:and|und|et)\b))"
)
# A large initial that came apart from small capitals: `P HILIPPE B LACHE`.
_APART = re.compile(r"(?<![\w.])(?<!\b[A-ZÀ-Þ] )([A-ZÀ-Þ]) ([A-ZÀ-Þ]{2,})(?![^\W\d_])")
_LEAST_APART = 2
_TOKEN = re.compile(r"[\w'’.\-–]+")


def names_in(text: str) -> list[tuple[str, str, str]]:
    """Names of a byline as (name, affiliation printed beside it, keys of its markers), in order."""
    text = _KEYS_IN_BRACKETS.sub(r"\1", _PROFILE.sub("", without_mail(_without_label(text))))
    office = _chinese_with_office(text)
    if office is not None:
        return [office]
    text = _with_initials(text)
    inverted = _inverted_names(text) or _inverted_with_institutions(text)
    if inverted:
        return inverted
    beside = in_brackets(text) or behind_commas(text)
    if not beside:
        return _keyed_names(text) or _plain_names(text)
    found: list[tuple[str, str, str]] = []
    for names, affiliation in beside:
        marks = _MARKS_BEHIND.match(names)
        if found and marks:
            name, own, keys = found[-1]
            found[-1] = (name, own, keys + "".join(_KEYS.findall(marks.group())))
            names = names[marks.end() :]
        said = closed_up(re.sub(r"\s+", " ", affiliation).strip(" ,，"))
        bare = _AT_EDGES.sub("", names)
        found += [(name, said, keys) for name, _, keys in _inverted_names(bare) or _plain_names(bare)]
    return found


def _with_initials(text: str) -> str:
    """Names in small capitals whose large initials came apart made whole, where several did and no name is left short.

    Who is named `J SMITH` has a first name that is a letter.
    """
    joined = _APART.sub(r"\1\2", text)
    names = (_MARKERS.sub("", piece).split() for piece in _BETWEEN.split(joined) if piece and piece.strip())
    is_whole = len(_APART.findall(text)) >= _LEAST_APART and all(len(name) > 1 for name in names)
    return joined if is_whole else text


def _keyed_names(text: str) -> list[tuple[str, str, str]]:
    """Names where several keys stand behind each, which are given with a blank before each; nothing where none do."""
    found = []
    for stretch, keys in keyed_names(text):
        names = _plain_names(stretch)
        found += names
        if names and keys:
            found[-1] = (names[-1][0], "", f"{names[-1][2]} {' '.join(keys)}")
    return found


def _inverted_names(text: str) -> list[tuple[str, str, str]]:
    """Names with the surname first, `Doe, Jane` or `Doe, Jane; van Dyk, Ann`, as printed; nothing where one is not so.

    Nobody is called by one word: where one stands beside a comma, the other side is of the same name.
    """
    found = []
    for piece in _BETWEEN_INVERTED.split(text):
        parts = _MARKERS.sub("", piece).split(",")
        if len(parts) != 2 or _DEGREE.fullmatch(parts[1].strip().rstrip(".")) or INSTITUTION.search(piece):
            return []
        sizes = [len(part.split()) for part in parts]
        if min(sizes) != 1 or max(sizes) > _MOST_OF_NAME:
            return []
        if not parts[1].startswith(" ") or not all(map(_PART_OF_NAME.fullmatch, " ".join(parts).split())):
            return []
        keys = _MARKERS.search(piece)
        found.append((",".join(parts).strip(), "", "".join(_KEYS.findall(keys.group())) if keys else ""))
    return found


def _inverted_with_institutions(text: str) -> list[tuple[str, str, str]]:
    """Names with the surname first and institutions behind another comma: `Doe, Jane, Quay College; Dyk, Ann, Weir School`."""
    found = []
    for piece in _ENTRIES.split(text.strip(" ;")):
        parts = piece.split(", ", 2)
        names = _inverted_names(", ".join(parts[:2]))
        if not names or not names_workplace(piece):
            return []
        (name, _, keys), *_ = names
        found.append((name, "".join(parts[2:]), keys))
    return found if len(found) > 1 else []


def _without_label(text: str) -> str:
    """A byline without the words or signs that introduce it."""
    text = text.strip()
    found = BY.match(text)
    while found is not None and found.end() < len(text):
        text = text[found.end() :].strip()
        found = BY.match(text)
    return text


def _plain_names(text: str) -> list[tuple[str, str, str]]:
    """Names where nothing stands beside them but markers."""
    found: list[tuple[str, str, str]] = []
    for piece in _split(_COMMA_IN_INITIALS.sub(_with_stops, text)):
        keys = _MARKERS.search(piece)
        name = _ENDS.sub("", _MARKERS.sub("", piece))
        if _INITIALS.fullmatch(name) and f"{name}." in piece:
            name += "."
        if found and _DEGREE.fullmatch(name.rstrip(".")):
            before, _, keys_before = found[-1]
            marks = keys_before + ("".join(_KEYS.findall(keys.group())) if keys else "")
            found[-1] = (f"{before}, {piece.strip()}" if _GENERATION.fullmatch(name) else before, "", marks)
        elif name:
            found.append((_close_up(name), "", "".join(_KEYS.findall(keys.group())) if keys else ""))
    return found


def _with_stops(found: re.Match[str]) -> str:
    """Single letters with full stops behind them instead of commas, but for the comma before them."""
    text = found.group()
    return text[:1] + re.sub(r"(?<=[^\W\d_]),", ".", text[1:]) if text[0] == "," else text.replace(",", ".")


def closed_up(text: str) -> str:
    """Chinese text without the blanks of line ends."""
    return re.sub(rf"(?<=[{_HAN}]) (?=[{_HAN}])", "", text)


def _chinese_with_office(text: str) -> tuple[str, str, str] | None:
    """One Chinese name and office in one line, in either order."""
    found = _SPACED.match(text)
    if found is not None and _OFFICE.search(found["office"]) and not _HAN_NAME.fullmatch(found["office"]):
        return _close_up(found["name"]), found["office"].strip("（）() "), found["mark"]
    found = _REVERSED.match(text)
    if found is not None and _OFFICE.search(found["office"]):
        return _close_up(found["name"]), found["office"], ""
    return None


def _split(text: str) -> list[str]:
    """A list of authors cut into names; Chinese names also at blanks between them."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece and piece.strip()]
    pieces = [part for piece in pieces for part in _at_wide_blanks(piece)]
    out: list[str] = []
    for piece in pieces:
        words = piece.split()
        if (
            len(words) > 1
            and _HAN_LINE.match(piece)
            and all(2 <= len(word.rstrip("*＊†0123456789")) <= 4 for word in words)
        ):
            out += words
        elif out and _MARKERS.fullmatch(" " + piece):
            out[-1] += piece
        else:
            out.append(piece)
    return out


def _at_wide_blanks(piece: str) -> list[str]:
    """Chinese names set apart by more than one blank, each of which may be spread with single ones."""
    for blanks in _WIDE_BLANKS:
        parts = [part for part in blanks.split(piece) if part]
        if len(parts) > 1 and all(_HAN_NAME.fullmatch(_MARKERS.sub("", part)) for part in parts):
            return parts
    return [piece]


def _close_up(name: str) -> str:
    """A Chinese name without the blanks it was spread with."""
    return re.sub(r"[\s\u3000]+", "", name) if _HAN_LINE.match(name) else re.sub(r"\s+", " ", name)


def is_name_like(text: str) -> bool:
    """Whether a byline block can be names at all: short, without a verb's small words in a row, a year, a price or a
    journal's name."""
    text = without_mail(text) or text
    if _NO_BYLINE.search(text) or JOURNAL.search(text):
        return False
    named = BY.match(text.strip()) is not None
    text = _without_label(text)
    if _HAN_NAME.search(text):
        return len(text) <= _LONGEST_HAN and (_chinese_with_office(text) is not None or _are_han_names(text))
    if in_brackets(text) or behind_commas(text):
        return True
    keyed = keyed_names(text)
    text = ", ".join(stretch for stretch, _ in keyed) or _MARKERS.sub("", text)
    words = _TOKEN.findall(text)
    if words and (words[0] in _NO_NAMES or (len(words[0]) > 2 and words[0].capitalize() in _NO_NAMES)):
        return False
    small = sum(
        1
        for word in words
        if word.islower() and word not in ("and", "de", "von", "van", "der", "la", "du", "di", "et", "und", "al")
    )
    return 0 < len(words) <= max(60, 6 * len(keyed)) and small * 4 <= len(words) and (len(words) > 1 or named)


def are_names(text: str) -> bool:
    """Whether a line is a list of names by its semicolons or keys, or mostly names of people."""
    names = names_in(text)
    if len(names) > 1 and (";" in text or "；" in text or any(keys for _, _, keys in names)):
        return True
    return sum(is_person(name) for name, _, _ in names) * 2 > len(names)


def _are_han_names(text: str) -> bool:
    """Whether most pieces of a byline in Chinese can be names: short, or with letters and points between."""
    names = [name for name, _, _ in names_in(text)]
    short = [name for name in names if len(name) <= _LONGEST_NAME or "·" in name or not _HAN_LINE.match(name)]
    return not _SENTENCE.search(text) and len(short) * 2 > len(names)


def is_marked(text: str) -> bool:
    """Whether a text names authors behind a word or a sign for them, or with affiliations in brackets."""
    marked = BY.match(text) is not None
    brackets = in_brackets(text)
    names = [name for name, _, _ in names_in(text)] if marked or brackets else []
    if not names:
        return False
    if any(map(_HAN_LINE.match, names)):
        known = any(people_in(name) == "han" for name in names)
        return known and all(2 <= len(name) <= _LONGEST_NAME for name in names)
    known = " " in names[0] and people_in(names[0]) == "all" and any(map(is_person, names[1:_TRIED]))
    return (known or is_person(names[0])) and (marked or INSTITUTION.search(text) is not None)


def is_publication(text: str) -> bool:
    """Whether a line says when or for what price something appeared, or what number it bears."""
    return _NO_BYLINE.search(text) is not None


def affiliation_in_note(text: str, names: list[str]) -> str:
    """What a note on an author says of where he or she works."""
    text = re.sub(r"\s+", " ", _LABEL.sub("", text, count=1)).strip()
    for name in names:
        if text.casefold().startswith(name.casefold()):
            rest = text[len(name) :].lstrip()
            verb = _IS.match(" " + rest)
            text = rest[max(0, verb.end() - 1) :] if verb and verb.end() > 1 else rest.lstrip(",，:：、是 ")
            break
    return unwrap(_STARS_BEHIND.sub("", text)).rstrip(" .。;；")


def unwrap(text: str) -> str:
    """Text without the brackets all of it stands in, and without leading keys."""
    text = re.sub(
        r"^\s*(?:\(\d{1,2}\)|[*＊†‡§¶]+|\d{1,2}[.．]?(?=\s*(?:[^\W\d]|[（(]))|[①-⑳]|[¹²³⁴-⁹]+)\s*",
        "",
        re.sub(r"\s+", " ", text).strip(),
    )
    found = _WRAPPED.match(text)
    return found[1] if found and not re.search(r"[（()）]", found[1]) else text


def keys_of(text: str) -> str:
    """The key a line of affiliation begins with."""
    found = re.match(r"\s*(?:\((\d{1,2})\)|([*＊†‡§¶]|\d{1,2}|[①-⑳]|[¹²³⁴-⁹]))\s*[.．]?\s*(?=[^\W\d]|[（(])", text)
    return found[1] or found[2] if found else ""

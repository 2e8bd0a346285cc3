"""Stage 1, `letters`: mojibake and Unicode.

Works on the whole witness, finds damaged characters and writes edits only.  A blank, the width of a
blank and a line end are never touched: they are evidence until `line_ends` has run.  Superscript and
circled numbers are note markers and stay; private characters stay with a remark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...characters import kinds
from ...evidence import Evidence
from ...model import Changes, Document, Edit, Remark, Rule
from ...options import Options
from .accents import SIGNS, find_accents
from .company import find_company, find_in_words
from .escapes import find_escapes
from .forms import C1_CONTROL, Finding, find_forms, odd_ones, tidy
from .latin import find_debris
from .latin_shown import BIG5_AS_LATIN, GBK_AS_LATIN, find_latin
from .pairs_shown import find_pairs
from .shadows import find_shadows, may_be_shadows
from .signs_shown import find_signs
from .two_bytes import find_lone, find_two_bytes, may_be_two_bytes
from .utf8_shown import find_utf8

PRIVATE = Rule("private-character", "kept", 100, "A character without public meaning; it stays.")
REPLACEMENT = Rule("replacement-character", "kept", 100, "A character lost before the text came here; it stays.")
LOST = Rule("lost-characters", "kept", 100, "What GBK makes of characters lost in UTF-8; it stays.")

_PLAIN = re.compile("[\x00-\x08\v\x0e-\x1f\x7f]")
_UNKNOWN = re.compile("(?:锟斤拷)+|[\ue000-\uf8ff\ufffd\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_LATIN = re.compile("[\x80-\u07ff]")
_ESCAPE = re.compile("[\udc80-\udcff]")
_DEBRIS = re.compile("[\x80-\u2e7f]")
_C1 = re.compile("[\x80-\x9f]")
_ACCENTS = re.compile(f"[{SIGNS}]")
_SIGN_SHOWN = re.compile("[âãï路繚]")
_FEW = 3
_KINDS_SHOWN = 200


def find(document: Document, evidence: Evidence | None, options: Options) -> Changes:
    """Edits for every damaged character of the witness; remarks on what cannot be known."""
    text = document.source.text
    if text.isascii() and not _PLAIN.search(text):
        return Changes()
    mode = options.characters.mojibake
    characters = kinds(text)
    odd = odd_ones(characters)
    damage = [] if mode == "keep" else find_mojibake(text, characters)
    lone, is_sure = find_lone(text) if mode != "keep" and may_be_two_bytes(characters) else ([], False)
    damage = _merge(damage, lone) if is_sure else damage
    forms = list(find_forms(text, odd))
    if mode != "repair" or _holds_controls(text, damage):
        forms = [found for found in forms if found[3] is not C1_CONTROL]
    elif "\ufffd" in odd:  # beside lost characters a control is half of another one
        forms = [found for found in forms if found[3] is not C1_CONTROL or not _is_beside_lost(text, found)]
    remarks = list(_remark_unknown(text)) if _UNKNOWN.search(odd) or "锟斤拷" in text else []
    borders = [part.start for part in document.source.parts[1:]]
    findings = [found for found in _merge(damage, forms) if not _is_cut(found, borders)]
    remarks += [] if is_sure else [_flag(text, finding) for finding in lone]
    if mode == "flag":
        remarks += [_flag(text, finding) for finding in damage]
        flagged = {finding[:2] for finding in damage}
        findings = [finding for finding in findings if finding[:2] not in flagged]
    return Changes(edits=tuple(Edit(*finding) for finding in findings), remarks=tuple(remarks))


def _holds_controls(text: str, damage: list[Finding]) -> bool:
    """Whether controls are bytes of Chinese shown as Latin-1: then those left over are no letters of Windows."""
    return any(rule in (GBK_AS_LATIN, BIG5_AS_LATIN) and _C1.search(text, *span) for *span, _, rule, _ in damage)


def _is_beside_lost(text: str, finding: Finding) -> bool:
    return "\ufffd" in text[max(0, finding[0] - _FEW) : finding[1] + _FEW]


def find_mojibake(text: str, characters: str) -> list[Finding]:
    """Text read in a wrong encoding, in order, with what it should read; `characters` are its `kinds`."""
    odd = odd_ones(characters)
    latin = find_latin(text) if len(_LATIN.findall(odd)) > 1 else []
    latin += find_two_bytes(text) if len(_LATIN.findall(odd)) > 1 and may_be_two_bytes(characters) else []
    shadows = find_shadows(text) if may_be_shadows(characters) else ()
    if _ESCAPE.search(odd):
        latin = _merge(list(find_escapes(text)), latin)
    chinese = _merge(_merge(latin, [*find_utf8(text, characters), *shadows]), find_pairs(text, characters))
    debris = list(_find_around(text, chinese)) if _DEBRIS.search(odd) else []
    if len(latin) > _FEW:  # a pair or two of letters is then rather Chinese that could not be read
        debris = [finding for finding in debris if finding[1] - finding[0] > _FEW]
    signs = list(find_signs(text)) if _SIGN_SHOWN.search(characters) else []
    signs += find_accents(text) if _ACCENTS.search(characters) else []
    found = _merge(_merge(_merge(chinese, debris), signs), list(find_in_words(text)))
    return [
        (start, end, tidy(new), rule, certainty)
        for start, end, new, rule, certainty in _merge(found, find_company(text, found, characters))
        if tidy(new) != text[start:end]
    ]


def _find_around(text: str, found: list[Finding]) -> Iterator[Finding]:
    """Debris of UTF-8 between what was found already."""
    place = 0
    for start, end in [*((finding[0], finding[1]) for finding in found), (len(text), len(text))]:
        for left, right, new, rule, certainty in find_debris(text[place:start]):
            yield place + left, place + right, new, rule, certainty
        place = end


def _merge(first: list[Finding], second: list[Finding]) -> list[Finding]:
    """Both lists in order; where two findings overlap, the one of `first`, else the earlier one, stands."""
    ordered = sorted(
        [(*finding[:2], 0, finding) for finding in first] + [(*finding[:2], 1, finding) for finding in second],
        key=lambda entry: entry[:3],
    )
    kept: list[Finding] = []
    ranks: list[int] = []
    for start, _, rank, finding in ordered:
        if kept and start < kept[-1][1]:
            if rank < ranks[-1]:
                kept[-1], ranks[-1] = finding, rank
            continue
        kept.append(finding)
        ranks.append(rank)
    return kept


def _is_cut(finding: Finding, borders: list[int]) -> bool:
    """Whether a raw file ends inside a finding: what belongs to two files is left alone."""
    at = bisect_right(borders, finding[0])
    return at < len(borders) and borders[at] < finding[1]


def _flag(text: str, finding: Finding) -> Remark:
    start, end, new, rule, certainty = finding
    return Remark(start, end, rule.id, certainty, f"{text[start:end]!r} would read {new!r}: {rule.sentence}")


def _remark_unknown(text: str) -> Iterator[Remark]:
    """One remark for each private or replacement character, with its place and number."""
    places: dict[str, list[re.Match[str]]] = {}
    for found in _UNKNOWN.finditer(text):
        places.setdefault(found[0][:1], []).append(found)
    for character, found_there in list(places.items())[:_KINDS_SHOWN]:
        rule = REPLACEMENT if character == "\ufffd" else LOST if character == "锟" else PRIVATE
        name = "锟斤拷" if rule is LOST else f"U+{ord(character):04X}"
        start, end = found_there[0].span()
        yield Remark(start, end, rule.id, rule.certainty, f"{name} stands {len(found_there)} times: {rule.sentence}")

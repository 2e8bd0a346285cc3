"""Latin words broken or spread by justification (`meet ing`, `r ight`, `C O N T E N T S`)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from ...model import Rule
from ...vocabulary import general_words
from ..stretches import Change

BROKEN_WORD = Rule("broken-word", "joined", 94, "A blank inside a word, left by justification.")
SPREAD_WORD = Rule("spread-word", "joined", 92, "A word set with a blank behind every letter.")

QUIET_LENGTH = 5  # letters a word needs to be made whole without such company (`0 C to rt` is no tort)
MANY = 4  # of so many words one unknown: the text is none of English, or a formula
QUIET = 82  # certainty where no wide blank near by shows that the line was spread
OWN = 3  # times that a document prints a word of its own which no list knows
NEAR = 60  # characters

# It begins with one class, which the scanner of `re` finds quickly.
_WORD = re.compile(r"[A-Za-z](?<![\w'’.@/&-].)[a-z]*+(?![\w'’@/&-])")
_LETTERS_BEFORE = re.compile("[A-Za-z]*+$")
_LETTERS_BEHIND = re.compile("[A-Za-z]*+")
_SIGNS = '.,;:!?()[]"“”‘’…'
_SPREAD = re.compile(r"(?<!\w)(?:[A-Z](?: [A-Z]){3,}|[A-Z](?: [a-z]){4,}|[a-z](?: [a-z]){4,})(?!\w)")
# Several such words with wider blanks between them: here two letters are enough.
_SPREAD_LINE = re.compile(r"(?<!\w)[A-Za-z](?: [A-Za-z])+(?: {2,}[A-Za-z](?: [A-Za-z])+)+(?!\w)")
_SPREAD_PART = re.compile("[A-Za-z](?: [A-Za-z])+")
_WIDE = re.compile("[^ \n] {2,}[^ \n]")
# Letters and prefixes that are printed as words of their own.
_STANDING = frozenset(
    "a i o s t co non multi anti pre post semi inter sub neo pseudo ultra micro macro counter mid self sino de re pro vice ex van von la le el al et "
    "trans over under out up intra extra bio geo eco socio cyber mini mega hyper quasi vs eds st nd rd th".split()
)
_ALONE = frozenset("aAI")  # letters that are words: they spread nothing


class Words:
    """The words of a document, from the tokens (what blanks part) of its blocks; counted only if asked for."""

    def __init__(self, blocks: Iterable[Sequence[str]]) -> None:
        self._blocks = list(blocks)
        self.general = general_words()

    @cached_property
    def _tokens(self) -> dict[str, int]:
        """How often each token stands in the document."""
        return Counter(chain.from_iterable(self._blocks))

    @cached_property
    def _unknown(self) -> set[str]:
        """The tokens that are no words of English as they stand; the list has no single characters."""
        return set(self._tokens).difference(self.general)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The tokens of one character, but for those that are words."""
        return frozenset([token for token in self._unknown if len(token) == 1]) - _ALONE

    @cached_property
    def _forms(self) -> list[tuple[str, str]]:
        """The tokens that are no words of English as they stand, each with its form: without the signs around it.

        Only those whose form is Latin letters without accents: nothing else can be part of a broken word.
        """
        forms = [(token, token.strip(_SIGNS)) for token in self._unknown]
        return [(token, form) for token, form in forms if form.isascii() and form.isalpha()]

    @cached_property
    def _own(self) -> dict[str, str]:
        """The tokens whose form is no word of English, each with its form in lower case."""
        return {token: lower for token, form in self._forms if (lower := form.lower()) not in self.general}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each form that is no word of English stands by itself, in lower case."""
        counts: defaultdict[str, int] = defaultdict(int)
        for token, form in self._own.items():
            counts[form] += self._tokens[token]
        return dict(counts)

    @cached_property
    def fragments(self) -> dict[str, str]:
        """The tokens that may be pieces of a word, each with its form.

        That is a letter, or no word of English, nor of the document but here; no prefix that stands alone.
        """
        small = [(token, form) for token, form in self._forms if form.islower() and form not in _STANDING]
        return {
            token: form
            for token, form in small
            if len(form) == 1 or (token in self._own and self.counts.get(form, 0) < OWN)
        }

    @cached_property
    def suspects(self) -> frozenset[str]:
        """The tokens without which a text has neither a broken nor a spread word."""
        return self.letters.union(self.fragments)

    def is_word(self, form: str) -> bool:
        """A word of English, or one the document uses itself."""
        return form in self.general or self.counts.get(form, 0) > 1


def find_broken_words(text: str, tokens: Sequence[str], words: Words) -> Iterator[Change]:
    """Blanks inside words: the whole must be a word and a part must be none.

    `tokens` are those of the text, and `words` know them.

    >>> text = "the  meet ing,  and"
    >>> [change[:3] for change in find_broken_words(text, text.split(), Words([text.split()]))]
    [(9, 10, '')]
    """
    if words.suspects.isdisjoint(tokens):
        return
    if not words.letters.isdisjoint(tokens) and [*map(len, set(tokens))].count(1) > 2:
        yield from _find_spread(text, words)
    if words.fragments.keys().isdisjoint(tokens) or not _may_join(tokens, words):
        return
    fragments = {words.fragments[token] for token in tokens if token in words.fragments}
    is_english = len(fragments) * MANY < len(set(tokens))
    places = [found.span() for found in _WORD.finditer(text)]
    place = -1
    for at, (start, end) in enumerate(places):
        if text[start:end] not in fragments:
            continue
        window = _find_whole(text, places, at, words)
        if window is None or places[window[0]][0] < place:
            continue
        first, last = window
        near = _WIDE.search(text, max(0, places[first][0] - NEAR), places[last][1] + NEAR) is not None
        if not near and not (is_english and _is_sure(text, places, window, words)):
            continue
        for left in range(first, last):
            certainty = BROKEN_WORD.certainty if near else QUIET
            yield places[left][1], places[left + 1][0], "", BROKEN_WORD, certainty
        place = places[last][1]


def _may_join(tokens: Sequence[str], words: Words) -> bool:
    """Whether some fragment makes a word with one or two of the tokens beside it, blanks and signs apart."""
    fragments = words.fragments
    for at, token in enumerate(tokens):
        if token not in fragments:
            continue
        form = fragments[token]
        left, right = _letters_before(tokens, at - 1), _letters_behind(tokens, at + 1)
        wholes = (left + form, form + right, left + form + right) if left and right else (left + form + right,)
        if any(words.is_word(whole.lower()) for whole in wholes if whole != form):
            return True
        if left and words.is_word((_letters_before(tokens, at - 2) + left + form).lower()):
            return True
        if right and words.is_word((form + right + _letters_behind(tokens, at + 2)).lower()):
            return True
    return False


def _letters_before(tokens: Sequence[str], at: int) -> str:
    """The letters a token ends with; none where there is no such token."""
    found = _LETTERS_BEFORE.search(tokens[at]) if at >= 0 else None
    return found[0] if found else ""


def _letters_behind(tokens: Sequence[str], at: int) -> str:
    """The letters a token begins with; none where there is no such token."""
    found = _LETTERS_BEHIND.match(tokens[at]) if at < len(tokens) else None
    return found[0] if found else ""


def _find_whole(text: str, places: list[tuple[int, int]], at: int, words: Words) -> tuple[int, int] | None:
    """The one window of two or three parts around a fragment that is a word; `None` if none or several."""
    found = []
    for first, last in ((at - 1, at), (at, at + 1), (at - 1, at + 1), (at, at + 2), (at - 2, at)):
        if first < 0 or last >= len(places):
            continue
        if any(text[places[left][1] : places[left + 1][0]] != " " for left in range(first, last)):
            continue
        whole = "".join(text[start:end] for start, end in places[first : last + 1]).lower()
        if len(whole) > 2 and words.is_word(whole) and text[places[first][0] + 1 : places[last][1]].islower():
            found.append((first, last))
            if len(found) == 2 or last - first == 2:
                break
    return found[0] if len(found) == 1 else None


def _is_sure(text: str, places: list[tuple[int, int]], window: tuple[int, int], words: Words) -> bool:
    """Whether parts make a word of English, and none is one that may be printed apart.

    That is a letter beside a word (`e mail`, `p value`), or `a`, a prefix and their like.
    """
    parts = [text[start:end].lower() for start, end in places[window[0] : window[1] + 1]]
    whole = "".join(parts)
    is_letter = any(len(part) == 1 for part in parts)
    stands = any(part in _STANDING or (is_letter and len(part) > 1 and words.is_word(part)) for part in parts)
    if len(parts[-1]) == 1 and not text[places[window[0]][0]].islower():
        return False  # a name and the letter of a note or an office
    if stands or len(whole) < QUIET_LENGTH:
        return False
    return whole in words.general or _is_own(whole, parts, words)


def _is_own(whole: str, parts: list[str], words: Words) -> bool:
    """Whether the document writes a word of its own so as a rule, and none of its parts but here."""
    is_rule = len(whole) > QUIET_LENGTH and words.counts.get(whole, 0) >= OWN
    return is_rule and all(part not in words.general and words.counts.get(part, 0) == 1 for part in parts)


def _find_spread(text: str, words: Words) -> Iterator[Change]:
    """Words with a blank behind every letter, where the whole is a word; a line of them where each one is."""
    lines = [found for found in _SPREAD_LINE.finditer(text) if _is_spread_line(found[0], words)]
    for found in _SPREAD.finditer(text):
        if _is_spread_word(found[0], words) and not any(line.start() <= found.start() < line.end() for line in lines):
            yield from _close_up(found.start(), found.end())
    for line in lines:
        for part in _SPREAD_PART.finditer(text, line.start(), line.end()):
            yield from _close_up(part.start(), part.end())


def _is_spread_word(spread: str, words: Words) -> bool:
    letters = spread[::2].lower()
    return words.is_word(letters) or letters in words.counts


def _is_spread_line(line: str, words: Words) -> bool:
    return all(_is_spread_word(part, words) for part in _SPREAD_PART.findall(line))


def _close_up(start: int, end: int) -> Iterator[Change]:
    for at in range(start + 1, end, 2):
        yield at, at + 1, "", SPREAD_WORD, SPREAD_WORD.certainty

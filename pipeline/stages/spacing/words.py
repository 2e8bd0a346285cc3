"""Latin words broken or spread by justification (`meet ing`, `r ight`, `C O N T E N T S`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cached_property, lru_cache

from ...model import Rule
from ...vocabulary import general_words
from ..stretches import Change

BROKEN_WORD = Rule("broken-word", "joined", 94, "A blank inside a word, left by justification.")
SPREAD_WORD = Rule("spread-word", "joined", 92, "A word set with a blank behind every letter.")

QUIET_LENGTH = 5  # letters a word needs to be made whole without such company (`0 C to rt` is no tort)
MANY = 4  # of so many words one unknown: the text is none of English, or a formula
QUIET = 82  # certainty where no wide blank near by shows that the line was spread
NEAR = 60  # characters

# It begins with one class, which the scanner of `re` finds quickly.
_WORD = re.compile(r"[A-Za-z](?<![\w'’.@/&-].)[a-z]*+(?![\w'’@/&-])")
_SIGNS = '.,;:!?()[]"“”‘’…'
_SPREAD = re.compile(r"(?<!\w)(?:[A-Z](?: [A-Z]){3,}|[a-z](?: [a-z]){4,})(?!\w)")
_WIDE = re.compile("[^ \n] {2,}[^ \n]")
# Letters and prefixes that are printed as words of their own.
_STANDING = frozenset(
    "a i o s t co non multi anti pre post semi inter sub neo pseudo ultra micro macro counter mid self sino de re pro vice ex van von la le el al et "
    "trans over under out up intra extra bio geo eco socio cyber mini mega hyper quasi vs eds st nd rd th".split()
)


class Words:
    """The words of a document; counted only if somebody asks."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self.general = general_words()
        self._whole: set[str] = set()  # tokens that are no fragments

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each form stands by itself, in lower case."""
        tokens = Counter("\n".join(self._texts).lower().split())
        counts: dict[str, int] = {}
        for token, count in tokens.items():
            form = token if token.isalpha() else token.strip(_SIGNS)
            counts[form] = counts.get(form, 0) + count
        return counts

    def fragments(self, tokens: Set[str]) -> set[str]:
        """Which of these tokens may be pieces of a word, without the signs around them."""
        found, whole = set(), _printed_whole()
        for token in (tokens - self._whole) - whole:
            form = token if token.isalpha() else token.strip(_SIGNS)
            if form in whole or not (form.islower() and form.isascii() and form.isalpha() and self.is_fragment(form)):
                self._whole.add(token)
            else:
                found.add(form)
        return found

    def is_word(self, form: str) -> bool:
        """A word of English, or one the document uses itself."""
        return form in self.general or self.counts.get(form, 0) > 1

    def is_fragment(self, form: str) -> bool:
        """No word of English, nor of the document but here; no prefix that stands alone."""
        return form not in _STANDING and (len(form) == 1 or (form not in self.general and self.counts.get(form, 0) < 3))


@lru_cache(maxsize=1)
def _printed_whole() -> frozenset[str]:
    """Words that are never a piece of another one."""
    return frozenset(word for word in general_words() if len(word) > 1)


def find_broken_words(text: str, words: Words) -> Iterator[Change]:
    """Blanks inside words: the whole must be a word and a part must be none.

    >>> [change[:3] for change in find_broken_words("the  meet ing,  and", Words([]))]
    [(9, 10, '')]
    """
    tokens_seen = set(text.split())
    if [*map(len, tokens_seen)].count(1) > 2:
        yield from _find_spread(text, words)
    fragments = words.fragments(tokens_seen)
    if not fragments:
        return
    is_english = len(fragments) * MANY < len(tokens_seen)
    tokens = [found.span() for found in _WORD.finditer(text)]
    place = -1
    for at, (start, end) in enumerate(tokens):
        if text[start:end] not in fragments:
            continue
        window = _find_whole(text, tokens, at, words)
        if window is None or tokens[window[0]][0] < place:
            continue
        first, last = window
        near = _WIDE.search(text, max(0, tokens[first][0] - NEAR), tokens[last][1] + NEAR) is not None
        if not near and not (is_english and _is_sure(text, tokens, window, words)):
            continue
        for left in range(first, last):
            certainty = BROKEN_WORD.certainty if near else QUIET
            yield tokens[left][1], tokens[left + 1][0], "", BROKEN_WORD, certainty
        place = tokens[last][1]


def _find_whole(text: str, tokens: list[tuple[int, int]], at: int, words: Words) -> tuple[int, int] | None:
    """The one window of two or three parts around a fragment that is a word; `None` if none or several."""
    found = []
    for first, last in ((at - 1, at), (at, at + 1), (at - 1, at + 1), (at, at + 2), (at - 2, at)):
        if first < 0 or last >= len(tokens):
            continue
        if any(text[tokens[left][1] : tokens[left + 1][0]] != " " for left in range(first, last)):
            continue
        whole = "".join(text[start:end] for start, end in tokens[first : last + 1]).lower()
        if len(whole) > 2 and words.is_word(whole) and text[tokens[first][0] + 1 : tokens[last][1]].islower():
            found.append((first, last))
            if len(found) == 2 or last - first == 2:
                break
    return found[0] if len(found) == 1 else None


def _is_sure(text: str, tokens: list[tuple[int, int]], window: tuple[int, int], words: Words) -> bool:
    """Whether parts make a word of English, and none is one that may be printed apart.

    That is a letter beside a word (`e mail`, `p value`), or `a`, a prefix and their like.
    """
    parts = [text[start:end].lower() for start, end in tokens[window[0] : window[1] + 1]]
    whole = "".join(parts)
    is_letter = any(len(part) == 1 for part in parts)
    stands = any(part in _STANDING or (is_letter and len(part) > 1 and words.is_word(part)) for part in parts)
    if len(parts[-1]) == 1 and not text[tokens[window[0]][0]].islower():
        return False  # a name and the letter of a note or an office
    return not stands and len(whole) >= QUIET_LENGTH and whole in words.general


def _find_spread(text: str, words: Words) -> Iterator[Change]:
    """Words with a blank behind every letter, where the whole is a word or a head says so."""
    for found in _SPREAD.finditer(text):
        letters = found[0][::2].lower()
        if words.is_word(letters) or (letters in words.counts):
            for at in range(found.start() + 1, found.end(), 2):
                yield at, at + 1, "", SPREAD_WORD, SPREAD_WORD.certainty

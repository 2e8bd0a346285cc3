"""What the words say of a hyphen: counts in the source, in the corpus, and the general list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import copy
from functools import cached_property

from ...languages import common_words
from ...vocabulary import english_share, general_words, ranked_words
from .tables import SYLLABLE, TONGUES, UNKNOWN

# Per cent of the source's different words in the general list from which the source is read as English.
ENGLISH = 35
# One compound of so many is in the general list in one word: the source hyphens more than others.
RARE = 12
# The second language has more than one common word for so many of the first; those of a block that tell its language.
MIXED, CLEAR = 12, 3


class Words:
    """Looks words up, in lower case.

    `tongue` has the tables of the source's language.  `first` and `second` count the parts of the source's own
    compounds (`state` and `of`, `of` and `the` in state-of-the-art), `pairs` two neighbouring parts.
    """

    def __init__(self, document: Mapping[str, int], corpus: Mapping[str, int], text: str = "") -> None:
        self.document = document
        self.corpus = corpus
        self.first: dict[str, int] = {}
        self.second: dict[str, int] = {}
        self.pairs: dict[str, int] = {}
        self._text = text
        self._hyphens_names: bool | None = None
        for word in [word for word in document if "-" in word]:
            self._add_compound(word.split("-"), document[word])
        self._read_in("en" if english_share(document) >= ENGLISH else _language(document))

    def _add_compound(self, parts: list[str], count: int) -> None:
        for left, right in zip(parts, parts[1:], strict=False):
            pair = f"{left}-{right}"
            self.first[left] = self.first.get(left, 0) + 1
            self.second[right] = self.second.get(right, 0) + 1
            self.pairs[pair] = self.pairs.get(pair, 0) + count

    def _read_in(self, lang: str) -> None:
        self.tongue = TONGUES.get(lang, UNKNOWN)
        self.general: frozenset[str] = general_words() if lang == "en" else frozenset()
        self.common, self.rare = ranked_words() if lang == "en" else (frozenset[str](), frozenset[str]())
        self._begun: dict[str, list[str]] = {}  # words that begin as loose prefixes do, by the first two letters
        self._solid_counts: dict[str, int] = {}
        self._longest_prefix = max(map(len, self.tongue.derivations), default=0)

    def in_language(self, lang: str) -> Words:
        """The same words with the tables of another language."""
        if lang == self.tongue.lang:
            return self
        other = copy(self)
        other.__dict__.pop("compound_habit", None)
        other._read_in(lang)
        return other

    def has(self, written: str) -> bool:
        """Whether the source has these letters in one, capitals as they are."""
        return written in self._text

    @cached_property
    def compound_habit(self) -> str:
        """How often the source hyphens what the general list has in one word (`door-step`): `never`, `rarely`, `often`."""
        hyphened = sum(pair.replace("-", "") in self.general for pair in self.pairs)
        if not hyphened:
            return "never"
        return "rarely" if hyphened * RARE < len(self.pairs) else "often"

    def prefix_habit(self, prefix: str) -> str:
        """How the source writes words with this prefix, a loose one: `hyphen`, `mixed`, `solid`, `unseen`."""
        hyphens, solids = self.first.get(prefix, 0), self._solids(prefix)
        if not hyphens + solids:
            return "unseen"
        return "hyphen" if hyphens > solids else "mixed" if hyphens * 4 > solids else "solid"

    def _solids(self, prefix: str) -> int:
        """Different words of the source that are the prefix and another word."""
        found = self._solid_counts.get(prefix)
        if found is None:
            if not self._begun:
                self._find_begun()
            size = len(prefix)
            begun = [word for word in self._begun[prefix[:2]] if word.startswith(prefix) and len(word) >= size + 4]
            found = sum(self.is_word(word[size:]) for word in begun)
            self._solid_counts[prefix] = found
        return found

    def _find_begun(self) -> None:
        self._begun = {loose[:2]: [] for loose in self.tongue.loose}
        for word in self.document:
            begun = self._begun.get(word[:2])
            if begun is not None and "-" not in word:
                begun.append(word)

    def is_word(self, word: str) -> bool:
        """Whether the source itself or the general list has it."""
        return word in self.document or word in self.general

    def rank(self, word: str) -> str:
        """`common`, `word`, `rare`, or `` where it is none."""
        if word in self.common:
            return "common"
        if word in self.general:
            return "rare" if word in self.rare and word not in self.document else "word"
        count = self.document.get(word, 0)
        return "word" if count > 1 else "rare" if count else ""

    def is_part(self, left: str) -> bool:
        """Whether it may be the first part of a compound: a word, or a prefix."""
        return self.is_word(left) or left in self.tongue.loose or left in self.tongue.firm

    def is_hyphened_name(self, left: str, right: str) -> bool:
        """Whether both may be syllables of a Chinese name, and the source sets such names with a hyphen."""
        if (
            self.tongue.lang == "fr"
            or left + right in self.general
            or not (SYLLABLE.fullmatch(left) and SYLLABLE.fullmatch(right))
        ):
            return False
        if self._hyphens_names is None:
            names = (pair for pair in self.pairs if self._is_name(*pair.split("-")))
            self._hyphens_names = sum(self.pairs[name] for name in names if self.has(name.capitalize())) > 1
        return self._hyphens_names

    def _is_name(self, left: str, right: str) -> bool:
        syllables = SYLLABLE.fullmatch(left) is not None and SYLLABLE.fullmatch(right) is not None
        return syllables and not (left in self.general and right in self.general)

    def has_stem(self, word: str) -> bool:
        """Whether an inflected or derived form of it is a word."""
        for ending, other in self.tongue.inflections:
            if word.endswith(ending) and len(word) - len(ending) >= 4 and self.is_word(word[: -len(ending)] + other):
                return True
        if any(self.is_word(word + ending) for ending, other in self.tongue.inflections[:8] if not other):
            return True
        return any(
            word[:size] in self.tongue.derivations and self.is_word(word[size:])
            for size in range(2, min(self._longest_prefix, len(word) - 4) + 1)
        )


def _language(document: Mapping[str, int]) -> str:
    """The language that the commonest words tell."""
    votes = common_words(document)
    return min(votes, key=lambda lang: (-votes[lang], lang)) if votes else ""


def are_mixed(document: Mapping[str, int]) -> bool:
    """Whether the source is in more than one of the languages that have tables."""
    common = common_words(document)
    votes = sorted(common.get(lang, 0) for lang in TONGUES)
    return votes[-2] * MIXED > votes[-1]


def tongue_of(text: str) -> str:
    """The language with tables that the common words of a block clearly tell; empty where they do not."""
    votes = common_words(Counter(text.lower().split()))
    ranked = sorted(((votes.get(lang, 0), lang) for lang in TONGUES), reverse=True)
    (most, lang), (next_most, _) = ranked[:2]
    return lang if most >= CLEAR and most > 2 * next_most else ""

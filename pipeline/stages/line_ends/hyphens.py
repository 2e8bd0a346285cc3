"""Hyphens at line ends: close up or keep, decided in two passes.

First the regime: a source either cuts words at its line ends or it does not; the clear cases vote.  Then
word by word: each observation adds its weight (see `weights.py`), and the sum decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .tables import ALSO_ENDINGS, SMALL_WORDS
from .weights import (
    BASE,
    BY_HAND,
    COLUMNS,
    JOIN_FROM,
    JOINED,
    KEEP_UP_TO,
    KEPT,
    OPEN,
    REGIMES,
    SURELY_CUT,
    SURELY_KEPT,
    WEIGHTS,
    WITHOUT_VOTES,
)
from .words import Words


class Cut(NamedTuple):
    """A word cut by a hyphen: the token before it and the one behind, hyphens inside them as `-`.

    `soft` says that the mark is made for cutting words, `suspended` that behind it stands a word like `and`,
    `goes_on` that an apostrophe follows; `lang` is the language around it where it is not the source's.
    """

    left: str
    right: str
    soft: bool = False
    suspended: bool = False
    goes_on: bool = False
    lang: str = ""


class Verdict(NamedTuple):
    """`join`, `keep` or `undecided`, and how certain."""

    decision: str
    certainty: int


def decide(cuts: Sequence[Cut], words: Words) -> list[Verdict]:
    """A verdict for each cut word of one source."""
    readers = {lang: words.in_language(lang or words.tongue.lang) for lang in {cut.lang for cut in cuts}}
    seen = {cut: observe(cut, readers[cut.lang]) for cut in dict.fromkeys(cuts)}
    scores = {cut: weigh(found, readers[cut.lang].tongue.lang) for cut, found in seen.items()}
    votes = {cut: vote(found, scores[cut]) for cut, found in seen.items()}
    regimes = {soft: regime(votes[cut] for cut in cuts if cut.soft == soft) for soft in (True, False)}
    verdicts = {cut: _verdict(score + regimes[cut.soft] + corpus_score(cut, words)) for cut, score in scores.items()}
    return [verdicts[cut] for cut in cuts]


def halves(cut: Cut) -> tuple[str, str]:
    """The parts on both sides of the hyphen, in lower case."""
    return cut.left.rpartition("-")[2].lower(), cut.right.partition("-")[0].lower()


def weigh(seen: Sequence[str], lang: str) -> int:
    """The sum of what was seen, in a source of this language."""
    column = COLUMNS.index(lang) if lang in COLUMNS else -1
    return BASE[column] + sum(BY_HAND[name] if name in BY_HAND else WEIGHTS[name][column] for name in seen)


def _verdict(score: int) -> Verdict:
    if score >= JOIN_FROM:
        return Verdict("join", _certainty(JOINED, score))
    if score <= KEEP_UP_TO:
        return Verdict("keep", _certainty(KEPT, -score))
    return Verdict("undecided", _certainty(OPEN, score))


def _certainty(table: Sequence[tuple[int, int]], score: int) -> int:
    return next(certainty for least, certainty in table if score >= least)


def regime(votes: Iterable[int]) -> int:
    """What the habit of the whole source says of each of its line-end hyphens."""
    cut = kept = 0
    for one in votes:
        cut += one > 0
        kept += one < 0
    if not cut + kept:
        return WITHOUT_VOTES
    share = 100 * cut // (cut + kept)
    return next(many if cut + kept >= 3 else few for least, many, few in REGIMES if share >= least)


def vote(seen: Sequence[str], score: int) -> int:
    """1: a word was surely cut here; -1: surely a real hyphen; 0: this place says nothing of the regime."""
    if "capital-behind" in seen:
        return 0
    if score >= SURELY_CUT:
        return int("halves-cut-known" in seen or "halves-whole-known" in seen)
    return -int(score <= SURELY_KEPT or "halves-whole-new" in seen)


def observe(cut: Cut, words: Words) -> list[str]:
    """What can be seen at a cut word: names of weights.

    >>> observe(Cut("develop", "ment"), Words({}, {}))
    ['solid-in-list', 'halves-cut-known', 'left-word-known', 'right-tail-known']
    """
    before, behind = cut.left.rpartition("-")[2], cut.right.partition("-")[0]
    left, right = before.lower(), behind.lower()
    solid, pair = left + right, f"{left}-{right}"
    seen = _counted("solid-in-source", words.document.get(solid, 0))
    seen += _counted("pair-in-source", words.pairs.get(pair, 0))
    if solid in words.general:
        seen.append(f"solid-in-list-{words.rank(solid)}")
    if pair in words.general:
        seen.append("pair-in-list")
    whole = "known" if words.is_word(solid) else "stem" if words.has_stem(solid) else "new"
    seen += _halves(left, right, whole, words)
    if "halves-whole-" in seen[-3] and whole == "known":
        seen.append(f"listed-compounds-{words.compound_habit}")
    if left in words.tongue.loose:
        seen.append(f"prefix-{words.prefix_habit(left)}")
    else:
        seen += _counted("left-in-compounds", words.first.get(left, 0))
    seen += _counted("right-in-compounds", words.second.get(right, 0))
    if before.istitle() and solid not in words.document and words.is_hyphened_name(left, right):
        seen.append("name-of-syllables")
    if cut.suspended and (right not in ALSO_ENDINGS or words.is_part(left)):
        seen.append(f"suspended-{'known' if whole == 'known' else 'new'}")
    return seen + _letters(before, behind, cut, words) + _chains(cut, left, "known" if whole == "known" else "new")


def _counted(name: str, count: int) -> list[str]:
    return [f"{name}-{1 if count < 2 else 2 if count < 5 else 3}"] if count else []


def _halves(left: str, right: str, whole: str, words: Words) -> list[str]:
    """What the halves are, and the closed word: `known`, `stem` or `new`."""
    tongue = words.tongue
    is_left, is_right = len(left) > 1 and words.rank(left), len(right) > 1 and words.rank(right)
    has_form = tongue.second_form.fullmatch(right) and (is_right or not words.general or words.has_stem(right))
    if right in tongue.second:
        second = "second"
    elif right in tongue.tails:
        second = "tail"
    else:
        second = "form" if has_form else is_right or "cut"
    if left in tongue.firm:
        first = "firm"
    elif left in tongue.loose:
        first = "loose"
    elif (second in ("second", "form") or (tongue.first_alone and second != "tail")) and tongue.first_form.fullmatch(
        left
    ):
        first = "form"
    else:
        first = is_left or "cut"
    is_whole = first != "cut" and (second not in ("cut", "tail") or first == "form")
    halves = "whole" if is_whole else "cut"
    in_list_only = halves == "whole" and whole == "known" and left + right not in words.document
    seen = ["both-forms"] if first == second == "form" else []
    return [
        *seen,
        f"halves-{halves}-{'listed-' + words.rank(left + right) if in_list_only else whole}",
        f"left-{first}-{whole}",
        f"right-{second}-{whole}",
    ]


def _letters(before: str, behind: str, cut: Cut, words: Words) -> list[str]:
    seen = []
    if len(before) > 1 and before.isupper() and behind.isupper():
        seen.append(f"capitals-{'known' if words.is_word((before + behind).lower()) else 'new'}")
    elif behind[0].isupper():
        if words.document.get((before + behind).lower()) and words.has(before + behind):
            seen.append("capital-behind-known")
        else:
            is_inside = len(behind) > 1 and behind.isupper() and before[-1].isupper()
            seen.append("capital-inside" if is_inside else "capital-behind")
    elif len(before) > 1 and before.isupper() and behind.islower():
        seen.append(f"acronym-before-{'known' if (before + behind).lower() in words.document else 'new'}")
    elif before[0].isupper() and behind.islower():
        seen.append("capital-before-form" if words.tongue.second_form.fullmatch(behind) else "capital-before")
    if len(before) == 1:
        seen.append("letter-before")
    if len(behind) == 1 and not cut.goes_on:
        seen.append("letter-behind")
    return seen


def _chains(cut: Cut, left: str, whole: str) -> list[str]:
    seen = []
    if "-" in cut.left:
        seen.append(f"chain-before-{whole}")
        if left in SMALL_WORDS:
            seen.append(f"small-word-before-{whole}")
    if "-" in cut.right:
        seen.append(f"chain-behind-{whole}")
        if cut.right.partition("-")[0].lower() in SMALL_WORDS:
            seen.append(f"small-word-behind-{whole}")
    if cut.soft:
        seen.append("soft-mark")
    return seen


def corpus_score(cut: Cut, words: Words) -> int:
    """What the corpus's own words say: seven for each doubling of one form over the other, at most 42."""
    if not words.corpus:
        return 0
    left, right = cut.left.rpartition("-")[2].lower(), cut.right.partition("-")[0].lower()
    solid, pair = words.corpus.get(left + right, 0), words.corpus.get(f"{left}-{right}", 0)
    return max(-42, min(42, 7 * ((2 * solid + 1).bit_length() - (2 * pair + 1).bit_length())))

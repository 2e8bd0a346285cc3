"""What is known of the hyphens of one language: the form of its tables.

All of it is weak evidence, to be outvoted by what the source itself prints inside its lines.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NEVER = re.compile(r"(?!)")


class Tongue(NamedTuple):
    """Tables of one language, all in lower case.

    lang         BCP 47; empty for a language that has no tables
    firm         first parts that nearly always keep their hyphen (self-esteem, demi-heure)
    loose        prefixes that are written with and without one (co-operate, cooperate)
    second       second parts of compounds (market-based, celui-ci)
    tails        endings that are words too, but mostly the rest of a word that was cut (think-ing)
    second_form  second parts that are told by their form
    first_form   first parts that are told by their form (deutsch-französisch, voulez-vous)
    first_alone  whether such a form tells by itself, else only before one of `second` or `second_form`
    inflections  endings, and what stands for them in the word's basic form
    derivations  prefixes by which a word may be made of another
    """

    lang: str = ""
    firm: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()
    second_form: re.Pattern[str] = NEVER
    first_form: re.Pattern[str] = NEVER
    first_alone: bool = False
    inflections: tuple[tuple[str, str], ...] = ()
    derivations: frozenset[str] = frozenset()

"""How much each observation at a cut word says: tenths of a natural logarithm of odds, positive to close up.

A column for each language, fitted by `bench.train.hyphens` on prose, papers and manuals set in lines at many measures
with hyphenation patterns, rounded; `BY_HAND` are set by hand.
"""

from __future__ import annotations

# The languages of the columns; the last is for all others.
COLUMNS = ("en", "de", "fr", "")

# A word cut at a line end is closed up far more often than not, where a source cuts words at all.
BASE = (21, 64, 44, 57)

WEIGHTS: dict[str, tuple[int, int, int, int]] = {
    # the whole, with and without hyphen, inside the source's lines (1, 2 to 4, 5 and more times)
    "solid-in-source-1": (-2, -1, 2, -1),
    "solid-in-source-2": (6, 4, 6, 7),
    "solid-in-source-3": (14, 6, 12, 10),
    "pair-in-source-1": (-9, -11, -14, -13),
    "pair-in-source-2": (-12, -10, -17, -19),
    "pair-in-source-3": (-17, -11, -7, -19),
    # in the general list
    "solid-in-list-common": (27, 0, 0, 0),
    "solid-in-list-word": (10, 0, 0, 0),
    "solid-in-list-rare": (-2, 0, 0, 0),
    "pair-in-list": (-18, 0, 0, 0),
    # the parts stand in other compounds of the source (well-..., ...-based; so many different ones)
    "left-in-compounds-1": (-15, -15, -7, -19),
    "left-in-compounds-2": (-22, -20, -10, -24),
    "left-in-compounds-3": (-8, -25, -19, -25),
    "right-in-compounds-1": (-18, -17, -34, -32),
    "right-in-compounds-2": (-26, -24, -20, -41),
    "right-in-compounds-3": (-5, -3, -28, -47),
    # how the source writes other words with this loose prefix
    "prefix-hyphen": (-17, 0, -12, 0),
    "prefix-mixed": (-7, 0, 1, 0),
    "prefix-solid": (13, 1, 14, 0),
    "prefix-unseen": (3, 1, -6, 0),
    # both halves are words (whole) or one is no word (cut); the closed form is a word (known), an inflected
    # or derived form of one (stem), or neither (new); listed: known, but not to the source itself
    "halves-cut-known": (21, 7, 16, 11),
    "halves-cut-stem": (11, 6, 12, 0),
    "halves-cut-new": (4, -6, -3, -10),
    "halves-whole-listed-common": (-1, 0, 0, 0),
    "halves-whole-listed-word": (-6, 0, 0, 0),
    "halves-whole-listed-rare": (-7, 0, 0, 0),
    "halves-whole-known": (13, 3, 4, 5),
    "halves-whole-stem": (-12, 2, -10, 0),
    "halves-whole-new": (-23, -11, -20, -6),
    # whether the source hyphens what the general list has in one word
    "listed-compounds-never": (5, 3, 4, 5),
    "listed-compounds-rarely": (0, 0, 0, 0),
    "listed-compounds-often": (-6, 0, 0, 0),
    # what the first half is: in a table of the language (firm, loose, form), else a word or no word
    "left-common-known": (-2, 0, 0, 0),
    "left-common-stem": (-1, 0, 0, 0),
    "left-common-new": (-6, 0, 0, 0),
    "left-rare-known": (6, 1, 1, 3),
    "left-rare-stem": (2, 0, 1, 0),
    "left-rare-new": (7, -6, -4, -12),
    "left-cut-known": (16, 8, 8, 10),
    "left-cut-stem": (7, 6, 8, 0),
    "left-cut-new": (-2, 6, 9, 5),
    "left-firm-known": (-1, 0, 2, 0),
    "left-firm-stem": (0, 0, -5, 0),
    "left-firm-new": (-10, -4, -17, 0),
    "left-form-known": (0, 0, 0, 0),
    "left-form-stem": (0, 0, 0, 0),
    "left-form-new": (0, -11, -10, 0),
    "left-loose-known": (1, 0, 3, 0),
    "left-loose-stem": (-7, 0, -2, 0),
    "left-loose-new": (-3, 1, -1, 0),
    "left-word-known": (1, 0, 6, 3),
    "left-word-stem": (-1, 2, 1, 0),
    "left-word-new": (-7, -3, 1, -8),
    # what the second half is: in a table of the language (second, tail, form), else a word or no word
    "right-common-known": (-1, 0, 0, 0),
    "right-common-stem": (0, 0, 0, 0),
    "right-common-new": (-9, 0, 0, 0),
    "right-rare-known": (6, 1, 2, 2),
    "right-rare-stem": (2, 1, 4, 0),
    "right-rare-new": (2, -2, -6, -7),
    "right-cut-known": (8, 1, 13, 9),
    "right-cut-stem": (7, 4, 8, 0),
    "right-cut-new": (7, -6, 5, 6),
    "right-form-known": (2, 1, 0, 0),
    "right-form-stem": (-3, 1, 0, 0),
    "right-form-new": (-12, -7, 0, 0),
    "right-second-known": (-7, 0, -5, 0),
    "right-second-stem": (-4, 0, -8, 0),
    "right-second-new": (-13, 0, -26, 0),
    "right-tail-known": (7, 4, 4, 0),
    "right-tail-stem": (3, 1, 3, 0),
    "right-tail-new": (8, 4, 11, 0),
    "right-word-known": (5, 2, 6, 5),
    "right-word-stem": (-5, 2, -3, 0),
    "right-word-new": (-2, -7, -7, -15),
    # letters
    "capital-before": (18, 18, 0, 19),
    "capital-before-form": (-1, -10, 0, 0),
    "acronym-before-known": (-5, 0, 0, 0),
    "capitals-known": (-6, 0, 0, 0),
    "capitals-new": (-6, -4, -6, -4),
    "capital-inside": (0, 0, 0, 0),
    "letter-behind": (-8, -10, -18, -17),
    # another hyphen in the token
    "chain-before-known": (3, 0, -3, -1),
    "chain-before-new": (-2, 0, -12, -7),
    "chain-behind-known": (2, 0, 1, 0),
    "small-word-before-known": (-4, 0, 0, 0),
    "small-word-before-new": (-5, 0, -12, -18),
    "small-word-behind-known": (0, 0, 0, 0),
    "small-word-behind-new": (3, -5, -10, -19),
    "chain-behind-new": (-4, -13, -14, -14),
}

# Set by hand, the same in all languages: what wrapped text does not have, or would make too much of.
BY_HAND = {
    "capital-behind-known": 0,  # RadicalX|Change, where the source has it in one word elsewhere
    "capital-behind": -80,  # a cut word does not go on with a capital
    "name-of-syllables": -45,  # Ting-|chao, where the source prints other names so
    "acronym-before-new": -60,  # DNA-|based: words in capitals do not go on with small letters
    "letter-before": -40,  # no typesetter leaves one letter behind
    "soft-mark": 30,  # a soft hyphen is made for cutting words
    "both-forms": -40,  # politisch-|ökonomische
    "suspended-known": -10,  # nineteenth-|and twentieth-century; brig-|and
    "suspended-new": -140,
}

# What the regime adds, by hand: (per cent of votes for cutting from which it holds, with three votes and
# more, with fewer).
REGIMES = ((60, 0, -15), (25, -30, -40), (0, -80, -60))
WITHOUT_VOTES = -40

# Sums, without the regime, from which a place votes for it.
SURELY_CUT, SURELY_KEPT = 45, -12

# Closed up from the first on, kept up to the second; between the two undecided.
JOIN_FROM, KEEP_UP_TO = 17, -12

# (least score, certainty) for closing up, for keeping (negated scores) and for keeping what is undecided: the
# share that was right in texts that the weights were made without.
JOINED = ((45, 99), (35, 98), (30, 96), (24, 93), (17, 88))
KEPT = ((45, 99), (28, 97), (17, 94), (12, 86))
OPEN = ((6, 33), (0, 50), (-6, 60), (-12, 75))

"""How much each observation at a cut word says: tenths of a natural logarithm of odds, positive to close up.

Fitted by logistic regression on prose and papers wrapped at many measures with hyphenation patterns, checked
on half of the texts held out, fitted again on all, rounded; those marked are set by hand.
"""

from __future__ import annotations

# The languages of the columns; the last is for all others.
COLUMNS = ("en", "de", "fr", "")

# A word cut at a line end is closed up far more often than not, where a source cuts words at all.
BASE = (17, 63, 46, 61)

WEIGHTS: dict[str, tuple[int, int, int, int]] = {
    # the whole, with and without hyphen, inside the source's lines (1, 2 to 4, 5 and more times)
    "solid-in-source-1": (-1, -3, 2, -4),
    "solid-in-source-2": (6, 6, 6, 7),
    "solid-in-source-3": (14, 5, 12, 9),
    "pair-in-source-1": (-10, -11, -13, -12),
    "pair-in-source-2": (-12, -8, -16, -19),
    "pair-in-source-3": (-17, -10, -7, -18),
    # both halves as two words in the source
    "open-in-source-listed": (7, 0, 0, 0),
    "open-in-source-known": (-7, -3, 1, -2),
    "open-in-source-stem": (-2, 0, 0, 0),
    "open-in-source-new": (-4, -7, 2, -2),
    # in the general list
    "solid-in-list": (24, 0, 0, 0),
    "pair-in-list": (-20, 0, 0, 0),
    # the parts stand in other compounds of the source (well-..., ...-based; so many different ones)
    "left-in-compounds-1": (-13, -18, -8, -19),
    "left-in-compounds-2": (-16, -19, -11, -24),
    "left-in-compounds-3": (-8, -27, -23, -28),
    "right-in-compounds-1": (-21, -19, -34, -34),
    "right-in-compounds-2": (-26, -24, -21, -43),
    "right-in-compounds-3": (-6, -6, -33, -49),
    # how the source writes other words with this loose prefix
    "prefix-hyphen": (-19, 0, -12, 0),
    "prefix-mixed": (-3, 0, 1, 0),
    "prefix-solid": (15, 1, 13, 0),
    "prefix-unseen": (5, 3, -7, 0),
    # both halves are words (whole) or one is no word (cut); the closed form is a word (known), an inflected
    # or derived form of one (stem), or neither (new); listed: known, but not to the source itself
    "halves-cut-known": (18, 7, 16, 10),
    "halves-cut-stem": (11, 9, 12, 0),
    "halves-cut-new": (6, -9, -4, -8),
    "halves-whole-listed": (-13, 0, 0, 0),
    "halves-whole-known": (11, 0, 4, 2),
    "halves-whole-stem": (-11, 2, -10, 0),
    "halves-whole-new": (-22, -8, -16, -3),
    # whether the source hyphens what the general list has in one word
    "listed-compounds-never": (5, 0, 4, 2),
    "listed-compounds-rarely": (1, 0, 0, 0),
    "listed-compounds-often": (-7, 0, 0, 0),
    # what the first half is: in a table of the language (firm, loose, form), else a word or no word
    "left-cut-known": (14, 8, 8, 10),
    "left-cut-stem": (7, 3, 7, 0),
    "left-cut-new": (-1, 3, 5, 1),
    "left-firm-known": (-2, 0, 2, 0),
    "left-firm-stem": (-6, 0, -4, 0),
    "left-firm-new": (-9, -4, -18, 0),
    "left-form-known": (0, 1, 0, 0),
    "left-form-stem": (0, 0, 0, 0),
    "left-form-new": (0, -10, 0, 0),
    "left-loose-known": (0, 0, 2, 0),
    "left-loose-stem": (-3, 2, -2, 0),
    "left-loose-new": (-4, 1, -2, 0),
    "left-word-known": (5, -3, 7, 2),
    "left-word-stem": (2, 5, 1, 0),
    "left-word-new": (-3, -7, -5, -12),
    # what the second half is: in a table of the language (second, tail, form), else a word or no word
    "right-cut-known": (7, 2, 12, 8),
    "right-cut-stem": (8, 2, 8, 0),
    "right-cut-new": (8, -1, 7, 4),
    "right-form-known": (4, 0, 0, 0),
    "right-form-stem": (-5, 0, 0, 0),
    "right-form-new": (-13, -18, 0, 0),
    "right-second-known": (-5, 0, -4, 0),
    "right-second-stem": (-3, 0, -8, 0),
    "right-second-new": (-15, 0, -34, 0),
    "right-tail-known": (8, 5, 4, 0),
    "right-tail-stem": (3, 6, 2, 0),
    "right-tail-new": (8, 8, 13, 0),
    "right-word-known": (2, 1, 7, 4),
    "right-word-stem": (-3, 2, -1, 0),
    "right-word-new": (-5, -7, -7, -15),
    # letters
    "capital-before": (17, 16, 3, 21),
    "acronym-before": (-9, -8, 0, -6),
    "capital-behind-known": (1, -14, 0, -14),
    "capitals-known": (-5, 0, 0, 0),
    "capitals-new": (-6, -3, -6, -4),
    "capital-inside": (-16, -37, -6, -29),
    "letter-behind": (-14, -10, -16, -16),
    # another hyphen in the token
    "chain-before-known": (1, 0, -2, -1),
    "chain-before-new": (-1, -6, -11, -9),
    "chain-behind-known": (3, 0, 1, 0),
    "small-word-before-known": (-4, 0, 0, 0),
    "small-word-before-new": (-5, 0, -12, -16),
    "small-word-behind-known": (1, 0, 0, 0),
    "small-word-behind-new": (4, -4, -10, -20),
    "chain-behind-new": (-4, -12, -12, -14),
}

# Set by hand, the same in all languages: what wrapped text does not have, or would make too much of.
BY_HAND = {
    "capital-behind": -80,  # a cut word does not go on with a capital
    "name-of-syllables": -45,  # Ting-|chao, where the source prints other names so
    "letter-before": -40,  # no typesetter leaves one letter behind
    "soft-mark": 30,  # a soft hyphen is made for cutting words
    "suspended-known": -10,  # nineteenth-|and twentieth-century; brig-|and
    "suspended-new": -80,
}

# What the regime adds, by hand: (per cent of votes for cutting from which it holds, with three votes and
# more, with fewer).
REGIMES = ((60, 0, -15), (25, -30, -40), (0, -80, -60))
WITHOUT_VOTES = -40

# Closed up from the first on, kept up to the second; between the two undecided.
JOIN_FROM, KEEP_UP_TO = 25, -12

# (least score, certainty) for closing up, for keeping (negated scores) and for keeping what is undecided: the
# share that was right, in the middle groups between that of wrapped text (0.94 to 0.97) and of typeset text (0.76, of
# 17 decisions).  For the upper half of the undecided wrapped text says 20 and typeset text 65: a coin.
JOINED = ((45, 99), (35, 97), (30, 88), (25, 85))
KEPT = ((35, 99), (28, 88), (18, 88), (12, 80))
OPEN = ((4, 50), (-12, 70))

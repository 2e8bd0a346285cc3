"""How much each observation at a cut word says: tenths of a natural logarithm of odds, positive to close up.

Fitted by logistic regression on prose and papers wrapped at many measures with hyphenation patterns, checked
on half of the texts held out, fitted again on all, rounded; those marked are set by hand.
"""

from __future__ import annotations

# The languages of the columns; the last is for all others.
COLUMNS = ("en", "de", "fr", "")

# A word cut at a line end is closed up far more often than not, where a source cuts words at all.
BASE = (19, 64, 47, 63)

WEIGHTS: dict[str, tuple[int, int, int, int]] = {
    # the whole, with and without hyphen, inside the source's lines (1, 2 to 4, 5 and more times)
    "solid-in-source-1": (-2, -4, 2, -4),
    "solid-in-source-2": (5, 5, 7, 7),
    "solid-in-source-3": (13, 5, 12, 10),
    "pair-in-source-1": (-11, -12, -14, -13),
    "pair-in-source-2": (-12, -9, -17, -19),
    "pair-in-source-3": (-17, -9, -7, -18),
    # in the general list
    "solid-in-list": (23, 0, 0, 0),
    "pair-in-list": (-20, 0, 0, 0),
    # the parts stand in other compounds of the source (well-..., ...-based; so many different ones)
    "left-in-compounds-1": (-13, -18, -7, -18),
    "left-in-compounds-2": (-18, -20, -10, -24),
    "left-in-compounds-3": (-7, -27, -22, -26),
    "right-in-compounds-1": (-21, -17, -35, -34),
    "right-in-compounds-2": (-27, -24, -22, -44),
    "right-in-compounds-3": (-7, -3, -34, -50),
    # how the source writes other words with this loose prefix
    "prefix-hyphen": (-19, 0, -12, 0),
    "prefix-mixed": (-3, 0, 1, 0),
    "prefix-solid": (15, 1, 13, 0),
    "prefix-unseen": (4, 2, -7, 0),
    # both halves are words (whole) or one is no word (cut); the closed form is a word (known), an inflected
    # or derived form of one (stem), or neither (new); listed: known, but not to the source itself
    "halves-cut-known": (20, 7, 15, 9),
    "halves-cut-stem": (14, 9, 11, 0),
    "halves-cut-new": (5, -7, -5, -9),
    "halves-whole-listed": (-15, 0, 0, 0),
    "halves-whole-known": (11, 0, 6, 4),
    "halves-whole-stem": (-12, 2, -10, 0),
    "halves-whole-new": (-22, -11, -17, -3),
    # what the first half is: in a table of the language (firm, loose, form), else a word or no word
    "left-cut-known": (16, 8, 7, 9),
    "left-cut-stem": (10, 5, 7, 0),
    "left-cut-new": (0, 4, 5, 1),
    "left-firm-known": (-3, 0, 2, 0),
    "left-firm-stem": (-6, 0, -5, 0),
    "left-firm-new": (-10, -5, -19, 0),
    "left-form-known": (0, 1, 0, 0),
    "left-form-stem": (0, 0, 0, 0),
    "left-form-new": (0, -11, 0, 0),
    "left-loose-known": (0, 0, 2, 0),
    "left-loose-stem": (-3, 2, -3, 0),
    "left-loose-new": (-4, 1, -3, 0),
    "left-word-known": (3, -3, 9, 3),
    "left-word-stem": (1, 4, 2, 0),
    "left-word-new": (-3, -7, -4, -13),
    # what the second half is: in a table of the language (second, tail, form), else a word or no word
    "right-cut-known": (8, 2, 12, 8),
    "right-cut-stem": (8, 3, 7, 0),
    "right-cut-new": (8, -4, 7, 4),
    "right-form-known": (3, 0, 0, 0),
    "right-form-stem": (-6, 0, 0, 0),
    "right-form-new": (-13, -18, 0, 0),
    "right-second-known": (-4, 0, -4, 0),
    "right-second-stem": (1, 0, -8, 0),
    "right-second-new": (-15, 0, -34, 0),
    "right-tail-known": (8, 5, 4, 0),
    "right-tail-stem": (2, 6, 2, 0),
    "right-tail-new": (8, 7, 12, 0),
    "right-word-known": (1, 1, 9, 4),
    "right-word-stem": (-4, 2, -1, 0),
    "right-word-new": (-6, -3, -8, -16),
    # letters
    "capital-before": (17, 14, 4, 20),
    "acronym-before": (-10, -8, 0, -6),
    "capital-behind-known": (0, -14, 0, -14),
    "letter-behind": (-7, -10, -17, -17),
    # another hyphen in the token
    "chain-before-known": (15, 1, 1, 2),
    "chain-before-new": (4, 0, -1, 0),
    "chain-behind-known": (7, 0, 1, 0),
    "chain-behind-new": (-1, -9, -9, -11),
}

# Set by hand, the same in all languages: what wrapped text does not have, or would make too much of.
BY_HAND = {
    "capital-behind": -80,  # a cut word does not go on with a capital
    "name-of-syllables": -45,  # Ting-|chao, where the source prints other names so
    "letter-before": -40,  # no typesetter leaves one letter behind
    "chain-of-small-words": -40,  # state-of-|the-art
    "soft-mark": 30,  # a soft hyphen is made for cutting words
    "suspended-known": -25,  # nineteenth-|and twentieth-century; brig-|and
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

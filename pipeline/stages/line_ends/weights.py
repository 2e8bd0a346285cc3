"""How much each observation at a cut word says: tenths of a natural logarithm of odds, positive to close up.

Fitted by logistic regression on prose and papers wrapped at many measures with hyphenation patterns, checked
on half of the texts held out, fitted again on all, rounded; those marked are set by hand.
"""

from __future__ import annotations

# A word cut at a line end is closed up far more often than not, where a source cuts words at all.
BASE = 39

WEIGHTS: dict[str, int] = {
    # the whole, with and without hyphen, inside the source's lines (1, 2 to 4, 5 and more times)
    "solid-in-source-1": 8,
    "solid-in-source-2": 8,
    "solid-in-source-3": 12,
    "pair-in-source-1": -13,
    "pair-in-source-2": -15,
    "pair-in-source-3": -24,
    # in the general list
    "solid-in-list": 18,
    "pair-in-list": -21,
    # the parts stand in other compounds of the source (well-..., ...-based; so many different ones)
    "left-in-compounds-1": -18,
    "left-in-compounds-2": -18,
    "left-in-compounds-3": -18,
    "right-in-compounds-1": -23,
    "right-in-compounds-2": -23,
    "right-in-compounds-3": -23,
    # how the source writes other words with this prefix (see LOOSE_FIRST)
    "prefix-hyphen": -19,
    "prefix-mixed": -7,
    "prefix-solid": 13,
    "prefix-unseen": -2,
    # both halves are words (whole) or one is no word (cut); the closed form is a word (known), an inflected
    # or derived form of one (stem), or neither (new); listed: known, but not to the source itself
    "halves-cut-known": 11,
    "halves-cut-stem": 8,
    "halves-cut-new": -5,
    "halves-whole-listed": -13,
    "halves-whole-known": 2,
    "halves-whole-stem": -17,
    "halves-whole-new": -27,
    # what the first half is: see FIRM_FIRST and LOOSE_FIRST, else a word or no word
    "left-cut-known": 7,
    "left-cut-stem": 4,
    "left-cut-new": -4,
    "left-firm-known": -4,
    "left-firm-stem": -2,
    "left-firm-new": -18,
    "left-loose-known": -10,
    "left-loose-stem": -7,
    "left-loose-new": -1,
    "left-word-known": 8,
    "left-word-stem": -5,
    "left-word-new": -10,
    # what the second half is: see SECOND and TAILS, else a word or no word
    "right-cut-known": 9,
    "right-cut-stem": 4,
    "right-cut-new": 4,
    "right-second-known": -10,
    "right-second-stem": -1,
    "right-second-new": -23,
    "right-tail-known": 6,
    "right-tail-stem": 1,
    "right-tail-new": 3,
    "right-word-known": -5,
    "right-word-stem": -14,
    "right-word-new": -16,
    # a source that is not English: its own words are all there is
    "foreign-cut-known": 17,
    "foreign-cut-stem": 6,
    "foreign-cut-new": 11,
    "foreign-whole-known": 5,
    "foreign-whole-stem": 0,
    "foreign-whole-new": 2,
    # letters
    "capital-before": 18,
    "acronym-before": -7,
    "capital-behind": -80,  # by hand: a cut word does not go on with a capital
    "name-of-syllables": -45,  # by hand: Ting-|chao, where the source prints other names so
    "letter-before": -40,  # by hand: no typesetter leaves one letter behind
    "letter-behind": -25,
    # another hyphen in the token
    "chain-before-known": 4,
    "chain-before-new": -11,
    "chain-behind-known": 1,
    "chain-behind-new": -12,
    "chain-of-small-words": -40,  # by hand: state-of-|the-art
    # the mark itself; by hand: a soft hyphen is made for cutting words
    "soft-mark": 30,
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

"""Why a line end reads as it does."""

from __future__ import annotations

from ...model import Rule

LINE_END = Rule("line-end", "joined", 99, "A line end between two words: one blank, or none beside a bracket or slash.")
LINE_END_HAN = Rule("line-end-han", "joined", 99, "A line end between Chinese characters: nothing.")
LINE_END_MIXED = Rule("line-end-mixed", "joined", 90, "A line end between Chinese and Latin letters or figures: as the source does it inside its lines.")  # fmt: skip
LINE_END_DASH = Rule("line-end-dash", "joined", 95, "A line end beside a dash: a blank only where the dash has one on its other side.")  # fmt: skip
LINE_END_HYPHEN = Rule("line-end-hyphen", "joined", 97, "A hyphen that cuts a word at a line end: closed up.")
KEPT = Rule("hyphen-at-line-end-kept", "joined", 97, "A line end behind a hyphen that belongs to the word.")
UNDECIDED = Rule("undecided-hyphen", "joined", 50, "A hyphen at a line end that may or may not belong to the word: kept.")  # fmt: skip
SOFT_HYPHEN = Rule("soft-hyphen", "dropped", 98, "A soft hyphen, or a mark for a cut word, inside a line.")
BROKEN_URL = Rule("broken-url", "joined", 95, "A line end inside a URL, a DOI or a mail address.")
AS_SET = Rule("hyphens-as-set", "joined", 100, "A hyphen at a line end, as the settings decide for the whole corpus.")
EDGE = Rule("block-edge", "dropped", 100, "Blanks and line ends at the edge of a block.")

"""The labels of lines and which of them can follow one another."""

from __future__ import annotations

# A capital begins a block, a small letter goes on with it.
LABELS = ("T", "B", "A", "H", "h", "P", "p", "N", "n", "C", "X", "R", "r", "F", "M", "L", "I")
MEANING = {
    "T": "title or subtitle", "B": "byline", "A": "affiliation", "H": "head", "h": "head, continued",
    "P": "paragraph", "p": "paragraph, continued", "N": "note", "n": "note, continued", "C": "contents",
    "X": "abstract, keywords and other front matter", "R": "reference", "r": "reference, continued",
    "F": "caption", "M": "table or formula", "L": "head of notes or references",
    "I": "line of the journal's own among titles: rubric, volume, issue",
}  # fmt: skip
INDEX = {label: index for index, label in enumerate(LABELS)}
FORBIDDEN = -1_000_000_000


def is_possible(left: str, right: str, *, new_page: bool) -> bool:
    """Whether a line labelled `right` can follow one labelled `left`."""
    if right == "h":
        return left in "Hh"
    if right == "n":
        return left in "Nn" or new_page
    if right == "r":
        return left in "Rr" or new_page
    if right == "p":
        return left not in "HhL^" or (new_page and left not in "^")
    return True

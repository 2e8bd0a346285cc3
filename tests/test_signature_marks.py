"""Marks of sheets at the foot of pages: what the feet of a book's pages bear, and which of it is a mark."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages.pages import CATCH_WORD, OPEN_WORD, SIGNATURE_MARK, find_pages

LINE = "the ferrymen of the lower town counted every barge that came by"
QUARTO = ["A", "A 2", "A 3", "", "", "", "", "", "B", "B 2", "B 3", ""]
# The feet of the pages in order, and those of them that are marks; none where nothing is said: all that are not empty.
CASES: dict[str, tuple[list[str], list[str] | None]] = {
    "letters and leaves": (QUARTO, None),
    "letters and leaves in small roman numbers": (["A ij", "", "A iij", "A iiij", "", "B", "", "B ij"], None),
    "with stops": (["A.ii.", "", "A.iiij.", "", "B.i.", "", "B.iii.", ""], None),
    "in brackets": (["(b)", "(b) 2", "(b) 3", "", "(c)", "", "(c) 3", ""], None),
    "small letters and signs before the alphabet": (["* 2", "* 3", "", "ã ij", "", "ẽ ij", "A", "", "A ij"], None),
    "the volume before the letter": (["VOL. II. B", "VOL. II. B 2", "", "", "VOL. II. C", "", "VOL. II. C 3"], None),
    "alphabets one after the other": (["Y", "Y 2", "Z", "Z 2", "Aa", "Aa 2", "Bb"], None),
    "the same words before the letter": (["Erster Theil. A", "", "Erster Theil. B", "Erster Theil. B 2", "", "Erster Theil. C 2"], None),
    "notes that end with a letter": (["Siehe oben A", "", "Codex B", "Codex B 2", "", "Die Tafel C 2"], []),
    "letters alone": (["A", "B", "C", "D", "E", "F"], []),
    "numbers of formulas": (["(2)", "", "", "(5)", "", "(8)", ""], []),
    "two of them": (["A 2", "", "", "", "B 2", ""], None),
    "two, one without a number": (["A 2", "", "", "", "B", ""], []),
    "in no order": (["C 2", "A 3", "F 2", "B 2", "E 2", "A 2", "D 2", "B 3"], []),
    "words of two letters": (["do.", "me.", "so.", "we.", "go.", "he."], []),
    "numbers of sheets": ([str(1 + at // 8) if at % 8 == 0 else "" for at in range(34)], ["1", "2", "3", "4", "5"]),
    "numbers of sheets, and a star on the third page": (
        [str(1 + at // 8) if at % 8 == 0 else f"{1 + at // 8} *" if at % 8 == 2 else "" for at in range(28)],
        ["1", "1 *", "2", "2 *", "3", "3 *", "4", "4 *"],
    ),
    "numbers of sheets behind the title": (
        [f"Quay Records. {1 + at // 8}" if at % 8 == 0 else "" for at in range(34)],
        [f"Quay Records. {at}" for at in range(1, 6)],
    ),
    "numbers that are no sheet apart": (["3", "", "5", "", "", "", "11", "", "14", "15", "", "16", ""], []),
}  # fmt: skip


def marked(feet: list[str], tops: list[str] | None = None) -> list[tuple[str, str]]:
    """The lines that are marks and their rules, of pages with these feet and first words, and page numbers above."""
    pages = []
    for at, foot in enumerate(feet):
        body = [f"{LINE} {chr(97 + at % 26)}{chr(97 + at // 26)}{chr(97 + line)}" for line in range(12)]
        first = f"{tops[at]} {body[0]}" if tops else body[0]
        pages.append("\n".join([f"— {9 + at} —", first, *body[1:], *filter(None, [foot])]) + "\n")
    evidence = Evidence(Document(Source("d", "\f".join(pages), ())))
    found = [(line, rule) for page in find_pages(evidence)[0] for line, rule in sorted(page.marks.items())]
    return [(evidence.lines.text[line], rule.id) for line, rule in found]


@pytest.mark.parametrize("name", CASES)
def test_signature_marks(name: str) -> None:
    feet, expected = CASES[name]
    wanted = [foot for foot in feet if foot] if expected is None else expected
    assert marked(feet) == [(foot, SIGNATURE_MARK.id) for foot in wanted]


def test_a_mark_above_a_catch_word() -> None:
    words = [f"{chr(97 + at)}wharf" for at in range(len(QUARTO))]
    feet = [f"{foot}\n{word}" if foot else word for foot, word in zip(QUARTO, words, strict=True)]
    found = marked(feet, tops=["", *words[:-1]])
    assert [text for text, rule in found if rule == SIGNATURE_MARK.id] == [foot for foot in QUARTO if foot]
    assert [text for text, rule in found if rule == CATCH_WORD.id] == words[:-1]
    assert [text for text, rule in found if rule == OPEN_WORD.id] == words[-1:]  # no page behind it tells

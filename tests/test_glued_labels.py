"""Labels that an extractor set at the end of the note above."""

from __future__ import annotations

import pytest

from pipeline.model import Block, Document, Rule, Source
from pipeline.stages.glued_labels import free_labels_of_notes

RULE = Rule("r", "kept", 90, "A rule.")


@pytest.mark.parametrize(
    ("above", "below", "n", "freed"),
    [
        ("① 河渡志，卷三。 ②", "渡口在城东，今已不存。", "", "②"),
        ("① 河渡志，卷三。 ③", "渡口在城东，今已不存。", "", ""),  # not the one due
        ("河渡志，卷三。 ②", "渡口在城东，今已不存。", "", "②"),  # nothing is known of the first
        ("① 河渡志，卷三。 ②", "③ 渡口在城东。", "③", ""),  # the next has its own
        ("① 河渡志，卷三②", "渡口在城东，今已不存。", "", ""),  # within a sentence
        ("[1] The weir of Eastbank. [2]", "The quay was lower then.", "", "[2]"),
        ("1 The weir of Eastbank, p. 2", "The quay was lower then.", "", ""),
    ],
)
def test_labels_of_notes_freed(above: str, below: str, n: str, freed: str) -> None:
    source = f"{above}\n{below}\n"
    label = above.split()[0] if above[0] in "①[1" else ""
    border = len(above) + 1
    notes = [
        Block("n0", "note", ((0, len(above)),), RULE, 90, n=label.strip("[]"), type="bottom"),
        Block("n1", "note", ((border, border + len(below)),), RULE, 90, n=n, type="bottom"),
    ]
    first, second = free_labels_of_notes(Document(Source("s", source, ())), notes)
    text = ["|".join(source[start:end] for start, end in block.spans) for block in (first, second)]
    if freed:
        assert text == [above.removesuffix(freed).rstrip(), f"{freed}|{below}"]
        assert second.n == freed.strip("[]")
    else:
        assert [first, second] == notes


def test_labels_one_after_the_other() -> None:
    texts = ("① 河渡志，卷三。 ②", "渡口在城东。 ③", "今已不存。 ⑤", "见下。")
    source = "\n".join(texts)
    notes = [
        Block(f"n{at}", "note", ((place, place + len(text)),), RULE, 90, n="①" if not at else "", type="bottom")
        for at, text in enumerate(texts)
        for place in (source.index(text),)
    ]
    freed = free_labels_of_notes(Document(Source("s", source, ())), notes)
    assert [note.n for note in freed] == ["①", "②", "③", ""]

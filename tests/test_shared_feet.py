"""Notes at the foot of a page that two articles share, dealt by where their markers stand."""

from __future__ import annotations

import pytest

from pipeline.model import Article, Block, Document, Part, Rule, Source
from pipeline.stages.notes.shared_feet import share_feet

RULE = Rule("r", "kept", 90, "A rule.")

# What is printed, `=` before the title of the second article, `#` before notes; and the notes that go to the first.
CASES = {
    "the first note is called above the title": ("The mill stood.1 | = Of Weirs | The weir fell.2 | # 1 Oakes. # 2 Ibid.", 1),
    "both are": ("The mill1 stood.2 | = Of Weirs | The weir fell. | # 1 Oakes. # 2 Ibid.", 2),
    "none is": ("The mill stood. | = Of Weirs | The weir1 fell.2 | # 1 Oakes. # 2 Ibid.", 0),
    "no marker was read": ("The mill stood. | = Of Weirs | The weir fell. | # 1 Oakes.", 0),
    "stars": ("The mill stood.* | = Of Weirs | The weir fell.** | # * Oakes. # ** Ibid.", 1),
    "circled": ("水车转动①。 | = 论堰 | 堰已毁②。 | # ① 见上。 # ② 同上。", 1),
    "in brackets": ("The mill stood.[1] | = Of Weirs | The weir fell.[2] | # 1 Oakes. # 2 Ibid.", 1),
    "a number that the text has besides": ("In 12 mills. | = Of Weirs | The weir fell.1 It stood.2 | # 1 Oakes. # 2 Ibid.", 0),
}  # fmt: skip


def printed(text: str, first_page: int = 0) -> tuple[Document, dict[str, Block], list[Article]]:
    """A document of two articles; all that stands behind `=` is the second's."""
    blocks: dict[str, Block] = {}
    names: list[list[str]] = [[], []]
    whole, own = "", 0
    for piece in text.replace("#", "| #").split("|"):
        words = piece.strip()
        if not words:
            continue
        own = 1 if words.startswith("=") else own
        kind = "note" if words.startswith("#") else "title" if words.startswith("=") else "p"
        words = words.strip("=# ")
        name = f"b{len(blocks)}"
        label = words.split()[0] if kind == "note" else ""
        blocks[name] = Block(name, kind, ((len(whole), len(whole) + len(words)),), RULE, 90, n=label)
        names[own].append(name)
        whole += words + "\n"
    part = Part("d.txt", "", 0, 0, len(whole), ((0, "utf-8"),))
    articles = [Article(seq, "article", tuple(of), RULE, 90) for seq, of in enumerate(names, 1)]
    return Document(Source("d", whole, (part,)), blocks=blocks), blocks, articles


@pytest.mark.parametrize("name", CASES)
def test_notes_go_where_their_markers_stand(name: str) -> None:
    text, count = CASES[name]
    document, blocks, articles = printed(text)
    first, second = share_feet(document, articles, blocks, [0])
    notes = [one for one, block in blocks.items() if block.kind == "note"]
    assert [one for one in first.blocks if blocks[one].kind == "note"] == notes[:count]
    assert [one for one in second.blocks if blocks[one].kind == "note"] == notes[count:]


def test_notes_of_a_later_page_stay() -> None:
    document, blocks, articles = printed(CASES["both are"][0])
    page = min(block.start for block in blocks.values() if block.kind == "note")
    first, second = share_feet(document, articles, blocks, [0, page])
    assert (first, second) == tuple(articles)

"""Markdown: what a parser of CommonMark with foot notes reads is the text of the edition, exactly."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from drafts import Draft, bilingual, english
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.edition import Edition
from pipeline.writers.markdown import write_markdown

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin, inline=True)


def shown(token: Token) -> str:
    """The text of a block, without the markers of foot notes."""
    out = []
    for child in token.children or ():
        if child.type in ("hardbreak", "softbreak"):
            out.append("\n" if child.type == "hardbreak" else "?")
        elif child.type in ("text", "code_inline", "html_inline"):
            out.append(child.content if child.type == "text" else f"<{child.type}>")
    return "".join(out)


class Parsed:
    """What stands in a Markdown text: (tag around it, text) of every block, and the foot notes by number."""

    def __init__(self, text: str) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.notes: dict[str, str] = {}
        self.markers: Counter[str] = Counter()
        around: list[str] = []
        note = ""
        for token in PARSER.parse(text):
            if token.type == "footnote_open":
                note = token.meta["label"]
            elif token.type == "footnote_close":
                note = ""
            elif token.nesting == 1:
                around.append(token.tag)
            elif token.nesting == -1 and token.type != "footnote_block_close" and around:
                around.pop()
            elif token.type == "fence":
                self.blocks.append(("pre", token.content[:-1]))
            elif token.type == "inline":
                self.markers.update(one.meta["label"] for one in token.children or () if one.type == "footnote_ref")
                if note:
                    self.notes[note] = shown(token)
                else:
                    self.blocks.append((" ".join(tag for tag in around if tag != "section"), shown(token)))

    def texts(self) -> list[str]:
        return [text for _, text in self.blocks]


def parsed(draft: Draft) -> Parsed:
    return Parsed(write_markdown(Edition(draft.document())))


def test_an_article() -> None:
    found = parsed(english())
    assert found.blocks[:6] == [
        ("h1", "Stones and Sails"),
        ("p", "a harbour’s two lives"),
        ("p", "石与帆"),
        ("p", "Ada Mole, Ben Reed"),
        ("blockquote p", "A port told twice."),
        ("blockquote p", "一个港口的两种讲法。"),
    ]
    assert found.blocks[8:20] == [
        ("h2", "I. Quays & tides"),
        ("p", "The old quay was re-built in stone, as the harbour grew.[9]"),
        ("h3", "First life."),
        ("p", "It was the best of ports; its ropes were new."),
        ("ul li p", "(1) ropes;"),
        ("ul li p", "(2) sails."),
        ("blockquote p", "“Water keeps no ledger.”"),
        ("p", "Table 1. Ships"),
        ("pre", "year ships\n1901 4\n1902 7"),
        ("pre", "a < b & c"),
        ("h2", "II. Conclusion"),
        ("p", "潮水不等人。"),
    ]
    assert found.blocks[20:] == [
        ("p", "4 Never cited."),
        ("ul li p", "Mole, A. (1904). Ports."),
        ("ul li p", "Reed, B. (1911). Ropes."),
        ("p", "Advertise here."),
        ("p", "Printed in town."),
        ("p", "A stray line."),
    ]
    assert found.notes == {
        "1": "See A. Mole, De portubus, <1904>, http://exa mple.org/ä?q=1.",
        "2": "Ada Mole teaches at the Tidal School.",
        "3": "Ibid., p. 4.",
    }
    assert found.markers == {"1": 1, "2": 2, "3": 2}


def test_addresses_are_links() -> None:
    text = write_markdown(Edition(english().document()))
    assert re.findall(r"\]\(<([^>]*)>\)", text) == ["http://example.org/%C3%A4?q=1"]


def test_every_number_stands_once_in_a_file() -> None:
    found = parsed(bilingual())
    assert found.notes == {"1": "So it is said.", "2": "传说如此。"}
    assert [tag for tag, _ in found.blocks if tag == "h1"] == ["h1", "h1"]


def test_nothing_gives_nothing() -> None:
    assert write_markdown(Edition(Draft().document())) == ""


@pytest.mark.parametrize(
    "text",
    [
        "1. first", "12) second", "- dash", "+ plus", "* star", "# head", "#no head", "> quote", "---", "- - -", "===",
        "***", "___", "~~~", "```", "    four blanks", "\tTab", "a_b_c *d* **e** `f` ~~g~~", "[a](b) ![c](d) [e]: f",
        "[^1]: no note", "^[no note]", "&amp; &#35; &x; AT&T", "<b>bold</b> <http://a.org>", "a | b", "back\\slash \\* \\",
        "\u3000全角　空白\u3000", "1931. 那一年", "a  ", "line one\nline two", "a\n- b", "a\n===", "a\n\n\nb", "$x$", "http://a.org/b_c_d",
        "1999", "2) ", "+", "-", "a#", "##", "!", "a!", "^",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["p", "head", "item", "quote", "bibl", "caption", "table"])
def test_signs_mean_nothing(kind: str, text: str) -> None:
    draft = Draft().add("x", kind, text, level=1).add("y", "p", "behind").article(1, "x y")
    expected = {"head": text.replace("\n", " ")}.get(kind, text)
    found = [one for one in parsed(draft).texts() if one != "behind"]
    assert found == [expected]


NASTY = st.text(alphabet='ab1 .)#-+=*_`~[]()!^<>&;:|\\"$\n\u3000\u00a0\t河，', min_size=1, max_size=24)
MARKER = st.sampled_from(["", "{ref [1]>n1}", "{ref ②>n2 n1}", "{pb 4}", "{url a.org>http://a.org/(b)#c}"])
TEXT = st.builds("".join, st.lists(st.one_of(NASTY, MARKER), min_size=1, max_size=4)).filter(
    lambda text: text and not re.fullmatch(r"(\{pb 4\})+", text)
)
KINDS = st.sampled_from(["p", "head", "item", "quote", "caption", "table", "bibl"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(KINDS, TEXT), min_size=1, max_size=5), NASTY)
def test_text_goes_through_a_parser_unchanged(blocks: list[tuple[str, str]], note: str) -> None:
    draft = Draft()
    for number, (kind, text) in enumerate(blocks):
        draft.add(f"b{number}", kind, text, level=1 + number % 3)
    draft.add("n1", "note", f"a{note}", n="1").add("n2", "note", "Two.", n="2")
    draft.article(1, " ".join(draft.blocks))
    edition = Edition(draft.document())
    (article,) = edition.articles
    found = Parsed(write_markdown(edition))
    said = [passage for passage, _ in article.passages() if passage.text.strip()]
    expected = [one.text.replace("\n", " ") if one.block.kind == "head" else one.text for one in said]
    expected += [f"{n} {text}" for n, text in (("1", f"a{note}"), ("2", "Two.")) if text not in found.notes.values()]
    expected += [one.text for one in article.references if one.text.strip()]
    assert [one for one in found.texts() if one] == expected
    assert set(found.notes) == set(found.markers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sails{ref [9]}.", "sails[9]."),
        ("sails{ref *}{ref [1]>n}: more", "sails*: more"),
        ("{ref 1>n}(1904)", "(1904)"),
        ("sails!{ref 1>n}", "sails!"),
        ("sails^{ref 1>n}", "sails^"),
    ],
)
def test_markers(text: str, expected: str) -> None:
    draft = Draft().add("p", "p", text).add("n", "note", "A note.", n="1").article(1, "p n")
    found = parsed(draft)
    assert found.texts()[0] == expected
    assert found.notes == ({"1": "A note."} if ">n" in text else {})

"""Line ends: a blank, nothing, or a hyphen; cases in `cases/line_ends.tsv`."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.collation import collate
from pipeline.errors import SettingsError
from pipeline.evidence import Evidence
from pipeline.model import Block, Changes, Document, Edit, Rule, Source
from pipeline.options import LineEnds, Options
from pipeline.rewrite import apply, read
from pipeline.stages import line_ends
from pipeline.stages.line_ends.hyphens import Cut, decide, observe, regime
from pipeline.stages.line_ends.urls import find_urls
from pipeline.stages.line_ends.weights import BY_HAND, WEIGHTS
from pipeline.stages.line_ends.words import Words, tongue_of
from pipeline.vocabulary import count_words, english_share, general_words, vocabulary

FOUND = Rule("found", "kept", 99, "For the test.")
CASES = Path(__file__).parent / "cases" / "line_ends.tsv"

# What the rest of a source shows before the case itself.
SOURCES = {
    "plain": "The ships of the company lay at anchor.\nNothing moved on the water.",
    "cuts": (
        "The har-\nbour mas-\nter came aboard with his pa-\npers and coun-\nted the bar-\nrels of the cap-\ntain, who\n"
        "had the low-lying islands in view and the self-made chart before him."
    ),
    "keeps": (
        "A long-\nterm lease, a high-\nlevel meeting and a so-\ncalled pilot were part of the give-and-take of those\n"
        "days; a low-\nlying coast and a well-\nknown reef made it a win-win game."
    ),
    "german": (
        "Die Schifffahrt war hier immer schon wichtig, und die Schiffe kamen aus aller Herren L\u00e4n-\nder. Die L\u00e4nder\n"
        "am Meer handelten mit Getrei-\nde, denn Getreide war knapp. Man verlud es im Ha-\nfen, und der Hafen wuchs.\n"
        "Kaufleute und Matrosen wohnten dort nebeneinander, bis die gro\u00dfe Flut kam und alles mitnahm."
    ),
    "french": (
        "Le port \u00e9tait vaste et les ma-\nrins de la vil-\nle avaient des na-\nvires qui par-\ntaient pour les \u00eeles. Il est\n"
        "des jours o\u00f9 la mer est dans une co-\nl\u00e8re que les marins ne peuvent pas voir sans peur. Vous-m\u00eame, disait-il,\n"
        "les marins, les navires, la ville, la col\u00e8re."
    ),
    "han": "1870年代，共有30艘船，其中12艘属于本港，第3号码头停靠5艘，另有8艘在外。",
    "spaced": "1870 年代，共有 30 艘船，其中 12 艘属于本港，第 3 号码头停靠 5 艘，另有 8 艘在外。",
}  # fmt: skip


def document_of(*texts: str, kind: str = "p", between: str = "\n\n") -> Document:
    """A document with one block a text."""
    blocks, at = {}, 0
    for number, text in enumerate(texts):
        blocks[f"b{number}"] = Block(f"b{number}", kind, ((at, at + len(text)),), FOUND, 99)
        at += len(text) + len(between)
    return Document(Source("x", between.join(texts), ()), blocks=blocks)


def run(document: Document, options: Options | None = None) -> tuple[Document, Changes]:
    """The document after the stage, and what the stage found; the collation is made to prove that it holds."""
    changes = line_ends.find(document, Evidence(document), options or Options())
    after = apply(document, changes)
    collate(after)
    return after, changes


def reading(document: Document, block: str) -> str:
    return read(document, document.blocks[block].spans).text


def cases() -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return [(source, unescape(witness), unescape(expected)) for source, witness, expected, _ in rows]


def unescape(text: str) -> str:
    return "".join(
        part if not number % 2 else part.encode("ascii").decode("unicode_escape")
        for number, part in enumerate(split_escapes(text))
    )


def split_escapes(text: str) -> list[str]:
    import re

    return re.split(r"(\\n|\\r|\\u[0-9a-f]{4})", text)


@pytest.mark.parametrize(("source", "witness", "expected"), cases())
def test_cases(source: str, witness: str, expected: str) -> None:
    after, _ = run(document_of(SOURCES[source], witness))
    assert reading(after, "b1") == expected


@pytest.mark.parametrize("kind", ["fw", "table", "formula"])
def test_kinds_that_keep_their_line_ends(kind: str) -> None:
    _, changes = run(document_of("one two\nthree", kind=kind))
    assert changes == Changes()


def test_names_in_a_byline_stand_apart() -> None:
    after, _ = run(document_of("李海\n王江", kind="byline"))
    assert reading(after, "b0") == "李海 王江"


@pytest.mark.parametrize(
    ("before", "behind", "expected"),
    [
        ("the ships lay", "at anchor", "the ships lay at anchor"),
        ("港口", "关闭", "港口关闭"),
        ("a settle-", "ment", "a settlement"),
        ("a settle\ufffe", "ment", "a settlement"),
        ("a long-", "term lease", "a long-term lease"),
        ("a long\ufffe", "term lease", "a long-term lease"),
        ("nineteenth-", "and twentieth-century", "nineteenth- and twentieth-century"),
        ("the tide turned -", "and so on", "the tide turned - and so on"),
        ("https://ports.example/a/", "b.html", "https://ports.example/a/b.html"),
        ("a", "b", "a b"),
    ],
)
@pytest.mark.parametrize("blank", ["", " "])
def test_border_of_two_spans(before: str, behind: str, expected: str, blank: str) -> None:
    text = f"{SOURCES['cuts']}\n\n{before}{blank}\n17\n{behind}"
    start = len(SOURCES["cuts"]) + 2
    middle = start + len(before) + len(blank)
    blocks = {
        "b0": Block("b0", "p", ((0, len(SOURCES["cuts"])),), FOUND, 99),
        "b1": Block("b1", "p", ((start, middle), (middle + 4, len(text))), FOUND, 99),
        "fw": Block("fw", "fw", ((middle + 1, middle + 3),), FOUND, 99),
    }
    after, _ = run(Document(Source("x", text, ()), blocks=blocks))
    assert reading(after, "b1") == expected


def test_spans_that_touch_are_not_parted() -> None:
    blocks = {"b": Block("b", "p", ((0, 4), (4, 8)), FOUND, 99)}
    after, _ = run(Document(Source("x", "harbours", ()), blocks=blocks))
    assert reading(after, "b") == "harbours"


def test_two_marks_in_one_touched_run() -> None:
    document = document_of(SOURCES["cuts"], "the har\ufffebour mas\ufffeter")
    start = document.blocks["b1"].start
    touched = Edit(start, document.blocks["b1"].end, "The har\ufffebour mas\ufffeter", FOUND, 90)
    after, _ = run(apply(document, Changes(edits=(touched,))))
    assert reading(after, "b1") == "The harbour master"


def test_settings_decide_for_the_whole_corpus() -> None:
    texts = SOURCES["cuts"], "a long-\nterm settle-\nment, Anglo-\nDutch"
    kept, _ = run(document_of(*texts), Options(line_ends=LineEnds(hyphens="keep")))
    joined, _ = run(document_of(*texts), Options(line_ends=LineEnds(hyphens="join")))
    assert reading(kept, "b1") == "a long-term settle-ment, Anglo-Dutch"
    assert reading(joined, "b1") == "a longterm settlement, Anglo-Dutch"


def test_undecided_hyphen_is_kept_with_a_remark() -> None:
    after, changes = run(document_of(SOURCES["cuts"], "a multi-\nmodal port"))
    assert reading(after, "b1") == "a multi-modal port"
    (remark,) = changes.remarks
    assert after.source.text[remark.start : remark.end] == "-"
    assert remark.rule == "undecided-hyphen"
    assert remark.certainty < 80


def test_the_source_outvotes_the_list() -> None:
    solid = "The cooperation of the ports; cooperation paid, and cooperation lasted. "
    pair = "The co-operation of the ports; co-operation paid, co-operation lasted, co-owners agreed. "
    assert reading(run(document_of(SOURCES["cuts"], solid + "their co-\noperation"))[0], "b1").endswith("cooperation")
    assert reading(run(document_of(SOURCES["cuts"], pair + "their co-\noperation"))[0], "b1").endswith("co-operation")


def test_corpus_words(tmp_path: Path) -> None:
    path = tmp_path / "words.parquet"
    text = "the quay-\nside", "the dock-\nyard"
    pq.write_table(pa.table({"word": ["quay-side", "dockyard"], "count": [40, 40]}), path)
    options = Options(line_ends=LineEnds(words=str(path)))
    after, _ = run(document_of(SOURCES["cuts"], *text), options)
    assert [reading(after, block) for block in ("b1", "b2")] == ["the quay-side", "the dockyard"]


def test_missing_word_list(tmp_path: Path) -> None:
    options = Options(line_ends=LineEnds(words=str(tmp_path / "none.parquet")))
    with pytest.raises(SettingsError, match="word list"):
        run(document_of("a settle-\nment"), options)


def test_edge_of_a_block_is_dropped() -> None:
    after, _ = run(document_of("\n one\ntwo \n"))
    assert reading(after, "b0") == "one two"


def test_every_observation_has_a_weight() -> None:
    english = Words(
        {"long-term": 1, "anti-war": 3, "antics": 1, "harbour": 2, "kuo-min": 1, "radicalx": 1}, {}, "RadicalX"
    )
    german = Words({"schiffe": 1, "hafen": 1, "gro\u00dfe": 2, "und": 9, "der": 9}, {})
    lefts = (
        "long",
        "anti",
        "har",
        "x",
        "Chao",
        "NATO",
        "man-of",
        "har-bour",
        "zz",
        "well",
        "un",
        "walk",
        "Radical",
        "russisch",
    )
    rights = (
        "term",
        "bour",
        "ment",
        "Min",
        "ming",
        "x",
        "war",
        "of-war",
        "zz",
        "based",
        "ing",
        "walks",
        "DNA",
        "X",
        "hearted",
    )
    known = WEIGHTS.keys() | BY_HAND.keys()
    for left, right, soft, suspended in product(lefts, rights, (True, False), (True, False)):
        for words in (english, german, german.in_language("fr"), german.in_language("")):
            assert set(observe(Cut(left, right, soft, suspended), words)) <= known


def test_regime_needs_more_than_one_clear_vote() -> None:
    assert regime([1] * 9 + [-1]) == 0
    assert regime([-1] * 9) < regime([-1]) < regime([1]) < regime([1, 1, 1])


def test_a_name_of_syllables_goes_with_the_others() -> None:
    others = Words({"tse-tung": 2, "kai-shek": 2, "harbour": 1}, {}, "Tse-tung, Kai-shek")
    assert decide([Cut("Ting", "chao")], others)[0].decision == "keep"


def test_a_block_in_another_language_is_read_in_its_own() -> None:
    english = "The masters of the ships of this port were old and the captains were not. " * 3
    german = "Das ist der Hafen und die Stadt mit den Schiffen von dem Meer, nicht die Kai-\nund Hafenarbeiter."
    assert tongue_of(german) == "de"
    assert tongue_of("Kai- und Hafenarbeiter") == ""
    assert reading(run(document_of(english, SOURCES["german"], german))[0], "b2").endswith("Kai- und Hafenarbeiter.")


def test_capital_inside_a_word_that_the_source_has() -> None:
    words = Words({"tidewatch": 2}, {}, "The TideWatch and TideWatch again")
    assert decide([Cut("Tide", "Watch")] * 3, words)[0].decision != "keep"
    assert decide([Cut("Tide", "Watch")] * 3, Words({"tidewatch": 2}, {}, "tidewatch"))[0].decision == "keep"


def test_urls_on_one_line_are_no_business_of_this_stage() -> None:
    assert find_urls("see https://ports.example/a and 10.5555/b\nnext") == []


def test_vocabulary() -> None:
    words = count_words("A well\u2010known rea-\nder--reads peo\ufffeple, pre- and post-war.")
    assert dict(words) == {"a": 1, "well-known": 1, "reads": 1, "pre": 1, "and": 1, "post-war": 1}
    document = document_of("One two\none")
    evidence = Evidence(document)
    assert vocabulary(evidence)["one"] == 2
    assert vocabulary(evidence) is vocabulary(evidence)


def test_general_words() -> None:
    words = general_words()
    assert {"harbour", "harbor", "settlement", "long-term", "colour", "analyze"} <= words
    assert "settle-ment" not in words
    assert all(word == word.lower() and len(word) > 1 for word in words)


def test_english_share() -> None:
    assert english_share(count_words(SOURCES["cuts"])) > 80
    assert english_share(count_words(SOURCES["german"])) < 30


@pytest.mark.parametrize("behind", ["港口", "“", "(see there)"])
def test_a_url_that_ends_in_a_hyphen_keeps_no_line_end(behind: str) -> None:
    text = f"https://a.example/b\n/settle-\n{behind}"
    document = Document(Source("x", text, ()), blocks={"b": Block("b", "p", ((0, len(text)),), FOUND, 99)})
    assert reading(run(document)[0], "b").replace(" ", "") == f"https://a.example/b/settle-{behind}".replace(" ", "")


PIECES = ["harbour", "settle-", "ment", "mas\ufffe", "ter", "co\u00ad", "港口", "，", "1874", "”", "“", "—", "(", ")", "https://a.example/b", "-", "--", "¬", "/", "\x02", "so-called", "."]  # fmt: skip
GAPS = ["", " ", "\n", " \n", "\r\n", "\n\n", "\f", "\u2028", "\u3000\n\u3000"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), min_size=1, max_size=12), st.integers(1, 3))
def test_no_line_end_and_no_mark_is_left(parts: list[tuple[str, str]], cut: int) -> None:
    text = "".join(piece + gap for piece, gap in parts[:-1]) + parts[-1][0]
    border = len(text) * cut // 4
    spans = ((0, border), (border, len(text))) if 0 < border < len(text) else ((0, len(text)),)
    document = Document(Source("x", text, ()), blocks={"b": Block("b", "p", spans, FOUND, 99)})
    after, changes = run(document)
    read_now = reading(after, "b")
    assert not set(read_now) & set("\n\r\f\u2028\ufffe\x02")
    visible = [c for c in text if not c.isspace() and c not in "-\ufffe\u00ad\x02¬"]
    assert [c for c in read_now if not c.isspace() and c not in "-\ufffe\u00ad\x02¬"] == visible
    assert changes == line_ends.find(document, Evidence(document), Options())


@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=6), st.data())
def test_a_gap_between_spans_is_bridged(parts: list[str], data: st.DataObject) -> None:
    text, spans = "", []
    for part in parts:
        text += data.draw(st.sampled_from(["\n", "\n\n", " \n"])) if text else ""
        spans.append((len(text), len(text) + len(part)))
        text += part
    document = Document(Source("x", text, ()), blocks={"b": Block("b", "p", tuple(spans), FOUND, 99)})
    one = Document(Source("x", "\n".join(parts), ()), blocks={"b": Block("b", "p", ((0, len("\n".join(parts))),), FOUND, 99)})  # fmt: skip
    assert reading(run(document)[0], "b") == reading(run(one)[0], "b")

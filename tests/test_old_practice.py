"""What later drawn issues have: the practice of the nineteenth century, a real journal's titles, counted paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.typeset.article import Article, Author, Block, Note
from bench.typeset.drawn import MEASURED_FROM, ORDER_OF_VOLUMES, VOLUMES, draw_issue
from bench.typeset.enumerated import enumerate_paragraphs
from bench.typeset.invented import Inventor
from bench.typeset.numbering import roman
from bench.typeset.old import Practice, age
from bench.typeset.polytechnic import read_volume
from bench.typeset.styles import Lot

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><group>
<text type="issue"><front><titlePart type="main">Das Journal.</titlePart></front><group>
 <text type="art_undef">
  <front>
   <titlePart type="number">IV.</titlePart>
   <titlePart type="main">Von der Mu\u0364hle am Bach;<note place="bottom">Siehe oben.</note> von Hrn. Senf.</titlePart>
   <titlePart type="sub">Mit Abbildungen.</titlePart>
   <titlePart type="column">Senf, von der Mühle.</titlePart>
  </front>
  <body><div><head>Das Rad.</head>
   <p>Es dreht sich<note place="bottom">Nicht immer.</note>, {first}<pb n="35"/>und weiter.</p>
   <p>Es ist <formula>x</formula>.</p>
   <p>Es <figure><head>Fig. 1.</head></figure>steht.</p></div></body>
 </text>
 <text type="art_misc"><front><titlePart type="main">Chemie.<lb/>Das Salz.</titlePart>
  <titlePart type="sub">Von Dr. <persName>Ida Korn</persName>.</titlePart></front><body><p>{second}</p></body></text>
 <text type="art_misc"><front><titlePart type="main">Zu kurz.</titlePart></front><body><p>Aus.</p></body></text>
</group></text></group></text></TEI>"""


def _volume(folder: Path) -> tuple[Article, ...]:
    path = folder / "pj001.xml"
    path.write_text(VOLUME.replace("{first}", "lange " * 60).replace("{second}", "Salz " * 80), encoding="utf-8")
    (issue,) = read_volume(path)
    return issue


def test_a_volume_gives_its_articles_with_what_stands_above_them(tmp_path: Path) -> None:
    mill, salt = _volume(tmp_path)
    assert (mill.title, mill.subtitle) == ("Von der Mühle am Bach; von Hrn. Senf.", "Mit Abbildungen.")
    assert mill.extras == {"rubric": "IV.", "running_title": "Senf, von der Mühle"}
    assert mill.authors == []
    assert (salt.title, salt.extras["rubric"], salt.extras["by"]) == ("Das Salz.", "Chemie.", "Von Dr. ")
    assert [author.name for author in salt.authors] == ["Ida Korn"]


def test_formulas_and_figures_of_a_volume_are_left_out_and_notes_stand_where_they_are_called(tmp_path: Path) -> None:
    mill, _ = _volume(tmp_path)
    assert [block.level for block in mill.blocks] == [1, 0, 0]
    assert mill.blocks[2].text == "Es steht."
    (note,) = mill.notes
    assert (note.text, note.block, note.offset) == ("Nicht immer.", 1, len("Es dreht sich"))


def _aged(**changed: object) -> Article:
    article = Article("a", "b", "en", "Latn", "Of Mills", authors=[Author("Ann Senf")])
    article.blocks = [
        Block("The Wheel", 1),
        Block("Who turns it?", 2),
        Block("Run in", 3, runs_in=True),
        Block("It turns."),
    ]
    practice = {
        "stops_heads": False,
        "stops_titles": False,
        "number": "",
        "first": 1,
        "names": "",
        "is_anonymous": False,
    }
    words = {"sources": ["(Concluded.)"]}
    age(Lot(1), [article], Inventor("en", "x"), Practice(**(practice | changed), words=words))  # type: ignore[arg-type]
    return article


@pytest.mark.parametrize(
    ("changed", "title", "authors", "heads", "rubric"),
    [
        ({}, "Of Mills", 1, ["The Wheel", "Who turns it?", "Run in"], None),
        ({"stops_heads": True}, "Of Mills", 1, ["The Wheel.", "Who turns it?", "Run in"], None),
        ({"stops_titles": True}, "Of Mills.", 1, ["The Wheel", "Who turns it?", "Run in"], None),
        ({"names": "; by {0}."}, "Of Mills; by Ann Senf.", 0, ["The Wheel", "Who turns it?", "Run in"], None),
        ({"is_anonymous": True}, "Of Mills", 0, ["The Wheel", "Who turns it?", "Run in"], None),
        ({"number": "Art. {1}.", "first": 44}, "Of Mills", 1, ["The Wheel", "Who turns it?", "Run in"], "Art. XLIV."),
    ],
)  # fmt: skip
def test_practice(changed: dict[str, object], title: str, authors: int, heads: list[str], rubric: str | None) -> None:
    article = _aged(**changed)
    assert article.title == title
    assert len(article.authors) == authors
    assert [block.text for block in article.blocks if block.level] == heads
    assert article.extras.get("rubric") == rubric


@pytest.mark.parametrize(("number", "printed"), [(1, "I"), (4, "IV"), (49, "XLIX"), (88, "LXXXVIII"), (120, "CXX")])
def test_roman_figures(number: int, printed: str) -> None:
    assert roman(number) == printed


@pytest.mark.parametrize(("lang", "text"), [("de", "Es dreht sich weiter."), ("zh", "水车转动不停。")])
def test_counted_paragraphs_follow_one_another_and_their_notes_stay_where_they_were(lang: str, text: str) -> None:
    counted = 0
    for seed in range(12):
        article = Article("a", "b", lang, "", "T", blocks=[Block(text) for _ in range(14)])
        article.notes = [Note("n", at, 4) for at in range(14)]
        enumerate_paragraphs(Lot(seed), [article])
        changed = [at for at, block in enumerate(article.blocks) if block.text != text]
        counted += bool(changed)
        assert changed == list(range(changed[0], changed[-1] + 1)) if changed else True
        for note in article.notes:
            assert article.blocks[note.block].text[note.offset :] == text[4:]
    assert counted >= 4


def test_heads_and_what_a_head_begins_are_not_counted() -> None:
    blocks = [Block("A head", level=1 + at % 2, runs_in=True) for at in range(12)]
    article = Article("a", "b", "en", "", "T", blocks=blocks)
    for seed in range(8):
        enumerate_paragraphs(Lot(seed), [article])
    assert {block.text for block in article.blocks} == {"A head"}


def test_issues_to_measure_on_are_of_one_volume_each(tmp_path: Path) -> None:
    folder = tmp_path / "dingler" / "sources" / "volumes"
    folder.mkdir(parents=True)
    _volume(folder)
    issue = draw_issue(MEASURED_FROM, tmp_path)  # of the first volume
    assert [article.title for article in issue.articles] == ["Von der Mühle am Bach; von Hrn. Senf.", "Das Salz."]
    assert issue.page["style"]["order"] == ["rubric", "title", "names"]
    assert draw_issue(MEASURED_FROM + 1, tmp_path).articles == []  # of another, which is not there
    assert len({*VOLUMES, *ORDER_OF_VOLUMES[:80]}) == len(VOLUMES) + 80  # none is trained on and measured on

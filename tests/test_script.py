"""`script`: which script a text is in, what is brought over, what stays."""

from __future__ import annotations

import pytest

from pipeline.model import Article, Author, Block, Document, Mark, Rule, Source
from pipeline.options import Options, Script
from pipeline.rewrite import apply, read
from pipeline.stages.script import find, read_passage, script_of
from pipeline.stages.script.tables import characters

RULE = Rule("test", "kept", 100, "Made for a test.")


def make(*texts: str, kinds: tuple[str, ...] = (), authors: tuple[Author, ...] = (), lang: str = "zh") -> Document:
    source = "\n".join(texts)
    blocks, place = [], 0
    for at, text in enumerate(texts):
        kind = kinds[at] if at < len(kinds) else "p"
        blocks.append(Block(f"b{at}", kind, ((place, place + len(text)),), RULE, 100))
        place += len(text) + 1
    article = Article(1, "article", tuple(block.id for block in blocks), RULE, 100, lang=lang, authors=authors)
    return Document(Source("x", source, ()), blocks={block.id: block for block in blocks}, articles=(article,))


def convert(document: Document, target: str = "auto", protect: tuple[str, ...] = ()) -> list[str]:
    done = apply(document, find(document, None, Options(script=Script(target=target, protect=protect))))
    return [read(done, block.spans).text for block in done.blocks.values()]


def lang(document: Document, target: str = "auto") -> str:
    return apply(document, find(document, None, Options(script=Script(target=target)))).articles[0].lang


HANT = "這條運河經過許多橋樑，兩岸的樹木長得很茂盛，鄉間的風景讓人難忘。"
HANS = "这条运河经过许多桥梁，两岸的树木长得很茂盛，乡间的风景让人难忘。"

CASES = [
    # what, target, before, after
    ("simplified in traditional", "auto", HANT + "他回国了，学校很远。", HANT + "他回國了，學校很遠。"),
    ("shared characters stay", "auto", HANT + "這群人在台上才干了。", HANT + "這群人在台上才干了。"),
    ("queens stay queens", "auto", HANT + "皇后在里面。", HANT + "皇后在里面。"),
    ("by the word", "auto", HANT + "他的头发白了，发展很快。", HANT + "他的頭髮白了，發展很快。"),
    ("rare in Big5", "auto", HANT + "体育和党员。", HANT + "體育和黨員。"),
    ("traditional in simplified", "auto", HANS + "他寫了後記，頭髮白了。", HANS + "他写了后记，头发白了。"),
    ("variants in names stay", "auto", HANS + "李崑与周汎来访，乾隆年间。", HANS + "李崑与周汎来访，乾隆年间。"),
    ("Japanese stays", "auto", HANT + "日文：学校へ行く。", HANT + "日文：学校へ行く。"),
    ("simplified stays", "auto", HANS, HANS),
    ("traditional stays", "auto", HANT, HANT),
    ("keep", "keep", HANT + "国", HANT + "国"),
    ("to traditional", "hant", "乾隆皇后的头发", "乾隆皇后的頭髮"),
    ("to Taiwan's forms", "hant-tw", "这里为什么", "這裡為什麼"),
    ("to Hong Kong's forms", "hant-hk", "这里为什么", "這裏為什麼"),
    ("to Taiwan's words", "hant-tw-phrases", "打印机和网络软件。鼠标", "印表機和網路軟體。滑鼠"),
    ("words only on request", "hant-tw", "网络软件", "網絡軟件"),
    ("to simplified", "hans", HANT, HANS),
    ("to simplified words", "hans-phrases", "這個印表機和網路軟體", "这个打印机和网络软件"),
    ("already there", "hans", HANS + "乾隆", HANS + "乾隆"),
]


@pytest.mark.parametrize(("target", "before", "after"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_conversion(target: str, before: str, after: str) -> None:
    assert convert(make(before), target) == [after]


@pytest.mark.parametrize(
    ("text", "script"),
    [(HANS, "Hans"), (HANT, "Hant"), ("山水人口", ""), ("Text", ""), (HANT + "国", "Hant"), ("皇后台上", "")],
)
def test_script_is_found(text: str, script: str) -> None:
    assert script_of([read_passage(text)]) == script


@pytest.mark.parametrize("character", "群台了才干后里云谷")
def test_shared_characters_belong_to_no_script(character: str) -> None:
    table = characters()
    assert character not in table.hans
    assert character not in table.hant


def test_authors_are_protected_everywhere() -> None:
    texts = ("郑 國", HANS + "郑國认为這樣很好。")
    assert convert(make(*texts, kinds=("byline",), authors=(Author("郑國"),)))[1] == HANS + "郑國认为这样很好。"


def test_names_in_a_byline_are_protected() -> None:
    assert convert(make("文/鄭國", HANS + "鄭國认为這樣好。", kinds=("byline",)))[1] == HANS + "鄭國认为这样好。"


def test_other_words_of_a_byline_are_not_protected() -> None:
    texts = ("城市大學 東方學院 鄭國 教授", "東方學院的鄭國說")
    assert convert(make(*texts, kinds=("byline",)), "hans") == ["城市大学 东方学院 鄭國 教授", "东方学院的鄭國说"]


def test_protected_terms_stay_under_a_target() -> None:
    assert convert(make("在后里的后面"), "hant", ("后里",)) == ["在后里的後面"]


def test_a_passage_in_the_other_script_keeps_it() -> None:
    document = make(HANS, HANS, HANT, kinds=("p", "p", "quote"))
    done = apply(document, find(document, None, Options()))
    assert [read(done, block.spans).text for block in done.blocks.values()] == [HANS, HANS, HANT]
    assert [block.lang for block in done.blocks.values()] == ["", "", "zh-Hant"]


@pytest.mark.parametrize(
    ("text", "given", "target", "found"),
    [
        (HANS, "zh", "auto", "zh-Hans"),
        (HANT, "zh", "keep", "zh-Hant"),
        (HANT, "", "auto", "zh-Hant"),
        (HANS, "zh", "hant-tw", "zh-Hant"),
        ("Plain text", "en", "auto", "en"),
        ("Plain text", "", "auto", ""),
        ("Plain text with 國", "en", "hans", "en"),
    ],
)
def test_articles_get_their_script(text: str, given: str, target: str, found: str) -> None:
    assert lang(make(text, lang=given), target) == found


def test_a_note_marker_is_not_touched() -> None:
    text = HANT + "国①国"
    document = make(text)
    mark = Mark(text.index("国"), text.index("国") + 1, "ref", RULE, 100)
    document = Document(document.source, blocks=document.blocks, articles=document.articles, marks=(mark,))
    assert convert(document) == [HANT + "国①國"]


def test_one_to_many_is_less_certain() -> None:
    edits = find(make(HANT + "头发和国"), None, Options()).edits
    assert [(edit.new, edit.certainty < 90) for edit in edits] == [("頭髮", True), ("國", False)]
    assert all("s2tw.json" in edit.rule.sentence and edit.rule.id.endswith("s2tw") for edit in edits)

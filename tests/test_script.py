"""`script`: which script a text is in, what is brought over, what stays."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import runner
from pipeline.collation import collate
from pipeline.model import Article, Author, Block, Changes, Document, Mark, Rule, Source
from pipeline.options import Metadata, Options, Script, Target
from pipeline.rewrite import apply, read
from pipeline.stages.script import find
from pipeline.stages.script.conversion import _CLAUSE as CLAUSES
from pipeline.stages.script.conversion import find_conversions
from pipeline.stages.script.names import _find_persons
from pipeline.stages.script.passages import find_titles, read_passage, script_of
from pipeline.stages.script.tables import characters
from pipeline.stages.stretches import place_changes

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
    ("titles of works as set", "auto", HANS + "他寫了《後漢書注》。", HANS + "他写了《後漢書注》。"),
    ("titles of works under a target", "hant", "他读《后汉书》和后记", "他讀《后汉书》和後記"),
    ("no title without an end", "hant", "《没有结尾的书名", "《沒有結尾的書名"),
    ("a quotation in the other script", "auto", HANS + f"他说：“{HANT}”我們。", HANS + f"他说：“{HANT}”我们。"),
    (
        "a quotation with strays",
        "auto",
        HANS + "他说：“这條运河经过许多桥梁。”",
        HANS + "他说：“这条运河经过许多桥梁。”",
    ),
    ("a quotation under a target", "hans", HANS + f"他说：“{HANT}”", HANS + f"他说：“{HANS}”"),
    ("Korean stays", "hans", HANT + "漢字를 學習한다。", HANS + "漢字를 學習한다。"),
    ("variants alone", "hans", "步步高陞，李子", "步步高升，李子"),
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


def test_affiliations_go_with_their_blocks() -> None:
    author = Author("郑國", affiliations=("城市大學歷史系", "郑國研究所，《後漢書》研究", "Old Canal University"))
    document = make("郑國", HANS, kinds=("byline",), authors=(author,))
    done = apply(document, find(document, None, Options()))
    assert done.articles[0].authors[0].affiliations == (
        "城市大学历史系",
        "郑國研究所，《後漢書》研究",
        "Old Canal University",
    )


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


def test_a_paragraph_in_the_other_script_keeps_it() -> None:
    done = make(HANS, HANS + HANS, HANT, HANS + "他寫後記。")
    done = apply(done, find(done, None, Options()))
    assert [read(done, block.spans).text for block in done.blocks.values()][2:] == [HANT, HANS + "他写后记。"]
    assert [block.lang for block in done.blocks.values()] == ["", "", "zh-Hant", ""]


def test_a_quotation_in_the_other_script_is_marked() -> None:
    document = make(HANS + f"他说：“{HANT}”")
    (mark,) = find(document, None, Options()).marks or ()
    assert (document.source.text[mark.start : mark.end], mark.tag, mark.target) == (HANT, "foreign", "zh-Hant")


@pytest.mark.parametrize(
    ("language", "target", "before", "after"),
    [
        ("zh-Hant", "hans", "什么", "什么"),
        ("zh-TW", "hans", "這裡", "这里"),
        ("zh-Hans", "hant", "著作等身", "著作等身"),
        ("zh-CN", "hant", "狸猫和狸貓", "狸貓和狸貓"),
        ("zh-HK", "hans", "這裏", "这里"),
    ],
)
def test_the_language_of_the_settings_is_believed(language: str, target: str, before: str, after: str) -> None:
    document = make(before)
    options = Options(script=Script(target=target), metadata=Metadata(language=language))
    done = apply(document, find(document, None, options))
    assert read(done, document.blocks["b0"].spans).text == after


# (configuration, before, after): words and variants of every configuration we offer
CONFIGURED = [
    ("s2t", "里面的头发", "裏面的頭髮"),
    ("s2tw", "里面的台湾", "裡面的臺灣"),
    ("s2hk", "里面的卫生", "裏面的衞生"),
    ("s2twp", "用鼠标打印软件说明", "用滑鼠列印軟體說明"),
    ("s2hkp", "打印机", "打印機"),
    ("t2s", "乾燥的乾隆皇后", "干燥的乾隆皇后"),
    ("tw2s", "裡面著火了", "里面着火了"),
    ("hk2s", "裏面的衞生", "里面的卫生"),
    ("tw2sp", "用滑鼠列印軟體", "用鼠标打印软件"),
    ("hk2sp", "裏面", "里面"),
    ("t2tw", "裏面的衆人", "裡面的眾人"),
    ("t2hk", "爲了衆人", "為了眾人"),
]


def through(text: str, config: str) -> str:
    """A text after the edits for one configuration, out of the rows of the collation."""
    document = make(text)
    reading = read(document, document.blocks["b0"].spans)
    done = apply(document, Changes(edits=tuple(place_changes(reading, find_conversions(text, config)))))
    return rows_of(done)


def rows_of(document: Document) -> str:
    rows, witness = collate(document).rows(), document.source.text
    assert "".join(witness[row.start : row.end] for row in rows) == witness
    return "".join(witness[row.start : row.end] if row.reading is None else row.reading for row in rows)


@pytest.mark.parametrize(("config", "before", "after"), CONFIGURED, ids=[row[0] for row in CONFIGURED])
def test_configurations_come_out_of_the_collation(config: str, before: str, after: str) -> None:
    assert through(before, config) == after


@given(
    st.text("里面干发乾髮台鼠标软件著么甚網路，。x ", min_size=1, max_size=30),
    st.sampled_from(sorted(row[0] for row in CONFIGURED)),
)
def test_edits_say_what_opencc_says(text: str, config: str) -> None:
    converter = opencc.OpenCC(config)
    whole = converter.convert(text)
    by_clause = "".join(map(converter.convert, CLAUSES.findall(text)))
    assert through(text, config) == (whole if len(whole) == len(text) else by_clause)


NAMES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "names.tsv").read_text(encoding="utf-8").split("\n")[1:]
    if line
]


SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "persons.tsv").read_text(encoding="utf-8").split("\n")[1:]
    if line
]


def test_persons_in_running_text() -> None:
    """Sentences of persons whose names a plain conversion may break, and sentences that only look so."""
    right = [name in _find_persons(text, "p") for _, text, name in SENTENCES if name]
    wrong = [any(_find_persons(text, "p")) for _, text, name in SENTENCES if not name]
    assert (len(right), len(wrong)) > (40, 40)
    assert sum(right) * 100 >= len(right) * 90
    assert sum(wrong) * 100 <= len(wrong) * 5


@pytest.mark.parametrize(
    ("before", "target", "after"),
    [
        ("昨天翟崑表示船少。後來崑崙的路也遠，翟崑走了。", "hans", "昨天翟崑表示船少。后来昆仑的路也远，翟崑走了。"),
        ("作家余松和工人说话。余松很高兴。", "hant", "作家余松和工人說話。余松很高興。"),
        ("于是作家走了，干部说好。", "hant", "於是作家走了，幹部說好。"),
    ],
)
def test_names_found_in_running_text_stay_whole(before: str, target: str, after: str) -> None:
    assert convert(make(before), target) == [after]


def test_the_names_are_many_that_plain_conversion_breaks() -> None:
    assert len(NAMES) > 60
    assert not [
        name for name, target in NAMES if opencc.OpenCC({"hant": "s2t", "hans": "tw2s"}[target]).convert(name) == name
    ]


@pytest.mark.parametrize(("name", "target"), NAMES, ids=[name for name, _ in NAMES])
def test_names_stay_whole(name: str, target: str) -> None:
    rest = HANS if target == "hant" else HANT
    whole = make("文章", rest + name + "說", kinds=("title",), authors=(Author(name),))
    cited = make(rest + f"就像{name}那样。", f"[1] {name}：《運河的歷史》，北京：某社。", kinds=("p", "note"))
    lived = make(rest + f"就像{name}那样。", rest + f"学者{name}（1901—1979）。")
    for document in (whole, cited, lived):
        assert sum(text.count(name) for text in convert(document, target)) == document.source.text.count(name)


PERSONS = [
    ("于是先生来了，於是教授走了", "p", []),
    ("，余英时先生说", "p", ["余英时"]),
    ("他是金融学教授，高级研究员", "p", []),
    ("见《史记》，参见范文澜《通史简编》", "note", ["范文澜"]),
    ("李明：《运河》；王小红编：《石桥》", "note", ["李明", "王小红"]),
    ("李明：《运河》", "p", []),
    ("（1902—1988）与程序（1990年）", "p", []),
]


@pytest.mark.parametrize(("text", "kind", "names"), PERSONS, ids=[row[0] for row in PERSONS])
def test_persons_are_told_by_what_stands_beside_them(text: str, kind: str, names: Iterable[str]) -> None:
    assert list(_find_persons(text, kind)) == names


@pytest.mark.parametrize(
    ("text", "found"),
    [("《甲》和《乙》", ["《甲》", "《乙》"]), ("《论《甲》》", ["《论《甲》》"]), ("《" + "长" * 99 + "》", [])],
)
def test_titles(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_titles(text)] == found


def test_a_note_marker_is_not_touched() -> None:
    text = HANT + "国①国"
    document = make(text)
    mark = Mark(text.index("国"), text.index("国") + 1, "ref", RULE, 100)
    document = Document(document.source, blocks=document.blocks, articles=document.articles, marks=(mark,))
    assert convert(document) == [HANT + "国①國"]


def test_every_character_is_an_emendation_of_its_own() -> None:
    edits = find(make(HANT + "头发和国"), None, Options()).edits
    assert [(edit.new, edit.rule.id, edit.certainty) for edit in edits] == [
        ("頭", "simplified-character-s2tw", 97),
        ("髮", "simplified-character-of-several-s2tw", 85),
        ("國", "simplified-character-s2tw", 97),
    ]
    assert all("s2tw.json" in edit.rule.sentence and opencc.__version__ in edit.rule.sentence for edit in edits)


@pytest.mark.parametrize("target", ["auto", "hans"])
def test_a_name_stays_whole_through_the_whole_pipeline(target: Target) -> None:
    about = "岑崑，城市大学水利系教授"
    text = "运河的历史与现状\n\n岑 崑\n\n" + "".join(
        f"    {sentence}岑崑认为这些问题应当从头说起，过去的经验对后来的人还有用处。\n"
        for sentence in ("运河开凿以来，两岸的城镇发展很快。", "铁路通车以后，运河上的船只减少了许多。")
    )
    done = runner.run(Source("x", text + about + "\n", ()), Options(script=Script(target=target))).document
    final = read(done, [(0, len(done.source.text))]).text
    assert (final.count("岑崑") + final.count("岑 崑"), final.count("昆")) == (4, 0)

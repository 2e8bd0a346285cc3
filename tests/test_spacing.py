"""`spacing`: clear damage of blanks and widths is mended, the source's habits stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.collation import collate
from pipeline.model import Article, Block, Document, Edit, Mark, Rule, Source
from pipeline.options import Characters, Options
from pipeline.rewrite import apply, read, rewrite
from pipeline.stages.spacing import find

RULE = Rule("test", "kept", 100, "Made for a test.")


def make(*texts: str, kind: str = "p", lang: str = "", marks: tuple[Mark, ...] = ()) -> Document:
    blocks, place = {}, 0
    for at, text in enumerate(texts):
        blocks[f"b{at}"] = Block(f"b{at}", kind if at == 0 else "p", ((place, place + len(text)),), RULE, 100)
        place += len(text) + 1
    articles = (Article(1, "article", tuple(blocks), RULE, 100, lang=lang),)
    return Document(Source("x", "\n".join(texts), ()), blocks=blocks, articles=articles, marks=marks)


def clean(document: Document, punctuation: str = "language") -> str:
    done = apply(document, find(document, None, Options(characters=Characters(punctuation=punctuation))))
    return read(done, document.blocks["b0"].spans).text


LATIN = [
    (
        "full-width brackets",
        "p",
        "It was late，he said。（really） and left（soon）",
        "It was late, he said. (really) and left (soon)",
    ),
    ("several blanks", "p", "with  the   new\tpattern", "with the new pattern"),
    ("odd blanks", "p", "with\u00a0the\u2003new", "with the new"),
    ("blanks at the borders", "p", "  with the new \u3000", "with the new"),
    ("broken word in a spread line", "p", "at  the  meet ing,  and  about", "at the meeting, and about"),
    ("broken first letter", "p", "has  the  r ight  to", "has the right to"),
    ("three parts", "p", "the  gov ern ment  of", "the government of"),
    ("broken word without spreading", "p", "a major develop ment of trade", "a major development of trade"),
    ("spread head", "head", "C O N T E N T S", "CONTENTS"),
    ("spread head of three words", "head", "T H E  O L D  C A N A L", "THE OLD CANAL"),
    ("letters in columns", "p", "a b  c d  e f  g h", "a b c d e f g h"),
    ("spread behind a capital", "head", "S u m m a r y", "Summary"),
    (
        "a word of the document",
        "p",
        "Tham pesh lies low. From Thampesh to Thampesh, then Thampesh again.",
        "Thampesh lies low. From Thampesh to Thampesh, then Thampesh again.",
    ),
]
LATIN_KEPT = [
    ("full-width brackets of Chinese", "p", "the canal（运河）was long, so it was said at the time of the old town"),
    ("two words that make one", "p", "he went in to the house, a part of it may be his"),
    ("prefixes", "p", "non interference and multi party talks"),
    ("blank behind a hyphen", "p", "a multiple- party system"),
    ("letters by themselves", "p", "an e mail with x and y, the p value of n subjects"),
    ("names", "p", "Mac Donald and Van der Berg met De Gaulle"),
    ("a and a rare word", "p", "he spoke, a propos of nothing"),
    ("ordinals and marked names", "p", "between the 1 st and the 5 th are A. Savin g and T. Petro l from the town"),
    ("French inside", "p", "la réduction de tous les dérivés est complète"),
    ("a short word by chance", "p", "stirred from 0 to rt, as a tuple of c ar in all"),
    ("misprints", "p", "the Unites Sates is destablizing"),
    ("thousands", "p", "about 12\u2009000 people"),
    ("lettered list", "p", "A B C D E F"),
    ("a word of the document, once", "p", "Tham pesh lies low. From Thampesh to the sea it is a day."),
    (
        "parts that stand elsewhere",
        "p",
        "Tham pesh lies low, Tham not. From Thampesh to Thampesh, then Thampesh again.",
    ),
    ("per cent", "p", "about 60 percent, 12 %"),
    ("German", "p", "das ist die Haus ordnung der Stadt"),
    ("French", "p", "l’état des lieux est con nu"),
]
CHINESE = [
    ("name", "byline", "李\u2003 明\u2003 市水利局局长", "李明 市水利局局长"),
    ("name behind its office", "byline", "城市大学历史系教授 李 明", "城市大学历史系教授 李明"),
    ("head", "head", "目\u3000录", "目录"),
    ("head of four", "head", "参 考 文 献", "参考文献"),
    ("wide blank of a title", "title", "疏浚古运河\u2003 建设新家园", "疏浚古运河 建设新家园"),
    ("blank beside punctuation", "p", "运河很长， 船也很多 。", "运河很长，船也很多。"),
    ("blanks of recognition", "p", "运河 很长 船也 很多 桥也 不少 岸上 有树", "运河很长船也很多桥也不少岸上有树"),
    ("comma", "p", "受到影响,坚持工作", "受到影响，坚持工作"),
    ("comma and blank", "p", "受到影响, 坚持工作", "受到影响，坚持工作"),
    ("blank before a colon", "p", "共有三种 : 木船、铁船", "共有三种：木船、铁船"),
    ("colon before a title", "p", "李明:《运河的历史》", "李明：《运河的历史》"),
    ("brackets", "p", "大运河(京杭段)很长", "大运河（京杭段）很长"),
    ("at the end", "p", "为什么?", "为什么？"),
    ("half-width signs", "p", "运河很长､船很多｡", "运河很长、船很多。"),
    ("full stop at the end", "p", "运河(Grand Canal)很长.", "运河(Grand Canal)很长。"),
    ("full stop behind a quotation", "p", '运河很长。都说"很好".', "运河很长。都说“很好”。"),
    ("full stops inside", "p", "这条运河已经很长.河上的船也非常多.", "这条运河已经很长。河上的船也非常多。"),
    ("dots", "p", "运河很长......船很多", "运河很长……船很多"),
    ("hyphens for a dash", "p", "运河--北方的那条--很长", "运河——北方的那条——很长"),
    (
        "behind a number or Latin",
        "p",
        "比例为3:2,共1,200元;属于WTO,不属于它",
        "比例为3:2，共1,200元；属于WTO，不属于它",
    ),
    ("brackets of two widths", "p", "运河很长（见上文)，船很多(见下文）", "运河很长（见上文），船很多（见下文）"),
    ("brackets at a title", "p", "见《运河》(城市出版社)，第3页", "见《运河》（城市出版社），第3页"),
    ("straight quotation marks", "p", '他说:"运河很长",又说"船很多".', "他说：“运河很长”，又说“船很多”。"),
    (
        "straight marks between blanks",
        "p",
        '他说 " 运河很长 " 的时候，用 Canal "河道" 系统',
        "他说“运河很长”的时候，用 Canal “河道”系统",
    ),
    ("single straight marks", "p", "都说'很好'的人走了", "都说‘很好’的人走了"),
    ("full stop behind a bracket", "p", "他走了(很早).船也开了", "他走了（很早）。船也开了"),
    (
        "signs behind addresses",
        "p",
        "见https://example.org/a,b?c=1:2,后来10.1000/xyz,123;时间是早上",
        "见https://example.org/a,b?c=1:2，后来10.1000/xyz,123；时间是早上",
    ),
    ("straight marks beside corner ones", "p", '他說「運河很長」，又說"船很多"', "他說「運河很長」，又說「船很多」"),
    ("blanks beside full-width letters", "p", "渡口在Ｘ 镇，与 Ｐ 先生同去", "渡口在Ｘ镇，与Ｐ先生同去"),
    ("letters that do not count", "p", "Ｐ 与 Ｘ 先生", "Ｐ与Ｘ先生"),
    ("brackets of ASCII between blanks", "p", "运河 (北段)很长", "运河（北段）很长"),
    ("Latin words in full width", "p", "题为Ｔｈｅ\u3000Ｏｌｄ\u3000Ｃａｎａｌ的文章", "题为The Old Canal的文章"),
]
CHINESE_KEPT = [
    ("title", "title", "疏浚古运河 建设新家园"),
    ("keywords", "keywords", "运河 水利 城市 社会 历史"),
    ("title in a sentence", "p", "他读了《疏浚古运河 建设新家园》一书"),
    ("Latin beside Chinese", "p", "共有 120 座桥，其中 WTO 出资 3 座；另有12座"),
    ("times and ratios", "p", "上午9:30到10:45，比例为3:2，共1,200人"),
    ("addresses", "p", "见http://example.org/a,b;c:d?e=(1)和10.1000/182(2020)1:2。"),
    ("Latin in brackets", "p", "世界贸易组织(WTO)成立"),
    ("note markers", "p", "运河很长①，船很多^[2]。"),
    ("a name with a dot", "p", "约翰.史密斯和玛丽.布朗来了。"),
    ("a long name with a dot where the text has its own stops", "p", "阿历克斯安德罗.亚历山德罗维奇来了。"),
    ("a short name with a dot", "p", "约翰.史密斯"),
    ("numbered", "p", "1.运河 2.铁路 3.5公里"),
    ("straight marks inside others", "p", '他说：“运河"很长"，船很多”'),
    ("a comma misread", "p", "那天'雨下得很大，他没有来'后来才知道"),
    ("an apostrophe", "p", "题为Ann's的'小店'"),
    ("numbered in brackets", "p", "(1).运河"),
    ("an odd straight mark", "p", '他说"运河很长，船很多'),
    ("inches and Latin in straight marks", "p", '屏幕为12"，名为"Old Canal"'),
    ("a bracket of a list", "p", "a)运河 b)铁路"),
    ("a range", "p", "1990--1995年"),
    ("one full-width letter", "p", "Ａ组与Ｂ组，２０２０年"),
    ("blank between sentences", "p", "运河很长。 船也很多。"),
    ("Latin note in Chinese", "p", "Old Canal Review，2020年，第3页"),
    ("items that letters count", "p", "Ａ 运河 Ｂ 铁路 Ｃ 石桥"),
    ("a letter that counts an item", "p", "Ａ 运河很长"),
    ("a number before its text", "p", "（一） 运河很长"),
    ("separated names", "p", "李明 王小红 张文"),
]


@pytest.mark.parametrize(("kind", "before", "after"), [row[1:] for row in LATIN], ids=[row[0] for row in LATIN])
def test_latin(kind: str, before: str, after: str) -> None:
    assert clean(make(before, kind=kind, lang="en")) == after


@pytest.mark.parametrize(("kind", "text"), [row[1:] for row in LATIN_KEPT], ids=[row[0] for row in LATIN_KEPT])
def test_latin_stays(kind: str, text: str) -> None:
    assert clean(make(text, kind=kind, lang="en")) == text


@pytest.mark.parametrize(("kind", "before", "after"), [row[1:] for row in CHINESE], ids=[row[0] for row in CHINESE])
def test_chinese(kind: str, before: str, after: str) -> None:
    assert clean(make(before, kind=kind, lang="zh")) == after


@pytest.mark.parametrize(("kind", "text"), [row[1:] for row in CHINESE_KEPT], ids=[row[0] for row in CHINESE_KEPT])
def test_chinese_stays(kind: str, text: str) -> None:
    assert clean(make(text, kind=kind, lang="zh")) == text


def test_a_stray_blank_is_told_from_the_text_itself() -> None:
    assert clean(make("他们修好 了石桥以后", "大家都说修好了石桥才算完")) == "他们修好了石桥以后"


CLOSE = "渡口（北岸）和「石桥」都在，渡口（南岸）和「木桥」也在，再有（东岸）的「老街」和（西岸）的「新街」。"
BRACKETS = [
    ("behind a closing one", "他们在「老街」 上等船", "他们在「老街」上等船"),
    ("before an opening one", "这就是一种 「老街」", "这就是一种「老街」"),
    ("between two", "他们在「老街」     （见图）等船", "他们在「老街」（见图）等船"),
    ("Latin inside", "他们在老街（ Old Street ）等船", "他们在老街（Old Street）等船"),
    ("a row of names", "李明（北岸） 王红（南岸） 张文（老街）", "李明（北岸） 王红（南岸） 张文（老街）"),
    ("numbers of a list", "先上船 （1） 再过桥 （2） 才到老街", "先上船 （1） 再过桥 （2） 才到老街"),
    ("a label before its text", "【注】 老街在渡口", "【注】 老街在渡口"),
    ("Latin outside", "他们在 old （老街） street", "他们在 old （老街） street"),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in BRACKETS], ids=[row[0] for row in BRACKETS])
def test_blanks_beside_brackets_in_a_source_that_sets_them_close(before: str, after: str) -> None:
    assert clean(make(before, CLOSE, lang="zh")) == after


def test_blanks_beside_brackets_stay_where_they_are_the_rule() -> None:
    text = "他们在「老街」 上等船"
    assert clean(make(text, "渡口 （北岸） 和 「石桥」 都在", lang="zh")) == text
    assert clean(make("「老街」 李明", CLOSE, kind="bibl", lang="zh")) == "「老街」 李明"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("石桥很长 [5]。船很多", "石桥很长[5]。船很多"),
        ("石桥很长 [5]", "石桥很长[5]"),
        ("见 Old Canal [5]。", "见 Old Canal [5]。"),
        ("石桥 [5] is old", "石桥 [5] is old"),
    ],
)
def test_blank_before_a_note_marker(text: str, after: str) -> None:
    at = text.index("[5]")
    assert clean(make(text, lang="zh", marks=(Mark(at, at + 3, "ref", RULE, 100),))) == after


def test_full_width_in_english() -> None:
    text = "The canal，built in ２０２０，is Ｏｌｄ。"
    assert clean(make(text, lang="en")) == "The canal, built in 2020, is Old."


def test_full_width_between_latin_words_beside_chinese() -> None:
    text = "The canal （运河） was old，and the town；it grew，2020年"
    assert clean(make(text, lang="en")) == "The canal （运河） was old, and the town; it grew，2020年"


def test_punctuation_is_kept_on_request() -> None:
    text = '受到影响,坚持"工作"...(在这里).ＡＢ，题为Ｔｈｅ　Ｏｌｄ的｢文章｣--运河'
    assert clean(make(text)) != text.replace("　", " ")
    text = text.replace("　", " ")
    assert clean(make(text), "keep") == text


@pytest.mark.parametrize(
    ("notes", "after"),
    [
        (["李明:《运河》,《城市报》,2020年。", "王红:《石桥》,《城市报》。"], "李明:《运河》,《城市报》,2020年。"),
        (
            ["李明:《运河》，《城市报》，2020年。", "王红：《石桥》，《城市报》。"],
            "李明：《运河》，《城市报》，2020年。",
        ),
    ],
    ids=["ASCII is their style", "one slip"],
)
def test_notes_keep_their_own_style(notes: list[str], after: str) -> None:
    blocks, place = {}, 0
    for at, text in enumerate(notes):
        blocks[f"b{at}"] = Block(f"b{at}", "note", ((place, place + len(text)),), RULE, 100)
        place += len(text) + 1
    assert clean(Document(Source("x", "\n".join(notes), ()), blocks=blocks)) == after


def test_nothing_crosses_a_mark() -> None:
    text = "受到影响,坚持   工作   的人"
    pb, ref = text.index("   ") + 2, text.index(",")
    marks = (Mark(ref, ref + 1, "ref", RULE, 100), Mark(pb, pb, "pb", RULE, 100))
    assert clean(make(text, marks=marks)) == "受到影响,坚持   工作 的人"


def test_changes_in_one_run_become_one_edit() -> None:
    document = make("xxxx的人")
    run = Edit(0, 4, "影响,坚持  工作,工作", RULE, 100)
    document = Document(document.source, runs=rewrite((), [run]), blocks=document.blocks, articles=document.articles)
    assert clean(document) == "影响，坚持 工作，工作的人"


def test_forme_work_and_tables_are_left_alone() -> None:
    assert find(make("a  b", kind="fw"), None, Options()).edits == ()
    assert find(make("a  b", kind="table"), None, Options()).edits == ()


SIGNS = '运河很长船多的在 　，。.,;:?!()（）“”「」"-《》abcＡＢ１２3'


@given(st.text(SIGNS, min_size=1, max_size=40), st.sampled_from(["zh", "en", ""]))
def test_what_is_changed_comes_out_of_the_collation(text: str, lang: str) -> None:
    document = make(text, "运河很长，船很多。", lang=lang)
    done = apply(document, find(document, None, Options()))
    rows = [row for row in collate(done).rows() if row.end <= len(text)]
    new = [document.source.text[row.start : row.end] if row.reading is None else row.reading for row in rows]
    assert "".join(new) == read(done, document.blocks["b0"].spans).text


@given(st.text(SIGNS, min_size=1, max_size=40))
def test_letters_and_digits_are_never_lost(text: str) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))

    assert letters(clean(make(text, lang="zh"))) == letters(text)

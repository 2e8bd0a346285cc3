"""`letters`: what is repaired, and what only looks damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.model import Document, Part, Source
from pipeline.options import Characters, Options
from pipeline.rewrite import apply, read
from pipeline.stages.letters import find


def clean(text: str, mojibake: str = "repair") -> str:
    document = Document(Source("x", text, ()))
    changes = find(document, None, Options(characters=Characters(mojibake=mojibake)))
    return read(apply(document, changes), [(0, len(text))]).text


def rules(text: str, mojibake: str = "repair") -> list[str]:
    options = Options(characters=Characters(mojibake=mojibake))
    return [edit.rule.id for edit in find(Document(Source("x", text, ())), None, options).edits]


SENTENCE = "运河上的船只每天早上出发，经过三座石桥以后才到城里。"
TRADITIONAL = "運河上的船隻每天早上出發，經過三座石橋以後纔到城裡。"

FORMS = [
    # what, before, after
    ("byte-order mark", "\ufeffText", "Text"),
    ("NUL between letters", "c\x00a\x00t", "cat"),
    (
        "accents before letters",
        "Poincar´e, Fran¸cois Cl´emen¸con, Hyv¨arinen, Rhˆone",
        "Poincaré, François Clémençon, Hyvärinen, Rhône",
    ),
    ("an accent behind one letter, others shown", "P´erolat and Cl´emen¸con", "Pérolat and Clémençon"),
    ("an accent on a letter without its dot", "Kamarta´ın, Mor´ıson", "Kamartaín, Moríson"),
    ("zero width", "运\u200b河\u2060上", "运河上"),
    ("controls", "a\x01b\x1fc\x7fd", "abcd"),
    ("vertical tab", "a\vb", "a b"),
    ("Kangxi radicals", "⼀⼈⽇", "一人日"),
    ("radical supplements", "⻓⻅⻚", "长见页"),
    ("compatibility ideograph", "\uf98a\uf9b4", "力領"),
    ("compatibility ideograph of another shape", "\ufa19\ufa1b\U0002f800", "神福丽"),
    ("small forms", "甲﹐乙﹔﹙丙﹚", "甲，乙；（丙）"),
    ("vertical forms", "︵甲︶﹁乙﹂︐", "（甲）「乙」，"),
    ("half-width punctuation", "｢甲｣｡", "「甲」。"),
    ("Arabic in positional forms", "\ufe8e\ufedf\ufea4\ufe8e\ufedd", "\u0627\u0644\u062d\u0627\u0644"),
    ("Indic vowel in parts", "\u09c7\u09be", "\u09cb"),
    ("ligatures", "ﬁeld oﬀer ﬂuﬃ", "field offer fluffi"),
    ("half-width katakana", "ｶﾞｲﾄﾞ", "ガイド"),
    ("decomposed", "cafe\u0301 nin\u0303o", "café niño"),
    ("Hangul in parts", "\u1112\u1161\u11ab", "한"),
    ("surrogate pair", "\ud83d\ude00", "😀"),
    ("lone surrogate", "a\ud83db", "a\ufffdb"),
    ("noncharacters", "a\uffffb\ufdd0", "a\ufffdb\ufffd"),
    ("C1 that is Windows-1252", "a \x93word\x94 b", "a “word” b"),
    ("C1 ellipsis", "and so on\x85 he said", "and so on… he said"),
    ("U+0002 as a hyphen", "exam\x02ple", "exam\ufffeple"),
    ("soft hyphen, word known", "wonder\u00adful, wonderful", "wonderful, wonderful"),
    ("soft hyphen, compound known", "well\u00adknown, well-known", "well-known, well-known"),
]

KEPT = [
    ("an acute for an apostrophe", "l´art, c´est, aujourd´hui, lorsqu´il, geht´s, don´t"),
    ("apostrophes beside a word with an accent", "l´art de C´eline, d´accord, l´homme, Poincaré, déjà, été"),
    ("accents by themselves", "the signs ´ ¨ ˜ ¸ and 3 ˜a"),
    ("plain", "Plain text, nothing more.\n"),
    ("accents", "élève créée à Zürich, naïveté, Größe, œuvre, protégée"),
    ("capitals in a row", "ÀÁÂÃÄÅ ÆÇÈÉ äöüß ¿¡"),
    ("Russian", "Привет, мир"),
    ("Greek", "καλημέρα κόσμε"),
    ("Chinese", SENTENCE),
    ("traditional", TRADITIONAL),
    ("note markers", "word¹²³⁴ ①②⑩⑳ ^[1] ㊀ ⑴ ⒈ ❶ ⓵ ₁ ª º * † ‡ § ※"),
    ("standardized variants", "神\ufe00 葛\U000e0100 ≨\ufe00"),
    ("squared and letterlike", "㎡ ㎏ ㏄ № ℡ ™ ℃ Ⅳ ⅷ ½ ㈱ ㊣ ㋿"),
    ("full width", "Ｔｈｅ　１２（ａ）：，。"),
    ("blanks", "a\u00a0b\u2003c\u2000\u2001d\u3000e\u2009f\t"),
    ("line ends", "a\r\nb\rc\u2028d\u2029e\ff\n"),
    ("next line", "first\x85second"),
    ("hyphens at a line's end", "wonder\u00ad\nful wonder¬\nful wonder\ufffe\nful"),
    ("hyphen of an extractor inside a line", "won\ufffederful"),
    ("dogs", "一只犬和一条狗，状况狂犯，狂犬病"),
    ("traditional dogs", "牽牛、犧牲、現狀、尺牘、耕犁"),
    ("joiners where they count", "क्\u200dष 👩\u200d🚀 می\u200cخواهم"),
    ("private", "a\ue000b"),
    ("rare names", "张玮琪与王珏瑾在浣花溪"),
    ("a word that is valid UTF-8 in GBK", "联通"),
    ("unified compatibility characters", "\ufa0e\ufa11"),
    ("emoji with selector", "❤\ufe0f"),
    ("Spanish", "«¡A la calle!» gritó. ¡Bueno! ¿Y tú? ¡O no!"),
    ("one letter of another script", "the phoneme ǰ and the letter Ѷ, °С, ³Ѹ"),
    ("roads", "南京路 12 号\n第 31 路\n路 31 号\n繚繞"),
    ("roots in formulae", "x√π, n√πr, 2√µ, √∞, √2"),
    (
        "hanzi in a Western text",
        "The characters 茅 and 位 are taught first, 学 and 习 later, in all of the schools here.",
    ),
    ("lone letters", "音标见下表\nɪ\nǰ\nʲ"),
    ("phonetic letters in Chinese", "声母ɣʷ与[ʲʰ]，元音ɯɤ"),
    ("letters before signs", "naï, pâ‘word’, São 12"),
]

# A damaged text throughout: lines that say it, and signs that stand by themselves in others.
BIG5_LINES = TRADITIONAL + "\nOld Town、Canal、Bridge\n（old canal）\n· 31 ·\n" + TRADITIONAL
RAIN = "我们在这里等了五个小时，大雨还不停。"
BIG5_PAIRS = TRADITIONAL + "\n健康\n學習。\n" + TRADITIONAL
GBK_LINES = SENTENCE + "\nsee p. 24–31, by Adán Guzmán\n" + SENTENCE
MOJIBAKE = [
    ("UTF-8 as Windows-1252", "the cafÃ© on the cornerâ€”closed", "the café on the corner—closed"),
    ("twice in a line, sound text between", "Ã©tÃ© 夏 été", "été 夏 été"),
    ("GBK as Latin-1", SENTENCE.encode("gbk").decode("latin-1"), SENTENCE),
    ("GBK as Latin-1, short", "ÄãºÃ", "你好"),
    ("GBK in an English line", "see " + "国际关系".encode("gbk").decode("latin-1") + " p. 3", "see 国际关系 p. 3"),
    ("Big5 as Latin-1", TRADITIONAL.encode("big5").decode("latin-1"), TRADITIONAL),
    ("Big5 with ASCII trails", "§A¦n", "你好"),
    ("UTF-8 as GBK", "他说：浣犲ソ。", "他说：你好。"),
    ("UTF-8 as GBK, long", "山路很长，我要走".encode().decode("gbk"), "山路很长，我要走"),
    ("UTF-8 as GBK with a euro sign for 0x80", "杩欓噷銆€閭ｉ噷", "这里\u3000那里"),
    ("UTF-8 quotes as GBK", "“The road".encode().decode("gbk"), "“The road"),
    ("shadow letters", "犜犺犲 狉狅犪犱", "The road"),
    ("shadow letters beside dogs", "一条狗 犇狅犵 一只犬", "一条狗 Dog 一只犬"),
    ("single shadow letters in company", "犜犺犲，狉狅犪犱，犮犪狉，狆＜0.05", "The，road，car，p＜0.05"),
    ("GBK quotation marks in English", "China\xa1\xafs \xa1\xb0new\xa1\xb1 road", "China’s “new” road"),
    ("Big5 quotation marks in English", "China\xa1\xa6s \xa1\xa7new\xa1\xa8 road", "China’s “new” road"),
    ("GBK with a pair of ASCII, traditional", "\xdf@Ð©\x86–î}", "這些問題"),
    ("GBK, a name", "(\xb7\xeb\xb5\xc2\xd2\xf4\xa3\xba1999)", "(冯德音：1999)"),
    ("UTF-8 accents as GBK", "the caf茅 and M眉ller", "the café and Müller"),
    ("UTF-8 accents as Big5", "the caf矇 was 矇lev矇", "the café was élevé"),
    ("UTF-8 apostrophe as GBK", "China鈥檚 road", "China’s road"),
    ("UTF-8 as GBK, sound text behind", "杩欓噷没有", "这里没有"),
    ("UTF-8 as GBK, twice", "浣犲ソ鍚楋紝".encode().decode("gbk"), "你好吗，"),
    ("UTF-8 as Latin-1, Chinese", "ä½\xa0å¥½ï¼\x8cä¸\x96ç\x95\x8c", "你好，世界"),
    ("Big5 in a damaged text, signs by themselves", BIG5_LINES.encode("big5").decode("latin-1"), BIG5_LINES),
    ("GBK in a damaged text, letters with an accent", GBK_LINES.encode("gbk").decode("latin-1"), GBK_LINES),
    ("GBK beside a marker in brackets", "他们\xd5\xfb\xb6\xd9\xd1\xa7\xb7\xe7”[3]", "他们整顿学风”[3]"),
    ("circled number as Windows-1252", "the town â‘¢ and\nâ‘ \xa0The road", "the town ③ and\n①\xa0The road"),
    ("full-width signs as Latin-1", "运河ï¼\x8c石桥ã\x80\x82", "运河，石桥。"),
    ("dots at a page's number as GBK", "石桥\n路 31 路\n路很长", "石桥\n· 31 ·\n路很长"),
    ("dots at a page's number as Big5", "石橋\n  繚 31 繚\n橋", "石橋\n  · 31 ·\n橋"),
    ("GBK as Big5", "他說：" + "扂岆弊卼ㄛ斕硐岆珨跺", "他說：我是国王，你只是一个"),
    ("GBK as Big5, a line", RAIN.encode("gbk").decode("big5"), RAIN),
    ("Big5 as GBK, a line", TRADITIONAL.encode("big5").decode("gb18030"), TRADITIONAL),
    ("Big5 as GBK with short lines", BIG5_PAIRS.encode("big5").decode("gb18030"), BIG5_PAIRS),
    ("GBK that is UTF-8 by chance", "他说Ϊʲô不去", "他说为什么不去"),
    ("GBK that is UTF-8 by chance, two letters", "头顶。“那是ʲô？”有人问", "头顶。“那是什么？”有人问"),
    ("lone letters that are all GBK", "他们都在这里\nǰ\nֻ\nһ", "他们都在这里\n前\n只\n一"),
    ("GBK bytes in a line", "他们说\udcd6\u0439\udcfa很大", "他们说中国很大"),
    ("Big5 bytes in a line", "他們說\udcb3o\udcad\udcd3\udcb0\udcea\udca4\udca4很大", "他們說這個國中很大"),
    ("UTF-8 as MacRoman in words", "le ph√©nyle, abh√§ngig, √ºber, c√¥t√©", "le phényle, abhängig, über, côté"),
    (
        "UTF-8 as GBK, signs in company",
        "the caf茅 and M眉ller na茂ve, 85 碌s, 茅 la carte",
        "the café and Müller naïve, 85 µs, é la carte",
    ),
    (
        "Greek of a Western text as GBK",
        "the angle 伪 of the road is small " * 9 + "but 尾, 位, and 5 碌m are not",
        "the angle α of the road is small " * 9 + "but β, λ, and 5 µm are not",
    ),
    ("mojibake that hides a form", "ï¬\x81eld", "field"),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
def test_forms_are_normalized(before: str, after: str) -> None:
    assert clean(before) == after


LINES = (Path(__file__).parent / "cases" / "ordinary_lines.txt").read_text(encoding="utf-8").split("\n")
ORDINARY = [line for line in LINES if line and not line.startswith("#")]


def test_there_are_enough_ordinary_lines() -> None:
    assert len(set(ORDINARY)) == len(ORDINARY) >= 200


@pytest.mark.parametrize("line", ORDINARY)
def test_ordinary_lines_stay(line: str) -> None:
    assert rules(line) == []


def test_ordinary_lines_stay_beside_each_other() -> None:
    assert rules("\n".join(ORDINARY)) == []
    assert rules("\f".join(reversed(ORDINARY))) == []


@pytest.mark.parametrize("damaged", [row[1] for row in MOJIBAKE])
def test_ordinary_lines_stay_beside_damage(damaged: str) -> None:
    text = "\n".join([*ORDINARY, damaged])
    edits = find(Document(Source("x", text, ())), None, Options()).edits
    assert all(edit.start >= len(text) - len(damaged) for edit in edits)


@pytest.mark.parametrize("text", [row[1] for row in KEPT], ids=[row[0] for row in KEPT])
def test_sound_text_stays(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in MOJIBAKE], ids=[row[0] for row in MOJIBAKE])
def test_mojibake_is_repaired(before: str, after: str) -> None:
    assert clean(before) == after


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in MOJIBAKE[:-1]], ids=[row[0] for row in MOJIBAKE[:-1]])
def test_mojibake_is_only_flagged(before: str, after: str) -> None:
    options = Options(characters=Characters(mojibake="flag"))
    changes = find(Document(Source("x", before, ())), None, options)
    assert clean(before, "flag") == before
    assert changes.remarks
    assert all(0 <= remark.start < remark.end <= len(before) for remark in changes.remarks)


def test_mojibake_is_kept_without_a_word() -> None:
    changes = find(Document(Source("x", "the cafÃ©", ())), None, Options(characters=Characters(mojibake="keep")))
    assert changes.edits == changes.remarks == ()


def test_repairs_are_as_short_as_the_damage() -> None:
    text = "Sound text before, cafÃ© and naÃ¯ve, sound text after."
    edits = find(Document(Source("x", text, ())), None, Options()).edits
    assert [(text[edit.start : edit.end], edit.new) for edit in edits] == [("Ã©", "é"), ("Ã¯", "ï")]


def test_private_characters_have_one_remark_each() -> None:
    remarks = find(Document(Source("x", "a\ue001b\ue000c\ue001", ())), None, Options()).remarks
    assert [(remark.start, "2 times" in remark.message) for remark in remarks] == [(1, True), (3, False)]


def test_lost_characters_have_a_remark() -> None:
    changes = find(Document(Source("x", "他说锟斤拷锟斤拷的话", ())), None, Options())
    assert changes.edits == ()
    assert [(remark.start, remark.end) for remark in changes.remarks] == [(2, 8)]


@pytest.mark.parametrize(
    ("character", "rule"), [("\uf98a", "compatibility-ideograph"), ("\ufa19", "compatibility-variant")]
)
def test_variants_have_a_rule_of_their_own(character: str, rule: str) -> None:
    assert rules(f"甲{character}乙") == [rule]


def test_nothing_is_changed_across_two_files() -> None:
    parts = tuple(Part(f"{at}.txt", "", 0, at, at + 1, ()) for at in (0, 1))
    assert find(Document(Source("x", "e\u0301", parts)), None, Options()).edits == ()


@settings(deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=()), max_size=60))
def test_any_text_survives(text: str) -> None:
    once = clean(text)
    assert not any("\ud800" <= character <= "\udfff" or character in "\x00\x0b\ufeff" for character in once)
    assert [end for end in text if end in "\n\r\f\u2028\u2029"] == [end for end in once if end in "\n\r\f\u2028\u2029"]


@settings(deadline=None)
@given(st.text(alphabet="的一是在不了有和人这中大为上个国我以要他时来用们生到", min_size=2, max_size=40))
@example("为这到")
def test_wrong_readings_have_an_inverse(text: str) -> None:
    encoded = text.encode("gbk")
    if encoded.decode("utf-8", "ignore").encode("utf-8") != encoded:  # else it may be either (`为为` is `ΪΪ`)
        assert clean(encoded.decode("latin-1")) == text
    wrong = text.encode("utf-8").decode("gbk", "replace")
    assert "\ufffd" in wrong or clean(wrong) == text


def test_what_is_left_of_damage_is_not_changed_in_another_way() -> None:
    damaged = (TRADITIONAL * 2 + "\n圕\n").encode("gbk").decode("latin-1") + "\x87\x8c"
    assert clean(damaged).endswith("\x87\x8c")
    assert clean("see \x8cuvre") == "see Œuvre"


@pytest.mark.parametrize("text", ["Ð½ú¡³£¬²å", "\xc8\xb5\xc8"])
def test_a_letter_of_another_script_is_no_repair(text: str) -> None:
    assert not any("\u0180" <= character <= "\u02af" or "\u0400" <= character <= "\u052f" for character in clean(text))

"""Files in several encodings, characters that a page's end cuts in two, and what encodings keep in private use."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.readers.encodings import decode, encode
from pipeline.readers.mixture import split
from pipeline.readers.text import encode as encode_part
from pipeline.readers.text import read

HANS = "渡口的船夫说，他们在这里等了三个小时，雨还没有停。\n"
HANT = "渡口的船夫說，他們在這裡等了三個小時，雨還沒有停。\n"
FRENCH = "Le passeur a répété qu'il était trop tôt ; la rivière était élevée.\n"
ENGLISH = "The ferryman’s café was closed — the river had risen.\n"

MIXED = [
    # (line, codec) in order, and the encodings that are to be recorded
    ([(HANS * 5, "gbk"), (HANS, "utf-8"), (HANS * 5, "gbk")], ["gb18030", "utf-8", "gb18030"]),
    ([(HANS * 5, "utf-8"), (HANS, "gbk"), (HANS * 5, "utf-8")], ["utf-8", "gb18030", "utf-8"]),
    ([(HANS * 9, "gbk"), (HANT * 2, "big5"), (HANS, "gbk")], ["gb18030", "big5hkscs", "gb18030"]),
    ([(HANT * 9, "big5"), (HANS * 2, "gbk")], ["big5hkscs", "gb18030"]),
    ([(HANS * 9, "gbk"), (FRENCH, "cp1252"), (HANS, "gbk")], ["gb18030", "cp1252", "gb18030"]),
    ([(FRENCH * 9, "cp1252"), (FRENCH, "utf-8"), (FRENCH, "cp1252")], ["cp1252", "utf-8", "cp1252"]),
    ([(ENGLISH * 9, "cp1252"), (HANS, "utf-8")], ["cp1252", "utf-8"]),
    ([(HANS, "utf-8"), (HANT * 9, "big5")], ["utf-8", "big5hkscs"]),
]
WHOLE = [
    # one encoding, whatever it looks like
    HANS.encode("gbk") * 4 + "鲁迅\n".encode("gbk") + HANS.encode("gbk"),
    (HANS * 20).encode().replace(b"\n", b"\xff\xc3\n", 1),
    HANS.encode("gbk") * 4 + "王A和B（鄱阳）\n".encode("gbk"),
    HANT.encode("big5") + "Ivy、Ann。\n".encode("big5"),
    (HANS + ENGLISH).encode("gb18030", "ignore"),
    HANS.encode("utf-16-le"),
]


@pytest.mark.parametrize(("stretches", "codecs"), MIXED)
def test_lines_in_several_encodings(stretches: list[tuple[str, str]], codecs: list[str]) -> None:
    data = b"".join(text.encode(codec) for text, codec in stretches)
    source, remarks = read("x", [("x.txt", data)])
    (part,) = source.parts
    assert source.text == "".join(text for text, _ in stretches)
    assert [codec for _, codec in part.encodings] == codecs
    assert [remark.rule for remark in remarks] == ["mixed-encodings"] * sum(codec != codecs[0] for codec in codecs)
    assert encode_part(part, source.text) == data


@pytest.mark.parametrize("data", WHOLE)
def test_lines_in_one_encoding_stay_in_it(data: bytes) -> None:
    source, _ = read("x", [("x.txt", data)])
    assert len(source.parts[0].encodings) == 1


def test_an_encoding_that_is_said_holds_for_every_line() -> None:
    data = (HANS * 5).encode("gbk") + HANS.encode()
    source, _ = read("x", [("x.txt", data)], "gb18030")
    assert source.parts[0].encodings == ((0, "gb18030"),)
    assert encode_part(source.parts[0], source.text) == data


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([HANS.encode("gbk"), HANT.encode("big5"), FRENCH.encode("cp1252"), HANS.encode(), b"\xff\n", b"a\r\f"]), max_size=8))  # fmt: skip
def test_any_mixture_comes_back(lines: list[bytes]) -> None:
    data = b"".join(lines)
    try:
        source, _ = read("x", [("x.txt", data)], "detect")
    except SourceError:
        assert data.count(b"\xff") > 1  # too much of it is no text
    else:
        assert encode_part(source.parts[0], source.text) == data
    for codec in ("utf-8", "gb18030", "big5hkscs", "cp1252"):
        places = [at for at, _ in split(data, codec)]
        assert places[0] == 0
        assert places == sorted(set(places))


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "big5"])
@pytest.mark.parametrize("end", [b"\f", b"\n\f", b"\r\n\f\r\n"])
@pytest.mark.parametrize("at", [0, 3, 6, 17])
def test_a_form_feed_inside_a_character(codec: str, end: bytes, at: int) -> None:
    text = (HANT if codec == "big5" else HANS) * 3
    place = len(text[:at].encode(codec)) + 1
    data = text.encode(codec)[:place] + end + text.encode(codec)[place:]
    source, remarks = read("x", [("x.txt", data)])
    assert source.text == text[: at + 1] + end.decode() + text[at + 1 :]
    assert remarks == ()
    assert encode_part(source.parts[0], source.text) == data


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "big5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("at", [6, 17, 25])
def test_a_character_between_two_files(codec: str, at: int) -> None:
    text = (HANT if codec == "big5" else HANS) * 3
    place = len(text[:at].encode(codec)) + 1
    data = text.encode(codec)
    source, _ = read("x", [("x.pages/1.txt", data[:place]), ("x.pages/2.txt", data[place:])])
    assert source.text == text
    assert [encode_part(part, source.text) for part in source.parts] == [data[:place], data[place:]]


@pytest.mark.parametrize("second", [b"The boats went out.\n" * 9, HANS.encode("gbk") * 2, b"", b"\xa4"])
def test_a_stray_byte_is_no_half(second: bytes) -> None:
    first = (HANS * 3).encode("gbk") + b"\xc4"
    source, _ = read("x", [("1.txt", first), ("2.txt", second)])
    assert source.text.startswith(HANS * 3 + "\udcc4")
    assert [encode_part(part, source.text) for part in source.parts] == [first, second]


@pytest.mark.parametrize(
    ("data", "codec", "text"),
    [
        (b"\xa4\x40\x81\x40\xfa\x41", "big5-tw", "一\ueeb8\ue001"),  # user-defined rows, as Windows numbers them
        (b"\x82\x40z", "big5hkscs", "\uef55z"),
        (b"\xa6\xd9\xfe\x51", "gb18030", "\ufe10\U00020087"),  # assigned since GB 18030 of 2000
        (b"\xaa\xa1", "gb18030", "\ue000"),
        (b"\x80 9", "gb18030", "€ 9"),
        (b"\xc7\xe9", "big5-tw", "①"),
        (b"\xc6\xa1", "big5hkscs", "①"),
    ],
)
def test_private_rows(data: bytes, codec: str, text: str) -> None:
    found, exceptions = decode(data, codec)
    assert found == text
    assert encode(found, [(0, codec)], exceptions) == data


@pytest.mark.parametrize(("first", "codec"), [(b"\xc6\xa1", "big5hkscs"), (b"\xc7\xe9", "big5-tw")])
def test_circled_numbers_tell_the_table_of_big5(first: bytes, codec: str) -> None:
    source, _ = read("x", [("x.txt", HANT.encode("big5") + first + HANT.encode("big5"))])
    assert source.parts[0].encodings == ((0, codec),)
    assert source.text == HANT + "①" + HANT


def test_mojibake_full_of_controls_is_text() -> None:
    data = (HANS * 5).encode().decode("latin-1").encode()
    assert read("x", [("x.txt", data)])[0].text == data.decode()

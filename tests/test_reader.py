"""Bytes become a witness and come back, whatever they are; the encoding is found."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.readers.detection import detect
from pipeline.readers.encodings import CODECS, NAMES, codec_of, decode, encode
from pipeline.readers.text import encode as encode_part
from pipeline.readers.text import read

HANS = "他们在会上讨论了两国之间的合作，认为这是“新的开始”。\n第二天，大家又去看了河边的老仓库。\n"
HANT = "他們在會上討論了兩國之間的合作，認為這是「新的開始」。\n第二天，大家又去看了河邊的老倉庫。\n"
ENGLISH = "The café by the river was quiet — too “quiet”, said Señora Núñez.\n"
FRENCH = "L'été dernier, les élèves ont étudié à l'école; c'était très agréable.\n"

# What bytes are made of in the property tests: the troublesome ones come often.
BYTES = st.lists(
    st.one_of(
        st.sampled_from([
            b"\r\n", b"\r", b"\n", b"\0", b"\0\0", b"\f", b"\v", b"\x1c", b"\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff\xfe",
            b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\x00\xd8", b"\xd8\x00", b"\xdc\x00", b"\xed\xa0\x80", b"\x88\x62",
            b"\x88\xa3", b"\x88\x66", b"\xa1\xc3", b"\xa2\xcc", b"\xa2\xce", b"\xf9\xe9", b"\x81\x30\x81\x30", b"\x84\x31\x95\x33",
            b"\xa8\xbc", b"\xa6\xd9", b"\xfe\x50", b"\x00\x00\x11\x00", b"\x80", b"\xa4", b"A", b"abc", HANS.encode("gbk"),
            HANT.encode("big5"), HANS.encode(),
        ]),
        st.binary(max_size=5),
    ),
    max_size=12,
).map(b"".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(BYTES, st.sampled_from(CODECS))
def test_any_bytes_come_back(data: bytes, codec: str) -> None:
    text, exceptions = decode(data, codec)
    assert encode(text, [(0, codec)], exceptions) == data


@settings(max_examples=200, deadline=None)
@given(BYTES, st.sampled_from(CODECS), st.data())
def test_any_two_stretches_come_back(data: bytes, codec: str, draw: st.DataObject) -> None:
    """`restore` encodes the text row by row: a cut between any two code points must not matter."""
    text, exceptions = decode(data, codec)
    cut = draw.draw(st.integers(0, len(text)))
    parts = encode(text[:cut], [(0, codec)], exceptions) + encode(text[cut:], [(0, codec)], exceptions, cut)
    assert parts == data


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_every_pair_comes_back(codec: str) -> None:
    for first in range(0x80, 0x100):
        data = b"".join(bytes([first, second]) + b"\n" for second in range(256))
        text, exceptions = decode(data, codec)
        assert encode(text, [(0, codec)], exceptions) == data


@settings(max_examples=100, deadline=None)
@given(st.lists(BYTES, min_size=1, max_size=4), st.sampled_from(["detect", *CODECS]))
def test_parts_of_a_folder_tile_the_witness(contents: list[bytes], encoding: str) -> None:
    files = [(f"x.pages/{number}.txt", data) for number, data in enumerate(contents)]
    try:
        source, _ = read("x", files, encoding)
    except SourceError:
        return
    place = 0
    for part, (path, data) in zip(source.parts, files, strict=True):
        assert (part.path, part.start, part.size, part.sha256) == (path, place, len(data), sha256(data).hexdigest())
        assert encode_part(part, source.text) == data
        place = part.end
    assert place == len(source.text)


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANS, "utf-8-sig", "utf-8"),
        (HANS, "gb18030", "gb18030"),
        (HANS, "gbk", "gb18030"),
        (HANT, "gb18030", "gb18030"),
        (HANT, "big5", "big5hkscs"),
        (HANT, "big5hkscs", "big5hkscs"),
        (HANS, "utf-16", "utf-16-le"),
        (HANS, "utf-16-le", "utf-16-le"),
        (HANT, "utf-16-be", "utf-16-be"),
        (HANT.replace("\n", ""), "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-32", "utf-32-le"),
        (HANS, "utf-32-le", "utf-32-le"),
        (HANS, "utf-32-be", "utf-32-be"),
        (ENGLISH, "cp1252", "cp1252"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "utf-8", "utf-8"),
        ("Plain words only.\r\n", "ascii", "utf-8"),
        (ENGLISH.replace("é", "e").replace("ñ", "n").replace("ú", "u") * 40 + HANS, "gb18030", "gb18030"),
        ("The minister (王毅) spoke of “peace”.\n" * 9, "gb18030", "gb18030"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_encoding_is_found(text: str, codec: str, found: str) -> None:
    data = text.encode(codec)
    assert detect(data).codec == found
    assert decode(data, found).text.lstrip("\ufeff") == text


def test_damaged_utf8_stays_utf8() -> None:
    data = (HANS * 20).encode()
    line = data.index(b"\n")
    broken = data[:line] + b"\xff\xc3" + data[line:-2]
    source, remarks = read("x", [("x.txt", broken)])
    assert source.parts[0].encodings == ((0, "utf-8"),)
    assert {remark.rule for remark in remarks} == {"undecodable-bytes"}
    assert len(remarks) == 2
    assert encode_part(source.parts[0], source.text) == broken


def test_nothing_is_translated() -> None:
    text = "\ufeffa\r\nb\rc\u2028d\fe\x85\x00f\n"
    source, _ = read("x", [("x.txt", text.encode())])
    assert source.text == text


def test_two_code_points_of_one_pair() -> None:
    text, exceptions = decode(b"\x88\x62", "big5hkscs")
    assert (text, exceptions) == ("\u00ca\u0304", ((0, b"\x88\x62"), (1, b"")))


def test_what_is_no_unit_becomes_one_escape() -> None:
    assert decode(b"a\0\xd6", "utf-16-le") == ("a\udcd6", ((1, b"\xd6"),))
    assert decode(b"\x41\0\x22\0", "utf-32-le") == ("\udc41", ((0, b"\x41\0\x22\0"),))


def test_empty_file_is_remarked() -> None:
    source, remarks = read("x", [("x.txt", b"")])
    assert (source.text, [remark.rule for remark in remarks]) == ("", ["empty-source"])


@pytest.mark.parametrize("data", [b"\0" * 500, bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3\xff\xd9" * 90])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"pic\.txt: does not look like text: .* at offset \d+ \(set `encoding`"):
        read("pic", [("pic.txt", data)])


def test_a_damaged_text_is_read_where_the_encoding_is_said() -> None:
    data = ("考古" * 9).encode("gb18030") + b"\xff" * 4
    with pytest.raises(SourceError, match="set `encoding`"):
        read("x", [("x.txt", data)])
    source, remarks = read("x", [("x.txt", data)], "gb18030")
    assert source.text == "考古" * 9 + "\udcff" * 4
    assert [remark.rule for remark in remarks] == ["undecodable-bytes"]


def test_a_stray_control_is_no_reason_to_refuse() -> None:
    source, _ = read("x", [("x.txt", b"a long enough line with one NUL\0 in it\n")])
    assert "\0" in source.text


def test_encoding_can_be_said() -> None:
    data = "考古".encode("big5")
    assert read("x", [("x.txt", data)], "big5")[0].text == "考古"
    assert read("x", [("x.txt", b"\xfe\xff\x4e\x00")], "utf-16")[0].text == "\ufeff一"
    with pytest.raises(SourceError, match="not known"):
        read("x", [("x.txt", data)], "klingon")


def test_little_evidence_is_remarked() -> None:
    _, remarks = read("x", [("x.txt", "考古".encode("gbk"))])
    assert [remark.rule for remark in remarks] == ["uncertain-encoding"]


@pytest.mark.parametrize(("codec", "names"), NAMES.items())
def test_every_name_is_known(codec: str, names: tuple[str, ...]) -> None:
    assert {codec_of(name.upper()) for name in (codec, *names)} == {codec}

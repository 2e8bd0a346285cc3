"""`tei.choice` and `tei.forme_work` in all combinations: valid, the same bytes again, and the same text."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import product
from pathlib import Path

import pytest
from drafts import NS, source_of
from lxml import etree

from pipeline.cleaning import Cleaned, clean
from pipeline.corpus import single
from pipeline.edition import Edition
from pipeline.options import Options, Script, Target, Tei
from pipeline.readers import READERS
from pipeline.runner import run
from pipeline.settings import Settings
from pipeline.validation import errors, validate
from pipeline.writers.tei import write

SAMPLE = sorted(path for path in (Path(__file__).parent.parent / "raw").iterdir() if path.suffix in (".txt", ".pages"))
COMBINATIONS = [Tei(*both) for both in product((False, True), repeat=2)]
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OTHER_READINGS = {TEI + "orig", TEI + "sic", TEI + "fw"}


@lru_cache
def cleaned(path: Path) -> Cleaned:
    result = Cleaned()
    clean(single(path), Settings(), result)
    return result


@lru_cache
def files(path: Path, tei: Tei) -> dict[str, bytes]:
    made = cleaned(path)
    assert made.edition is not None
    edition = Edition(made.edition.document, made.edition._unconverted, choice=tei.choice)
    return write(edition, replace(made.options, tei=tei), made.options.metadata)


def text_of(element: etree._Element) -> str:
    """The text as it is to be read: emended, without forme work."""
    if element.tag in OTHER_READINGS:
        return ""
    inner = "\n" if element.tag == TEI + "lb" else element.text or ""
    return inner + "".join(text_of(child) + (child.tail or "") for child in element)


def named_texts(data: bytes) -> list[tuple[str, str]]:
    text = etree.fromstring(data).find("t:text", NS)
    return [(one.get(ID), text_of(one)) for one in text.iter() if one.get(ID)]


@pytest.mark.parametrize("path", SAMPLE, ids=[path.stem for path in SAMPLE])
@pytest.mark.parametrize("tei", COMBINATIONS, ids=str)
def test_every_variant(path: Path, tei: Tei) -> None:
    found, plain = files(path, tei), files(path, Tei())
    assert errors(validate(found)) == []
    files.cache_clear()
    assert files(path, tei) == found
    assert list(found) == list(plain)
    for name in found:
        if name != "corpus.xml":
            assert named_texts(found[name]) == named_texts(plain[name])
    whole = b"".join(found.values())
    assert (b"<choice>" in whole) is tei.choice
    assert (b"<fw " in whole) is tei.forme_work


SIMPLIFIED = "后来国家的船都很难说清楚，里面的事情也是这样。渡口的人们都说，船是从东边来的，来的时候正下着雨。"
TRADITIONAL = "夜泊之舟，懸燈為號，買賣既畢，則熄燈而去，鄉人謂之燈市。歲久，舟漸稀，燈亦不復見矣，惟帳冊尚存。"
QUOTING = (
    f"灯船\n\n{SIMPLIFIED * 3}\n\n旧帐的序里写道：“{TRADITIONAL}”这几句话后来常被人引用。{SIMPLIFIED}\n\n"
    f"{SIMPLIFIED * 2}\n\n    {TRADITIONAL}\n\n{SIMPLIFIED * 3}\n"
)


@pytest.mark.parametrize("tei", COMBINATIONS, ids=str)
@pytest.mark.parametrize("target", ["auto", "keep"])
def test_a_traditional_quotation_in_a_simplified_article(target: Target, tei: Tei) -> None:
    options = Options(script=Script(target), tei=tei)
    source, _ = READERS[".txt"]("s", [("s.txt", QUOTING.encode())], "detect")
    finished = run(source, options)
    found = write(Edition(finished.document, finished.unconverted, choice=tei.choice), options)
    assert errors(validate(found)) == []
    root = etree.fromstring(found["a01.xml"])
    assert root.get(LANG) == "zh-Hans"
    assert source_of(root, ".//t:p/t:foreign") == f'<foreign xml:lang="zh-Hant">{TRADITIONAL}</foreign>'
    blocks = [one for one in root.iterfind(".//t:body//*", NS) if one.get(ID) and text_of(one) == TRADITIONAL]
    assert [one.get(LANG) for one in blocks] == ["zh-Hant"]
    assert "zh-Hant" in [one.get("ident") for one in root.iterfind(".//t:language", NS)]

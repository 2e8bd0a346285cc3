"""Which end notes are a reference and nothing else, and how they are written."""

from __future__ import annotations

import pytest
from drafts import Draft, one, source_of
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.writers.tei.citations import is_reference

REFERENCES = [
    "Ada Mole, Ports and Tides (Quayside: Lantern Press, 1904), p. 7.",
    "See Ada Mole, Ports and Tides (Quayside: Lantern Press, 1904), 7.",
    "Ada Mole and Ben Reed, “What the Ledgers Say”, Quay Papers 11 (1931): 4–19.",
    'Ada Mole, "Tides and Their Readers," Quay Papers 11, no. 4 (May 1931): 12, https://example.org/10.5555/quay.7.',
    "Mole A, Reed B, Buoy C et al (1904). The ropes of the old quay. Quay Pap. 11: 236–40.",
    "Mole, A. & Reed, B. Ropes under load. Quay Papers 23, 67-83 (1991).",
    "Mole A and Reed B 2004 Quay Pap. Technol. 13 654",
    "A. Mole et al. (TIDE Collab.), Quay Lett. 8, 214 (1964).",
    "Ada Mole, The Quay and Its Keepers (Tern, NY: Lantern Press).",
    "Ibid., pp. 22–124.",
    "Ibid.",
    "Ada Mole, op. cit.",
    "王河：《河港考》，上海：灯社，1951 年，第 134 页。",
    "王河：《論河港》，《湖志》1961 年第 12 期。",
    "參見王河：《河港考》，燈社，1999年，第3頁。",
    "王河，〈河港〉，《湖志》第4期（2017），頁20。",
    "《河港的帆》，《晚潮报》，2019年10月13日，第2版。",
    "王河. 河港考[M]. 上海: 灯社, 1999: 23.",
    "王河，李岸. 河港的帆［Ｊ］. 湖志，2017（4）：17-20.",
    "同上书，第 100 页。",
    "同前。",
]
OTHERS = [
    "",
    " ",
    "Ada Mole never saw the port she wrote of (1904).",
    "Ada Mole, who kept the ledgers of the quay until 1904, was its last clerk.",
    "Economist Ben Reed's figures show that ropes grew dearer by 2 per cent in 1931.",
    "The spelling follows that of the first edition. See A. Mole, Ports, ch. 3.",
    "Ropes, of course, were sold by weight until 1904.",
    "A. Mole, Quay Lett. 8, 214 (1964); B. Reed, Rope Lett. 9, 11 (1965).",
    "Mole A (1904). Ropes. Quay Pap. 11: 2–4. Reed B (1905). Sails. Quay Pap. 12: 5–9.",
    "王河. 河港考[M]. 灯社, 1999. 李岸. 帆[J]. 湖志, 2017.",
    "Id. The list of ropes that the quay had in 1904",
    "https://example.org/quay",
    "此说尚有争议，姑存其说，以待来者。",
    "王河在《河港考》中说，河港在1999年关闭。",
    "《河港考》第3页说得不对。",
    "河港，见《水程记》卷三。",
    "《灯社》，月刊，1931年创刊于湖口，共出30期。",
    "“夜潮”语见《水程记》：“夜潮不等人。”",
    "Ada Mole, Ports (Quayside: Lantern Press, 1904), p. 7. " + "It says more than that. " * 30,
]


@pytest.mark.parametrize("text", REFERENCES)
def test_a_reference(text: str) -> None:
    assert is_reference(text)
    assert is_reference(f"  {text} ")


@pytest.mark.parametrize("text", OTHERS)
def test_no_reference(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize("text", [text for text in REFERENCES if text.endswith((".", "。"))])
def test_a_reference_with_a_remark_is_none(text: str) -> None:
    more = "这一点，作者后来改了主意。" if text[-1] == "。" else " The author changed her mind on this later on."
    if "[M]" not in text and "［Ｊ］" not in text:
        assert not is_reference(text + more)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="Ab ,.;:(19)“”《》年，：[M]", max_size=80))
def test_any_text_is_told_the_same_with_blanks_around(text: str) -> None:
    assert is_reference(text) == is_reference(f" {text}\u3000")


def test_only_end_notes_hold_a_bibl() -> None:
    draft = Draft().add("p", "p", "text{ref 1>n1}{ref 2>n2}{ref 3>n3}")
    draft.add("n1", "note", "A. Mole, {in la>De portubus}, {url a.org>http://a.org/} (1904).", n="1", type="end")
    draft.add("n2", "note", "Ben Reed wrote {pb 4}it in 1931.", n="2", type="end").add("n3", "note", "Ibid.", n="3")
    notes = one(draft).find(".//{*}div[@type='notes']")
    assert source_of(notes, "{*}note[1]") == (
        '<note xml:id="a01-n0001" n="1" place="end"><bibl>A. Mole, <foreign xml:lang="la">De portubus</foreign>, '
        '<ref target="http://a.org/">a.org</ref> (1904).</bibl></note>'
    )
    assert [note.find("{*}bibl") is not None for note in notes.iterfind("{*}note")] == [True, False, False]

"""Notes told by their numbers, whatever the labelling took their lines for: labels a line before and after."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Mark, Rule, Source
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.note_lines import fix_notes
from pipeline.stages.patterns import by_beginning, note_labels

FULL = "Of all the rivers of the province none was so often surveyed as the"
OPEN = "and of the mills that stood along its lower reach in those years the"
PAGE = Rule("page", "kept", 90, "A page of the test.")
HEADS = (
    "Notes", "ENDNOTES", "Notes:", "Anmerkungen", "Endnoten", "Notes de fin", "Références", "Notas", "注释", "註釋",
    "尾註", "注", "【注释】", "[Notes]", "Belege", "Einzelnachweise:",
)  # fmt: skip
CASES = {
    "a list below its head, its lines taken for anything": (
        [FULL, "Notes", "1. See Oakes, The Lower Mills,", "vol. 2, p. 30.", "2. Ibid.", "3. Castellan, Rivers."],
        "pHPpHP",
        "pLNnNN",
    ),
    "a list of references stays one": (
        ["References", "[1] Oakes, The Lower Mills.", "[2] Castellan, Rivers,", "Eastbank 1904.", "[3] Ibid."],
        "LRRPR",
        "LRRrR",
    ),
    "a page cited at the beginning of a line of a note is no label": (
        ["注释", "[1] 参看本卷第 272 页注", "〔11〕。", "[2] 同上书，第 30 页。", "[3] 河工志，卷三。"],
        "LNNNN",
        "LNnNN",
    ),
    "a number that is missing, being the second of another note": (
        ["Notes", "[1][3] See Oakes.", "[2] Ibid.", "[4] Castellan, Rivers,", "p. 30."],
        "LNNPp",
        "LNNNn",
    ),
    "a head without a list below": ([FULL, "Notes", FULL, FULL], "pHPp", "pHPp"),
    "another article ends the list": (
        ["Notes", "1. See Oakes.", "2. Ibid.", "River Surveys", "Wen Su", FULL, "3. The third survey was late."],
        "LNNTBPH",
        "LNNTBPH",
    ),
    "text of the next column below notes": (
        ["The mill[1] and the weir[2] and", "[1] Oakes.", "[2] Castellan.", "the lock[3] stood.", FULL, "[3] Ibid."],
        "PNNppN",
        "PNNppN",
    ),
    "an item of a text whose notes have another sign": (
        [
            FULL + ".",
            "1. Oak was felled",
            "in spring.",
            FULL,
            *(f"{at}) Castellan, Rivers, p. {at}." for at in range(1, 13)),
        ],
        "PNnP" + 12 * "N",
        "PPpP" + 12 * "N",
    ),
    "a note with another sign among few": (
        [FULL, FULL, FULL, FULL, *(f"{at}) Castellan, Rivers, p. {at}." for at in range(1, 6)), "6. Oakes, Mills."],
        "PpPp" + 6 * "N",
        "PpPp" + 6 * "N",
    ),
    "counted paragraphs in the middle of a page, which nothing calls": (
        [FULL + ".", "1) The mill stood", "above the lock.", "2) The weir fell.", "3) The lock was built.", FULL],
        "PNnNNP",
        "PPpPPP",
    ),
    "and those in circles": (
        [FULL + ".", "① The mill stood.", "② The weir fell.", FULL],
        "PNNP",
        "PPPP",
    ),
    "items in round brackets that nothing calls, though the text counts them": (
        [FULL + ": (1) mills, and (2)", "weirs.", "(1) The mill stood", "above the lock.", "(2) The weir fell."],
        "PpNnN",
        "PpPpP",
    ),
    "notes in round brackets that the text calls": (
        [FULL + " mill(1) and the", "weir(2).", "(1) See Oakes,", "The Lower Mills.", "(2) Ibid."],
        "PpNnN",
        "PpNnN",
    ),
    "one alone may be a note": ([FULL + ".", "1) The mill stood.", FULL], "PNP", "PNP"),
    "counted paragraphs with a number left out": (
        [FULL + ".", "1) The mill stood.", "3) The weir fell.", FULL],
        "PNNP",
        "PNNP",
    ),
    "notes at the foot of a column, one of them called": (
        [FULL + " lower2", "1) See Oakes.", "2) Castellan, Rivers.", FULL],
        "PNNP",
        "PNNP",
    ),
    "notes at a page's foot whose markers were not read": ([FULL, "1) See Oakes.", "2) Castellan."], "PNN", "PNN"),
    "a head of notes that is in no list": ([FULL, "Sources named", "1. Oakes.", "2. Ibid."], "PLNN", "PLNN"),
    "a line of the journal within a list": (
        [FULL, "Notes", "1. See Oakes.", "Eastbank Papers 7 (1921)", "2. Ibid."],
        "PLNIN",
        "PLNIN",
    ),
    "text below a note that was found by its marker": (
        ["The mill[1] stood.", FULL, FULL, FULL, FULL, "[1] See Oakes.", FULL, FULL],
        "PpppppPp",
        "PppppNPp",
    ),
    "numbered paragraphs that nobody cites": (
        [FULL, "[1] The mill stood.", "[2] The weir fell.", "[3] The lock was built."],
        "PPPP",
        "PPPP",
    ),
    "a marker alone in a Chinese sentence, whose note stands in a list": (
        [
            "河边的水磨在那一年里",
            "[1]",
            "全都停了，磨工们只好",
            "到下游去找活。",
            "注释",
            "[1] 河工志，卷三。",
            "[2] 同上。",
        ],
        "PNnnLNN",
        "PpppLNN",
    ),
    "a label alone below a sentence": (
        ["河边的水磨全都停了。", "[1]", "河工志，卷三。", "注释", "[1] 河工志，卷三。", "[2] 同上。"],
        "PNnLNN",
        "PNnLNN",
    ),
    "a number out of order in a note": (
        [FULL, "7 See the parish book, fol. 2 and", "30 Jahre am Fluss, Eastbank.", "8 Ibid."],
        "PNNN",
        "PNnN",
    ),
    "the notes of a new page begin anew": (
        [FULL, "1 See the parish book.\n\f" + FULL, "1 See the mill book.", "2 Ibid."],
        "PNPNN",
        "PNPNN",
    ),
    "the next note of a page, taken for the same note": (
        ["The mill① and the weir② stood", "for years.", "①See the parish book.", "②https://x.org"],
        "PpNn",
        "PpNN",
    ),
    "a marker that fell to the beginning of a line": (
        [FULL, "[1]. It was the second survey", "of that year.", "Notes", "[1] Oakes.", "[2] Ibid."],
        "PHPLNN",
        "PppLNN",
    ),
    "a marker on a line of its own": (
        [FULL, "[2]", FULL, FULL, "[1] The first book.", "[2] The second book."],
        "PNPpNN",
        "PpPpNN",
    ),
    "a plain number on a line of its own, its note at the foot": (
        [FULL, "4", FULL, "3", "See the parish book.", "4", "Ibid."],
        "PNPNnNn",
        "PpPNnNn",
    ),
    "a symbol on a line of its own": ([FULL, "†", FULL, "†", "See the mill book."], "PNPNn", "PpPNn"),
    "a marker above the first line of text of a page": (
        [FULL + "\n\f1", FULL, FULL, "1", "See the mill book."],
        "PPPpNn",
        "PPppNn",
    ),
    "a marker below a head, its note at the foot": (
        ["The Weir", "1", FULL, FULL, "1", "See the mill book."],
        "HNPpNn",
        "HPppNn",
    ),
    "a number below a head that no note bears": (["The Weir", "1", FULL, FULL], "HNPp", "HNPp"),
    "half a line behind a marker, taken for its note": (
        [FULL + ".", "1", "In the old", FULL, "1", "See the mill book."],
        "PNnpNn",
        "PpppNn",
    ),
    "a number on a line of its own that no note bears": ([FULL, "4", FULL, "3", "Oakes."], "PNPNn", "PNPNn"),
    "a label on a line of its own": (
        [FULL, "[2]", "The second book.", "[1] The first book."],
        "PNnN",
        "PNnN",
    ),
}
RESUMED = {
    "set apart behind the end of a note, and going on below": (
        [FULL + ".", "1 " + FULL, "and all the others.\n", FULL, FULL, FULL],
        "PNnnnp",
        "PNnPpp",
    ),
    "a note of two paragraphs at the foot": (
        [FULL + ".", "1 " + FULL, "and all the others.\n", FULL, FULL],
        "PNnnn",
        "PNnnn",
    ),
    "a small letter behind a note goes on with the text above": (
        [FULL, OPEN, "* See the parish book.", "river that ran past them was", "never measured.", FULL],
        "PpNnnp",
        "PpNppp",
    ),
    "behind a shortened word it does not": (
        [FULL, OPEN, "* See the parish book, ed.", "by Oakes.", FULL],
        "PpNnp",
        "PpNnp",
    ),
    "nor where no text follows": (
        [FULL, OPEN, "* See the parish book.", "de jure it was so."],
        "PpNn",
        "PpNn",
    ),
    "half a sentence does not go on with a capital": (
        [FULL, OPEN, "* Oakes, The Lower Mills (1904).", "Castellan, Rivers, p. 30.", "river ran past them.", FULL],
        "PpNppP",
        "PpNnpP",
    ),
    "a note without a label, text right below": (
        [FULL, "The mill fell.", "* See the parish book.", "The weir was built of stone and", OPEN, FULL],
        "PpNNnp",
        "PpNPpp",
    ),
    "a note whose label stands above it": (
        [FULL, "The mill fell.", "*", "See the parish book.", FULL],
        "PpNNp",
        "PpNNp",
    ),
}

ALONE = {
    "no marker stands above": (
        [FULL, "lower one.", "*", "See Oakes, The Lower Mills, who has", "it at length.", FULL, FULL],
        "PpNPpPp",
        "PpNPpPp",
    ),
    "a marker that fell out of a sentence is no label": (
        [FULL + "*", OPEN, "*", "mill of Oakes stood there, which had", "a wheel.", FULL, FULL],
        "PpNppPp",
        "PpNppPp",
    ),
    "a paragraph longer than a note is": (
        [FULL, "lower one.*", FULL + ".", "*", *[FULL] * 9],
        "PppNPpppppppp",
        "PppNPpppppppp",
    ),
}


def fixed(texts: list[str], before: str) -> str:
    text = "\n".join(texts)
    breaks = [0, *(at + 1 for at, character in enumerate(text) if character == "\f")]
    marks = tuple(Mark(at, at, "pb", PAGE, PAGE.certainty) for at in breaks)
    document = Document(Source("d", text, ()), marks=marks)
    evidence = Evidence(document)
    lines, labels = lines_of(document, evidence), list(before)
    shown = [evidence.lines.text[line.index] for line in lines]
    fix_notes(evidence, lines, shown, labels, note_labels(shown, by_beginning(shown)))
    return "".join(labels)


@pytest.mark.parametrize("name", CASES)
def test_notes_by_their_numbers(name: str) -> None:
    texts, before, after = CASES[name]
    assert fixed(texts, before) == after


@pytest.mark.parametrize("name", RESUMED)
def test_text_behind_notes(name: str) -> None:
    texts, before, after = RESUMED[name]
    assert fixed(texts, before) == after


@pytest.mark.parametrize("name", ALONE)
def test_labels_on_lines_of_their_own(name: str) -> None:
    texts, before, after = ALONE[name]
    assert fixed(texts, before) == after


@pytest.mark.parametrize("head", HEADS)
def test_heads_of_notes(head: str) -> None:
    assert fixed([FULL, head, "1. See Oakes.", "2. Ibid."], "PHPP") == "PLNN"

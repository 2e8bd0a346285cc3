"""Contradictions of the labelling, and how they are put right: a label a line before and after."""

from __future__ import annotations

import time

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Block, Document, Mark, Rule, Source
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.mend import mend

FULL = "Of all the rivers of the province none was so often surveyed as the"
PAGE = Rule("page", "kept", 90, "A page of the test.")
GERMAN = "und der Müller hatte auf dem oberen Wehr die Aufsicht über die"
CASES = {
    "an abstract of two paragraphs above the introduction": (
        [
            "Of Ferries",
            "Edith Castellan",
            "Abstract",
            FULL,
            FULL + ".",
            "We show this for boats, too.",
            "1 Introduction",
            FULL,
        ],
        "TBXXPPHP",
        "TBXXXXHP",
    ),
    "text without a head between an abstract and a numbered one": (
        [
            "Of Ferries",
            "Edith Castellan",
            "Abstract",
            FULL,
            FULL + ".",
            "We show this for boats, too.",
            "1 Boats and Fords",
            FULL,
        ],
        "TBXXPPHP",
        "TBXXPPHP",
    ),
    "text between an abstract and a later head": (
        [
            "Of Ferries",
            "Edith Castellan",
            "Abstract",
            FULL,
            FULL + ".",
            "We show this for boats, too.",
            "Of Boats",
            FULL,
        ],
        "TBXXPPHP",
        "TBXXPPHP",
    ),
    "text between keywords and the introduction": (
        ["Of Ferries", "Edith Castellan", "Keywords: ferries", FULL + ".", "1 Introduction", FULL],
        "TBXPHP",
        "TBXPHP",
    ),
    "a title that the contents have whole": (
        [
            "Of Ferries and Fords of the Lower Province . . . . 12",
            "Edith Castellan",
            "Of Ferries and Fords of",
            "the Lower Province",
            "Edith Castellan",
            FULL,
        ],
        "CCTXBP",
        "CCTTBP",
    ),
    "a title whose first line was taken for the journal's own": (
        [
            "Of Ferries and Fords: Two Surveys . . . . 12",
            "Edith Castellan",
            "Of Ferries and Fords:",
            "Two Surveys",
            "Edith Castellan",
            FULL,
        ],
        "CCITBP",
        "CCTTBP",
    ),
    "an institution that stands in the contents behind the title": (
        ["Of Ferries and Fords, Quay College . . . . 12", "Of Ferries and Fords", "Quay College", FULL],
        "CTAP",
        "CTAP",
    ),
    "a German line that breaks off before its noun": (
        [
            GERMAN + " Boote.",
            "Der zwanzig Werst lange Weg über die nächste steile",
            "Furt war in dem Jahre nicht mit Wagen zu befahren und die",
            GERMAN,
        ],
        "PHPp",
        "PPpp",
    ),
    "a short German head that ends with such a word": (
        [GERMAN + " Boote.", "Was noch bleibe", "Furt und Wehr sind in dem Jahre nicht mehr von der Stadt und", GERMAN],
        "PHPp",
        "PHPp",
    ),
    "a long German head that ends with a verb": (
        [
            GERMAN + " Boote.",
            "Wie die Leute am oberen Wehr bauen",
            "Furt und Wehr sind in dem Jahre nicht mehr von der Stadt und",
            GERMAN,
        ],
        "PHPp",
        "PHPp",
    ),
    "a head in whose line a sentence begins": (
        [
            FULL + " mill.",
            "3. The lower mill. It stands on the bank of the old canal",
            "Eastbank, and the weir below it was built in one year",
            FULL,
        ],
        "PHPp",
        "PPpp",
    ),
    "a line that ends with an article": (
        [
            FULL + " mill.",
            "When we came to the lower bank of the river, the",
            "Eastbank surveyors had left, and the weir was built in one year",
            FULL,
        ],
        "PHPp",
        "PPpp",
    ),
    "a numbered head taken for a line of the journal": ([FULL + ".", "12. Quartz", FULL, FULL], "PIPp", "PHPp"),
    "rows of a table taken for lines of the journal": (
        [FULL + ":", "Silver . . . 13,19", "Gold . . . 86,51", FULL, FULL],
        "PIIPp",
        "PPPPp",
    ),
    "a line of the journal that ends with its number": (
        [FULL + ".", "Eastbank Papers, Vol. 13,19", FULL, FULL],
        "PIPp",
        "PIPp",
    ),
    "an initial misread in a byline in capitals": (
        [FULL + ".", "ON THE USES OF LEDGERS.", "BY THEODORE ©. MARSH, M. D.", FULL, FULL],
        "PHPPp",
        "PTBPp",
    ),
    "a sign in a byline that is not in capitals": (
        [FULL + ".", "On the Uses of Ledgers", "By Theodore © Marsh", FULL, FULL],
        "PHPPp",
        "PHPPp",
    ),
    "a title in capitals above a byline": (
        [FULL + ".", "ON THE USES OF LEDGERS.", "BY WEN SU.", FULL, FULL],
        "PPBPp",
        "PTBPp",
    ),
    "a rubric with a number above a title": (
        ["2. Letters", "River Surveys", "By Wen Su", FULL, FULL],
        "ITBPp",
        "ITBPp",
    ),
    "two authors, each above their institution": (
        ["River Surveys", "Edith F. Castellan", "Eastbank College", "Wen Su", "Institute of Rivers", FULL, FULL],
        "TTTBAPp",
        "TBABAPp",
    ),
    "a title of three lines": (
        ["River Surveys of", "the Eastern Lands", "and their Makers", "Wen Su", "Institute of Rivers", FULL, FULL],
        "TTTBAPp",
        "TTTBAPp",
    ),
    "a line of a title taken for text": (
        ["River Surveys", "Told Anew", "—An Address to the Society", "By Wen Su", FULL, FULL],
        "TPTBPp",
        "TTTBPp",
    ),
    "a note that itself has a label is none": (
        [FULL, FULL, "2 Surveying, as told*", "Eastbank Papers, 2021.", "The Quay."],
        "PpNnn",
        "PpNnn",
    ),
    "a name between a title and its abstract": (
        ["River Surveys", "Edith F. Castellan", "Abstract: we survey.", FULL, FULL],
        "TPXPp",
        "TBXPp",
    ),
    "a line between a title and its abstract that is no name": (
        ["River Surveys", "It was told in the year", "Abstract: we survey.", FULL, FULL],
        "TPXPp",
        "TPXPp",
    ),
    "a line of text that ends its sentence is none": (
        ["River Surveys", "It was told.", "—An Address to the Society", "By Wen Su", FULL, FULL],
        "TPTBPp",
        "TPTBPp",
    ),
    "lines of a title taken for names": (
        [
            "River Surveys between",
            "Ledger Number and",
            "Lantern Length in the Eastbank",
            "Wen Su",
            "Edda Quillan",
            FULL,
            FULL,
        ],
        "TBBBBPp",
        "TTTBBPp",
    ),
    "a title right below the notes of another article": (
        [
            "1 See Quillan, p. 9.",
            "The Eastbank Ledger, Vol. 4, No. 5 (1907)",
            "River Surveys",
            "Wen Su",
            "Eastbank College",
            FULL,
            FULL,
        ],
        "NnnBAPp",
        "NTTBAPp",
    ),
    "an author named below the end of a note": (
        [
            "1 See Quillan, p. 9, and what is said",
            "there, Vol. 4, No. 5 (1907).",
            "Wen Su",
            "Eastbank College",
            FULL,
            FULL,
        ],
        "NnBAPp",
        "NnBAPp",
    ),
    "names with particles": (
        ["River Surveys", "Tam van den Oreskes", "Edda de la Quillan", FULL, FULL],
        "TBBPp",
        "TBBPp",
    ),
    "a title page": (
        [
            "River Surveys",
            "A thesis submitted for the degree of Surveyor",
            "by",
            "Wen Su",
            "Eastbank College",
            "June 1909",
            FULL,
            FULL,
        ],
        "TATBAAPp",
        "TXBBAXPp",
    ),
    "a subtitle of two lines": (
        ["River Surveys", "—An Address to the Society of", "the Lower Eastbank", "By Wen Su", FULL, FULL],
        "TAABPp",
        "TTTBPp",
    ),
    "a title at the end of a page, in the middle of a sentence": (
        [FULL, FULL, FULL + "\n", "Notes & Queries\f" + FULL, FULL, FULL],
        "Ppppppp",
        "PppTppp",
    ),
    "the end of a sentence there": (
        [FULL, FULL, FULL + ".\n", "Eastbank River\f" + FULL, FULL, FULL],
        "Ppppppp",
        "Ppppppp",
    ),
    "a title below the notes": (
        ["* Wen Su is a surveyor.\n", "River Surveys of", "the Eastern Lands", "By Wen Su", FULL, FULL],
        "NNTBPp",
        "NTTBPp",
    ),
    "the title above a byline": (
        [FULL, FULL + ".\n\n", "River Surveys", "Wen Su", "Institute of Rivers\n\n", FULL, FULL],
        "PppBAPp",
        "PpTBAPp",
    ),
    "a byline below the end of a sentence has no title there": (
        [FULL, FULL + ".\n\n", "Then the river rose.", "Wen Su", "Institute of Rivers\n\n", FULL, FULL],
        "PppBAPp",
        "PppBAPp",
    ),
    "a byline whose title stands below it": (
        [FULL, FULL + ".\n\n", "Eastbank once more", "Wen Su", "River Surveys\n\n", FULL, FULL],
        "PppBTPp",
        "PppBTPp",
    ),
    "a name with a star, below a head, and the star's note at the foot": (
        [FULL, FULL + ".", "River Surveys", "Wen Su*", FULL, FULL + ".", "* Wen Su is a surveyor."],
        "PpHPppN",
        "PpTBPpN",
    ),
    "a name with a star that has no note": (
        [FULL, FULL + ".", "River Surveys", "Wen Su*", FULL, FULL + "."],
        "PpHPpp",
        "PpHPpp",
    ),
    "what opens a page behind a note goes on with it": (
        [FULL + ".", "1 " + FULL + "\f" + FULL, FULL],
        "PNnn",
        "PNnn",
    ),
    "issue and address above a title": (
        ["Journal of Barges, vol. 12, no. 1 (2017)", "doi: 10.5555/x", "River Surveys", "Wen Su", FULL, FULL],
        "TXTBPp",
        "XXTBPp",
    ),
    "a head that goes on behind the page is none": (
        [FULL + ".\n", "2. River Surveys and those\f" + "who made them. " + FULL, FULL],
        "PHpp",
        "PPpp",
    ),
    "a head above a page that begins anew": (
        [FULL + ".\n", "2. River Surveys\f" + FULL, FULL],
        "PHPp",
        "PHPp",
    ),
    "a line of plain words below an institution": (
        ["River Surveys", "Wen Su", "Institute of Rivers", "Setting out with the first chain", FULL, FULL],
        "TBAAPp",
        "TBAHPp",
    ),
    "an institution of two lines": (
        ["River Surveys", "Wen Su", "Institute of Rivers and", "Lakes of the Eastern Shore", FULL, FULL],
        "TBAAPp",
        "TBAAPp",
    ),
    "a labelled note below a title at the foot": (
        [FULL, FULL + ".\n", "On the Surveyors*", "* " + FULL, FULL],
        "PpTNn",
        "PpTNn",
    ),
    "a first line of text that was taken for an affiliation": (
        ["River Surveys", "Wen Su", FULL, "river of the east.\n", FULL, FULL],
        "TBAXXX",
        "TBPpPp",
    ),
    "nor is the rest of it an abstract where it is short": (
        ["River Surveys", "Wen Su", FULL, "river of the east, which", "nobody knew."],
        "TBAXX",
        "TBPpp",
    ),
    "it begins with a capital": (
        [FULL, FULL, "Survey of the rivers, see there.", "1. The survey of the lower river."],
        "PpNN",
        "PpNN",
    ),
    "its label stands at the end of the line above": (
        [FULL, FULL + "†", "surveyed again, and by the same hand.", "1. The survey of the lower river."],
        "PpNN",
        "PpNN",
    ),
    "an abstract says so": (
        ["River Surveys", "Wen Su", "Abstract. " + FULL, FULL, FULL, FULL],
        "TBXXPp",
        "TBXXPp",
    ),
    "a line of a title taken for an institution, and one that names one": (
        ["River Surveys and", "the Ledgers of the Towns", "of the Eastern Shore", "Wen Su", FULL, FULL],
        "TATBPp",
        "TTTBPp",
    ),
    "an institution between two titles": (
        ["River Surveys", "Eastbank College of Surveyors", "The Lower Mills", "Wen Su", FULL, FULL],
        "TATBPp",
        "TATBPp",
    ),
    "an author with an institution of three lines, the last of them without its name": (
        [
            "River Surveys",
            "Edda Quillan",
            "Department of Rivers, Eastbank College",
            "County of the Eastern Shore",
            "Wen Su",
            "Quay Library",
            FULL,
            FULL,
        ],
        "TBAABAPp",
        "TBAABAPp",
    ),
    "a question below a byline, taken for an institution": (
        ["River Surveys", "Wen Su", "Who was the first to survey the lower river?", FULL, FULL],
        "TBAPp",
        "TBPPp",
    ),
    "a sentence below a byline, taken for an institution": (
        ["关于河流的通信", "林岸", "春天几个人坐在渡口。[1]", "来信收到了。" * 6],
        "TBAP",
        "TBPP",
    ),
    "who is addressed is no author": (["关于河流的通信", "林岸", "柳阶先生：", "来信收到了。" * 6], "TBBP", "TBPP"),
    "a question above a starred name, behind the end of a text": (
        [
            "此后再无人测量。",
            "河流是谁的？",
            "林岸*",
            "今年春天，几个人坐在渡口边上，谈起这条河来。" * 2,
            "*柳阶大学历史系。",
        ],
        "ppBpN",
        "pTBpN",
    ),
    "what stands above a starred name and is none, taken for one": (
        [
            "[2]柳阶：《渡口》。",
            "关于河流的通信（并来信）",
            "林岸*",
            "今年春天，几个人坐在渡口边上。" * 3,
            "*柳阶大学历史系。",
        ],
        "NBBpN",
        "NTBpN",
    ),
    "a first line taken for one of the journal's own, that the contents have beside the author": (
        ["Contents", "Wen Su, Floods", "\fFloods", "The Whole of the Matter", "Wen Su", FULL, FULL],
        "CCITBPp",
        "CCTTBPp",
    ),
    "a title taken for a line of the journal's own, right above the name": (
        ["Contents", "17 River Surveys Wen Su", "\fEssays", "River Surveys", "By Wen Su", FULL, FULL],
        "CCIIBPp",
        "CCITBPp",
    ),
    "a rubric that stands by itself in the contents": (
        ["Contents", "Essays", "Wen Su, River Surveys", "\fEssays", "River Surveys", "Wen Su", FULL, FULL],
        "CCCITBPp",
        "CCCITBPp",
    ),
    "a head that breaks off, a small letter going on from it below": (
        [
            FULL,
            "of the last.",
            "1. The Lower Mills: how the ledgers of the quay were kept by the",
            "owners. " + FULL[:55],
            FULL,
        ],
        "PpHPp",
        "PpPpp",
    ),
    "a paragraph that begins with a small letter below a short head": (
        [FULL, "of the last.", "5. From Quay to Mill", "oakes (so he signed) was the first. " + FULL[:30], FULL],
        "PpHPp",
        "PpHPp",
    ),
    "Chinese heads that begin paragraphs: one with a full stop inside, one that breaks off as it does": (
        [
            "（一）河道之变，百年未有。测量一事始于光绪年间的几",
            "位教习，其后由书院接办，历时十年方成。",
            "（二）测量之难在于河道年年改易而旧图多不足为凭之所",
            "在。后来的人于是重新量过。",
        ],
        "HPHP",
        "PpPp",
    ),
    "a Chinese head as long as the line, and no other that begins a paragraph": (
        ["（二）测量之难在于河道年年改易而旧图多不足为凭之", "测量一事始于光绪年间的几位教习，其后由书院接办。"],
        "HP",
        "HP",
    ),
    "the end of a sentence below a full line, taken for a head": (
        ["测量一事始于光绪年间的几位教习，其后由书院接办，而今仍是平", "台，作用越来越大。", "此后无事。"],
        "PHP",
        "PpP",
    ),
    "a Chinese title block at a page's end, below half a sentence": (
        [
            "测量一事始于光绪年间的几位教习，其后由书院接办，前后历时十",
            "渡口百年",
            "——在测量局成立大会上的讲话",
            "林\u2003岸\u2003\u2003河运博物馆馆长\f" + "年，所得图册凡三百余种。此后再无人测量。",
            "后来的人于是重新量过。",
        ],
        "PpPHpP",
        "PTTBpP",
    ),
    "a name with its office below the last text of a source": (
        [
            "测量一事始于光绪年间的几位教习，其后由书院接办，前后历时十年。",
            "渡口旧事",
            "林\u2003岸\u2003\u2003河运博物馆馆长",
        ],
        "PpH",
        "PpH",
    ),
    "text at a page's end, below half a sentence, that names nobody": (
        [
            "测量一事始于光绪年间的几位教习，其后由书院接办，前后历时十",
            "年，所得图册凡三百余种。",
            "后来的人重新量过。\f此后再无人测量。",
        ],
        "PpPP",
        "PpPP",
    ),
    "the first lines of a title taken for a name and an institution": (
        [
            "Measuring the Rivers and the Mills,",
            "Taking Stock of the Eastern",
            "Shore in the New Era",
            "By Wen Su",
            FULL,
            FULL,
        ],
        "BATBPp",
        "TTTBPp",
    ),
    "an author above a title, with another below": (
        ["Edith Castellan", "River Surveys", "Wen Su", FULL, FULL],
        "BTBPp",
        "BTBPp",
    ),
    "a Chinese title whose second line was taken for an institution, as was the name with its office": (
        [
            "共修河道的新时期",
            "促进形成新格局",
            "林\u2003岸\u2003\u2003河运博物馆馆长",
            "测量一事始于光绪年间的几位教习。" * 3,
        ],
        "TAAP",
        "TTBP",
    ),
    "what a note without a label says of the author": (
        [FULL, "of the last of them.", "The author teaches at Eastbank College.", "8 See Oakes.", "9 Ibid., p. 3."],
        "PpNNN",
        "PpNNN",
    ),
    "half a note from the page before, below half a sentence": (
        [FULL, FULL + "\f" + FULL, FULL, "Eastbank, Quay and Sons 1904, p. 30.", "9 Ibid., p. 3."],
        "PpppNN",
        "PpppNN",
    ),
    "a list of the authors' addresses below the text, taken for anything": (
        [
            "River Surveys",
            "Wen Su and Edda Quillan",
            *[FULL] * 5,
            "and so it ended.",
            "Wen Su, Department of Rivers, Eastbank",
            "College, Hollin.",
            "Edda Quillan, Quay Library,",
            "Hollin upon Water.",
            "Notes",
        ],
        "TBPppppp" + "PpTpL",
        "TBPppppp" + "BABAL",
    ),
    "a paragraph that begins with an author's name and no institution": (
        ["River Surveys", "Wen Su", *[FULL] * 5, "and so it ended.", "Wen Su, of whom nobody knew, had", "gone."],
        "TBPppppp" + "Pp",
        "TBPppppp" + "Pp",
    ),
    "names whose large and small capitals came apart, above their institutions": (
        [
            "River Surveys of the East",
            "EDITH",
            "F. CASTELLAN",
            "Eastbank College",
            "AND",
            "MARTIN",
            "S. OAKES",
            FULL,
            FULL,
        ],
        "TIBATABPp",
        "TBBABBBPp",
    ),
    "streets and telephones below names and institutions": (
        [
            "River Surveys",
            "Edith F. Castellan",
            "Eastbank College",
            "12 Quay Road",
            "Hollin, CA 94304",
            "Tel: 555 0101",
            FULL,
            FULL,
        ],
        "TBABBTPp",
        "TBAAAAPp",
    ),
    "a title that begins with a number, above its author": (
        ["12 Quay Road", "Edith F. Castellan", "Eastbank College", FULL, FULL],
        "TBAPp",
        "TBAPp",
    ),
    "names and firms one below the other, the first taken for lines of the title": (
        [
            "River Surveys and Joint Ledgers",
            "Edda K. Quillan",
            "Quillan Associates Inc.",
            "Paul J. Oakes",
            "Wen L. Su",
            "Eastbank College",
            "Ada M. Marsh",
            "Institute of Rivers",
            FULL,
            FULL,
        ],
        "TTTTBABAPp",
        "TBABBABAPp",
    ),
    "a title of two lines above the same names": (
        [
            "River Surveys and the",
            "Joint Ledgers of Quays",
            "Wen L. Su",
            "Eastbank College",
            "Ada M. Marsh",
            "Institute of Rivers",
            FULL,
            FULL,
        ],
        "TTBABAPp",
        "TTBABAPp",
    ),
    "a name above a title in capitals": (
        ["Edda Quillan", "ON THE MEASURING OF", "RIVERS AND THE KEEPING", "OF LEDGERS", FULL, FULL],
        "TTBBPp",
        "BTTTPp",
    ),
    "two title lines, the second in capitals": (
        ["The Ledger", "ON THE MEASURING OF RIVERS", FULL, FULL],
        "TTPp",
        "TTPp",
    ),
    "words between formulas, taken for heads": (
        ["1 Rivers", FULL, FULL, "x + y = 12", "where", "a + b = 7 / 4", "2 Mills", FULL, FULL, "3 Quays", FULL, FULL],
        "HPpMHMHPpHPp",
        "HPpMMMHPpHPp",
    ),
    "letters of formulas, taken for heads": (
        ["1 Rivers", FULL, FULL, "X", FULL, FULL, "X", FULL, FULL],
        "HPpHPpHPp",
        "HPppPppPp",
    ),
    "letters and Roman numbers that are heads": (
        ["A", FULL, "It ended.", "B", FULL, "It ended.", "II", FULL, "It ended.", "V", FULL, FULL],
        "HPpHPpHPpHPp",
        "HPpHPpHPpHPp",
    ),
    "heads that all begin with small letters": (
        ["rivers of the east", FULL, "It ended.", "of mills", FULL, "It ended.", "in quays", FULL, FULL],
        "HPpHPpHPp",
        "HPpHPpHPp",
    ),
    "the rest of a cited work below text that breaks off, above the next note": (
        [
            "9 Oakes E (1907). The measuring of",
            FULL,
            FULL,
            "small rivers. Quay J. 206: 163–",
            "188.",
            "10 Quillan W (1988). Ledgers.",
        ],
        "NPpppN",
        "NPpnnN",
    ),
    "text above a note that cites nothing": (
        [
            "9 Oakes E (1907). The measuring of",
            FULL,
            FULL,
            "small rivers of the province were",
            "188.",
            "10 Quillan W (1988). Ledgers.",
        ],
        "NPpppN",
        "NPpppN",
    ),
    "a first head below an institution, taken for a title": (
        ["River Surveys", "Edda Quillan", "Eastbank College", "Setting the gauges up for winter", FULL, FULL],
        "TBATPp",
        "TBAHPp",
    ),
    "a title below an institution": (
        ["Edda Quillan", "Eastbank College", "Setting the gauges up for winter", FULL, FULL],
        "BATPp",
        "BATPp",
    ),
    "an institution by its letters alone, and one without a word for it, below names without known words": (
        [
            "River Surveys",
            "Edda Quillan",
            "EBC",
            "Eastbank College",
            "Ismay Thorold",
            "Dép. de linguistique et de traduction",
            "Institute of Rivers",
            FULL,
            FULL,
        ],
        "TBBABAAPp",
        "TBAABAAPp",
    ),
    "a name between an institution and another, taken for a title": (
        ["River Surveys", "Edda Quillan", "Eastbank College", "Ismay Thorold", "Institute of Rivers", FULL, FULL],
        "TBATAPp",
        "TBABAPp",
    ),
    "an abstract whose end was taken for text": (
        ["River Surveys", "Edda Quillan", "Abstract: " + FULL, FULL, FULL, FULL, "The Mills", FULL, FULL],
        "TBXXppHPp",
        "TBXXXXHPp",
    ),
    "text below a line of front matter that introduces nothing": (
        ["River Surveys", "Edda Quillan", "In memory of the old quay", FULL, FULL],
        "TBXpp",
        "TBXpp",
    ),
    "a byline that says so in the middle of a page, below the end of a text": (
        [FULL, "of the last.", "Rivers of the East and", "their Surveyors", "By F. Quillan, M.A.", FULL, FULL],
        "PpPppPp",
        "PpTTBPp",
    ),
    "the same with an imprint below: a book that is reviewed": (
        [FULL, "of the last.", "Rivers of the East", "By F. Quillan, M.A.", "Quay Press, 1901. Price 6s.", FULL],
        "PpPppp",
        "PpPppp",
    ),
    "words that begin so in the middle of a sentence": (
        [FULL, "of the last, and written there", "By F. Quillan", "of the quay. " + FULL[:50], FULL],
        "Ppppp",
        "Ppppp",
    ),
    "lines of a title above a byline that says so, taken for names and institutions": (
        [
            FULL,
            "of the last.",
            "Surveying the Rivers of the East and",
            "Working Together to Keep the",
            "Ledgers of the Quay",
            "By Wen Su*",
            FULL,
            FULL,
        ],
        "PpBTABPp",
        "PpTTTBPp",
    ),
    "an institution between a title and such a byline": (
        ["River Surveys", "Institute of Rivers", "By Wen Su*", FULL, FULL],
        "TABPp",
        "TABPp",
    ),
    "a title over three lines with nobody named": (
        [
            FULL,
            "of the last.",
            "The Chairman Has a Talk with",
            "the Masters of the Weirs and",
            "the Council of the Quays",
            FULL,
            FULL,
        ],
        "PpTTAPp",
        "PpTTTPp",
    ),
    "a sentence that goes on with names of papers": (
        [
            FULL,
            "Weir Gazette, the Quay Ledger and the Lower",
            "Mills Herald, which were present.",
            "Wen Su",
            FULL,
            FULL,
        ],
        "PBTBPp",
        "PppBPp",
    ),
    "a title below half a sentence": ([FULL, "River Surveys", "Wen Su", FULL, FULL], "PTBPp", "PTBPp"),
    "a sentence in a narrow column, taken for a head, a name and a title": (
        [
            FULL + ".",
            "Wen Su delivered a",
            "Survey of",
            "the waters below and",
            "thanked those present.",
            "By Wen Su",
            FULL,
        ],
        "PHBTTBP",
        "PPpppBP",
    ),
    "a title of capitals that ends with a full stop": (
        [FULL + ".", "The Lower Mills and", "their Owners on the Quay of the East.", "By Wen Su", FULL],
        "PTTBP",
        "PTTBP",
    ),
    "a head with small words, taken for a name": (
        [FULL, "of the last.", "Ledger Hosts a Talk with the Masters of Weirs", FULL, FULL],
        "PpBPp",
        "PpHPp",
    ),
    "a name below the end of a text": (
        [FULL, "of the last.", "Edda Quillan", FULL, FULL],
        "PpBPp",
        "PpBPp",
    ),
    "names between strokes, above the title": (
        [FULL + ".", "Edith Castellan / Wen Sudare / Ida", "Marsh", "Quay College", "The Lower Rivers", FULL, FULL],
        "PTTATPp",
        "PBBATPp",
    ),
    "a dash taken for names above a title": (
        [FULL + ".", "-", "Lower Quays", "Wen Su", FULL, FULL],
        "PBTBPp",
        "PBTBPp",
    ),
    "half a title in capitals, with a semicolon": (
        [FULL + ".", "ON THE LOWER MILLS; BY", "EDITH CASTELLAN.", FULL, FULL],
        "PTBPp",
        "PTBPp",
    ),
    "a title with its author behind a semicolon": (
        [FULL + ".", "Lower Mills; by Edith Castellan", FULL, FULL],
        "PTPp",
        "PTPp",
    ),
    "the last line of a title in capitals above a name that is not": (
        [FULL + ".", "LEDGERS OF LOWER", "QUAYS AND WEIRS", "Edith Castellan", FULL, FULL],
        "PTBBPp",
        "PTTBPp",
    ),
    "the first line of a title in capitals": (
        [FULL + ".", "LEDGERS OF LOWER", "QUAYS", "Edith Castellan", FULL, FULL],
        "PBTBPp",
        "PTTBPp",
    ),
    "a line of names broken within one": (
        [
            FULL + ".",
            "Lower Quays",
            "By Edith Castellan (Quay College, Germany), Wen",
            "Sudare (Eastbank Library), Ida Marsh",
            "(Quay College)",
            FULL,
            FULL,
        ],
        "PTBBBPp",
        "PTBBBPp",
    ),
    "a note that begins with a small letter, where notes stand at the foot": (
        [FULL, FULL, "1 See Oakes.", "\f" + FULL + ".", FULL, "though the mill was never built there.", "2 Ibid."],
        "PpNPpNN",
        "PpNPpNN",
    ),
    "a country below an institution": (
        [FULL + ".", "Lower Quays", "Edith Castellan", "Quay College,", "United Kingdom", FULL, FULL],
        "PTBABPp",
        "PTBAAPp",
    ),
    "such names, and the title above taken for names": (
        [FULL + ".", "The Lower Rivers", "EDITH CASTELLAN · WEN SUDARE", FULL, FULL],
        "PBTPp",
        "PTBPp",
    ),
    "such names, and the title below taken for an institution": (
        [FULL + ".", "EDITH CASTELLAN · WEN SUDARE", "A Survey of the", "Lower Rivers", FULL, FULL],
        "PTAAPp",
        "PBTTPp",
    ),
    "the last line of a title whose names stand above it in capitals": (
        [FULL + ".", "EDITH CASTELLAN", "A Survey of Lower", "Quay Ledgers", FULL, FULL],
        "PBTBPp",
        "PBTTPp",
    ),
    "a title that ends with an article goes on": (
        [FULL + ".", "A Survey of the", "Quay Ledgers", "Edith Castellan", FULL, FULL],
        "PTBBPp",
        "PTTBPp",
    ),
    "a title that opens a quotation goes on": (
        [FULL + ".", "Surveying “The", "Quay” Once More", "Edith Castellan", FULL, FULL],
        "PTABPp",
        "PTTBPp",
    ),
    "an institution told by its country": (
        [FULL + ".", "Edith Castellan", "A Survey of the Quay", "Hollin Surveyors, United Kingdom", FULL, FULL],
        "PBTTPp",
        "PBTAPp",
    ),
    "the first head taken for an institution": (
        [FULL + ".", "A Survey of the Quay", "Edith Castellan", "Quay College", "Introduction", FULL, FULL],
        "PTBAAPp",
        "PTBAHPp",
    ),
    "words behind one for authors that name nobody": (
        [FULL + ".", "Eine Aufnahme", "von Uferbauten mit Karten", "Edith Castellan", FULL, FULL],
        "PTBBPp",
        "PTTBPp",
    ),
    "names taken for an institution": (
        [FULL + ".", "A Survey of the Quay", "Edith Castellan, Wen Sudare", "Quay College", FULL, FULL],
        "PTAAPp",
        "PTBAPp",
    ),
    "a citation over a line's end is no note": (
        [FULL, "as was shown before (see Castellan et", "al. 2021; Sudare and Marsh 2019), and the", FULL],
        "PpNn",
        "Pppp",
    ),
    "a note of one author's papers is one": (
        [FULL, "as was shown before (see Castellan", "2 Eastbank Papers 3: 19–44 (Marsh).", "The Quay."],
        "PpNn",
        "PpNn",
    ),
    "one entry of contents between lines of text": (
        [FULL + ".", "The survey was again made known.", FULL, FULL],
        "PCPp",
        "PPPp",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_mended(name: str) -> None:
    texts, before, after = CASES[name]
    text = "\n".join(texts)
    breaks = [0, *(at + 1 for at, character in enumerate(text) if character == "\f")]
    marks = tuple(Mark(at, at, "pb", PAGE, PAGE.certainty) for at in breaks)
    document = Document(Source("d", text, ()), marks=marks)
    evidence = Evidence(document)
    labels = list(before)
    mend(evidence, lines_of(document, evidence), labels)
    assert "".join(labels) == after


def test_titles_that_running_heads_repeat() -> None:
    """Lines above the last of a title, taken for the end of a note; a head of the pages behind has them, too."""
    rows = ["The Lower Mills and", "their Owners on the Quay", "of the Eastern Shore", "Wen Su", FULL, FULL]
    text = "\n".join(["1 See Oakes.", *rows]) + "\fThe Lower Mills and their … 7\n" + FULL
    own = text.index("\f") + 1
    head = Block("fw1", "fw", ((own, text.index("\n", own)),), PAGE, PAGE.certainty)
    for blocks, after in ((), "NnnTBPpPp"), ((head,), "NTTTBPpP"):
        marks = tuple(Mark(at, at, "pb", PAGE, PAGE.certainty) for at in (0, own))
        document = Document(Source("d", text, ()), marks=marks, blocks={block.id: block for block in blocks})
        evidence = Evidence(document)
        lines, labels = lines_of(document, evidence), list("NnnTBPpPp")
        labels = labels[: len(lines)]
        mend(evidence, lines, labels)
        assert "".join(labels) == after


def test_no_line_takes_long() -> None:
    """Lines that nearly have a form: searching them takes no longer than others."""
    nearly = [
        "By " + "A." * 33 + "x",
        "BY " + "A" * 60 + " b",
        "A B C " * 40 + "x",
        "River Surveys",
        "A" * 200 + "x",
        "I." * 60,
    ]
    text = "\n".join([FULL, *nearly, FULL])
    document = Document(Source("d", text, ()), marks=(Mark(0, 0, "pb", PAGE, PAGE.certainty),))
    evidence = Evidence(document)
    begun = time.process_time()
    for label in "PTBAHX":
        mend(evidence, lines_of(document, evidence), ["P", *label * len(nearly), "P"])
    assert time.process_time() - begun < 5

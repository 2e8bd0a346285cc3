"""What is printed above a title and is none of it: the rubric it stands under, its number, date and issue.

Such lines are set aside as the journal's own, like running heads.  A line in capitals above one in small letters
may as well be the title above its subtitle: it is a rubric only where a word, or the rest of the source, says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..evidence import HAN, Evidence, letters_of
from ..model import Block, Document, Rule
from .months import MONTHS, SEASONS
from .people import people_in

RUBRIC = Rule("rubric", "dropped", 76, "A line above a title: its rubric, number or issue, none of the title.")

_WORDS = (
    "essay essays fiction poetry poem poems review reviews bookreview feature features interview interviews letters "
    "correspondence editorial comment commentary opinion news notes report reports article articles "
    "replication reproduction tutorial survey erratum corrigendum perspective viewpoint forum debate discussion obituary profile documents miscellany "
    "essai chronique enquête enquete récit recit entretien éditorial dossier tribune reportage poésie nouvelle nouvelles "
    "actualités mélanges débat "
    "gesellschaft politik kultur wirtschaft wissenschaft literatur erzählung erzaehlung aufsatz aufsätze beitrag beiträge bericht "
    "berichte gespräch rezension rezensionen besprechungen miszelle miszellen abhandlungen kritik meinung feuilleton glosse "
    "ensayo ensayos reseña reseñas artículo artículos entrevista relatos "
    "forum varia études etude studien papers studies "
    "史论 史論 随笔 隨筆 文献 文獻 书评 書評 评论 評論 专题 專題 特稿 专论 專論 论文 論文 论坛 論壇 访谈 訪談 译文 譯文 综述 綜述 札记 札記 "
    "争鸣 爭鳴 短论 短論 随想 隨想 人物 回忆 回憶 调查 調查 报告 報告 小说 小說 散文 诗歌 詩歌 纪实 紀實 社论 社論 时评 時評 读者来信 讀者來信 专栏 專欄"
)
_PHRASES = ("book review", "book reviews", "original article", "research article", "review article", "case report",
            "compte rendu", "comptes rendus", "notes de lecture", "notes et documents", "notes and queries", "original papers",
            "original research", "short communication", "berichte und kritik", "kleine beiträge",
            "research", "open access", "free access", "article open access", "research open access", "article open", "data paper", "data article",
            "original research paper", "original paper", "research paper", "review paper", "regular article", "regular paper", "full paper",
            "full length article", "mini review", "systematic review", "review and synthesis", "case study", "technical note", "technical report",
            "brief report", "brief communication", "rapid communication", "research note", "research letter", "letter to the editor", "plenary talk",
            "invited paper", "working paper", "discussion paper", "methodology article", "study protocol", "title", "title page", "article title",
            "originalarbeit", "originalbeitrag", "übersichtsarbeit", "übersicht", "forschungsbericht", "kurzmitteilung", "fachbeitrag",
            "article original", "article de recherche", "note de recherche", "mise au point", "artículo original", "artículo de investigación",
            "研究论文", "研究論文", "原创论文", "研究报告", "研究報告", "学术论文", "學術論文")  # fmt: skip
RUBRICS = frozenset(map(letters_of, (*_WORDS.split(), *_PHRASES)))
# A few words in brackets, or behind an ornament; Chinese rubrics made of two such words.
_FRAMED = re.compile(
    r"[【〔\[［]\s*(?P<words>[^】〕\]］]{2,30}?)\s*[】〕\]］]$|(?:[■◆◇▲△▼★☆●□○◎▍▌▪◤]\s*)+(?P<behind>\S.{1,30})$"
)
# The kind of a text and its field: `Research article | Ecology`.
_KIND_AND_FIELD = re.compile(r"(?P<kind>[^|/·•—–:]{3,30}?)\s*(?:[|·•]|\s[/—–]\s)\s*\S.{2,50}$")
_MOST_FRAMED, _LEAST_BEHIND = (8, 4), 4  # letters of a Chinese one, words of another; letters behind a sign
_COMPOSED = re.compile(
    "(?:学术|學術|历史|歷史|文学|文學|哲学|哲學|社会|社會|文化|思想|经济|經濟|法学|法學|教育|政治|艺术|藝術|语言|語言|专题|專題|理论|理論|新闻|新聞|国际|國際|青年|读者|讀者)"
    "(?:与|與|和)?(?:文化|思想|社会|社會|历史|歷史|文学|文學)?(?:研究|争鸣|爭鳴|观察|觀察|评论|評論|论坛|論壇|探索|探讨|探討|史论|史論|批评|批評|访谈|訪談|综述|綜述|动态|動態|园地|園地|笔谈|筆談|天地)?"
)
_NUMBER = re.compile(
    r"(?:art(?:icle|ikel|\.)?|paper|beitrag|essay|letter|brief|lettre|no\.?|nr\.?|n[º°o]\.?)\s*(?:[IVXLC]+|\d{1,3})\s*[.:]?$", re.IGNORECASE
)  # fmt: skip
_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)"
_IMPRINT_WORD = re.compile(
    rf"\b(?:{MONTHS}|{SEASONS})\b\.?|\b{_DAYS}\b|\b(?:vol(?:ume|\.)?|issue|number|heft|band|jahrgang|jg\.?|bd\.?|tome|année|numéro|price|(?:(?:one|two|three|six)\s?)?(?:pence|penny)|cents?|shillings?|(?:einzel)?preis|pfennig|prix|centimes?|francs?|page|pages|seite)(?![^\W\d_])\.?"
    r"|\bn(?:o|r|º|°)\.?(?=\s*\d)|\b[th]\.(?=\s*[IVXLC\d])|\bfasc\.(?=\s*\d)|\b[IVXLC]+\b|[第总總共]|[年月日期卷号號页頁]|[一二三四五六七八九十〇]+",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d|年|第\s*[一二三四五六七八九十百]+\s*[卷期号號]")
# Volume, number and year without a word.
_IN_FIGURES = re.compile(r"\d{1,3}(?::\d{1,2})?\s*\((?:1[5-9]|20)\d\d\)$|(?:19|20)\d\d\.\d{1,2}$")
# What publishers print above titles: rights, where and when a text was or will be published, its reference.
_OF_PUBLISHER = re.compile(
    r"creative ?commons|all rights reserved|(?:^|\s)©|^copyright\b|^(?:submitted|to appear|accepted for|published (?:online|by|in)|available online|first published|preprint)\b"
    r"|\barxiv:|\bissn\b|^for personal use only$|^proceedings of .*\d|\b(?:19|20)\d\d\s*;\s*\d+[^:]*:\s*\d+"
    r"|\b\d{1,4}\s*\((?:19|20)\d\d\)\s*[a-z]?\d+(?:\s*[–-]\s*\d+)?\s*(?:\(\d+\s*pp\))?\.?$|,\s*pp?\.\s*\d+\s*[–-]\s*\d+",
    re.IGNORECASE,
)
_LONGEST_RUBRIC = 4  # words
_LONGEST_HAN = 4  # characters
_MASTHEAD = 4  # lines among which a masthead ends with its imprint
_ALIKE = 3  # titles made alike that show a rubric
_DASHES = tuple("—–―─-")


@dataclass(frozen=True, slots=True)
class _Known:
    """Where pages begin; letters of the running heads, with their first page, and of the contents page; whether all
    titles stand below a line of capitals; lines that several title blocks begin with."""

    page_starts: Sequence[int]
    heads: dict[str, int]
    listed: str
    below_capitals: bool
    again: frozenset[str]


def set_rubrics_aside(
    document: Document, evidence: Evidence, order: Sequence[Block]
) -> tuple[list[Block], list[Block]]:
    """The blocks without the lines above their titles that are none of them; and those lines, as forme work."""
    known = _known(document, evidence, order)
    out: list[Block] = []
    aside: list[Block] = []
    for at, block in enumerate(order):
        if block.kind in ("byline", "affiliation") and _is_rubric_block(evidence, order, at, known):
            lines = range(evidence.line_at(block.start), evidence.line_at(block.end - 1) + 1)
            aside += [_aside(evidence, line) for line in lines]
            continue
        if block.kind != "title" or not _is_first(order, at, known.page_starts):
            out.append(block)
            continue
        first, last = evidence.line_at(block.start), evidence.line_at(block.end - 1)
        behind = order[at + 1] if at + 1 < len(order) else None
        further = _further_title(order, at, known.page_starts)
        own = _own_line(evidence, range(first, last + 1), behind, further, known)
        aside += [_aside(evidence, line) for line in range(first, own)]
        if own <= last:
            out.append(block if own == first else _from_line(evidence, block, own))
    return out, aside


def _further_title(order: Sequence[Block], at: int, page_starts: Sequence[int]) -> Block | None:
    """The next title on the page, with nothing but names and institutions between."""
    page = bisect_right(page_starts, order[at].start)
    for block in order[at + 1 :]:
        if block.kind not in ("title", "byline", "affiliation") or bisect_right(page_starts, block.start) != page:
            return None
        if block.kind == "title":
            return block
    return None


def _is_rubric_block(evidence: Evidence, order: Sequence[Block], at: int, known: _Known) -> bool:
    """Whether a byline or affiliation of one line is a rubric, or names the issue, above a title or another byline."""
    line = evidence.line_at(order[at].start)
    if line != evidence.line_at(order[at].end - 1):
        return False
    page = bisect_right(known.page_starts, order[at].start)
    behind = [block.kind for block in order[at + 1 : at + 4] if bisect_right(known.page_starts, block.start) == page]
    if "title" not in behind and "byline" not in behind:
        return False
    text = evidence.lines.text[line]
    return is_rubric(text) or (is_issue_line(text) and "title" in behind)


def is_rubric(line: str) -> bool:
    """Whether a line says by itself that it is a rubric: by its words, or a few words in brackets or behind a sign."""
    if letters_of(line) in RUBRICS or (HAN.match(line) and _COMPOSED.fullmatch(line)):
        return True
    of_kind = _KIND_AND_FIELD.match(line)
    if of_kind is not None and letters_of(of_kind["kind"]) in RUBRICS:
        return True
    found = _FRAMED.match(line)
    words = (found["words"] or found["behind"]) if found is not None else ""
    if found is None or not words or people_in(words) in ("han", "none", "some") or "(" in words or "（" in words:
        return False
    if not HAN.search(words):
        return len(words.split()) <= _MOST_FRAMED[1]
    least = _LEAST_BEHIND if found["behind"] else 1  # fewer are as likely a name
    return least <= len(letters_of(words)) <= _MOST_FRAMED[0]


def _own_line(evidence: Evidence, lines: range, behind: Block | None, further: Block | None, known: _Known) -> int:
    """The first of these lines that belongs to the title itself."""
    texts = evidence.lines.text
    mastheads = [line for line in lines[:_MASTHEAD] if is_issue_line(texts[line]) or _is_of_publisher(texts[line])]
    own = mastheads[-1] + 1 if mastheads else lines.start
    page = bisect_right(known.page_starts, evidence.lines.start[lines.start])
    while own < lines.stop:
        below = _below(evidence, own, lines.stop - 1, further)
        if not _is_none_of_title(texts[own], below, page, known):
            break
        own += 1
    is_named = further is None and behind is not None and behind.kind in ("byline", "affiliation")
    return lines.stop - 1 if own == lines.stop and is_named else own


def _known(document: Document, evidence: Evidence, order: Sequence[Block]) -> _Known:
    page_starts = sorted(mark.start for mark in document.marks if mark.tag == "pb")
    heads: dict[str, int] = {}
    for block in document.blocks.values():
        if block.kind == "fw" and block.type != "pageNum":
            letters = letters_of(document.source.text[block.start : block.end])
            page = bisect_right(page_starts, block.start)
            heads[letters] = min(page, heads.get(letters, page))
    listed = letters_of("".join(document.source.text[b.start : b.end] for b in order if b.kind == "matter"))
    shapes = []
    begun: Counter[str] = Counter()
    for at, block in enumerate(order):
        if block.kind == "title" and _is_first(order, at, page_starts):
            first, last = evidence.line_at(block.start), evidence.line_at(block.end - 1)
            below = _below(evidence, first, last, _further_title(order, at, page_starts))
            if below and not people_in(evidence.lines.text[first]):
                begun[letters_of(evidence.lines.text[first])] += 1
            shapes.append(bool(below) and _is_capitals_above_small(evidence.lines.text[first], below))
    heads.pop("", None)
    again = frozenset(letters for letters, count in begun.items() if count > 1 and letters)
    return _Known(page_starts, heads, listed, len(shapes) >= _ALIKE and all(shapes), again)


def _is_first(order: Sequence[Block], at: int, page_starts: Sequence[int]) -> bool:
    """Whether no other line of a title stands right above on the page."""
    if not at or order[at - 1].kind != "title":
        return True
    return bisect_right(page_starts, order[at - 1].start) != bisect_right(page_starts, order[at].start)


def _below(evidence: Evidence, first: int, last: int, further: Block | None) -> str:
    """The line of the title below its first one, in the same block or in the next."""
    if first < last:
        return evidence.lines.text[first + 1]
    return evidence.lines.text[evidence.line_at(further.start)] if further is not None else ""


def _is_none_of_title(line: str, below: str, page: int, known: _Known) -> bool:
    if is_issue_line(line):
        return True
    if not below or below.startswith(_DASHES):
        return False
    if _NUMBER.match(line) or _is_of_publisher(line):
        return True
    letters, next_letters = letters_of(line), letters_of(below)
    if (
        is_rubric(line) or letters in known.again or known.heads.get(letters, page) < page
    ):  # no article's title runs before its first page
        return True
    if HAN.search(line):
        return len(letters) <= _LONGEST_HAN < len(next_letters) and letters in known.heads
    if not _is_capitals_above_small(line, below):
        return False
    names_below = next_letters in known.heads or (len(next_letters) > 5 and next_letters in known.listed)
    return known.below_capitals or (names_below and letters not in known.heads and letters not in known.listed)


def _is_of_publisher(line: str) -> bool:
    """Whether a line speaks of rights or of where a text is published."""
    return _OF_PUBLISHER.search(line) is not None


def is_issue_line(line: str) -> bool:
    """Whether nothing stands in a line but date, number, volume, price or page of an issue."""
    if _IN_FIGURES.match(line):
        return True
    rest = _IMPRINT_WORD.sub("", line)
    return _COUNTED.search(line) is not None and rest != line and not letters_of(rest)


def _is_capitals_above_small(line: str, below: str) -> bool:
    """Whether a few words in capitals stand above a line that is not in capitals."""
    capitals = line.isupper() and len(letters_of(line)) > 3 and len(line.split()) <= _LONGEST_RUBRIC
    return capitals and sum(map(str.islower, below)) * 2 > len(letters_of(below))


def _aside(evidence: Evidence, line: int) -> Block:
    span = (evidence.lines.start[line], evidence.lines.end[line])
    return Block(f"b{line}", "fw", (span,), RUBRIC, RUBRIC.certainty, type="header")


def _from_line(evidence: Evidence, block: Block, line: int) -> Block:
    """The block without the lines above this one."""
    start = evidence.lines.start[line]
    spans = tuple((max(left, start), right) for left, right in block.spans if right > start)
    return replace(block, id=f"b{line}", spans=spans)

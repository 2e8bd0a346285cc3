"""What single lines can look like: tables of patterns, one row a pattern, with examples that a test runs."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase
from typing import NamedTuple

from .gates import BEGINS, BEGINS_ASCII, NEEDS, combined, matching


class Pattern(NamedTuple):
    """A name, what it matches at the start of a line (or anywhere, if so written), and lines that show it."""

    name: str
    regex: re.Pattern[str]
    examples: tuple[str, ...]


def _row(name: str, regex: str, *examples: str, flags: int = 0) -> Pattern:
    return Pattern(name, re.compile(regex, flags), examples)


_HAN_NUMBER = "[一二三四五六七八九十百〇]{1,4}"

# How heads are numbered.  The order is the order of trial; the first that matches counts.
LABELS: tuple[Pattern, ...] = (
    _row("roman-alone", r"[IVXLC]{1,6}\.?$", "I", "IV.", "XII"),
    _row("han-alone", rf"{_HAN_NUMBER}$", "一", "十二"),
    _row("chapter-han", rf"第\s*(?:{_HAN_NUMBER}|\d+)\s*[章节節部编編讲講回]", "第一章 绪论", "第 2 节"),
    _row("han-comma", rf"{_HAN_NUMBER}\s*[、．.]", "一、导言", "十一、结语"),
    _row("han-bracket", rf"[（(]\s*{_HAN_NUMBER}\s*[）)]", "（一）旗帜", "(二) 方法"),
    _row("digit-bracket", r"[（(]\s*\d{1,2}\s*[）)]", "（1）首先", "(2) second"),
    _row("decimal-3", r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s*\D", "1.2.3 Sampling"),
    _row("decimal-2", r"\d{1,2}[.．]\d{1,2}\.?\s*[^\d\s%.,]", "1.1 Data", "2.3. Results"),
    _row("roman-dot", r"(?:[IVX]{1,6}|[XLC]{2,6})[.、:：]\s*\S", "I. Neighbourhood", "IV. Results"),
    _row("roman-blank", r"[IVX]{1,5}\s+[A-Z]", "II METHODS"),
    _row("roman-lower", r"[ivx]{1,5}[.)]\s*\S", "i. Active steps", "iii) more"),
    _row("letter-dot", r"[A-H]\.\s+[A-Z\d“\"]", "A. Sampling", "C. “Quoted”"),
    _row("letter-bracket", r"[(（]?[a-h][)）]\s*\S", "a) first", "(b) second"),
    _row("digit-dot", r"\d{1,2}[.．、]\s*[^\d\s]", "1. Introduction", "2、方法"),
    _row("digit-blank", r"\d{1,2}\s+[^\W\d_]", "1 绪论", "2 Methods"),
    _row("chapter", r"(?:chapter|part|section|kapitel|teil|abschnitt|chapitre|partie)\s+(?:\d+|[ivxl]+)\b",
         "Chapter 3", "PART II", flags=re.IGNORECASE),
    _row("paragraph-sign", r"§\s*\d", "§ 3 Form"),
)  # fmt: skip

# How notes are labelled at their start.
NOTES: tuple[Pattern, ...] = (
    _row("note-bracket", r"\^?[\[〔［【]\s*(?P<n>\d{1,3})\s*[\]〕］】]", "[1] See", "〔12〕同上"),
    _row("note-brackets", r"(?:[\[〔［]\d{1,3}[\]〕］]){2,}", "[1][2] See"),
    _row("note-circle", r"(?P<n>[①-⑳㉑-㉟❶-❿])", "①蒋春生"),
    _row(
        "note-symbol",
        r"(?!§\s?\d|[*＊](?:\s+[*＊])+\s*$)(?P<n>[*＊†‡§¶‖∥]{1,6})\s*(?=\S|$)",
        "* Department",
        "††See",
        "*",
        "‖ See",
    ),
    _row("note-raised", r"(?P<n>[¹²³⁰⁴-⁹]{1,3})", "¹ See"),
    _row("note-round", r"[（(]\s?(?P<n>\d{1,3})\s?[)）](?=\s|[^\W\d_]|[“\"‘'「『《（(\[«]|$)", "(1) See", "（12）同上"),
    _row("note-word", r"(?:注|註)\s*(?P<n>\d{1,3})\s*[：:.、]?", "注1：见", "註12"),
    _row("note-alone", r"(?P<n>\d{1,3})$", "12"),
    _row("note-glued", r"(?P<n>\d{1,3})(?=[^\W\d_]|[“\"‘'《（(\[])", "12Ryan", "3“Global", "1《文献》"),
    _row(
        "note-dotted",
        r"(?P<n>\d{1,3})[.．、)](?:\s+(?=\S)|(?=[\u3400-\u9fff《“「『（]))",
        "12. Ryan",
        "3) See",
        "4.林岸",
    ),
    _row("note-blank", r"(?P<n>\d{1,3})\s+(?=[^\W\d]|[“\"‘'《（(\[])", "12 Ryan Dunch", "3 “Global"),
)

# Words and forms that tell what a line is; every one that matches counts.
SIGNS: tuple[Pattern, ...] = (
    _row("leader", r".*(?:\.{4,}|…{2,}|(?:\. ){4,}|·{4,}|(?:… ?){2,})\s*\d*$", "Learning ........ 12"),
    _row("ends-page", r"(?=.*+(?:(?<=\s\s\d)|(?<=\s\s\d\d)|(?<=\s\s\d\d\d))).*\S\s{2,}\d{1,3}$", "Learning   12"),
    _row("contents", r"(?:contents|table of contents|目\s*[录錄次]|inhalt(?:sverzeichnis)?|sommaire|table des matières)$",
         "CONTENTS", "目　录", flags=re.IGNORECASE),
    _row("abstract", r"(?:\W?\s*(?:abstract|summary|zusammenfassung|résumé|摘\s*要|内容提要|內容提要|提\s*要))", "【摘要】本文", "Abstract: We",
         flags=re.IGNORECASE),
    _row("keywords", r"(?:\W?\s*(?:key\s*-?words?|index terms|schlagw[oö]rter|schlüsselwörter|mots-clés|关\s*键\s*[词字]|關\s*鍵\s*[詞字]|主题词))",
         "Keywords: tea", "【关键词】茶", flags=re.IGNORECASE),
    _row("meta", r"\W?\s*(?:中图分类号|中圖分類號|文献标[识志]码|文獻標識碼|文章编号|文章編號|DOI\b|收稿日期|修回日期|作者简介|作者簡介|基金项目|基金項目|责编|责任编辑|責任編輯|"
         r"received|accepted|published|available online|correspond|e-?mail|©|copyright|funding|citation|editor)",
         "【中图分类号】 D8", "Received 3 May", "责编/某某", flags=re.IGNORECASE),
    _row("notes-head", r"(?:end\s?notes?|foot\s?notes?|notes(?: and references)?|references(?: and notes)?|bibliography|works cited|literature cited|"
         r"literatur(?:verzeichnis)?|anmerkungen|endnoten|fu(?:ß|ss)noten|bibliographie|notes de fin|notes et références|références(?: bibliographiques)?|"
         r"notas(?: finales)?|referencias|bibliografía|[注註]\s*[释釋]?|[尾脚腳附後][注註]|[注註]記|参考文献|參考文獻|引用文[献獻])\s*[:：]?$",
         "Notes", "REFERENCES", "注 释", "Anmerkungen", "Références", "Notas", "腳註", flags=re.IGNORECASE),
    _row("head-word", r"(?:\d\.?\s*)?(?:introduction|conclusions?|concluding remarks|discussion|results|(?:materials and )?methods|background|acknowledge?ments?|"
         r"appendix|einleitung|schluss|fazit|引\s*言|导\s*[言论語]|前\s*言|绪\s*论|緒\s*論|結\s*[論语語]|结\s*[论语語]|余\s*论|致\s*谢|附\s*录)\s*[:：]?$",
         "Introduction", "结 语", "3. Results", flags=re.IGNORECASE),
    _row("caption", r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|plate|scheme|box|supplementary (?:figure|table)|图|圖|表|照片)\s*\.?\s*(?:S?\d{1,3}|[IVX]{1,4}\b)",
         "Figure 2. Growth", "图 3　产量", "Table IV", flags=re.IGNORECASE),
    _row("affiliation", r".*(?:universit|institut|department|college|school of|faculty|academy|laborator|hospital|centre for|center for|ministry|"
         r"大学|大學|学院|學院|研究院|研究所|研究中心|系$|作者单位|作者單位)", "Department of Tea, University of X", "某某大学历史系", flags=re.IGNORECASE),
    _row("mail", r".*\S@\S+\.\w", "a@b.org"),
    _row("address", r".*(?:https?[:/]|www\.|\bdoi\b)", "https://x.org", flags=re.IGNORECASE),
    _row("by", r"(?:by|von|par|作者|文\s*[/／])\s*[:：]?\s*\S", "By Wen Su*", "文/林岸", flags=re.IGNORECASE),
    _row("by-name", r"(?:by|von|par)\s+(?:(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*+|&),?+\s*+){1,8}+[\d*†‡]*$", "By Wen Su*", flags=re.IGNORECASE),
    _row("imprint", r".*(?:\bvol(?:ume)?\.?\s*\d|\bno\.\s*\d|第\s*[\d一二三四五六七八九十]+\s*[卷期]|\bISSN\b|(?:spring|summer|autumn|winter)\s+(?:19|20)\d\d)",
         "The Journal, Vol. 3, No. 2 (1990)", "1969 年第 6 期", flags=re.IGNORECASE),
    _row("name", r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*+\s++){1,4}[A-ZÀ-ÖØ-Þ][\w'’-]+\s*[\d*†‡§,]{0,4}$", "Edith F. Castellan", "Wen Su*"),
    _row("names", r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*+\s++){1,4}[A-ZÀ-ÖØ-Þ][\w'’-]+[\d*†‡,\s]{0,6}(?:,|;|\b(?:and|und|et|y|e)\b|&)\s*(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*\.?\s*)+",
         "A. Sun, Bo Li and C. Wu", "Élise Arnal* et Séverin Bois"),
    _row("name-han", r"(?![\u4e00-\u9fff]{5})[\u4e00-\u9fff][\s\u3000]*[\u4e00-\u9fff](?:[\s\u3000]*[\u4e00-\u9fff]){0,2}\s*[*＊†\d①]{0,2}$", "林 岸", "阮一峰*"),
    _row("byline-han", r"(?![\u4e00-\u9fff]{5})[\u4e00-\u9fff](?:[\s\u3000]{0,3}[\u4e00-\u9fff]){1,3}[\s\u3000]{1,4}[\u4e00-\u9fff]{4,30}$", "林  岸  河运博物馆馆长"),
    _row("byline-reversed", r"[\u4e00-\u9fff]{4,30}(?:教授|研究员|研究員|讲师|講師|院长|院長|所长|所長|主任|部长|部長|博士|记者|記者|作家|学者|學者)[\s\u3000]+[\u4e00-\u9fff](?:[\s\u3000]{0,3}[\u4e00-\u9fff]){1,3}$",
         "河运博物馆研究员 林 岸"),
    _row("subtitle", r"(?:—|–|――|──|--)\s*\S", "——以某地为例", "—Remarks"),
    _row("bullet", r"[•●○◦▪■□◆–—-]\s+\S|[•●▪■◆]", "• first"),
    _row("quote", r"[“\"‘'「『]", "“So it is"),
    _row("bracketed", r"[（(].*[）)]$", "（某某大学历史系）"),
    _row("year", r".*[(（]?(?:1[5-9]|20)\d\d", "Press, 1979)."),
    _row("works", r".*(?:\bpp?\.\s*\d|\bvol\.|\bno\.\s*\d|\bibid|\bop\. cit|\bet al\b|\bed\.|\beds?\b|press\b|出版社|第\s*\d+\s*[页頁期]|同上|参见|參見|《.+》，)",
         "ibid., pp. 3", "海天出版社，1951 年", flags=re.IGNORECASE),
    _row("journal", r".*\b\d+\s*\(?\d*\)?\s*:\s*[A-Z]?\d+[–-]\d+", "Evolution 56: 1537–1556"),
    _row("shouting", r"(?:[^a-zA-Z]*+[A-Z]){3}[^a-z]*+$", "ASIA-PACIFIC REVIEW"),
    _row("symbols", r"(?:\W|\d|[_^=]){8,}$", "3.1 ± 0.2  4.5"),
)  # fmt: skip


class Table(dict[str, tuple[Pattern, ...]]):
    """The rows of a table that a line can match, by its beginning (see `by_beginning`); worked out when asked for.

    Rows that a string must stand in a line for (`NEEDS`) are left out.
    """

    def __init__(self, table: Iterable[Pattern]) -> None:
        self._rows = [row for row in table if row.name not in NEEDS]
        self._one, self._two = (
            combined(
                f"(?{'i' if row.regex.flags & re.IGNORECASE else ''}:{gates.get(row.name, '')})" for row in self._rows
            )
            for gates in (BEGINS, BEGINS_ASCII)
        )

    def __missing__(self, beginning: str) -> tuple[Pattern, ...]:
        able = matching(self._one, beginning)
        if len(beginning) > 1:
            able = sorted({*able} & {*matching(self._two, beginning)})
        found = self[beginning] = tuple([self._rows[number] for number in able])
        return found

    def lines(self, beginnings: Mapping[str, Sequence[int]]) -> list[int]:
        """The lines, in order, that begin as a row of the table can, of those of each beginning."""
        return sorted(chain.from_iterable(lines for beginning, lines in beginnings.items() if self[beginning]))

    def rows(self, text: str) -> tuple[Pattern, ...]:
        """The rows that a line can match."""
        beginning = text[:2]
        return self[beginning if beginning.isascii() else beginning[0]]


def by_beginning(texts: Iterable[str]) -> dict[str, list[int]]:
    """The lines by their beginnings: the first two characters where both are ASCII, else the first."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for line, text in enumerate(texts):
        first = text[:2]
        found[first if first.isascii() else first[0]].append(line)
    return found


OF_LABELS, OF_NOTES, OF_SIGNS = Table(LABELS), Table(NOTES), Table(SIGNS)


@lru_cache(maxsize=1 << 12)  # asked for the same lines again and again
def label_of(text: str) -> str:
    """Name of the head numbering a line begins with, or nothing."""
    for row in OF_LABELS.rows(text):
        if row.regex.match(text):
            return row.name
    return ""


@lru_cache(maxsize=1 << 12)
def note_label_of(text: str) -> tuple[str, str]:
    """Name of the note labelling a line begins with and the label itself, or two empty strings."""
    for row in OF_NOTES.rows(text):
        found = row.regex.match(text)
        if found is not None:
            return row.name, found.groupdict().get("n") or found.group()
    return "", ""


def note_labels(texts: Sequence[str], beginnings: Mapping[str, Sequence[int]]) -> dict[int, tuple[str, str]]:
    """By line what `note_label_of` says of it, in order; only lines that begin with a label."""
    found = {line: note_label_of(texts[line]) for line in OF_NOTES.lines(beginnings)}
    return {line: label for line, label in found.items() if label[0]}


def note_value(label: str) -> int:
    """Number of a note label: `12`, `①`, `²³`; 0 for symbols."""
    digits = label.translate(_RAISED)
    if digits.isdecimal():
        return int(digits)
    return int(unicodedata.numeric(label, 0)) if len(label) == 1 else 0


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SYMBOLS = "*†‡§‖¶"  # in the order in which they are used
_LETTERED = re.compile(r"[(（](?P<n>[a-z])[)）]|(?P<alone>[a-z])\)(?=\s|$)")


def symbol_value(label: str) -> int:
    """Place of a symbol or small letter in the order in which they are used, from 1; symbols come again doubled."""
    if label[0] in ascii_lowercase:
        return ascii_lowercase.index(label[0]) + 1
    return len(_SYMBOLS) * (len(label) - 1) + 1 + max(0, _SYMBOLS.find(label[0].translate(_ALIKE)))


_ALIKE = str.maketrans("＊∥", "*‖")


def letter_label_of(text: str) -> str:
    """The letter that labels a line, `(a)` or `a)`, or nothing: of a note, an item, a head."""
    found = _LETTERED.match(text)
    return (found["n"] or found["alone"]) if found is not None else ""


def label_shown(text: str) -> str:
    """The label that a line of notes begins with, in whatever form."""
    return note_label_of(text)[1] or letter_label_of(text)

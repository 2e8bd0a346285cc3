"""Stage 8: title, subtitle, authors with affiliations, abstracts, keywords, identifiers; the journal's own data.

Labels such as `【摘要】` are dropped from what they introduce.  Left alone: the wording of names and titles,
save for blanks a justified line was spread with.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ...evidence import Evidence
from ...languages import language_of
from ...model import Article, Author, Block, Changes, Document, Edit, Mark, Remark, Rule
from ...options import Options
from ...rewrite import read
from ..mail import mail_in, whose
from ..name_lists import name_lists, with_separators
from ..printed_lines import line_spans
from ..signatures import SIGNED
from .affiliations import Affiliation, affiliations_in, affiliations_of
from .bylines import affiliation_in_note, is_name_like, is_publication, names_in
from .journal import find_journal
from .titles import SUBTITLE, find_habits, split_titles
from .torn_lists import in_order, is_torn, keys_alone

LABEL_OF_FIELD = Rule("label-of-field", "dropped", 95, "The label a piece of front matter is introduced with.")
FIELD = Rule("front-matter-field", "kept", 92, "Front matter told by its label.")
AUTHOR_NOTE = Rule("author-note", "kept", 90, "A note on an author.")
NOT_FRONT = Rule("running-text", "kept", 70, "Lines like front matter that stand in the running text.")

# What labels introduce: (kind of block, pattern of the label).
FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\W{{0,2}}\s*(?:{words})\s*[】\]〕）)]?\s*[:：.．—–-]?\s*", re.IGNORECASE))
    for kind, words in (
        ("abstract", r"abstract|summary|zusammenfassung|résumé|摘\s*要|内容提要|內容提要|提\s*要"),
        ("keywords", r"key\s*-?words?(?: and phrases)?|index terms|schlagw[oö]rter|schlüsselwörter|mots[- ]clés|关\s*键\s*[词字]|關\s*鍵\s*[詞字]|主题词|主題詞"),
        ("clc", r"中图分类号|中圖分類號"),
        ("doc-code", r"文献标[识志]码|文獻標識碼"),
        ("doi", r"doi"),
        ("editor", r"责\s*编|责任编辑|責任編輯|編輯|编辑|editor"),
        ("funding", r"基金项目|基金項目|funding|项目基金"),
        ("dateline", r"收稿日期|修回日期|文章编号|文章編號|received|accepted|published(?: online)?|available online"),
    )
)  # fmt: skip
# How all begin that the patterns of fields and of funding match; most texts begin otherwise.
_FIELD_BEGINS = re.compile(
    r"\W|ab|su|zu|r[ée]|ke|in|sc|mo|do|ed|fu|ac|pu|av|th|[摘内內提关關主中文责責編编基项收修本]", re.IGNORECASE
)
_FUNDING = re.compile(
    r"[（(*＊]?\s*(?:本文|本研究|this (?:work|research|study|paper) (?:was|is) (?:supported|funded)).{0,60}(?:基金|项目|項目|课题|課題|supported|funded)",
    re.IGNORECASE,
)
_AFFILIATED = re.compile(
    r"\s*[,，]\s.*(?:universit|institut|department|college|school|faculty|academy|centre|center|hospital|ministry)",
    re.IGNORECASE,
)
_NOTE_LABEL = re.compile(r"\s*(?:[*＊†‡]+|作者(?:单位|單位)\s*[:：])\s*")
_LONG = 600  # characters that no paragraph on an author has, if its first words do not say that it is one
_ON_AUTHOR = re.compile(r"\s*[*＊]?\s*作者(?:单位|單位|简介|簡介)")
_WITH_OFFICE = re.compile(r"[^。.]{1,12}[，,][^。]{4,80}(?:教授|研究员|研究員|主任|院长|院長|讲师|講師|博士)")


@dataclass(slots=True)
class Found:
    """What an article's front matter comes to."""

    blocks: dict[str, Block] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """Front matter of every article, languages, page ranges, and the journal."""
    blocks = dict(document.blocks)
    articles: list[Article] = []
    edits: list[Edit] = []
    remarks: list[Remark] = []
    habits, lists = find_habits(document), name_lists(document)
    pages = [mark for mark in document.marks if mark.tag == "pb"]
    starts = [mark.start for mark in pages]
    for article in document.articles:
        if not article.seq:
            articles.append(article)
            continue
        found = Found({name: blocks[name] for name in article.blocks})
        lang = language_of(_body_text(document, found))
        _read_fields(document, found, lang)
        names = split_titles(document, evidence, found.blocks, list(article.blocks), habits, lang)
        _read_authors(document, evidence, found, names, starts, lists)
        blocks.update(found.blocks)
        edits += found.edits
        remarks += found.remarks
        kind = _kind_of(article, found, names)
        articles.append(replace(article, blocks=tuple(names), lang=lang, authors=tuple(found.authors), kind=kind))
    return Changes(
        edits=tuple(edits),
        blocks=tuple(blocks.values()),
        articles=tuple(_with_pages(pages, starts, blocks, article) for article in articles),
        journal=find_journal(document),
        remarks=tuple(remarks),
    )


def _body_text(document: Document, found: Found) -> str:
    texts: list[str] = []
    size = 0
    for block in found.blocks.values():
        if block.kind in ("p", "head", "item", "quote") and size < 8000:
            texts.append(read(document, block.spans).text)
            size += len(texts[-1])
    return "\n".join(texts)


def _read_fields(document: Document, found: Found, lang: str) -> None:
    """Blocks that labels introduce get their kind; front matter far from any title becomes running text."""
    texts = {
        name: read(document, block.spans)
        for name, block in found.blocks.items()
        if block.kind in ("abstract", "p", "dateline")
    }
    last_title = max((b.start for b in found.blocks.values() if b.kind in ("title", "byline", "alt-title")), default=-1)
    previous = ""
    for name, block in sorted(found.blocks.items(), key=lambda pair: pair[1].start):
        if name not in texts:
            previous = "" if block.kind in ("head", "p") else previous
            continue
        reading = texts[name]
        kind, label_end = _field_of(reading.text, block.kind)
        if kind:
            own = language_of(reading.text[label_end:])
            changed = replace(
                block, kind=kind, rule=FIELD, certainty=FIELD.certainty, type="", lang="" if own == lang else own
            )
            found.blocks[name] = changed
            if label_end and kind not in ("editor", "dateline"):
                found.edits += reading.edit_head(label_end, "", LABEL_OF_FIELD)
            previous = kind
        elif block.kind == "abstract":
            kind = _unlabelled(block, previous, last_title, reading.text)
            rule = NOT_FRONT if kind == "p" else block.rule
            found.blocks[name] = replace(block, kind=kind, rule=rule, type="")
            previous = kind if kind != "p" else ""
        else:
            previous = ""


def _field_of(text: str, kind: str) -> tuple[str, int]:
    """Kind of front matter a text begins like, and the end of its label; empty where it begins like none."""
    if not _FIELD_BEGINS.match(text):
        return "", 0
    if _FUNDING.match(text) and len(text) < 400:
        return "funding", 0
    for name, pattern in FIELDS:
        found = pattern.match(text)
        if found is None:
            continue
        marked = text[:1] in "【[〔" or found.group().rstrip()[-1:] in ":：】]〕.—–-" or kind == "abstract"
        if marked and (found.end() < len(text) or kind == "abstract"):
            return name, found.end()
    return "", 0


def _unlabelled(block: Block, previous: str, last_title: int, text: str) -> str:
    if previous in ("abstract", "keywords"):
        return previous if previous == "abstract" or len(text) < 200 else "p"
    if last_title < 0 or block.start - last_title > 4000:
        return "p"
    return "abstract" if len(text) > 200 else "dateline"


def _read_authors(
    document: Document,
    evidence: Evidence,
    found: Found,
    names: list[str],
    pages: Sequence[int],
    lists: Sequence[Sequence[str]],
) -> None:
    """Authors from bylines, with affiliations from the lines around them and from notes.

    Below a title in another language those are named again who are named already.
    """
    ordered = sorted((found.blocks[name] for name in names), key=lambda block: block.start)
    named = [block for block in ordered if block.kind in ("byline", "affiliation", "alt-title")]
    texts = _texts_of_bylines(document, named, lists)
    count = sum(len(names_in(text)) for text in texts.values() if is_name_like(text))
    authors: list[tuple[str, str, str, str]] = []  # name, affiliation, keys, block id
    affiliations: list[Affiliation] = []
    addresses: list[tuple[str, int]] = []
    for block in named:
        if block.kind == "alt-title":
            if authors:
                break
        elif block.kind == "byline":
            text = texts[block.id]
            if not text:
                continue
            if not is_name_like(text) and block.type != SIGNED:
                _reconsider(document, found, block)
                continue
            authors += [(name, beside, keys, block.id) for name, beside, keys in names_in(text)]
            addresses += [(address, len(authors)) for address in mail_in(text)]
        else:
            addresses += [(address, len(authors)) for address in mail_in(read(document, block.spans).text)]
            affiliations += affiliations_in(document, evidence, block, len(authors), affiliations, count)
    ordered = _cut_author_lines(document, found, names, ordered, [name for name, *_ in authors])
    notes = _author_notes(document, found, ordered, [name for name, *_ in authors], pages)
    emails = whose(addresses, [name for name, *_ in authors])
    for at, (name, beside, keys, block_id) in enumerate(authors):
        own = (
            [beside]
            if beside
            else affiliations_of(at, keys, affiliations, len(authors)) or _from_notes(name, keys, notes, len(authors))
        )
        found.authors.append(Author(name, "", tuple(own), (block_id,), emails[at]))
    found.authors[:] = _once(found.authors)


def _texts_of_bylines(document: Document, named: Sequence[Block], lists: Sequence[Sequence[str]]) -> dict[str, str]:
    """The texts of bylines by block; of lists that were torn, the first has all names and the others nothing.

    Names with nothing between are set apart where one of the `lists` of running heads has them.
    """
    texts: dict[str, str] = {}
    for kind, group in groupby(named, lambda block: block.kind):
        blocks = list(group) if kind == "byline" else []
        rows = [read(document, (span,)).text for block in blocks for span in line_spans(document, block.spans)]
        texts |= {block.id: with_separators(read(document, block.spans).text, lists) for block in blocks}
        if is_torn(rows) or any(map(keys_alone, rows[1:])):
            whole = in_order(rows) if is_torn(rows) else " ".join(rows)
            texts |= {block.id: "" for block in blocks} | {blocks[0].id: whole}
    return texts


def _once(authors: Sequence[Author]) -> list[Author]:
    """Authors who are named twice, above the text and below it, once: with the affiliations found first."""
    found: dict[str, Author] = {}
    for author in authors:
        before = found.setdefault(author.name.casefold(), author)
        if before is not author:
            found[author.name.casefold()] = replace(
                before,
                affiliations=before.affiliations or author.affiliations,
                emails=before.emails or author.emails,
                blocks=tuple(dict.fromkeys((*before.blocks, *author.blocks))),
            )
    return list(found.values())


def _reconsider(document: Document, found: Found, block: Block) -> None:
    """A byline that holds no names: a subtitle if it stands below the title and says nothing of where it appeared."""
    titled = [other for other in found.blocks.values() if other.kind == "title" and other.start < block.start]
    subtitled = any(other.kind == "subtitle" for other in found.blocks.values())
    text = document.source.text[block.start : block.end]
    kind = "dateline" if subtitled or not titled or is_publication(text) else "subtitle"
    found.blocks[block.id] = replace(block, kind=kind, rule=SUBTITLE)


def _cut_author_lines(
    document: Document, found: Found, names: list[str], ordered: Sequence[Block], authors: Sequence[str]
) -> list[Block]:
    """A last line of the text that is an author's name and affiliation is cut off as a note on the author."""
    out = list(ordered)
    bodies = [block for block in ordered if block.kind == "p"]
    for block in bodies[-1:]:
        lines = line_spans(document, block.spans)
        for start, end in lines[1:]:
            if _names_affiliation(document.source.text[start:end], authors):
                above = max(line[1] for line in lines if line[1] <= start)
                kept = tuple((left, min(right, above)) for left, right in block.spans if left < above)
                cut = tuple((max(left, start), right) for left, right in block.spans if right > start)
                note = Block(f"{block.id}a", "p", cut, AUTHOR_NOTE, AUTHOR_NOTE.certainty)
                found.blocks[block.id] = replace(block, spans=kept)
                found.blocks[note.id] = note
                names.append(note.id)
                out[out.index(block)] = found.blocks[block.id]
                out.append(note)
                break
    return out


def _author_notes(
    document: Document, found: Found, ordered: Sequence[Block], names: list[str], pages: Sequence[int]
) -> list[tuple[str, str]]:
    """Notes on authors as (label, text); they are marked so."""
    last = max((block.end for block in ordered if block.kind == "byline"), default=None)
    starred = last is not None and any(
        re.search(r"[*＊†]", read(document, b.spans).text) for b in ordered if b.kind in ("byline", "title")
    )
    folded = tuple(name.casefold() for name in names if len(name) > 1)
    longest = max(map(len, folded), default=0)
    out: list[tuple[str, str]] = []

    def near(block: Block) -> bool:
        """Whether a note stands on the page of the bylines."""
        return last is not None and bisect_right(pages, block.start) == bisect_right(pages, last - 1)

    for block in ordered:
        if block.kind not in ("note", "p"):
            continue
        text = read(document, block.spans).text
        on_author = _ON_AUTHOR.match(text) is not None
        if block.kind == "p" and len(text) >= _LONG and not on_author:
            continue
        label_end = _NOTE_LABEL.match(text)
        body = text[label_end.end() :] if label_end else text
        named = body[:longest].casefold().startswith(folded)
        label = block.n if block.kind == "note" and block.n[:1] in ("*", "＊", "†") else ""
        is_note = block.kind == "note" and ((label and starred and near(block) and len(out) < len(names)) or named)
        is_note |= on_author
        is_note |= block.kind == "p" and len(text) < 300 and _names_affiliation(body, names)
        is_note |= block.kind == "p" and named and len(text) < _LONG and bool(_WITH_OFFICE.match(body))
        if is_note:
            found.blocks[block.id] = replace(block, kind="note", type="author", rule=AUTHOR_NOTE, n=label)
            out.append((label, body))
    return out


def _names_affiliation(text: str, names: Sequence[str]) -> bool:
    """Whether a text is an author's name and, behind a comma, where he or she works."""
    return any(text.startswith(name) and _AFFILIATED.match(text[len(name) :]) for name in names)


def _from_notes(name: str, keys: str, notes: Sequence[tuple[str, str]], authors: int) -> list[str]:
    """What the note says that names the author or bears the author's own marker."""
    for label, text in notes:
        named = text.casefold().startswith(name.casefold())
        if named or authors == 1 or (label and label == keys.strip()):
            said = affiliation_in_note(text, [name])
            return [said] if said else []
    return []


def _kind_of(article: Article, found: Found, names: Sequence[str]) -> str:
    """`news` for many short items under heads without an author; `about` for a page without author and heads."""
    if found.authors:
        return "article"
    heads = sum(1 for name in names if found.blocks[name].kind == "head")
    paragraphs = sum(1 for name in names if found.blocks[name].kind == "p")
    if article.rule.id == "whole-source":
        return "article"
    return "news" if heads >= 3 and paragraphs <= heads * 6 else "about" if not heads else "article"


def _with_pages(
    pages: Sequence[Mark], starts: Sequence[int], blocks: dict[str, Block], article: Article
) -> Article:  # fmt: skip
    body = [blocks[name] for name in article.blocks if blocks[name].kind in ("p", "head", "item", "quote")]
    if not pages or not body or not article.seq:
        return article
    first, last = min(block.start for block in body), max(block.spans[-1][1] for block in body)
    before, within = bisect_right(starts, first), bisect_left(starts, last)
    return replace(
        article, page_first=pages[before - 1].n if before else "", page_last=pages[within - 1].n if within else ""
    )

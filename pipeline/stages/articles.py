"""Stage 4: where articles begin and end, and the order of their blocks.

A title group (title, byline, affiliations, an author's note, in any order) opens an article.  It may stand
above the article's first page or, displaced, at the foot of it: then the article begins at the top of that
page.  Several voters decide whether a group is one (byline, top of a page, contents page, running heads,
front matter); a group that is none becomes a head.  A second title with nothing but front matter behind it is
the article's own title in another language.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from ..evidence import Evidence
from ..model import Article, Block, Changes, Document, Remark, Rule
from ..options import Options
from .colophons import set_aside_colophon
from .layout import CONTINUED
from .name_lists import names_elsewhere
from .patterns import SIGNS
from .signatures import NAMED, SIGNED, sign
from .title_blocks import STOPS, TITLE_GROUP, absorb_heads, cut_names, cut_titles
from .title_company import COMPANY, count_addresses, count_company, count_numbers, form_of
from .title_lines import set_rubrics_aside
from .title_votes import INTERRUPTING_TITLE, Poll, is_chinese

DISPLACED_TITLE = Rule("displaced-title-group", "kept", 88, "A title group stands behind its article's first page.")
WHOLE_SOURCE = Rule("whole-source", "kept", 75, "The source is one article without a title group.")
SECOND_TITLE = Rule("second-title", "kept", 85, "The article's title again in another language.")
TITLE_AS_HEAD = Rule("title-like-head", "kept", 70, "A line like a title that opens no article.")
ADVERTISEMENT = Rule(
    "advertisement", "kept", 70, "A title with a few words below, between articles, that nobody signs."
)
MATTER = Rule("matter-of-no-article", "kept", 85, "Text before the first article or behind the last.")

_AFFILIATION = next(row.regex for row in SIGNS if row.name == "affiliation")

_THESIS = re.compile(
    r"\b(?:thesis|dissertation|inaugural|habilitation\w*|doktorgrad\w*|vorgelegt|submitted|thèse|mémoire|tesis|soutenue)\b|[学學]位[论論]文|[硕碩博]士",
    re.IGNORECASE,
)
CHAPTERS = 3  # titles without an author behind a title page
_GROUP = ("title", "byline", "affiliation")
_BODY = ("p", "head", "table", "caption", "quote", "item", "formula")
UNTITLED = 600  # characters of running text that make an article even without a title
# Certainty of text that was taken for a name or an institution: hardly one in twenty begins a paragraph (bench/RESULTS.md).
_DEMOTED = 5
BARE = 80  # characters below a title that are no article
OPENING = 12  # blocks among which the first title group is believed whatever speaks against it
ACCEPTED = 4  # votes that make a title group an article


_start = attrgetter("start")


@dataclass(slots=True)
class Group:
    """A title group: its blocks, the page it stands on, the votes for it, and where its article begins."""

    blocks: list[Block]
    page: int
    votes: int = 0
    begins: int = 0
    displaced: bool = False
    seconds: list[Block] = field(default_factory=list)


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """Articles with their blocks, and blocks whose kind this decides."""
    order = sorted((block for block in document.blocks.values() if block.kind != "fw"), key=lambda block: block.start)
    if not order:
        return Changes()
    page_starts = [mark.start for mark in document.marks if mark.tag == "pb"]
    order = set_aside_colophon(document, order)
    order = cut_titles(document, evidence, order)
    order = cut_names(document, evidence, order)
    order = sign(document, order)
    order = _raise_interrupting_heads(document, evidence, order, page_starts)
    order = absorb_heads(document, order, page_starts)
    order, rubrics = set_rubrics_aside(document, evidence, order)
    groups = _groups(document, order, page_starts)
    _count_votes(document, order, rubrics, groups, page_starts)
    groups, order = _set_aside_advertisements(document, groups, order)
    groups, chapters = _split_chapters(document, groups, order)
    groups, second = _split_seconds(groups, order)
    opened = [group for group in groups if group.votes >= ACCEPTED]
    elsewhere = names_elsewhere(document, order, [group.blocks for group in opened])
    demoted = [block for group in groups if group.votes < ACCEPTED for block in group.blocks]
    demoted += [block for group in chapters for block in group.blocks]
    demoted = [block for block in demoted if block.id not in elsewhere]
    changed = {block.id: block for group in opened for block in group.blocks}
    changed |= {block.id: _demote(block) for block in demoted}
    changed |= {
        block.id: replace(block, kind="alt-title", rule=SECOND_TITLE) for block in second if block.kind == "title"
    }
    taken = {block.id for group in opened for block in group.blocks} | {block.id for block in second} | elsewhere
    order = [changed.get(block.id, block) for block in order]
    taken |= {block.id for block in order if block.type == SIGNED}
    order = _demote_others(document, order, taken)
    opened = _with_untitled(document, order, opened)
    articles, blocks = _deal(document, order, opened)
    forme = [block for block in document.blocks.values() if block.kind == "fw"]
    remarks = tuple(
        Remark(
            block.start, block.end, TITLE_AS_HEAD.id, TITLE_AS_HEAD.certainty, "looks like a title, opens no article"
        )
        for block in demoted
        if block.kind == "title"
    )
    return Changes(blocks=(*forme, *rubrics, *blocks), articles=articles, remarks=remarks)


def _count_votes(
    document: Document,
    order: Sequence[Block],
    rubrics: Sequence[Block],
    groups: Sequence[Group],
    page_starts: Sequence[int],
) -> None:
    """Place every group, and give it the votes of its own lines, of the other groups, and of those made like it."""
    poll = Poll(document, order, len(groups))
    for at, group in enumerate(groups):
        _place(group, order, page_starts)
        at_top = not _body_between(order, _page_start(group, page_starts), group.blocks[0].start)
        votes = poll.count(group.blocks, group.begins, at_top=at_top or group.displaced)
        is_opening = not at and group.blocks[0].start <= order[min(len(order) - 1, OPENING)].start
        group.votes = max(votes, ACCEPTED) if is_opening else votes
    blocks_of_groups = [group.blocks for group in groups]
    company = count_company(document, blocks_of_groups)
    counted = count_numbers(document, rubrics, blocks_of_groups)
    addressed = count_addresses(document, blocks_of_groups)
    for group, *votes_of_others in zip(groups, company, counted, addressed, strict=True):
        group.votes += sum(votes_of_others)
    forms = Counter(form_of(group.blocks) for group in groups if group.votes >= ACCEPTED)
    for group in groups:
        form = form_of(group.blocks)
        if form == "t":  # the first group is believed without many votes
            is_like_others = forms[form] > COMPANY and poll.is_sure(group.blocks)
        else:
            is_like_others = form in forms and poll.is_named(group.blocks)
        group.votes += 2 * is_like_others


def _raise_interrupting_heads(
    document: Document, evidence: Evidence, order: Sequence[Block], page_starts: Sequence[int]
) -> list[Block]:
    """A head or title set apart at the very foot of a page, in the middle of a sentence, is a title put there.

    One that stands close below the text is a line of it.
    """
    out = list(order)
    for at, block in enumerate(order):
        if block.kind not in ("head", "title") or block.n or not at or at + 1 == len(order):
            continue
        page = bisect_right(page_starts, block.start)
        before, behind = order[at - 1], order[at + 1]
        same_page = bisect_right(page_starts, before.start) == page
        is_last = bisect_right(page_starts, behind.start) > page
        if (
            same_page
            and is_last
            and before.kind == "p"
            and behind.kind == "p"
            and not _ends_sentence(_text(document, before))
        ):
            line = evidence.line_at(block.start)
            apart = evidence.is_apart(line)
            if not apart:
                out[at] = replace(block, kind="p", type=CONTINUED)
                continue
            out[at] = replace(block, kind="title", rule=INTERRUPTING_TITLE, certainty=INTERRUPTING_TITLE.certainty)
    return out


def _text(document: Document, block: Block) -> str:
    return document.source.text[block.start : block.end].rstrip()


def _ends_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in STOPS


def _groups(document: Document, order: Sequence[Block], page_starts: Sequence[int]) -> list[Group]:
    """Runs of title, byline and affiliation blocks (notes and front matter between them allowed) on one page."""
    groups: list[Group] = []
    open_group: Group | None = None
    for block in order:
        page = bisect_right(page_starts, block.start) - 1
        if block.type == SIGNED:
            open_group = None
        elif block.kind in _GROUP:
            if open_group is None or open_group.page != page:
                open_group = Group([], page)
                groups.append(open_group)
            open_group.blocks.append(_fitting(document, open_group, block))
        elif block.kind not in ("note", "abstract", "matter"):
            open_group = None
    for group in groups:
        group.blocks = _mend_above_byline(document, group.blocks)
    return [group for group in groups if any(block.kind == "title" for block in group.blocks)]


def _mend_above_byline(document: Document, blocks: list[Block]) -> list[Block]:
    """Lines between a title and the first byline that name no institution are lines of the title."""
    first = next((at for at, block in enumerate(blocks) if block.kind == "byline"), 0)
    if blocks[0].kind != "title":
        return blocks
    return [
        replace(block, kind="title", certainty=max(block.certainty, blocks[0].certainty))
        if at < first and block.kind == "affiliation" and not _AFFILIATION.match(_text(document, block))
        else block
        for at, block in enumerate(blocks)
    ]


def _fitting(document: Document, group: Group, block: Block) -> Block:
    """A title line behind the byline is an affiliation, unless it is in another script than the title."""
    titles = [other for other in group.blocks if other.kind == "title"]
    if block.kind != "title" or not titles or group.blocks[-1].kind == "title":
        return block
    if is_chinese(document, titles[0]) != is_chinese(document, block):
        return block
    return replace(block, kind="affiliation")


def _place(group: Group, order: Sequence[Block], page_starts: Sequence[int]) -> None:
    """Where the group's article begins: at the group, or at the top of its page if nothing follows there."""
    page_end = page_starts[group.page + 1] if group.page + 1 < len(page_starts) else 1 << 62
    first, last = group.blocks[0].start, group.blocks[-1].end
    above = _body_between(order, _page_start(group, page_starts), first)
    below = _body_between(order, last, page_end)
    group.displaced = bool(above) and not below and len(page_starts) > 1
    group.begins = above[0].start if group.displaced else first


def _page_start(group: Group, page_starts: Sequence[int]) -> int:
    return page_starts[group.page] if group.page >= 0 else 0


def _body_between(order: Sequence[Block], start: int, end: int) -> list[Block]:
    """Running text that begins in [start, end)."""
    first = bisect_left(order, start, key=_start)
    return [block for block in order[first : bisect_left(order, end, key=_start)] if block.kind in _BODY]


def _set_aside_advertisements(
    document: Document, groups: list[Group], order: list[Block]
) -> tuple[list[Group], list[Block]]:
    """Without the groups, and what stands below them, that are advertisements: between others, a few words without a
    full stop below, and nobody named behind the title."""
    aside: set[str] = set()
    kept = groups[:1]
    for at, group in enumerate(groups[1:], 2):
        body = _body_between(order, group.blocks[-1].end, groups[at].begins if at < len(groups) else 1 << 62)
        texts = [_text(document, block) for block in body]
        is_bare = 0 < sum(map(len, texts)) < BARE and not any(map(_ends_sentence, texts))
        if is_bare and not group.displaced and group.blocks[-1].kind == "title":
            aside.update(block.id for block in (*group.blocks, *body))
        else:
            kept.append(group)
    if not aside:
        return groups, order
    return kept, [_as_advertisement(block) if block.id in aside else block for block in order]


def _as_advertisement(block: Block) -> Block:
    certainty = min(block.certainty, ADVERTISEMENT.certainty)
    return replace(block, kind="matter", type="advertisement", n="", rule=ADVERTISEMENT, certainty=certainty)


def _split_chapters(document: Document, groups: list[Group], order: Sequence[Block]) -> tuple[list[Group], list[Group]]:
    """The groups that can open articles, and those that are chapters of the one work with a title page.

    A title page names an author and has no text below; it says that the work is a thesis, or several titles
    without any author follow.
    """
    first, others = groups[:1], groups[1:]
    if not others or not _are_named(first) or _are_named(others) or others[0].page == first[0].page:
        return groups, []
    if _body_between(order, first[0].blocks[-1].end, others[0].begins):
        return groups, []
    page = " ".join(_text(document, block) for block in order if block.start < others[0].begins)
    is_thesis = _THESIS.search(page) is not None
    return (first, others) if is_thesis or len(others) >= CHAPTERS else (groups, [])


def _are_named(groups: Sequence[Group]) -> bool:
    """Whether one of the groups has a byline."""
    return any(block.kind == "byline" for group in groups for block in group.blocks)


def _split_seconds(groups: list[Group], order: Sequence[Block]) -> tuple[list[Group], list[Block]]:
    """Groups that open articles, and the blocks of groups that give an article's title in another language.

    Such a group has no body before the next one, and an article before it that has.
    """
    kept: list[Group] = []
    second: list[Block] = []
    for at, group in enumerate(groups):
        end = groups[at + 1].begins if at + 1 < len(groups) else 1 << 62
        body = _body_between(order, group.blocks[-1].end, end)
        if not body and not group.displaced:
            second += group.blocks if kept else []
        else:
            kept.append(group)
    return kept or groups[:1], second  # the source may be front matter alone


def _with_untitled(document: Document, order: Sequence[Block], groups: list[Group]) -> list[Group]:
    """Much running text before the first title group is an article whose title was not found."""
    if not groups:
        return groups
    before = [b for b in order if b.start < groups[0].begins and b.kind in ("p", "head", "quote", "item")]
    if sum(b.end - b.start for b in before) < UNTITLED:
        return groups
    return [Group([], -1, 0, before[0].start), *groups]


def _demote_others(document: Document, order: Sequence[Block], taken: Collection[str]) -> list[Block]:
    """Names and institutions outside of title groups are text; what a line breaks off goes on in the next."""
    out: list[Block] = []
    for at, block in enumerate(order):
        if block.kind not in NAMED or block.id in taken:
            out.append(block)
            continue
        above = order[at - 1] if at else block
        goes_on = (
            block.kind == "affiliation"
            and above.kind in NAMED
            and above.id not in taken
            and document.source.text[above.end : block.start].strip(" \r") == "\n"
            and not _ends_sentence(_text(document, above))
        )
        out.append(replace(_demote(block), type=CONTINUED if goes_on else ""))
    return out


def _demote(block: Block) -> Block:
    if block.kind == "title":
        return replace(block, kind="head", rule=TITLE_AS_HEAD, certainty=TITLE_AS_HEAD.certainty)
    return replace(block, kind="p", type="", certainty=min(block.certainty, _DEMOTED))


def _deal(
    document: Document, order: Sequence[Block], groups: Sequence[Group]
) -> tuple[tuple[Article, ...], list[Block]]:
    """Every block to its article; what stands before the first is matter."""
    begins = [group.begins for group in groups]
    dealt: dict[int, list[Block]] = {at: [] for at in range(-1, len(groups))}
    blocks: list[Block] = []
    for block in order:
        at = bisect_right(begins, block.start) - 1
        at = 0 if not groups else at
        if groups and at >= 0 and block.start == begins[at] and block.type == CONTINUED:
            block = replace(block, type="")
        block = _as_matter(block) if (at < 0 and groups) or block.kind == "matter" else block
        dealt.setdefault(-1 if block.kind == "matter" else at, []).append(block)
        blocks.append(block)
    articles: list[Article] = []
    if dealt[-1]:
        articles.append(Article(0, "matter", tuple(b.id for b in dealt[-1]), MATTER, MATTER.certainty))
    for at in range(max(1, len(groups))):
        mine = dealt.get(at, [])
        if not mine:
            continue
        group = groups[at] if groups else None
        rule = (
            WHOLE_SOURCE if group is None or not group.blocks else DISPLACED_TITLE if group.displaced else TITLE_GROUP
        )
        certainty = rule.certainty if group is None else min(99, 60 + 6 * group.votes)
        names = tuple(block.id for block in in_reading_order(mine))
        articles.append(Article(len(articles) + (0 if dealt[-1] else 1), "article", names, rule, certainty))
    return tuple(articles), blocks


def _as_matter(block: Block) -> Block:
    if block.kind == "matter":
        return block
    return replace(block, kind="matter", type="cover", rule=MATTER, certainty=min(block.certainty, MATTER.certainty))


_ORDER = {
    "title": 0,
    "subtitle": 1,
    "alt-title": 2,
    "byline": 3,
    "affiliation": 4,
    "abstract": 5,
    "keywords": 6,
    "note": 9,
}


def in_reading_order(blocks: Iterable[Block]) -> list[Block]:
    """Front matter, body in the order of the witness, notes."""
    return sorted(blocks, key=lambda block: (_ORDER.get(block.kind, 8), block.start))

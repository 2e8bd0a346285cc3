"""Documents made by hand: the witness is written block by block, with marks and edits in braces.

{pb 17}  {pb ?18}  {pb}         page breaks: printed, inferred, without a number
{ref [1]>n1}  {ref [1]}         a note marker, to a note block; an orphan
{url shown>target}  {in en>x}   an address; a passage in another language
{edit old>new}  {hand old>new}  an emended stretch, by a stage or by hand; {cut x} drops, {join x>y} joins
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline.edition import Edition
from pipeline.model import Article, Author, Block, Changes, Document, Edit, Journal, Link, Mark, Remark, Rule, Source
from pipeline.options import Metadata, Options, Tei
from pipeline.rewrite import apply
from pipeline.validation import errors, validate
from pipeline.writers.tei import write

NS = {"t": "http://www.tei-c.org/ns/1.0"}
PLAIN = Options()
FULL = Options(tei=Tei(forme_work=True, choice=True))

FOUND = Rule("found", "kept", 90, "Found by the test.")
EMENDED = Rule("emended", "emended", 90, "Emended by the test.")
HAND = Rule("hand", "emended", 100, "Emended by hand.")
DROPPED = Rule("dropped", "dropped", 90, "Dropped by the test.")
JOINED = Rule("line-end", "joined", 90, "Joined by the test.")
EDITS = {"edit": EMENDED, "hand": HAND, "cut": DROPPED, "join": JOINED}
_BRACES = re.compile(r"\{(pb|ref|url|in|edit|hand|cut|join)(?: ([^{}]*))?\}")


class Draft:
    """Blocks are added in the order of the witness; articles list them in the order of reading."""

    def __init__(self, doc_id: str = "journal/2031-02") -> None:
        self.doc_id = doc_id
        self.text = ""
        self.blocks: dict[str, Block] = {}
        self.marks: list[Mark] = []
        self.edits: list[Edit] = []
        self.articles: list[Article] = []
        self.remarks: list[Remark] = []
        self.links: list[Link] = []
        self.journal = Journal()

    def add(self, name: str, kind: str, text: str, gap: str = "\n", **more: object) -> Draft:
        """A block, or one more span of a block that is there already; `gap` follows it in the witness."""
        start = len(self.text)
        at = 0
        for found in _BRACES.finditer(text):
            self.text += text[at : found.start()]
            self._mark(found[1], found[2] or "")
            at = found.end()
        self.text += text[at:]
        spans = ((start, len(self.text)),) if len(self.text) > start else ()
        if name in self.blocks:
            known = self.blocks[name]
            self.blocks[name] = Block(
                name, known.kind, known.spans + spans, FOUND, 90, known.level, known.n, known.type, known.lang
            )
        else:
            self.blocks[name] = Block(name, kind, spans, FOUND, 90, **more)  # type: ignore[arg-type]
        self.text += gap
        return self

    def article(self, seq: int, blocks: str, lang: str = "en", **more: object) -> Draft:
        """An article of these blocks (names with blanks between)."""
        kind = "article" if seq else "matter"
        self.articles.append(Article(seq, kind, tuple(blocks.split()), FOUND, 90, lang, **more))  # type: ignore[arg-type]
        return self

    def remark(self, message: str, rule: str = "doubt") -> Draft:
        """A remark at the end of what is written so far."""
        self.remarks.append(Remark(len(self.text) - 1, len(self.text), rule, 50, message))
        return self

    def document(self) -> Document:
        """The document, checked by `apply`."""
        document = Document(Source(self.doc_id, self.text, ()))
        return apply(
            document,
            Changes(
                tuple(self.edits),
                tuple(self.blocks.values()),
                tuple(sorted(self.marks)),
                tuple(self.articles),
                self.journal,
                tuple(self.links),
                tuple(self.remarks),
            ),
        )

    def _mark(self, tag: str, rest: str) -> None:
        shown, _, target = rest.partition(">")
        start = len(self.text)
        if tag == "pb":
            self.marks.append(Mark(start, start, "pb", FOUND, 90, shown.lstrip("?"), inferred=shown.startswith("?")))
            return
        if tag == "in":
            shown, target = target, shown
        self.text += shown
        if tag in EDITS:
            self.edits.append(Edit(start, len(self.text), target, EDITS[tag], 90))
        else:
            tag = "foreign" if tag == "in" else tag
            self.marks.append(Mark(start, len(self.text), tag, FOUND, 90, target=target))


def english() -> Draft:
    """An invented English issue: a displaced title, run-in and labelled heads, notes, a list, a table."""
    draft = Draft()
    draft.journal = Journal("Harbour Quarterly", "7", "2", "2031-02", "Lantern Press")
    draft.add("f1", "fw", "{pb 17}17", type="pageNum").add("f2", "fw", "Harbour Quarterly", type="header")
    draft.add("h0", "head", "I. Quays & tides", level=1)
    draft.add("p1", "p", "The old quay was re-{join \n>}built in stone,{ref [1]>n1} as the har", gap="\n")
    draft.add("n1", "note", "{cut 1 }See A. Mole, {in la>De portubus}, <1904>, {url http://exa mple.org/ä?q=1>http://example.org/ä?q=1}.",
              n="1", type="bottom")  # fmt: skip
    draft.add("t1", "title", "Stones and Sails{ref *>n2}").add("t2", "subtitle", "a harbour’s two lives")
    draft.add("b1", "byline", "Ada Mole{ref *>n2} and Ben Reed")
    draft.add("n2", "note", "Ada Mole teaches at the Tidal School.", n="*", type="author")
    draft.add("f3", "fw", "{pb ?18}Harbour Quarterly", type="header")
    draft.add("p1", "p", "bour grew.{ref [9]}")
    draft.add("h1", "head", "First life.", level=2, type="run-in").add(
        "p2", "p", "It was {edit teh>the} best of ports; {hand ist>its} ropes were new."
    )
    draft.add("i1", "item", "(1) ropes;").add("i2", "item", "{pb 19}(2) sails{ref [2]>n3}{ref [3]>n3}.")
    draft.add("q1", "quote", "“Water keeps no ledger.”").add("c1", "caption", "Table 1. Ships")
    draft.add("ta", "table", "year ships\n1901 4\n1902 7").add("fo", "formula", "a < b & c")
    draft.add("h2", "head", "II. Conclusion", level=1).add("p3", "p", "潮水不等人。", lang="zh-Hans")
    draft.add("ab", "abstract", "A port told twice.").add("az", "abstract", "一个港口的两种讲法。", lang="zh-Hans")
    draft.add("ke", "keywords", "harbour; sail; rope.").add("kz", "keywords", "港口；帆；绳索", lang="zh-Hans")
    draft.add("at", "alt-title", "石与帆", lang="zh-Hans").add("cl", "clc", "U65").add("dc", "doc-code", "A")
    draft.add("doi", "doi", "10.5555/quay.7").add("fu", "funding", "Funded by the Tide Fund.")
    draft.add("ed", "editor", "Editor: Cy Buoy").add("da", "dateline", "2031-01-30")
    draft.add("ln", "label", "{pb 20}Notes", type="notes")
    draft.add("n3", "note", "Ibid., {pb 21}p. 4.", n="2 3", type="end")
    draft.add("n4", "note", "Never cited.", n="4", type="end")
    draft.remark("no marker points to note 4", "note-without-marker").remark(
        "no note has this label", "marker-without-note"
    )
    draft.add("lr", "label", "References", type="references").add("r1", "bibl", "Mole, A. (1904). Ports.")
    draft.add("r2", "bibl", "{pb 22}Reed, B. (1911). Ropes.")
    draft.article(
        1,
        "t1 t2 at b1 ab az ke kz cl dc doi fu ed da h0 p1 h1 p2 i1 i2 q1 c1 ta fo h2 p3 n1 n2 ln n3 n4 lr r1 r2",
        authors=(
            Author("Ada Mole", "莫艾达", ("Tidal School", "Guild of Masons"), ("b1",)),
            Author("Ben Reed", "", (), ("b1",)),
        ),
        page_first="17",
        page_last="22",
    )
    draft.add("m1", "matter", "{pb 23}Advertise here.", type="advertisement").add(
        "m2", "matter", "Printed in town.", type="colophon"
    )
    draft.add("m3", "matter", "A stray line.")
    draft.article(0, "m1 m2 m3")
    return draft


def bilingual() -> Draft:
    """Two short articles that say the same, linked."""
    draft = Draft("issue")
    draft.add("t1", "title", "{pb 1}The Bridge").add("p1", "p", "It stands.{ref ①>n1}").add(
        "n1", "note", "So it is said.", n="①"
    )
    draft.add("t2", "title", "桥").add("y2", "byline", "王  河")
    draft.add("h2", "head", "{pb 2}一、旧桥", level=1).add("p2", "p", "它还在，{edit 影,>影，}看得见{ref ①>n2}。")
    draft.add("n2", "note", "传说如此。", n="①").add("e2", "editor", "责编/李 岸")
    draft.article(1, "t1 p1 n1").article(2, "t2 y2 e2 h2 p2 n2", "zh-Hans", authors=(Author("王河", "", (), ("y2",)),))
    draft.links = [
        Link("article", "a01", "a02", 90),
        Link("paragraph", "p1", "p2", 80),
        Link("paragraph", "p1", "e2", 10),
    ]
    return draft


def written(draft: Draft, options: Options = PLAIN, metadata: Metadata | None = None) -> dict[str, bytes]:
    return write(Edition(draft.document(), choice=options.tei.choice), options, metadata)


def tree(
    draft: Draft, options: Options = PLAIN, name: str = "a01.xml", metadata: Metadata | None = None
) -> etree._Element:
    """One file, after all of them were found valid."""
    files = written(draft, options, metadata)
    assert errors(validate(files)) == []
    return etree.fromstring(files[name])


def one(draft: Draft, options: Options = PLAIN, lang: str = "en", **more: object) -> etree._Element:
    """The only article of a draft that lists its blocks in the order of the witness."""
    draft.article(1, " ".join(name for name, block in draft.blocks.items() if block.kind != "fw"), lang, **more)
    return tree(draft, options)


def source_of(root: etree._Element, path: str) -> str:
    """The markup of the first element found, without the namespace."""
    found = root.find(path, NS)
    assert found is not None, path
    text = etree.tostring(found, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", text)

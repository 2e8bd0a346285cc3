"""The collation against the clean text: its rows, put together, read what the tables say."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document, Finding


def rebuild(document: Document) -> Iterator[Finding]:
    """The text of every block from its rows; `block_start` must be where each row's reading begins."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    markers: list[tuple[int, str, int]] = []
    columns = ("tag", "raw", "reading", "block_id", "block_start")
    for index, (tag, raw, reading, block, at) in enumerate(document["collation"].rows(*columns)):
        if block is None or at is None:
            if block is not None or at is not None or (raw if reading is None else reading):
                yield document.finding("collation", index, "text that is kept must have a block_id and a block_start")
        elif tag == "ref":
            markers.append((index, block, at))
        else:
            found.setdefault(block, []).append((at, index, (raw or "") if reading is None else reading))
    for block, pieces in found.items():
        pieces.sort(key=lambda piece: (piece[0], len(piece[2]) > 0, piece[1]))  # what is left out may stand elsewhere
        place = 0
        for at, index, text in pieces:
            if at != place:
                yield document.finding("collation", index, f"block_start is {at}, the text before it ends at {place}")
                break
            place += len(text)
        document.blocks[block] = "".join(text for _, _, text in pieces)
    for index, block, at in markers:
        if not 0 <= at <= len(document.blocks.setdefault(block, "")):
            yield document.finding("collation", index, f"a marker stands at {at}, outside the text of {block}")


def check_texts(document: Document) -> Iterator[Finding]:
    """What the tables say a block reads is what the collation gives."""
    for table, key in (("paragraphs", "paragraph_id"), ("notes", "note_id")):
        for index, (name, text) in enumerate(document[table].rows(key, "text")):
            if document.blocks.get(name, "") != text:
                yield document.finding(table, index, _differs(name, document.blocks.get(name, ""), text))
    for index, (name, label, title) in enumerate(document["sections"].rows("section_id", "label", "title")):
        text = document.blocks.get(name, "")
        if _head_end(text, 0, label, title) != len(text):
            yield document.finding("sections", index, _differs(name, text, f"{label or ''}{title}"))
    if sum(seq > 0 for seq in document["articles"]["seq"]) == 1:
        return  # a sidecar may give the only article another title than the one that stands in the text
    for column in ("title", "subtitle"):
        for index, (name, text) in enumerate(document["articles"].rows("article_id", column)):
            built = document.blocks.get(f"{name}/{column}")
            if built is not None and built != (text or ""):
                yield document.finding("articles", index, _differs(f"{name}/{column}", built, text or ""))


def check_sentences(document: Document) -> Iterator[Finding]:
    """The sentences of a paragraph follow each other, read as it does, and leave out only blanks."""
    texts = dict(document["paragraphs"].rows("paragraph_id", "text"))
    places = dict.fromkeys(texts, (0, 0))
    columns = ("sentence_id", "paragraph_id", "seq", "start", "end", "text")
    for index, (name, paragraph, seq, start, end, text) in enumerate(document["sentences"].rows(*columns)):
        number, place = places.get(paragraph, (0, 0))
        whole = texts.get(paragraph, "")
        if name != f"{paragraph}/u{seq:04}" or seq != number + 1 or whole[place:start].strip():
            yield document.finding("sentences", index, f"{name} does not follow sentence {number} of {paragraph}")
        elif not place <= start < end or whole[start:end] != text:
            yield document.finding("sentences", index, f"{name} is not [{start}, {end}) of {paragraph}")
        places[paragraph] = seq, end
    for index, (name, text) in enumerate(document["paragraphs"].rows("paragraph_id", "text")):
        if text[places[name][1] :].strip():
            yield document.finding("paragraphs", index, f"the sentences of {name} end at {places[name][1]}")


def _differs(name: str, built: str, text: str) -> str:
    at = next((at for at, (left, right) in enumerate(zip(built, text, strict=False)) if left != right), None)
    at = min(len(built), len(text)) if at is None else at
    return f"{name}: at {at} the collation reads {built[at : at + 30]!r}, the table {text[at : at + 30]!r}"


def _head_end(text: str, at: int, label: str | None, title: str) -> int:
    """Where a head that stands at `at` of a text ends, -1 if it does not stand there."""
    if label:
        if not text.startswith(label, at):
            return -1
        at += len(label)
        while at < len(text) and text[at].isspace() and not text.startswith(title, at):
            at += 1
    return at + len(title) if text.startswith(title, at) else -1


def check_article_texts(document: Document) -> Iterator[Finding]:
    """An article's text is its heads and paragraphs, in order; those without an article are found by their ids."""
    parts: dict[str, list[tuple[int, str | None, str]]] = {}
    for article, seq, label, title in document["sections"].rows("article_id", "seq", "label", "title"):
        parts.setdefault(article, []).append((seq, label, title))
    for article, seq, kind, text in document["paragraphs"].rows("article_id", "seq", "kind", "text"):
        if kind != "bibl":
            parts.setdefault(article, []).append((seq, None, text))
    columns = ("article_id", "text", "n_chars", "seq")
    number = -1
    for index, (name, text, n_chars, seq) in enumerate(document["articles"].rows(*columns)):
        at = 0
        for count, (_, label, part) in enumerate(sorted(parts.get(name, []), key=lambda part: part[0])):
            if count:
                at = at + 2 if at >= 0 and text.startswith("\n\n", at) else -1
            at = _head_end(text, at, label, part) if at >= 0 else -1
        if at != len(text) or n_chars != len(text):
            yield document.finding("articles", index, f"{name}: text is not its heads and paragraphs in order")
        if seq <= number:
            yield document.finding("articles", index, f"{name}: seq {seq} comes after {number}")
        number = seq

"""How often the encoding of a text is found, by language, encoding and length.

A sample counts as right where the decoded text is the text that was encoded, whatever the codec is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from pipeline.readers.detection import detect
from pipeline.readers.encodings import decode
from pipeline.readers.text import read

from .windows import windows

LENGTHS = (40, 80, 120, 200, 400, 1000)
ENCODINGS = {
    "hans": ("gb18030", "gbk", "utf-8", "utf-16-le", "utf-16-be", "utf-32-le"),
    "hant": ("big5", "big5hkscs", "gbk", "utf-8", "utf-16-le", "utf-16-be"),
    "en": ("cp1252", "latin-1", "utf-8", "utf-16-le"),
    "fr": ("cp1252", "latin-1", "utf-8", "utf-16-be"),
    "de": ("cp1252", "latin-1", "utf-8", "utf-16-le"),
}
# Characters of written Cantonese: several of them stand in Big5 only with the additions of Hong Kong.
_CANTONESE = str.maketrans("的是在不了來他們這些", "嘅係喺唔咗嚟佢哋呢啲")


def samples(language: str, codec: str, texts: Sequence[str], size: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Windows of this size that the codec can hold, with their bytes.

    A character it cannot hold is left out, if they are few; `size` counts what remains, within a twentieth.
    """
    for text in windows(texts, size, count, seed=size):
        if codec == "big5hkscs":
            text = text.translate(_CANTONESE)
        data = text.encode(codec, "ignore")
        kept = data.decode(codec)
        if len(kept) * 20 >= len(text) * 19 and not kept.isascii():
            yield kept, data


def measure(texts: Mapping[str, Sequence[str]], count: int) -> Counter[tuple[str, str, int, bool]]:
    """How many samples of (language, encoding, length) were read rightly or wrongly."""
    found: Counter[tuple[str, str, int, bool]] = Counter()
    for language, codecs in ENCODINGS.items():
        for codec in codecs:
            for size in LENGTHS:
                for text, data in samples(language, codec, texts[language], size, count):
                    found[language, codec, size, decode(data, detect(data).codec).text == text] += 1
    return found


def table(found: Mapping[tuple[str, str, int, bool], int]) -> Iterator[str]:
    """The shares as a table in Markdown, one row an encoding, one column a length."""
    yield "| text | encoding | samples | " + " | ".join(map(str, LENGTHS)) + " |"
    yield "| --- " * (len(LENGTHS) + 3) + "|"
    rows = [(language, codec) for language, codecs in ENCODINGS.items() for codec in codecs]
    for keys in [*((row,) for row in rows), tuple(rows)]:
        right = [sum(found[(*key, size, True)] for key in keys) for size in LENGTHS]
        tried = [
            hit + sum(found[(*key, size, False)] for key in keys) for hit, size in zip(right, LENGTHS, strict=True)
        ]
        shares = (f"{hit / every:.3f}" if every else "–" for hit, every in zip(right, tried, strict=True))
        name = " | ".join(keys[0]) if len(keys) == 1 else "all | "
        yield f"| {name} | {sum(tried)} | {' | '.join(shares)} |"


# What lines of other texts are pasted into: (language, encoding) of the file and of the lines.
MIXTURES = (
    (("hans", "gb18030"), ("hans", "utf-8")),
    (("hans", "utf-8"), ("hans", "gb18030")),
    (("hant", "big5hkscs"), ("hant", "utf-8")),
    (("hant", "utf-8"), ("hant", "big5hkscs")),
    (("hans", "gb18030"), ("hant", "big5hkscs")),
    (("hant", "big5hkscs"), ("hans", "gb18030")),
    (("hans", "gb18030"), ("fr", "cp1252")),
    (("hans", "utf-8"), ("en", "cp1252")),
    (("en", "cp1252"), ("hans", "utf-8")),
    (("de", "cp1252"), ("de", "utf-8")),
)


def _lines(texts: Sequence[str], codec: str) -> list[str]:
    """Lines with something in them that is not ASCII and that the codec can hold."""
    found = []
    for text in texts:
        for line in text.replace("\f", "\n").split("\n"):
            if len(line) > 9 and not line.isascii() and line.encode(codec, "ignore").decode(codec) == line:
                found.append(line + "\n")
    return found


class File(NamedTuple):
    """A generated source: what was done to it, its files by path below `raw/`, the text it should read."""

    kind: str
    files: list[tuple[str, bytes]]
    text: str


def mixtures(texts: Mapping[str, Sequence[str]], count: int) -> Iterator[File]:
    """Forty lines with one to eight of another encoding among them."""
    for (language, codec), (other, pasted) in MIXTURES:
        ours, theirs, random = _lines(texts[language], codec), _lines(texts[other], pasted), Random(40)
        for _ in range(count if ours and theirs else 0):
            place, size = random.randrange(len(ours) - 40), random.randrange(1, 9)
            lines = [(line, codec) for line in ours[place : place + 40]]
            start, at = random.randrange(len(theirs) - 8), random.randrange(40)
            lines[at:at] = [(line, pasted) for line in theirs[start : start + size]]
            data = b"".join(line.encode(name) for line, name in lines)
            text = "".join(line for line, _ in lines)
            yield File(f"{pasted} in {codec} ({other} in {language})", [("x.txt", data)], text)


def cuts(texts: Mapping[str, Sequence[str]], count: int) -> Iterator[File]:
    """2,000 bytes with a form feed, or the end of a file, in mid-character."""
    for language, codec in (("hans", "gb18030"), ("hant", "big5hkscs"), ("hans", "utf-8"), ("hans", "utf-16-le")):
        random = Random(2)
        for text in windows(texts[language], 1000, count, seed=3):
            kept = text.encode(codec, "ignore").decode(codec)
            at = next((at for at in range(random.randrange(100, 500), len(kept)) if kept[at] > "\u2e80"), 0)
            if not at:
                continue
            size = len(kept[at].encode(codec))
            data, place = kept.encode(codec), len(kept[:at].encode(codec)) + random.randrange(1, size)
            kind = f"{codec}, cut"
            if codec != "utf-16-le":
                paged = data[:place] + b"\f" + data[place:]
                yield File(kind, [("x.txt", paged)], kept[: at + 1] + "\f" + kept[at + 1 :])
            yield File(kind, [("x.pages/1.txt", data[:place]), ("x.pages/2.txt", data[place:])], kept)


def read_rightly(files: Iterable[File]) -> Counter[tuple[str, bool]]:
    """How many sources of each kind are read as they should be, and how many are not."""
    return Counter((file.kind, read("x", file.files)[0].text == file.text) for file in files)

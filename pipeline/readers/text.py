"""Plain text: one file, or a folder of pages, read as one witness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from ..characters import kinds
from ..errors import SourceError
from ..model import Part, Remark, Rule, Source
from .cuts import Cut, decode_pages, find_cut, with_halves
from .detection import detect
from .encodings import UNORDERED, codec_of
from .encodings import encode as encode_text
from .mixture import Stretch, split

UNDECODABLE = Rule("undecodable-bytes", "kept", 100, "Bytes that are no characters in the encoding of the file.")
UNCERTAIN = Rule("uncertain-encoding", "kept", 50, "The encoding was guessed from little evidence.")
MIXED = Rule("mixed-encodings", "kept", 90, "Lines that are in another encoding than the rest of their file.")
EMPTY = Rule("empty-source", "kept", 100, "The file holds no text.")

_ESCAPED = re.compile("[\ud800-\udfff]+")
# What running text does not hold: controls other than blanks and line ends, non-characters, escapes.  The controls from
# U+0080 on are no reason: Chinese in UTF-8 that was read as Latin-1 is full of them, and `letters` repairs it.
_STRANGE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff\ud800-\udfff]")
# Per cent of such characters from which a file is refused: found encodings, and those a user has set.
MOST_STRANGE = 10
MOST_STRANGE_SAID = 50
LEAST = 3  # bytes of a file beside a half of a character
MOST_REMARKS = 50  # on one file
CLEAR_MARGIN = 100  # points, see `detection.Guess`


class _File(NamedTuple):
    """A raw file with its stretches by encoding, (offset in bytes, codec), and how sure the encoding is."""

    path: str
    data: bytes
    stretches: list[Stretch]
    margin: int

    @property
    def first(self) -> str:
        return self.stretches[0][1]

    @property
    def last(self) -> str:
        return self.stretches[-1][1]


def read(
    doc_id: str, files: Sequence[tuple[str, bytes]], encoding: str = "detect"
) -> tuple[Source, tuple[Remark, ...]]:
    """The witness of some files, (path, bytes) in order, with what is to be remarked on the reading.

    Nothing is translated, dropped or put between the files.  Raises `SourceError` for what is not text
    and for an encoding that is not known.
    """
    texts: list[str] = []
    parts: list[Part] = []
    remarks: list[Remark] = []
    start = 0
    for file, head, cut in _examine_all(files, encoding):
        part, text = _decode(file, start, head, cut)
        remarks += _check(file, part, text, MOST_STRANGE if encoding == "detect" else MOST_STRANGE_SAID)
        texts.append(text)
        parts.append(part)
        start = part.end
    if not start:
        remarks.append(_remark(0, 0, EMPTY, "the source holds no text"))
    return Source(doc_id, "".join(texts), tuple(parts)), tuple(remarks)


def encode(part: Part, text: str) -> bytes:
    """The bytes of a raw file again; `text` is the whole witness."""
    return encode_text(text[part.start : part.end], part.encodings, part.exceptions, part.start)


def _examine_all(files: Sequence[tuple[str, bytes]], encoding: str) -> Iterator[tuple[_File, bytes, Cut | None]]:
    """Every file with its first bytes, where these belong to the file before, and the cut at its end."""
    head = b""
    file = _examine(*files[0], encoding) if files else None
    for path, data in files[1:]:
        assert file is not None
        following, cut = _follow(file, path, data, encoding)
        yield file, head, cut
        file, head = following, data[: cut.head] if cut else b""
    if file is not None:
        yield file, head, None


def _examine(path: str, data: bytes, encoding: str) -> _File:
    """Which encoding a file is in, or its lines are in; one that is said holds for the whole file."""
    if encoding == "detect":
        codec, margin = detect(data)
        return _File(path, data, split(data, codec), margin)
    asked = codec_of(encoding)
    if asked is None:
        raise SourceError(f"the encoding {encoding!r} is not known", path=path, mend="see the manual for the names")
    if encoding.strip().lower().replace("_", "-") in UNORDERED:
        codec = detect(data).codec
        asked = codec if codec.startswith(asked[:6]) else asked
    return _File(path, data, [(0, asked)], CLEAR_MARGIN)


def _follow(file: _File, path: str, data: bytes, encoding: str) -> tuple[_File, Cut | None]:
    """The file behind another one, and the character that the end of the first cuts in two.

    A file of nothing but halves keeps them as they are.
    """
    cut = find_cut(file.data, data, file.last)
    if cut is None or len(file.data) <= cut.tail + LEAST or len(data) <= cut.head + LEAST:
        return _examine(path, data, encoding), None
    rest = _examine(path, data[cut.head :], encoding)
    if rest.first != file.last:
        return _examine(path, data, encoding), None
    stretches = [(at + cut.head if at else 0, codec) for at, codec in rest.stretches]
    return _File(path, data, stretches, rest.margin), cut


def _decode(file: _File, start: int, head: bytes, cut: Cut | None) -> tuple[Part, str]:
    """The text of a file that begins at `start` of the witness.

    `head` are its first bytes, where they belong to the last character of the file before; `cut` is the
    character that its last bytes begin.
    """
    end = len(file.data) - (cut.tail if cut else 0)
    encodings: list[tuple[int, str]] = []
    texts: list[str] = []
    exceptions: list[tuple[int, bytes]] = []
    place = start
    borders = [at for at, _ in file.stretches[1:]] + [end]
    for (left, codec), right in zip(file.stretches, borders, strict=True):
        decoded = decode_pages(file.data[max(left, len(head)) : right], codec)
        text, own = with_halves(
            decoded, codec, head if left == 0 else b"", cut if right == end else None, file.data[end:]
        )
        encodings.append((place, codec))
        exceptions += [(place + at, sequence) for at, sequence in own]
        texts.append(text)
        place += len(text)
    digest = sha256(file.data).hexdigest()
    part = Part(file.path, digest, len(file.data), start, place, tuple(encodings), tuple(exceptions))
    return part, "".join(texts)


def _check(file: _File, part: Part, text: str, most: int) -> list[Remark]:
    """What is to be remarked on a file; raises `SourceError` for what is no text."""
    strange = _STRANGE.findall(text) if _STRANGE.search(kinds(text)) else []
    _refuse_binary(file.path, text, file.first, len(strange), most)
    if encode_text(text, part.encodings, part.exceptions, part.start) != file.data:
        raise SourceError(
            f"read as {file.first}, the file does not encode back", path=file.path, mend="report this: a bug"
        )
    remarks = _mixture(part) + (_escapes(part, text) if _ESCAPED.search(kinds(text)) else [])
    if file.margin < CLEAR_MARGIN:
        message = f"{file.path}: read as {file.first}; set `encoding` if that is wrong"
        remarks.insert(0, _remark(part.start, part.end, UNCERTAIN, message))
    return remarks


def _refuse_binary(path: str, text: str, codec: str, strange: int, most: int) -> None:
    if strange * 100 > most * len(text):
        first = _STRANGE.search(text)
        raise SourceError(
            f"does not look like text: {strange} of {len(text)} characters are controls or undecodable in {codec}, "
            f"the first at offset {first.start() if first else 0}",
            path=path,
            mend="set `encoding` in a sidecar, or take the file out",
        )


def _mixture(part: Part) -> list[Remark]:
    """One remark a stretch that is not in the encoding its file begins with."""
    ends = [at for at, _ in part.encodings[1:]] + [part.end]
    return [
        _remark(at, end, MIXED, f"{part.path}: read as {codec}, the file begins in {part.encodings[0][1]}")
        for (at, codec), end in zip(part.encodings, ends, strict=True)
        if codec != part.encodings[0][1]
    ][:MOST_REMARKS]


def _escapes(part: Part, text: str) -> list[Remark]:
    """One remark a stretch of undecodable bytes, so that each has its place."""
    codec = " or ".join(sorted({codec for _, codec in part.encodings}))
    spans = [(part.start + found.start(), part.start + found.end()) for found in _ESCAPED.finditer(text)]
    return [_remark(start, end, UNDECODABLE, f"{end - start} undecodable in {codec}") for start, end in spans]


def _remark(start: int, end: int, rule: Rule, message: str) -> Remark:
    return Remark(start, end, rule.id, rule.certainty, message)

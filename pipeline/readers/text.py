"""Plain text: one file, or a folder of pages, read as one witness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from ..errors import SourceError
from ..model import Part, Remark, Rule, Source
from .detection import detect
from .encodings import UNORDERED, codec_of, decode
from .encodings import encode as encode_text

UNDECODABLE = Rule("undecodable-bytes", "kept", 100, "Bytes that are no characters in the encoding of the file.")
UNCERTAIN = Rule("uncertain-encoding", "kept", 50, "The encoding was guessed from little evidence.")
EMPTY = Rule("empty-source", "kept", 100, "The file holds no text.")

_ESCAPED = re.compile("[\ud800-\udfff]+")
# What running text does not hold: controls other than blanks and line ends, non-characters, escapes.
_STRANGE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# Per cent of such characters from which a file is refused: found encodings, and those a user has set.
MOST_STRANGE = 10
MOST_STRANGE_SAID = 50
CLEAR_MARGIN = 100  # points, see `detection.Guess`


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
    for path, data in files:
        codec, margin = _codec(path, data, encoding)
        text, exceptions = decode(data, codec)
        strange = _STRANGE.findall(text)
        _refuse_binary(path, text, codec, len(strange), MOST_STRANGE if encoding == "detect" else MOST_STRANGE_SAID)
        end = start + len(text)
        shifted = tuple((start + at, sequence) for at, sequence in exceptions)
        part = Part(path, sha256(data).hexdigest(), len(data), start, end, ((start, codec),), shifted)
        if encode_text(text, part.encodings, shifted, start) != data:
            raise SourceError(f"read as {codec}, the file does not encode back", path=path, mend="report this: a bug")
        if margin < CLEAR_MARGIN:
            remarks.append(_remark(start, end, UNCERTAIN, f"{path}: read as {codec}; set `encoding` if that is wrong"))
        remarks.extend(_escapes(part, text) if strange else ())
        texts.append(text)
        parts.append(part)
        start = end
    if not start:
        remarks.append(_remark(0, 0, EMPTY, "the source holds no text"))
    return Source(doc_id, "".join(texts), tuple(parts)), tuple(remarks)


def encode(part: Part, text: str) -> bytes:
    """The bytes of a raw file again; `text` is the whole witness."""
    return encode_text(text[part.start : part.end], part.encodings, part.exceptions, part.start)


def _codec(path: str, data: bytes, encoding: str) -> tuple[str, int]:
    if encoding == "detect":
        return detect(data)
    codec = codec_of(encoding)
    if codec is None:
        raise SourceError(f"the encoding {encoding!r} is not known", path=path, mend="see the manual for the names")
    if encoding.strip().lower().replace("_", "-") in UNORDERED:
        found = detect(data).codec
        codec = found if found.startswith(codec[:6]) else codec
    return codec, 1000


def _refuse_binary(path: str, text: str, codec: str, strange: int, most: int) -> None:
    if strange * 100 > most * len(text):
        first = _STRANGE.search(text)
        raise SourceError(
            f"does not look like text: {strange} of {len(text)} characters are controls or undecodable in {codec}, "
            f"the first at offset {first.start() if first else 0}",
            path=path,
            mend="set `encoding` in a sidecar, or take the file out",
        )


def _escapes(part: Part, text: str) -> list[Remark]:
    """One remark a stretch of undecodable bytes, so that each has its place."""
    codec = part.encodings[0][1]
    spans = [(part.start + found.start(), part.start + found.end()) for found in _ESCAPED.finditer(text)]
    return [_remark(start, end, UNDECODABLE, f"{end - start} undecodable in {codec}") for start, end in spans]


def _remark(start: int, end: int, rule: Rule, message: str) -> Remark:
    return Remark(start, end, rule.id, rule.certainty, message)

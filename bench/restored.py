"""Generated damage through the whole pipeline: every source built, validated and restored byte for byte."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.audit.check import check
from pipeline.audit.restore import restore
from pipeline.build import build

from .damage import KINDS, SIZES, cases
from .decoding import ENCODINGS, File, samples

_BATCH = 400  # sources of one corpus
_LENGTH = 400  # characters of the samples of encodings


def sources(texts: Mapping[str, Sequence[str]], count: int) -> Iterator[File]:
    """Every damaged text in UTF-8, and samples of every encoding."""
    for kind in KINDS:
        for language in kind.languages:
            for size in SIZES:
                for case in cases(kind, language, size, texts[language], count):
                    yield File(kind.name, [("x.txt", case.damaged.encode("utf-8"))], case.damaged)
    for language, codecs in ENCODINGS.items():
        for codec in codecs:
            for text, data in samples(language, codec, texts[language], _LENGTH, count):
                yield File(codec, [("x.txt", data)], text)


def report(files: Sequence[File]) -> str:
    """A sentence that says how many of these sources are built, validate and are restored byte for byte."""
    totals = Counter[str]()
    for start in range(0, len(files), _BATCH):
        totals += _measure(files[start : start + _BATCH])
    built, restored, findings = totals["built"], totals["restored"], totals["findings"]
    return f"{len(files)} generated sources: {built} built, {restored} restored byte for byte, {findings} findings"


def _measure(files: Sequence[File]) -> Counter[str]:
    """One corpus of these sources: how many are built and restored, and the findings of `validate`."""
    with TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        names = {f"{number:04}": file for number, file in enumerate(files)}
        for name, file in names.items():
            for path, data in file.files:
                (raw / (name + path[1:])).parent.mkdir(parents=True, exist_ok=True)
                (raw / (name + path[1:])).write_bytes(data)
        for failure in build(raw, out).failures:
            del names[failure.doc_id]
        same = sum(
            [part.data for part in restore(out, name)] == [data for _, data in file.files]
            for name, file in names.items()
        )
        return Counter(built=len(names), restored=same, findings=len(list(check(out))))

"""Words: those of the document itself, those of a corpus, a small general list.

All words are in lower case; a hyphenated compound is one word (`long-term`), with U+002D however it is
printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from weakref import WeakKeyDictionary

from .errors import SettingsError
from .evidence import BLANKS, Evidence
from .folding import Folds

LETTER = "a-zA-Z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff\ufb00-\ufb06"
# What stands for a hyphen at a line end: soft hyphen, the marks extractors leave, the not sign of OCR.
LINE_END_MARKS = "\u00ad\ufffe\x02¬"

_SPACE = f"[{BLANKS}\u2004-\u200a\u202f\u205f\n\r\f\u2028\u2029]"
_CUT = re.compile(f"-{_SPACE}*?[\n\r\f\u2028\u2029]{_SPACE}*")
# What a word is made of, with its hyphens and with the marks of a cut.
_IN_WORD = re.compile(f"[{LETTER}{LINE_END_MARKS}-]")
_NOT_ALONE = "İΣ"  # whose small letter is two characters, or depends on what stands behind
_MARK = re.compile(f"[{LINE_END_MARKS}]")
_LIST = Path(__file__).parent / "data" / "words-en.txt"

_SAMPLE = 4000  # different words that tell a language

_cache: WeakKeyDictionary[Evidence, Mapping[str, int]] = WeakKeyDictionary()


def vocabulary(evidence: Evidence) -> Mapping[str, int]:
    """How often each word stands in the source; halves of words cut at a line end are not counted."""
    found = _cache.get(evidence)
    if found is None:
        found = _cache[evidence] = count_words(evidence.reading.text)
    return found


def count_words(text: str) -> Mapping[str, int]:
    """The words of a text with line ends, without the halves of those cut at one.

    >>> sorted(count_words("A well-known rea-\\nder reads.").items())
    [('a', 1), ('reads', 1), ('well-known', 1)]
    """
    text = text.replace("\u2010", "-").replace("\u2011", "-")
    if any(map(text.__contains__, _NOT_ALONE)):
        text = text.lower()
    counts = Counter(_WORDS.fold(_CUT.sub("\ufffe", text)).split())
    for run in [run for run in counts if not run.isalpha()]:
        if run[0] == "-" or run[-1] == "-" or "--" in run or _MARK.search(run):
            count = counts.pop(run)
            for word in run.split("--"):
                if word.strip("-") and not _MARK.search(word):
                    counts[word.strip("-")] += count
    return counts


def _part_of_word(character: str) -> str:
    """The small letter, hyphen or mark that a character is in a word; a blank for what is none."""
    small = character.lower()
    return small if len(small) == 1 and _IN_WORD.match(small) else " "


_WORDS = Folds(_part_of_word)


def general_words() -> frozenset[str]:
    """About 118,000 English words, among them 5,000 with a hyphen (see `data/words-en.LICENSE`)."""
    return _word_lists()[0]


@lru_cache(maxsize=1)
def corpus_words(path: str) -> Mapping[str, int]:
    """The words of a corpus and their counts, from a Parquet file with the columns `word` and `count`.

    An empty path is an empty list.  Raises `SettingsError` for a file that is missing or another thing.
    """
    if not path:
        return {}
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            table = file.read(["word", "count"])
        words, counts = table.column("word").to_pylist(), table.column("count").to_pylist()
    except (OSError, KeyError, pa.ArrowException) as error:
        raise SettingsError(
            f"cannot read the word list: {error}", path=path, mend="make it anew with `jiaokan words`"
        ) from error
    return dict(zip(words, counts, strict=True))


def ranked_words() -> tuple[frozenset[str], frozenset[str]]:
    """Of the general words the commonest 11,000, and the 41,000 that are rare."""
    return _word_lists()[1:]


@lru_cache(maxsize=1)
def _word_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The general words, the commonest and the rare ones of them: read once, each word held once."""
    common, others, rare, hyphened = map(str.split, _LIST.read_text(encoding="utf-8").split("\n\n"))
    return frozenset(chain(common, others, rare, hyphened)), frozenset(common), frozenset(rare)


def english_share(words: Mapping[str, int]) -> int:
    """Per cent of the first different words of four letters and more that stand in the general list.

    Inflected forms are in the list; English prose has 70 and more, German or French below 30.
    """
    general = general_words()
    long = [*islice((word for word in words if len(word) > 3 and "-" not in word), _SAMPLE)]
    return 100 * len(general.intersection(long)) // len(long) if long else 100

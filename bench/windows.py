"""Clean texts sorted by language, and windows of them: what the benchmarks of the letters damage and encode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
BESIDE = (
    "../shared/bench/typeset/dev/raw/*.raw.txt",
    "../shared/bench/real/dhlaw_pdftotext/*.raw.txt",
    "../shared/bench/real/grobid_seg/*.raw.txt",
    "../shared/seeds/*.txt",
)
LANGUAGES = ("hans", "hant", "en", "fr", "de")

_HAN = re.compile("[\u4e00-\u9fff]")
_SIMPLIFIED = re.compile("[这为说们来时会对国学过发经种个动还现实没进问开长机关业战头体见产]")
_TRADITIONAL = re.compile("[這為說們來時會對國學過發經種個動還現實沒進問開長機關業戰頭體見產]")
_WORDS = {
    "en": re.compile(r"\b(?:the|of|and|to|that|with|was)\b"),
    "fr": re.compile(r"\b(?:les|des|une|dans|est|pour|qui|que|sur|par)\b"),
    "de": re.compile(r"\b(?:und|der|die|nicht|eine|das|den|mit|ist|von)\b"),
}
# Characters that a text extraction leaves and no encoding of the time could hold; they are no part of the question.
_STRAY = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ue000-\uf8ff]")


def language_of(text: str) -> str:
    """One of `LANGUAGES`, by what there is most of; a text with a tenth of Chinese is Chinese."""
    if len(_HAN.findall(text)) * 10 > len(text):
        return "hans" if len(_SIMPLIFIED.findall(text)) > len(_TRADITIONAL.findall(text)) else "hant"
    return max(_WORDS, key=lambda language: len(_WORDS[language].findall(text)))


def load(paths: Sequence[Path]) -> dict[str, list[str]]:
    """The texts of these files, in UTF-8, by language; without paths those beside the repository."""
    texts: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for path in paths or [path for glob in BESIDE for path in sorted(ROOT.glob(glob))]:
        text = _STRAY.sub("", path.read_bytes().decode("utf-8", "ignore"))
        texts[language_of(text)].append(text)
    return texts


def windows(texts: Sequence[str], size: int, count: int, seed: int) -> Iterator[str]:
    """So many stretches of `size` characters, at random places, not all ASCII; fewer where texts are short."""
    random = Random(seed)
    long_enough = [text for text in texts if len(text) >= size and not text.isascii()]
    for _ in range(count if long_enough else 0):
        text = random.choice(long_enough)
        for _ in range(200):
            start = random.randrange(len(text) - size + 1)
            window = text[start : start + size]
            if not window.isascii():
                yield window
                break

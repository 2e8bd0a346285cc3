"""Which language a text is in, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from .evidence import HAN_RUN

_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_NO_LETTERS_AS_BLANKS = bytes.maketrans(_NO_LETTERS, b" " * len(_NO_LETTERS))
_LOOKED_AT = 3000  # of a text that are looked at
# Words that are frequent in one of these languages and not words of the others.
_COMMON = {
    "en": "the and of is that with was for are this which from by their have been were not",
    "de": "der die und das ist nicht mit den von dem ein eine zu auf für sich des auch werden wird",
    "fr": "le la les et des est dans une que pour qui sur par pas plus cette du sont avec aux",
    "es": "el los las y del que una por con para como más su fue sus esta pero ha al lo",
    "it": "il di che della per non sono gli nella dei con una del anche delle questo più è come alla",
    "pt": "o os as do da que não uma dos em para com por mais das foi ao são pela como",
    "nl": "het een van en dat niet voor met zijn op aan wordt ook door naar bij worden deze uit maar",
    "pl": "w i na się nie z że do jest oraz przez dla od po jak za co są być który",
    "la": "et in est non ad ut cum quod sed qui per ex autem esse sunt ab enim quae atque nec",
}  # fmt: skip
_LANGUAGES = {word: [lang for lang, words in _COMMON.items() if word in words.split()] for words in _COMMON.values() for word in words.split()}  # fmt: skip


def language_of(text: str) -> str:
    """BCP 47 language of a text (`zh`, `en`, `de` …); empty where nothing tells."""
    sample = text[:20000]
    if sample.isascii() or _is_latin(sample):
        return _by_words(sample)
    han = len(sample) - len(HAN_RUN.sub("", sample))
    if _is_more(han * 4, sample):
        if len(_HANGUL.findall(sample)) * 2 > han:
            return "ko"
        return "ja" if len(_KANA.findall(sample)) * 8 > han else "zh"
    if _is_more(len(_CYRILLIC.findall(sample)) * 2, sample):
        return "ru"
    return _by_words(sample)


def _is_latin(sample: str) -> bool:
    """Whether most letters are ASCII, whatever the others are: in UTF-8 a Han letter takes two bytes more, a Cyrillic
    one takes one."""
    more = len(sample.encode("utf-8", "surrogatepass")) - len(sample)
    return more * 2 <= len(sample.encode("ascii", "ignore").translate(None, _NO_LETTERS))


def _is_more(number: int, sample: str) -> bool:
    """Whether a number is higher than that of the letters, which are counted only where they can be as many."""
    return number > len(sample) or (number > 0 and number > sum(map(str.isalpha, sample)))


def _by_words(sample: str) -> str:
    """The language whose common words are the most frequent ones."""
    votes = common_words(Counter(filter(_LANGUAGES.__contains__, _words_of(sample.lower())[:_LOOKED_AT])))
    return min(votes, key=lambda lang: (-votes[lang], lang)) if votes else ""


def common_words(counts: Mapping[str, int]) -> dict[str, int]:
    """How many of the counted words, in lower case, are common ones of each language; languages without any are left out."""
    votes: Counter[str] = Counter()
    for word in _LANGUAGES.keys() & counts.keys():
        for lang in _LANGUAGES[word]:
            votes[lang] += counts[word]
    return dict(votes)


def _words_of(sample: str) -> list[str]:
    """The words of a text; few but English ones are ASCII."""
    encoded = sample.encode("utf-8", "surrogatepass").translate(_NO_LETTERS_AS_BLANKS)
    tokens = encoded.decode("utf-8", "surrogatepass").split()
    if sample.isascii():
        return tokens
    return [word for token in tokens for word in ((token,) if token.isascii() else _WORD.findall(token))]

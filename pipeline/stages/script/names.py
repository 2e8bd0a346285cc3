"""Names that no conversion touches: of authors, of persons the text itself shows to be some, of the settings.

A person is shown by what stands around the name: years of life, the title of a work the note cites, a form
of address.  A name that was found once is protected throughout the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ...model import Document
from ..surnames import COMPOUND as _COMPOUND
from ..surnames import SURNAMES as _SURNAMES
from .passages import Passage
from .tables import breakable

_HAN_WORD = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_REST = "[\u3400-\u9fff\U00020000-\U0003ffff]"
# A name by itself in a byline, by its surname: `城市大学` there is none, and is converted like any word.
_NAME = re.compile(
    f"(?<!{_REST})(?:(?:{_COMPOUND}){_REST}{{1,2}}|[{_SURNAMES}]{_REST}{{1,2}})(?<![院系所室社部校处處科会會])(?!{_REST})"
)
_BYLINES = ("byline", "editor")
_NOTES = ("note", "bibl")
_LONGEST = 8  # characters of a name

# Words that begin like a name.
_NO_NAMES = "于是|单于|單于|於是|余下|任何|单位|單位|方面|关于|關於|万一|萬一|许多|許多|时任|高级|高級|应该|應該|常务|常務|安全|金融|文|史"
_PERSON = f"(?:(?:{_COMPOUND}){_REST}{{1,2}}|[{_SURNAMES}]{_REST}{{1,2}})"
# `沈从文（1902—1988）`
_YEARS = re.compile(f"({_PERSON})(?=[（(](?:约|約|生于|生於|前|公元前)?[0-9]{{3,4}}年?[0-9.月日]*[—–－―~～-])")
# `[1] 余英时：《……》`, `；于省吾等编：《……》`; the name at the beginning of what is cited
_CITED = re.compile(
    f"(?:^|参见|參見|见|見|引自|[；;。）)\\]〕］①-⑳⑴-⒇0-9.、\\s])({_PERSON})(?=(?:等?(?:主编|主編|编著|編著|编|編|校注|校|注|註|著|译|譯))?[：:，,]?《)"
)
_LIFE = re.compile(
    "[（(](?:约|約|生于|生於|前|公元前)?[0-9]{3,4}年?[0-9.月日]*[—–－―～~-]"
)  # a quick look for `_YEARS`
_FORMS = ("先生", "女士", "教授", "院士", "研究员", "研究員", "博士")
# `，余英时先生`, `与余英时先生`: not a field of study (`金融学教授`), nor the end of a longer word
_ADDRESSED = re.compile(
    f"(?:(?<!{_REST})|(?<=[和与與及同由对對向请請]))(?!{_NO_NAMES})({_PERSON})"
    "(?<![学學系院所校科史部室级級任副位名])(?=" + "|".join(_FORMS) + ")"
)

# Persons by what they do or what they are, found in running text: their names are protected only where a
# conversion may break them, so that a word taken for a name costs little.
_SAID = "说|說|表示|指出|认为|認為|强调|強調|写道|寫道|回忆|回憶|坦言|告诉|告訴|答道|问道|問道|笑道"
_TITLES = (
    "主席|总统|總統|总理|總理|部长|部長|书记|書記|局长|局長|校长|校長|院长|院長|市长|市長|省长|省長|所长|所長|社长|社長"
    "|作家|画家|畫家|诗人|詩人|学者|學者|导演|導演|记者|記者|大使|经理|經理|教授|主编|主編|编辑|編輯|律师|律師|医生|醫生"
)
# No given name holds these; nor does a word of a trade or an office, or a place.
_NO_GIVEN = "的了是在有和就不都也这這那而且但其与與被把从從对對向所又还還已会會能可要将將到来來去上下前后後地得个個们們此昨今围圍导導客者人员員警部方面局阳陽闷悶表序单單脆燥鐘求意"
_GIVEN = f"(?:(?![{_NO_GIVEN}]){_REST})"
_ANYONE = f"(?!{_NO_NAMES})(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}})"
_SAID_BY = re.compile(_SAID)
_TITLE_ENDS = "|".join(sorted({title[-2:] for title in _TITLES.split("|")}))
_SPEAKER = re.compile(f"(?:(?<!{_REST})|(?<=[天日后後时時和与與])|(?<={_TITLE_ENDS}))({_ANYONE})\\Z")
_LONGEST_SPEAKER = 4
_TITLED = re.compile(f"(?:{_TITLES})({_ANYONE})(?={_SAID}|[，、。；：在的和与與曾]|来到|來到)")


def find_names(document: Document, passages: Mapping[str, Passage], protect: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for every protected name and term, the longest first; `None` where there are none."""
    names = {term for term in protect if term}
    for article in document.articles:
        for author in article.authors:
            for name in (author.name, author.alt_name):
                word = "".join(name.split())
                if 1 < len(word) <= _LONGEST and _HAN_WORD.fullmatch(word):
                    names |= {word, name}
    for name, passage in passages.items():
        if passage.holds_han:
            names.update(_find_persons(passage.text, document.blocks[name].kind))
    if not names:
        return None
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))


def _find_persons(text: str, kind: str) -> Iterator[str]:
    """The names in a block that what stands beside them shows to be some.

    >>> sorted(_find_persons("作家沈从文（1902—1988）与余英时先生", "p"))
    ['余英时', '沈从文']
    """
    if kind in _BYLINES:
        yield from _NAME.findall(text)
    if kind in _NOTES:
        yield from _CITED.findall(text)
    if _LIFE.search(text):
        yield from _YEARS.findall(text)
    if any(form in text for form in _FORMS):
        yield from _ADDRESSED.findall(text)
    yield from (name for name in _find_in_running_text(text) if breakable().search(name))


def _find_in_running_text(text: str) -> Iterator[str]:
    """The names before a verb of saying, and behind a title."""
    for said in _SAID_BY.finditer(text):
        speaker = _SPEAKER.search(text, max(0, said.start() - _LONGEST_SPEAKER), said.start())
        if speaker:
            yield speaker[1]
    yield from _TITLED.findall(text)

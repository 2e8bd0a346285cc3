"""Last words of a line that neither a sentence nor a head ends with: what stands below goes on with them.

An article, a preposition or a conjunction; or a word that a number must follow (`as shown in Table`).
"""

from __future__ import annotations

_ENGLISH = """
    the a an of at from by with and or nor than that which whose into onto upon between among amongst during without
    within against about toward towards throughout despite because although whereas whether their its our your my his
    these those such is are was were be been being has have had can could may might will would shall should must as to
    in on for if when while where but who e.g i.e cf see not more most very also then
"""
_GERMAN = """
    der die das den dem des ein eine einen einem einer eines und oder als wie von vom zu zum zur im am ins ans beim
    aus bei mit nach für durch über unter vor zwischen ohne gegen um ist sind war waren wird werden wurde wurden hat
    haben hatte daß dass sich seine seiner seinen seinem ihre ihrer ihren ihrem diese dieser dieses diesem diesen
    welche welcher sehr nicht auch aber sondern so vgl
"""
_FRENCH = """
    le la les une des du de et ou où que qui dont à au aux en dans par pour sur sous avec sans entre vers chez comme
    est sont était étaient sera ont avait ne se son sa ses leur leurs ce cet cette ces mais cf
"""
_OTHERS = """
    el los las del al y con para por en il lo gli i della delle dei degli di da nel nella sul sulla het van voor een
"""
# Words that a number follows.
_COUNTED = """
    fig figs figure figures table tables section sections chapter chapters equation equations eq eqs ref refs vol no nos
    p pp page pages scheme supplementary abb abbildung tabelle tab kapitel abschnitt seite s bd nr tableau chapitre
"""
_WORDS = dict.fromkeys((_ENGLISH + _GERMAN + _FRENCH + _OTHERS).split(), "word") | dict.fromkeys(
    _COUNTED.split(), "counted"
)
# The last character of a line of Chinese that a sentence never ends with.
_HAN = dict.fromkeys("的和与與及或在是对對从從把被将將为為于於而但之其这這以由并並向", "word")


def open_end(text: str) -> str:
    """`word` or `counted` if a line ends openly, else nothing."""
    last = text[-1]
    if last >= "\u2e80":
        return _HAN.get(last, "")
    if last == ".":
        found = _WORDS.get(text[text.rfind(" ") + 1 : -1].lower(), "")
        return found if found == "counted" else ""
    return _WORDS.get(text[text.rfind(" ") + 1 :].lower(), "") if last.isalpha() else ""

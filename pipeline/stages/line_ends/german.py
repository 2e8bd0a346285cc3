"""What is known of German hyphens: tables only.

Compounds are written in one word; a hyphen stands before a capital, which is told by the letters, after a
name or an abbreviation, and between two adjectives.
"""

from __future__ import annotations

import re

from .tongue import Tongue

_FIRM = """
    nicht ex non quasi e it pc us eu uno un nato tv cd dvd ddr brd kfz lkw pkw mail online offline chef vize halb
"""
_LOOSE = """
    anti auto bio co euro extra hyper inter intra ko makro mega meta mikro mini multi neo neu öko para post prä pro pseudo
    psycho re semi sozio sub super supra trans tri ultra
"""
_SECOND_FORM = re.compile(
    r"(?:basiert|gestützt|gesteuert|bezogen|orientiert|bedingt|kritisch|ähnlich|kompatib|spezifisch|relevant|freundlich"
    r"|fähig|förmig|berechtigt|generiert|unterstützt|abhängig|typisch|artig)[a-zäöüß]{0,4}"
    r"|[a-zäöüß]{2,}(?:isch|lich|ig|haft|sam|iv|al|är|ös|ell|los|voll)(?:e[nrsm]?)?"
)
_TAILS = """
    bar bare baren barer bares barkeit chen de den der des dem de e ei eien ein eine einen el eln em en end ende
    enden er ere eren erin ern es est et ge gen haft hafte haften heit heiten ich ige igen iger iges ig in
    innen ion ionen isch ische ischen ischer isches ismus ist ität keit keiten land lands landes lein lich liche lichen licher liches
    ling los lose losen mal mals mus nen ner nis nisse nissen rei rin sam same samen schaft schaften se sein sel sen
    ser sprachig sprachige sprachigen sprachiger sprachiges ste sten ster stes tag tage tagen te teil teile teilen tel ten ter tes tet ti tigen tion tum tums tümer tümern tung tungen ung
    ungen wärts weise weisen werk zig
"""
_FIRST_FORM = re.compile(r"[a-zäöüß]{2,}(?:isch|lich|ig|haft|sam|weiß|schwarz|rot|grün|blau|gelb)|deutsch")
_INFLECTIONS = (("e", ""), ("en", ""), ("er", ""), ("es", ""), ("em", ""), ("n", ""), ("s", ""), ("st", "t"), ("te", "en"), ("t", "en"), ("t", "e"), ("et", "en"))  # fmt: skip
_DERIVATIONS = """
    ab an auf aus be bei durch ein ent er fort ge her hin hinter los miß nach nieder über um un unter ver vor weg
    wider wieder zer zu zurück zusammen
"""

GERMAN = Tongue(
    "de",
    frozenset(_FIRM.split()),
    frozenset(_LOOSE.split()),
    frozenset(),
    frozenset(_TAILS.split()),
    _SECOND_FORM,
    _FIRST_FORM,
    True,
    _INFLECTIONS,
    frozenset(_DERIVATIONS.split()),
)

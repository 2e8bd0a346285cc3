"""What is known of French hyphens: tables only."""

from __future__ import annotations

import re

from .tongue import NEVER, Tongue

_FIRM = """
    après arrière au aux avant beau beaux belle belles bien bon ce ceci cela celle celles celui cent ceux chef ci
    cinquante contre cul demi en est eux ex extrême garde gardes grand grande grands haut hors là lui maître mal mi moi moyen
    non nord nous nouveau nouveaux nue nu ouest outre par par-ci petit petite petits peut plate plates porte quarante
    quatre quasi quelques quatre-vingt rendez saint sainte saints sans semi soi soixante sous soutien sud toi tout tête
    trente très un vice vingt vis vous
"""
_LOOSE = """
    aéro agro anti auto bi bio co contre électro entre extra hydro hyper hypo infra inter intra macro maxi méga méta
    micro mini multi néo para photo pluri poly post pré pro pseudo psycho radio ré re semi socio sub super supra sur
    techno télé thermo trans tri ultra uni
"""
_SECOND = """
    bas ce ci cinq delà dessous dessus deux devant dix droit elle elles en est-ce être face flamand fond frère frères
    garde haut heure heures huit il ils je jour l la le les leur lui là même mêmes midi mère mères moi neuf nous nuit
    on onze ouest peu père pères quatorze quatre quinze seize sept sœur six te toi treize trois tu un une uns unes
    vingt vingts vis vous y
"""
_TAILS = """
    able ables age ages ai aient ais ait al ance ances ant ante antes ants aux ble bles ce ces cer cés cée de dre e
    é ée ées ement ence ent er era és est et eur eurs euse eux ez ge ger gue ible ie ien ière iers if ion ions ique ir
    is isme iste it ité ités ive le lé les leur ment ments mer nant ne né nel ner nes que quer ques ra rai raient
    rais rait re rent rer res reux rez rie riez rions ron rons ront sant se sé ser ses seur si sion sions son sons
    ta té te tée ter tes teur ti tion tions tre ture ver
"""
# Verbs before a pronoun: voulez-vous, dit-il, sommes-nous.
_FIRST_FORM = re.compile("[a-zà-ÿœ]+(?:ez|ons|t|d|es|ai|ais|as|us|is|le|re|me|ve|se|ne|te)")
_INFLECTIONS = (("s", ""), ("e", ""), ("es", ""), ("x", ""), ("ent", ""), ("ent", "e"), ("nt", ""), ("aux", "al"), ("é", "er"), ("ée", "er"), ("és", "er"), ("a", "er"), ("ait", "er"), ("ant", "er"), ("ment", ""))  # fmt: skip
_DERIVATIONS = """
    anti auto bi co contre dé dés dis em en entre ex extra hyper hypo il im in inter ir mal mé més micro multi non par
    post pour pré pro re ré res sous sub super sur sus trans ultra uni
"""

FRENCH = Tongue(
    "fr",
    frozenset(_FIRM.split()),
    frozenset(_LOOSE.split()),
    frozenset(_SECOND.split()),
    frozenset(_TAILS.split()),
    NEVER,
    _FIRST_FORM,
    False,
    _INFLECTIONS,
    frozenset(_DERIVATIONS.split()),
)

"""Words that a full stop belongs to, in English, German and French: what `sentences` has to know.

All are in lower case and without their last stop.
"""

from __future__ import annotations

# After these no sentence ends: a name, a date or the thing meant always follows.
NEVER = frozenset(
    """
    mr mrs ms messrs dr drs prof profs rev hon st sts gen col capt lt sgt maj cpl adm gov supt mt sr
    cf vs viz e.g i.e eg ie ca approx esp incl resp ibid op loc s.v q.v pop repr rpt transl introd
    vgl bzw hrsg sog evtl ggf inkl zzgl bes insbes hl hr hrn fr frl dipl z.b d.h v.a i.d.r s.o s.u m.e
    geb gest verh verw bearb übers ausg
    mm mgr mlle mme env av éd coll trad
    """.split()
)

# Before a number (Arabic or Roman), or a letter with a number, they are abbreviations; else words, or the end of one.
NUMBERED = frozenset(
    """
    no nos nr nrn vol vols pp pg bd bde fig figs abb abbn tab tabs taf eq eqs sec secs sect ch chap chaps cap pt pts art arts
    app apps bk bks cl par para paras nn ll vv fol fols ff sqq mss pl pls tt tome tit anm fn
    jan feb febr mar apr jun jul aug sep sept oct nov dec okt dez janv févr juil déc
    jg jh heft lfg kap ziff abs ed eds
    """.split()
)

# After these a sentence may end; it does where the next word is one that opens sentences.
EITHER = frozenset(
    """
    etc al jr co corp inc ltd bros dept univ assn
    mi ft yd oz lb lbs cwt usw usf ff fol chr bd apr jh jg
    ed eds
    """.split()
)

LONGEST = max(map(len, NEVER | NUMBERED | EITHER))

# Words that open sentences, and that no name begins with.
OPENERS = frozenset(
    """
    the this that these those there then thus they their it its he she his her we our you your i in on at of for from by
    with within without after before since while when where who whom whose what which why how if as but and or nor so yet
    because although though however moreover nevertheless therefore hence here now one two three four both all some many
    most few others nobody none no not only even such to under over during until according also another each every
    everything everybody nothing something next instead later perhaps rebuilt see
    der die das den dem des ein eine einer eines einem einen er sie es wir ihr ich man dies diese dieser dieses dort da
    dann danach doch aber und oder auch als wenn weil ob wer wie was wo wann warum im am um an auf aus bei mit nach seit
    von vor zu zum zur über unter durch für gegen ohne so nun noch nur nicht jedoch alle viele einige andere niemand
    später damals hier heute gestern sein seine mehr beide
    le la les l un une des du de il elle ils elles on ce cet cette ces c en au aux dans sur sous par pour avec sans mais
    et ou où qui que quand comme si son sa ses leur leurs nous vous je d après avant depuis voir puis ainsi enfin
    """.split()
)

# German: what a number with a stop is the ordinal of, whatever the language of the paragraph.
AFTER_ORDINALS = frozenset(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert jahrhunderts
    jahrtausend jh jhs jhd
    """.split()
)

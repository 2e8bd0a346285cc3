"""What is known of English hyphens: tables only."""

from __future__ import annotations

import re

from .tongue import NEVER, Tongue

# First parts that nearly always keep their hyphen: self-esteem, cross-border, well-known, twenty-one.
_FIRM = frozenset(
    """self ex pro all half cross well ill quasi vice mid so high low long short full first second third twenty
    thirty forty fifty sixty seventy eighty ninety large small single double two three four five six
    seven eight nine ten hard soft fast slow open closed ever much newly best better great old new near
    deep wide broad middle top bottom upper lower win time state user afro anglo
    austro franco graeco greco historico indo italo judaeo judeo medico politico russo sino turco""".split()
)
# Prefixes written with and without a hyphen: co-operate and cooperate, non-linear and nonlinear.
_LOOSE = frozenset(
    """anti bi bio co counter cyber de down eco electro euro ex extra far geo hyper infra inter intra macro
    mega meta micro mini mis mono multi neo neuro non off out over pan para poly post pre proto pseudo psycho
    quasi re semi socio sub super supra techno tele trans tri ultra un under up vice in im un dis mis fore after with for be""".split()
)
# Second parts of compounds: market-based, large-scale, so-called.
_SECOND = frozenset(
    """based related like wide term level free oriented led driven specific dependent independent century
    quality scale time up off out down in made known called minded making being shaped sized type style
    year day way hand friendly backed born owned run sponsored centric centered centred funded rich poor
    intensive neutral proof range reaching running standing lasting cut speed order end century old new
    age aged class cost benefit effective efficient faceted fold sided handed hearted looking sharing
    building keeping setting solving sensitive focused conscious bound side line point party state
    control controlled era period dominated occupied ruled educated trained general in-chief law than to of and or by the""".split()
)
# Endings that are words of their own but mostly the rest of a word that was cut: think-ing, agree-able.
_TAILS = frozenset(
    """able ably age al ally an ance ant ants ate ated ates ed en ence ent er ers es est ful fully hood ible
    ic ical ing ings ion ions ish ism ist ists ity ive ize ized less let ling ly ment ments ness or ors ory
    ous ship some ted ter ters tic ties ting tion tional tions tive tor tors ty ure ward wards wise man men shire""".split()
)
# Endings by which a word not in the lists may be an inflected or derived form of one that is.
_INFLECTIONS = (
    ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("ies", "y"), ("ied", "y"),
    ("er", ""), ("ers", ""), ("ness", ""), ("al", ""), ("ally", "al"), ("isation", "ize"), ("ised", "ized"),
    ("ising", "izing"), ("able", ""), ("able", "e"), ("ity", ""), ("ity", "e"), ("ism", ""), ("ist", ""), ("ists", ""),
    ("ian", ""), ("ic", ""), ("like", ""), ("less", ""), ("ful", ""), ("ation", "e"), ("ize", ""), ("ized", ""),
)  # fmt: skip
# Prefixes by which a word not in the lists may be made of one that is.
_DERIVATIONS = frozenset(
    """un re non in im dis over under inter pre sub super anti multi bio micro trans mis co counter neuro geo
    aero agro andro angio anthropo archaeo arterio astro auto bacterio baro carcino cardio centi chemo chloro chrono
    cosmo crypto cyto deci demo dermato dys ecto encephalo endo entero epi equi ethno etymo ferro fibro gastro gluco
    glyco gyno haemo hecto hemi hemo hepato hepta hetero hexa histo historio hydro hyper hypo icono ideo immuno iso
    kilo leuko lipo litho lympho magneto meso milli mito morpho muco myco myelo myo nano necro nephro nucleo octo
    oligo omni onco ophthalmo organo ortho osteo oxy paleo palaeo patho penta peri petro phago pharmaco phono photo phylo
    physio phyto pneumo proteo pyro radio retro rhino spectro spermato stereo tachy tauto tetra theo thermo thrombo
    topo toxico tropho uni uro vaso xeno xylo zoo""".split()
)
# Second parts told by their form: open-minded, blood-curdling.
_SECOND_FORM = re.compile("[a-z]{3,}(?:ed|ing)(?:ly|ness)?")

ENGLISH = Tongue("en", _FIRM, _LOOSE, _SECOND, _TAILS, _SECOND_FORM, NEVER, False, _INFLECTIONS, _DERIVATIONS)

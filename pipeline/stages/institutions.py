"""Words that name where people work: tables only."""

from __future__ import annotations

import re

_LATIN = (
    r"universi|institut|istituto|\bdepartment|\bdépartement|\bd[eé]pt\b|college\b|collège|\bschool\b|schule\b|\bécole|facult|fakult|facoltà|\bseminar\b|"
    r"academ|akadem|académ|laborato|hospital|hôpital|klinik|\bcent(?:re|er)s?\b|\bzentrum|ministry|ministère|ministerium|muse(?:um|o|e)\b|musée|"
    r"library|bibliothe[ck]|bibliothèque|\barchives?\b|archiv\b|\bsociety\b|société|gesellschaft|stiftung\b|foundation\b|forschung|\bresearch\b|recherche|"
    r"\bindependent\b|\bfreelance|\bfreie[rs]?\s+(?:autor|journalist|schriftsteller|mitarbeiter)|indépendante?\b|\bscholar\b|\bprofessor|privatdozent|observator"
)
_HAN = (
    r"大学|大學|学院|學院|学部|學部|研究[院所室会會]|中心|[学學]会|[学學]會|[学學]校|中学|中學|博物[馆館院]|[图圖][书書][馆館]|档案[馆館]|檔案館|[馆館社厅廳院所]$|(?<![格结結布大全变變])局$|(?<!社)[会會]$|(?<![关關体體])系$|(?<![全内內外])部$|[报報]$|"
    r"[学學]者$|[系部所][，,]\s*[^，,]{2,12}\d{6}$|独立|獨立|自由撰稿|单位|單位"
)
INSTITUTION = re.compile(f"{_LATIN}|{_HAN}", re.IGNORECASE)
# A Chinese institution is whole where a line ends so; a postal code may stand behind it.
HAN_ENDS = re.compile(
    r"(?:[学學](?:院|校|者|部|会|會)?|研究[院所室]|中心|[馆館社局厅廳院系部所会會])(?:[，,\s].{2,12}\d{6})?[)）\]】]?$"
)
# Countries that stand at the end of where somebody works, in three languages.
_COUNTRIES = (
    "argentin(?:a|ien|e)|austral(?:ia|ien|ie)|austria|österreich|autriche|belgi(?:um|en|que)|bra[sz]il(?:ien)?|brésil|canada|kanada|chile|chili"
    "|(?:p\\. ?r\\. |people(?:’|')s republic of |republic of )?china|chine|colombia|croatia|kroatien|croatie|czech republic|czechia|tschechien|denmark|dänemark|danemark|egypt|ägypten|estonia|estland"
    "|finland|finnland|finlande|france|frankreich|germany|deutschland|allemagne|great britain|großbritannien|greece|griechenland|grèce|hong kong|hungary|ungarn|hongrie|india|indien|inde"
    "|ireland|irland|irlande|israel|israël|ital(?:y|ien|ie)|japan|japon|(?:south )?korea|südkorea|luxemb(?:o?u)rg|mexi[ck]o|mexique|(?:the )?netherlands|niederlande|pays-bas|new zealand|neuseeland"
    "|norw(?:ay|egen)|norvège|poland|polen|pologne|portugal|romania|rumänien|roumanie|russia(?:n federation)?|russland|russie|scotland|serbia|serbien|singapore|singapur|slovakia|slovenia|slowenien"
    "|south africa|südafrika|spain|spanien|espagne|sweden|schweden|suède|switzerland|schweiz|suisse|taiwan|turkey|türkei|turquie|u\\.?k\\.?|united kingdom|vereinigtes königreich|royaume-uni"
    "|u\\.?s\\.?(?:a\\.?)?|united states(?: of america)?|vereinigte staaten(?: von amerika)?|états-unis|ukraine|wales"
)
COUNTRY = re.compile(rf"(?:{_COUNTRIES})[.;]?", re.IGNORECASE)
_IN_COUNTRY = re.compile(rf"[^,]{{3,}}, (?:{_COUNTRIES})[.;]?$", re.IGNORECASE)


def names_workplace(text: str) -> bool:
    """Whether a text has a word for an institution, or ends with a comma and a country."""
    return INSTITUTION.search(text) is not None or _IN_COUNTRY.search(text) is not None

"""The names journals give their departments: what stands above news, notices and short pieces and has no author."""

from __future__ import annotations

import re

_LATIN = (
    # English
    r"(?:(?:brief|short|book|conference|society|research|editorial)\s+)?(?:notes?|news|notices|reviews?|reports?|activities|announcements)"
    r"(?:\s+(?:and|&)\s+(?:notes|news|notices|reviews|events|visits|queries|announcements|activities))?",
    r"visits\s+(?:and|&)\s+events|calendar|chronicle|corrections?|corrigend(?:um|a)|errat(?:um|a)|correspondence|obituar(?:y|ies)|in\s+memoriam",
    r"editorial|from\s+the\s+editors?|briefly\s+noted|(?:new\s+)?books\s+received|letters(?:\s+to\s+the\s+editors?)?|calls?\s+for\s+papers",
    r"notices?\s+(?:to|for)\s+(?:contributors|authors|readers|subscribers)|(?:notes\s+on\s+)?contributors|subscriptions?",
    r"(?:about|from)\s+(?:the|this|our)\s+(?:society|association|institute|archives?|journal|museum|library|contributors)",
    # German
    r"(?:vereins|kurz)?(?:nachrichten|mitteilungen)|aus\s+(?:den|dem|der)\s+(?:archiven|archiv|verein|gesellschaft|museum)|tagungsberichte?",
    r"berichtigung(?:en)?|chronik|nachrufe?|impressum|hinweise\s+für\s+\S+(?:\s+und\s+\S+)?|(?:der|unser)\s+verein|veranstaltungen",
    r"(?:buch)?besprechungen|rezensionen|leserbriefe|eingegangene\s+(?:bücher|schriften)|aufrufe?",
    # French and Spanish
    r"nouvelles|actualités|chroniques?|comptes[ -]rendus|notes\s+de\s+lecture|nécrologies?|courrier\s+des\s+lecteurs|(?:vie\s+de\s+)?la\s+société",
    r"avis\s+aux\s+(?:auteurs|lecteurs|abonnés)|appels?\s+à\s+(?:contributions?|communications?)|noticias|reseñas|crónica|fe\s+de\s+erratas",
)
_HAN = (
    r"(?:本刊|编者|編者|学会|學會|协会|協會|读者|讀者|会议|會議|学术|學術|新书|新書|来访与|來訪與)?",
    r"(?:大事[记記]|[编編][后後][记記语語]|[编編]者按|[编編][读讀]往[来來]|[简簡][讯訊介]|[动動][态態]|[综綜]述|[征徵]?稿[约約启啟啓]事?|[征徵]稿[启啟啓]事",
    r"|更正|勘[误誤]|[声聲]明|[书書][评評讯訊]|[来來]信|通[讯訊]|消息|[启啟啓]事|活[动動]|往[来來]|[讣訃]告)",
)
_NAME = re.compile(f"(?:{'|'.join(_LATIN)})|{''.join(_HAN)}", re.IGNORECASE)
_SPREAD = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_LONGEST = 40  # characters


def is_department(text: str) -> bool:
    """Whether a line is nothing but such a name."""
    bare = _SPREAD.sub("", text.strip(" .:：。\u3000"))
    return len(bare) <= _LONGEST and _NAME.fullmatch(bare) is not None

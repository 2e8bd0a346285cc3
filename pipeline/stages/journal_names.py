"""Words by which a line shows that it is a journal's name."""

from __future__ import annotations

import re

JOURNAL = re.compile(
    r"[学學][报報刊]|[季月集周半年丛叢][刊报報]|[论論][丛叢]|[评評][论論]$|通[讯訊]$|[杂雜][志誌]"
    r"|\b(?:journal|review|quarterly|proceedings|transactions|bulletin|annals|magazine|gazette|zeitschrift|jahrbuch"
    r"|mitteilungen|revue|annales|cahiers|rivista|revista)\b",
    re.IGNORECASE,
)

"""What `jiaokan.sch` says of its rules: sentence, what to do, level."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from ..resources import schema_path
from .finding import Level

_SCH = "{http://purl.oclc.org/dsdl/schematron}"


class Rule(NamedTuple):
    """One assert: what must hold, what to do where it does not, and how grave that is."""

    sentence: str
    mend: str
    level: Level


@lru_cache(maxsize=1)
def schematron_rules() -> dict[str, Rule]:
    """Every rule by its id."""
    schema = etree.parse(schema_path("jiaokan.sch"))
    mends = {one.get("id", ""): _text(one) for one in schema.iter(f"{_SCH}diagnostic")}
    return {
        one.get("id", ""): Rule(
            _text(one), mends[one.get("diagnostics", "")], "warning" if one.get("role") == "warning" else "error"
        )
        for one in schema.iter(f"{_SCH}assert")
    }


def _text(element: etree._Element) -> str:
    return " ".join((element.text or "").split())

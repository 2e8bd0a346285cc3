"""Names of departments, and titles of articles that begin like them."""

from __future__ import annotations

import pytest

from pipeline.stages.departments import is_department

NAMES = (
    "Notes and News", "BOOK REVIEWS", "Visits & Events", "Errata", "Letters to the Editor", "About this Journal",
    "Notice to Contributors", "Editorial Notes", "Vereinsnachrichten", "Aus den Archiven",
    "Hinweise für Autorinnen und Autoren", "Comptes rendus", "Avis aux auteurs", "Noticias", "学会动态", "編後記",
    "编 后 记", "征稿启事", "稿約", "会议综述",
)  # fmt: skip
OTHERS = (
    "Notes on a Weir", "Reports from the Lower Mills and their Owners", "The Chronicle of the River",
    "Corrections of the Eastern Channel", "Chronik der Mühlen am Fluss", "学会动态研究", "河工记",
)  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_departments(text: str) -> None:
    assert is_department(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_titles(text: str) -> None:
    assert not is_department(text)

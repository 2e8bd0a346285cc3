"""No gate keeps a pattern from a line it matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.stages import gates
from pipeline.stages.imprints import IMPRINT, is_imprint
from pipeline.stages.numbers import FORMS, Form, able_forms
from pipeline.stages.patterns import LABELS, NOTES, SIGNS, Pattern, by_beginning, label_of, note_label_of, note_labels
from pipeline.stages.signs import REACH, find_signs, names_of

ROWS = [*LABELS, *NOTES, *SIGNS]
LINE = re.compile(r"[^\n\r\f\u2028\u2029]{1,160}")


def test_every_gate_belongs_to_a_pattern() -> None:
    names = {row.name for row in ROWS}
    assert set(gates.BEGINS) | set(gates.NEEDS) | set(gates.ENDS) <= names
    assert set(gates.BEGINS_ASCII) <= set(gates.BEGINS)
    assert set(gates.AT_NEED) | gates.NEEDED_FIRST <= set(gates.NEEDS)
    assert not set(gates.NEEDS) & (set(gates.BEGINS) | set(gates.ENDS))
    assert all(needed == needed.lower() for needs in gates.NEEDS.values() for needed in needs)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_whatever_a_pattern_matches_passes_its_gate(row: Pattern) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.from_regex(row.regex))
    def holds(text: str) -> None:
        text = text[row.regex.search(text).start() :][:REACH]  # type: ignore[union-attr]
        if row.regex.match(text) and LINE.fullmatch(text):
            assert found_by_all(row, text)

    holds()


def found_by_all(row: Pattern, text: str) -> bool:
    """Whether the row, or for labels the first row that matches, is what the gated search finds."""
    if row in SIGNS:
        return names_of(find_signs([text])[0]) == tuple(sign.name for sign in SIGNS if sign.regex.match(text))
    table = LABELS if row in LABELS else NOTES
    first = next(other.name for other in table if other.regex.match(text))
    return first == (label_of(text) if table is LABELS else note_label_of(text)[0])


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("aBeEdDſKİı  .,:1520第系@“（—VoLnp\u3000王"), min_size=1, max_size=20)))
def test_many_lines_at_once_are_as_each_by_itself(texts: list[str]) -> None:
    found = [names_of(bits) for bits in find_signs(texts)]
    assert found == [tuple(sign.name for sign in SIGNS if sign.regex.match(text)) for text in texts]


@settings(deadline=None, max_examples=300)
@given(
    st.text(
        st.sampled_from("IVXLivxACHach()（）.．、:：,0129 \tZcpst§第章节一二十注[]〔①*†¹“《eſ\u212a"),
        min_size=1,
        max_size=8,
    )
)
def test_labels_are_those_of_the_patterns_without_gates(text: str) -> None:
    assert label_of(text) == next((row.name for row in LABELS if row.regex.match(text)), "")
    assert note_label_of(text)[0] == next((row.name for row in NOTES if row.regex.match(text)), "")
    assert bool(note_labels([text], by_beginning([text]))) == bool(note_label_of(text)[0])


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "[a-f]", "b|c", r"\d\d", "(?i:X)", ""]), max_size=6), st.text("abcdfxX19"))
def test_patterns_tried_in_one_go_are_those_that_match(patterns: list[str], text: str) -> None:
    alone = [number for number, pattern in enumerate(patterns) if re.match(pattern, text)]
    assert gates.matching(gates.combined(patterns), text) == alone


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_page_number_passes_the_gate_of_its_form(form: Form) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.from_regex(form.regex, fullmatch=True))
    def holds(text: str) -> None:
        assert form in able_forms(text[0], text[-1])

    holds()


def test_most_lines_can_have_no_form_of_a_page_number() -> None:
    assert not any(able_forms(first, last) for first in "aT甲“" for last in "ao,。")
    assert {form.name for form in able_forms("—", "—")} == {
        "before",
        "dashed",
        "ornamented",
        "roman",
        "signs-before",
        "signs-behind",
    }


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.from_regex(IMPRINT))
def test_whatever_names_an_imprint_holds_one_of_its_strings(text: str) -> None:
    assert is_imprint(text)

"""Volume, number and date of an issue, as running heads and covers print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.front.issue_data import IssueData, read_issue_data, year_of


@pytest.mark.parametrize(
    ("line", "volume", "number", "date"),
    [
        ("Quay Papers, Vol. 12, No. 3 (1931)", "12", "3", "1931"),
        ("Volume 15 · Number 1 · September 1957", "15", "1", "1957-09"),
        ("VOL. XII. No. IV.", "XII", "IV", ""),
        ("Quay Papers 85 (1948)", "85", "", "1948"),
        ("12:3 (1945)", "12", "3", "1945"),
        ("August 1934", "", "", "1934-08"),
        ("Monday, May 6, 1901 · No. 2,041", "", "2,041", "1901-05-06"),
        ("6th May 1901", "", "", "1901-05-06"),
        ("Spring 1902", "", "", "Spring 1902"),
        ("The Mills, No. 5–6", "", "5–6", ""),
        ("50. Jahrgang 1995, Heft 3", "50", "3", "1995"),
        ("Jg. 74 (2016), H. 7", "74", "7", "2016"),
        ("Heft 7/1931", "", "7", "1931"),
        ("Band 57", "57", "", ""),
        ("den 3. März 1848", "", "", "1848-03-03"),
        ("n° 60, 2020", "", "60", "2020"),
        ("Tome 58, fasc. 3 (2007)", "58", "3", "2007"),
        ("le 1er août 1893", "", "", "1893-08-01"),
        ("第45卷 第9期", "45", "9", ""),
        ("2010年第6期（总第8523期）", "", "6", "2010"),
        ("河渠评论 第四十五卷第二期", "四十五", "二", ""),
        ("1980年2月", "", "", "1980-02"),
        ("一九三一年四月十五日", "", "", "1931-04-15"),
        ("1965.9", "", "9", "1965"),
        ("ISSN 0000-1621", "", "", ""),
        ("Quay Papers 134", "", "", ""),
        ("No civil war", "", "", ""),
        ("The March of 1848", "", "", "1848"),
        ("Mayors of the Quay", "", "", ""),
    ],
)
def test_line(line: str, volume: str, number: str, date: str) -> None:
    assert read_issue_data(line) == IssueData(volume, number, date)


@given(st.text())
def test_any_line_can_be_read(line: str) -> None:
    data = read_issue_data(line)
    assert all(part == "" or part in line for part in data[:2])
    assert year_of(data.date) != "" or data.date == ""

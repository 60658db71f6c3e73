from __future__ import annotations

import pytest

from engine.answering.facts import comparable
from engine.text.dates import Date, moments


def dates(text: str) -> list[Date]:
    return [date for each in moments(comparable(text)).dates for date in each]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 3 July 2025", [Date(2025, 7, 3)]),
        ("July 3rd, 2025", [Date(2025, 7, 3)]),
        ("2025-07-03", [Date(2025, 7, 3)]),
        ("２０２５年７月３日", [Date(2025, 7, 3)]),
        ("令和7年7月3日", [Date(2025, 7, 3)]),
        ("二〇二五年七月三日", [Date(2025, 7, 3)]),
        ("平成元年", [Date(1989)]),
        ("2026年度", [Date(2026)]),
        ("7/3/2025", [Date(2025, 3, 7), Date(2025, 7, 3)]),
        ("8月9日（土）から17日（日）まで", [Date(None, 8, 9), Date(None, 8, 17)]),
        ("18 April 2026", [Date(2026, 4, 18)]),
        ("by 15 April", [Date(None, 4, 15)]),
        ("March 2026", [Date(2026, 3)]),
        ("3年間", []),
        ("you may ask", []),
        ("13月40日", []),
    ],
)
def test_a_date_is_read_in_any_form(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8時30分から15時", ("8:30", "15:00")),
        ("17:45", ("17:45",)),
        ("5:45 pm", ("17:45",)),
        ("午後3時半", ("15:30",)),
        ("3時間", ()),
    ],
)
def test_a_time_is_read_in_any_form(text, expected):
    assert moments(comparable(text)).times == expected


def test_a_date_tells_what_it_says_and_no_more():
    full, no_year = Date(2025, 7, 3), Date(None, 7, 3)
    nothing: frozenset[int] = frozenset()
    assert full.tells(no_year, nothing) and full.tells(Date(2025, 7), nothing)
    assert not full.tells(Date(2025, 7, 4), nothing)
    assert not Date(2025, 7).tells(full, nothing)
    assert no_year.tells(full, frozenset({2025})) and not no_year.tells(full, frozenset({2024}))

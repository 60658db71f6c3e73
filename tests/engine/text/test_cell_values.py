"""What cells hold, and the units that names of columns give."""

from __future__ import annotations

import pytest

from engine.text.cell_values import cell_value
from engine.text.column_units import column_unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,200", 1200, ""),
        ("12.5", 12.5, ""),
        ("1,200円", 1200, "yen"),
        ("¥1,200(税抜)", 1200, "yen"),
        ("€ 1.50", 1.5, "euro"),
        ("1,200 EUR", 1200, "euro"),
        ("USD 45.00", 45, "dollar"),
        ("△5", -5, ""),
        ("(1,200)", -1200, ""),
        ("12.5%", 12.5, "percent"),
        ("1億3,400万円", 134_000_000, "yen"),
        ("12 pcs", 12, "pcs"),
        ("3 boxes", 3, "box"),
        ("10名", 10, "person"),
        ("3か月", 3, "month"),
        ("¥12,000/月", 12000, "yen/月"),
    ],
)
def test_numbers_have_their_unit(text: str, value: float, unit: str) -> None:
    found = cell_value(text)
    assert (found.kind, found.value, found.unit) == ("number", value, unit)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-04-01", "2025-04-01"),
        ("2025/4/1", "2025-04-01"),
        ("1 May 2025", "2025-05-01"),
        ("令和7年4月1日", "2025-04-01"),
        ("2025年4月1日(火)", "2025-04-01"),
        ("13/3/2025", "2025-03-13"),
        ("2025年4月", "2025-04"),
        ("4月", "--04"),
        ("April", "--04"),
        ("2025-04-01 10:30", "2025-04-01 10:30"),
    ],
)
def test_dates_are_iso_as_far_as_they_are_told(text: str, iso: str) -> None:
    found = cell_value(text)
    assert (found.kind, found.value) == ("date", iso)


def test_day_and_month_that_nobody_can_tell_stay_apart() -> None:
    found = cell_value("7/3/2025")
    assert (found.kind, found.value, found.high) == ("day-or-month", "2025-07-03", 20250307)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("50-99", (50, 99), (49, 100)),
        ("1〜9個", (1, 9), (0, 10)),
        ("20 to 49", (20, 49), (19, 50)),
        ("100+", (100, 10**6), (99,)),
        ("100以上", (100, 10**6), (99,)),
        ("10個未満", (0, 9), (10,)),
        ("up to 49", (0, 49), (50,)),
        ("over 500 pcs", (501,), (500,)),
        ("50%以上", (50,), (49,)),
    ],
)
def test_ranges_have_two_ends(text: str, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    found = cell_value(text)
    assert found.kind == "range" and found.high is not None and not isinstance(found.value, str)
    assert all(found.value <= number <= found.high for number in inside)
    assert not any(found.value <= number <= found.high for number in outside)


@pytest.mark.parametrize(
    "text", ["007", "KF-200", "03-1234-5678", "4111111111111111", "30 days net", "R7.4.1", "n/a"]
)
def test_codes_and_whatever_is_not_told_entirely_are_words(text: str) -> None:
    assert cell_value(text).kind == "words"


@pytest.mark.parametrize(
    ("name", "unit", "scale"),
    [
        ("Price (EUR)", "euro", 1),
        ("Price GBP", "pound", 1),
        ("金額（千円）", "yen", 1000),
        ("売上（百万円）", "yen", 10**6),
        ("Sales (¥ million)", "yen", 10**6),
        ("Revenue (kEUR)", "euro", 1000),
        ("数量（個）", "個", 1),
        ("残業（時間）", "hour", 1),
        ("GBP per mile (GBP per mile)", "pound/mile", 1),
        ("（単位：千円）", "yen", 1000),
        ("Price (net)", "", 1),
        ("Quantity", "", 1),
    ],
)
def test_names_give_units(name: str, unit: str, scale: int) -> None:
    found = column_unit(name)
    assert (found.unit, found.scale) == (unit, scale)

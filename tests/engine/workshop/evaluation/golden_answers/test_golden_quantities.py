"""Numbers, dates and times in every usual form of two languages."""

from __future__ import annotations

import pytest

from engine.workshop.evaluation.golden_answers.quantities import values_of


def amounts(text: str) -> list[tuple[float, str]]:
    return [(each.amount, each.unit) for each in values_of(text).quantities]


@pytest.mark.parametrize(
    "text",
    [
        "1,200 yen",
        "1200 yen",
        "¥1,200",
        "JPY 1200",
        "1.2 thousand yen",
        "twelve hundred yen",
        "one thousand two hundred yen",
        "1,200円",
        "１，２００円",
        "千二百円",
        "1千200円",
    ],
)
def test_twelve_hundred_yen(text: str) -> None:
    assert amounts(text) == [(1200, "JPY")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¥510 million", [(510e6, "JPY")]),
        ("5億1,000万円", [(510e6, "JPY")]),
        ("510百万円", [(510e6, "JPY")]),
        ("£1.2m", [(1.2e6, "GBP")]),
        ("38万5,000円", [(385000, "JPY")]),
        ("1,850万円", [(18.5e6, "JPY")]),
        ("三十万円", [(300000, "JPY")]),
        ("EUR 362", [(362, "EUR")]),
        ("362 (EUR)", [(362, "EUR")]),
        ("€362.00", [(362, "EUR")]),
        ("8 %", [(8, "percent")]),
        ("eight per cent", [(8, "percent")]),
        ("8パーセント", [(8, "percent")]),
        ("2割", [(20, "percent")]),
    ],
)
def test_amounts_of_money_and_shares(text: str, expected: list[tuple[float, str]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ninety (90) days", [(90, "day"), (90, "day")]),
        ("one hundred and eighty days", [(180, "day")]),
        ("twenty-five days", [(25, "day")]),
        ("二十五日間", [(25, "day")]),
        ("two weeks", [(14, "day")]),
        ("2年6か月", [(30, "month")]),
        ("a year", [(12, "month")]),
        ("1時間以内", [(3600, "second")]),
        ("within an hour", [(3600, "second")]),
        ("4分38秒", [(278, "second")]),
        ("4 minutes and 38 seconds", [(278, "second")]),
        ("7時間45分", [(27900, "second")]),
        ("5 working days", [(5, "workday")]),
        ("5営業日", [(5, "workday")]),
        ("a 25-day period", [(25, "day")]),
        ("480 g", [(480, "g")]),
        ("0.48 kg", [(480, "g")]),
        ("30 N·m", [(30, "Nm")]),
        ("4-20 mA", [(4, "mA"), (20, "mA")]),
        ("10～12日", [(10, "day"), (12, "day")]),
        ("4万字", [(40000, "character")]),
        ("8台", [(8, "")]),
        ("年10日", [(10, "day")]),
    ],
)
def test_durations_and_other_units(text: str, expected: list[tuple[float, str]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "KF-200-50",
        "KP-50-H-06-A",
        "room B-204",
        "clause 4",
        "Section 12",
        "第3条",
        "第19条第1項",
        "FY2025 Q1",
        "2025年度",
        "in 2009",
        "2009年製",
        "extension 4417",
        "内線4040",
        "1. first\n2. second",
        "1.4 Unused leave",
        "口径50A",
        "東京23区",
        "1台でも",
        "one of them",
        "1人あたり",
        "1件につき",
        "SP-5007",
        "agreement KI-SA-2024-017",
    ],
)
def test_what_names_something_measures_nothing(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-03",
        "2025/7/3",
        "3 July 2025",
        "3rd of July, 2025",
        "July 3, 2025",
        "Thursday, July 3rd 2025",
        "2025年7月3日",
        "２０２５年７月３日（木）",
        "令和7年7月3日",
        "令和七年七月三日",
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    (date,) = values_of(text).dates
    assert date.readings == ((2025, 7, 3),)
    assert not values_of(text).quantities


def test_parts_of_dates_and_two_readings() -> None:
    def readings(text: str) -> list[tuple[tuple[int, int, int], ...]]:
        return [date.readings for date in values_of(text).dates]

    assert readings("April 2026") == [((2026, 4, 0),)]
    assert readings("2026年4月") == [((2026, 4, 0),)]
    assert readings("10 October") == [((0, 10, 10),)]
    assert readings("8月22日から") == [((0, 8, 22),)]
    assert readings("毎年6月と12月") == [((0, 6, 0),), ((0, 12, 0),)]
    assert readings("5/10/2025") == [((2025, 10, 5), (2025, 5, 10))]
    assert readings("at 20/25") == []


@pytest.mark.parametrize("text", ["15:00", "3 p.m.", "3pm", "3.00 pm", "15時", "午後3時"])
def test_one_time_in_many_forms(text: str) -> None:
    (time,) = values_of(text).times
    assert (time.hour, time.minute) == (15, 0)
    assert not values_of(text).quantities


def test_noon_and_half_hours() -> None:
    def times(text: str) -> list[tuple[int, int]]:
        return [(time.hour, time.minute) for time in values_of(text).times]

    assert times("at noon") == times("正午") == [(12, 0)]
    assert times("8時半") == times("8:30") == times("午前8時30分") == [(8, 30)]
    assert times("7時間") == []

"""Numbers, codes, periods and names are told apart in both languages."""

from __future__ import annotations

import pytest

from engine.documents.tables.grid import NUMBER
from engine.documents.tables.kinds import (
    Kind,
    is_general,
    is_name,
    is_note,
    is_total,
    is_unit,
    kind_of,
)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.VALUE, "12 m|1.1 kW|2025-04-08|3台|¥1,200|(3)|2102|-70,000|△1,200|09:30|2025年4月1日"
         "|GBP 21|98%以上|10 working days|100,000円"),
        (Kind.CODE, "A-1029|KF-200-25|Q-2025-0533|mori@example.org|LR-11"),
        (Kind.PERIOD, "2025|FY2024|Q1|4月|月|Monday|令和7年度|第1四半期|上期|March 2025"),
        (Kind.ANSWER, "yes|n/a|済|○|-|なし"),
        (Kind.PROSE, "Delivered. Paid later.|検収後18か月。消耗品を除く。"),
        (Kind.WORDS, "Regular employees|小野寺|経理課|年5日|ご発注後10週間"),
        (Kind.EMPTY, ""),
    ],
)  # fmt: skip
def test_kinds(kind: Kind, texts: str) -> None:
    assert {text: kind_of(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), kind
    )


def test_a_stored_number_is_a_value_however_it_is_shown() -> None:
    assert kind_of("about a dozen", NUMBER) is Kind.VALUE


@pytest.mark.parametrize(
    "text",
    "Unit price|Date of birth|Ship to|first_name|unitPrice|Price (EUR)|Employees|Valid from|Date:"
    "|見積番号|単価（円）|氏名：|合計金額（税込）|お届け先|生年月日|納品希望日".split("|"),
)
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    "Abelard|Dispatch|Osmunda|Foundry|経理課|小野寺|東京|3名|2日|月曜日|Boiler room|済".split("|"),
)
def test_values_are_no_names(text: str) -> None:
    assert not is_name(text)


def test_general_names_totals_notes_and_units() -> None:
    assert all(map(is_general, ("Item", "項目", "Value", "内容")))
    assert all(map(is_total, ("Total", "Subtotal", "小計", "合計", "VAT 20%", "消費税（10%）")))
    assert not is_total("Hull inspection")
    assert all(map(is_note, ("Note: a", "※税別", "* estimated", "注）b")))
    assert all(map(is_unit, ("kg", "(円)", "kg/m3", "EUR/kg", "千円", "%")))
    assert not is_unit("Anna")

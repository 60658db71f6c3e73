"""Plans in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from composed_answers import PLAN

from app.i18n import LanguageManager, Words, plan_words
from engine.answering.tabular.groups import SHEET
from engine.answering.tabular.operations import BY_MONTH, BY_YEAR
from engine.records import RowFilter, TableName, TablePlan
from engine.records.tables import Relation, TableOperation


@pytest.fixture
def language(qapp) -> Iterator[LanguageManager]:
    made = LanguageManager(qapp, "en")
    yield made
    made.choose("en")
    made.close()


def test_a_plan_is_a_sentence(language) -> None:
    sentence = "Sum of “Amount” in prices.xlsx, sheet Q1, where Region = Osaka"
    assert Words().plans.plan(PLAN) == sentence
    grouped = replace(PLAN, operation="mean", group="Month", filters=())
    sentence = "Average of “Amount” in prices.xlsx, sheet Q1, for each “Month”"
    assert Words().plans.plan(grouped) == sentence


def test_top_rows_say_which_end_and_how_many(language) -> None:
    tables = (TableName(1, "a.csv"),)
    plan = TablePlan(tables, "top", "Price", limit=3)
    assert Words().plans.plan(plan) == "The 3 largest “Price” in a.csv"
    plan = replace(plan, descending=False, limit=0)
    assert Words().plans.plan(plan) == "Smallest “Price” first in a.csv"


def test_conditions_and_many_tables_are_put_together(language) -> None:
    tables = tuple(TableName(n, f"m{n}.csv") for n in range(1, 13))
    filters = (RowFilter("Date", ">=", "2025-04"), RowFilter("Name", "contains", "Osaka"))
    assert Words().plans.plan(TablePlan(tables, "count", "", filters)) == (
        "Number of rows in m1.csv, m2.csv and 10 more, where Date ≥ 2025-04 and Name contains Osaka"
    )


def test_it_speaks_japanese(language) -> None:
    language.choose("ja")
    plan = TablePlan(
        (TableName(1, "価格表.xlsx"),), "sum", "金額", (RowFilter("地域", "=", "大阪"),)
    )
    assert Words().plans.plan(plan) == "価格表.xlsx の「金額」の合計、条件：地域 = 大阪"


def test_what_stands_for_a_column_is_what_the_engine_takes_for_it(language) -> None:
    assert (plan_words.SHEET, plan_words.BY_MONTH, plan_words.BY_YEAR) == (SHEET, BY_MONTH, BY_YEAR)
    grouped = replace(PLAN, operation="group", filters=(), group=f"Since{BY_MONTH}")
    sentence = "Sum of “Amount” in prices.xlsx, sheet Q1, for each “Since, by month”"
    assert Words().plans.plan(grouped) == sentence
    assert Words().plans.filter(RowFilter(SHEET, "=", "april")) == "sheet or file = april"


@pytest.mark.parametrize("code", ["en", "ja"])
def test_everything_has_words(language, code: str) -> None:
    language.choose(code)
    words = Words().plans
    assert set(words.operations()) == set(get_args(TableOperation))
    assert set(words.relations()) == set(get_args(Relation))
    for operation in get_args(TableOperation):
        for column in ("", "Amount"):
            assert "{" not in words.plan(replace(PLAN, operation=operation, column=column))
    for relation in get_args(Relation):
        assert "Osaka" in words.filter(RowFilter("Region", relation, "Osaka"))

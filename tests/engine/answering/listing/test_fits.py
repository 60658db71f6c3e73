"""Which rows of which list a question asks for."""

from __future__ import annotations

import pytest

from engine.answering.listing.groups import groups_of
from engine.answering.listing.items import items_of
from engine.answering.listing.lines import lines_of
from engine.answering.listing.matching import chosen, fits
from engine.answering.listing.topic import Page
from engine.answering.listing.wanted import wanted
from engine.records import DocumentRef, Location, Passage

DISHES = """Dishes
Dish: Leek tart | Contains: milk, eggs | Suitable for vegans: no
Dish: Chickpea stew | Contains: none | Suitable for vegans: yes
Dish: Tahini aubergine | Contains: sesame | Suitable for vegans: yes"""

SUPPLIERS = """購買先一覧
取引先: 鳴神精工 | 納期（週）: 4 | 評価: A
取引先: 白樺樹脂 | 納期（週）: 3 | 評価: B"""


def found(question: str, text: str, title: str = "Guide") -> list[str]:
    document = DocumentRef(1, "guide.md", "/docs/guide.md", title, 0.0, "text/markdown")
    passage = Passage(1, document, 0, 0, len(text), text, title, Location("line", 1, 9))
    asked = wanted(question)
    groups = groups_of(lines_of([passage]), lambda line: True)
    sure, _ = chosen(fits(asked, groups, Page(text, text)), asked.language)
    return [item.text for fit in sure for item in items_of(fit)]


@pytest.mark.parametrize(
    ("question", "first_words"),
    [
        ("List all dishes.", ["Leek tart", "Chickpea stew", "Tahini aubergine"]),
        ("Which dishes are suitable for vegans?", ["Chickpea stew", "Tahini aubergine"]),
        ("Which dishes contain milk?", ["Leek tart"]),
    ],
)
def test_what_the_topic_says_chooses_rows(question, first_words):
    rows = found(question, DISHES)
    assert [row.split(" – ")[0] for row in rows] == first_words


def test_a_value_has_its_label():
    assert found("納期の一覧", SUPPLIERS, "購買先一覧") == ["鳴神精工: 4 週", "白樺樹脂: 3 週"]


def test_a_column_of_another_name_and_its_grade():
    assert found("評価がAの仕入先を全部挙げて。", SUPPLIERS, "購買先一覧") == ["鳴神精工"]


def test_nothing_fits_what_no_list_is_called():
    assert found("Which submarines do we own?", DISHES) == []

"""The text of a line."""

from __future__ import annotations

from engine.documents.tables.line import Line, Role
from engine.documents.tables.writing import cell_range, text_of


def test_names_values_and_sections() -> None:
    line = Line(3, Role.DATA, (("Item", "Desk"), ("", "new"), ("Total", "Total")), 0, 2, "Office")
    assert text_of(line) == "Office | Item: Desk | new | Total"
    assert cell_range("S", line).name == "S!A3:C3"
    assert cell_range("", Line(3, Role.NOTE, (("", "x"),), 1, 1)).name == "B3"

"""Tables of one sheet are told apart by blank rows and blank columns."""

from __future__ import annotations

from engine.documents.tables.grid import Row
from engine.documents.tables.regions import regions


def places(rows: list[Row]) -> list[tuple[int, int, int, int]]:
    found = list(regions(rows))
    return [(r.rows[0].number, r.rows[-1].number, r.left, r.right) for r in found]


def test_blank_rows_divide() -> None:
    rows = [Row(1, ("a", "b")), Row(2, ("c", "d")), Row(5, ("e", "f"))]
    assert places(rows) == [(1, 2, 0, 2), (5, 5, 0, 2)]


def test_a_blank_column_divides_tables_that_name_their_rows() -> None:
    rows = [
        Row(1, ("Stock and suppliers",)),
        Row(2, ("Part", "Bin", "", "Supplier", "Weeks")),
        Row(3, ("Rotor", "B-14", "", "Fennimore", "6")),
        Row(4, ("Stator", "C-02", "", "Quillon", "11")),
    ]
    assert places(rows) == [(1, 4, 0, 3), (2, 4, 3, 5)]


def test_a_blank_column_within_a_table_does_not() -> None:
    rows = [
        Row(1, ("Part", "Bin", "", "Price", "Pieces")),
        Row(2, ("Rotor", "B-14", "", "12", "6")),
        Row(3, ("Stator", "C-02", "", "13", "11")),
    ]
    assert places(rows) == [(1, 3, 0, 5)]

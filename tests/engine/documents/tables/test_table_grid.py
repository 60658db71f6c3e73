"""Cells come to stand in their columns, whatever is merged."""

from __future__ import annotations

from engine.documents.tables.grid import (
    ACROSS,
    DOWN,
    LIKELY,
    MARKED,
    GridBuilder,
    Row,
    column_name,
    unfolded,
)


def test_cells_that_span_columns_and_rows() -> None:
    grid = GridBuilder()
    grid.cell("A", n_rows=2)
    grid.cell("B", n_columns=2)
    grid.end_row()
    grid.cell("b")
    grid.cell("c")
    grid.end_row()
    assert [row.cells for row in grid.rows] == [("A", "B", "B"), ("A", "b", "c")]
    assert grid.rows[0].looks == bytes([0, 0, ACROSS])
    assert grid.rows[1].looks == bytes([DOWN, 0, 0])
    assert grid.rows[0].own() == [0, 1] and grid.rows[0].end(1) == 3


def test_a_span_down_to_the_right_edge_ends_with_its_rows() -> None:
    grid = GridBuilder()
    grid.cell("a")
    grid.cell("b", n_rows=3)
    grid.end_row()
    for text in "xyz":
        grid.cell(text)
        grid.end_row()
    assert [row.cells for row in grid.rows] == [("a", "b"), ("x", "b"), ("y", "b"), ("z",)]


def test_rows_that_start_late_and_cells_that_go_on() -> None:
    grid = GridBuilder()
    grid.cell("a", look=MARKED)
    grid.cell("b", n_columns=2)
    grid.end_row(likely=True)
    grid.skip(1)
    grid.go_on_down(2)
    grid.end_row()
    grid.cell("c")
    grid.go_on_across()
    grid.end_row()
    assert [row.cells for row in grid.rows] == [("a", "b", "b"), ("", "b", "b"), ("c", "c")]
    assert grid.rows[0].looks[0] == MARKED | LIKELY
    assert grid.rows[1].looks[1:] == bytes([DOWN | LIKELY, DOWN | ACROSS | LIKELY])


def test_absurd_spans_cost_little() -> None:
    grid = GridBuilder()
    for _ in range(300):
        grid.cell("x", n_columns=100_000, n_rows=100_000)
        grid.end_row()
    assert sum(len(row.cells) for row in grid.rows) < 1_000_000


def test_parallel_paragraphs_become_rows() -> None:
    head = Row(3, ("Set", "Part", "Pieces"))
    found = list(unfolded([head, Row(4, ("Kit", "Bolt\nNut\n", "12\n30\n"))]))
    assert [(row.number, row.cells) for row in found[1:]] == [
        (4, ("Kit", "Bolt", "12")),
        (4, ("Kit", "Nut", "30")),
    ]


def test_lines_that_belong_together_stay_in_one_row() -> None:
    head = Row(1, ("a", "b"))
    for cells in (
        ("Bolt\nNut", "12"),  # one of several lines alone
        ("Bolt\nNut", "12\n30\n1"),
        ("Mill Road\nPorthlow", "Deliver before\nnoon only"),  # lines without values
    ):
        assert list(unfolded([head, Row(2, cells)])) == [head, Row(2, cells)]
    names = Row(1, ("Price\n(2024)", "Price\n(2025)"))
    assert list(unfolded([names])) == [names]


def test_column_names_of_a_grid() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]

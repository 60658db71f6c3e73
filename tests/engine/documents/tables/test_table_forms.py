"""Forms: labels beside their values, in one pair of columns or several."""

from __future__ import annotations

from engine.documents.tables.forms import Form, find_form, pairs_of
from engine.documents.tables.grid import BOLD, Row


def form_of(*cells: list[str]) -> tuple[Form | None, list[Row]]:
    rows = [Row(n, tuple(row)) for n, row in enumerate(cells, 1)]
    return find_form(rows, 0, max(map(len, cells))), rows


def test_labels_and_values_alternate() -> None:
    form, rows = form_of(
        ["氏名", "小野寺", "部署", "経理課"],
        ["申請日", "2025-04-08", "申請番号", "A-1029"],
        ["用途", "展示会", "", ""],
    )
    assert form is not None and form.columns == {0, 2}
    assert pairs_of(form, rows[0], [0, 1, 2, 3]) == [("氏名", "小野寺"), ("部署", "経理課")]
    assert pairs_of(form, rows[2], [0, 1]) == [("用途", "展示会")]


def test_labels_side_by_side_name_a_value_together_and_empty_values_leave_a_label() -> None:
    form = Form(frozenset({0, 1, 3}))
    assert pairs_of(form, Row(1, ("連絡先", "電話", "03-1234", "")), [0, 1, 2]) == [
        ("連絡先, 電話", "03-1234")
    ]
    assert pairs_of(form, Row(1, ("備考", "", "", "確認")), [0, 3]) == [("", "備考"), ("", "確認")]


def test_colons_and_bold_make_labels() -> None:
    form, rows = form_of(["Gate:", "4", "Bay:", "9"], ["Load:", "tiles", "Seal:", "77-1"])
    assert form is not None
    assert pairs_of(form, rows[1], [0, 1, 2, 3]) == [("Load", "tiles"), ("Seal", "77-1")]
    looks = bytes([BOLD, 0, BOLD, 0])
    bold = [Row(1, ("Gate", "4", "Bay", "9"), looks), Row(2, ("Load", "tiles", "Seal", "x"), looks)]
    found = find_form(bold, 0, 4)
    assert found is not None and found.columns == {0, 2}


def test_lists_and_tables_are_no_forms() -> None:
    assert (
        form_of(["Abel", "Dispatch", "Anna", "2101"], ["Berta", "Payroll", "Olaf", "2102"])[0]
        is None
    )
    assert (
        form_of(["Name", "Team", "Phone"], ["Abel", "Red", "11"], ["Berta", "Blue", "12"])[0]
        is None
    )

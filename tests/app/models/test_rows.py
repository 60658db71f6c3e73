from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.i18n import Words
from app.models.rows import Row, RowModel, RowRole
from app.models.skipped import FOLDER, NAME, REASON, SkippedModel
from engine.records import Notice, PartlyReadFile, SkippedFile, SkipReason


@pytest.fixture
def rows(qapp):
    model = RowModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    yield model
    assert tester is not None


def test_rows_carry_text_for_eyes_and_screen_readers(rows):
    rows.set_rows([Row(7, "Contracts", "folder", "12", "offline", "/srv/contracts", "value")])
    index = rows.index(0)
    assert rows.data(index) == "Contracts"
    assert rows.data(index, Qt.ItemDataRole.ToolTipRole) == "/srv/contracts"
    assert rows.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Contracts 12 offline"
    assert rows.data(index, RowRole.VALUE) == "value"
    assert rows.row_of(7).row() == 0
    assert not rows.row_of(8).isValid()
    assert rows.data(QModelIndex()) is None


def test_an_update_with_the_same_keys_changes_in_place(qtbot, rows):
    rows.set_rows([Row(1, "A"), Row(2, "B")])
    with (
        qtbot.waitSignal(rows.dataChanged) as changed,
        qtbot.assertNotEmitted(rows.modelReset),
    ):
        rows.set_rows([Row(1, "A"), Row(2, "B", trailing="5 %")])
    assert changed.args[0].row() == 1
    with qtbot.waitSignal(rows.modelReset):
        rows.set_rows([Row(2, "B")])


def test_skipped_files_give_reason_in_words_and_take_passwords(qapp):
    model = SkippedModel(Words())
    model.set_files(
        [
            SkippedFile("/docs/locked.pdf", SkipReason.ENCRYPTED, Notice("password-needed")),
            SkippedFile("/docs/sub/broken.docx", SkipReason.DAMAGED, Notice("zip-broken")),
        ]
    )
    assert model.data(model.index(0, NAME)) == "locked.pdf"
    assert "password" in model.data(model.index(0, REASON))
    assert model.data(model.index(1, FOLDER)) == "/docs/sub"
    assert "zip container" in model.data(model.index(1, NAME), Qt.ItemDataRole.ToolTipRole)
    before = model.data(model.index(0, REASON))
    model.set_password("/docs/locked.pdf", "hunter2")
    assert model.data(model.index(0, REASON)) != before
    assert model.passwords == {"/docs/locked.pdf": "hunter2"}
    assert "hunter2" not in repr(model.data(model.index(0, REASON)))


def test_files_read_in_part_say_what_is_missing(qapp):
    model = SkippedModel(Words())
    cut = Notice("rows-cut", {"n_rows": 9})
    lost = Notice("object-not-read", {"inserted": "o1.bin"})
    model.set_files([PartlyReadFile("/a/b.csv", (cut,)), PartlyReadFile("/a/c.docx", (lost, cut))])
    assert model.data(model.index(0, REASON)) == (
        "Searched in part. Only the first 9 rows were read."
    )
    assert model.data(model.index(1, REASON)).endswith("(and 1 more)")
    tip = model.data(model.index(1, NAME), Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == [
        "/a/c.docx",
        "The embedded object o1.bin was not read.",
        "Only the first 9 rows were read.",
    ]


def test_every_skip_reason_has_a_sentence(qapp):
    words = Words()
    sentences = {words.skip_reason(reason) for reason in SkipReason}
    assert len(sentences) == len(SkipReason)

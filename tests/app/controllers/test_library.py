from __future__ import annotations

from pathlib import Path

from app.controllers.ingest_progress import IngestProgress
from app.main_window import MainWindow
from engine.errors import CollectionNameTaken, DiskFull, PathMissing
from engine.events import (
    FileIndexed,
    FileSkipped,
    FileUnchanged,
    IndexFinished,
    IndexProgressed,
    ScanFinished,
)
from engine.records import IndexSummary, Notice, SkippedFile, SkipReason


def test_an_empty_data_folder_gets_the_default_collection(window):
    library = window.program.library
    assert [c.name for c in library.collections] == ["Documents"]
    assert library.current is not None


def test_create_select_rename_delete(qtbot, window):
    library = window.program.library
    library.create("Contracts")
    qtbot.waitUntil(lambda: library.current.name == "Contracts")
    library.rename(library.current, "契約書")
    qtbot.waitUntil(lambda: library.current.name == "契約書")
    library.select("Documents")
    assert library.current.name == "Documents"
    library.delete(next(c for c in library.collections if c.name == "契約書"))
    qtbot.waitUntil(lambda: [c.name for c in library.collections] == ["Documents"])


def test_deleting_the_last_collection_leaves_an_empty_one(qtbot, window):
    library = window.program.library
    first = library.current
    library.delete(first)
    qtbot.waitUntil(lambda: library.current is not None and library.current.id != first.id)
    assert library.current.name == "Documents"


def test_a_taken_name_is_reported(qtbot, window):
    with qtbot.waitSignal(window.program.library.failed) as caught:
        window.program.library.create("Documents")
    assert isinstance(caught.args[0], CollectionNameTaken)


def test_indexing_reports_counts_progress_and_skipped(qtbot, window, documents):
    library = window.program.library
    stages: list[str] = []
    library.progress_changed.connect(lambda _n, p: p and stages.append(p.stage))
    with qtbot.waitSignal(library.indexed) as done:
        library.add_paths([documents])
    name, summary, cancelled = done.args
    assert (name, summary.n_indexed, len(summary.skipped), cancelled) == ("Documents", 3, 2, False)
    assert stages[0] == "scan"
    assert "read" in stages
    qtbot.waitUntil(lambda: library.current.n_skipped == 2)
    qtbot.waitUntil(lambda: library.progress == {})


def test_cancel_keeps_what_is_done(qtbot, window, engine, documents):
    engine.file_s = 0.5
    library = window.program.library
    library.add_paths([documents])
    qtbot.waitUntil(lambda: library.current.n_documents >= 1)
    with qtbot.waitSignal(library.indexed) as done:
        library.cancel()
        assert library.progress["Documents"].stopping
    assert done.args[2] is True
    qtbot.waitUntil(lambda: library.progress == {})
    assert 1 <= library.current.n_documents < 3


def test_a_missing_path_is_said_and_nothing_is_indexed(qtbot, window):
    with qtbot.waitSignal(window.program.library.failed) as caught:
        window.program.library.add_paths([Path("/nowhere/at/all")])
    assert isinstance(caught.args[0], PathMissing)
    qtbot.waitUntil(lambda: window.program.library.progress == {})


def test_a_full_disk_is_said_and_the_next_run_works(qtbot, window, engine, documents):
    library = window.program.library
    engine.fail_with = DiskFull(path="/data")
    with qtbot.waitSignal(library.failed) as caught:
        library.add_paths([documents])
    assert isinstance(caught.args[0], DiskFull)
    qtbot.waitUntil(lambda: library.progress == {})
    with qtbot.waitSignal(library.indexed):
        library.add_paths([documents])


def test_retry_with_a_password_reads_the_file(qtbot, indexed: MainWindow, documents):
    library = indexed.program.library
    with qtbot.waitSignal(library.indexed):
        library.retry_skipped({str(documents / "locked.pdf"): "secret"})
    qtbot.waitUntil(lambda: library.current.n_documents == 4)
    qtbot.waitUntil(lambda: library.current.n_skipped == 1)


def test_removing_a_source_drops_its_documents(qtbot, indexed: MainWindow, engine):
    library = indexed.program.library
    (source,) = engine.library.sources(library.current.id)
    library.remove_source(source.id)
    qtbot.waitUntil(lambda: library.current.n_documents == 0)


def test_progress_folds_events():
    state = IngestProgress()
    state = state.after(ScanFinished(10, 5_000))
    state = state.after(IndexProgressed("read", 4, 10, 12.5, "/docs/a.pdf"))
    assert (state.stage, state.n_done, state.n_total, state.eta_s) == ("read", 4, 10, 12.5)
    state = state.after(FileUnchanged("/docs/a.pdf"))
    assert not state.lists_are_stale
    state = state.after(FileIndexed("/docs/b.pdf", 3))
    assert state.lists_are_stale
    state = state.with_fresh_lists()
    assert not state.lists_are_stale
    state = state.after(FileSkipped(SkippedFile("/x", SkipReason.DAMAGED, Notice("zip-broken"))))
    assert state.n_skipped == 1
    summary = IndexSummary(1, 1, 0, (), 3, 1.0)
    assert state.after(IndexFinished(summary, cancelled=True)).cancelled

"""Files come, change, move and go; each ends in exactly one state."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from index_events import LEASE, LEAVE, of, paths_of, snapshot

from engine.events import (
    FileIndexed,
    FileRemoved,
    FileSkipped,
    FileUnchanged,
    ScanFinished,
    SourceOffline,
)
from engine.records import SkipReason


def test_every_scanned_file_ends_in_one_state(world: Any, summary: Any) -> None:
    world.write("leave.txt", LEAVE)
    world.write("sub/契約.md", LEASE)
    world.write("empty.txt", "")
    (world.folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    events = world.index()
    scanned = of(ScanFinished, events)[0]
    assert scanned.n_files == 4
    assert scanned.n_bytes == sum(p.stat().st_size for p in world.folder.rglob("*.*"))
    done = summary(events)
    assert (done.n_indexed, done.n_unchanged, done.n_removed) == (2, 0, 0)
    reasons = {Path(s.path).name: s.reason for s in done.skipped}
    assert reasons == {"empty.txt": SkipReason.EMPTY, "broken.pdf": SkipReason.DAMAGED}
    assert done.skipped == tuple(event.file for event in of(FileSkipped, events))
    assert list(done.stage_s) == ["scan", "read", "chunk", "store", "embed", "vectors"]
    assert world.catalogue.collections.get(world.id).n_pending == 0
    assert {Path(s.path).name for s in world.catalogue.files.skipped(world.id)} == set(reasons)
    assert world.nearest("paid leave") == "leave.txt"
    assert world.lexical("有効期間") == ["契約.md"]
    assert world.check() == []


def test_a_file_is_searchable_as_soon_as_it_is_reported(world: Any) -> None:
    world.write("a.txt", LEAVE)
    world.write("b.txt", LEASE)
    seen = []
    for event in world.events(world.folder):
        if isinstance(event, FileIndexed):
            seen.append((Path(event.path).name, world.lexical("leave 有効期間")))
            assert world.embedder.embedded == []
    assert seen == [("a.txt", ["a.txt"]), ("b.txt", ["a.txt", "b.txt"])]


def test_a_rescan_of_an_unchanged_folder_writes_and_loads_nothing(
    world: Any, summary: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(20):
        world.write(f"{n}.txt", f"{LEAVE} Number {n}.")
    world.write("empty.txt", "")
    world.index()
    before = snapshot(world.paths.root)
    version = world.catalogue._store.row("PRAGMA data_version")
    changes = world.catalogue._store._writer.conn.total_changes
    monkeypatch.setattr("engine.documents.sandbox.isolation.ParserProcess.read", None)
    events = world.rescan()
    assert summary(events).n_unchanged == 20
    assert len(summary(events).skipped) == 1
    assert snapshot(world.paths.root) == before
    assert world.catalogue._store.row("PRAGMA data_version") == version
    assert world.catalogue._store._writer.conn.total_changes == changes
    assert world.n_loads == 1


def test_a_new_process_rescans_without_writing_either(world: Any) -> None:
    world.write("a.txt", LEAVE)
    world.index()
    world.close()
    before = snapshot(world.paths.root)
    world.open()
    events = world.rescan()
    world.close()
    assert paths_of(FileUnchanged, events) == ["a.txt"]
    assert snapshot(world.paths.root) == before


def test_a_moved_file_is_neither_read_nor_embedded_again(
    world: Any, summary: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.write("old/leave.txt", LEAVE)
    world.index()
    (before,) = world.catalogue.documents.list(world.id)
    (world.folder / "old").rename(world.folder / "new ' 名前")
    (world.folder / "new ' 名前/leave.txt").rename(world.folder / "holidays.txt")
    monkeypatch.setattr("engine.documents.sandbox.isolation.ParserProcess.read", None)
    events = world.rescan()
    assert paths_of(FileUnchanged, events) == ["holidays.txt"]
    assert of(FileRemoved, events) == []
    (after,) = world.catalogue.documents.list(world.id)
    assert (after.id, after.name) == (before.id, "holidays.txt")
    assert len(world.embedder.embedded) == 1
    assert world.nearest("leave") == "holidays.txt"
    assert world.check() == []


def test_two_files_that_swap_names_are_embedded_once(world: Any) -> None:
    a, b = world.write("a.txt", LEAVE), world.write("b.txt", LEASE)
    world.index()
    embedded = set(world.embedder.embedded)
    other = world.folder / "c.txt"
    a.rename(other)
    b.rename(a)
    other.rename(b)
    world.rescan()
    assert world.lexical("leave") == ["b.txt"]
    assert world.nearest("有効期間") == "a.txt"
    assert world.check() == []
    # What stands in front of a passage may name the file; the text itself is known.
    assert len(world.embedder.embedded) <= 2 * len(embedded)


def test_a_touched_file_is_unchanged(world: Any) -> None:
    path = world.write("a.txt", LEAVE)
    world.index()
    os.utime(path, ns=(1, 1))
    assert paths_of(FileUnchanged, world.rescan()) == ["a.txt"]
    assert world.catalogue.files.known(world.id, str(path)).fingerprint.mtime_ns == 1


def test_files_that_older_readers_read_are_read_again_once(
    world: Any, summary: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.write("leave.txt", LEAVE)
    world.write("lease.txt", LEASE)
    world.write("empty.txt", "")
    world.index()
    n_embedded = len(world.embedder.embedded)
    world.write("lease.txt", LEASE + " Both sign.")
    monkeypatch.setattr("engine.ingest.file_states.READERS", 1_000)
    done = summary(world.rescan())
    assert (done.n_indexed, done.n_unchanged, len(done.skipped)) == (2, 0, 1)
    assert len(world.embedder.embedded) == n_embedded + 1, "equal texts keep their vectors"
    assert world.nearest("paid leave") == "leave.txt" and world.check() == []
    again = summary(world.rescan())
    assert (again.n_indexed, again.n_unchanged) == (0, 2)


def test_a_changed_file_replaces_its_document(world: Any, summary: Any) -> None:
    path = world.write("a.txt", LEAVE)
    world.index()
    path.write_text("The canteen closes at two.\n", "utf-8")
    events = world.rescan()
    assert paths_of(FileIndexed, events) == ["a.txt"]
    assert world.lexical("leave") == []
    assert world.lexical("canteen") == ["a.txt"]
    assert summary(events).n_passages == 1
    assert (
        len(
            world.vectors.search(world.id, world.embedder.name, world.embedder.embed_query("x"), 10)
        )
        == 1
    )
    assert world.check() == []


def test_a_deleted_file_is_removed_with_everything(world: Any, summary: Any) -> None:
    world.write("keep.txt", LEASE)
    path = world.write("a.txt", LEAVE)
    world.index()
    path.unlink()
    events = world.rescan()
    assert paths_of(FileRemoved, events) == ["a.txt"]
    assert summary(events).n_removed == 1
    assert world.lexical("leave") == []
    assert world.nearest("leave") == "keep.txt"
    assert world.catalogue._store.rows("SELECT count(*) FROM vectors") == [(1,)]
    assert world.check() == []


def test_a_source_that_is_away_keeps_its_index(world: Any, summary: Any, tmp_path: Path) -> None:
    world.write("a.txt", LEAVE)
    world.index()
    away = tmp_path / "unplugged"
    world.folder.rename(away)
    events = world.rescan()
    assert [event.path for event in of(SourceOffline, events)] == [str(world.folder)]
    assert summary(events).n_removed == 0
    assert world.lexical("leave") == ["a.txt"]
    assert not world.catalogue.sources.of(world.id)[0].online
    away.rename(world.folder)
    events = world.rescan()
    assert paths_of(FileUnchanged, events) == ["a.txt"]
    assert world.catalogue.sources.of(world.id)[0].online
    assert len(world.embedder.embedded) == 1


def test_a_root_that_is_suddenly_empty_counts_as_unmounted(world: Any) -> None:
    world.write("sub/a.txt", LEAVE)
    world.index()
    shutil.rmtree(world.folder / "sub")
    assert len(of(SourceOffline, world.rescan())) == 1
    assert world.lexical("leave") == ["a.txt"]


def test_overlapping_sources_count_a_file_once(world: Any, summary: Any) -> None:
    world.write("sub/a.txt", LEAVE)
    events = world.index(world.folder / "sub", world.folder, world.folder / "sub/a.txt")
    assert of(ScanFinished, events)[0].n_files == 1
    assert summary(events).n_indexed == 1
    inner = next(s for s in world.catalogue.sources.of(world.id) if s.path.endswith("sub"))
    world.catalogue.sources.remove(inner.id)
    assert world.lexical("leave") == ["a.txt"]
    for source in world.catalogue.sources.of(world.id):
        world.catalogue.sources.remove(source.id)
    assert world.lexical("leave") == []
    assert world.check() == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_loop_dangle_or_repeat_are_harmless(world: Any, tmp_path: Path) -> None:
    world.write("sub/a.txt", LEAVE)
    (world.folder / "sub/up").symlink_to(world.folder)
    (world.folder / "dangling.txt").symlink_to(world.folder / "nowhere")
    (world.folder / "again.txt").symlink_to(world.folder / "sub/a.txt")
    (world.folder / "self").symlink_to("self")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.txt").write_text(LEASE, "utf-8")
    (outside / "loop").symlink_to(outside)
    (world.folder / "link").symlink_to(outside)
    events = world.index()
    assert paths_of(FileIndexed, events) == ["b.txt", "a.txt"]


def test_a_folder_that_cannot_be_listed_is_named_and_loses_nothing(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.write("locked/a.txt", LEAVE)
    world.write("b.txt", LEASE)
    world.index()
    real = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        events = world.rescan()
    (skipped,) = [event.file for event in of(FileSkipped, events)]
    assert (Path(skipped.path).name, skipped.reason) == ("locked", SkipReason.NO_PERMISSION)
    assert world.lexical("leave") == ["a.txt"]
    assert len(world.catalogue.files.skipped(world.id)) == 1
    events = world.rescan()
    assert sorted(paths_of(FileUnchanged, events)) == ["a.txt", "b.txt"]
    assert world.catalogue.files.skipped(world.id) == ()


def test_a_file_that_vanishes_between_scan_and_reading(world: Any) -> None:
    world.write("a.txt", LEAVE)
    path = world.write("b.txt", LEASE)
    events = []
    for event in world.events(world.folder):
        events.append(event)
        if isinstance(event, ScanFinished):
            path.unlink()
    (skipped,) = [event.file for event in of(FileSkipped, events)]
    assert skipped.reason == SkipReason.VANISHED
    assert world.catalogue.files.skipped(world.id) == ()
    assert world.check() == []

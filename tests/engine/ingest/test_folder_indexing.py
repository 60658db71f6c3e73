"""Files come, change, move and go; each ends in exactly one state."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from engine.cancel import CancelToken
from engine.errors import ModelMissing, PathMissing
from engine.events import (
    FileIndexed,
    FileRemoved,
    FileSkipped,
    FileUnchanged,
    IndexFinished,
    IndexProgressed,
    ScanFinished,
    SourceOffline,
)
from engine.records import SkipReason

LEAVE = "Employees receive 20 days of paid leave per year.\n"
LEASE = "本契約の有効期間は締結日から2年間とする。\n"


def of(kind: Any, events: list[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def paths_of(kind: type, events: list[Any]) -> list[str]:
    return [Path(event.path).name for event in of(kind, events)]


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")  # locks of readers, not data
    }


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
    assert world.catalogue.collection(world.id).n_pending == 0
    assert {Path(s.path).name for s in world.catalogue.skipped_files(world.id)} == set(reasons)
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
    monkeypatch.setattr("engine.documents.isolation.ParserProcess.read", None)
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
    (before,) = world.catalogue.documents(world.id)
    (world.folder / "old").rename(world.folder / "new ' 名前")
    (world.folder / "new ' 名前/leave.txt").rename(world.folder / "holidays.txt")
    monkeypatch.setattr("engine.documents.isolation.ParserProcess.read", None)
    events = world.rescan()
    assert paths_of(FileUnchanged, events) == ["holidays.txt"]
    assert of(FileRemoved, events) == []
    (after,) = world.catalogue.documents(world.id)
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
    assert world.catalogue.known_file(world.id, str(path)).fingerprint.mtime_ns == 1


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
    assert not world.catalogue.sources(world.id)[0].online
    away.rename(world.folder)
    events = world.rescan()
    assert paths_of(FileUnchanged, events) == ["a.txt"]
    assert world.catalogue.sources(world.id)[0].online
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
    inner = next(s for s in world.catalogue.sources(world.id) if s.path.endswith("sub"))
    world.catalogue.remove_source(inner.id)
    assert world.lexical("leave") == ["a.txt"]
    for source in world.catalogue.sources(world.id):
        world.catalogue.remove_source(source.id)
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
    assert len(world.catalogue.skipped_files(world.id)) == 1
    events = world.rescan()
    assert sorted(paths_of(FileUnchanged, events)) == ["a.txt", "b.txt"]
    assert world.catalogue.skipped_files(world.id) == ()


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
    assert world.catalogue.skipped_files(world.id) == ()
    assert world.check() == []


def test_a_skipped_file_is_reported_again_but_not_read_again(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = world.folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    first = of(FileSkipped, world.index())
    with monkeypatch.context() as patch:
        patch.setattr("engine.documents.isolation.ParserProcess.read", None)
        assert of(FileSkipped, world.rescan()) == first
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica")
    pdf.cell(text="The lease ends in March.")
    repaired = bytes(pdf.output())
    assert of(FileSkipped, world.rescan(retry_skipped=True)) == first
    broken.write_bytes(repaired)
    assert paths_of(FileIndexed, world.rescan()) == ["broken.pdf"]
    assert world.catalogue.skipped_files(world.id) == ()


def test_a_moved_file_that_is_read_again_leaves_no_old_entry(world: Any) -> None:
    broken = world.folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    world.index()
    broken.rename(world.folder / "moved.pdf")
    world.rescan(retry_skipped=True)
    (skipped,) = world.catalogue.skipped_files(world.id)
    assert Path(skipped.path).name == "moved.pdf"
    (world.folder / "moved.pdf").rename(broken)
    world.rescan()
    (skipped,) = world.catalogue.skipped_files(world.id)
    assert skipped.path == str(broken)


def test_a_password_opens_an_encrypted_file(world: Any) -> None:
    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password="xyzzy-7")
    pdf.add_page()
    pdf.set_font("Helvetica")
    pdf.cell(text="The secret lease ends in March.")
    path = world.folder / "secret.pdf"
    path.write_bytes(bytes(pdf.output()))
    (skipped,) = of(FileSkipped, world.index())
    assert skipped.file.reason == SkipReason.ENCRYPTED
    (skipped,) = of(FileSkipped, world.rescan(passwords={str(path): "wrong"}))
    assert skipped.file.reason == SkipReason.ENCRYPTED
    assert paths_of(FileIndexed, world.rescan(passwords={str(path): "xyzzy-7"})) == ["secret.pdf"]
    assert world.lexical("secret lease") == ["secret.pdf"]
    stored = b"".join(body for body, _ in snapshot(world.paths.root).values())
    assert b"xyzzy-7" not in stored


def test_the_same_text_in_two_folders_is_two_documents_and_one_vector(world: Any) -> None:
    world.write("a/README.txt", LEAVE)
    world.write("b/README.txt", LEAVE)
    world.index()
    assert len(world.catalogue.documents(world.id)) == 2
    assert len(world.embedder.embedded) == 1
    assert world.catalogue._store.rows("SELECT count(*) FROM vectors") == [(1,)]
    query = world.embedder.embed_query("leave")
    assert len(world.vectors.search(world.id, world.embedder.name, query, 5)) == 2
    (world.folder / "a/README.txt").unlink()
    world.rescan()
    assert world.nearest("leave") == "README.txt"
    assert world.check() == []


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist on Windows")
@pytest.mark.parametrize("name", ['it\'s "100%".txt', "new\nline.txt", "📁 名前.txt", "%s;--.txt"])
def test_odd_names(world: Any, name: str) -> None:
    world.write(name, LEAVE)
    assert paths_of(FileIndexed, world.index(collection=name)) == [name]
    (document,) = world.catalogue.documents(world.catalogue.collection_named(name).id)
    assert document.name == name
    assert paths_of(FileUnchanged, world.rescan(collection=name)) == [name]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode on Windows")
def test_a_name_that_is_not_unicode(world: Any) -> None:
    raw = os.fsencode(world.folder) + b"/\x83\x7f.txt"
    Path(os.fsdecode(raw)).write_text(LEAVE, "utf-8")
    world.write("other.txt", LEASE)

    def states(events: list[Any]) -> list[str]:
        files = of((FileIndexed, FileUnchanged), events)
        return [event.path for event in files] + [e.file.path for e in of(FileSkipped, events)]

    for kind in (FileIndexed, FileUnchanged):
        events = world.index()
        assert len(of(kind, events)) == 2
        found = states(events)
        assert sorted(map(os.fsencode, found)) == sorted(
            [raw, os.fsencode(world.folder / "other.txt")]
        )
    assert world.catalogue.known_file(world.id, os.fsdecode(raw)) is not None
    Path(os.fsdecode(raw)).unlink()
    world.rescan()
    assert world.catalogue.known_file(world.id, os.fsdecode(raw)) is None
    assert world.check() == []


def test_without_a_model_texts_are_searchable_and_the_error_is_raised(world: Any) -> None:
    world.write("a.txt", LEAVE)

    def missing() -> Any:
        raise ModelMissing(name="multilingual-e5-small")

    events = []
    with pytest.raises(ModelMissing):
        for event in world.events(world.folder, loader=missing):
            events.append(event)
    assert paths_of(FileIndexed, events) == ["a.txt"]
    assert world.lexical("leave") == ["a.txt"]
    assert world.catalogue.collection(world.id).n_pending == 1
    world.rescan()
    assert world.nearest("leave") == "a.txt"


def test_a_path_that_does_not_exist_stops_before_anything(world: Any, tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        world.index(world.folder, tmp_path / "nowhere")
    assert world.catalogue.collections() == ()


def test_a_cancel_keeps_what_is_finished_and_the_next_run_continues(
    world: Any, summary: Any
) -> None:
    for n in range(5):
        world.write(f"{n}.txt", f"{LEAVE} Number {n}.")
    cancel = CancelToken()
    events = []
    for event in world.events(world.folder, cancel=cancel):
        events.append(event)
        if len(of(FileIndexed, events)) == 2:
            cancel.cancel()
    assert isinstance(events[-1], IndexFinished)
    assert events[-1].cancelled
    assert summary(events).n_indexed == 2
    assert world.n_loads == 0
    events = world.rescan()
    assert (summary(events).n_unchanged, summary(events).n_indexed) == (2, 3)
    assert world.check() == []


def test_a_cancelled_embedding_continues_with_the_rest(world: Any) -> None:
    for n in range(100):
        world.write(f"{n:03}.txt", f"{LEAVE} Number {n}.")
    cancel = CancelToken()
    events = []
    for event in world.events(world.folder, cancel=cancel):
        events.append(event)
        if isinstance(event, IndexProgressed) and event.stage == "embed":
            cancel.cancel()
    assert events[-1].cancelled
    done = len(world.embedder.embedded)
    assert done < 100
    assert world.catalogue.collection(world.id).n_pending == 100 - done
    world.rescan()
    assert len(world.embedder.embedded) == 100
    assert world.check() == []


def test_progress_counts_up_and_is_throttled(world: Any) -> None:
    for n in range(150):
        world.write(f"{n:03}.txt", f"{LEAVE} Number {n}.")
    world.embedder.embed_passages(["warm"])
    events = world.index()
    progress = of(IndexProgressed, events)
    assert len(progress) < 60
    for stage in ("read", "embed"):
        counts = [event.n_done for event in progress if event.stage == stage]
        assert counts == sorted(counts)
    assert (progress[-1].stage, progress[-1].n_done, progress[-1].eta_s) == ("embed", 150, 0.0)
    world.write("new.txt", LEASE)
    first = of(IndexProgressed, world.rescan())[0]
    assert first.n_total == 151


def test_our_own_data_folder_and_hidden_folders_are_not_indexed(world: Any) -> None:
    world.write("a.txt", LEAVE)
    (world.paths.root / "notes.txt").write_text(LEASE, "utf-8")
    world.write(".git/config.txt", LEASE)
    assert paths_of(FileIndexed, world.index(world.folder.parent)) == ["a.txt"]


def test_another_embedding_model_embeds_again_and_back_costs_nothing(world: Any) -> None:
    world.write("a.txt", LEAVE)
    world.index()
    first = world.embedder
    world.catalogue.store_settings({"embedding_model": "other"})
    assert world.catalogue.collection(world.id).n_pending == 1
    world.embedder = type(first)("other", 16)
    world.rescan()
    assert world.catalogue.collection(world.id).n_pending == 0
    assert world.nearest("leave") == "a.txt"
    world.catalogue.store_settings({"embedding_model": first.name})
    world.embedder = first
    assert world.catalogue.collection(world.id).n_pending == 0
    world.rescan()
    assert len(first.embedded) == 1


def test_a_model_of_another_width_under_the_same_name_embeds_again(world: Any) -> None:
    world.write("a.txt", LEAVE)
    world.index()
    world.embedder = type(world.embedder)(world.embedder.name, 96)
    world.write("b.txt", LEASE)
    world.rescan()
    assert len(world.embedder.embedded) == 2
    assert world.nearest("有効期間") == "b.txt"
    assert world.check() == []

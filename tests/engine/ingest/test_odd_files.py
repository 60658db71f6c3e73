"""Broken, locked and oddly named files, and runs that are stopped or lack a model."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF
from index_events import LEASE, LEAVE, of, paths_of, snapshot

from engine.cancel import CancelToken
from engine.catalogue import Fingerprint
from engine.documents import READERS
from engine.errors import ModelMissing, PathMissing
from engine.events import (
    FileIndexed,
    FileSkipped,
    FileUnchanged,
    IndexFinished,
    IndexProgressed,
)
from engine.records import Notice, SkippedFile, SkipReason
from engine.version import program_version


def test_a_skipped_file_is_reported_again_but_not_read_again(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = world.folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    first = of(FileSkipped, world.index())
    with monkeypatch.context() as patch:
        patch.setattr("engine.documents.sandbox.isolation.ParserProcess.read", None)
        assert of(FileSkipped, world.rescan()) == first
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica")
    pdf.cell(text="The lease ends in March.")
    repaired = bytes(pdf.output())
    assert of(FileSkipped, world.rescan(retry_skipped=True)) == first
    broken.write_bytes(repaired)
    assert paths_of(FileIndexed, world.rescan()) == ["broken.pdf"]
    assert world.catalogue.files.skipped(world.id) == ()


def test_a_moved_file_that_is_read_again_leaves_no_old_entry(world: Any) -> None:
    broken = world.folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    world.index()
    broken.rename(world.folder / "moved.pdf")
    world.rescan(retry_skipped=True)
    (skipped,) = world.catalogue.files.skipped(world.id)
    assert Path(skipped.path).name == "moved.pdf"
    (world.folder / "moved.pdf").rename(broken)
    world.rescan()
    (skipped,) = world.catalogue.files.skipped(world.id)
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
    assert len(world.catalogue.documents.list(world.id)) == 2
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
    (document,) = world.catalogue.documents.list(world.catalogue.collections.named(name).id)
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
    assert world.catalogue.files.known(world.id, os.fsdecode(raw)) is not None
    Path(os.fsdecode(raw)).unlink()
    world.rescan()
    assert world.catalogue.files.known(world.id, os.fsdecode(raw)) is None
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
    assert world.catalogue.collections.get(world.id).n_pending == 1
    world.rescan()
    assert world.nearest("leave") == "a.txt"


def test_a_path_that_does_not_exist_stops_before_anything(world: Any, tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        world.index(world.folder, tmp_path / "nowhere")
    assert world.catalogue.collections.list() == ()


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
    assert world.catalogue.collections.get(world.id).n_pending == 100 - done
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
    world.catalogue.settings.store({"embedding_model": "other"})
    assert world.catalogue.collections.get(world.id).n_pending == 1
    world.embedder = type(first)("other", 16)
    world.rescan()
    assert world.catalogue.collections.get(world.id).n_pending == 0
    assert world.nearest("leave") == "a.txt"
    world.catalogue.settings.store({"embedding_model": first.name})
    world.embedder = first
    assert world.catalogue.collections.get(world.id).n_pending == 0
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


def test_what_a_fault_of_ours_left_out_is_read_again_by_another_version(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = world.write("plan.txt", LEASE)
    stat = path.stat()
    data = {"error": "KeyError", "version": program_version()}
    skipped = SkippedFile(str(path), SkipReason.READER_FAILED, Notice("reader-fault", data))
    world.catalogue.collections.create("Documents")
    world.catalogue.sources.add(world.id, str(world.folder))
    world.catalogue.files.store_skipped(
        world.id, Fingerprint(str(path), stat.st_size, stat.st_mtime_ns, readers=READERS), skipped
    )
    (kept,) = [event for event in world.rescan() if isinstance(event, FileSkipped)]
    assert kept.file == skipped
    monkeypatch.setattr("engine.ingest.file_states.program_version", lambda: "a later one")
    assert [type(event) for event in world.rescan()].count(FileIndexed) == 1

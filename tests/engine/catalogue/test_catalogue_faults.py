"""Damage, full disks, other versions, second instances."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.catalogue import Catalogue, schema
from engine.catalogue.consistency import check
from engine.catalogue.lock import DataFolderLock
from engine.errors import (
    CatalogueDamaged,
    CatalogueTooNew,
    DataFolderInUse,
    DataFolderUnusable,
    DiskFull,
)
from engine.paths import DataPaths
from engine.retrieval.terms import lexical_match

ROOT = Path(__file__).resolve().parents[3]
NEXT = (*schema.MIGRATIONS, "CREATE TABLE later (id INTEGER);\nINSERT INTO later VALUES (7);")


def filled(paths: DataPaths, store: Any, catalogue: Catalogue) -> int:
    collection = catalogue.collections.create("x").id
    for n in range(30):
        store(collection, f"/{n}.txt", f"paid leave number {n} " * 40)
    return collection


# --- the lock ----------------------------------------------------------------------------


def test_a_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "new" / "data")
    first = DataFolderLock(paths, exclusive=True)
    with pytest.raises(DataFolderInUse) as caught:
        DataFolderLock(paths, exclusive=True)
    assert str(paths.root) in str(caught.value)
    DataFolderLock(paths, exclusive=False).release()
    first.release()
    first.release()
    DataFolderLock(paths, exclusive=True).release()


def test_a_second_process_is_refused_until_the_first_dies(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    code = (
        "import sys, time; from pathlib import Path\n"
        "from engine.paths import DataPaths; from engine.catalogue.lock import DataFolderLock\n"
        "lock = DataFolderLock(DataPaths(Path(sys.argv[1])), exclusive=True)\n"
        "print('held', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"held"
        with pytest.raises(DataFolderInUse):
            DataFolderLock(paths, exclusive=True)
        child.kill()
        child.wait()
    DataFolderLock(paths, exclusive=True).release()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for exclusive in (True, False):
        with pytest.raises(DataFolderUnusable):
            DataFolderLock(DataPaths(tmp_path / "file" / "data"), exclusive=exclusive)


# --- reading only ------------------------------------------------------------------------


def test_a_missing_catalogue_reads_as_empty_until_it_exists(paths: DataPaths) -> None:
    reader = Catalogue(paths, writable=False)
    assert reader.collections.list() == ()
    assert reader.settings.rows() == {}
    assert reader.passages.lexical(1, lexical_match("x"), 5) == []
    with pytest.raises(DataFolderUnusable):
        reader.collections.create("x")
    assert not paths.catalogue.exists()
    writer = Catalogue(paths, writable=True)
    writer.collections.create("x")
    assert [c.name for c in reader.collections.list()] == ["x"]
    writer.collections.create("y")
    assert [c.name for c in reader.collections.list()] == ["x", "y"]
    writer.close()
    reader.close()


def test_a_closed_catalogue_says_so(paths: DataPaths) -> None:
    catalogue = Catalogue(paths, writable=True)
    catalogue.close()
    catalogue.close()
    with pytest.raises(DataFolderUnusable):
        catalogue.collections.list()
    with pytest.raises(DataFolderUnusable):
        catalogue.collections.create("x")


# --- versions ----------------------------------------------------------------------------


def test_an_older_catalogue_is_backed_up_and_migrated(
    paths: DataPaths, catalogue: Catalogue, store: Any
) -> None:
    collection = filled(paths, store, catalogue)
    catalogue.close()
    with pytest.raises(DataFolderUnusable):
        Catalogue(paths, writable=False, migrations=NEXT)
    newer = Catalogue(paths, writable=True, migrations=NEXT)
    assert newer._store.rows("SELECT id FROM later") == [(7,)]
    assert len(newer.documents.list(collection)) == 30
    newer.close()
    (backup,) = paths.backups.iterdir()
    kept = sqlite3.connect(backup)
    assert kept.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
    assert kept.execute("SELECT count(*) FROM documents").fetchone() == (30,)
    kept.close()
    Catalogue(paths, writable=True, migrations=NEXT).close()
    assert len(list(paths.backups.iterdir())) == 1


def test_a_newer_catalogue_is_refused_untouched(paths: DataPaths) -> None:
    Catalogue(paths, writable=True, migrations=NEXT).close()
    before = paths.catalogue.read_bytes()
    for writable in (True, False):
        with pytest.raises(CatalogueTooNew) as caught:
            Catalogue(paths, writable=writable)
        assert caught.value.data["found"] == len(NEXT)
    assert paths.catalogue.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(paths: DataPaths, catalogue: Catalogue) -> None:
    catalogue.collections.create("x")
    catalogue.close()
    broken = (*schema.MIGRATIONS, "CREATE TABLE half (id);\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError):
        Catalogue(paths, writable=True, migrations=broken)
    again = Catalogue(paths, writable=True)
    assert [c.name for c in again.collections.list()] == ["x"]
    assert again._store.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []
    again.close()


# --- damage ------------------------------------------------------------------------------


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("damage", ["noise", "cut", "foreign", "header"])
def test_damage_is_named_and_nothing_is_touched(
    paths: DataPaths, catalogue: Catalogue, store: Any, damage: str, writable: bool
) -> None:
    filled(paths, store, catalogue)
    catalogue.close()
    good = paths.catalogue.read_bytes()
    if damage == "foreign":
        paths.catalogue.unlink()
        other = sqlite3.connect(paths.catalogue)
        other.execute("CREATE TABLE somebody_elses (id)")
        other.close()
    else:
        bad = {
            "noise": os.urandom(20_000),
            "cut": good[: len(good) // 2 + 100],
            "header": b"\0" * 50 + good[50:],
        }
        paths.catalogue.write_bytes(bad[damage])
    before = paths.catalogue.read_bytes()
    with pytest.raises(CatalogueDamaged) as caught:
        Catalogue(paths, writable=writable)
    assert str(paths.catalogue) in str(caught.value)
    assert paths.catalogue.read_bytes() == before


def test_damage_inside_is_named_when_it_is_met(
    paths: DataPaths, catalogue: Catalogue, store: Any
) -> None:
    collection = filled(paths, store, catalogue)
    catalogue.close()
    good = bytearray(paths.catalogue.read_bytes())
    for page in range(4096 * 4, len(good), 4096):
        good[page : page + 64] = b"\xff" * 64
    paths.catalogue.write_bytes(good)

    def use() -> None:
        broken = Catalogue(paths, writable=True)
        try:
            broken.documents.list(collection)
            broken.documents.text(1)
            check(broken, "x")
        finally:
            broken.close()

    with pytest.raises(CatalogueDamaged):
        use()


# --- a full disk -------------------------------------------------------------------------


def test_a_full_catalogue_says_so_and_loses_nothing(
    catalogue: Catalogue, store: Any, paths: DataPaths
) -> None:
    collection = catalogue.collections.create("x").id
    store(collection, "/kept.txt", "paid leave")
    writer = catalogue._store._writer.conn
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(DiskFull) as caught:
        store(collection, "/kept.txt", os.urandom(300_000).hex(), 500)
    assert str(paths.catalogue) in str(caught.value)
    assert [d.path for d in catalogue.documents.list(collection)] == ["/kept.txt"]
    assert len(catalogue.passages.lexical(collection, lexical_match("leave"), 5)) == 1
    assert check(catalogue, "x")[1:] == []
    writer.execute("PRAGMA max_page_count = 1000000")
    store(collection, "/more.txt", "the canteen")
    assert catalogue.collections.get(collection).n_documents == 2


def test_an_operating_system_that_reports_no_space(paths: DataPaths) -> None:
    catalogue = Catalogue(paths, writable=True)
    with pytest.raises(DiskFull), catalogue._store.transaction():
        raise OSError(28, "No space left on device")
    catalogue.close()


# --- the checker itself ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("UPDATE collections SET n_passages = 5", "count their passages wrongly"),
        ("DELETE FROM pending", "neither a vector nor a place in the queue"),
        ("DELETE FROM files", "documents have no file"),
        ("UPDATE passages SET text_hash = x'00'", "do not match their document's text"),
        ("INSERT INTO vectors (text_hash, embedder_id, vector) VALUES (x'01', 1, x'00')",
         "vectors belong to no passage"),
        ("DELETE FROM passages WHERE ordinal = 0", "full text and passages"),
        ("UPDATE documents SET n_characters = 1", "reach past the end"),
    ],
)  # fmt: skip
def test_the_checker_sees(catalogue: Catalogue, store: Any, fault: str, sentence: str) -> None:
    store(catalogue.collections.create("x").id, "/a.txt", "paid leave " * 20)
    assert check(catalogue, "x") == ["6 passages have no vector of x"]
    with catalogue._store.transaction() as db:
        db.conn.execute(fault)
    assert any(sentence in line for line in check(catalogue, "x"))

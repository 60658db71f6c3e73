"""SIGKILL at any moment, full disks, readers beside the writer: nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from engine.catalogue import Catalogue
from engine.catalogue.consistency import check
from engine.errors import DiskFull
from engine.events import FileIndexed
from engine.paths import DataPaths, embedded_models_dir
from engine.records import IndexSummary
from engine.vectors import VectorStore

ROOT = Path(__file__).resolve().parents[3]
N_KILLS = 10

HASHING = """
import sys
from pathlib import Path
from hashing_embedder import HashingEmbedder
from engine.cancel import CancelToken
from engine.catalogue import Catalogue
from engine.events import FileIndexed
from engine.ingest import index
from engine.paths import DataPaths
from engine.vectors import VectorStore

class Slow(HashingEmbedder):
    def embed_passages(self, texts, cancel=None):
        import time
        time.sleep(0.1)
        return super().embed_passages(texts, cancel)

paths = DataPaths(Path(sys.argv[1]))
catalogue = Catalogue(paths, writable=True)
print("ready", flush=True)
for event in index(catalogue, Slow, VectorStore(paths, catalogue), collection="Documents",
                   paths=[Path(sys.argv[2])], cancel=CancelToken()):
    if isinstance(event, FileIndexed):
        print("indexed", event.path, flush=True)
catalogue.close()
print("finished", flush=True)
"""

REAL = """
import sys
from pathlib import Path
from engine.events import FileIndexed
from engine.facade import Engine

with Engine(Path(sys.argv[1])) as engine:
    engine.loaded.embedder()  # loaded first, so that the kill falls into the work
    print("ready", flush=True)
    for event in engine.index([Path(sys.argv[2])]):
        if isinstance(event, FileIndexed):
            print("indexed", event.path, flush=True)
print("finished", flush=True)
"""


def start(code: str, data: Path, folder: Path, output: Path) -> subprocess.Popen[bytes]:
    parts = [str(ROOT), str(ROOT / "tests" / "engine"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(parts)}
    with output.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-c", code, str(data), str(folder)],
            stdout=file,
            env=environment,
            cwd=folder,
        )


def wait_for(output: Path, word: str, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while word not in output.read_text("utf-8"):
        assert child.poll() is None, f"the child ended with {child.returncode}"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def write_documents(folder: Path, n_files: int, first: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    for n in range(first, first + n_files):
        paragraphs = [
            f"Article {n}.{k}: the tenant pays {n * 7 + k} euros. 第{n}条{k}項 賃料は月額とする。"
            for k in range(30)
        ]
        (folder / f"lease {n:03}.txt").write_text("\n\n".join(paragraphs), "utf-8")


def wait_for_files(output: Path, n_files: int, child: subprocess.Popen[bytes]) -> None:
    """Wait until a child has reported so many files, or ended."""
    while child.poll() is None and output.read_text("utf-8").count("indexed") < n_files:
        time.sleep(0.005)


def kill_repeatedly(code: str, tmp_path: Path, n_new: int) -> None:
    """Kill ten runs at random moments; each finds the rest of the last one and new files.

    A moment is some files into the work and a little more, however fast the machine is.
    """
    data, folder = tmp_path / "data", tmp_path / "documents"
    data.mkdir()
    rng = random.Random(20)
    n_killed = 0
    reported: Counter[str] = Counter()
    for attempt in range(N_KILLS):
        write_documents(folder, n_new, first=attempt * n_new)
        output = tmp_path / f"out-{attempt}.txt"
        child = start(code, data, folder, output)
        wait_for(output, "ready", child)
        wait_for_files(output, rng.randrange(n_new // 2), child)
        time.sleep(rng.uniform(0, 0.1))
        child.send_signal(signal.SIGKILL)
        n_killed += child.wait() == -signal.SIGKILL
        reported += Counter(
            line for line in output.read_text("utf-8").splitlines() if line.startswith("indexed")
        )
        # Nothing half-done is ever visible; only vectors may be missing.
        reader = Catalogue(DataPaths(data), writable=False)
        faults = [f for f in check(reader, "multilingual-e5-small") if "have no vector" not in f]
        reader.close()
        assert faults == [], f"after kill {attempt}"
    assert n_killed >= N_KILLS - 2, "too many runs ended before they were killed"
    n_files = N_KILLS * n_new
    output = tmp_path / "last.txt"
    child = start(code, data, folder, output)
    assert child.wait(timeout=240) == 0
    reported += Counter(
        line for line in output.read_text("utf-8").splitlines() if line.startswith("indexed")
    )
    assert max(reported.values()) == 1, "a file was indexed twice"
    verify(DataPaths(data), n_files)


def verify(paths: DataPaths, n_files: int) -> None:
    catalogue = Catalogue(paths, writable=False)
    try:
        assert check(catalogue, "multilingual-e5-small") == []
        (collection,) = catalogue.collections.list()
        assert collection.n_documents == n_files
        assert collection.n_pending == 0
        assert len({d.path for d in catalogue.documents.list(collection.id)}) == n_files
        rows = catalogue.vectors.embedded_passages(collection.id, "multilingual-e5-small").tolist()
        assert len(rows) == collection.n_passages
        vectors = VectorStore(paths, catalogue)
        found = catalogue.vectors.of("multilingual-e5-small", rows)
        query = found[rows[0]]
        hits = vectors.search(collection.id, "multilingual-e5-small", query, len(rows) + 10)
        assert sorted(row for row, _ in hits) == rows
        assert all(score == pytest.approx(found[row] @ query, abs=1e-5) for row, score in hits)
    finally:
        catalogue.close()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_ten_kills_with_a_hashing_embedder(tmp_path: Path) -> None:
    kill_repeatedly(HASHING, tmp_path, n_new=40)


@pytest.mark.slow
@pytest.mark.models
@pytest.mark.timeout(900)
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_ten_kills_with_the_real_model(tmp_path: Path) -> None:
    if not (embedded_models_dir() / "multilingual-e5-small").exists():
        pytest.skip("multilingual-e5-small is not installed")
    kill_repeatedly(REAL, tmp_path, n_new=6)


# --- a full disk -------------------------------------------------------------------------


def test_a_disk_that_fills_up_keeps_what_is_finished(world: Any, summary: Any) -> None:
    write_documents(world.folder / "leases", 30)
    writer = world.catalogue._store._writer.conn
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 12}")
    events = []
    with pytest.raises(DiskFull):
        for event in world.events(world.folder):
            events.append(event)
    stored = world.catalogue.collections.get(world.id).n_documents
    assert 0 < stored < 30
    assert stored == sum(isinstance(event, FileIndexed) for event in events)
    assert [f for f in world.check() if "have no vector" not in f] == []
    writer.execute("PRAGMA max_page_count = 1000000")
    done: IndexSummary = summary(world.rescan())
    assert (done.n_unchanged, done.n_indexed) == (stored, 30 - stored)
    assert world.check() == []


def test_a_disk_that_fills_up_while_embedding(world: Any) -> None:
    write_documents(world.folder / "leases", 30)

    class Filling(type(world.embedder)):  # type: ignore[misc]
        def embed_passages(inner, texts: Any, cancel: Any = None) -> Any:
            writer = world.catalogue._store._writer.conn
            pages = writer.execute("PRAGMA page_count").fetchone()[0]
            writer.execute(f"PRAGMA max_page_count = {pages}")
            return super().embed_passages(texts, cancel)

    with pytest.raises(DiskFull):
        world.index(loader=lambda: Filling(dimension=4096))
    assert world.catalogue.collections.get(world.id).n_documents == 30
    assert world.lexical("tenant")
    world.catalogue._store._writer.conn.execute("PRAGMA max_page_count = 1000000")
    world.rescan()
    assert world.check() == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to mount")
def test_a_truly_full_file_system(tmp_path: Path, world: Any) -> None:
    write_documents(world.folder / "leases", 60)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=520k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        world.close()
        world.paths = DataPaths(disk)
        world.open()
        with pytest.raises(DiskFull):
            world.index()
        assert world.catalogue.collections.get(world.id).n_documents > 0
        world.close()
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        world.open()
        world.rescan()
        assert world.catalogue.collections.get(world.id).n_documents == 60
        assert world.check() == []
    finally:
        world.close()
        subprocess.run(["umount", "-l", str(disk)], check=False)


# --- readers beside the writer -----------------------------------------------------------


def test_searching_while_indexing(world: Any) -> None:
    write_documents(world.folder / "leases", 60)
    failures: list[BaseException] = []
    sizes: list[int] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            try:
                collections = world.catalogue.collections.list()
                if collections:
                    sizes.append(len(world.lexical("tenant")))
                    query = world.embedder.embed_query("tenant")
                    world.vectors.search(collections[0].id, world.embedder.name, query, 5)
            except Exception as error:  # noqa: BLE001 - shown by the test
                failures.append(error)
                return

    thread = threading.Thread(target=search)
    thread.start()
    try:
        world.index()
    finally:
        stop.set()
        thread.join()
    assert failures == []
    assert len(sizes) > 3
    assert world.check() == []

"""Run the real command in a process of its own, as a person or a script would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.lock import DataFolderLock
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, ParsedDocument

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., subprocess.CompletedProcess[str]]

TEXTS = {
    "leave.txt": "Employees receive 20 days of paid leave.",
    "契約.txt": "本契約の有効期間は締結日から2年間とする。",
}


@pytest.fixture
def sabun() -> Run:
    """Return a function that runs ``sabun`` with arguments and extra variables."""

    def run(
        *arguments: str | Path, stdin: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": _python_path(), **variables}
        return subprocess.run(
            [sys.executable, "-m", "engine.cli", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            check=False,
            env=environment,
        )

    return run


def _python_path() -> str:
    before = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join(part for part in (before, str(ROOT)) if part)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with a collection of two documents that have no vectors yet."""
    paths = DataPaths(tmp_path / "data")
    lock = DataFolderLock(paths, exclusive=True)
    catalogue = Catalogue(paths, writable=True)
    try:
        collection = catalogue.collections.create("Documents").id
        for name, text in TEXTS.items():
            place = Location("line", 1)
            catalogue.files.store_document(
                collection,
                Fingerprint(f"/docs/{name}", len(text), 0, name.encode()),
                ParsedDocument(name, (Block(text, place),), "text/plain"),
                text,
                [Chunk(0, len(text), text, "", place)],
            )
    finally:
        catalogue.close()
        lock.release()
    return paths.root

"""A report for support: what is in it, and what must not be."""

from __future__ import annotations

import errno
import json
import logging
import os
import zipfile
from pathlib import Path

import pytest

from engine.catalogue import Catalogue, Fingerprint
from engine.diagnosis.checks import Finding
from engine.diagnosis.report import save_report, suggested_name
from engine.errors import ExportFailed
from engine.log import ProgramLog, named
from engine.paths import DataPaths
from engine.records import Notice, SkippedFile, SkipReason

FINDINGS = (
    Finding("Program", "sabun", "good", "1.2.3"),
    Finding("Data", "collection Project Nightingale", "good", "3 files", personal=True),
)
NAMES = (
    "/home/akiko/Merger/Project Nightingale.docx",
    "/mnt/share/契約書 2026 最終版.pdf",
    "/home/akiko/Merger/salaries.strange-suffix",
)
QUESTION = "What do we pay for Acme?"
PLANTED = (
    "Nightingale",
    "akiko",
    "契約書",
    "最終版",
    "salaries",
    "strange-suffix",
    "Acme",
    "Merger",
)


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    """A data folder in which names and a question were used, and a fault logged."""
    paths = DataPaths(tmp_path / "data")
    paths.root.mkdir()
    catalogue = Catalogue(paths, writable=True)
    collection = catalogue.collections.create("Project Nightingale")
    catalogue.sources.add(collection.id, "/home/akiko/Merger")
    fault = Notice("reader-fault", {"error": "AttributeError", "version": "1.2.3"})
    for name in NAMES:
        skipped = SkippedFile(name, SkipReason.READER_FAILED, fault)
        catalogue.files.store_skipped(collection.id, Fingerprint(name, 1, 1), skipped)
    catalogue.close()
    with ProgramLog(paths, print):
        for name in NAMES:
            logging.getLogger("engine.documents").error("The reader of %s failed.", named(name))
        logging.getLogger("engine").error("Cannot open %s today.", NAMES[0])
        try:
            {}[QUESTION]
        except KeyError:
            logging.getLogger("app").exception("Unexpected error.")
    return paths


def unpacked(target: Path) -> dict[str, str]:
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_what_is_inside(paths: DataPaths, tmp_path: Path) -> None:
    target = tmp_path / suggested_name()
    save_report(paths, target, FINDINGS)
    files = unpacked(target)
    assert list(files) == [
        "README.txt",
        "checks.json",
        "versions.json",
        "machine.json",
        "settings.json",
        "files.json",
        "logs/sabun.log",
    ]
    assert json.loads(files["checks.json"])[0]["detail"] == "1.2.3"
    versions = json.loads(files["versions.json"])
    assert versions["libraries"]["pypdfium2"]
    assert json.loads(files["machine.json"])["threads"] == os.cpu_count()
    counted = json.loads(files["files.json"])
    assert counted["skipped"] == {
        "reader-failed: reader-fault": {".docx": 1, ".pdf": 1, "other": 1}
    }
    log = files["logs/sabun.log"]
    assert "tests/engine/diagnosis/test_report.py" in log
    assert "KeyError" in log
    assert log.count(".docx>") == 2


def test_no_name_and_no_word_is_in_it(paths: DataPaths, tmp_path: Path) -> None:
    target = tmp_path / "report.zip"
    save_report(paths, target, FINDINGS)
    data = target.read_bytes()
    texts = [*unpacked(target).values(), *unpacked(target)]
    for planted in PLANTED:
        assert planted.encode() not in data
        assert not any(planted.lower() in text.lower() for text in texts), planted
    assert str(tmp_path) not in "".join(texts)


def test_stand_ins_cannot_be_tried_out(paths: DataPaths, tmp_path: Path) -> None:
    logs = []
    for n in range(2):
        save_report(paths, tmp_path / f"{n}.zip", FINDINGS)
        logs.append(unpacked(tmp_path / f"{n}.zip")["logs/sabun.log"])
    assert logs[0] != logs[1]


def test_without_a_data_folder(tmp_path: Path) -> None:
    save_report(DataPaths(tmp_path / "none"), tmp_path / "report.zip", FINDINGS)
    assert json.loads(unpacked(tmp_path / "report.zip")["files.json"]) == {}
    assert not (tmp_path / "none").exists()


def test_a_damaged_catalogue_is_no_obstacle(paths: DataPaths, tmp_path: Path) -> None:
    paths.catalogue.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    save_report(paths, tmp_path / "report.zip", FINDINGS)
    files = unpacked(tmp_path / "report.zip")
    assert json.loads(files["files.json"]) == {"catalogue": "catalogue-damaged"}
    for planted in ("Nightingale", "契約書", "salaries", "Acme"):
        assert planted not in files["logs/sabun.log"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_without_space_leaves_the_older_report(
    paths: DataPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    target = folder / "report.zip"
    target.write_bytes(b"an older report")

    def fail(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[:100])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(ExportFailed) as caught:
        save_report(paths, target, FINDINGS)
    assert str(target) in str(caught.value)
    monkeypatch.undo()
    assert target.read_bytes() == b"an older report"
    assert list(folder.iterdir()) == [target]


def test_a_path_that_cannot_be_written(paths: DataPaths, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ExportFailed):
        save_report(paths, tmp_path / "file" / "report.zip", FINDINGS)

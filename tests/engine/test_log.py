from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from engine import log
from engine.log import ProgramLog, named, without_names
from engine.paths import DataPaths

SECRET = "the merger with Acme"


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "data")


def opened(paths: DataPaths, problems: list[Exception] | None = None) -> ProgramLog:
    return ProgramLog(paths, (problems if problems is not None else []).append)


def test_topics_are_written_and_libraries_are_not(paths: DataPaths) -> None:
    with opened(paths):
        logging.getLogger("engine.documents").warning("One.")
        logging.getLogger("app.startup").info("Two.")
        logging.getLogger("transformers").error("Three.")
        logging.getLogger("engine.documents").debug("Four.")
    logging.getLogger("engine.documents").error("After the end.")
    first, second = paths.log.read_text("utf-8").splitlines()
    assert first.endswith("engine.documents: One.")
    assert " WARNING " in first
    assert second.endswith("app.startup: Two.")


def test_exceptions_leave_a_trace_without_what_they_said(paths: DataPaths, caplog) -> None:
    with opened(paths):
        try:
            {}[SECRET]
        except KeyError:
            logging.getLogger("app").exception("It failed.")
    text = paths.log.read_text("utf-8")
    assert "tests/engine/test_log.py" in text
    assert text.rstrip().endswith("KeyError")
    assert SECRET not in text
    assert SECRET in caplog.text  # other handlers saw the exception first


def test_the_log_is_bounded(paths: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 2_000)
    with opened(paths):
        for n in range(200):
            logging.getLogger("engine").warning("Line %d of many that fill the file.", n)
    files = sorted(paths.log.parent.iterdir())
    assert [file.name for file in files] == ["sabun.log", "sabun.log.1", "sabun.log.2"]
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert "Line 199" in paths.log.read_text("utf-8")


def test_what_is_no_fault_makes_no_data_folder(paths: DataPaths) -> None:
    with opened(paths):
        logging.getLogger("engine").info("Nothing to see.")
        assert not paths.root.exists()
        logging.getLogger("engine").error("A fault.")
    assert "A fault." in paths.log.read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_said_once(paths: DataPaths) -> None:
    paths.root.mkdir()
    (paths.root / "logs").write_text("a file where the folder should be")
    problems: list[Exception] = []
    with opened(paths, problems) as opened_log:
        for _ in range(3):
            logging.getLogger("engine").error("A fault.")
        assert opened_log.problem is problems[0]
    assert len(problems) == 1
    assert str(paths.log) in str(problems[0])
    assert "works on without it" in str(problems[0])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk_is_said_and_nothing_stops(paths: DataPaths) -> None:
    paths.log.parent.mkdir(parents=True)
    paths.log.symlink_to("/dev/full")
    problems: list[Exception] = []
    with opened(paths, problems):
        logging.getLogger("engine").error("A fault.")
    assert len(problems) == 1
    assert "space" in str(problems[0])


def test_two_programs_and_many_threads_write_whole_lines(paths: DataPaths) -> None:
    def write(name: str) -> None:
        for n in range(50):
            logging.getLogger("engine").info("%s says %d.", name, n)

    paths.root.mkdir()
    with opened(paths), opened(paths):
        threads = [threading.Thread(target=write, args=(f"thread {n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = paths.log.read_text("utf-8").splitlines()
    assert len(lines) == 400
    assert all("engine: thread " in line and line.endswith(".") for line in lines)


@pytest.mark.parametrize(
    "path", ["/home/a/plan.docx", 'C:\\"x"\\b⟩.txt', "/a\nb/契約 '1'.pdf", "/bad/\udcff.txt"]
)
def test_names_can_be_taken_out_again(path: str) -> None:
    line = f"The reader of {named(path)} failed, {named('/other.txt')} too."
    assert "\n" not in line
    taken: list[str] = []

    def instead(name: str) -> str:
        taken.append(name)
        return "X"

    assert without_names(line, instead) == "The reader of X failed, X too."
    assert taken == [path, "/other.txt"]

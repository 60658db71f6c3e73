from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path

import psutil
import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, DataFolderInUse
from engine.inference.cores import Cores, Threads, find_cores
from engine.inference.measure import Speed
from engine.models import ModelLibrary
from engine.models import idle_trial as trials
from engine.models.library import CHAT_MODEL
from engine.models.optimise import PERPLEXITY_LIMITS, machine
from engine.models.rounds import ROUNDS
from engine.models.sidecar import read_sidecar
from engine.models.trial_folder import Round, TrialFolder
from engine.paths import DataPaths

LAYOUTS = ("as shipped", *PERPLEXITY_LIMITS)


@pytest.fixture
def paths(tmp_path, monkeypatch, tiny_gguf) -> DataPaths:
    """A data folder, and an embedded model that is small."""
    embedded = tmp_path / "embedded"
    embedded.mkdir()
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(embedded))
    # Beside other programs the lowest priority would keep these tests waiting for minutes.
    monkeypatch.setattr(trials, "NICENESS", os.nice(0))
    monkeypatch.setattr(trials, "SPARE_CORES", 1e9)
    monkeypatch.setattr("engine.models.quiet.cores_to_spare", lambda _n_cores: 1e9)
    tiny_gguf(embedded / f"{CHAT_MODEL}.gguf", n_ctx=1024)
    return DataPaths(tmp_path / "data")


@pytest.fixture
def library(paths) -> ModelLibrary:
    return ModelLibrary(paths)


def rounds_of(speeds: dict[str, float], n: int = ROUNDS) -> list[Round]:
    counts = find_cores().candidates
    return [
        {name: {count: Speed(speed, 50.0) for count in counts} for name, speed in speeds.items()}
        for _ in range(n)
    ]


def test_a_trial_in_the_background_measures_and_counts_from_the_next_start_on(library, paths):
    before = library.find("", kind="chat")
    assert list(library.try_layouts(CancelToken())) == ["measured"]
    assert library.find("", kind="chat") == before, "the model in use changed"
    notes = read_sidecar(before.path)
    assert notes.machine == machine()
    assert [item["layout"] for item in notes.measurements] == list(LAYOUTS)
    assert ModelLibrary(paths).find("", kind="chat").name == notes.fastest
    assert list(library.try_layouts(CancelToken())) == [], "it was due only once"
    assert not list(before.path.parent.glob(".trial*"))


def test_what_the_user_asks_for_is_used_at_once(library, monkeypatch):
    original = library.find("", kind="chat")
    fast = {"as shipped": 100.0, "Q8_0": 300.0, "Q4_0": 100.0}
    trial = TrialFolder(original.path.parent, original, machine())
    for speeds in rounds_of(fast):
        trial.add_round(speeds)
    trial.release()
    finished = list(library.optimise())[-1]
    assert finished.chosen.endswith("Q8_0")
    assert library.find("", kind="chat").name == finished.chosen


def test_a_stopped_trial_leaves_no_model_and_the_next_goes_on_from_there(library, paths):
    original = library.find("", kind="chat")
    folder = original.path.parent
    cancel = CancelToken()
    copy = folder / f".trial-{CHAT_MODEL}" / "Q8_0.gguf"

    def stop_after_the_first_copy() -> None:
        deadline = time.monotonic() + 60
        while not copy.exists() and time.monotonic() < deadline:
            time.sleep(0.005)
        cancel.cancel()

    stopper = threading.Thread(target=stop_after_the_first_copy)
    stopper.start()
    with pytest.raises(Cancelled):
        list(library.try_layouts(cancel))
    stopper.join()
    assert copy.is_file()
    assert ModelLibrary(paths).list() == (original,)
    assert not read_sidecar(original.path).measurements
    written = copy.stat().st_ino, copy.stat().st_mtime_ns
    events = library.optimise(CHAT_MODEL)
    next(events)  # the layout is announced
    next(events)  # ... and the copy taken from before, as the next one begins
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == written
    assert len(list(events)) == len(LAYOUTS) + 1
    assert not copy.exists()


def test_a_stop_ends_the_process_within_a_moment(paths):
    cancel = CancelToken()
    started = threading.Event()
    pids: list[int] = []
    real = trials._start

    def noting(data_dir: Path, name: str) -> subprocess.Popen[bytes]:
        process = real(data_dir, name)
        pids.append(process.pid)
        started.set()
        return process

    def run() -> None:
        with pytest.raises(Cancelled):
            list(trials.run_trial(paths.root, CHAT_MODEL, cancel))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trials, "_start", noting)
        thread = threading.Thread(target=run)
        thread.start()
        assert started.wait(30)
        cancel.cancel()
        thread.join(5)
    assert not thread.is_alive()
    assert not psutil.pid_exists(pids[0])


def test_the_process_has_the_lowest_priority(paths, monkeypatch):
    monkeypatch.setattr(trials, "NICENESS", 19)
    process = trials._start(paths.root, CHAT_MODEL)
    try:
        deadline = time.monotonic() + 60
        while psutil.Process(process.pid).nice() != 19:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    finally:
        process.kill()
        process.stdin.close()
        process.wait()


def test_the_process_ends_with_its_parent(paths):
    process = trials._start(paths.root, CHAT_MODEL)
    process.stdin.close()  # what the system does when the parent is killed
    assert process.wait(60) == 1


def test_rounds_of_a_killed_trial_are_not_measured_again(library):
    original = library.find("", kind="chat")
    trial = TrialFolder(original.path.parent, original, machine())
    for speeds in rounds_of(dict.fromkeys(LAYOUTS, 12345.0)):
        trial.add_round(speeds)
    trial.release()  # as at the end of a process
    finished = list(library.optimise(CHAT_MODEL))[-1]
    assert {m.prefill_tokens_per_second for m in finished.measurements} == {12345.0}
    assert finished.chosen == CHAT_MODEL


@pytest.mark.parametrize("damage", ["", "[]", '{"key": 1}', '{"rounds": [[1]]}'])
def test_a_damaged_or_foreign_trial_is_begun_anew(library, damage):
    original = library.find("", kind="chat")
    trial = TrialFolder(original.path.parent, original, machine())
    trial.add_round(rounds_of(dict.fromkeys(LAYOUTS, 1.0))[0])
    trial.copy_path("Q8_0").write_bytes(b"half a copy of another model")
    trial.release()
    if damage:
        (trial.path / "rounds.json").write_text(damage)
    again = TrialFolder(original.path.parent, original, "other" if not damage else machine())
    assert again.rounds == [] and not again.copy_path("Q8_0").exists()
    again.remove()


def test_two_processes_do_not_try_the_layouts_of_one_model_at_once(library, monkeypatch):
    monkeypatch.setattr("engine.models.trial_folder.PATIENCE_S", 0.1)
    original = library.find("", kind="chat")
    first = TrialFolder(original.path.parent, original, machine())
    with pytest.raises(DataFolderInUse):
        TrialFolder(original.path.parent, original, machine())
    first.remove()


def test_without_an_embedded_model_there_is_nothing_to_try(library):
    library.find("", kind="chat").path.unlink()
    assert list(library.try_layouts(CancelToken())) == []


def test_of_another_model_in_use_only_threads_are_tried(
    library, paths, tiny_gguf, tmp_path, monkeypatch
):
    own = library.add(tiny_gguf(tmp_path / "own.gguf", n_ctx=1024, seed=3))
    monkeypatch.setattr("engine.inference.cores.find_cores", lambda: Cores(8, 4, 4))
    assert list(library.try_layouts(CancelToken(), own.name)) == ["measured"]
    assert {model.name for model in library.list()} == {CHAT_MODEL, own.name}, "a copy was made"
    (measured,) = library.measurements(own.name)
    assert measured.layout == "as shipped" and measured.n_threads in find_cores().candidates
    threads = library.threads(own)
    assert threads == Threads(measured.n_threads, measured.n_threads_batch)
    assert list(library.try_layouts(CancelToken(), own.name)) == [], "it was due only once"
    monkeypatch.setattr("engine.inference.cores.find_cores", lambda: Cores(2, 2, 2))
    other = library.add(tiny_gguf(tmp_path / "other.gguf", n_ctx=1024, seed=4))
    assert list(library.try_layouts(CancelToken(), other.name)) == [], "there is nothing to choose"

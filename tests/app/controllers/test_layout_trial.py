from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from fake_engine import FakeEngine

from app.controllers.layout_trial import LayoutTrialController
from app.jobs import JobRunner
from engine.cancel import CancelToken

IDLE_MS = 60


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    assert made.close(5)


@pytest.fixture
def trial(engine: FakeEngine, runner: JobRunner):
    made = LayoutTrialController(engine, runner, idle_ms=IDLE_MS)
    yield made
    made._timer.stop()


def busy_until(ends_at: list[bool]):
    def work(token: CancelToken) -> Iterator[int]:
        while not ends_at and not token.wait(0.005):
            pass
        yield 1

    return work


def test_it_begins_when_nothing_has_run_for_a_while_and_ends_once(qtbot, engine, trial, runner):
    trial.start()
    assert not trial.running
    qtbot.waitUntil(lambda: trial.running)
    engine.models.trial_may_end.set()
    with qtbot.waitSignal(trial.ended):
        pass
    qtbot.wait(3 * IDLE_MS)
    assert engine.models.n_trials == 1 and not trial.running and runner.n_unfinished == 0


@pytest.mark.parametrize("lane", ["answer", "ingest"])
def test_it_gives_way_at_once_and_begins_again_afterwards(qtbot, engine, trial, runner, lane):
    trial.start()
    qtbot.waitUntil(lambda: engine.models.n_trials == 1)
    over: list[bool] = []
    started = time.perf_counter()
    runner.submit(lane, busy_until(over))
    qtbot.waitUntil(lambda: not trial.running)
    assert time.perf_counter() - started < 1.0
    qtbot.wait(3 * IDLE_MS)
    assert engine.models.n_trials == 1, "it ran beside other work"
    over.append(True)
    qtbot.waitUntil(lambda: engine.models.n_trials == 2)


def test_beside_busy_programs_it_waits_longer_before_it_tries_again(qtbot, engine, runner):
    trial = LayoutTrialController(engine, runner, idle_ms=IDLE_MS, busy_ms=25 * IDLE_MS)
    engine.models.trial_may_end.set()
    engine.models.trial_ends = ["busy"]
    trial.start()
    qtbot.waitUntil(lambda: engine.models.n_trials == 1)
    qtbot.wait(3 * IDLE_MS)
    assert engine.models.n_trials == 1
    with qtbot.waitSignal(trial.ended):
        pass
    assert engine.models.n_trials == 2


def test_a_look_up_does_not_stop_it(qtbot, engine, trial, runner):
    trial.start()
    qtbot.waitUntil(lambda: trial.running)
    found: list[int] = []
    runner.call(lambda: 7, found.append)
    qtbot.waitUntil(lambda: found == [7])
    qtbot.wait(50)
    assert trial.running and engine.models.n_trials == 1


def test_it_waits_for_what_runs_already(qtbot, engine, trial, runner):
    over: list[bool] = []
    runner.submit("ingest", busy_until(over))
    trial.start()
    qtbot.wait(3 * IDLE_MS)
    assert engine.models.n_trials == 0
    over.append(True)
    qtbot.waitUntil(lambda: trial.running)


def test_a_failure_is_not_tried_again(qtbot, engine, trial, monkeypatch):
    calls: list[int] = []

    def fail(_token: CancelToken, _name: str) -> Iterator[str]:
        calls.append(1)
        raise OSError("no space")
        yield

    monkeypatch.setattr(engine.models, "try_layouts", fail)
    with qtbot.waitSignal(trial.ended):
        trial.start()
    qtbot.wait(3 * IDLE_MS)
    assert calls == [1]


def test_closing_stops_it(qtbot, engine, qapp):
    runner = JobRunner()
    trial = LayoutTrialController(engine, runner, idle_ms=IDLE_MS)
    trial.start()
    qtbot.waitUntil(lambda: trial.running)
    started = time.perf_counter()
    assert runner.close(5)
    assert time.perf_counter() - started < 1.0
    trial._timer.stop()


def test_the_window_watches_once_its_models_are_loaded(qtbot, window):
    program = window.program
    qtbot.waitUntil(lambda: program.layout_trial._timer.isActive())
    assert not program.layout_trial.running

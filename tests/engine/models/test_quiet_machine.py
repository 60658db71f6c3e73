from __future__ import annotations

import subprocess
import sys

import psutil
import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.inference.measure import Speed
from engine.models import ModelLibrary, rounds
from engine.models.events import LayoutMeasured, MachineBusy, OptimisationFinished
from engine.models.optimise import machine, optimise
from engine.models.quiet import BusySeconds, OtherLoad, cores_to_spare
from engine.models.rounds import ROUNDS, fewest_threads, measure_rounds
from engine.models.trial_folder import TrialFolder
from engine.paths import DataPaths


class Machine:
    """A clock, and processor time that passes as a test says."""

    def __init__(self) -> None:
        self.now = 0.0
        self.others = self.ours = 0.0
        self.busy_cores: list[float] = []
        self.quiet_cores = 0.0

    def pass_time(self, seconds: float, ours: float = 0.0) -> None:
        busy = self.busy_cores.pop(0) if self.busy_cores else self.quiet_cores
        self.now += seconds
        self.others += busy * seconds
        self.ours += ours * seconds

    def load(self) -> OtherLoad:
        return OtherLoad(
            lambda: BusySeconds(self.others + self.ours, self.ours),
            lambda: self.now,
            self.pass_time,
            limit=0.25,
        )


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(rounds, "PAUSES_S", (0.0, 0.0, 0.0))


@pytest.fixture
def library(tmp_path, monkeypatch) -> ModelLibrary:
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path / "none"))
    return ModelLibrary(DataPaths(tmp_path / "data"))


@pytest.fixture
def trial(library, tiny_gguf, tmp_path):
    model = library.add(tiny_gguf(tmp_path / "tiny.gguf"))
    made = TrialFolder(tmp_path, model, "here")
    yield made
    made.remove()


def test_what_we_use_ourselves_is_not_the_load_of_others():
    here = Machine()
    load = here.load()
    here.busy_cores = [0.5]
    here.pass_time(2.0, ours=2.0)
    assert load.cores() == pytest.approx(0.5) and load.too_high
    load.start()
    here.pass_time(2.0, ours=2.0)
    assert load.cores() == 0.0 and not load.too_high


def test_a_small_share_of_many_cores_does_not_disturb():
    assert cores_to_spare(2) == cores_to_spare(4) == 0.25
    assert cores_to_spare(16) == 0.8


def test_a_real_busy_process_is_seen():
    others = subprocess.Popen(
        [sys.executable, "-c", "print(flush=True)\nwhile True: pass"], stdout=-1
    )
    try:
        others.stdout.readline()
        load = OtherLoad(limit=0.1)
        assert load.high_now()
    finally:
        others.kill()
        others.communicate()


def speeds(here: Machine, order: list[str], name: str):
    def measure(threads):
        order.append(f"{name} {threads}")
        here.pass_time(1.0, ours=2.0)
        return {n: Speed(100.0 * n, 10.0) for n in threads}

    return measure


def run(here: Machine, trial: TrialFolder, order: list[str]) -> tuple[list[MachineBusy], bool]:
    contenders = {name: speeds(here, order, name) for name in "AB"}
    events = []
    steps = measure_rounds(contenders, (1, 2), trial, here.load(), CancelToken())
    while True:
        try:
            events.append(next(steps))
        except StopIteration as end:
            return events, end.value


def test_on_a_quiet_machine_contenders_take_turns_in_alternating_order(trial):
    order: list[str] = []
    assert run(Machine(), trial, order) == ([], True)
    assert order == ["A (1, 2)", "B (1, 2)", "B (2, 1)", "A (2, 1)", "A (1, 2)", "B (1, 2)"]
    assert [set(item) for item in trial.rounds] == [{"A", "B"}] * ROUNDS


def test_a_disturbed_round_is_thrown_away_and_measured_again(trial):
    here = Machine()
    here.busy_cores = [0.0, 0.1, 1.5]  # half a second before; while A, while B was measured
    order: list[str] = []
    events, enough = run(here, trial, order)
    assert enough and [event.n_cores for event in events] == [pytest.approx(1.5)]
    assert len(order) == 2 * (ROUNDS + 1) and len(trial.rounds) == ROUNDS


def test_nothing_is_measured_while_others_are_busy(trial):
    here = Machine()
    here.quiet_cores = 2.0
    order: list[str] = []
    events, enough = run(here, trial, order)
    assert not enough and order == [] and trial.rounds == []
    assert len(events) == len(rounds.PAUSES_S) + 1


def test_waiting_for_quiet_can_be_stopped(trial, monkeypatch):
    monkeypatch.setattr(rounds, "PAUSES_S", (60.0,))
    here, cancel = Machine(), CancelToken()
    here.quiet_cores = 2.0
    steps = measure_rounds({}, (1,), trial, here.load(), cancel)
    assert isinstance(next(steps), MachineBusy)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)


@pytest.mark.parametrize(
    ("measured", "chosen"),
    [
        ({4: 100.0, 8: 90.0, 16: 60.0}, 4),
        ({4: 98.0, 8: 100.0, 16: 99.0}, 4),
        ({4: 90.0, 8: 100.0, 16: 102.0}, 8),
        ({4: 50.0, 8: 80.0, 16: 100.0}, 16),
    ],
)
def test_the_fewest_threads_that_are_about_as_fast_as_the_fastest(measured, chosen):
    assert fewest_threads(measured) == chosen


def test_a_real_trial_beside_a_real_process_waits_until_that_ends(library, tiny_gguf, tmp_path):
    model = library.add(tiny_gguf(tmp_path / "tiny.gguf", n_ctx=1024))
    us = psutil.Process()
    other = psutil.Popen([sys.executable, "-c", "while True: pass"])

    def seconds(process: psutil.Process) -> float:
        times = process.cpu_times() if process.is_running() else None
        return times.user + times.system if times else 0.0

    known = [0.0]

    def read() -> BusySeconds:
        """This process and that one: whatever else the machine does is not the test's subject."""
        known[0] = max(known[0], seconds(other))
        return BusySeconds(known[0] + seconds(us), seconds(us))

    load = OtherLoad(read, limit=0.05)
    options = {"layouts": ("Q8_0",), "threads": (1, 2), "load": load}
    events = list(optimise(model, model.path.parent, CancelToken(), **options))
    assert events[-1].put_off and events[-1].chosen == "tiny" and not events[-1].measurements
    assert sum(isinstance(event, MachineBusy) for event in events) == len(rounds.PAUSES_S) + 1
    assert library.list() == (model,) and library.threads(model) is None

    events = optimise(model, model.path.parent, CancelToken(), **options)
    found = []
    for event in events:
        found.append(event)
        if isinstance(event, MachineBusy) and other.is_running():
            other.kill()
            other.wait()
    finished = found[-1]
    assert isinstance(finished, OptimisationFinished) and not finished.put_off
    assert [item.layout for item in finished.measurements] == ["as shipped", "Q8_0"]
    assert all(item.n_threads in (1, 2) for item in finished.measurements)
    chosen = library.find(finished.chosen, kind="chat")
    threads = library.threads(chosen)
    assert threads is not None and threads.decode in (1, 2) and threads.batch in (1, 2)


def test_a_busy_machine_keeps_what_was_chosen_before(library, tiny_gguf, tmp_path):
    library.add(tiny_gguf(tmp_path / "tiny.gguf", n_ctx=1024))
    quiet, busy = OtherLoad(limit=1e9), OtherLoad(limit=-1.0)
    first = list(library.optimise("tiny", load=quiet))[-1]
    again = list(library.optimise("tiny", again=True, load=busy))[-1]
    assert again.put_off and again.reason.startswith("Other programs")
    assert (again.chosen, again.measurements) == (first.chosen, first.measurements)
    assert library.measurements("tiny") == first.measurements


def test_threads_measured_elsewhere_or_before_they_were_measured_do_not_count(
    library, tiny_gguf, tmp_path, monkeypatch
):
    model = library.add(tiny_gguf(tmp_path / "tiny.gguf", n_ctx=1024))
    trial = TrialFolder(model.path.parent, model, machine())
    for _ in range(ROUNDS):
        trial.add_round({"as shipped": {2: Speed(100.0, 40.0), 8: Speed(200.0, 30.0)}})
    trial.release()
    quiet = OtherLoad(limit=1e9)
    steps = optimise(model, model.path.parent, CancelToken(), layouts=(), load=quiet)
    (measured, _finished) = steps
    assert isinstance(measured, LayoutMeasured)
    found = library.threads(model)
    assert found is not None and (found.decode, found.batch) == (2, 8)
    assert len(list(library.optimise("tiny", load=quiet))) > 2, "layouts were not measured yet"
    monkeypatch.setattr("engine.models.optimise.machine", lambda: "another one")
    assert library.threads(model) is None

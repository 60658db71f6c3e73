from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, Signal

from app.jobs import JobRunner
from app.jobs.outbox import Message, coalesce
from engine.cancel import CancelToken
from engine.errors import Cancelled, DiskFull
from engine.events import IndexProgressed, PromptPrefilled, SideProgressed, TokensGenerated


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    assert made.close()


def numbers(n: int, delay_s: float = 0.0):
    def work(token: CancelToken) -> Iterator[int]:
        for number in range(n):
            token.raise_if_cancelled()
            time.sleep(delay_s)
            yield number

    return work


def test_events_arrive_in_order_on_the_gui_thread(qtbot, runner):
    got: list[tuple[int, bool]] = []
    gui = QThread.currentThread()
    job = runner.submit("ingest", numbers(200))
    job.event_received.connect(lambda n: got.append((n, QThread.currentThread() is gui)))
    with qtbot.waitSignals([job.finished, job.ended]):
        pass
    assert got == [(n, True) for n in range(200)]
    assert runner.n_unfinished == 0


def test_work_runs_outside_the_gui_thread_and_a_lane_keeps_order(qtbot, runner):
    names: list[str] = []
    spans: list[tuple[float, float]] = []

    def work(_token: CancelToken) -> Iterator[int]:
        names.append(threading.current_thread().name)
        start = time.perf_counter()
        time.sleep(0.02)
        yield 1
        spans.append((start, time.perf_counter()))

    jobs = [runner.submit("look-up", work) for _ in range(3)]
    qtbot.waitUntil(lambda: runner.n_unfinished == 0)
    assert names == ["sabun-look-up"] * 3
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert len(jobs) == 3


def test_lanes_run_side_by_side(qtbot, runner):
    meeting = threading.Barrier(2, timeout=5)

    def work(_token: CancelToken) -> Iterator[int]:
        meeting.wait()
        yield 1

    runner.submit("answer", work, urgent=False)
    job = runner.submit("look-up", work)
    with qtbot.waitSignal(job.finished):
        pass


def test_cancel_ends_a_job_and_only_that_one(qtbot, runner):
    slow = runner.submit("ingest", numbers(1000, 0.01))
    other = runner.submit("look-up", numbers(3))
    with qtbot.waitSignal(other.finished):
        pass
    with qtbot.waitSignal(slow.cancelled, timeout=2000):
        slow.cancel()
    assert runner.n_unfinished == 0


def test_a_job_cancelled_in_the_queue_never_starts(qtbot, runner):
    started: list[int] = []

    def second(_token: CancelToken) -> Iterator[int]:
        started.append(1)
        yield 1

    runner.submit("ingest", numbers(5, 0.01))
    queued = runner.submit("ingest", second)
    queued.cancel()
    with qtbot.waitSignal(queued.cancelled):
        pass
    assert not started


def test_an_error_is_delivered_and_the_lane_goes_on(qtbot, runner):
    def work(_token: CancelToken) -> Iterator[int]:
        yield 1
        raise DiskFull(path="/data")

    failing = runner.submit("ingest", work)
    after = runner.submit("ingest", numbers(1))
    with qtbot.waitSignal(failing.failed) as caught, qtbot.waitSignal(after.finished):
        pass
    assert isinstance(caught.args[0], DiskFull)


def test_an_error_before_the_first_event_is_delivered(qtbot, runner):
    with qtbot.waitSignal(runner.call(lambda: 1 / 0, failed=None).failed, raising=True) as caught:
        pass
    assert isinstance(caught.args[0], ZeroDivisionError)


def test_cancelled_raised_by_the_engine_is_no_failure(qtbot, runner):
    def work(_token: CancelToken) -> Iterator[int]:
        yield 1
        raise Cancelled

    job = runner.submit("answer", work)
    failures: list[object] = []
    job.failed.connect(failures.append)
    with qtbot.waitSignal(job.cancelled):
        pass
    assert not failures


def test_ingest_waits_while_an_answer_is_made(qtbot, runner):
    answering = threading.Event()
    release = threading.Event()
    seen: list[bool] = []

    def answer(_token: CancelToken) -> Iterator[int]:
        answering.set()
        release.wait(5)
        yield 1

    def ingest(_token: CancelToken) -> Iterator[int]:
        answering.wait(5)
        for number in range(4):
            seen.append(release.is_set())
            yield number

    indexing = runner.submit("ingest", ingest)
    runner.submit("answer", answer)
    qtbot.wait(250)
    assert seen == [False], "one event may pass, the next must wait"
    with qtbot.waitSignal(indexing.finished):
        release.set()
    assert len(seen) == 4


def test_a_long_step_of_ingest_waits_inside_while_an_answer_is_made(qtbot, runner):
    """As embedding does between its passes: whole seconds may lie between two events."""
    answering, release = threading.Event(), threading.Event()
    passes: list[bool] = []

    def answer(_token: CancelToken) -> Iterator[int]:
        answering.set()
        release.wait(5)
        yield 1

    def ingest(token: CancelToken) -> Iterator[int]:
        for _ in range(3):
            token.give_way()
            passes.append(release.is_set())
            answering.wait(5)
        yield 1

    indexing = runner.submit("ingest", ingest)
    qtbot.waitUntil(lambda: passes == [False])
    runner.submit("answer", answer)
    qtbot.wait(250)
    assert passes == [False], "it went on beside the answer"
    with qtbot.waitSignal(indexing.finished):
        release.set()
    assert passes == [False, True, True]


def test_ingest_that_gives_way_can_be_cancelled(qtbot, runner):
    answering, release = threading.Event(), threading.Event()

    def answer(_token: CancelToken) -> Iterator[int]:
        answering.set()
        release.wait(5)
        yield 1

    def ingest(token: CancelToken) -> Iterator[int]:
        answering.wait(5)
        for number in range(10):
            token.raise_if_cancelled()
            yield number

    runner.submit("answer", answer)
    indexing = runner.submit("ingest", ingest)
    qtbot.wait(100)
    with qtbot.waitSignal(indexing.cancelled, timeout=2000):
        indexing.cancel()
    release.set()


def test_close_cancels_waits_and_joins(qapp):
    runner = JobRunner()
    runner.submit("ingest", numbers(100_000, 0.005))
    runner.submit("answer", numbers(100_000, 0.005))
    start = time.perf_counter()
    assert runner.close()
    assert time.perf_counter() - start < 2
    assert not [t for t in threading.enumerate() if t.name.startswith("sabun-")]


def test_after_close_jobs_are_refused_not_lost(qtbot):
    runner = JobRunner()
    assert runner.close()
    job = runner.submit("ingest", numbers(1))
    assert job is not None
    assert not [t for t in threading.enumerate() if t.name.startswith("sabun-")]


def test_streamed_text_is_merged_and_arrives_complete(qtbot, runner):
    def work(_token: CancelToken) -> Iterator[TokensGenerated]:
        for number in range(500):
            yield TokensGenerated(f"{number} ")

    got: list[TokensGenerated] = []
    job = runner.submit("answer", work)
    job.event_received.connect(got.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert "".join(event.text for event in got) == "".join(f"{n} " for n in range(500))
    assert len(got) < 100, "one signal per token is what coalescing avoids"


def test_coalesce_keeps_jobs_apart_and_order():
    def progress(n: int) -> IndexProgressed:
        return IndexProgressed("read", n, 9, None)

    messages = [
        Message(1, "event", TokensGenerated("a")),
        Message(1, "event", TokensGenerated("b")),
        Message(2, "event", progress(1)),
        Message(2, "event", progress(2)),
        Message(1, "event", TokensGenerated("c")),
        Message(1, "finished"),
    ]
    merged = coalesce(messages)
    assert [m.value for m in merged] == [
        TokensGenerated("ab"),
        progress(2),
        TokensGenerated("c"),
        None,
    ]


def test_coalesce_keeps_the_sides_of_a_comparison_apart():
    def side(number: int, event: TokensGenerated | PromptPrefilled) -> Message:
        return Message(1, "event", SideProgressed(number, event))

    merged = coalesce(
        [
            side(0, PromptPrefilled(1, 9)),
            side(0, PromptPrefilled(9, 9)),
            side(0, TokensGenerated("a")),
            side(0, TokensGenerated("b")),
            side(1, TokensGenerated("c")),
        ]
    )
    assert [m.value for m in merged] == [
        SideProgressed(0, PromptPrefilled(9, 9)),
        SideProgressed(0, TokensGenerated("ab")),
        SideProgressed(1, TokensGenerated("c")),
    ]


def test_a_thousand_emits_leave_true_alive(qapp):
    """PySide6 6.12.0 drops a reference to True per emit and aborts after about 570."""

    class Emitter(QObject):
        fired = Signal(bool)

    seen: list[bool] = []
    emitter = Emitter()
    emitter.fired.connect(seen.append)
    for _ in range(1_000):
        emitter.fired.emit(True)
    assert seen == [True] * 1_000


@pytest.mark.parametrize("lane", ["answer", "ingest"])
def test_spare_work_in_any_lane_ends_when_something_is_waited_for(qtbot, runner, lane):
    spare = runner.submit("answer", numbers(1000, 0.01), urgent=False, spare=True)
    assert not runner.has_work("answer")
    with qtbot.waitSignal(spare.cancelled, timeout=2000):
        job = runner.submit(lane, numbers(3, 0.01))
        assert runner.has_work(lane)
    qtbot.waitUntil(lambda: runner.n_unfinished == 0)
    assert not runner.has_work(lane) and job.lane == lane

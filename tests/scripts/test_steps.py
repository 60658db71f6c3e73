from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from steps import in_words, parse, seconds_left

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def step(title: str, command: list[str], seconds: str = "60") -> list[str]:
    return ["--step", title, seconds, *command]


def command_for(logs: Path, *steps: list[str]) -> list[str]:
    flat = [part for item in steps for part in item]
    return [sys.executable, str(SCRIPTS / "steps.py"), str(logs), *flat]


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Scripts are run where they lie, so that logs are named after them alone."""
    monkeypatch.chdir(tmp_path)

    def make(name: str, text: str) -> list[str]:
        (tmp_path / name).write_text(text, "utf-8")
        return ["bash", name]

    return make


def run(*steps: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command_for(Path("logs"), *steps), capture_output=True, text=True, timeout=60, check=False
    )


def test_steps_run_side_by_side_and_write_their_logs(shell, tmp_path):
    meet = "echo {0} >{0}.here; until [ -f {1}.here ]; do sleep 0.02; done; echo met"
    done = run(
        step("one", shell("one", meet.format("a", "b"))),
        step("two", shell("two", meet.format("b", "a"))),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "logs" / "one.log").read_text() == "met\n"
    assert (tmp_path / "logs" / "two.log").read_text() == "met\n"


def test_progress_says_how_far_and_how_long(shell):
    slow = "echo '@phase 1 0'; echo '[1/4] c++'; sleep 4.5; echo '[4/4] c++'"
    done = run(step("compiling", shell("slow", slow), "240"))
    assert re.search(r"^compiling 25%; about \d+ (seconds|minutes?) left$", done.stderr, re.M)


def test_a_failure_shows_the_end_of_its_log_and_stops_the_others(shell, tmp_path):
    bad = "for i in $(seq 100); do echo line $i; done; echo 'fatal error: ggml.h' >&2; exit 4"
    started = time.monotonic()
    done = run(
        step("compiling", shell("bad", bad)),
        step("packages", shell("long", "sleep 100 & echo $! >child; wait")),
    )
    assert done.returncode == 1 and time.monotonic() - started < 30
    lines = done.stderr.splitlines()
    assert "Set-up stopped at: compiling. The last lines of its log:" in lines
    assert "    fatal error: ggml.h" in lines and "    line 100" in lines
    assert "    line 50" not in lines
    assert lines[-1] == f"The whole log: {Path('logs', 'bad.log')}"
    assert_ends(int((tmp_path / "child").read_text()))


def assert_ends(pid: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return
        except psutil.NoSuchProcess:
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} still runs")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_stops_the_children_of_children(shell, tmp_path, number, status):
    process = subprocess.Popen(
        command_for(Path("logs"), step("x", shell("x", "sleep 100 & echo $! >child; wait"))),
        stderr=subprocess.DEVNULL,
    )
    child = tmp_path / "child"
    while not (child.exists() and child.read_text().strip()):
        time.sleep(0.02)
    os.kill(process.pid, number)
    assert process.wait(30) == status
    assert_ends(int(child.read_text()))


def test_time_left_is_the_estimate_first_and_then_what_the_speed_says():
    assert seconds_left(0.0, 0.0, 240) == 240
    assert seconds_left(0.05, 60.0, 240) == 180
    assert seconds_left(0.05, 1000.0, 240) > 0, "an estimate that was too low never says 0"
    assert seconds_left(0.25, 100.0, 240) == 300
    assert seconds_left(1.0, 100.0, 240) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "10 seconds"), (44, "40 seconds"), (55, "1 minute"), (200, "3 minutes")],
)
def test_durations_are_said_no_more_exactly_than_they_are_known(seconds, words):
    assert in_words(seconds) == words


def test_arguments_are_cut_at_each_step():
    folder, steps = parse(["logs", "--step", "a b", "5", "bash", "x", "--step", "c", "6", "true"])
    assert folder == Path("logs")
    assert steps == [("a b", 5.0, ["bash", "x"]), ("c", 6.0, ["true"])]
    with pytest.raises(SystemExit):
        parse(["logs", "a", "5", "true"])

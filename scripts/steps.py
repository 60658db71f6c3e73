"""Runs the long steps of set-up side by side and says how far they are and how long they will take.

Run by scripts/bootstrap.sh, before anything is installed, hence only with what Python brings:

    steps.py LOG_FOLDER --step TITLE SECONDS COMMAND... [--step ...]

SECONDS is what the step takes on two cores; it counts until the step can be timed itself. On a
terminal one line is kept up to date, elsewhere a line is printed every 20 seconds. What a step
prints goes into LOG_FOLDER; of a step that fails the last lines are shown, and the others stop.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from log_meter import LogMeter

LINE_EVERY_S = 20.0
LINES_OF_A_FAILURE = 20
LEAST_FRACTION = 0.1
"""Before a step has come this far, its own speed says little about the rest."""


class Step:
    """One command that runs in the background, and the log it writes.

    Args:
        title: Shown to the user.
        expected_s: What it takes on two cores.
        command: Program and arguments.
        folder: Where the log goes; it is named after the last argument.
    """

    def __init__(self, title: str, expected_s: float, command: list[str], folder: Path) -> None:
        self.title = title
        self.log = folder / f"{command[-1]}.log"
        self._meter = LogMeter()
        self._expected_s = expected_s
        self._started = time.monotonic()
        with self.log.open("wb") as log:
            # A session of its own: compilers are the children of children, and all must stop.
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._reading = self.log.open("r", encoding="utf-8", errors="replace")

    def poll(self) -> int | None:
        """Read what the log has gained; return the exit status, None while it runs."""
        status = self._process.poll()
        self._meter.feed(self._reading.read())
        return status

    def stop(self) -> None:
        """End the command and everything it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait()

    @property
    def fraction(self) -> float:
        """How much of the step is done, 0 to 1."""
        return 1.0 if self._process.poll() == 0 else self._meter.fraction

    @property
    def left_s(self) -> float:
        """Seconds it will still take."""
        return seconds_left(self.fraction, time.monotonic() - self._started, self._expected_s)

    def last_lines(self) -> list[str]:
        """Return the end of the log."""
        text = self.log.read_text("utf-8", errors="replace")
        return text.splitlines()[-LINES_OF_A_FAILURE:]


def seconds_left(fraction: float, elapsed_s: float, expected_s: float) -> float:
    """Return how long a step will still take: by its own speed once that can be told."""
    if fraction >= LEAST_FRACTION:
        return elapsed_s / fraction * (1 - fraction)
    return max(expected_s - elapsed_s, expected_s * (1 - fraction) / 4)


def in_words(seconds: float) -> str:
    """Return a duration as one says it: no more exact than it is known."""
    if seconds < 50:
        return f"{max(10, round(seconds / 10) * 10)} seconds"
    minutes = round(seconds / 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def progress_line(steps: list[Step]) -> str:
    """Return all steps that still run, and the time until the last one ends."""
    running = [step for step in steps if step.fraction < 1] or steps[-1:]
    parts = ", ".join(f"{step.title} {step.fraction:.0%}" for step in running)
    return f"{parts}; about {in_words(max(step.left_s for step in running))} left"


class Screen:
    """Where progress goes: a line that changes on a terminal, elsewhere a new one now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic() - LINE_EVERY_S + 3

    def show(self, line: str) -> None:
        """Show how far the steps are."""
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\033[K{line[:width]}")
        elif time.monotonic() - self._last >= LINE_EVERY_S:
            sys.stderr.write(f"{line}\n")
            self._last = time.monotonic()
        sys.stderr.flush()

    def clear(self) -> None:
        """Make room for other lines."""
        if self._terminal:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def watch(steps: list[Step], screen: Screen, signals: list[int]) -> int:
    """Wait for all steps; return 0, or 1 as soon as one has failed, or 128 plus a signal."""
    while True:
        if signals:
            screen.clear()
            return 128 + signals[0]
        statuses = [step.poll() for step in steps]
        for step, status in zip(steps, statuses, strict=True):
            if status:
                screen.clear()
                sys.stderr.write(f"Set-up stopped at: {step.title}. The last lines of its log:\n")
                sys.stderr.writelines(f"    {line}\n" for line in step.last_lines())
                sys.stderr.write(f"The whole log: {step.log}\n")
                return 1
        if all(status == 0 for status in statuses):
            screen.clear()
            return 0
        screen.show(progress_line(steps))
        time.sleep(0.3)


def parse(arguments: list[str]) -> tuple[Path, list[tuple[str, float, list[str]]]]:
    """Return the log folder and ``(title, seconds, command)`` of each step."""
    folder, *rest = arguments
    found: list[tuple[str, float, list[str]]] = []
    while rest:
        marker, title, seconds, *rest = rest
        if marker != "--step":
            raise SystemExit(f"steps.py: --step expected, not {marker}")
        end = rest.index("--step") if "--step" in rest else len(rest)
        found.append((title, float(seconds), rest[:end]))
        rest = rest[end:]
    return Path(folder), found


def main(arguments: list[str]) -> int:
    """Run the steps; return the exit status."""
    folder, wanted = parse(arguments)
    folder.mkdir(parents=True, exist_ok=True)
    # Only noted: an exception could come between the start of a process and knowing it.
    signals: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: signals.append(number))
    steps: list[Step] = []
    try:
        for title, seconds, command in wanted:
            steps.append(Step(title, seconds, command, folder))
        return watch(steps, Screen(), signals)
    finally:
        for step in steps:
            step.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

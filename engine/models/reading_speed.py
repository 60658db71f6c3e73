"""How fast this machine reads a prompt: a self-test of a few seconds, kept beside the models."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.cancel import CancelToken
from engine.codec import from_json, to_json
from engine.formats.atomic_files import replacing
from engine.models.machine import machine
from engine.models.probe import LAYOUTS, Layout, write_probe

N_PROMPT = 256
"""Tokens a round: as many as fill the processor's vectors, and few enough to be short."""

N_ROUNDS = 4
MORE_ROUNDS = 4
"""Added while no round had the machine to itself."""

LONGEST_S = 8.0
"""No further round begins after this, on a machine that is slow or busy."""

QUIET = 0.85
"""Share of the processor from which on a round counts as undisturbed."""

LEAST_RATE = 1e8
"""Weights a second that are believed of a machine nobody measured: nothing suits by it."""


@dataclass(frozen=True)
class ReadingSpeed:
    """What the self-test found.

    Attributes:
        machine: What it holds for; see :func:`engine.models.machine.machine`.
        weights_per_second: Weights that tokens of a prompt pass through in a second, by the
            layout of the weights; the best of several short rounds.
        busy: Other programs ran all the while: the machine is at least this fast.
    """

    machine: str
    weights_per_second: Mapping[Layout, float]
    busy: bool = False


def stored_speed(models: Path) -> ReadingSpeed | None:
    """Return what was measured on this machine; None if nothing was, or on another."""
    try:
        found = from_json(ReadingSpeed, _path(models).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    complete = all(found.weights_per_second.get(layout, 0.0) > 0.0 for layout in LAYOUTS)
    return found if complete and found.machine == machine() else None


def unmeasured() -> ReadingSpeed:
    """Return what is known of a machine that was not measured: nothing, as a lower bound."""
    return ReadingSpeed(machine(), dict.fromkeys(LAYOUTS, LEAST_RATE), busy=True)


def measure(models: Path, cancel: CancelToken) -> Iterator[ReadingSpeed]:
    """Measure; yield the best so far after each round, from when each layout had one.

    What was measured beside other programs is kept only until there is something better.

    Args:
        models: Folder of models, where the result is kept.
        cancel: Stops between rounds.

    Raises:
        Cancelled: It was stopped.
        OSError: There is no room for the two small models that are read with.
    """
    rates: dict[Layout, float] = {}
    busy = False
    found = unmeasured()
    with tempfile.TemporaryDirectory(prefix="sabun-speed-") as folder:
        for layout in LAYOUTS:
            for rate, disturbed in _rates(Path(folder) / f"{layout}.gguf", layout, cancel):
                rates[layout] = rate
                if len(rates) == len(LAYOUTS):
                    found = ReadingSpeed(machine(), dict(rates), busy=busy or disturbed)
                    yield found
            busy = busy or disturbed
    before = stored_speed(models)
    if not found.busy or before is None or before.busy:
        models.mkdir(parents=True, exist_ok=True)
        with replacing(_path(models)) as partial:
            partial.write_text(to_json(found), "utf-8")


def _rates(path: Path, layout: Layout, cancel: CancelToken) -> Iterator[tuple[float, bool]]:
    """Yield, a round, the best weights a second so far and whether others ran all the while."""
    from engine.inference.measure import reading_rounds

    n_weights = write_probe(path, layout)
    best, quiet = 0.0, 0.0
    most, started = N_ROUNDS + MORE_ROUNDS, time.monotonic()
    rounds = reading_rounds(path, n_prompt=N_PROMPT, n_rounds=most, cancel=cancel)
    with contextlib.closing(rounds):
        for number, each in enumerate(rounds, 1):
            cancel.raise_if_cancelled()
            best = max(best, each.tokens_per_second)
            if each.cpu_share >= QUIET:
                quiet = max(quiet, each.tokens_per_second)
            busy = quiet < best * QUIET
            yield best * n_weights, busy
            enough = number >= N_ROUNDS and not busy
            if enough or (number > 1 and time.monotonic() - started > LONGEST_S / len(LAYOUTS)):
                break


def _path(models: Path) -> Path:
    return models / ".reading-speed.json"

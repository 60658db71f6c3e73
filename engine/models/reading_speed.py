"""How fast this machine reads a prompt: a self-test of a few seconds, kept beside the models."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.cancel import CancelToken
from engine.codec import from_json, to_json
from engine.formats.atomic_files import replacing
from engine.models.machine import machine
from engine.paths import ASSETS_DIR
from engine.records import ModelFile

N_PROMPT = 256
"""Tokens a round: as many as fill the processor's vectors, and few enough to be short."""

N_ROUNDS = 4
MORE_ROUNDS = 4
"""Added while no round had the machine to itself."""

LONGEST_S = 8.0
"""No further round begins after this, on a machine that is slow or busy."""

QUIET = 0.85
"""Share of the processor from which on a round counts as undisturbed."""


@dataclass(frozen=True)
class ReadingSpeed:
    """What the self-test found.

    Attributes:
        machine: What it holds for; see :func:`engine.models.machine.machine`.
        tokens_per_second: Of the embedded model, the best of several short rounds.
        busy: Other programs ran all the while: the machine is at least this fast.
    """

    machine: str
    tokens_per_second: float
    busy: bool = False


def stored_speed(models: Path) -> ReadingSpeed | None:
    """Return what was measured on this machine; None if nothing was, or on another."""
    try:
        found = from_json(ReadingSpeed, _path(models).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if found.machine == machine() else None


def unmeasured() -> ReadingSpeed:
    """Return what is known of a machine that was not measured: nothing, as a lower bound."""
    return ReadingSpeed(machine(), 1.0, busy=True)


def measure(model: ModelFile, models: Path, cancel: CancelToken) -> Iterator[ReadingSpeed]:
    """Measure; yield the best so far after each round.

    What was measured beside other programs is kept only until there is something better.

    Args:
        model: The embedded chat model.
        models: Folder of models, where the result is kept.
        cancel: Stops between rounds.

    Raises:
        Cancelled: It was stopped.
    """
    from engine.inference.measure import reading_rounds

    text = (ASSETS_DIR / "prompts" / "perplexity.txt").read_text("utf-8")
    found, quiet = ReadingSpeed(machine(), 0.0, busy=True), 0.0
    most, started = N_ROUNDS + MORE_ROUNDS, time.monotonic()
    rounds = reading_rounds(model.path, text, n_prompt=N_PROMPT, n_rounds=most, cancel=cancel)
    with contextlib.closing(rounds):
        for number, each in enumerate(rounds, 1):
            cancel.raise_if_cancelled()
            best = max(found.tokens_per_second, each.tokens_per_second)
            if each.cpu_share >= QUIET:
                quiet = max(quiet, each.tokens_per_second)
            found = ReadingSpeed(found.machine, best, busy=quiet < best * QUIET)
            yield found
            enough = number >= N_ROUNDS and not found.busy
            if enough or (number > 1 and time.monotonic() - started > LONGEST_S):
                break
    before = stored_speed(models)
    if not found.busy or before is None or before.busy:
        models.mkdir(parents=True, exist_ok=True)
        with replacing(_path(models)) as partial:
            partial.write_text(to_json(found), "utf-8")


def _path(models: Path) -> Path:
    return models / ".reading-speed.json"

"""Rounds of measurements, which count only while the machine is quiet."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence

from engine.cancel import CancelToken
from engine.inference.measure import Speed
from engine.models.events import MachineBusy
from engine.models.quiet import OtherLoad
from engine.models.trial_folder import Round, TrialFolder

Contender = Callable[[Sequence[int]], dict[int, Speed]]
"""Measures one layout with each number of threads, in the order given."""

ROUNDS = 3

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""How long to wait after each busy moment; after the last, two minutes in all, it is given up."""

ALIKE = 0.97
"""A smaller number of threads this close to the fastest is chosen: it leaves cores to others."""


def measure_rounds(
    contenders: Mapping[str, Contender],
    threads: Sequence[int],
    trial: TrialFolder,
    load: OtherLoad,
    cancel: CancelToken,
) -> Generator[MachineBusy, None, bool]:
    """Measure all contenders in turn until there are enough rounds.

    The order is turned round every time, so that what changes slowly hits all alike. A round
    in which others kept the processor busy is thrown away.

    Args:
        contenders: By layout.
        threads: Numbers of threads to try.
        trial: Holds the rounds that count.
        load: Tells what others do.
        cancel: Stops the waiting; contenders poll their own.

    Yields:
        ``MachineBusy`` for each round that did not count.

    Returns:
        Whether there are enough rounds; False if the machine stayed busy.

    Raises:
        Cancelled: It was stopped.
    """
    pauses = iter(PAUSES_S)
    while len(trial.rounds) < ROUNDS:
        order = 1 if len(trial.rounds) % 2 == 0 else -1
        found = _round(dict(list(contenders.items())[::order]), threads[::order], load)
        if found is not None:
            trial.add_round(found)
            continue
        yield MachineBusy(load.cores())
        pause = next(pauses, None)
        if pause is None:
            return False
        cancel.wait(pause)
        cancel.raise_if_cancelled()
    return True


def _round(
    contenders: Mapping[str, Contender], threads: Sequence[int], load: OtherLoad
) -> Round | None:
    """Return one measurement of each; None as soon as others were busy."""
    if load.high_now():
        return None
    found: Round = {}
    for layout, measure in contenders.items():
        load.start()
        found[layout] = measure(threads)
        if load.too_high:
            return None
    return found


def fewest_threads(speeds: Mapping[int, float]) -> int:
    """Return the smallest number of threads that is about as fast as the fastest."""
    best = max(speeds.values())
    return min(n for n, speed in speeds.items() if speed >= ALIKE * best)

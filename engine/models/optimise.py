"""Finds the layout of a chat model and the threads that give the first token soonest here.

llama.cpp rearranges some layouts in memory for the processor at hand and not others, so a
copy with *more* bits per weight can read a prompt twice as fast as the file it was made
from. Which one wins depends on the machine; so it is measured, and its perplexity too.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

from engine.cancel import CancelToken
from engine.errors import DiskFull
from engine.formats.atomic_files import remove, replacing, sha256_of
from engine.inference.cores import all_cores, find_cores
from engine.inference.llama_files import quantize
from engine.inference.measure import Speed, measure_speeds, perplexity
from engine.models.events import (
    LayoutMeasured,
    LayoutStarted,
    MachineBusy,
    OptimisationFinished,
    OptimiseEvent,
)
from engine.models.machine import machine
from engine.models.quiet import OtherLoad
from engine.models.rounds import Contender, fewest_threads, measure_rounds
from engine.models.sidecar import Sidecar, read_sidecar, sidecar_path, write_sidecar
from engine.models.trial_folder import TrialFolder
from engine.paths import ASSETS_DIR
from engine.records import ModelFile

PERPLEXITY_LIMITS = {"Q8_0": 1.02, "Q4_0": 1.05}
"""Largest perplexity of a copy over the original's. Q8_0 rounds far finer than any 4-bit
original, so more than 2 % means that something went wrong. Q4_0 drops the offset that Q4_1
stores per block, a real loss; 5 % (0.05 nats a token) is what separates neighbouring 4-bit
layouts of one model, so below it the answers are of the same class."""

LEAST_GAIN = 1.1
"""A copy that is not at least this much faster is not worth its place on the disk."""

LEAST_DECODE = 0.8
"""The first token must not come sooner at the price of a much slower rest."""

LARGE_BYTES = 1 << 30

AS_SHIPPED = "as shipped"

BUSY = (
    "Other programs kept the processor busy, so nothing new was measured and everything stays "
    "as it was. Try again when the computer has nothing else to do."
)


@dataclass(frozen=True)
class _Candidate:
    name: str
    layout: str
    path: Path


def optimise(
    model: ModelFile,
    folder: Path,
    cancel: CancelToken,
    *,
    again: bool = False,
    layouts: Sequence[str] = tuple(PERPLEXITY_LIMITS),
    threads: Sequence[int] = (),
    load: OtherLoad | None = None,
) -> Iterator[OptimiseEvent]:
    """Write copies in other layouts, measure them, and keep the fastest that is as good.

    Each is measured with several numbers of threads. What others disturb is measured again;
    if they go on, all stays as it was and the next call goes on from there.

    Until one is chosen the copies lie in a hidden folder. If the process is killed they stay
    there with the rounds measured so far, and the next call goes on from there.

    Args:
        model: The original; never changed.
        folder: Where the copy and the notes go.
        cancel: Polled between steps; what was made so far is then removed.
        again: Measure even if a measurement on this machine exists.
        layouts: Of the copies; none: only the numbers of threads are measured.
        threads: Numbers of threads to try; none: those of :class:`engine.inference.cores.Cores`.
        load: Tells whether the machine is quiet.

    Yields:
        ``LayoutStarted`` per copy, ``MachineBusy`` per round that does not count,
        ``LayoutMeasured`` per layout, ``OptimisationFinished``.

    Raises:
        DiskFull: The copies do not fit.
        ModelUnsupported: llama.cpp cannot requantise this model.
        Cancelled: It was stopped.
    """
    notes_at = folder / model.path.name
    notes = read_sidecar(notes_at)
    if not again and is_measured(notes, layouts) and _exists(notes.fastest, model, folder):
        yield _finished(model, notes, reused=True)
        return
    trial = TrialFolder(folder, model, machine())
    candidates = [_Candidate(model.name, AS_SHIPPED, model.path)]
    put_off = False
    try:
        for layout in layouts:
            cancel.raise_if_cancelled()
            yield LayoutStarted(layout)
            candidates.append(_candidate(model, trial, layout))
        counts = tuple(threads) or find_cores().candidates
        measured = yield from _measure(candidates, counts, trial, load or OtherLoad(), cancel)
        put_off = not measured
        if put_off:
            yield _put_off(model, notes, folder)
            return
        chosen, reason = choose(measured)
        for candidate in candidates[1:]:
            _settle(model, candidate, folder, kept=candidate.name == chosen.name)
        notes = _store(model, notes_at, measured, chosen, reason)
    finally:
        trial.release() if put_off else trial.remove()
    yield _finished(model, notes, reused=False)


def is_measured(notes: Sidecar, layouts: Sequence[str] = ()) -> bool:
    """Tell whether notes hold what was measured of these layouts on this machine."""
    found = {item["layout"] for item in notes.measurements}
    return notes.machine == machine() and found.issuperset(layouts)


def _exists(name: str, model: ModelFile, folder: Path) -> bool:
    return bool(name) and (name == model.name or (folder / f"{name}.gguf").is_file())


def _finished(model: ModelFile, notes: Sidecar, *, reused: bool) -> OptimisationFinished:
    measured = tuple(LayoutMeasured(**item) for item in notes.measurements)
    chosen = next(item for item in measured if item.name == notes.fastest)
    ratio = chosen.prefill_tokens_per_second / measured[0].prefill_tokens_per_second
    return OptimisationFinished(model.name, chosen.name, notes.reason, ratio, measured, reused)


def _put_off(model: ModelFile, notes: Sidecar, folder: Path) -> OptimisationFinished:
    if _exists(notes.fastest, model, folder) and notes.measurements:
        return replace(_finished(model, notes, reused=True), reason=BUSY, put_off=True)
    return OptimisationFinished(model.name, model.name, BUSY, 1.0, (), put_off=True)


def _candidate(model: ModelFile, trial: TrialFolder, layout: str) -> _Candidate:
    """Return a copy in a layout, written now unless a trial that was killed wrote it."""
    stem = model.name
    for known in ("-Q4_1", "-Q4_0", "-Q8_0", "-F16", "-BF16"):
        stem = stem.removesuffix(known)
    name = f"{stem}-{layout}"
    if name == model.name:  # the original has this layout already: measured as it is
        return _Candidate(name, layout, model.path)
    path = trial.copy_path(layout)
    if not path.is_file():
        # No layout here needs more than twice a 4-bit original; a larger original shrinks.
        if shutil.disk_usage(trial.path).free < 2 * model.n_bytes:
            raise DiskFull(path=str(path))
        with replacing(path) as partial:
            quantize(model.path, partial, layout, all_cores())
    return _Candidate(name, layout, path)


def _settle(model: ModelFile, candidate: _Candidate, folder: Path, *, kept: bool) -> None:
    """Give a copy its final name, or remove what an earlier trial of the model kept under it."""
    if candidate.path == model.path:
        return
    final = folder / f"{candidate.name}.gguf"
    if not kept:
        if read_sidecar(final).optimised_from == model.name:
            remove(final)
            remove(sidecar_path(final))
        return
    write_sidecar(
        final,
        Sidecar(
            sha256=sha256_of(candidate.path),
            languages=model.languages,
            licence=model.licence,
            optimised_from=model.name,
        ),
    )
    candidate.path.replace(final)


def _measure(
    candidates: Sequence[_Candidate],
    threads: Sequence[int],
    trial: TrialFolder,
    load: OtherLoad,
    cancel: CancelToken,
) -> Generator[LayoutMeasured | MachineBusy, None, list[LayoutMeasured]]:
    """Measure all candidates; return none if the machine stayed busy."""
    text = (ASSETS_DIR / "prompts" / "perplexity.txt").read_text("utf-8")
    n_prompt = 384 if candidates[0].path.stat().st_size < LARGE_BYTES else 128

    def contender(path: Path) -> Contender:
        return lambda counts: measure_speeds(
            path, text, n_prompt=n_prompt, threads=counts, cancel=cancel
        )

    contenders = {item.layout: contender(item.path) for item in candidates}
    if not (yield from measure_rounds(contenders, threads, trial, load, cancel)):
        return []
    original = 0.0
    measured: list[LayoutMeasured] = []
    for candidate in candidates:
        found = perplexity(candidate.path, text, cancel=cancel)
        original = original or found
        rounds = [item[candidate.layout] for item in trial.rounds]
        measured.append(_summary(candidate, rounds, found, found / original))
        yield measured[-1]
    return measured


def _summary(
    candidate: _Candidate, rounds: Sequence[dict[int, Speed]], found: float, ratio: float
) -> LayoutMeasured:
    counts = rounds[0]
    read = {n: median(r[n].prefill_tokens_per_second for r in rounds) for n in counts}
    decode = {n: median(r[n].decode_tokens_per_second for r in rounds) for n in counts}
    n_threads, n_threads_batch = fewest_threads(decode), fewest_threads(read)
    return LayoutMeasured(
        name=candidate.name,
        layout=candidate.layout,
        n_bytes=candidate.path.stat().st_size,
        prefill_tokens_per_second=read[n_threads_batch],
        decode_tokens_per_second=decode[n_threads],
        perplexity=found,
        perplexity_ratio=ratio,
        n_threads=n_threads,
        n_threads_batch=n_threads_batch,
    )


def choose(measured: Sequence[LayoutMeasured]) -> tuple[LayoutMeasured, str]:
    """Choose among layouts, the original first; return it with the reason in words."""
    original, *copies = measured
    if not copies:
        return original, "The file stays as it is; only the numbers of threads were measured."
    good = [
        copy
        for copy in copies
        if copy.perplexity_ratio <= PERPLEXITY_LIMITS[copy.layout]
        and copy.prefill_tokens_per_second >= LEAST_GAIN * original.prefill_tokens_per_second
        and copy.decode_tokens_per_second >= LEAST_DECODE * original.decode_tokens_per_second
    ]
    if not good:
        return original, "No other layout is faster and as good; the file stays as shipped."
    best = max(good, key=lambda copy: copy.prefill_tokens_per_second)
    ratio = best.prefill_tokens_per_second / original.prefill_tokens_per_second
    change = (best.perplexity_ratio - 1) * 100
    return best, (
        f"{best.layout} reads the prompt {ratio:.2f} times as fast as the file as shipped; "
        f"its perplexity differs by {change:+.2f} %."
    )


def _store(
    model: ModelFile,
    notes_at: Path,
    measured: Sequence[LayoutMeasured],
    chosen: LayoutMeasured,
    reason: str,
) -> Sidecar:
    notes = Sidecar(
        sha256=model.sha256,
        languages=model.languages,
        licence=model.licence,
        optimised_from=model.optimised_from,
        fastest=chosen.name,
        machine=machine(),
        reason=reason,
        measurements=tuple(asdict(item) for item in measured),
    )
    write_sidecar(notes_at, notes)
    return notes


def describe(event: OptimiseEvent) -> str:
    """Return an event as one English line, for the command line and set-up."""
    if isinstance(event, LayoutStarted):
        return f"{event.layout}: writing a copy"
    if isinstance(event, LayoutMeasured):
        return (
            f"{event.layout}: prompt {event.prefill_tokens_per_second:.0f} tokens/s "
            f"({event.n_threads_batch} threads), "
            f"answer {event.decode_tokens_per_second:.0f} tokens/s ({event.n_threads}), "
            f"perplexity {event.perplexity:.3f} ({(event.perplexity_ratio - 1) * 100:+.2f} %)"
        )
    if isinstance(event, MachineBusy):
        return f"Other programs keep {event.n_cores:.1f} cores busy: this round does not count"
    return f"{event.chosen}: {event.reason}"

"""What ``sabun bench kernel`` measures. Every number is a ratio to a baseline of the same run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace

import numpy as np

from kernels.api import run as run_problem
from kernels.backends.cpu import CpuBackend
from kernels.bench import ggml_baseline, torch_baseline
from kernels.bench.measure import Timing, interleaved
from kernels.cases import Case, build
from kernels.errors import KernelError
from kernels.problem import Problem
from kernels.registry import Backend, open_backend
from kernels.selection import BlockPlan
from kernels.sparse import delta_attention, robust_sparse

Calls = dict[str, Callable[[], object]]

MODEL = Case("bench", heads=9, groups=3)
"""Heads of SmolLM2-135M."""


@dataclass(frozen=True)
class Row:
    """One measured contender.

    Attributes:
        what: The benchmark; contender: who was timed; baseline: what ``ratio`` refers to.
        shapes: Sizes of the call.
        p20_ms: Percentiles of the time per call; ratio: median ratio to the baseline.
        rounds: Interleaved rounds.
        device: Device and driver; version: of this program; date: ISO date.
    """

    what: str
    contender: str
    baseline: str
    shapes: str
    p20_ms: float
    p50_ms: float
    p80_ms: float
    ratio: float
    rounds: int
    device: str
    version: str
    date: str


@dataclass(frozen=True)
class Notice:
    """Something was not measured, and why."""

    text: str


def _caller(backend: Backend, p: Problem) -> Callable[[], object]:
    out = np.zeros(p.out_shape, np.float32)
    if isinstance(backend, CpuBackend):
        return backend.prepared(p, out)  # as the llama.cpp hook calls it, and ggml's graph
    return lambda: backend.run(p, out)


def _torch(p: Problem, n_threads: int, notices: list[Notice]) -> Calls:
    try:
        return torch_baseline.two_calls(p, n_threads)
    except KernelError as error:
        notices.append(Notice(str(error)))
        return {}


def _prefill(tq: int, backends: list[Backend], n_threads: int, notices: list[Notice]) -> Calls:
    p = build(replace(MODEL, tq=tq, tk=tq, causal=True))
    return _torch(p, n_threads, notices) | {b.name: _caller(b, p) for b in backends}


def _decode(d: int, backends: list[Backend], n_threads: int, notices: list[Notice]) -> Calls:
    case = replace(MODEL, tq=1, tk=4096, d=d, half=True)
    plain, full = build(replace(case, form="baseline")), build(case)
    kept = build(replace(case, k2="tiled"))
    calls = _torch(full, n_threads, notices)
    try:
        calls["ggml x1"] = ggml_baseline.flash_attention(plain, n_threads)[0]
    except KernelError as error:
        notices.append(Notice(str(error)))
    for b in backends:
        calls[f"{b.name} one branch"] = _caller(b, plain)
        calls[f"{b.name} full k2"] = _caller(b, full)
        calls[f"{b.name} kept k2"] = _caller(b, kept)
    return calls


def _mirror(tk: int, backend: Backend) -> Calls:
    case = replace(MODEL, tq=1, tk=tk, half=True, rank=16)
    return {
        "one branch": _caller(backend, build(replace(case, form="baseline"))),
        "kept k2": _caller(backend, build(replace(case, k2="tiled"))),
        "rebuilt k2": _caller(backend, build(replace(case, k2="mirror"))),
        "shared k2": _caller(backend, build(replace(case, k2="shared"))),
    }


def _sparse(tq: int, backend: Backend) -> Calls:
    case = replace(MODEL, form="baseline", tq=tq, tk=tq, causal=True)
    dense, window = build(case), build(replace(case, window=1024, sink=128))
    plan = BlockPlan(mass=0.0, sink_blocks=2, local_blocks=16, marginal_mass=2.0)
    out = np.empty(dense.out_shape, np.float32)
    return {
        "dense": lambda: run_problem(dense, backend, out),
        "sink + window": lambda: run_problem(window, backend, out),
        "delta": lambda: delta_attention(window, backend=backend, out=out),
        "select + compress": lambda: run_problem(robust_sparse(dense, plan), backend, out),
        "select + compress + delta": lambda: delta_attention(
            robust_sparse(dense, plan), backend=backend, out=out
        ),
    }


def _launch(backends: list[Backend]) -> Calls:
    p = build(Case("bench", form="baseline", heads=1, groups=1, tq=2, tk=2))
    return {f"{b.name} smallest call": _caller(b, p) for b in backends}


def _rows(
    what: str, shapes: str, calls: Calls, baseline: str | None, rounds: int, about: dict[str, str]
) -> Iterator[Row]:
    if baseline is None:
        # The fastest way torch has is what counts; without torch, our own first contender.
        trial = interleaved(calls, next(iter(calls)), rounds=2)
        rivals = [name for name in calls if name.startswith("torch")] or [next(iter(calls))]
        baseline = min(rivals, key=lambda name: trial[name].p50_ms)
    timings = interleaved(calls, baseline, rounds=rounds)
    for name, t in timings.items():
        yield _row(what, name, baseline, shapes, t, about)


def _row(what: str, name: str, baseline: str, shapes: str, t: Timing, about: dict[str, str]) -> Row:
    return Row(
        what, name, baseline, shapes, t.p20_ms, t.p50_ms, t.p80_ms, t.ratio, t.rounds, **about
    )


def run(
    version: str, *, rounds: int = 9, quick: bool = False, n_threads: int = 2
) -> Iterator[Row | Notice]:
    """Measure everything; yields rows as they are known, and notices about what is missing.

    Args:
        version: Version of the program, written into each row.
        rounds: Interleaved rounds; at least 7 for a claim.
        quick: Only the short calls.
        n_threads: Threads of torch and ggml, and of the CPU backend.
    """
    notices: list[Notice] = []
    cpu: Backend = CpuBackend(n_threads)
    backends = [cpu]
    try:
        backends.append(open_backend("opencl"))
    except KernelError as error:
        notices.append(Notice(str(error)))
    about = {
        "device": "; ".join(f"{b.name}: {b.device}" for b in backends),
        "version": version,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
    }
    heads = "9/3 heads"

    def rows(what: str, shapes: str, calls: Calls, baseline: str | None = None) -> Iterator[Row]:
        return _rows(what, shapes, calls, baseline, rounds, about)

    yield from rows("launch", "Tq 2, Tk 2, D 64", _launch(backends), "cpu smallest call")
    for tk in (256, 1024, 4096):
        calls = _mirror(tk, cpu)
        shapes = f"{heads}, D 64, Tk {tk}, r 16, f16"
        yield from rows("mirror decode", shapes, calls, "one branch")
    for d in (64, 128):
        calls = _decode(d, backends, n_threads, notices)
        yield from rows("decode", f"{heads}, D {d}, Tk 4096, f16", calls)
    for tq in (512,) if quick else (512, 2048):
        calls = _prefill(tq, backends, n_threads, notices)
        yield from rows("prefill", f"{heads}, D 64, T {tq}, f32, causal", calls)
    if not quick:
        shapes = f"{heads}, D 64, T 8192, f32"
        yield from rows("sparse prefill", shapes, _sparse(8192, cpu), "dense")
    yield from dict.fromkeys(notices)


def to_csv(rows: list[Row]) -> str:
    """Rows as CSV with a header line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [f.name for f in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()

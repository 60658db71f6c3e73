"""What each attention mode costs inside llama.cpp: decode by depth, prompts by length.

Every round runs all contenders in turn in one process; ratios are to llama.cpp's own attention
(decode, prompts) or to our dense attention (sparse prompts). Second branches have random weights:
their values do not change the work.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.gguf_export import export_gguf
from engine.adapters.layout import variant_shapes
from engine.attention.plans import build_plan, prefill_plan
from engine.attention.registry import ATTENTION
from engine.attention.variant import AdapterLayout
from engine.formats.gguf import read_gguf
from engine.formats.model_shape import ModelShape, model_shape
from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel
from engine.records import Adapter, AdapterInfo, ModelFile
from engine.workshop.benchmarks.random_model import WIDE, WIDE_HIDDEN, write_random_model
from engine.workshop.benchmarks.rows import BenchRow, row
from kernels.hook import AttentionHook, HookPlan, PrefillPlan

RANK = 16
N_DECODE = 16
N_BATCH = 512
DEPTHS = (64, 2048, 4096)
PROMPT = 2048
SPARSE_LENGTHS = (2048, 3072, 4096, 7500)
WIDE_DEPTH = 3072

_WINDOW = prefill_plan("delta")
_SELECT = prefill_plan("robust-sparse")
READINGS: Mapping[str, PrefillPlan] = {
    "dense": PrefillPlan(),
    "sink + window": replace(_WINDOW, correct=False, min_tokens=0),
    "delta": replace(_WINDOW, min_tokens=0),
    "robust-sparse": replace(_SELECT, min_tokens=0),
    "robust-sparse with centroids": replace(_SELECT, compress=True, min_tokens=0),
    "robust-sparse with correction": replace(_SELECT, correct=True, smoothing=0.1, min_tokens=0),
}
"""Ways to read a prompt, with stages left out or added."""


@dataclass
class _Timed:
    """Seconds per call, in all and in attention."""

    total: list[float] = field(default_factory=list)
    attention: list[float] = field(default_factory=list)


class _Bench:
    """A model with our hook in its context."""

    def __init__(self, path: Path, n_ctx: int, n_threads: int, stack: ExitStack) -> None:
        model = LlamaModel(path, path.name)
        stack.callback(model.close)
        self.hook = AttentionHook(model.n_layers)
        parameters = ContextParameters(n_ctx, N_BATCH, n_threads, self.hook)
        self.context = LlamaContext(model, parameters)
        stack.callback(self.context.close)
        self._tokens = [100 + i % 3000 % (model.n_vocabulary - 100) for i in range(n_ctx)]

    def read(self, n: int) -> None:
        self.context.forget()
        self.hook.expect_prompt(n)
        for start in range(0, n, N_BATCH):
            self.context.decode(self._tokens[start : min(n, start + N_BATCH)], start)
        self.hook.expect_prompt(0)

    def decode(self, depth: int) -> list[float]:
        """Return seconds per token after ``depth`` tokens; the first is a warm-up."""
        self.context.forget_from(depth)
        seconds = []
        for i in range(N_DECODE + 1):
            started = time.perf_counter()
            self.context.decode(self._tokens[i : i + 1], depth + i)
            seconds.append(time.perf_counter() - started)
        return seconds[1:]


def bench_attention(
    model: ModelFile, *, n_threads: int, n_rounds: int = 7, n_long_rounds: int = 3
) -> Iterator[BenchRow]:
    """Time decode, prompts and sparse prompts.

    Args:
        model: A chat model of a supported architecture, with a context of 8192 tokens for
            all rows; lengths beyond its context are left out.
        n_threads: Threads of llama.cpp and of the kernel.
        n_rounds: Interleaved rounds.
        n_long_rounds: The same for sparse prompts, which take minutes.
    """
    shape = model_shape(read_gguf(model.path), model.path)
    trained = read_gguf(model.path).context_length or 0
    with ExitStack() as stack:
        bench = _Bench(model.path, min(8192, trained), n_threads, stack)
        plans = _plans(shape, n_threads)
        for depth in (d for d in DEPTHS if d + N_DECODE < trained):
            yield from _decode_rows(bench, plans, depth, n_rounds)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sabun-bench-")))
        yield from _prompt_rows(bench, plans, model, shape, folder, n_threads, n_rounds)
        for length in (n for n in SPARSE_LENGTHS if n < trained):
            yield from _sparse_rows(bench, n_threads, length, n_long_rounds)


def bench_wide(*, n_threads: int, n_rounds: int = 7) -> Iterator[BenchRow]:
    """Time decode of half a billion random weights with heads of 128, after 3,072 tokens.

    Args:
        n_threads: Threads of llama.cpp and of the kernel.
        n_rounds: Interleaved rounds.
    """
    n_ctx = WIDE_DEPTH + N_BATCH
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sabun-bench-")))
        path = folder / "wide.gguf"
        write_random_model(path, WIDE, n_hidden=WIDE_HIDDEN, n_ctx=n_ctx)
        bench = _Bench(path, n_ctx, n_threads, stack)
        yield from _decode_rows(bench, _plans(WIDE, n_threads), WIDE_DEPTH, n_rounds, "wide ")


def _plans(shape: ModelShape, n_threads: int) -> dict[str, HookPlan]:
    """Return llama.cpp's own attention, ours, and every variant with random weights."""
    plans = {
        "llama.cpp": HookPlan("own", n_threads=n_threads),
        "baseline": HookPlan("baseline", n_threads=n_threads),
    }
    for variant in ATTENTION:
        if variant.hook is None:
            continue
        plan = build_plan(
            variant.name,
            "dense",
            _random_adapter(variant.name, variant.adapter, shape),
            n_layers=shape.n_layers,
            n_heads=shape.n_heads,
            n_threads=n_threads,
            latent=False,
        )
        plans[variant.name] = plan
        if variant.hook.keeps_keys:
            plans[f"{variant.name}, latent keys"] = replace(plan, latent=True)
    return plans


def _random_adapter(
    name: str, layout: AdapterLayout | None, shape: ModelShape, fingerprint: str = ""
) -> Adapter | None:
    """Return an adapter of a variant in its first form; None if it needs none."""
    if layout is None:
        return None
    info = AdapterInfo(
        name="bench",
        path=Path(),
        variant=name,
        form=layout.forms[0],
        rescale=False,
        rank=0,
        alpha=0.0,
        rank2=RANK,
        alpha2=float(RANK),
        base_fingerprint=fingerprint,
        base_name="bench",
        architecture=shape.architecture,
        n_layers=shape.n_layers,
        n_embd=shape.n_embd,
        n_heads=shape.n_heads,
        n_kv_heads=shape.n_kv_heads,
        head_dim=shape.head_dim,
        layers=tuple(range(shape.n_layers)),
    )
    rng = np.random.default_rng(0)
    tensors = {
        f"blk.{layer}.{part}": rng.normal(0, 0.05, size).astype(np.float32)
        for layer in info.layers
        for part, size in variant_shapes(info).items()
    }
    return Adapter(info, tensors)


def _decode_rows(
    bench: _Bench, plans: Mapping[str, HookPlan], depth: int, n_rounds: int, model: str = ""
) -> Iterator[BenchRow]:
    """The content of the cache does not change the work, so it is filled once."""
    bench.hook.use(plans["llama.cpp"])
    bench.read(depth)
    samples: dict[str, list[float]] = {name: [] for name in plans}
    for _ in range(n_rounds):
        for name, plan in plans.items():
            bench.hook.use(plan)
            samples[name] += bench.decode(depth)
    yield from _against("llama.cpp", f"{model}decode", samples, f"depth={depth}")


def _prompt_rows(
    bench: _Bench,
    plans: Mapping[str, HookPlan],
    model: ModelFile,
    shape: ModelShape,
    folder: Path,
    n_threads: int,
    n_rounds: int,
) -> Iterator[BenchRow]:
    """Prompts, beside the folded model (twice the heads) in unmodified llama.cpp."""
    with ExitStack() as stack:
        folded = _Bench(_folded(model, shape, folder), PROMPT + N_BATCH, n_threads, stack)
        folded.hook.use(plans["llama.cpp"])
        contenders = {name: (bench, plan) for name, plan in plans.items()}
        contenders["folded GGUF in llama.cpp"] = (folded, plans["llama.cpp"])
        samples: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(n_rounds):
            for name, (runner, plan) in contenders.items():
                runner.hook.use(plan)
                started = time.perf_counter()
                runner.read(PROMPT)
                samples[name].append(time.perf_counter() - started)
        yield from _against("llama.cpp", "prompt", samples, f"length={PROMPT}")


def _folded(model: ModelFile, shape: ModelShape, folder: Path) -> Path:
    """Write a model with a second branch folded in; returns the file."""
    doubled = next(each for each in ATTENTION if each.adapter and each.adapter.doubles)
    fingerprint = model_fingerprint(model.path)
    adapter = _random_adapter(doubled.name, doubled.adapter, shape, fingerprint)
    if adapter is None:
        raise RuntimeError("only adapters are folded")
    target = folder / "folded.gguf"
    for _event in export_gguf(adapter, model, target):
        pass
    return target


def _sparse_rows(bench: _Bench, n_threads: int, length: int, n_rounds: int) -> Iterator[BenchRow]:
    timed = {name: _Timed() for name in READINGS}
    for _ in range(n_rounds):
        for name, reading in READINGS.items():
            bench.hook.use(HookPlan("baseline", prefill=reading, n_threads=n_threads))
            started = time.perf_counter()
            bench.read(length)
            timed[name].total.append(time.perf_counter() - started)
            timed[name].attention.append(bench.hook.seconds)
    shape = f"length={length}"
    yield from _against("dense", "reading", {n: t.total for n, t in timed.items()}, shape)
    attention = {n: t.attention for n, t in timed.items()}
    yield from _against("dense", "attention in reading", attention, shape)


def _against(
    baseline: str, what: str, samples: Mapping[str, list[float]], shape: str
) -> Iterator[BenchRow]:
    """Rows in ms; the ratio of the baseline is 1."""
    base = row(f"{what} {baseline}", [1e3 * s for s in samples[baseline]], shape=shape)
    yield base
    for name, seconds in samples.items():
        if name != baseline:
            against = (base.what, base.p50)
            yield row(f"{what} {name}", [1e3 * s for s in seconds], shape=shape, baseline=against)

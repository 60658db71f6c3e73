"""Every contender is timed beside its baseline; sizes are small here, figures mean nothing."""

from __future__ import annotations

import pytest

from engine.formats.model_shape import ModelShape
from engine.records import ModelFile
from engine.workshop.benchmarks import bench_attention as bench
from engine.workshop.benchmarks.random_model import write_random_model

SMALL = ModelShape("llama", 2, 256, 2, 1, 128, 4096)


def test_wide_heads_are_timed_in_every_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WIDE", SMALL), ("WIDE_HIDDEN", 512), ("WIDE_DEPTH", 70)):
        monkeypatch.setattr(bench, name, value)
    base, *others = bench.bench_wide(n_threads=1, n_rounds=1)
    assert base.what == "wide decode llama.cpp" and base.n == bench.N_DECODE
    assert {row.what for row in others} >= {"wide decode baseline", "wide decode difflora"}
    assert all(row.baseline == base.what and row.ratio > 0 for row in others)


def test_prompts_are_timed_densely_and_sparsely(tmp_path, monkeypatch) -> None:
    path = tmp_path / "small.gguf"
    write_random_model(path, SMALL, n_hidden=512, n_ctx=2048)
    monkeypatch.setattr(bench, "DEPTHS", (40,))
    monkeypatch.setattr(bench, "PROMPT", 96)
    monkeypatch.setattr(bench, "SPARSE_LENGTHS", (1200, 7500))
    file = ModelFile("small", path, "chat", path.stat().st_size)
    rows = list(bench.bench_attention(file, n_threads=1, n_rounds=1, n_long_rounds=1))
    assert {row.shape for row in rows} == {"depth=40", "length=96", "length=1200"}
    names = {row.what for row in rows}
    assert "prompt folded GGUF in llama.cpp" in names
    assert {f"attention in reading {name}" for name in bench.READINGS} <= names

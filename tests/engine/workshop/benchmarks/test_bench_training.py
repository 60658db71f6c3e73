from __future__ import annotations

import pytest
import torch

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.workshop.benchmarks.bench_training import BASELINE, bench_training
from engine.workshop.training.registry import TRAINERS


def test_each_variant_is_timed_against_lora_on_one_thread(tiny_model):
    n_threads = torch.get_num_threads()
    rows = list(bench_training(tiny_model, n_rounds=2, precision="float32"))
    assert torch.get_num_threads() == n_threads
    others = [name for name in TRAINERS.names if name != BASELINE]
    assert [row.what for row in rows] == [f"training {name}" for name in (BASELINE, *others)]
    assert rows[0].baseline == "" and {row.baseline for row in rows[1:]} == {rows[0].what}
    assert all(row.n == 2 and row.unit == "tokens/s" for row in rows)
    assert all(row.shape == "rows=2 tokens=752 precision=float32" for row in rows)
    for row in rows[1:]:
        assert row.ratio == pytest.approx(row.p50 / rows[0].p50, rel=0.01)


def test_a_stopped_run_reports_nothing(tiny_model):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(bench_training(tiny_model, cancel=cancel))

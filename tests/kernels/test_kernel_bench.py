"""The benchmark machinery; never asserts a time."""

from __future__ import annotations

import csv
import io
import time

import numpy as np
import pytest

from kernels import reference
from kernels.bench import ggml_baseline, torch_baseline
from kernels.bench.measure import interleaved
from kernels.bench.suite import Row, to_csv
from kernels.cases import Case, build
from kernels.errors import BackendUnavailable


def test_ratios_refer_to_the_baseline_of_the_same_run() -> None:
    calls = {"slow": lambda: time.sleep(0.004), "fast": lambda: time.sleep(0.001)}
    timings = interleaved(calls, "slow", rounds=3)
    assert timings["slow"].ratio == 1.0
    assert timings["fast"].ratio < 1.0
    assert timings["fast"].rounds == 3
    assert timings["fast"].p20_ms <= timings["fast"].p50_ms <= timings["fast"].p80_ms


def test_rows_become_csv_with_every_column_of_a_claim() -> None:
    row = Row(
        "decode", "cpu", "torch x2", "Tk 4", 1.0, 1.5, 2.0, 0.5, 7, "dev", "0.1", "2026-01-01"
    )
    (parsed,) = csv.DictReader(io.StringIO(to_csv([row])))
    assert parsed["ratio"] == "0.5"
    assert set(parsed) >= {"what", "shapes", "p20_ms", "p50_ms", "p80_ms", "baseline", "device"}


@pytest.mark.parametrize("tq", [1, 40])
def test_torch_computes_the_same_thing(tq: int) -> None:
    p = build(Case("x", tq=tq, tk=40, causal=True, half=tq == 1))
    try:
        calls = torch_baseline.two_calls(p, 1)
    except BackendUnavailable as error:
        pytest.skip(str(error))
    for name, call in calls.items():
        found = np.asarray(call()).reshape(p.out_shape)
        np.testing.assert_allclose(found, reference.run(p), atol=5e-3 if "f16" in name else 1e-5)


def test_ggml_computes_the_same_thing() -> None:
    p = build(Case("x", form="baseline", tq=1, tk=256, half=True))
    try:
        compute, result = ggml_baseline.flash_attention(p, 1)
    except BackendUnavailable as error:
        pytest.skip(str(error))
    compute()
    np.testing.assert_allclose(result(), reference.run(p), atol=5e-3)

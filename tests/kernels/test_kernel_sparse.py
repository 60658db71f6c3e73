"""Sparse prefill, delta correction, block selection and span mass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kernels import reference
from kernels.cases import Case, build
from kernels.errors import BadProblem
from kernels.problem import Problem
from kernels.selection import BlockPlan, block_means, select_blocks
from kernels.shape import Tile
from kernels.sparse import delta_attention, delta_tail, robust_sparse, span_mass


def _causal(tq: int = 700, **change: object) -> Problem:
    return build(Case("x", form="baseline", tq=tq, tk=tq, causal=True, **change))


def _windowed(p: Problem) -> Problem:
    return replace(p, window=100, sink=16)


@pytest.mark.parametrize("smoothing", [1.0, 0.25])
def test_delta_is_what_its_definition_says(smoothing: float) -> None:
    p = _causal()
    gamma, tail = 64, delta_tail(700, 64)
    dense, sparse = reference.run(p), reference.run(_windowed(p))
    expected = reference.delta_corrected(
        sparse, dense[:, :, : 700 - tail : gamma], dense[:, :, 700 - tail :], gamma, smoothing
    )
    found = delta_attention(_windowed(p), gamma=gamma, smoothing=smoothing, backend="cpu")
    np.testing.assert_allclose(found, expected, atol=3e-6)


@pytest.mark.parametrize("smoothing", [1.0, 0.1])
def test_delta_with_gamma_one_is_dense(smoothing: float) -> None:
    p = _causal(300)
    found = delta_attention(_windowed(p), gamma=1, smoothing=smoothing, backend="cpu")
    np.testing.assert_allclose(found, reference.run(p), atol=3e-6)


def test_dense_rows_of_delta_are_dense() -> None:
    p = _causal()
    found = delta_attention(_windowed(p), gamma=64, backend="cpu")
    dense = reference.run(p)
    np.testing.assert_allclose(found[:, :, :448:64], dense[:, :, :448:64], atol=3e-6)
    np.testing.assert_allclose(found[:, :, -128:], dense[:, :, -128:], atol=3e-6)


def test_delta_of_a_short_prompt_is_simply_dense() -> None:
    p = _causal(90)
    np.testing.assert_allclose(
        delta_attention(_windowed(p), backend="cpu"), reference.run(p), atol=3e-6
    )


def test_delta_works_on_differential_calls_with_a_tile_map() -> None:
    p = build(Case("x", tq=400, tk=400, causal=True, half=True))
    sparse = robust_sparse(p, BlockPlan(mass=0.3, local_blocks=1))
    tail = delta_tail(400, 64)
    dense = reference.run(p)
    expected = reference.delta_corrected(
        reference.run(sparse), dense[:, :, : 400 - tail : 64], dense[:, :, 400 - tail :], 64
    )
    np.testing.assert_allclose(delta_attention(sparse, backend="cpu"), expected, atol=5e-6)


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("form", ["baseline", "differential"])
def test_selecting_all_mass_is_dense_to_the_bit(form: str, half: bool) -> None:
    from kernels.api import run

    p = build(Case("x", form=form, tq=300, tk=300, causal=True, half=half))
    full = robust_sparse(p, BlockPlan(mass=1.0))
    np.testing.assert_array_equal(run(full, "cpu"), run(p, "cpu"))


def test_selection_keeps_sink_local_and_last_blocks_and_never_looks_ahead() -> None:
    p = _causal(640)
    plan = BlockPlan(mass=0.0, sink_blocks=1, local_blocks=2, dense_last=1)
    squares = select_blocks(p.q1, p.k1, p.scale, plan)[0, 0]
    blocks = np.arange(10)
    assert (squares[:, 0] == Tile.EXACT).all()
    assert (squares[blocks, blocks] == Tile.EXACT).all()
    assert (squares[-1] == Tile.EXACT).all()
    assert (squares[blocks[None, :] > blocks[:, None]] == Tile.SKIP).all()
    assert (squares[5, 1:4] == Tile.SKIP).all()


def test_a_block_that_matters_is_selected() -> None:
    p = _causal(640)
    p.k1[:, :, 128:192] = 0.3 * p.q1[:, ::3, -200:-136].mean(axis=2, keepdims=True) * 64
    squares = select_blocks(p.q1, p.k1, p.scale, BlockPlan(mass=0.5, local_blocks=1))
    row = (640 - 200) // 64
    assert squares[0, 0, row, 2] == Tile.EXACT


def test_centroids_bring_the_result_closer_to_dense() -> None:
    """Smooth keys are what centroids are for."""
    p = _causal(1024)
    rng = np.random.default_rng(3)
    blocks = np.repeat(rng.normal(size=(1, 2, 16, 64)), 64, axis=2)
    p = replace(p, k1=(blocks + 0.1 * rng.normal(size=p.k1.shape)).astype(np.float32))
    dense = reference.run(p)
    few = BlockPlan(mass=0.0, local_blocks=2)
    without = np.abs(reference.run(robust_sparse(p, few)) - dense).mean()
    with_means = np.abs(
        reference.run(robust_sparse(p, replace(few, marginal_mass=2.0))) - dense
    ).mean()
    assert with_means < 0.5 * without


def test_means_of_unequal_last_blocks() -> None:
    x = np.arange(70, dtype=np.float32).reshape(1, 1, 70, 1)
    np.testing.assert_allclose(block_means(x).ravel(), [31.5, 66.5])


@pytest.mark.parametrize("tq", [1, 40])
@pytest.mark.parametrize("form", ["baseline", "differential"])
def test_mass_per_span_is_the_sum_of_the_map(form: str, tq: int) -> None:
    p = build(Case("x", form=form, tq=tq, tk=200, causal=True, half=True))
    spans = [(0, 10), (10, 150), (150, 200), (0, 200), (5, 5)]
    maps = reference.weights(p, p.q1, p.k1.astype(np.float64), None)
    if form == "differential":
        second = reference.weights(p, p.q2, reference.second_keys(p), None)
        maps = maps - p.lam[..., None] * second
    expected = np.stack([maps[..., a:b].sum(axis=-1) for a, b in spans], axis=-1)
    np.testing.assert_allclose(span_mass(p, spans, backend="cpu"), expected, atol=2e-6)


@pytest.mark.parametrize("spans", [[], [(0, 400)], [(-1, 3)], [(5, 2)]])
def test_spans_outside_the_keys_are_refused(spans: list) -> None:
    with pytest.raises(BadProblem):
        span_mass(_causal(50), spans, backend="cpu")


def test_bad_plans_are_refused() -> None:
    with pytest.raises(BadProblem, match="gamma"):
        delta_attention(_windowed(_causal(50)), gamma=0, backend="cpu")
    with pytest.raises(BadProblem, match="smoothing"):
        delta_attention(_windowed(_causal(50)), smoothing=0, backend="cpu")
    with pytest.raises(BadProblem, match="causal"):
        robust_sparse(build(Case("x", form="baseline")), BlockPlan())
    latent = build(Case("x", k2="paper", causal=True))
    with pytest.raises(BadProblem, match="centroids"):
        robust_sparse(latent, BlockPlan(mass=0.1, marginal_mass=1.0))

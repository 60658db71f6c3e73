"""The compiled softmax against its float64 definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kernels import masked_softmax, reference, self_test

FINITE = st.floats(-1e4, 1e4, width=32)


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    shape = draw(st.tuples(st.integers(1, 9), st.integers(1, 40)))
    scores = draw(hnp.arrays(np.float32, shape, elements=FINITE))
    visible = draw(hnp.arrays(np.bool_, shape))
    return scores, np.where(visible, 0.0, -np.inf).astype(np.float32)


@given(problems())
def test_agrees_with_the_reference(problem: tuple[np.ndarray, np.ndarray]) -> None:
    scores, mask = problem
    expected = reference.masked_softmax(scores.astype(np.float64), mask.astype(np.float64))
    np.testing.assert_allclose(masked_softmax(scores, mask), expected, rtol=2e-7, atol=1e-37)


@given(problems())
def test_rows_sum_to_one_or_to_zero_without_a_visible_key(
    problem: tuple[np.ndarray, np.ndarray],
) -> None:
    scores, mask = problem
    sums = masked_softmax(scores, mask).sum(axis=1)
    expected = np.isfinite(mask).any(axis=1).astype(np.float64)
    np.testing.assert_allclose(sums, expected, atol=1e-5)


def test_takes_strided_views() -> None:
    wide = np.random.default_rng(1).normal(size=(8, 40)).astype(np.float32)
    view = wide[::2, ::4]
    zeros = np.zeros(view.shape, np.float32)
    np.testing.assert_array_equal(masked_softmax(view, zeros), masked_softmax(view.copy(), zeros))


def test_large_logits_do_not_overflow() -> None:
    scores = np.array([[3e38, 3e38, -3e38]], np.float32)
    result = masked_softmax(scores, np.zeros_like(scores))
    np.testing.assert_allclose(result, [[0.5, 0.5, 0.0]])


@pytest.mark.parametrize(
    ("scores", "mask", "error"),
    [
        (np.zeros((2, 3), np.float32), np.zeros((3, 2), np.float32), ValueError),
        (np.zeros(3, np.float32), np.zeros(3, np.float32), ValueError),
        (np.zeros((2, 3)), np.zeros((2, 3)), TypeError),
    ],
)
def test_refuses_wrong_shapes_and_types(
    scores: np.ndarray, mask: np.ndarray, error: type[Exception]
) -> None:
    with pytest.raises(error):
        masked_softmax(scores, mask)


def test_self_test_passes_here() -> None:
    results = self_test()
    assert results
    assert all(result.ok for result in results), results

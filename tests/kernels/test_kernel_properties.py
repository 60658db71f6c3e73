"""What must hold for any numbers: algebra, masks, strides, views; shapes drawn by hypothesis."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels import reference
from kernels.api import attention, differential_attention, subtract_attention
from kernels.backends.naive import NaiveBackend
from kernels.cases import Case, build
from kernels.problem import Problem
from kernels.registry import open_backend

CPU = open_backend("cpu")


@st.composite
def drawn_cases(draw: st.DrawFn) -> Case:
    groups, share = draw(st.integers(1, 3)), draw(st.integers(1, 8))
    k2 = draw(st.sampled_from(["shared", "full", "tiled", "paper", "mirror"]))
    mask = draw(st.sampled_from(["none", "random", "causal", "holes", "empty"]))
    causal = draw(st.booleans())
    return Case(
        "drawn",
        form=draw(st.sampled_from(["baseline", "differential", "correction"])),
        batch=draw(st.integers(1, 2)),
        heads=groups * share,
        groups=groups,
        tq=draw(st.one_of(st.just(1), st.integers(1, 90))),
        tk=draw(st.integers(1, 200)),
        d=draw(st.sampled_from([16, 48, 64, 80, 96, 112, 128, 256])),
        dv=draw(st.sampled_from([0, 16, 64])),
        half=draw(st.booleans()),
        k2=k2,
        rank=draw(st.integers(1, 33)),
        interleaved=draw(st.booleans()),
        n_rot=draw(st.sampled_from([0, 8, 16])),
        mask=mask,
        half_mask=draw(st.booleans()),
        causal=causal,
        window=draw(st.integers(0, 80)) if causal else 0,
        sink=draw(st.integers(0, 9)) if causal else 0,
        strided=draw(st.booleans()),
    )


def _run(p: Problem, start: np.ndarray | None = None) -> np.ndarray:
    out = np.zeros(p.out_shape, np.float32) if start is None else start.copy()
    CPU.run(p, out)
    return out


@settings(max_examples=150, deadline=None)
@given(drawn_cases(), st.integers(0, 2**16))
def test_any_shape_mask_and_stride_agrees_with_the_definition(case: Case, seed: int) -> None:
    p = build(case, seed)
    naive = np.zeros(p.out_shape, np.float32)
    expected = reference.run(p, naive)
    NaiveBackend().run(p, naive)
    limit = 2 * np.abs(naive - expected).max() + 16 * 2.0**-24 * np.abs(p.v).max()
    assert np.abs(_run(p) - expected).max() <= limit


@pytest.mark.parametrize("tq", [1, 70])
def test_lambda_zero_is_ordinary_attention_to_the_bit(tq: int) -> None:
    p = build(Case("x", tq=tq, tk=130, causal=True))
    plain = attention(p.q1, p.k1, p.v, causal=True, backend="cpu")
    zero = differential_attention(p.q1, p.k1, p.q2, p.k2, p.v, 0.0, causal=True, backend="cpu")
    np.testing.assert_array_equal(zero, plain)


@pytest.mark.parametrize("tq", [1, 70])
def test_identical_branches_cancel_exactly(tq: int) -> None:
    p = build(Case("x", tq=tq, tk=130, causal=True))
    nothing = differential_attention(p.q1, p.k1, p.q1, p.k1, p.v, 1.0, causal=True, backend="cpu")
    np.testing.assert_allclose(nothing, 0.0, atol=1e-7)


@pytest.mark.parametrize("tq", [1, 70])
def test_identical_branches_rescaled_are_ordinary_attention(tq: int) -> None:
    p = build(Case("x", tq=tq, tk=130, causal=True))
    plain = attention(p.q1, p.k1, p.v, causal=True, backend="cpu")
    same = differential_attention(
        p.q1, p.k1, p.q1, None, p.v, 0.3, rescale=True, causal=True, backend="cpu"
    )
    np.testing.assert_allclose(same, plain, atol=1e-6)


@pytest.mark.parametrize("tq", [1, 33])
def test_permuting_heads_permutes_the_result(tq: int) -> None:
    p = build(Case("x", heads=4, groups=4, tq=tq))
    order = [2, 0, 3, 1]

    def pick(x):
        return np.ascontiguousarray(x[:, order])

    q = replace(p, q1=pick(p.q1), k1=pick(p.k1), q2=pick(p.q2), k2=pick(p.k2), v=pick(p.v),
                lam=pick(p.lam))  # fmt: skip
    np.testing.assert_array_equal(_run(q), _run(p)[:, order])


@pytest.mark.parametrize("k2", ["full", "shared", "mirror", "paper"])
@pytest.mark.parametrize("tq", [1, 70])
def test_correcting_ordinary_attention_gives_differential_attention(k2: str, tq: int) -> None:
    p = build(Case("x", k2=k2, tq=tq, tk=130, causal=True, half=True))
    out = attention(p.q1, p.k1, p.v, causal=True, backend="cpu")
    subtract_attention(out, p.q2, p.k2, p.v, p.lam, k1=p.k1, causal=True, backend="cpu")
    np.testing.assert_allclose(out, _run(p), atol=2e-6)


@pytest.mark.parametrize("tq", [1, 70])
def test_a_latent_of_zeros_mirrors_the_first_keys(tq: int) -> None:
    p = build(Case("x", k2="mirror", tq=tq, tk=130, half=True, causal=True))
    zero = replace(p, k2=replace(p.k2, z=np.zeros_like(p.k2.z)))
    shared = replace(p, k2=None)
    np.testing.assert_allclose(_run(zero), _run(shared), atol=1e-6)  # sums in another order


@pytest.mark.parametrize("tq", [1, 70])
def test_tiled_keys_equal_ordinary_keys(tq: int) -> None:
    """To the bit where both are multiplied in the same order (prompts)."""
    kwargs = {"tq": tq, "tk": 130, "half": True, "causal": True}
    tiled, full = build(Case("x", k2="tiled", **kwargs)), build(Case("x", **kwargs))
    np.testing.assert_allclose(_run(tiled), _run(full), atol=1e-6 if tq == 1 else 0)


@pytest.mark.parametrize("tq", [1, 40])
def test_hidden_keys_may_hold_anything(tq: int) -> None:
    """llama.cpp's unused cells hold whatever was there before."""
    p = build(Case("x", tq=tq, tk=100, half=True))
    mask = np.zeros((1, 1, tq, 100), np.float16)
    mask[..., 60:90] = -np.inf
    p = replace(p, mask=np.broadcast_to(mask, (1, 6, tq, 100)))
    expected = _run(p)
    for keys in (p.k1, p.k2):
        keys[:, :, 60:90] = np.nan
    np.testing.assert_array_equal(_run(p), expected)


@pytest.mark.parametrize("tq", [1, 40])
def test_rows_that_see_nothing_are_zero_and_corrections_leave_them(tq: int) -> None:
    p = build(Case("x", tq=tq, tk=50))
    p = replace(p, mask=np.full((1, 6, tq, 50), -np.inf, np.float32))
    np.testing.assert_array_equal(_run(p), 0.0)
    start = np.full(p.out_shape, 3.0, np.float32)
    np.testing.assert_array_equal(_run(replace(p, form="correction"), start), start)


@pytest.mark.parametrize("rank", [4, 16])
def test_a_latent_takes_at_most_rank_over_dimension_of_the_key_cache(rank: int) -> None:
    p = build(Case("x", k2="mirror", rank=rank, half=True, tk=640))
    assert p.k2.z.nbytes <= p.k1.nbytes * rank / p.k1.shape[3]

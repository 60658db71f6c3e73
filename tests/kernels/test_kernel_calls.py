"""The Python calls: what they refuse, and which backend answers."""

from __future__ import annotations

import ctypes
from dataclasses import replace

import numpy as np
import pytest

from kernels.api import attention, differential_attention, subtract_attention
from kernels.backends.cpu import CpuBackend
from kernels.cases import Case, build
from kernels.choose import Selection, select
from kernels.compiled import native
from kernels.errors import (
    BackendUnavailable,
    BadProblem,
    BadType,
    DeviceOutOfMemory,
    KernelError,
    NonFinite,
)
from kernels.prepare import append_tiled, tile_keys, tile_map
from kernels.problem import Problem, TiledK2, check
from kernels.registry import open_backend
from kernels.rope import rope_table
from kernels.selftest import self_test
from kernels.shape import Tile


@pytest.fixture
def p() -> Problem:
    return build(Case("x", tq=8, tk=20))


def _call(p: Problem, **change: object) -> np.ndarray:
    arrays = {"q": p.q1, "k": p.k1, "v": p.v, "backend": "cpu"}
    return attention(**{**arrays, **change})


def test_defaults_are_the_usual_ones(p: Problem) -> None:
    explicit = _call(p, scale=64**-0.5, causal=True, pos0=12)
    np.testing.assert_array_equal(_call(p, causal=True), explicit)


def test_result_goes_where_it_is_asked_to_go(p: Problem) -> None:
    wide = np.zeros((1, 8, 6, 64), np.float32)
    out = wide.transpose(0, 2, 1, 3)
    assert _call(p, out=out) is out
    np.testing.assert_array_equal(wide.transpose(0, 2, 1, 3), _call(p))


def test_half_queries_and_any_strides_of_queries_are_taken(p: Problem) -> None:
    q = p.q1.astype(np.float16)
    np.testing.assert_array_equal(_call(p, q=q), _call(p, q=q.astype(np.float32)))
    np.testing.assert_array_equal(_call(p, q=p.q1[:, :, ::-1]), _call(p)[:, :, ::-1])


@pytest.mark.parametrize(
    ("lam", "shape"), [(0.3, ()), (np.arange(6) / 9, (6,)), (np.full((6, 8), 0.2), (6, 8))]
)
def test_lambda_may_be_a_number_per_head_or_per_token(
    p: Problem, lam: object, shape: tuple
) -> None:
    found = differential_attention(p.q1, p.k1, p.q2, p.k2, p.v, lam, backend="cpu")
    full = np.asarray(lam, np.float32)
    full = full[:, None] if full.ndim == 1 else full
    expected = replace(p, lam=np.broadcast_to(full, (1, 6, 8)).astype(np.float32))
    out = np.empty_like(found)
    CpuBackend().run(expected, out)
    np.testing.assert_array_equal(found, out)


BAD = [
    ({"q": np.zeros((1, 6, 8, 64))}, BadType),
    ({"q": [1.0]}, BadType),
    ({"q": np.zeros((6, 8, 64), np.float32)}, BadProblem),
    ({"q": np.zeros((1, 5, 8, 64), np.float32)}, BadProblem),
    ({"q": np.zeros((1, 6, 8, 80), np.float32)}, BadProblem),
    ({"q": np.zeros((2, 6, 8, 64), np.float32)}, BadProblem),
    ({"q": np.zeros((1, 6, 0, 64), np.float32)}, BadProblem),
    ({"k": np.zeros((1, 2, 20, 64), np.float16)}, BadType),
    ({"k": np.zeros((1, 2, 21, 64), np.float32)}, BadProblem),
    ({"k": np.zeros((1, 2, 20, 64), np.int8)}, BadType),
    ({"k": np.zeros((1, 2, 20, 128), np.float32)[..., ::2]}, BadProblem),
    ({"k": np.zeros((1, 2, 20, 64), np.float32)[:, :, ::-1]}, BadProblem),
    ({"v": np.zeros((1, 2, 20, 20), np.float32)}, BadProblem),
    ({"v": np.zeros((2, 20, 64), np.float32)}, BadProblem),
    ({"v": None}, BadProblem),
    ({"mask": np.zeros((3, 20), np.float32)}, BadProblem),
    ({"mask": np.zeros((8, 20))}, BadType),
    ({"window": 5}, BadProblem),
    ({"causal": True, "window": -1}, BadProblem),
    ({"scale": float("nan")}, BadProblem),
    ({"tile_map": np.zeros((1, 2, 1, 2), np.uint8)}, BadProblem),
    ({"tile_map": np.zeros((1, 2, 1, 1), np.int32)}, BadType),
    ({"out": np.zeros((1, 6, 8, 64), np.float16)}, BadType),
    ({"out": np.zeros((1, 6, 8, 32), np.float32)}, BadProblem),
    ({"out": np.broadcast_to(np.float32(0), (1, 6, 8, 64))}, BadProblem),
    ({"backend": "fpga"}, BackendUnavailable),
    ({"backend": "cpu:second"}, BackendUnavailable),
]


@pytest.mark.parametrize(("change", "error"), BAD)
def test_bad_input_is_a_typed_error(p: Problem, change: dict, error: type[KernelError]) -> None:
    with pytest.raises(error):
        _call(p, **change)


@pytest.mark.parametrize("lam", [np.zeros(5), np.zeros((3, 8)), "much"])
def test_bad_lambdas_are_refused(p: Problem, lam: object) -> None:
    with pytest.raises((BadProblem, ValueError)):
        differential_attention(p.q1, p.k1, p.q2, p.k2, p.v, lam, backend="cpu")


@pytest.mark.parametrize("name", ["q1", "k1", "v", "q2", "k2", "lam"])
@pytest.mark.parametrize("tq", [1, 30])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_single_number_that_is_not_finite_never_gives_a_result(
    name: str, tq: int, value: float
) -> None:
    p = build(Case("x", tq=tq, tk=90, half=True))
    array = getattr(p, name)
    array[(0,) * array.ndim] = value
    with pytest.raises(NonFinite, match=name):
        differential_attention(p.q1, p.k1, p.q2, p.k2, p.v, p.lam, backend="cpu")


def test_lambda_one_cannot_be_rescaled(p: Problem) -> None:
    with pytest.raises(NonFinite):
        differential_attention(p.q1, p.k1, p.q2, p.k2, p.v, 1.0, rescale=True, backend="cpu")


def test_corrections_need_the_keys_they_refer_to(p: Problem) -> None:
    out = np.zeros((1, 6, 8, 64), np.float32)
    with pytest.raises(BadProblem, match="k1"):
        subtract_attention(out, p.q2, None, p.v, 0.1, backend="cpu")


def test_latent_keys_are_checked() -> None:
    p = build(Case("x", k2="mirror", tq=3, tk=70))
    short = replace(p.k2, rope=rope_table(np.arange(60), 64))
    wide = replace(p.k2, rope=rope_table(np.arange(70), 128))
    for k2 in (
        short,
        wide,
        replace(p.k2, z=p.k2.z[:, :60]),
        replace(p.k2, basis=p.k2.basis[:, :32]),
        TiledK2(np.zeros((1, 2, 1, 64, 64), np.float32)),
    ):
        with pytest.raises(KernelError):
            check(replace(p, k2=k2))


def test_no_memory_is_a_typed_error(p: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(native, "run", fail)
    with pytest.raises(DeviceOutOfMemory):
        _call(p)


# --- which backend -------------------------------------------------------------------


def test_self_test_passes_on_this_cpu() -> None:
    (result,) = self_test(every_device=False)
    assert result.ok, result
    assert result.backend == "cpu"
    assert "error" in result.detail


class Wrong:
    name = "opencl"
    device = "A card with a broken driver"

    def run(self, p: Problem, out: np.ndarray) -> None:
        out[...] = 0.1


class Silent(Wrong):
    def run(self, p: Problem, out: np.ndarray) -> None:
        """Writes nothing."""


class Dead(Wrong):
    def run(self, p: Problem, out: np.ndarray) -> None:
        raise BackendUnavailable("it is gone")


@pytest.mark.parametrize("broken", [Wrong, Silent, Dead])
def test_a_card_that_fails_its_self_test_is_replaced_with_a_notice(broken: type) -> None:
    chosen = select((broken,))
    assert chosen.backend.name == "cpu"
    assert "A card with a broken driver failed its self-test" in chosen.notice
    assert "CPU" in chosen.notice


def test_a_card_that_passes_is_used_without_a_notice() -> None:
    card = CpuBackend(1)
    assert select((lambda: card,)) == Selection(card, "")


def test_a_card_that_cannot_be_opened_is_mentioned() -> None:
    def refuse() -> CpuBackend:
        raise BackendUnavailable("No such driver.")

    assert select((refuse,)).notice.startswith("No such driver.")


def test_explicit_choices_are_never_replaced(monkeypatch: pytest.MonkeyPatch, p: Problem) -> None:
    open_backend.cache_clear()
    monkeypatch.setattr("kernels.backends.opencl.list_devices", list)
    with pytest.raises(BackendUnavailable, match="no OpenCL device"):
        _call(p, backend="opencl")
    open_backend.cache_clear()


# --- preparing -----------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_tile_maps_tell_hidden_plain_and_mixed_squares_apart(dtype: type) -> None:
    mask = np.zeros((70, 200), dtype)
    mask[:, 64:128] = -np.inf
    mask[3, 64] = -1.5
    mask[:, 128:] = -np.inf
    mask[66, 130] = -0.0
    expected = [[Tile.EXACT, Tile.EXACT | Tile.MASKED, 0, 0], [Tile.EXACT, 0, 3, 0]]
    np.testing.assert_array_equal(tile_map(mask), expected)


def test_a_tile_map_changes_nothing_but_time() -> None:
    p = build(Case("x", tq=130, tk=300, mask="holes", half_mask=True))
    squares = np.broadcast_to(tile_map(p.mask[0, 0]), (1, 2, 3, 5))
    results = []
    for candidate in (p, check(replace(p, tile_map=np.ascontiguousarray(squares)))):
        out = np.empty(p.out_shape, np.float32)
        CpuBackend().run(candidate, out)
        results.append(out)
    np.testing.assert_array_equal(*results)


def test_appending_keys_one_by_one_gives_the_same_tiles() -> None:
    keys = np.random.default_rng(0).normal(size=(1, 1, 150, 32)).astype(np.float16)
    tiles = np.zeros((3, 32, 64), np.float16)
    for start, stop in ((0, 1), (1, 63), (63, 66), (66, 150)):
        append_tiled(tiles, keys[0, 0, start:stop], start)
    np.testing.assert_array_equal(tiles, tile_keys(keys)[0, 0])
    with pytest.raises(ValueError, match="do not fit"):
        append_tiled(tiles, keys[0, 0, :50], 150)


# --- the C interface -----------------------------------------------------------------


def test_the_c_interface_is_exported_and_refuses_nonsense() -> None:
    library = ctypes.CDLL(native.__file__)
    library.sabun_attention_isa.restype = ctypes.c_char_p
    assert library.sabun_attention_isa().decode() == native.isa()
    empty = (ctypes.c_char * 1024)()
    why = ctypes.c_char_p()
    assert library.sabun_attention_check(empty, ctypes.byref(why)) == 1
    assert b"at least one" in why.value
    assert library.sabun_attention_run(empty, 1) == 1

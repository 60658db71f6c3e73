"""Every case on every instruction set of this CPU, against the float64 definition, behind walls."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import numpy as np
import pytest
from kernels_guard import Guarded, guard

from kernels import reference
from kernels.backends.cpu import CpuBackend
from kernels.backends.naive import NaiveBackend
from kernels.cases import CASES, Case, build, out_for
from kernels.compiled import native
from kernels.hook_runner import Call
from kernels.selftest import errors_of
from kernels.shape import SHAPE_DTYPE, TILE_KEYS, K2Kind, Tile

BEST = native.isa()


@pytest.fixture(params=["avx512", "avx2", "baseline"])
def isa(request: pytest.FixtureRequest) -> Iterator[str]:
    if not native.set_isa(request.param):
        pytest.skip(f"this CPU or build has no {request.param}")
    yield request.param
    native.set_isa(BEST)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_error_is_at_most_twice_that_of_the_naive_implementation(case: Case, isa: str) -> None:
    for seed in range(2):
        error, limit = errors_of(CpuBackend(2), case, seed)
        assert error <= limit


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reads_and_writes_stay_inside_the_arrays(case: Case, isa: str) -> None:
    problem, walls = guard(build(case))
    plain = out_for(case, problem)
    out = Guarded(plain)
    CpuBackend(2).run(problem, out.array)
    assert out.intact()
    assert all(wall.intact() for wall in walls)
    CpuBackend(2).run(build(case), plain)
    np.testing.assert_array_equal(out.array, plain)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_results_are_bit_equal_from_run_to_run_and_for_any_number_of_threads(case: Case) -> None:
    problem = build(case)
    results = []
    for n_threads in (1, 2, 2, 5):
        out = out_for(case, problem)
        CpuBackend(n_threads).run(problem, out)
        results.append(out.tobytes())
    assert len(set(results)) == 1


@pytest.mark.parametrize("case", CASES[:12], ids=lambda case: case.name)
def test_the_yardstick_itself_agrees_with_the_definition(case: Case) -> None:
    problem = build(case)
    out = out_for(case, problem)
    expected = reference.run(problem, out)
    NaiveBackend().run(problem, out)
    np.testing.assert_allclose(out, expected, atol=5e-6)


def test_the_limit_notices_an_error_of_one_key_in_a_thousand() -> None:
    """A yardstick that lets a dropped key pass would be worthless."""

    class Forgetful(CpuBackend):
        def run(self, p, out):
            from dataclasses import replace

            super().run(replace(p, causal=True, pos0=p.pos0 - 1), out)

    error, limit = errors_of(Forgetful(2), Case("x", causal=True, tq=40, tk=1000))
    assert error > 10 * limit


def _layout(dtype: np.dtype) -> dict[str, tuple[int, str]]:
    return {name: (offset, kind.str[1:]) for name, (kind, offset) in dtype.fields.items()}


def test_numpy_and_c_describe_a_call_alike() -> None:
    assert _layout(SHAPE_DTYPE) == native.shape_fields
    assert SHAPE_DTYPE.itemsize == native.shape_bytes


def test_numpy_and_c_number_kinds_of_keys_and_tiles_alike() -> None:
    kinds = {f"K2_{kind.name}": kind.value for kind in K2Kind}
    tiles = {f"TILE_{name}": getattr(Tile, name) for name in ("EXACT", "MASKED", "MEAN")}
    assert {**kinds, **tiles, "TILE_KEYS": TILE_KEYS} == native.constants


def test_two_fields_of_one_type_in_each_others_place_are_noticed() -> None:
    names = list(SHAPE_DTYPE.names)
    i, j = names.index("tq"), names.index("tk")
    names[i], names[j] = names[j], names[i]
    swapped = np.dtype([(name, SHAPE_DTYPE[name]) for name in names], align=True)
    assert swapped.itemsize == native.shape_bytes
    assert _layout(swapped) != native.shape_fields


def test_a_runner_is_given_the_call_that_c_hands_over() -> None:
    kinds = {ctypes.c_void_p: "p8", ctypes.c_int: "i4"}
    fields = {name: (getattr(Call, name).offset, kind) for name, kind in Call._fields_}
    assert fields.pop("shape")[0] == 0
    layout = {name: (offset, kinds[kind]) for name, (offset, kind) in fields.items()}
    assert layout == native.call_fields
    assert ctypes.sizeof(Call) == native.call_bytes


def test_an_unknown_instruction_set_is_refused() -> None:
    assert not native.set_isa("mmx")
    assert native.isa() == BEST

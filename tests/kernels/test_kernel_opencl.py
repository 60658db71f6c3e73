"""The OpenCL text on a real driver (PoCL here): both ways it is cut, and what can go wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kernels.backends import configuration
from kernels.backends.opencl import OpenClBackend, find_device, list_devices
from kernels.cases import CASES, Case, build, out_for
from kernels.errors import BackendUnavailable, DeviceLost, DeviceOutOfMemory, Unsupported
from kernels.selftest import errors_of

if not list_devices():
    pytest.skip("no OpenCL driver is installed", allow_module_level=True)

BY_NAME = {case.name: case for case in CASES}
QUICK = (
    "prefill D 64",
    "decode D 64 f16",
    "baseline decode",
    "mirror latent f16",
    "mirror latent decode f16",
    "selected blocks with means",
    "tiled keys decode",
)
"""One of each kind of code; drivers take seconds to compile each of them."""


@pytest.fixture(scope="module")
def cpu_cut() -> OpenClBackend:
    return OpenClBackend(cpu_like=True)


@pytest.fixture(scope="module")
def gpu_cut() -> OpenClBackend:
    return OpenClBackend(cpu_like=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_wide_vectors_agree_with_the_definition(cpu_cut: OpenClBackend, name: str) -> None:
    error, limit = errors_of(cpu_cut, BY_NAME[name])
    assert error <= limit


@pytest.mark.slow
@pytest.mark.parametrize("name", [*QUICK, "prefill D 256 f16", "correction paper"])
def test_lanes_and_barriers_agree_with_the_definition(gpu_cut: OpenClBackend, name: str) -> None:
    error, limit = errors_of(gpu_cut, BY_NAME[name])
    assert error <= limit


@pytest.mark.slow
def test_one_program_serves_every_length(cpu_cut: OpenClBackend) -> None:
    cpu_cut.run(*_call(Case("x", tq=40, tk=60)))
    before = cpu_cut.n_programs
    for tq, tk in ((2, 3), (65, 200), (130, 130)):
        error, limit = errors_of(cpu_cut, Case("x", tq=tq, tk=tk))
        assert error <= limit
    assert cpu_cut.n_programs == before


@pytest.mark.slow
def test_results_are_bit_equal_from_run_to_run(cpu_cut: OpenClBackend) -> None:
    results = set()
    for _ in range(3):
        problem, out = _call(Case("x", tq=1, tk=333, half=True))
        cpu_cut.run(problem, out)
        results.add(out.tobytes())
    assert len(results) == 1


def _call(case: Case) -> tuple:
    problem = build(case)
    return problem, out_for(case, problem)


def test_a_device_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(BackendUnavailable, match="Quantum"):
        find_device("Quantum 9000")


def test_no_driver_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kernels.backends.opencl.list_devices", list)
    with pytest.raises(BackendUnavailable, match="Install the driver"):
        OpenClBackend()


def _failing(
    backend: OpenClBackend, monkeypatch: pytest.MonkeyPatch, routine: str, code: str
) -> None:
    import pyopencl as cl

    def fail(*args: object) -> None:
        raise cl.RuntimeError(f"{routine} failed: {code}")

    monkeypatch.setattr(backend, "_launch", fail)


def test_a_device_that_disappears_is_a_typed_error(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = OpenClBackend()
    _failing(backend, monkeypatch, "clEnqueueNDRangeKernel", "DEVICE_NOT_AVAILABLE")
    monkeypatch.setattr(backend, "_kernel", lambda *a: None)
    with pytest.raises(DeviceLost):
        backend.run(*_call(Case("x", tq=3, tk=3)))


def test_a_full_device_is_a_typed_error(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = OpenClBackend()
    _failing(backend, monkeypatch, "clEnqueueNDRangeKernel", "MEM_OBJECT_ALLOCATION_FAILURE")
    monkeypatch.setattr(backend, "_kernel", lambda *a: None)
    with pytest.raises(DeviceOutOfMemory):
        backend.run(*_call(Case("x", tq=3, tk=3)))


def test_text_that_does_not_compile_is_a_typed_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kernels.backends.opencl.source", lambda prelude: "kernel nonsense")
    with pytest.raises(BackendUnavailable, match="cannot compile"):
        OpenClBackend().run(*_call(Case("x", tq=3, tk=3)))


def test_too_little_local_memory_is_refused_before_compiling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(configuration, "local_bytes", lambda *a: 10**9)
    with pytest.raises(Unsupported, match="local memory"):
        OpenClBackend().run(*_call(Case("x", tq=3, tk=3)))


@pytest.mark.parametrize("d", [64, 80, 96, 128, 256])
def test_the_gpu_cut_fits_the_smallest_local_memory_opencl_allows(d: int) -> None:
    for name in ("attention_prefill", "attention_scores", "attention_values"):
        p = build(Case("x", d=d, k2="mirror", tq=1, tk=1, heads=8, groups=1))
        macros = configuration.defines(p, configuration.gpu_cut(d, d), cpu_like=False)
        assert configuration.local_bytes(macros, name) <= 32768


PROBE = Path(__file__).with_name("race_probe.py")


def _simulated(*arguments: str) -> str:
    import shutil

    if not shutil.which("oclgrind"):
        pytest.skip("oclgrind is not installed")
    root = str(PROBE.parents[2])
    command = [
        "oclgrind",
        "--data-races",
        "--uniform-writes",
        sys.executable,
        str(PROBE),
        *arguments,
    ]
    import os

    result = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"},
    )
    return result.stdout + result.stderr


@pytest.mark.slow
def test_the_simulator_finds_neither_races_nor_bad_accesses() -> None:
    report = _simulated()
    assert "Oclgrind" in report
    assert report.count(": right") == 4, report[-3000:]
    for word in ("data race", "Invalid read", "Invalid write", "divergence"):
        assert word not in report


@pytest.mark.slow
def test_the_simulator_notices_when_barriers_are_missing() -> None:
    assert "data race" in _simulated("no-barriers")

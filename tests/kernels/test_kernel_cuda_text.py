"""The same text compiles for NVIDIA's architectures and keeps its sums in registers."""

from __future__ import annotations

import re

import pytest

from kernels.backends import nvrtc
from kernels.cases import Case, build
from kernels.errors import BackendUnavailable

pytestmark = pytest.mark.slow  # `make slow` installs the compiler


@pytest.fixture(scope="module", autouse=True)
def _compiler() -> None:
    try:
        nvrtc.library()
    except BackendUnavailable as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("architecture", nvrtc.ARCHITECTURES)
@pytest.mark.parametrize("d", [64, 128])
@pytest.mark.parametrize("tq", [1, 33])
def test_compiles_without_spilling(architecture: int, d: int, tq: int) -> None:
    problem = build(Case("x", d=d, tq=tq, half=True))
    code, log = nvrtc.compile_problem(problem, architecture, prefill=tq > 1)
    assert len(code) > 1000
    stack = [int(n) for n in re.findall(r"(\d+) bytes stack frame", log)]
    assert max(stack) <= 64
    spills = [int(n) for n in re.findall(r"(\d+) bytes spill", log)]
    assert spills
    # A few words beside 255 registers; sums on the stack would be hundreds of bytes.
    assert max(spills) <= 64


@pytest.mark.parametrize("k2", ["shared", "tiled", "paper", "mirror"])
def test_every_kind_of_second_keys_compiles(k2: str) -> None:
    problem = build(Case("x", k2=k2, half=True, causal=True, blocks=True, means=k2 == "shared"))
    assert nvrtc.compile_problem(problem, 86, prefill=True)[0]


def test_broken_text_is_reported_with_the_compiler_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nvrtc, "source", lambda prelude: "nonsense")
    with pytest.raises(BackendUnavailable, match="do not compile for sm_75"):
        nvrtc.compile_problem(build(Case("x", tq=3, tk=3)), 75, prefill=True)

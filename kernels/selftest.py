"""A check that a person can run: does each backend agree with the definition on this machine?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kernels import reference
from kernels.backends.naive import NaiveBackend
from kernels.cases import Case, build, out_for
from kernels.errors import KernelError
from kernels.registry import Backend, open_backend

_CASES = (
    Case("prefill", causal=True, half=True, tq=70, tk=130),
    Case("decode", tq=1, tk=333, half=True, mask="holes", half_mask=True),
)
"""Few, because an OpenCL driver compiles a program for each when it is new to them."""


@dataclass(frozen=True)
class SelfTest:
    """The result for one backend.

    Attributes:
        backend: One of :data:`kernels.registry.BACKENDS`.
        device: What ran it.
        ok: True if the results agree with the float64 definition.
        detail: Largest error and its limit, or what went wrong.
    """

    backend: str
    device: str
    ok: bool
    detail: str


def errors_of(backend: Backend, case: Case, seed: int = 0) -> tuple[float, float]:
    """Return the largest error of ``backend`` on ``case``, and the limit for it.

    The limit is calibrated: twice the error of the naive float32 implementation on the same
    numbers, plus a few roundings of the largest value (with few rows the naive error is luck).
    """
    p = build(case, seed)
    out = out_for(case, p)
    naive = out.copy()
    expected = reference.run(p, out)
    NaiveBackend().run(p, naive)
    # A backend that writes nothing must not pass on what was there.
    if p.has_first:
        out[...] = np.nan
    backend.run(p, out)
    lam = 0.0 if p.lam is None else float(np.abs(p.lam).max())
    gain = 1.0 / (1.0 - lam) if p.rescale else 1.0
    peak = float(np.abs(p.v).max()) * (1.0 + lam) * gain
    floor = 4 * 2.0**-24 * peak * max(1.0, case.magnitude)
    error = float(np.abs(out - expected).max())
    return (error if np.isfinite(out).all() else float("inf")), 2 * float(
        np.abs(naive - expected).max()
    ) + floor


def check_backend(backend: Backend) -> SelfTest:
    """Run the self-test cases on one backend; its failures become a result, not an exception."""
    details, ok = [], True
    for case in _CASES:
        try:
            error, limit = errors_of(backend, case)
        except KernelError as failure:
            return SelfTest(backend.name, backend.device, False, str(failure))
        ok &= error <= limit
        details.append(f"{case.name}: largest error {error:.1e}, limit {limit:.1e}")
    return SelfTest(backend.name, backend.device, ok, "; ".join(details))


def self_test(*, every_device: bool = True) -> list[SelfTest]:
    """Test the CPU backend and, with ``every_device``, each OpenCL device there is."""
    results = [check_backend(open_backend("cpu"))]
    if every_device:
        from kernels.backends.opencl import list_devices

        for device in list_devices():
            try:
                results.append(check_backend(open_backend("opencl", device.name)))
            except KernelError as failure:
                results.append(SelfTest("opencl", device.name, False, str(failure)))
    return results

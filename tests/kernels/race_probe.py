"""Runs tiny GPU-shaped calls; meant to be started under a simulator that watches for races.

``python race_probe.py`` runs the text as it is, ``python race_probe.py no-barriers`` without one
barrier: then the simulator must complain.
"""

from __future__ import annotations

import sys

from kernels.backends import opencl
from kernels.cases import Case
from kernels.selftest import errors_of

CASES = (
    Case("prefill", heads=2, groups=1, tq=19, tk=70, causal=True),
    Case("decode", heads=2, groups=1, tq=1, tk=70, half=True),
    Case("latent", heads=2, groups=1, tq=17, tk=33, d=16, k2="mirror", rank=4),
    Case("latent decode", heads=2, groups=1, tq=1, tk=66, d=32, k2="mirror", rank=4),
)


def main(without_barriers: bool) -> None:
    if without_barriers:
        text = opencl.source("opencl")
        for fence in ("CLK_LOCAL_MEM_FENCE", "CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE"):
            text = text.replace(f"barrier({fence})", "")
        opencl.source = lambda prelude: text  # type: ignore[assignment]
    backend = opencl.OpenClBackend(cpu_like=False)
    print("device:", backend.device)
    for case in CASES:
        error, limit = errors_of(backend, case)
        print(f"{case.name}: {'right' if error <= limit else 'wrong'}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] == ["no-barriers"])

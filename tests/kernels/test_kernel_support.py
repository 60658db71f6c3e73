"""The support matrix is what running says, not what somebody wrote down."""

from __future__ import annotations

import numpy as np

from kernels.backends.cpu import CpuBackend
from kernels.backends.naive import NaiveBackend
from kernels.cases import CASES
from kernels.errors import Unsupported
from kernels.support import matrix, probe, to_markdown


class Liar(NaiveBackend):
    name = "liar"

    def run(self, p, out):
        super().run(p, out)
        out *= np.float32(1.001)


class Limited(NaiveBackend):
    name = "limited"

    def run(self, p, out):
        raise Unsupported("not here")


def test_cells_say_what_happened() -> None:
    assert probe(Liar(), CASES[0]).status == "wrong"
    assert probe(Limited(), CASES[0]).status == "unsupported"
    assert probe(CpuBackend(), CASES[0]).status == "right"


def test_the_cpu_and_the_yardstick_do_every_case() -> None:
    cells = matrix([CpuBackend(), NaiveBackend()])
    assert {cell.status for cell in cells} == {"right"}
    table = to_markdown(cells)
    assert table.count("\n") == len(CASES) + 2
    assert "| prefill D 64 | right | right |" in table


def test_case_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)

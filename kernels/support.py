"""The support matrix: what each backend does, from the same case list that the tests run."""

from __future__ import annotations

from dataclasses import dataclass

from kernels.cases import CASES, Case
from kernels.errors import BackendUnavailable, KernelError, Unsupported
from kernels.registry import Backend
from kernels.selftest import errors_of


@dataclass(frozen=True)
class Support:
    """One cell of the matrix.

    Attributes:
        case: Name of the case.
        backend: Name of the backend.
        status: ``right``, ``wrong``, ``unsupported`` or ``unavailable``.
        detail: Error and limit, or the reason.
    """

    case: str
    backend: str
    status: str
    detail: str


def probe(backend: Backend, case: Case) -> Support:
    """Run one case on one backend and say what came of it."""
    try:
        error, limit = errors_of(backend, case)
    except Unsupported as reason:
        return Support(case.name, backend.name, "unsupported", str(reason))
    except BackendUnavailable as reason:
        return Support(case.name, backend.name, "unavailable", str(reason))
    except KernelError as reason:
        return Support(case.name, backend.name, "wrong", str(reason))
    status = "right" if error <= limit else "wrong"
    return Support(case.name, backend.name, status, f"error {error:.1e}, limit {limit:.1e}")


def matrix(backends: list[Backend], cases: tuple[Case, ...] = CASES) -> list[Support]:
    """Every case on every backend, by running it. OpenCL compiles for seconds per kind of case."""
    return [probe(backend, case) for case in cases for backend in backends]


def to_markdown(cells: list[Support]) -> str:
    """The matrix as a table: a row per case, a column per backend."""
    names = list(dict.fromkeys(cell.backend for cell in cells))
    lines = ["| case | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for case in dict.fromkeys(cell.case for cell in cells):
        row = {cell.backend: cell.status for cell in cells if cell.case == case}
        lines.append(f"| {case} | " + " | ".join(row.get(name, "") for name in names) + " |")
    return "\n".join(lines) + "\n"

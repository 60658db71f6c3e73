"""No circle of files in the kernels: importing any of them works whatever was imported before."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kernels

ROOT = Path(kernels.__file__).parent


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(tree: ast.AST) -> Iterator[str]:
    """Every module an import may run, late ones and the packages above them too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[: i + 1]) for i in range(len(parts)))


def graph(sources: dict[str, str]) -> dict[str, set[str]]:
    """Return which of the modules ``sources`` each of them imports."""
    return {
        name: {target for target in _imported(ast.parse(text)) if target in sources} - {name}
        for name, text in sources.items()
    }


def test_there_is_no_circle_even_over_late_imports_and_packages() -> None:
    sources = {_name(path): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}
    assert len(sources) > 20
    order = list(TopologicalSorter(graph(sources)).static_order())
    known = [order.index(f"kernels{name}") for name in ("", ".registry", ".choose", ".api")]
    assert known == sorted(known)


def test_a_circle_through_a_package_or_a_late_import_is_found() -> None:
    package = {"k": "from k.api import attention", "k.api": "from k import _native"}
    late = {"k.a": "import k.b", "k.b": "def f():\n    from k.a import g"}
    for sources in (package, late):
        with pytest.raises(CycleError):
            list(TopologicalSorter(graph(sources)).static_order())


def test_the_package_itself_imports_nothing() -> None:
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    assert list(_imported(tree)) == []
    assert ast.get_docstring(tree)

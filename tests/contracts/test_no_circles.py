"""No file reaches itself through what it imports, not even through an import for types."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("app", "engine", "kernels")


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, name: str, known: set[str]) -> Iterator[str]:
    """Yield the files that a file imports, wherever in it the import stands.

    A package's ``__init__`` is a file like any other, but that Python runs it before the
    modules in it is no import of theirs.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in known:
                    yield alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
                up = package[: len(package) - node.level + 1]
                base = ".".join([*up, *filter(None, [base])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                if inner in known:
                    yield inner
                elif base in known:
                    yield base


def graph_of(root: Path, rooms: tuple[str, ...]) -> dict[str, set[str]]:
    files = {module_name(p, root): p for room in rooms for p in sorted((root / room).rglob("*.py"))}
    known = set(files)
    return {name: set(imports_of(path, name, known)) - {name} for name, path in files.items()}


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of files that reach each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_there_is_no_circle_of_files(room: str) -> None:
    assert circles(graph_of(ROOT, (room,))) == []


def test_a_circle_through_types_and_through_a_package_is_found(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "__init__.py").write_text("")
    (room / "a.py").write_text("from room import b\n")
    (room / "b.py").write_text("def later():\n    import room.c\n")
    (room / "c.py").write_text("if TYPE_CHECKING:\n    from .a import A\n")
    (room / "d.py").write_text("from room.a import A\n")
    assert circles(graph_of(tmp_path, ("room",))) == [["room.a", "room.b", "room.c"]]

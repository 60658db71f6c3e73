"""Promises about the structure that import-linter cannot express."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "faiss", "llama_cpp", "sentence_transformers", "transformers", "docx", "rapidocr")


def imported_modules(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def importers(package: str, module: str) -> list[str]:
    files = sorted((ROOT / package).rglob("*.py"))
    return [str(f.relative_to(ROOT)) for f in files if module in imported_modules(f)]


def test_the_engine_never_imports_qt() -> None:
    assert importers("engine", "PySide6") == []


def test_llama_cpp_is_imported_in_one_module_of_the_engine() -> None:
    assert len(importers("engine", "llama_cpp")) == 1
    assert importers("app", "llama_cpp") == []


def test_the_window_knows_no_library_of_the_engine() -> None:
    for module in ("torch", "faiss", "sqlite3", "sqlite_utils", "sentence_transformers", "kernels"):
        assert importers("app", module) == [], module


@pytest.mark.parametrize("module", ["engine.facade", "app.main", "engine.cli"])
def test_starting_waits_for_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules], sep='\\n')"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert loaded == []


def test_broad_excepts_stand_only_where_jobs_and_files_end() -> None:
    broad = []
    for package in ("app", "engine", "kernels"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ExceptHandler) and (
                    node.type is None
                    or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
                ):
                    broad.append(str(path.relative_to(ROOT)))
    # The parser child (one file), the job worker (one job) and the command line's last line.
    assert len(broad) <= 3, broad

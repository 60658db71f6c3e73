"""Checks of embedding models, which are folders in the sentence-transformers layout."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from engine.errors import BadModelFile

_REQUIRED = ("modules.json", "config.json")
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")


def is_embedding_folder(folder: Path) -> bool:
    """Tell whether a folder is laid out like an embedding model."""
    return (folder / "modules.json").is_file() and (folder / "model.safetensors").is_file()


def check_embedding_folder(folder: Path) -> None:
    """Check a sentence-transformers folder.

    Raises:
        BadModelFile: A file is missing, the weights are cut short, or there are pickled
            weights, which can run any code when loaded.
    """

    def bad(detail: str) -> BadModelFile:
        return BadModelFile(path=str(folder), detail=detail)

    pickled = sorted(p.name for p in folder.rglob("*") if p.suffix.lower() in _PICKLED)
    if pickled:
        raise bad(f"it holds pickled weights ({pickled[0]}), which are never loaded")
    if any(folder.rglob("*.py")):
        raise bad("it holds program code, which is never run")
    for name in _REQUIRED:
        try:
            json.loads((folder / name).read_text("utf-8"))
        except OSError as error:
            raise bad(f"{name} is missing or unreadable") from error
        except ValueError as error:
            raise bad(f"{name} is damaged") from error
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise bad("model.safetensors is missing")
    _check_safetensors(weights, bad("model.safetensors is damaged or cut short"))


def _check_safetensors(weights: Path, error: BadModelFile) -> None:
    """Compare the size of the file with the offsets in its header (8 bytes length, JSON)."""
    n_bytes = weights.stat().st_size
    with weights.open("rb") as stream:
        start = stream.read(8)
        n_header = struct.unpack("<Q", start)[0] if len(start) == 8 else n_bytes
        if n_header + 8 > n_bytes:
            raise error
        try:
            header = json.loads(stream.read(n_header))
            ends = [entry["data_offsets"][1] for k, entry in header.items() if k != "__metadata__"]
        except (ValueError, KeyError, TypeError, AttributeError) as cause:
            raise error from cause
    if not ends or 8 + n_header + max(ends) != n_bytes:
        raise error

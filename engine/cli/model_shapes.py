"""Models as JSON, and their sizes for people."""

from __future__ import annotations

from typing import Any

from engine.records import ModelFile


def model_shape(model: ModelFile) -> dict[str, Any]:
    """Return one model as JSON."""
    return {
        "name": model.name,
        "path": str(model.path),
        "kind": model.kind,
        "bytes": model.n_bytes,
        "sha256": model.sha256,
        "embedded": model.embedded,
        "languages": list(model.languages),
        "optimised_from": model.optimised_from,
        "licence": model.licence,
    }


def mebibytes(n_bytes: int) -> str:
    """Return a size for people."""
    return f"{n_bytes / 2**20:.0f} MiB"

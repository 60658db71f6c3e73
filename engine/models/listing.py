"""The model files of one folder, and whether each is what its notes say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from engine.errors import BadModelFile
from engine.formats.atomic_files import sha256_of, size_of
from engine.formats.gguf import read_gguf
from engine.models.folders import check_embedding_folder, is_embedding_folder
from engine.models.sidecar import read_sidecar
from engine.records import ModelFile


def models_in(folder: Path, *, embedded: bool) -> Iterator[ModelFile]:
    """Yield the models of a folder, by file name; none where there is no folder."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue  # half-finished copies
        if path.suffix == ".gguf" and path.is_file():
            yield _describe(path, "chat", embedded)
        elif path.is_dir() and is_embedding_folder(path):
            yield _describe(path, "embedding", embedded)


def _describe(path: Path, kind: Literal["chat", "embedding"], embedded: bool) -> ModelFile:
    notes = read_sidecar(path)
    model = ModelFile(
        name=path.name.removesuffix(".gguf"),
        path=path,
        kind=kind,
        n_bytes=size_of(path),
        embedded=embedded,
    )
    return replace(
        model,
        sha256=notes.sha256,
        languages=notes.languages,
        optimised_from=notes.optimised_from,
        licence=notes.licence,
    )


def check(model: ModelFile) -> tuple[bool, str]:
    """Return whether a model is as recorded, and an English sentence on it."""
    try:
        if model.kind == "chat":
            read_gguf(model.path)
            weights = model.path
        else:
            check_embedding_folder(model.path)
            weights = model.path / "model.safetensors"
        found = sha256_of(weights)
    except BadModelFile as error:
        return False, str(error.data["detail"])
    except OSError as error:
        return False, error.strerror or str(error)
    if not model.sha256:
        return False, "no SHA-256 is recorded for it; add it with: sabun models add FILE"
    if found != model.sha256:
        return False, f"its SHA-256 is {found} and {model.sha256} is recorded"
    return True, "its SHA-256 is as recorded"

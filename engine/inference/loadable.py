"""Whether a model can be loaded: the file is whole, and there is memory for it."""

from __future__ import annotations

from engine.errors import BadModelFile, ModelDamaged, ModelMissing, ModelTooLarge
from engine.formats.gguf import GgufHeader, read_gguf
from engine.records import ModelFile

OVERHEAD_BYTES = 96 << 20
"""Compute buffers and repacked weights of a small model, measured; grows little."""


def header_of(model: ModelFile) -> GgufHeader:
    """Return the header of a model file.

    Raises:
        ModelMissing, ModelDamaged: It is gone, or no whole GGUF file.
    """
    if not model.path.is_file():
        raise ModelMissing(name=model.name)
    try:
        return read_gguf(model.path)
    except BadModelFile as error:
        raise ModelDamaged(path=str(model.path), detail=error.data["detail"]) from error


def check_memory(model: ModelFile, n_bytes: int) -> None:
    """Refuse before the machine starts to swap.

    Args:
        model: Named in the error.
        n_bytes: What is about to be taken, without :data:`OVERHEAD_BYTES`.

    Raises:
        ModelTooLarge: So much is not free.
    """
    import psutil

    free = psutil.virtual_memory().available
    if n_bytes + OVERHEAD_BYTES > free:
        raise ModelTooLarge(
            name=model.name,
            needed_mib=n_bytes + OVERHEAD_BYTES >> 20,
            free_mib=free >> 20,
        )

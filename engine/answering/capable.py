"""Which chat model is trusted with more than a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import ModelMissing

if TYPE_CHECKING:
    from engine.answering.gathering import Resources
    from engine.records import ModelFile

CAPABLE_BYTES = 300 << 20
"""A smaller file holds a model that is never asked to decide; see
:data:`engine.answering.generate.SMALL_PARAMETERS`."""


def capable_model(resources: Resources) -> ModelFile | None:
    """Return the chat model that would be used if it is a capable one; None without one."""
    try:
        file = resources.chat_model_file()
    except ModelMissing:
        return None
    return file if file.n_bytes >= CAPABLE_BYTES else None


def writes(file: ModelFile, language: str) -> bool:
    """Tell whether a model writes a language, as far as that is known of it."""
    return not file.languages or language in file.languages

"""Model files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class ModelFile:
    """A model on this machine.

    Attributes:
        name: Short name, unique; what ``--model`` and settings use.
        path: GGUF file, or folder of an embedding model.
        kind: ``chat`` or ``embedding``.
        n_bytes: Size on disk.
        sha256: Of the file, or of the weights file in a folder; empty if not yet computed.
        embedded: True if it came with the program.
        languages: Languages it writes well (ISO 639-1); empty means unknown: assume any.
        optimised_from: Name of the model it was requantised from; empty otherwise.
        licence: SPDX identifier if known.
    """

    name: str
    path: Path
    kind: Literal["chat", "embedding"]
    n_bytes: int
    sha256: str = ""
    embedded: bool = False
    languages: tuple[str, ...] = ()
    optimised_from: str = ""
    licence: str = ""

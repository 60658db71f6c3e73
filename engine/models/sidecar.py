"""What we know of a model beyond its bytes: a small JSON file beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.codec import from_json, to_json
from engine.formats.atomic_files import replacing


@dataclass(frozen=True)
class Sidecar:
    """The notes beside a model; every field may be missing in the file.

    Attributes:
        sha256: Of the GGUF file, or of ``model.safetensors`` in a folder.
        languages: Languages it writes well; empty means unknown.
        licence: SPDX identifier.
        optimised_from: Name of the model it was requantised from.
        fastest: Name of the copy that gives the first token soonest on this machine.
        machine: Processor, threads and llama.cpp version that the measurements hold for.
        reason: Why ``fastest`` was chosen.
        measurements: One :class:`engine.models.events.LayoutMeasured` each, as a dict.
    """

    sha256: str = ""
    languages: tuple[str, ...] = ()
    licence: str = ""
    optimised_from: str = ""
    fastest: str = ""
    machine: str = ""
    reason: str = ""
    measurements: tuple[dict[str, Any], ...] = field(default_factory=tuple)


def sidecar_path(model: Path) -> Path:
    """Return where the notes of a model lie: its name plus ``.json``."""
    return model.with_name(model.name + ".json")


def read_sidecar(model: Path) -> Sidecar:
    """Return the notes of a model; empty ones if there are none or they cannot be read.

    Damaged notes lose only what can be found out again (hash, speeds), so they are not
    an error: ``verify`` then reports the model as unrecorded.
    """
    try:
        return from_json(Sidecar, sidecar_path(model).read_text("utf-8"))
    except (OSError, ValueError):
        return Sidecar()


def write_sidecar(model: Path, sidecar: Sidecar) -> None:
    """Write the notes of a model, whole or not at all."""
    with replacing(sidecar_path(model)) as partial:
        partial.write_text(to_json(sidecar), "utf-8")

"""Which attention a model can run, told from its file: nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from engine.adapters.fingerprint import fingerprint_or_none
from engine.adapters.library import AdapterLibrary
from engine.attention.plans import is_plain, needs_adapter, not_in_llama, unsupported
from engine.attention.registry import ATTENTION
from engine.errors import (
    AdapterMissing,
    AttentionUnsupported,
    BadModelFile,
    ModelDamaged,
    ModelMissing,
)
from engine.formats.gguf import read_gguf
from engine.records import AttentionChoice, AttentionMode, KernelChoice, ModelFile, Notice


def check_attention(choice: AttentionChoice, model: ModelFile, adapters: AdapterLibrary) -> None:
    """Refuse now what loading the model would refuse later.

    Raises:
        AdapterMissing, AdapterMismatch, AdapterUnknown, AdapterDamaged: The mode's weights.
        AttentionUnsupported: Model, kernel and mode do not go together.
        ModelMissing, ModelDamaged: The file.
    """
    plain = is_plain(choice.mode, choice.prefill)
    if plain and not needs_adapter(choice.mode):
        return
    if choice.kernel == "llama.cpp" and not plain:
        raise AttentionUnsupported(not_in_llama(choice.mode, choice.prefill))
    architecture, fingerprint = _facts(model)
    why = unsupported(architecture)
    if why and not plain:
        raise AttentionUnsupported(why)
    if needs_adapter(choice.mode):
        adapters.find(choice.mode, fingerprint, choice.adapter, model_name=model.name)


BEST_SHIPPED: AttentionMode = "lora"
"""Mode of the adapter that answers best of those that come with the program.

See docs/measured.md.
"""


def default_attention(
    model: ModelFile, adapters: AdapterLibrary, kernel: KernelChoice
) -> AttentionMode:
    """Return the mode to begin with: the best shipped adapter's where it fits, else baseline.

    Raises:
        ModelMissing, ModelDamaged: The file.
    """
    _, fingerprint = _facts(model)
    shipped = adapters.shipped()
    fits = any(
        info.variant == BEST_SHIPPED and info.base_fingerprint == fingerprint for info in shipped
    )
    return BEST_SHIPPED if fits and kernel != "llama.cpp" else "baseline"


def available_attention(
    model: ModelFile, adapters: AdapterLibrary
) -> dict[AttentionMode, Notice | None]:
    """Return for each attention mode why the model cannot run it; None if it can.

    Raises:
        ModelMissing, ModelDamaged: The file.
    """
    return {
        mode: _reason(AttentionChoice(mode, kernel="auto"), model, adapters)
        for mode in ATTENTION.names
    }


@dataclass(frozen=True)
class ModeSupport:
    """A row of a model's support matrix: one attention mode.

    Attributes:
        mode: Its name.
        against: By kernel, why the mode cannot run on it; None where it can. Whether this
            machine has the kernel's device is not asked here.
    """

    mode: AttentionMode
    against: Mapping[KernelChoice, Notice | None]


def support_matrix(model: ModelFile, adapters: AdapterLibrary) -> tuple[ModeSupport, ...]:
    """Return what runs where, for every mode that there is.

    Raises:
        ModelMissing, ModelDamaged: The file.
    """
    kernels: tuple[KernelChoice, ...] = get_args(KernelChoice)
    return tuple(
        ModeSupport(
            mode,
            {
                kernel: _reason(AttentionChoice(mode, kernel=kernel), model, adapters)
                for kernel in kernels
                if kernel != "auto"
            },
        )
        for mode in ATTENTION.names
    )


def _reason(choice: AttentionChoice, model: ModelFile, adapters: AdapterLibrary) -> Notice | None:
    try:
        check_attention(choice, model, adapters)
    except (AdapterMissing, AttentionUnsupported) as refusal:
        return refusal.reason
    return None


def _facts(model: ModelFile) -> tuple[str, str]:
    """Return architecture and fingerprint."""
    try:
        stat = model.path.stat()
        return _read_facts(model.path, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise ModelMissing(name=model.name) from error
    except BadModelFile as error:
        raise ModelDamaged(path=str(model.path), detail=error.data["detail"]) from error


@lru_cache(maxsize=8)
def _read_facts(path: Path, _mtime_ns: int, _n_bytes: int) -> tuple[str, str]:
    return read_gguf(path).architecture, fingerprint_or_none(path)

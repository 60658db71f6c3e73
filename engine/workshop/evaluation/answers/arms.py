"""The arms of an evaluation, from what the user named."""

from __future__ import annotations

from collections.abc import Sequence

from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.library import AdapterLibrary
from engine.formats.atomic_files import sha256_of
from engine.records import AdapterInfo, AttentionChoice, ModelFile
from engine.workshop.evaluation.answers.outcomes import Arm


def arms_of(wanted: Sequence[str], library: AdapterLibrary, model: ModelFile) -> tuple[Arm, ...]:
    """Return what is compared.

    Args:
        wanted: ``NAME`` of a mode without training, or ``NAME=ADAPTER,...`` with an adapter per
            training seed; none for the baseline and every adapter of the model.
        library: Adapters on this machine.
        model: Base model.

    Raises:
        AdapterUnknown: There is no such adapter.
    """
    if not wanted:
        fingerprint = model_fingerprint(model.path)
        fitting = [i for i in library.list() if i.base_fingerprint == fingerprint]
        wanted = ["baseline", *(f"{info.name}={info.name}" for info in fitting)]
    return tuple(_arm(text, library) for text in wanted)


def _arm(text: str, library: AdapterLibrary) -> Arm:
    name, _, adapters = text.partition("=")
    used = [library.get(adapter) for adapter in adapters.split(",") if adapter]
    if not used:
        return Arm(name, (AttentionChoice(mode=name),), ("",))
    return Arm(name, tuple(map(_choice, used)), tuple(sha256_of(i.path)[:12] for i in used))


def _choice(info: AdapterInfo) -> AttentionChoice:
    return AttentionChoice(mode=info.variant, adapter=info.name)

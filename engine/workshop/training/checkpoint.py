"""Checkpoints: adapter, optimiser and how far the run is, in one safetensors file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from engine.errors import CheckpointUnusable
from engine.formats.atomic_files import replacing

FILE = "checkpoint.safetensors"


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        n_steps: Steps done.
        n_tokens: Tokens trained on.
        seconds: Time spent, all sessions together.
    """

    n_steps: int = 0
    n_tokens: int = 0
    seconds: float = 0.0


def save_checkpoint(
    path: Path,
    adapter: dict[str, Tensor],
    optimiser: dict[str, Tensor],
    progress: Progress,
    key: str,
) -> None:
    """Write a checkpoint; the file appears complete or not at all.

    Args:
        path: Target; the last checkpoint is replaced.
        adapter: Tensors that learn.
        optimiser: From :meth:`engine.workshop.training.optimiser.Optimiser.state`.
        progress: How far the run is.
        key: Hash of data and settings; only the same run may go on from here.
    """
    from safetensors.torch import save

    tensors = {f"adapter.{name}": tensor.detach() for name, tensor in adapter.items()}
    tensors |= {f"optimiser.{name}": tensor for name, tensor in optimiser.items()}
    metadata = {
        "key": key,
        "n_steps": str(progress.n_steps),
        "n_tokens": str(progress.n_tokens),
        "seconds": repr(progress.seconds),
    }
    content = save({name: x.contiguous().cpu() for name, x in tensors.items()}, metadata=metadata)
    with replacing(path) as partial, partial.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def load_checkpoint(
    path: Path, key: str
) -> tuple[dict[str, Tensor], dict[str, Tensor], Progress] | None:
    """Return adapter, optimiser and progress; None if there is no checkpoint yet.

    Raises:
        CheckpointUnusable: It is damaged, or belongs to another run.
    """
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        return None
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        progress = Progress(
            int(metadata["n_steps"]), int(metadata["n_tokens"]), float(metadata["seconds"])
        )
    except (SafetensorError, KeyError, ValueError, OSError) as error:
        raise CheckpointUnusable(path=str(path), detail="it is damaged") from error
    if metadata.get("key") != key:
        detail = "it was made with other data or settings"
        raise CheckpointUnusable(path=str(path), detail=detail)
    return _part(tensors, "adapter."), _part(tensors, "optimiser."), progress


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }

"""Hidden states below the first adapted layer: the same in every run, computed once.

An adapter of the upper layers leaves those below untouched, so what they compute for a row
depends on the base model and the row alone. Runs that compare recipes on the same rows share
it and save half of the work of adapters on the upper half.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.training.batch import Batch, Row
from engine.training.model import AdaptedModel


class FrozenStates:
    """Hidden states by row, in a folder. Half precision: a thousandth, below 4-bit weights' own.

    Args:
        folder: Where they lie; may be shared by runs, and deleted when none runs.
        model: Computes what is not there.
        fingerprint: Of the base model.
    """

    def __init__(self, folder: Path, model: AdaptedModel, fingerprint: str) -> None:
        self._model = model
        self._folder = folder / f"{fingerprint[:16]}-{model.first_layer}"
        self._folder.mkdir(parents=True, exist_ok=True)

    def of(self, rows: Sequence[Row], batch: Batch) -> Tensor:
        """Return the residual stream before the first adapted layer, ``[B, T, E]``.

        Args:
            rows: Those of the batch, in order.
            batch: The rows, collated.
        """
        paths = [self._path(row) for row in rows]
        if not all(path.is_file() for path in paths):
            with torch.no_grad():
                states = self._model.below(batch)
            for row, path, values in zip(rows, paths, states, strict=True):
                _write(path, values[: len(row)])
            return states
        width = batch.tokens.shape[1]
        states = torch.zeros(len(rows), width, self._model.base.shape.n_embd)
        for index, (row, path) in enumerate(zip(rows, paths, strict=True)):
            states[index, : len(row)] = torch.from_numpy(np.load(path, allow_pickle=False))
        return states.to(batch.tokens.device)

    def _path(self, row: Row) -> Path:
        digest = hashlib.sha256()
        for part in (row.tokens, row.positions, row.branch):
            digest.update(np.asarray(part, np.int32).tobytes() + b"|")
        return self._folder / f"{digest.hexdigest()[:32]}.npy"


def _write(path: Path, values: Tensor) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}")  # another run may write the same
    with partial.open("wb") as stream:
        np.save(stream, values.half().cpu().numpy(), allow_pickle=False)
    partial.replace(path)

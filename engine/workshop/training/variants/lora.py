"""Trains low-rank changes of the model's weights; attention stays its own."""

from __future__ import annotations

from torch import Tensor

from engine.workshop.training.heads import one_map
from engine.workshop.training.trainer import Beginning, Trainer


def _begin(_beginning: Beginning) -> dict[str, Tensor]:
    return {}


TRAINER = Trainer(name="lora", recipe={}, begin=_begin, attend=one_map)

"""How the toy variant is trained; see :mod:`toy_variant`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor
from toy_variant import TEMPERATURE, VARIANT

from engine.workshop.training.heads import Heads, two_maps
from engine.workshop.training.registry import TRAINERS
from engine.workshop.training.trainer import Beginning, Trainer


def _begin(beginning: Beginning) -> dict[str, Tensor]:
    return {"strength": torch.full((beginning.shape.n_heads,), beginning.recipe.lambda_start)}


def _attend(heads: Heads) -> Tensor:
    lam = heads.adapted["strength"][None, :, None]
    return two_maps(heads, heads.scaled / TEMPERATURE, heads.k, lam) / (1 - lam[..., None])


TRAINER = Trainer(
    name=VARIANT.name,
    recipe={"rank": 0, "lambda_start": 0.2},
    begin=_begin,
    attend=_attend,
    gates=("strength",),
    limits={"strength": 0.95},
)


@contextmanager
def registered() -> Iterator[Trainer]:
    """Let training know the variant, which the program must know already."""
    TRAINERS.register(TRAINER)
    try:
        yield TRAINER
    finally:
        TRAINERS.withdraw(TRAINER.name)

"""Trains second queries over the model's own keys, and a lambda that follows the token."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from engine.workshop.training.heads import Heads, two_maps
from engine.workshop.training.trainer import Beginning, Trainer


def _begin(beginning: Beginning) -> dict[str, Tensor]:
    shape = beginning.shape
    return {
        **beginning.second("attn_q2", shape.n_q),
        "lambda.weight": torch.zeros(shape.n_heads, shape.n_embd),
        "lambda.bias": torch.full((shape.n_heads,), beginning.recipe.lambda_bias),
    }


def _attend(heads: Heads) -> Tensor:
    q2 = heads.scaled + heads.second("attn_q2", heads.scale)
    gate = functional.linear(heads.x, heads.adapted["lambda.weight"], heads.adapted["lambda.bias"])
    return two_maps(heads, q2, heads.k, torch.sigmoid(gate).transpose(1, 2))


TRAINER = Trainer(
    name="diff-v2",
    recipe={"rank": 12, "alpha": 24.0, "rank2": 8, "alpha2": 16.0},
    begin=_begin,
    attend=_attend,
    gates=("lambda.weight", "lambda.bias"),
)

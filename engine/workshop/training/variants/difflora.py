"""Trains a low-rank second branch and one constant lambda a head.

In the best known recipe it starts as the model's own attention: both maps are equal, and what
is taken away is given back by the division (mirror form, rescaled).
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.workshop.training.heads import Heads, two_maps
from engine.workshop.training.recipe import MAX_LAMBDA
from engine.workshop.training.trainer import Beginning, Trainer


def _begin(beginning: Beginning) -> dict[str, Tensor]:
    recipe, shape = beginning.recipe, beginning.shape
    n_lambda = shape.n_heads if recipe.per_head else 1
    return {
        **beginning.second("attn_q2", shape.n_q),
        **beginning.second("attn_k2", shape.n_kv),
        "lambda": torch.full((n_lambda,), recipe.lambda_start),
    }


def _attend(heads: Heads) -> Tensor:
    q2, k2 = heads.second("attn_q2", heads.scale), heads.second("attn_k2")
    if heads.recipe.form == "mirror":
        q2, k2 = heads.scaled + q2, heads.k + k2
    return two_maps(heads, q2, k2, heads.adapted["lambda"][None, :, None])


TRAINER = Trainer(
    name="difflora",
    recipe={
        "rank": 12,
        "alpha": 24.0,
        "form": "mirror",
        "rescale": True,
        "lambda_start": 0.3,
        "rank2": 8,
        "alpha2": 16.0,
    },
    begin=_begin,
    attend=_attend,
    gates=("lambda",),
    limits={"lambda": MAX_LAMBDA},
)

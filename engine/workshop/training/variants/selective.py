"""Trains temperatures of queries and values: ``tanh(w . gelu(u)) + 1 + sigmoid(a) log n``."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from engine.workshop.training.heads import Heads, one_map
from engine.workshop.training.trainer import Beginning, Trainer

POSITION_START = -8.0
"""Its sigmoid is hardly more than 0: temperatures start at 1 wherever a token stands."""


def _begin(beginning: Beginning) -> dict[str, Tensor]:
    shape = beginning.shape
    return {
        "tau_q.weight": torch.zeros(shape.n_heads, shape.head_dim),
        "tau_q.position": torch.full((1,), POSITION_START),
        "tau_v.weight": torch.zeros(shape.n_kv_heads, shape.head_dim),
        "tau_v.position": torch.full((1,), POSITION_START),
    }


def _attend(heads: Heads) -> Tensor:
    q = heads.q * _temperature(heads, heads.q_unturned, "tau_q")
    return one_map(heads.replaced(q=q, v=heads.v * _temperature(heads, heads.v, "tau_v")))


def _temperature(heads: Heads, u: Tensor, name: str) -> Tensor:
    """Return ``[B, n_heads, T, 1]``."""
    weight, position = heads.adapted[f"{name}.weight"], heads.adapted[f"{name}.position"]
    features = (functional.gelu(u) * weight[None, :, None, :]).sum(dim=-1)
    by_position = torch.sigmoid(position) * heads.shared.log_position
    return (torch.tanh(features) + 1 + by_position)[..., None]


TRAINER = Trainer(
    name="selective",
    recipe={},
    begin=_begin,
    attend=_attend,
    gates=("tau_q.position", "tau_v.position"),
)

"""The model's own attention: ``softmax(q k^T / sqrt(D)) v``."""

from __future__ import annotations

from engine.attention.variant import Variant

VARIANT = Variant(
    name="baseline",
    title="Baseline attention",
    help="The model as it comes.",
    place=0,
)

"""A model in llama.cpp with our hook in its context, driven batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.adapters.lora_gguf import lora_gguf
from engine.attention.plans import build_plan
from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel
from engine.inference.llama_files import LlamaLora
from engine.records import Adapter
from kernels.hook import AttentionHook, HookPlan
from kernels.registry import Backend

VARIANTS = {
    "paper": {"variant": "difflora", "form": "paper"},
    "mirror": {"variant": "difflora", "form": "mirror"},
    "rescaled": {"variant": "difflora", "form": "mirror", "rescale": True},
    "diff-v2": {"variant": "diff-v2"},
    "diff-v2 rescaled": {"variant": "diff-v2", "rescale": True},
    "selective": {"variant": "selective"},
}
"""Arguments of ``random_adapter`` for every variant with weights."""


def plan_of(adapter: Adapter, *, latent: bool = False, **changes: object) -> HookPlan:
    info = adapter.info
    plan = build_plan(
        info.variant,
        "dense",
        adapter,
        n_layers=info.n_layers,
        n_heads=info.n_heads,
        n_threads=2,
        latent=latent,
    )
    return HookPlan(**{**plan.__dict__, **changes})


class HookedModel:
    """Owns model, hook and context; close it."""

    def __init__(
        self, path: Path, *, hooked: bool = True, n_ctx: int = 128, n_batch: int = 64
    ) -> None:
        self._stack = ExitStack()
        self.model = LlamaModel(path, path.name)
        self._stack.callback(self.model.close)
        self.hook = AttentionHook(self.model.n_layers)
        hook = self.hook if hooked else None
        self.context = LlamaContext(self.model, ContextParameters(n_ctx, n_batch, 2, hook))
        self._stack.callback(self.context.close)

    def close(self) -> None:
        self._stack.close()

    def use(self, plan: HookPlan, backend: Backend | None = None) -> None:
        self.hook.use(plan, backend)
        self.context.forget()

    def use_positive(self, adapter: Adapter, folder: Path) -> None:
        path = lora_gguf(adapter, folder / "positive.gguf")
        if path is not None:
            lora = LlamaLora(self.model, path)
            self.context.use_lora(lora.pointer)

    def logits(self, tokens: Sequence[int], *batches: int) -> NDArray[np.float32]:
        """Compute from an empty cache; ``batches`` are sizes, by default all in one."""
        self.context.forget()
        rows, position = [], 0
        for size in batches or (len(tokens),):
            part = tokens[position : position + size]
            self.context.decode(part, position, all_logits=True)
            rows += [self.context.logits(i) for i in range(len(part))]
            position += size
        assert position == len(tokens)
        return np.stack(rows)

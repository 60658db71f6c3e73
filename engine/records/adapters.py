"""What an adapter is, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class AdapterInfo:
    """What an adapter says of itself.

    Attributes:
        name: What users call it.
        path: The file.
        variant: Attention mode that it is for; see :mod:`engine.attention.registry`.
        form: Which of the forms of its variant; empty for a variant with one.
        rescale: Whether the output is divided by ``1 - lambda``.
        rank: Of the positive branch; 0 without one.
        alpha: Positive low-rank products are multiplied with ``alpha / rank``.
        rank2: Of the second branch; 0 without one.
        alpha2: Low-rank products of the second branch are multiplied with ``alpha2 / rank2``.
        base_fingerprint: See :func:`engine.adapters.fingerprint.model_fingerprint`.
        base_name: Name of the model it was trained for.
        architecture: What the base model's file calls its graph.
        n_layers: Layers of the base model.
        n_embd: Model dimension.
        n_heads: Query heads.
        n_kv_heads: Key and value heads.
        head_dim: Dimension of a head.
        n_bytes: Size of the file.
        training: Record of the training run.
        licence: Of the adapter; empty if not stated.
        n_parameters: Numbers in all tensors.
        layers: Layers that run the variant; the others run baseline.
        positive: Projections that the positive branch changes, by GGUF name.
    """

    name: str
    path: Path
    variant: str
    form: str
    rescale: bool
    rank: int
    alpha: float
    rank2: int
    alpha2: float
    base_fingerprint: str
    base_name: str
    architecture: str
    n_layers: int
    n_embd: int
    n_heads: int
    n_kv_heads: int
    head_dim: int
    n_bytes: int = 0
    training: Mapping[str, Any] = field(default_factory=dict)
    licence: str = ""
    n_parameters: int = 0
    layers: tuple[int, ...] = ()
    positive: tuple[str, ...] = ()

    @property
    def scale(self) -> float:
        """Factor of the positive branch's ``B A``; 0 without one."""
        return self.alpha / self.rank if self.rank else 0.0

    @property
    def scale2(self) -> float:
        """Factor of the second branch's ``B A``; 0 without one."""
        return self.alpha2 / self.rank2 if self.rank2 else 0.0

    @property
    def layer_ranges(self) -> str:
        """The layer numbers as ``0-3, 7``."""
        runs: list[list[int]] = []
        for layer in self.layers:
            if runs and layer == runs[-1][-1] + 1:
                runs[-1].append(layer)
            else:
                runs.append([layer])
        return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


@dataclass(frozen=True)
class Adapter:
    """An adapter in memory, checked.

    Attributes:
        info: Its fields.
        tensors: Float32, by name; not to be written to.
    """

    info: AdapterInfo
    tensors: Mapping[str, NDArray[np.float32]] = field(repr=False)

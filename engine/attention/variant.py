"""What the program must know of an attention variant.

Letters: E model dim, H query heads, G key/value heads, D head dim, r rank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.records import AdapterInfo

if TYPE_CHECKING:
    from kernels.hook import F32, LayerWeights

Shape = tuple[int, ...]


@dataclass(frozen=True)
class AdapterLayout:
    """What the adapter file of a variant holds beside low-rank changes of the model's weights.

    Attributes:
        not_folded: Why no ordinary model can compute it; empty if it folds into one.
        own_shapes: Shapes of what the variant adds to a layer, rows first, by name in the layer.
            A layer has all of them, or none and runs baseline. None adds nothing.
        forms: Forms that it comes in; the empty one alone for a variant with one form.
        rescales: Whether its output may be divided by ``1 - lambda``.
        second_branch: Whether it has low-rank queries of its own, of ``rank2`` and ``alpha2``.
        doubles: Whether folding makes twice the heads: a second branch with constant lambda.
    """

    not_folded: str
    own_shapes: Callable[[AdapterInfo], dict[str, Shape]] | None = None
    forms: tuple[str, ...] = ("",)
    rescales: bool = False
    second_branch: bool = False
    doubles: bool = False


@dataclass(frozen=True)
class Layer:
    """What the weights of one layer are made from.

    Attributes:
        n_heads: H.
        scale2: ``alpha / r`` of the second branch; 0 without one.
        tensors: Of the adapter, by name in the layer; empty for variants without an adapter.
    """

    n_heads: int
    scale2: float = 0.0
    tensors: Mapping[str, F32] = field(default_factory=dict)


@dataclass(frozen=True)
class HookUse:
    """What the hook in llama.cpp does for a variant.

    Attributes:
        traits: Name in the hook's table (``kernels/src/llama/variants.cpp``), by form.
        weights: Makes what the hook adds to one layer.
        keeps_keys: Whether keys of its own are kept beside the model's, or a latent of them
            where memory is short.
        temperature: Of a second map made from the same queries and keys.
    """

    traits: Mapping[str, str]
    weights: Callable[[Layer], LayerWeights]
    keeps_keys: bool = False
    temperature: float = 2.0


@dataclass(frozen=True)
class Variant:
    """One way to attend.

    Attributes:
        name: What users, adapters and stored answers call it.
        title: English name in lists; the window translates those it knows.
        help: English sentence on what to expect of it, likewise.
        place: Where lists show it: lower comes first.
        adapter: What its trained weights look like; None if it needs none.
        hook: What the hook runs; None if llama.cpp itself computes it.
    """

    name: str
    title: str
    help: str
    place: int
    adapter: AdapterLayout | None = None
    hook: HookUse | None = None

    @property
    def needs_adapter(self) -> bool:
        """Whether it runs on trained weights."""
        return self.adapter is not None

    @property
    def is_plain(self) -> bool:
        """Whether llama.cpp itself computes it."""
        return self.hook is None

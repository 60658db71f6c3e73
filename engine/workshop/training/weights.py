"""The frozen base model: all weights of a GGUF file as float32 tensors.

Nothing is permuted or converted by name: the adapter is trained on the very numbers, in the
very row order, that llama.cpp will run.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import BadModelFile, ModelUnsupported
from engine.formats.gguf import GgufHeader, read_gguf
from engine.formats.model_shape import ModelShape, model_shape

ARCHITECTURES = ("llama",)


@dataclass(frozen=True)
class LayerWeights:
    """Matrices of one layer, rows are outputs. E model dim, H, G heads, D head dim, F hidden.

    Attributes:
        attn_norm: ``[E]``.
        qkv: ``[(H + 2 G) D, E]``, queries above keys above values.
        output: ``[E, H D]``.
        ffn_norm: ``[E]``.
        gate_up: ``[2 F, E]``, gate above up.
        down: ``[E, F]``.
    """

    attn_norm: Tensor
    qkv: Tensor
    output: Tensor
    ffn_norm: Tensor
    gate_up: Tensor
    down: Tensor

    def to(self, device: torch.device | str) -> LayerWeights:
        """Return the same weights on a device."""
        return LayerWeights(**{name: tensor.to(device) for name, tensor in vars(self).items()})


@dataclass(frozen=True)
class BaseWeights:
    """A whole model; no tensor requires a gradient.

    Attributes:
        shape: Its dimensions.
        eps: Of the norms.
        inverse_frequencies: ``[D / 2]``, angle of a pair per position (RoPE).
        embedding: ``[n_vocab, E]``.
        layers: From the input on.
        output_norm: ``[E]``.
        head: ``[n_vocab, E]``; the embedding itself where the two are tied.
    """

    shape: ModelShape
    eps: float
    inverse_frequencies: Tensor
    embedding: Tensor = field(repr=False)
    layers: tuple[LayerWeights, ...] = field(repr=False)
    output_norm: Tensor = field(repr=False)
    head: Tensor = field(repr=False)

    def to(self, device: torch.device | str) -> BaseWeights:
        """Return the same weights on a device; what is shared stays shared."""
        embedding = self.embedding.to(device)
        return replace(
            self,
            inverse_frequencies=self.inverse_frequencies.to(device),
            embedding=embedding,
            layers=tuple(layer.to(device) for layer in self.layers),
            output_norm=self.output_norm.to(device),
            head=embedding if self.head is self.embedding else self.head.to(device),
        )


def load_base(path: Path, name: str) -> BaseWeights:
    """Load a GGUF model of the llama architecture, whatever its quantisation.

    Raises:
        BadModelFile: It is not a usable GGUF model.
        ModelUnsupported: It has another architecture, or parts that training does not know.
    """
    import gguf

    header = read_gguf(path)
    shape = _supported(header, path, name)
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}

    def get(key: str) -> Tensor:
        tensor = tensors.get(f"{key}.weight")
        if tensor is None:
            raise BadModelFile(path=str(path), detail=f"it has no {key}.weight")
        return torch.from_numpy(_dequantised(tensor))

    def layer(index: int) -> LayerWeights:
        block = f"blk.{index}"
        return LayerWeights(
            attn_norm=get(f"{block}.attn_norm"),
            qkv=torch.cat([get(f"{block}.attn_{part}") for part in "qkv"]),
            output=get(f"{block}.attn_output"),
            ffn_norm=get(f"{block}.ffn_norm"),
            gate_up=torch.cat([get(f"{block}.ffn_gate"), get(f"{block}.ffn_up")]),
            down=get(f"{block}.ffn_down"),
        )

    embedding = get("token_embd")
    return BaseWeights(
        shape=shape,
        eps=float(header.metadata.get("llama.attention.layer_norm_rms_epsilon", 1e-5)),
        inverse_frequencies=_frequencies(
            header, shape, get("rope_freqs") if "rope_freqs.weight" in tensors else None
        ),
        embedding=embedding,
        layers=tuple(layer(index) for index in range(shape.n_layers)),
        output_norm=get("output_norm"),
        head=get("output") if "output.weight" in tensors else embedding,
    )


def _supported(header: GgufHeader, path: Path, name: str) -> ModelShape:
    def refuse(detail: str) -> ModelUnsupported:
        return ModelUnsupported(name=name, detail=detail)

    if header.architecture not in ARCHITECTURES:
        raise refuse(
            f"adapters are trained for the architecture llama, and this is {header.architecture}"
        )
    shape = model_shape(header, path)
    metadata = header.metadata
    if metadata.get("llama.expert_count") or "blk.0.attn_q.bias" in header.tensors:
        raise refuse("it has experts or biases, which training does not know")
    if metadata.get("llama.rope.scaling.type", "none") != "none":
        raise refuse("its positions are scaled, which training does not know")
    if metadata.get("llama.rope.dimension_count", shape.head_dim) != shape.head_dim:
        raise refuse("it rotates a part of each head only, which training does not know")
    return shape


def _frequencies(header: GgufHeader, shape: ModelShape, factors: Tensor | None) -> Tensor:
    base = float(header.metadata.get("llama.rope.freq_base", 10_000.0))
    exponents = torch.arange(0, shape.head_dim, 2, dtype=torch.float64) / shape.head_dim
    frequencies = base**-exponents
    return frequencies if factors is None else frequencies / factors.double()


def _dequantised(tensor: Any) -> NDArray[np.float32]:
    import gguf

    values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
    return np.array(values, dtype=np.float32, order="C")  # a copy: the file may be mapped read-only

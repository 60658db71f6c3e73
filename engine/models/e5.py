"""Rebuilds multilingual-e5-small for sentence-transformers from its packed 4-bit form.

The packed file (little endian) is: magic ``E5S1`` and 4 bytes of version; seven int32
(hidden size, layers, heads, feed-forward size, vocabulary, positions, token types);
float32 layer-norm epsilon; int32 block length; five int32 (pieces, bos, eos, pad, unk);
the tokenizer's tables, which we skip because ``tokenizer.json`` carries the same; then
a directory of tensors: uint16 name length, name, uint8 type, uint32 elements, uint64
offset, uint64 bytes.

A 4-bit matrix is a row of blocks of 32 weights, each a float16 scale and 16 bytes: the
low nibbles are weights 0-15, the high nibbles weights 16-31, and
``weight = (nibble - 8) * scale``.
"""

from __future__ import annotations

import json
import shutil
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelDamaged

Tensors = dict[str, NDArray[np.float32]]

BLOCK_WEIGHTS = 32
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])

# Name in the packed file -> name of the dense layer in BERT's state dict.
_DENSE = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


@dataclass(frozen=True)
class E5Shape:
    """Hyper-parameters in the packed file's header."""

    hidden: int
    n_layers: int
    n_heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    pad: int


class PackedE5:
    """Reads tensors out of the packed file.

    Args:
        path: The packed file.

    Raises:
        ModelDamaged: It is not such a file, or it ends too early.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bytes = path.read_bytes()
        if self._bytes[:4] != b"E5S1":
            raise self._damaged("the magic number is wrong")
        try:
            self.shape, directory = self._header()
            self._entries = self._directory(directory)
        except (struct.error, UnicodeDecodeError, IndexError) as error:
            raise self._damaged(f"the header cannot be read: {error}") from error

    def _damaged(self, detail: str) -> ModelDamaged:
        return ModelDamaged(path=str(self._path), detail=detail)

    def _header(self) -> tuple[E5Shape, int]:
        *sizes, epsilon, _block = struct.unpack_from("<7ifi", self._bytes, 8)
        n_pieces, _bos, _eos, pad, _unk, n_text = struct.unpack_from("<5iQ", self._bytes, 44)
        # Tokenizer tables: offsets (one more than pieces), scores, text; then a trie.
        at = 72 + 4 * (n_pieces + 1) + 4 * n_pieces + n_text
        _nodes, n_trie = struct.unpack_from("<iI", self._bytes, at)
        hidden, n_layers, n_heads, feed_forward, vocabulary, positions, token_types = sizes
        shape = E5Shape(
            hidden=hidden,
            n_layers=n_layers,
            n_heads=n_heads,
            feed_forward=feed_forward,
            vocabulary=vocabulary,
            positions=positions,
            token_types=token_types,
            epsilon=epsilon,
            pad=pad,
        )
        return shape, at + 8 + n_trie

    def _directory(self, at: int) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        (n_tensors,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        for _ in range(n_tensors):
            (n_name,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + n_name].decode("ascii")
            _kind, _n, offset, n_bytes = struct.unpack_from("<BIQQ", self._bytes, at + 2 + n_name)
            entries[name] = (offset, n_bytes)
            at += 2 + n_name + 21
        return entries

    def _raw(self, name: str, dtype: np.dtype[Any]) -> NDArray[Any]:
        if name not in self._entries:
            raise self._damaged(f"the tensor {name} is missing")
        offset, n_bytes = self._entries[name]
        if offset + n_bytes > len(self._bytes):
            raise self._damaged(f"the file ends within the tensor {name}")
        return np.frombuffer(self._bytes, dtype, n_bytes // dtype.itemsize, offset)

    def vector(self, name: str) -> NDArray[np.float32]:
        """Return a float32 tensor, flat."""
        return self._raw(name, np.dtype("<f4")).astype(np.float32)

    def matrix(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """Return a 4-bit tensor as float32 ``[rows, columns]``."""
        blocks = self._raw(name, _BLOCK)
        if blocks.size * BLOCK_WEIGHTS != rows * columns:
            raise self._damaged(f"the tensor {name} has the wrong size")
        nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
        weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(rows, columns)


def bert_tensors(packed: PackedE5) -> Tensors:
    """Return the state dict of the BERT encoder, float32."""
    shape = packed.shape
    token_types = np.zeros((shape.token_types, shape.hidden), np.float32)
    stored = packed.vector("emb.type").reshape(-1, shape.hidden)[: shape.token_types]
    token_types[: len(stored)] = stored
    tensors: Tensors = {
        "embeddings.word_embeddings.weight": packed.matrix(
            "emb.word", shape.vocabulary, shape.hidden
        ),
        "embeddings.position_embeddings.weight": packed.vector("emb.pos").reshape(-1, shape.hidden),
        "embeddings.token_type_embeddings.weight": token_types,
        "embeddings.LayerNorm.weight": packed.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.vector("emb.ln.b"),
        # BERT's pooler, which mean pooling never reads: absent from the packed file, and
        # without it each load would draw random numbers and warn about them.
        "pooler.dense.weight": np.zeros((shape.hidden, shape.hidden), np.float32),
        "pooler.dense.bias": np.zeros(shape.hidden, np.float32),
    }
    for layer in range(shape.n_layers):
        tensors |= _layer_tensors(packed, layer)
    return tensors


def _layer_tensors(packed: PackedE5, layer: int) -> Tensors:
    hidden, feed_forward = packed.shape.hidden, packed.shape.feed_forward
    sizes = {"fi": (feed_forward, hidden), "fo": (hidden, feed_forward)}
    tensors: Tensors = {}
    for short, name in _DENSE.items():
        key = f"encoder.layer.{layer}.{name}"
        rows, columns = sizes.get(short, (hidden, hidden))
        tensors[f"{key}.weight"] = packed.matrix(f"l{layer}.{short}.w", rows, columns)
        tensors[f"{key}.bias"] = packed.vector(f"l{layer}.{short}.b")
    for short, name in _NORMS.items():
        key = f"encoder.layer.{layer}.{name}"
        tensors[f"{key}.weight"] = packed.vector(f"l{layer}.{short}.w")
        tensors[f"{key}.bias"] = packed.vector(f"l{layer}.{short}.b")
    return tensors


def rebuild_e5(packed_file: Path, tokenizer: Path, folder: Path) -> None:
    """Write a sentence-transformers folder (mean pooling, unit length) into ``folder``.

    Raises:
        ModelDamaged: The packed file is not what it should be.
    """
    from safetensors.numpy import save_file

    packed = PackedE5(packed_file)
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "2_Normalize").mkdir()
    save_file(bert_tensors(packed), folder / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    for name, content in _configuration(packed.shape).items():
        (folder / name).write_text(json.dumps(content, indent=1), "utf-8")


def _configuration(shape: E5Shape) -> dict[str, object]:
    special = {
        "bos_token": "<s>",
        "eos_token": "</s>",
        "cls_token": "<s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.n_layers,
            "num_attention_heads": shape.n_heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": shape.pad,
            "tokenizer_class": "XLMRobertaTokenizer",
        },
        "tokenizer_config.json": {
            **special,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": 512,
        },
        "special_tokens_map.json": special,
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    }

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from engine.errors import ModelDamaged
from engine.models.e5 import PackedE5, bert_tensors, rebuild_e5

HIDDEN, LAYERS, HEADS, FF, VOCABULARY, POSITIONS, TYPES = 32, 1, 2, 64, 10, 12, 2


def pack_q4(weights: np.ndarray) -> bytes:
    """Pack blocks of 32 weights: float16 scale, low nibbles 0-15, high nibbles 16-31."""
    packed = b""
    for block in weights.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7)
        q = np.clip(np.round(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        packed += scale.tobytes() + (q[:16] | q[16:] << 4).tobytes()
    return packed


def packed_file(path: Path, rng: np.random.Generator) -> dict[str, np.ndarray]:
    dense = {"q": (HIDDEN, HIDDEN), "k": (HIDDEN, HIDDEN), "v": (HIDDEN, HIDDEN)}
    dense |= {"ao": (HIDDEN, HIDDEN), "fi": (FF, HIDDEN), "fo": (HIDDEN, FF)}
    tensors: dict[str, np.ndarray] = {
        "emb.word": rng.normal(size=(VOCABULARY, HIDDEN)),
        "emb.pos": rng.normal(size=(POSITIONS, HIDDEN)),
        "emb.type": rng.normal(size=(1, HIDDEN)),
        "emb.ln.w": rng.normal(size=HIDDEN),
        "emb.ln.b": rng.normal(size=HIDDEN),
    }
    for name, shape in dense.items():
        tensors[f"l0.{name}.w"] = rng.normal(size=shape)
        tensors[f"l0.{name}.b"] = rng.normal(size=shape[0])
    for name in ("aln", "oln"):
        tensors[f"l0.{name}.w"] = rng.normal(size=HIDDEN)
        tensors[f"l0.{name}.b"] = rng.normal(size=HIDDEN)
    tensors = {name: value.astype(np.float32) for name, value in tensors.items()}
    is_q4 = {n for n, t in tensors.items() if n == "emb.word" or (n.endswith(".w") and t.ndim == 2)}
    header = b"E5S1" + bytes(4)
    header += struct.pack("<7i", HIDDEN, LAYERS, HEADS, FF, VOCABULARY, POSITIONS, TYPES)
    header += struct.pack("<fi5iQ", 1e-12, 32, 3, 0, 2, 1, 3, 5)
    header += bytes(4 * 4 + 4 * 3 + 5) + struct.pack("<iI", 2, 7) + bytes(7)
    contents = {n: pack_q4(t) if n in is_q4 else t.tobytes() for n, t in tensors.items()}
    directory_size = 4 + sum(2 + len(name) + 21 for name in tensors)
    at = len(header) + directory_size
    directory = struct.pack("<i", len(tensors))
    for name, content in contents.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", name in is_q4, tensors[name].size, at, len(content))
        at += len(content)
    path.write_bytes(header + directory + b"".join(contents.values()))
    return tensors


def test_every_tensor_comes_back(tmp_path):
    tensors = packed_file(tmp_path / "p.bin", np.random.default_rng(0))
    found = bert_tensors(PackedE5(tmp_path / "p.bin"))
    layer = "encoder.layer.0."
    pairs = {
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
        "l0.ao.b": layer + "attention.output.dense.bias",
        "l0.oln.w": layer + "output.LayerNorm.weight",
    }
    for packed, name in pairs.items():
        assert np.array_equal(found[name], tensors[packed])
    for packed, name in {
        "emb.word": "embeddings.word_embeddings.weight",
        "l0.fi.w": layer + "intermediate.dense.weight",
        "l0.fo.w": layer + "output.dense.weight",
    }.items():
        assert found[name].shape == tensors[packed].shape
        # Half a step of a 4-bit block, plus the rounding of its float16 scale.
        assert np.abs(found[name] - tensors[packed]).max() < 0.5 * 5 / 7 + 0.01
    assert found["embeddings.token_type_embeddings.weight"].shape == (TYPES, HIDDEN)
    assert not found["embeddings.token_type_embeddings.weight"][1].any()


def test_the_folder_is_a_sentence_transformers_one(tmp_path):
    packed_file(tmp_path / "p.bin", np.random.default_rng(0))
    (tmp_path / "tokenizer.json").write_text("{}")
    rebuild_e5(tmp_path / "p.bin", tmp_path / "tokenizer.json", tmp_path / "out")
    out = tmp_path / "out"
    assert json.loads((out / "config.json").read_text())["hidden_size"] == HIDDEN
    assert [m["path"] for m in json.loads((out / "modules.json").read_text())] == [
        "",
        "1_Pooling",
        "2_Normalize",
    ]
    assert load_file(out / "model.safetensors")["pooler.dense.bias"].shape == (HIDDEN,)


def test_rebuilding_twice_gives_the_same_bytes(tmp_path):
    packed_file(tmp_path / "p.bin", np.random.default_rng(0))
    (tmp_path / "t.json").write_text("{}")
    for name in ("a", "b"):
        rebuild_e5(tmp_path / "p.bin", tmp_path / "t.json", tmp_path / name)
    files = [(tmp_path / n / "model.safetensors").read_bytes() for n in ("a", "b")]
    assert files[0] == files[1]


@pytest.mark.parametrize("damage", ["magic", "header", "tensor", "missing"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path, damage):
    path = tmp_path / "p.bin"
    packed_file(path, np.random.default_rng(0))
    content = path.read_bytes()
    content = {
        "magic": b"XXXX" + content[4:],
        "header": content[:60],
        "tensor": content[:-200],
        "missing": content.replace(b"l0.aln.w", b"l0.xxx.w"),
    }[damage]
    path.write_bytes(content)
    with pytest.raises(ModelDamaged):
        bert_tensors(PackedE5(path))

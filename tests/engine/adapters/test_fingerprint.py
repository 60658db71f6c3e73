from __future__ import annotations

import hashlib

import numpy as np
import pytest
from tiny_models import ARCHITECTURES, write_tiny_model

from engine.adapters.fingerprint import model_fingerprint
from engine.errors import BadModelFile
from engine.inference.llama_files import quantize


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_it_is_the_hash_of_the_shape_and_the_attention_norms(tmp_path, architecture):
    model = write_tiny_model(tmp_path / "a.gguf", architecture=architecture)
    norms = [model.tensors[f"blk.{layer}.attn_norm.weight"] for layer in range(3)]
    text = f"{architecture}/3/64/4/2/16/259".encode()
    expected = hashlib.sha256(text + np.concatenate(norms).tobytes()).hexdigest()
    assert model_fingerprint(model.path) == expected


def test_a_requantised_copy_keeps_it_and_other_weights_do_not(tmp_path):
    model = write_tiny_model(tmp_path / "a.gguf", weight_type="F16", template="x")
    quantize(model.path, tmp_path / "q8.gguf", "Q8_0", 1)
    other = write_tiny_model(tmp_path / "other.gguf", seed=2)
    fingerprint = model_fingerprint(model.path)
    assert model_fingerprint(tmp_path / "q8.gguf") == fingerprint
    assert model_fingerprint(other.path) != fingerprint


def test_a_file_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "a.gguf").write_bytes(b"no")
    with pytest.raises(BadModelFile):
        model_fingerprint(tmp_path / "a.gguf")


def test_layers_of_different_shapes_are_refused(tmp_path):
    import gguf

    path = tmp_path / "a.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_embedding_length(8)
    writer.add_block_count(2)
    writer.add_head_count([4, 2])
    writer.add_tensor("token_embd.weight", np.ones((5, 8), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(BadModelFile, match=r"one attention\.head_count for all layers"):
        model_fingerprint(path)

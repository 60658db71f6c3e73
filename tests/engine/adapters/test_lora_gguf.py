"""The positive branch in llama.cpp's own adapter code gives the reference's logits."""

from __future__ import annotations

import numpy as np
import pytest
from llama_runs import llama_logits
from reference_attention import adapted_forward
from reference_forward import forward
from tiny_adapters import random_adapter
from tiny_models import ARCHITECTURES, write_tiny_model

from engine.adapters.file import load_adapter
from engine.adapters.lora_gguf import lora_gguf

TOKENS = [5, 9, 200, 31, 31, 77, 8, 120, 64, 3, 17, 90]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("positive", [("q", "k", "v", "output"), ("q", "v"), ("output",)])
def test_llama_cpp_runs_it(tmp_path, saved, architecture, positive):
    model = write_tiny_model(tmp_path / "a.gguf", architecture=architecture)
    info = saved("lora", model.spec, positive=positive)
    written = lora_gguf(load_adapter(info.path), tmp_path / "lora.gguf")
    assert written == tmp_path / "lora.gguf"
    fields, tensors = random_adapter(model.spec, "lora", positive=positive)
    expected = adapted_forward(model, TOKENS, fields, tensors)
    found = llama_logits(model.path, TOKENS, lora=written, exact=True)
    tolerance = 2e-3 if architecture == "gemma3" else 1e-5  # its GELU comes from a table
    assert np.abs(found - expected).max() < tolerance * expected.std()
    assert np.abs(expected - forward(model, TOKENS)).max() > 0.1 * expected.std()


def test_without_a_positive_branch_nothing_is_written(tmp_path, saved):
    assert lora_gguf(load_adapter(saved().path), tmp_path / "lora.gguf") is None
    assert not (tmp_path / "lora.gguf").exists()

"""The tiny models run in llama.cpp, and the reference computes what llama.cpp computes."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest
from llama_runs import llama_logits
from reference_forward import forward
from tiny_models import ARCHITECTURES, CHATML, write_tiny_model

from engine.formats.gguf import read_gguf
from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel

SHAPES = {
    **{name: {"architecture": name} for name in ARCHITECTURES},
    "llama, wide heads": {"n_embd": 48, "head_dim": 32, "n_heads": 6, "n_kv_heads": 3},
    "llama, factors": {"rope_factors": True},
    "llama, linear": {"rope_scaling": "linear"},
    "llama, yarn": {"rope_scaling": "yarn", "n_ctx_original": 256},
    "llama, tied": {"tied": True, "n_vocab": 64},
    "qwen2, yarn": {"architecture": "qwen2", "rope_scaling": "yarn", "n_ctx_original": 256},
    "qwen3, wide heads": {"architecture": "qwen3", "head_dim": 32, "n_kv_heads": 4},
    "gemma3, linear": {"architecture": "gemma3", "rope_scaling": "linear", "n_layers": 6},
    "phi3, partial": {"architecture": "phi3", "n_rot": 12},
    "phi3, short factors": {"architecture": "phi3", "rope_factors": True},
    "phi3, long factors": {"architecture": "phi3", "rope_factors": True, "n_ctx_original": 64},
}
TOKENS = [int(t) for t in np.random.default_rng(5).integers(0, 60, 24)]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("weight_type", ["F32", "F16"])
def test_each_architecture_loads_and_decodes(tmp_path, architecture, weight_type):
    made = write_tiny_model(
        tmp_path / "a.gguf", architecture=architecture, weight_type=weight_type, template=CHATML
    )
    assert read_gguf(made.path).architecture == architecture
    with closing(LlamaModel(made.path, "a")) as model:
        assert model.chat_template == CHATML
        assert model.n_vocabulary == 259
        assert model.tokenise("Hi", special=False) == list(b"Hi")
        with closing(LlamaContext(model, ContextParameters(64, 32, 1))) as context:
            for position in range(5):
                context.decode([position + 7], position)
                assert np.isfinite(context.logits()).all()


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_reference_gives_llama_cpps_logits(tmp_path, shape):
    made = write_tiny_model(tmp_path / "a.gguf", **shape)
    expected = forward(made, TOKENS)
    spread = expected.std()
    exact = np.abs(llama_logits(made.path, TOKENS, exact=True) - expected) / spread
    # llama.cpp's GELU comes from a float16 table, and a value may fall beside ours in it.
    assert exact.max() < (2e-3 if made.spec.architecture == "gemma3" else 1e-5)
    usual = (llama_logits(made.path, TOKENS) - expected) / spread  # f16 cache, flash attention
    assert np.sqrt(np.mean(usual**2)) < 1.2e-3
    assert np.abs(usual).max() < 8e-3


def test_the_same_seed_gives_the_same_file(tmp_path):
    first, second, other = (
        write_tiny_model(tmp_path / f"{n}.gguf", seed=seed) for n, seed in enumerate((1, 1, 2))
    )
    assert first.path.read_bytes() == second.path.read_bytes() != other.path.read_bytes()

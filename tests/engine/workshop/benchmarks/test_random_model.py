"""A random model is one that llama.cpp loads and that computes finite numbers."""

from __future__ import annotations

import numpy as np
from llama_runs import llama_logits

from engine.formats.gguf import read_gguf
from engine.formats.model_shape import ModelShape, model_shape
from engine.workshop.benchmarks.random_model import WIDE, WIDE_HIDDEN, _matrices, write_random_model

SMALL = ModelShape("llama", 2, 256, 2, 1, 128, 512)


def test_llama_runs_it(tmp_path) -> None:
    path = tmp_path / "random.gguf"
    n_parameters = write_random_model(path, SMALL, n_hidden=512, n_ctx=256)
    assert model_shape(read_gguf(path), path) == SMALL
    # A Q8_0 weight takes 34 / 32 bytes; norms and header are little.
    assert 34 / 32 < path.stat().st_size / n_parameters < 1.1
    logits = llama_logits(path, [5, 9, 400, 7], n_ctx=64)
    assert logits.shape == (4, SMALL.n_vocab)
    assert np.isfinite(logits).all() and 0.1 < logits.std() < 10


def test_the_wide_one_has_half_a_billion_parameters() -> None:
    sizes = _matrices(WIDE, WIDE_HIDDEN).values()
    assert 0.5e9 < sum(n_out * n_in for n_out, n_in in sizes) < 0.6e9

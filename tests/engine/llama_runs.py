"""Runs a GGUF file in unmodified llama.cpp and returns its logits."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.inference.llama import LlamaModel, library


def llama_logits(
    path: Path,
    tokens: Sequence[int],
    *,
    lora: Path | None = None,
    n_ctx: int = 128,
    exact: bool = False,
) -> NDArray[np.float32]:
    """Return the logits after each token, ``[n_tokens, n_vocab]``.

    Args:
        path: The model.
        tokens: All in one batch, from position 0 on.
        lora: A LoRA file for llama.cpp's own adapter API.
        n_ctx: Size of the cache.
        exact: Keep keys and values as F32 and use no flash attention, which rounds queries
            and sums to F16 (a deviation of up to 0.5 % of the logits' spread).
    """
    lib = library()
    with closing(LlamaModel(path, path.name)) as model:
        parameters = lib.llama_context_default_params()
        parameters.n_ctx = n_ctx
        parameters.n_batch = parameters.n_ubatch = max(len(tokens), 32)
        parameters.n_threads = parameters.n_threads_batch = 1
        if exact:
            parameters.flash_attn_type = 0
            parameters.type_k = parameters.type_v = 0
        context = lib.llama_init_from_model(model.pointer, parameters)
        assert context
        try:
            if lora is not None:
                _use_lora(lib, model, context, lora)
            return _decode(lib, context, tokens, model.n_vocabulary)
        finally:
            lib.llama_free(context)


def _use_lora(lib: Any, model: LlamaModel, context: Any, lora: Path) -> None:
    adapter = lib.llama_adapter_lora_init(model.pointer, str(lora).encode())
    assert adapter, "llama.cpp refuses the LoRA file"
    adapters, scales = (type(adapter) * 1)(adapter), (ctypes.c_float * 1)(1.0)
    assert lib.llama_set_adapters_lora(context, adapters, 1, scales) == 0


def _decode(
    lib: Any, context: Any, tokens: Sequence[int], n_vocabulary: int
) -> NDArray[np.float32]:
    batch = lib.llama_batch_init(len(tokens), 0, 1)
    try:
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i], batch.pos[i], batch.logits[i] = token, i, True
            batch.n_seq_id[i], batch.seq_id[i][0] = 1, 0
        assert lib.llama_decode(context, batch) == 0
        rows = [lib.llama_get_logits_ith(context, i) for i in range(len(tokens))]
        return np.stack([np.ctypeslib.as_array(row, (n_vocabulary,)).copy() for row in rows])
    finally:
        lib.llama_batch_free(batch)

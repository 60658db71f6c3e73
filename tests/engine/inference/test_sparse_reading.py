"""Reading prompts sparsely in llama.cpp, against the definition where it can be written down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hooked_model import VARIANTS, HookedModel, plan_of
from reference_attention import adapter_hook
from reference_forward import Array, AttentionHook, LayerState, attention_map, forward, mix
from tiny_adapters import random_adapter
from tiny_models import TinyModel, write_tiny_model

from engine.adapters.file import load_adapter, save_adapter
from kernels.hook import HookPlan, PrefillPlan
from kernels.selection import BlockPlan, select_blocks
from kernels.shape import Tile

TOKENS = [int(t) for t in np.random.default_rng(3).integers(3, 250, 700)]
BATCHES = (256, 256, 188)
GAMMA = 64


def adapted(folder: Path, variant: str) -> tuple[TinyModel, HookPlan, AttentionHook | None]:
    """Return a model, the plan of a variant with random weights, and its definition."""
    model = write_tiny_model(folder / "tiny.gguf", n_ctx=1024)
    if variant == "baseline":
        return model, HookPlan("baseline", n_threads=2), None
    fields, tensors = random_adapter(model.spec, **VARIANTS[variant])
    base = {"base_fingerprint": "0" * 64, "base_name": "tiny", "training": {}, "licence": ""}
    path = folder / "any.safetensors"
    save_adapter(path, {**fields, **base}, tensors)
    return model, plan_of(load_adapter(path)), adapter_hook(fields, tensors)


SPARSE = {
    "window": PrefillPlan(window=True, sink_keys=64, window_keys=64),
    "delta": PrefillPlan(window=True, correct=True, sink_keys=64, window_keys=64),
    "smoothed": PrefillPlan(
        window=True, correct=True, sink_keys=64, window_keys=64, smoothing=0.25
    ),
    "select": PrefillPlan(select=True, mass=0.5, local_blocks=1),
    "robust": PrefillPlan(select=True, compress=True, correct=True, mass=0.5, local_blocks=1),
}


@pytest.mark.parametrize("variant", ["baseline", "mirror", "diff-v2"])
@pytest.mark.parametrize("name", SPARSE)
def test_sparse_prefill_combines_with_every_map_and_stays_near_dense(tmp_path, name, variant):
    model, plan, _ = adapted(tmp_path, variant)
    ours = HookedModel(model.path, n_ctx=1024, n_batch=256)

    def read(how: PrefillPlan) -> np.ndarray:
        ours.use(HookPlan(**{**plan.__dict__, "prefill": how}))
        ours.hook.expect_prompt(len(TOKENS))
        return ours.logits(TOKENS, *BATCHES)

    dense, sparse = read(PrefillPlan()), read(SPARSE[name])
    assert ours.hook.was_sparse
    spread = dense.std()
    assert np.abs(sparse - dense)[:64].max() < 1e-2 * spread  # nothing to leave out yet
    assert np.abs(sparse - dense).max() > 1e-3 * spread  # it is another computation
    assert np.sqrt(np.mean((sparse - dense) ** 2)) < 0.5 * spread
    # Everything selected, or a window as wide as the prompt, is dense attention.
    full = PrefillPlan(select=True, correct=True, mass=1.0)
    assert np.abs(read(full) - dense).max() < 1e-2 * spread
    ours.close()


def _read_sparsely(plan: PrefillPlan, dense: AttentionHook | None) -> AttentionHook:
    """Sink and window for all but the last rows, corrected by every 64th dense row."""

    def plain(state: LayerState) -> Array:
        return mix(attention_map(state, state.q, state.k), state.v)

    attend = dense or plain

    def hook(state: LayerState) -> Array:
        n = len(state.x)
        query, key = np.arange(n)[:, None], np.arange(n)[None, :]
        hidden = (key > query - plan.window_keys) | (key < plan.sink_keys)
        narrow = np.where(hidden, state.mask, -np.inf)
        # Batches that the window covers anyway are dense.
        covered = sum(BATCHES[:1]) if BATCHES[0] <= plan.sink_keys + plan.window_keys else 0
        whole, sparse = attend(state), attend(state.__class__(**{**state.__dict__, "mask": narrow}))
        out = sparse.copy()
        if plan.correct:
            first = np.arange(n) // GAMMA * GAMMA
            mean = (whole - sparse)[covered::GAMMA]
            for j in range(1, len(mean)):
                mean[j] = mean[j - 1] + plan.smoothing * (mean[j] - mean[j - 1])
            out[covered:] += mean[(first[covered:] - covered) // GAMMA]
            out[::GAMMA] = whole[::GAMMA]
        tail = n % GAMMA + (128 if plan.correct else 64)
        out[n - tail :] = whole[n - tail :]
        out[:covered] = whole[:covered]
        return out

    return hook


@pytest.mark.parametrize("variant", ["baseline", "mirror", "rescaled", "diff-v2"])
@pytest.mark.parametrize("name", ["window", "delta", "smoothed"])
def test_window_and_delta_follow_the_definition(tmp_path, name, variant):
    model, plan, dense = adapted(tmp_path, variant)
    how = SPARSE[name]
    ours = HookedModel(model.path, n_ctx=1024, n_batch=256)
    ours.use(HookPlan(**{**plan.__dict__, "prefill": how}))
    ours.hook.expect_prompt(len(TOKENS))
    found = ours.logits(TOKENS, *BATCHES)
    ours.close()
    expected = forward(model, TOKENS, attention=_read_sparsely(how, dense), n_ctx=1024)
    assert np.abs(found - expected).max() < 1e-2 * expected.std()


def _read_selected(plan: PrefillPlan) -> AttentionHook:
    """Each batch reads the blocks that :func:`kernels.selection.select_blocks` chooses."""
    blocks = BlockPlan(plan.mass, plan.sink_blocks, plan.local_blocks, dense_last=0)

    def hook(state: LayerState) -> Array:
        n, heads = state.q.shape[:2]
        mask = np.broadcast_to(state.mask, (heads, n, n)).copy()
        for begin, size in zip((0, 256, 512), BATCHES, strict=True):
            end = begin + min(size, n - n % GAMMA - GAMMA - begin)
            if end - begin < GAMMA:
                continue
            q = state.q[begin:end].swapaxes(0, 1)[None].astype(np.float32)
            k = state.k[:end].swapaxes(0, 1)[None].astype(np.float16)
            squares = select_blocks(q, k, state.scale, blocks, begin)[0] == Tile.EXACT
            exact = np.kron(squares, np.ones((1, GAMMA, GAMMA), bool))[:, : end - begin, :end]
            part = mask[:, begin:end, :end]
            part[~np.repeat(exact, heads // len(exact), axis=0)] = -np.inf
        return mix(attention_map(replace(state, mask=mask), state.q, state.k), state.v)

    return hook


def test_selection_follows_the_definition(tmp_path):
    model, plan, _ = adapted(tmp_path, "baseline")
    how = SPARSE["select"]
    ours = HookedModel(model.path, n_ctx=1024, n_batch=256)
    ours.use(replace(plan, prefill=how))
    ours.hook.expect_prompt(len(TOKENS))
    found = ours.logits(TOKENS, *BATCHES)
    ours.close()
    expected = forward(model, TOKENS, attention=_read_selected(how), n_ctx=1024)
    assert np.abs(found - expected).max() < 1e-2 * expected.std()


def test_the_running_mean_goes_on_in_the_next_batch(tmp_path):
    model, _, _ = adapted(tmp_path, "baseline")
    ours = HookedModel(model.path, n_ctx=1024, n_batch=256)
    ours.use(HookPlan("baseline", n_threads=2, prefill=SPARSE["smoothed"]))
    found = []
    for batches in (BATCHES, (256, 128, 128, 188), BATCHES):
        ours.hook.expect_prompt(len(TOKENS))
        found.append(ours.logits(TOKENS, *batches))
    ours.close()
    assert np.abs(found[1] - found[0]).max() < 1e-2 * found[0].std()
    assert np.array_equal(found[2], found[0])  # nothing of another prompt is left


def test_generated_tokens_are_dense(tmp_path):
    """After a sparse prompt, decoding reads every key: one token more equals a dense last row."""
    model, _, _ = adapted(tmp_path, "baseline")
    ours = HookedModel(model.path, n_ctx=1024, n_batch=256)
    ours.use(HookPlan("baseline", n_threads=2, prefill=SPARSE["delta"]))
    ours.hook.expect_prompt(699)
    found = ours.logits(TOKENS, 256, 256, 187, 1)
    how = SPARSE["delta"]
    sparse = _read_sparsely(how, None)

    def hook(state: LayerState) -> Array:
        out = sparse(state)
        dense = mix(attention_map(state, state.q, state.k), state.v)
        tail = 699 % GAMMA + 128 + 1
        out[-tail:] = dense[-tail:]
        return out

    expected = forward(model, TOKENS, attention=hook, n_ctx=1024)
    assert np.abs(found[-1] - expected[-1]).max() < 1e-2 * expected.std()
    ours.close()

"""The switch on a loaded model: honoured or refused, without a reload, and never half done."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hooked_model import HookedModel, plan_of
from reference_attention import adapter_hook
from reference_forward import LayerState, attention_map, forward, mix
from tiny_adapters import random_adapter
from tiny_models import TinyModel, write_tiny_model

from engine.adapters.file import load_adapter, save_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.library import AdapterLibrary
from engine.attention.plans import needs_adapter, prefill_plan
from engine.cancel import CancelToken
from engine.errors import (
    AdapterDamaged,
    AdapterMismatch,
    AdapterMissing,
    AttentionUnsupported,
    Cancelled,
    QuestionTooLong,
)
from engine.inference.chat_model import ChatModel
from engine.inference.events import Generated, Prefilled, Sampling
from engine.inference.llama import library
from engine.paths import DataPaths
from engine.records import AttentionChoice, ModelFile, Notice
from kernels.hook import HookError, HookPlan

PROMPT = [int(t) for t in np.random.default_rng(8).integers(3, 250, 150)]


class Workshop:
    """A folder with models and adapters, and the chat models opened from it."""

    def __init__(self, folder: Path) -> None:
        self.paths = DataPaths(folder / "data")
        self.library = AdapterLibrary(self.paths)
        self.paths.adapters.mkdir(parents=True)
        self._folder = folder
        self._opened: list[ChatModel] = []

    def model(self, **shape: object) -> TinyModel:
        name = "-".join(map(str, shape.values())) or "tiny"
        return write_tiny_model(self._folder / f"{name}.gguf", **shape)

    def open(self, model: TinyModel, **options: object) -> ChatModel:
        path = model.path
        file = ModelFile(path.stem, path, "chat", path.stat().st_size)
        chat = ChatModel(file, n_threads=1, n_batch=64, adapters=self.library, **options)
        self._opened.append(chat)
        return chat

    def adapt(self, model: TinyModel, variant: str, name: str = "", **options: object):
        fields, tensors = random_adapter(model.spec, variant, **options)  # type: ignore[arg-type]
        name = name or f"tiny-{variant}"
        base = {
            "name": name,
            "base_fingerprint": model_fingerprint(model.path),
            "base_name": model.path.stem,
            "training": {},
            "licence": "",
        }
        save_adapter(self.paths.adapters / f"{name}.safetensors", {**fields, **base}, tensors)
        return {**fields, **base}, tensors

    def close(self) -> None:
        for chat in self._opened:
            chat.close()


@pytest.fixture
def shop(tmp_path):
    opened = Workshop(tmp_path)
    yield opened
    opened.close()


def answer(chat: ChatModel, n: int = 12, **options: object) -> Generated:
    *_, last = chat.generate(PROMPT, Sampling(max_tokens=n), **options)  # type: ignore[arg-type]
    assert isinstance(last, Generated)
    return last


def test_modes_switch_without_reload_and_come_back_exactly(shop):
    model = shop.model()
    shop.adapt(model, "difflora", form="mirror", positive=("q", "k"))
    shop.adapt(model, "diff-v2")
    shop.adapt(model, "selective")
    chat = shop.open(model)
    stock = answer(chat).tokens
    assert chat.attention.kernel == "llama.cpp"
    answers = {}
    for mode in ("baseline", "difflora", "diff-v2", "selective", "contrast"):
        use = chat.use_attention(AttentionChoice(mode))
        assert (use.mode, use.kernel) == (mode, "cpu")
        answers[mode] = answer(chat).tokens
        assert chat.attention.adapter == (f"tiny-{mode}" if needs_adapter(mode) else "")
    assert len(set(answers.values())) == 5
    chat.use_attention(AttentionChoice(kernel="llama.cpp"))
    assert answer(chat).tokens == stock
    chat.use_attention(AttentionChoice("difflora"))
    again = answer(chat)
    assert again.n_reused == 0
    assert again.tokens == answers["difflora"]


def test_reusing_a_prefix_keeps_second_keys_in_step(shop):
    model = shop.model()
    shop.adapt(model, "difflora", form="mirror")
    chat, fresh = shop.open(model), shop.open(model)
    for opened in (chat, fresh):
        opened.use_attention(AttentionChoice("difflora"))
    other = [*PROMPT[:130], *reversed(PROMPT)]
    answer(chat)
    *_, reused = chat.generate(other, Sampling(max_tokens=8))
    *_, expected = fresh.generate(other, Sampling(max_tokens=8))
    assert (reused.n_reused, expected.n_reused) == (128, 0)
    assert reused.tokens == expected.tokens
    assert answer(chat, 8).tokens == answer(fresh, 8).tokens  # regenerate the first


def test_a_cancel_within_a_batch_leaves_the_graph_whole(shop):
    model = shop.model()
    shop.adapt(model, "difflora", form="mirror")
    chat, fresh = shop.open(model), shop.open(model)
    for opened in (chat, fresh):
        opened.use_attention(AttentionChoice("difflora"))
    for n_events in range(4):
        cancel = CancelToken()
        for n, _event in enumerate(chat.generate(PROMPT, Sampling(max_tokens=8), cancel)):
            if n == n_events:
                cancel.cancel()
        assert answer(chat, 8).tokens == answer(fresh, 8).tokens


def test_an_abort_between_announcement_and_stop_is_undone(shop):
    ours = HookedModel(shop.model().path)
    ours.use(HookPlan("baseline", n_threads=1))
    expected = ours.logits(PROMPT[:40])
    cancel = CancelToken()
    ours.context.stop_on(cancel)
    cancel.cancel()  # llama.cpp then stops before the first node it computes
    with pytest.raises(Cancelled):
        ours.logits(PROMPT[:40])
    ours.context.stop_on(CancelToken())
    assert np.array_equal(ours.logits(PROMPT[:40]), expected)
    ours.close()


def test_a_prompt_that_overflows_the_context_is_refused_and_the_next_one_answered(shop):
    chat = shop.open(shop.model(), n_ctx=256)
    chat.use_attention(AttentionChoice("contrast"))
    with pytest.raises(QuestionTooLong):
        list(chat.generate(PROMPT * 2))
    *_, last = chat.generate((PROMPT * 2)[:240], Sampling(max_tokens=60))
    assert isinstance(last, Generated)
    assert 0 < len(last.tokens) <= 16


@pytest.mark.parametrize("mode", ["difflora", "diff-v2", "selective", "lora"])
def test_a_mode_without_an_adapter_is_refused_and_what_ran_before_goes_on(shop, mode):
    chat = shop.open(shop.model())
    before = answer(chat).tokens
    with pytest.raises(AdapterMissing, match=r"tiny"):
        chat.use_attention(AttentionChoice(mode))
    assert chat.attention.mode == "baseline"
    assert answer(chat).tokens == before


def test_an_adapter_of_another_model_is_refused(shop):
    shop.adapt(shop.model(seed=2), "difflora", form="mirror")
    chat = shop.open(shop.model(seed=3))
    with pytest.raises(AdapterMismatch):
        chat.use_attention(AttentionChoice("difflora", adapter="tiny-difflora"))


def test_a_damaged_adapter_is_refused_and_what_ran_before_goes_on(shop):
    model = shop.model()
    shop.adapt(model, "difflora", form="mirror")
    chat = shop.open(model)
    before = answer(chat).tokens
    path = shop.paths.adapters / "tiny-difflora.safetensors"
    content = bytearray(path.read_bytes())
    content[-4:] = np.float32(np.nan).tobytes()
    path.write_bytes(content)
    with pytest.raises(AdapterDamaged):
        chat.use_attention(AttentionChoice("difflora"))
    assert answer(chat).tokens == before


def test_llama_cpp_itself_computes_only_what_it_knows(shop):
    chat = shop.open(shop.model())
    for choice in (
        AttentionChoice("contrast", kernel="llama.cpp"),
        AttentionChoice("baseline", "delta", kernel="llama.cpp"),
    ):
        with pytest.raises(AttentionUnsupported, match=r"llama\.cpp itself"):
            chat.use_attention(choice)


def test_another_architecture_is_refused_aloud_and_baseline_stays(shop, tiny_gguf):
    path = tiny_gguf(shop.paths.adapters.parent / "other.gguf", architecture="internlm2")
    file = ModelFile("other", path, "chat", path.stat().st_size)
    chat = ChatModel(file, n_threads=1, adapters=shop.library)
    for choice in (AttentionChoice("contrast"), AttentionChoice(kernel="cpu")):
        with pytest.raises(AttentionUnsupported, match="internlm2"):
            chat.use_attention(choice)
    use = chat.use_attention(AttentionChoice("baseline"))
    assert use.kernel == "llama.cpp"
    why = Notice("architecture-unsupported", {"architecture": "internlm2"})
    assert use.notes == (Notice.caused("own-attention", why),)
    assert answer(chat).tokens
    chat.close()


@pytest.mark.parametrize("kind", ["quantised cache", "no flash attention"])
def test_a_cache_that_cannot_be_read_is_refused(shop, kind):
    lib = library()
    ours = HookedModel(shop.model(head_dim=32, n_embd=128).path)
    parameters = lib.llama_context_default_params()
    parameters.n_ctx = 128
    if kind == "quantised cache":
        parameters.type_k = parameters.type_v = 8  # Q8_0
    else:
        parameters.flash_attn_type = 0
    parameters.cb_eval = lib.ggml_backend_sched_eval_callback(ours.hook.callback)
    parameters.cb_eval_user_data = ours.hook.address
    context = lib.llama_init_from_model(ours.model.pointer, parameters)
    assert context
    ours.hook.use(HookPlan("baseline", n_threads=1))
    tokens = (lib.llama_token * 8)(*PROMPT[:8])
    assert lib.llama_decode(context, lib.llama_batch_get_one(tokens, 8)) == 0
    match = "half precision" if kind == "quantised cache" else "flash attention"
    with pytest.raises(HookError, match=match):
        ours.hook.check()
    lib.llama_free(context)
    ours.close()


def test_two_sequences_keep_their_own_second_keys(shop):
    """Each sequence in its own stream of the cache; one batch holds tokens of both."""
    model = shop.model()
    fields, tensors = shop.adapt(model, "difflora", form="mirror")
    adapter = load_adapter(shop.paths.adapters / "tiny-difflora.safetensors")
    lib = library()
    for latent in (False, True):
        ours = HookedModel(model.path)
        parameters = lib.llama_context_default_params()
        parameters.n_ctx, parameters.n_seq_max, parameters.kv_unified = 256, 2, False
        parameters.cb_eval = lib.ggml_backend_sched_eval_callback(ours.hook.callback)
        parameters.cb_eval_user_data = ours.hook.address
        context = lib.llama_init_from_model(ours.model.pointer, parameters)
        ours.hook.use(plan_of(adapter, latent=latent))
        texts = (PROMPT[:20], PROMPT[50:70])
        batch = lib.llama_batch_init(40, 0, 1)
        batch.n_tokens = 40
        for s, text in enumerate(texts):
            for i, token in enumerate(text):
                at = s * 20 + i
                batch.token[at], batch.pos[at], batch.logits[at] = token, i, True
                batch.n_seq_id[at], batch.seq_id[at][0] = 1, s
        assert lib.llama_decode(context, batch) == 0
        ours.hook.check()
        for s, text in enumerate(texts):
            expected = forward(model, text, attention=adapter_hook(fields, tensors))
            rows = [lib.llama_get_logits_ith(context, s * 20 + i) for i in range(20)]
            n = ours.model.n_vocabulary
            found = np.stack([np.ctypeslib.as_array(row, (n,)).copy() for row in rows])
            assert np.abs(found - expected).max() < 1e-2 * expected.std()
        lib.llama_batch_free(batch)
        lib.llama_free(context)
        ours.close()


def _net_map(state: LayerState, fields, tensors) -> np.ndarray:
    """``P1 - lambda P2`` of mirror form, ``[H, T, T]``."""
    block, scale = f"blk.{state.index}", fields["alpha2"] / fields["rank2"]

    def added(part: str) -> np.ndarray:
        name = f"{block}.attn_{part}2"
        flat = scale * state.x @ tensors[f"{name}.lora_a"].T @ tensors[f"{name}.lora_b"].T
        return state.rotate(flat.reshape(len(flat), -1, state.q.shape[2]))

    first = attention_map(state, state.q, state.k)
    second = attention_map(state, state.q + added("q"), state.k + added("k"))
    return first - tensors[f"{block}.lambda"][:, None, None] * second


@pytest.mark.parametrize("mode", ["baseline", "difflora"])
def test_observation_is_the_mass_of_the_map(shop, mode):
    model = shop.model()
    fields, tensors = shop.adapt(model, "difflora", form="mirror")
    chat = shop.open(model)
    spans = [(0, 10), (10, 64), (64, 150), (0, 150)]
    assert chat.observe(PROMPT, 149, spans) is None  # llama.cpp's own: nothing to see
    chat.use_attention(AttentionChoice(mode))
    last = answer(chat, 6)
    tokens = [*PROMPT, *last.tokens]
    found = chat.observe(tokens, len(PROMPT), spans)
    maps: list[np.ndarray] = []
    difflora = adapter_hook(fields, tensors)

    def record(state: LayerState) -> np.ndarray:
        if mode == "baseline":
            weights = attention_map(state, state.q, state.k)
            maps.append(weights)
            return mix(weights, state.v)
        maps.append(_net_map(state, fields, tensors))
        return difflora(state)

    forward(model, tokens, attention=record, n_ctx=512)
    rows = slice(len(PROMPT) - 1, None)
    expected = [[w[:, rows, a:b].sum(axis=2).mean() for a, b in spans] for w in maps]
    assert found is not None
    np.testing.assert_allclose(found, expected, atol=3e-3)
    # The next answer is what it would have been without looking.
    assert answer(chat, 6).tokens == last.tokens


@pytest.mark.parametrize("prefill", ["delta", "robust-sparse"])
def test_short_prompts_are_read_densely_and_that_is_said(shop, prefill):
    chat = shop.open(shop.model())
    chat.use_attention(AttentionChoice())
    dense = answer(chat).tokens
    chat.use_attention(AttentionChoice(prefill=prefill))
    assert answer(chat).tokens == dense
    least = prefill_plan(prefill).min_tokens
    note = Notice("read-densely", {"n_tokens": 150, "prefill": prefill, "least": least})
    assert chat.attention.notes == (note,)
    answer(chat)
    assert chat.attention.notes == (note,)


def test_prefill_events_are_the_same_whatever_reads(shop):
    chat = shop.open(shop.model())
    chat.use_attention(AttentionChoice("contrast"))
    events = [e for e in chat.generate(PROMPT, Sampling(max_tokens=2)) if isinstance(e, Prefilled)]
    assert [e.n_done for e in events] == [0, 64, 128, 150]

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.cancel import CancelToken
from engine.errors import (
    Cancelled,
    ModelDamaged,
    ModelMissing,
    ModelTooLarge,
    ModelUnsupported,
    QuestionTooLong,
)
from engine.inference.chat_model import (
    ChatModel,
    Generated,
    Piece,
    Prefilled,
    Sampling,
    all_cores,
)
from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel
from engine.records import ModelFile


def file_of(path: Path) -> ModelFile:
    return ModelFile(path.stem, path, "chat", path.stat().st_size if path.exists() else 0)


@pytest.fixture
def model(tiny_model) -> Iterator[ChatModel]:
    opened = ChatModel(tiny_model, n_threads=1, n_batch=128)
    yield opened
    opened.close()


def run(model: ChatModel, tokens: list[int], **sampling: object) -> Generated:
    *_, last = model.generate(tokens, Sampling(**{"max_tokens": 24, **sampling}))  # type: ignore[arg-type]
    assert isinstance(last, Generated)
    return last


def words(model: ChatModel, n_tokens: int, start: str = "") -> list[int]:
    return model.tokenise(start + "lorem ipsum dolor sit amet " * 40)[:n_tokens]


def test_events_come_in_order_and_add_up(model):
    prompt = words(model, 300)
    events = list(model.generate(prompt, Sampling(max_tokens=12, temperature=1.0)))
    prefilled = [e for e in events if isinstance(e, Prefilled)]
    assert [e.n_done for e in prefilled] == [0, 128, 256, 300]
    assert {e.n_total for e in prefilled} == {300}
    last = events[-1]
    assert isinstance(last, Generated)
    assert last.text == "".join(e.text for e in events if isinstance(e, Piece)).strip()
    assert last.n_prompt == 300 and last.n_reused == 0
    assert last.first_token_s is not None and last.first_token_s >= last.prefill_s > 0
    assert last.prefill_tokens_per_second and last.decode_tokens_per_second
    assert len(last.tokens) <= 12


def test_the_same_seed_gives_the_same_text_and_another_seed_another(model):
    prompt = words(model, 40)
    one = run(model, prompt, temperature=1.5, seed=7)
    assert run(model, prompt, temperature=1.5, seed=7).tokens == one.tokens
    assert run(model, prompt, temperature=1.5, seed=8).tokens != one.tokens
    greedy = run(model, prompt)
    assert run(model, prompt, seed=99).tokens == greedy.tokens


def test_reusing_a_prefix_gives_exactly_the_tokens_of_a_fresh_start(model, tiny_model):
    one, other = words(model, 400), [*words(model, 290), *model.tokenise("another end")]
    run(model, one, temperature=1.5)
    reused = run(model, other, temperature=1.5, seed=3)
    assert reused.n_reused == 2 * 128
    fresh = ChatModel(tiny_model, n_threads=1, n_batch=128)
    try:
        expected = run(fresh, other, temperature=1.5, seed=3)
    finally:
        fresh.close()
    assert expected.n_reused == 0
    assert reused.tokens == expected.tokens
    # The very same prompt again: all whole batches but the last token's are kept.
    assert run(model, other, temperature=1.5, seed=3).tokens == expected.tokens


def test_reuse_is_exact_to_the_last_bit_of_the_logits(tiny_model):
    llama = LlamaModel(tiny_model.path, "tiny")
    context = LlamaContext(llama, ContextParameters(512, 64, 1))
    tokens = [i * 7 % 250 for i in range(160)]

    def read(start: int) -> np.ndarray:
        for at in range(start, len(tokens), 64):
            context.decode(tokens[at : at + 64], at)
        return context.logits()

    fresh = read(0)
    for position in range(160, 200):
        context.decode([5], position)
    assert context.forget_from(128)
    assert np.array_equal(read(128), fresh)
    context.close()
    llama.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits an address space")
def test_a_cache_that_does_not_fit_is_said_of_the_model(tiny_model):
    program = """
import resource, sys
from pathlib import Path
from engine.errors import ModelTooLarge
from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel

model = LlamaModel(Path(sys.argv[1]), "the tiny one")
in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (in_use + (8 << 20), resource.RLIM_INFINITY))
try:
    LlamaContext(model, ContextParameters(1 << 22, 64, 1))
except ModelTooLarge as error:
    print(error)
"""
    command = [sys.executable, "-c", program, str(tiny_model.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The model the tiny one needs about ")


def test_a_cancel_before_and_during_keeps_what_is_there(model):
    cancel = CancelToken()
    cancel.cancel()
    *_, last = model.generate(words(model, 200), Sampling(), cancel)
    assert isinstance(last, Generated)
    assert (last.reason, last.text, last.tokens) == ("cancelled", "", ())
    cancel, seen = CancelToken(), []
    for event in model.generate(words(model, 50), Sampling(max_tokens=200, temperature=1), cancel):
        seen.append(event)
        if sum(isinstance(e, Piece) for e in seen) == 3:
            cancel.cancel()
    assert isinstance(seen[-1], Generated)
    assert seen[-1].reason == "cancelled"
    assert len(seen[-1].tokens) < 12
    assert run(model, words(model, 50)).reason != "cancelled"


def test_a_cancel_interrupts_a_running_batch(tiny_gguf, tmp_path):
    """The flag is read inside llama.cpp: set before the call, it ends the call itself."""
    llama = LlamaModel(tiny_gguf(tmp_path / "m.gguf", n_ctx=1024), "m")
    context = LlamaContext(llama, ContextParameters(1024, 512, 1))
    cancel = CancelToken()
    context.stop_on(cancel)
    context.decode([1] * 100, 0)
    cancel.cancel()
    with pytest.raises(Cancelled):
        context.decode([1] * 500, 100)
    context.stop_on(CancelToken())
    context.decode([1] * 100, 100)  # the cache is as it was before the interrupted batch
    context.close()
    llama.close()


def test_an_abandoned_generator_leaves_the_model_usable(model):
    prompt = words(model, 100)
    expected = run(model, prompt, temperature=1.0).tokens
    events = model.generate(prompt, Sampling(max_tokens=50, temperature=1.0))
    next(events), next(events), next(events)
    events.close()
    assert run(model, prompt, temperature=1.0).tokens == expected


def test_a_prompt_longer_than_the_context_is_refused(model):
    with pytest.raises(QuestionTooLong) as caught:
        run(model, words(model, 600) * 2)
    assert caught.value.data["limit"] == model.n_ctx - 1


def test_the_answer_ends_where_the_context_does(model):
    last = run(model, words(model, model.n_ctx - 5), max_tokens=100, temperature=1.0)
    assert last.reason in ("length", "end", "loop")
    assert len(last.tokens) <= 5


def test_pieces_are_whole_characters(model):
    """Random bytes of a byte-level vocabulary: never half a character, at any seed."""
    prompt = model.tokenise("日本語の文章です。")
    for seed in range(6):
        events = list(model.generate(prompt, Sampling(max_tokens=60, temperature=2.0, seed=seed)))
        raw = b"".join(model._llama.piece(t) for t in events[-1].tokens)
        if events[-1].reason != "loop":
            text = "".join(e.text for e in events if isinstance(e, Piece))
            assert text == raw.decode("utf-8", "replace")


def test_stop_strings_end_the_text(model):
    prompt = words(model, 30)
    whole = run(model, prompt, temperature=1.0, max_tokens=40).text
    stop = whole[10:12]
    found = run(model, prompt, temperature=1.0, max_tokens=40, stop=(stop,))
    assert found.reason == "stop-string"
    assert found.text == whole[: whole.index(stop)].strip()


def test_control_tokens_in_messages_stay_text(model):
    rendered = model.apply_template([{"role": "user", "content": "a<|im_end|>b<|endoftext|>"}])
    tokens = model.prompt_tokens(rendered)
    control = model.prompt_tokens("<|im_end|><|endoftext|>")
    assert len(control) == 2
    assert tokens.count(control[0]) == 1 and tokens.count(control[1]) == 0
    assert len(model.tokenise("<|im_end|>")) == 10


def test_a_missing_a_cut_and_an_unknown_model_say_what_they_are(tiny_gguf, tmp_path):
    with pytest.raises(ModelMissing):
        ChatModel(file_of(tmp_path / "none.gguf"))
    whole = tiny_gguf(tmp_path / "a.gguf")
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(whole.read_bytes()[:-5000])
    with pytest.raises(ModelDamaged, match="not copied completely"):
        ChatModel(file_of(cut))
    (tmp_path / "x.gguf").write_bytes(b"not a model at all, but long enough")
    with pytest.raises(ModelDamaged, match="does not begin"):
        ChatModel(file_of(tmp_path / "x.gguf"))
    unknown = tiny_gguf(tmp_path / "u.gguf", architecture="nonesuch")
    with pytest.raises(ModelUnsupported, match="architecture"):
        ChatModel(file_of(unknown))
    # Right header, wrong tensors: llama.cpp itself has to find out.
    wrong = tiny_gguf(tmp_path / "w.gguf", architecture="gemma3")
    with pytest.raises((ModelDamaged, ModelUnsupported)):
        ChatModel(file_of(wrong))


def test_too_little_memory_is_said_before_loading(tiny_model, monkeypatch):
    class Memory:
        available = 10 << 20

    monkeypatch.setattr(psutil, "virtual_memory", lambda: Memory)
    with pytest.raises(ModelTooLarge) as caught:
        ChatModel(tiny_model)
    assert caught.value.data["free_mib"] == 10


def test_opening_and_closing_again_and_again_gives_the_memory_back(tiny_gguf, tmp_path):
    path = tiny_gguf(tmp_path / "m.gguf", n_ctx=4096, n_embd=256)
    process = psutil.Process()

    def cycle() -> int:
        model = ChatModel(file_of(path), n_threads=1)
        run(model, words(model, 150), max_tokens=2)
        model.close()
        model.close()
        gc.collect()
        return int(process.memory_info().rss)

    for _ in range(3):
        cycle()
    before = cycle()
    for _ in range(15):
        after = cycle()
    assert after - before < 12 << 20  # one leaked context would be 30 MiB in all


def test_the_context_is_the_trained_one_or_what_was_asked(tiny_model):
    for asked, expected in ((None, 512), (256, 256), (100_000, 512)):
        model = ChatModel(tiny_model, n_threads=1, n_ctx=asked)
        assert model.n_ctx == expected
        model.close()


def test_llama_cpp_is_silent(tiny_model, capfd):
    ChatModel(tiny_model, n_threads=1).close()
    time.sleep(0.01)
    assert capfd.readouterr() == ("", "")
    assert all_cores() >= 1


def test_the_beginning_of_a_prompt_can_be_read_before_the_rest_is_known(model, tiny_model):
    prompt, cuts = words(model, 300), (70, 150, 280)
    events = list(model.read(prompt, 200, cuts=cuts))
    assert [event.n_done for event in events] == [0, 70, 150]  # whole batches only
    assert {event.n_total for event in events} == {150}
    assert list(model.read(prompt, 200, cuts=cuts)) == []  # it is all there
    assert model.n_kept(prompt, cuts) == 150 and model.n_kept(prompt) == 0
    *_, last = model.generate(prompt, Sampling(max_tokens=8), cuts=cuts)
    assert last.n_reused == 150
    fresh = ChatModel(tiny_model, n_threads=1, n_batch=128)
    *_, expected = fresh.generate(prompt, Sampling(max_tokens=8), cuts=cuts)
    fresh.close()
    assert last.tokens == expected.tokens
    assert list(model.read(words(model, 300, "x"), 30, cuts=cuts)) == []  # no whole batch
    assert model.n_kept(prompt, cuts) == 150 + 128  # what follows has two tokens, too few


def test_reading_that_is_stopped_keeps_whole_batches(model):
    prompt, cuts, cancel = words(model, 300), (70, 150, 280), CancelToken()
    for event in model.read(prompt, 300, cancel, cuts=cuts):
        if event.n_done == 70:
            cancel.cancel()
    assert event.n_done == 70 and model.n_kept(prompt, cuts) == 70

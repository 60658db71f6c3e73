"""A question to the model between its prompt and its first token."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from engine.inference.chat_model import ChatModel, Generated, Prefilled, Probe, Probed, Sampling

TEXT = "lorem ipsum dolor sit amet " * 12


@pytest.fixture
def model(tiny_model) -> Iterator[ChatModel]:
    opened = ChatModel(tiny_model, n_threads=1, n_batch=128)
    yield opened
    opened.close()


def rendered(model: ChatModel, last: str = "") -> str:
    return model.apply_template([{"role": "user", "content": TEXT + "How many?" + last}])


def asked(model: ChatModel) -> tuple[list[int], Probe]:
    prompt = model.prompt_tokens(rendered(model))
    probe = model.probe(prompt, rendered(model, " Does it say so? Yes or No."))
    assert probe is not None
    return prompt, probe


def test_only_what_differs_is_read_for_it(model: ChatModel) -> None:
    prompt, probe = asked(model)
    whole = model.prompt_tokens(rendered(model, " Does it say so? Yes or No."))
    assert [*prompt[: probe.n_kept], *probe.tokens] == whole
    assert 0 < len(prompt) - probe.n_kept < 40
    assert not set(probe.yes) & set(probe.no)


def test_it_comes_before_the_first_token_and_changes_none(model: ChatModel) -> None:
    prompt, probe = asked(model)
    events = list(model.generate(prompt, Sampling(max_tokens=8), probe=probe))
    kinds = [type(event) for event in events if isinstance(event, Prefilled | Probed | Generated)]
    assert kinds[-2:] == [Probed, Generated] and set(kinds[:-2]) == {Prefilled}
    model.start_afresh()
    *_, plain = model.generate(prompt, Sampling(max_tokens=8))
    assert events[-1].tokens == plain.tokens


def test_it_says_what_the_model_itself_would_say(model: ChatModel) -> None:
    prompt, probe = asked(model)
    probed = next(e for e in model.generate(prompt, probe=probe) if isinstance(e, Probed))
    assert 0 < probed.likeliest <= 1 and 0 <= probed.entropy < 20
    assert math.isfinite(probed.margin)
    model.start_afresh()
    again = next(e for e in model.generate(prompt, probe=probe) if isinstance(e, Probed))
    assert again == probed


def test_what_was_read_for_it_is_not_taken_for_the_prompt(model: ChatModel) -> None:
    prompt, probe = asked(model)
    for event in model.generate(prompt, probe=probe):
        if isinstance(event, Probed):
            break
    *_, after = model.generate(prompt, Sampling(max_tokens=8))
    model.start_afresh()
    *_, fresh = model.generate(prompt, Sampling(max_tokens=8))
    assert after.tokens == fresh.tokens


def test_nothing_is_asked_where_nothing_differs(model: ChatModel) -> None:
    prompt = model.prompt_tokens(rendered(model))
    assert model.probe(prompt, rendered(model)) is None

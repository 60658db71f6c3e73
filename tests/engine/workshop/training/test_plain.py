"""Rows that keep the model as it is: its own replies, word for word."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.inference.chat_model import ChatModel
from engine.workshop.evaluation.answers.samples import PROMPTS
from engine.workshop.training.plain import CHAT, MAX_REPLY_TOKENS, TASKS, plain_examples

END = 258


def test_replies_are_what_the_untuned_model_says(model: ChatModel) -> None:
    passages = ["Lunch is served at noon in the hall.", "The gate closes at six."]
    examples = list(
        islice(plain_examples(model, END, passages, random.Random(3), CancelToken()), 8)
    )
    for example in examples:
        given = example.answer[:-1] if example.answer[-1] == END else example.answer
        assert 0 < len(example.answer) <= MAX_REPLY_TOKENS + 1
        again = model.predict(list(example.prompt), list(example.answer))
        # A penalty for repeating shapes replies, but the first token knows none.
        assert not given or again[0] == given[0]
    texts = ["".join(model.piece(t).decode("utf-8", "replace") for t in e.prompt) for e in examples]
    assert any(task in text for text in texts for task in TASKS)
    assert any(chat in text for text in texts for chat in CHAT)


def test_what_is_read_by_eye_is_not_trained_on() -> None:
    assert not {*CHAT, *TASKS} & {prompt.split("\n")[0] for prompt in PROMPTS}


def test_a_stop_is_heeded(model: ChatModel) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(plain_examples(model, END, [], random.Random(0), cancel))

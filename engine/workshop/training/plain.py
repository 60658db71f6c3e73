"""What an adapter must leave as it is: the base model's own replies to ordinary requests.

Trained on short answers alone, a model answers everything shortly: asked for a summary, it
says that nothing was found. So some rows hold the untuned model's own greedy replies to
requests that are no questions about facts (self-distillation).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from engine.cancel import CancelToken
from engine.inference.chat_model import ChatModel, Sampling
from engine.workshop.training.batch import Example

CHAT = (
    "Hi, how are you today?",
    "What is your name?",
    "Thank you, that was helpful.",
    "Tell me a short story about a lighthouse.",
    "Write a polite e-mail that moves a meeting to Thursday.",
    "Give me four tips for a good presentation.",
    "What should I think of when I plan a journey?",
    "Write three sentences about the forest in autumn.",
    "Explain what a budget is to a child.",
    "List five words that go well with coffee.",
    "How do I write a good title for a report?",
    "Suggest two names for a small bakery.",
    "Write a friendly reminder to clean the kitchen.",
    "What are the advantages of working from home?",
    "Describe a rainy morning in a big city.",
    "Help me to begin a letter to a supplier.",
)
"""Requests without any document."""

TASKS = (
    "Summarise this text in two sentences.",
    "Give a short summary of the following.",
    "What is this text about?",
    "Rewrite this text in simple words.",
    "List the main points of this text.",
    "Explain this to somebody who is new here.",
)
"""Requests about one passage."""

MAX_REPLY_TOKENS = 120
MAX_PASSAGE_CHARACTERS = 900


def plain_examples(
    model: ChatModel, end: int, passages: Sequence[str], rng: random.Random, cancel: CancelToken
) -> Iterator[Example]:
    """Yield requests with the model's own replies, for ever; every third is plain chat.

    Args:
        model: Untuned.
        end: Token that ends the assistant's turn.
        passages: To ask for summaries of; none of them set aside.
        rng: Decides what is asked.
        cancel: Stops in the middle of a reply.

    Raises:
        Cancelled: It was stopped.
    """
    chat: list[str] = []
    while True:
        if rng.random() < 1 / 3 or not passages:
            chat = chat or rng.sample(CHAT, len(CHAT))
            asked = chat.pop()
        else:
            asked = f"{rng.choice(TASKS)}\n\n{rng.choice(passages)[:MAX_PASSAGE_CHARACTERS]}"
        rendered = model.apply_template([{"role": "user", "content": asked}])
        prompt = model.prompt_tokens(rendered)
        if len(prompt) + MAX_REPLY_TOKENS < model.n_ctx:
            yield Example(tuple(prompt), _reply(model, prompt, end, cancel))


def _reply(
    model: ChatModel, prompt: Sequence[int], end: int, cancel: CancelToken
) -> tuple[int, ...]:
    sampling = Sampling(max_tokens=MAX_REPLY_TOKENS)
    replied = model.reply(prompt, sampling, cancel)
    said = tuple(token for token in replied.tokens if token != end)
    return (*said, end) if replied.reason == "end" else said or (end,)

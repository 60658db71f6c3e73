"""A few fixed prompts whose replies are read by eye: does an adapter keep the model usable?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.inference.chat_model import ChatModel
from engine.workshop.evaluation.answers.asking import generated

MAX_TOKENS = 120

_NOTICE = (
    "The canteen on the second floor closes from 3 to 14 August because its kitchen gets new "
    "ovens. During these days lunch is served in the large meeting room between 11:30 and 13:00. "
    "Hot meals come from a caterer and have to be ordered by nine o'clock in the intranet. Coffee "
    "machines on the first and third floor stay in service. From 17 August on the canteen opens "
    "at 7:30, half an hour earlier than before, and offers breakfast."
)

PROMPTS = (
    "Hello! Who are you and what can you do?",
    "Write two sentences about the sea.",
    "Give me three ideas for a team outing.",
    f"Summarise this notice in two sentences.\n\n{_NOTICE}",
    f"Explain to a visitor where lunch is served now, and why.\n\n{_NOTICE}",
)


def sample_replies(model: ChatModel) -> Iterator[tuple[str, str]]:
    """Yield ``(asked, replied)`` with the attention that the model runs now."""
    for asked in PROMPTS:
        rendered = model.apply_template([{"role": "user", "content": asked}])
        result = generated(model, model.prompt_tokens(rendered), MAX_TOKENS, stop=())
        yield asked, result.text

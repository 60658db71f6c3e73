"""What a chat model thinks of evidence, asked as the program asks it."""

from __future__ import annotations

from dataclasses import asdict, replace

from engine.answering.budget import LEAST_TOKENS
from engine.answering.generate import is_small
from engine.answering.prompt import build_prompt
from engine.inference.chat_model import ChatModel, Probed
from engine.settings import Settings
from engine.text import language_of
from engine.workshop.refusal.cases import RefusalCase


def with_signals(case: RefusalCase, model: ChatModel) -> RefusalCase:
    """Return a case with a model's signals; unchanged if the model cannot be asked."""
    prompt = build_prompt(
        model,
        case.question,
        case.passages,
        case.extracts,
        language=language_of(case.question),
        budget_tokens=LEAST_TOKENS,
        max_answer_tokens=Settings().max_answer_tokens,
        full=not is_small(model),
        asks_model=True,
    )
    probe = model.probe(prompt.tokens, prompt.question)
    for event in model.generate(prompt.tokens, cuts=prompt.cuts, probe=probe):
        if isinstance(event, Probed):
            return replace(case, signals={**case.signals, model.model.name: asdict(event)})
    return case

"""A chat model asked for one piece of a longer answer."""

from __future__ import annotations

from collections.abc import Generator

from engine.answering.generate import STOP_STRINGS, Generation
from engine.cancel import CancelToken
from engine.events import PromptPrefilled, TokensGenerated
from engine.inference.chat_model import ChatModel, Generated, Piece, Prefilled, Sampling


def ask_model(
    model: ChatModel,
    system: str,
    request: str,
    *,
    max_tokens: int,
    seed: int,
    cancel: CancelToken,
    stop: tuple[str, ...] = STOP_STRINGS,
) -> Generator[PromptPrefilled | TokensGenerated, None, Generated | None]:
    """Ask for a text, greedily.

    Yields:
        Progress of the prompt, then the text.

    Returns:
        What was generated (the generator's value); None if nothing was.

    Raises:
        QuestionTooLong: The request does not fit.
        NoChatTemplate: The model cannot be asked.
    """
    messages = [{"role": "system", "content": system}, {"role": "user", "content": request}]
    tokens = model.prompt_tokens(model.apply_template(messages))
    sampling = Sampling(max_tokens=max_tokens, temperature=0.0, seed=seed, stop=stop)
    result: Generated | None = None
    for event in model.generate(tokens, sampling, cancel):
        if isinstance(event, Prefilled):
            yield PromptPrefilled(event.n_done, event.n_total)
        elif isinstance(event, Piece):
            yield TokensGenerated(event.text)
        else:
            result = event
    return result


def generation_of(model: ChatModel, result: Generated | None) -> Generation:
    """Return what a model made, for an answer to say which one it was."""
    return Generation(model=model.model.name, attention=model.attention, result=result)

"""One prompt, read and continued: the loop behind ``ChatModel.generate``."""

from __future__ import annotations

import codecs
import time
from collections.abc import Generator, Iterator

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.inference.attention_switch import AttentionRuntime
from engine.inference.events import (
    FinishReason,
    Generated,
    GenerateEvent,
    Piece,
    Prefilled,
    Sampling,
)
from engine.inference.llama import LlamaContext, LlamaModel
from engine.inference.reading import Reading
from engine.inference.sampler import SamplerParameters, open_sampler
from engine.inference.stopping import LoopGuard, StopStrings


class Run:
    """One call of ``ChatModel.generate``.

    Args:
        model: Vocabulary.
        context: Its cache holds what is reused.
        attention: Told where the prompt begins and ends.
        sampling: How tokens are chosen.
        cancel: Stops within a fraction of a batch.

    Attributes:
        cached: What the cache holds of the prompt, in whole batches from 0.
    """

    def __init__(
        self,
        model: LlamaModel,
        context: LlamaContext,
        attention: AttentionRuntime,
        sampling: Sampling,
        cancel: CancelToken,
    ) -> None:
        self._attention = attention
        self._model = model
        self._context = context
        self._sampling = sampling
        self._cancel = cancel
        self._sampler = open_sampler(
            model,
            SamplerParameters(
                temperature=sampling.temperature,
                top_p=sampling.top_p,
                min_p=sampling.min_p,
                repeat_penalty=sampling.repeat_penalty,
                seed=sampling.seed,
            ),
        )
        self.cached = Reading()
        self._tokens: list[int] = []
        self._text = ""
        self._keep: int | None = None
        self._first: float | None = None
        self._last = 0.0
        context.stop_on(cancel)

    def close(self) -> None:
        """Free the sampler; ``cancel`` has no effect any more."""
        self._sampler.close()
        self._context.stop_on(CancelToken())

    def generate(self, prompt: Reading, n_reused: int) -> Iterator[GenerateEvent]:
        """Yield ``Prefilled`` per batch, ``Piece`` per text, at last ``Generated``."""
        started = time.perf_counter()
        reason: FinishReason = "cancelled"
        prefill_s = 0.0
        try:
            yield from self._prefill(prompt, n_reused)
            prefill_s = time.perf_counter() - started
            reason = yield from self._decode(len(prompt.tokens))
        except Cancelled:
            prefill_s = prefill_s or time.perf_counter() - started
        text = self._text if self._keep is None else self._text[: self._keep]
        yield Generated(
            text=text.strip(),
            tokens=tuple(self._tokens),
            reason=reason,
            n_prompt=len(prompt.tokens),
            n_reused=n_reused,
            prefill_s=prefill_s,
            first_token_s=None if self._first is None else self._first - started,
            decode_s=0.0 if self._first is None else self._last - self._first,
        )

    def read(self, prompt: Reading, n_reused: int) -> Iterator[Prefilled]:
        """Yield ``Prefilled`` per batch and generate nothing; a cancel ends it in silence."""
        try:
            yield from self._prefill(prompt, n_reused)
        except Cancelled:
            return

    def _prefill(self, prompt: Reading, n_reused: int) -> Iterator[Prefilled]:
        n_total = len(prompt.tokens)
        self.cached = prompt.until(n_reused)
        yield Prefilled(n_reused, n_total)
        self._attention.begin_prompt(n_total)
        start = n_reused
        for end in prompt.ends:
            if end <= start:
                continue
            self._cancel.raise_if_cancelled()
            self._context.decode(prompt.tokens[start:end], start)
            self.cached = prompt.until(end)
            yield Prefilled(end, n_total)
            start = end
        self._attention.end_prompt(n_total)

    def _decode(self, position: int) -> Generator[Piece, None, FinishReason]:
        """Generate and yield text; return what ended it (the generator's value)."""
        utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        stops, loop = StopStrings(self._sampling.stop), LoopGuard()
        limit = min(self._sampling.max_tokens, self._context.n_ctx - position)
        reason: FinishReason = "length"
        for n in range(limit):
            self._cancel.raise_if_cancelled()
            token = self._sampler.sample(self._context)
            self._tokens.append(token)
            self._last = time.perf_counter()
            self._first = self._first or self._last
            if self._model.ends_generation(token):
                reason = "end"
                break
            text = stops.feed(utf8.decode(self._model.piece(token)))
            loop.feed(token, text)
            if text:
                self._text += text
                yield Piece(text)
            if stops.stopped or loop.looping:
                reason = "loop" if loop.looping else "stop-string"
                self._keep = loop.keep if loop.looping else None
                break
            if n + 1 < limit:
                self._context.decode([token], position + n)
        if reason in ("end", "length"):
            rest = stops.feed(utf8.decode(b"", True)) + stops.flush()
            if rest:
                self._text += rest
                yield Piece(rest)
        return reason

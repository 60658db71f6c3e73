"""One chat model in memory: template, prompt prefill with reuse, streamed generation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.adapters.fingerprint import fingerprint_or_none
from engine.cancel import CancelToken
from engine.errors import NoChatTemplate, QuestionTooLong
from engine.inference.attention_switch import AdapterSource, AttentionRuntime, ModelFacts
from engine.inference.cores import Threads, all_cores, choose_threads
from engine.inference.decoding import Run
from engine.inference.events import (
    FinishReason,
    Generated,
    GenerateEvent,
    Piece,
    Prefilled,
    Sampling,
)
from engine.inference.llama import ContextParameters, LlamaContext, LlamaModel, device
from engine.inference.loadable import check_memory, header_of
from engine.inference.reading import Reading, divide
from engine.inference.template import render
from engine.records import AttentionChoice, AttentionUse, ModelFile
from kernels.hook import AttentionHook

__all__ = [
    "ChatModel",
    "FinishReason",
    "GenerateEvent",
    "Generated",
    "Piece",
    "Prefilled",
    "Sampling",
    "all_cores",
]

DEFAULT_N_CTX = 4096
"""Room for the default prompt and answer several times over; longer costs memory."""

N_BATCH = 512
"""Prompt tokens per step, at most: steps end where the parts of a prompt do. A stop interrupts a
step. Progress is reported per step, and reuse of a prefix is cut to it."""

SECOND_KEYS_MIB = 512
"""Kept second keys take half of the key and value cache again; reading them beats rebuilding."""


class ChatModel:
    """A loaded chat model. One caller at a time; not thread-safe.

    Args:
        model: The file.
        n_threads: Threads, for prompt and answer alike; 0 uses ``measured``.
        measured: The fastest numbers of threads here; None: a thread for each fast core.
        n_ctx: Context in tokens; None takes what the model was trained for, at most
            :data:`DEFAULT_N_CTX`.
        n_batch: Prompt tokens per step.
        adapters: Where weights of attention modes come from; None has none.
        second_keys_mib: Memory that the second keys of DiffLoRA may take; beyond it they are
            rebuilt from a latent, which is slower.

    Raises:
        ModelMissing: The file is gone.
        ModelDamaged: It is cut short or not a model.
        ModelUnsupported: llama.cpp does not know the architecture.
        ModelTooLarge: It does not fit into the free memory.
    """

    def __init__(
        self,
        model: ModelFile,
        *,
        n_threads: int = 0,
        measured: Threads | None = None,
        n_ctx: int | None = None,
        n_batch: int = N_BATCH,
        adapters: AdapterSource | None = None,
        second_keys_mib: int = SECOND_KEYS_MIB,
    ) -> None:
        self.model = model
        header = header_of(model)
        trained = header.context_length or DEFAULT_N_CTX
        wanted = min(n_ctx or DEFAULT_N_CTX, trained)
        check_memory(model, model.n_bytes)
        threads = choose_threads(n_threads, measured)
        self._llama = LlamaModel(model.path, model.name)
        n_kv_bytes = wanted * self._llama.n_kv_bytes_per_token
        try:
            check_memory(model, n_kv_bytes)
            hook = AttentionHook(self._llama.n_layers)
            self._context = LlamaContext(
                self._llama,
                ContextParameters(
                    n_ctx=wanted,
                    n_batch=min(n_batch, wanted),
                    n_threads=threads.decode,
                    hook=hook,
                    n_threads_batch=threads.batch,
                ),
            )
        except BaseException:
            self._llama.close()
            raise
        self._attention = AttentionRuntime(
            ModelFacts(
                name=model.name,
                architecture=header.architecture,
                n_layers=self._llama.n_layers,
                n_heads=self._llama.n_heads,
                n_kv_bytes=n_kv_bytes,
                fingerprint="" if adapters is None else fingerprint_or_none(model.path),
            ),
            hook,
            self._llama,
            self._context,
            adapters,
            n_threads=threads.batch,
            second_keys_mib=second_keys_mib,
        )
        self._cached = Reading()
        self._control_texts: tuple[str, ...] | None = None

    @property
    def n_ctx(self) -> int:
        """Tokens of prompt and answer that fit."""
        return self._context.n_ctx

    @property
    def n_parameters(self) -> int:
        """Weights of the model."""
        return self._llama.n_parameters

    @property
    def has_chat_template(self) -> bool:
        """Whether the model can be asked questions."""
        return self._llama.chat_template is not None

    @property
    def device(self) -> str:
        """What computes: ``CPU (...)``, or ``GPU`` if llama.cpp was built for one."""
        return device()

    def close(self) -> None:
        """Free the memory. Safe to call twice."""
        self._context.close()
        self._attention.close()
        self._llama.close()

    # --- attention -------------------------------------------------------------------

    @property
    def attention(self) -> AttentionUse:
        """What runs, or after :meth:`generate` what ran, and what switched itself off."""
        return self._attention.use

    def use_attention(self, choice: AttentionChoice) -> AttentionUse:
        """Attend in another way from the next :meth:`generate` on; nothing is reloaded.

        Raises:
            AdapterMissing, AdapterMismatch, AdapterDamaged: The mode's weights.
            AttentionUnsupported: This model, kernel and mode do not go together.
        """
        if self._attention.switch(choice):
            self.start_afresh()
        return self.attention

    def start_afresh(self) -> None:
        """Empty the cache: the next prompt is read from its first token, as any first one is."""
        self._context.forget()
        self._cached = Reading()

    def observe(
        self, tokens: Sequence[int], n_prompt: int, spans: Sequence[tuple[int, int]]
    ) -> NDArray[np.float32] | None:
        """Measure where an answer looked: reads it once more, after :meth:`generate`.

        Args:
            tokens: The prompt and the answer that were just computed.
            n_prompt: Tokens of the prompt.
            spans: Half-open token ranges of the prompt, at most 256.

        Returns:
            ``[n_layers, n_spans]``, attention on each span, mean over query heads and the
            tokens from the last one of the prompt on; net of the subtracted map, so it may
            be negative. None if llama.cpp itself computes attention.
        """
        start = n_prompt - 1
        if not self._attention.replaced or not spans or len(self._cached.tokens) < start:
            return None
        self._cached = self._cached.until(start)
        if not self._context.forget_from(start):
            return None
        hook, n_batch = self._attention.hook, self._context.parameters.n_batch
        hook.observe(spans)
        try:
            for position in range(start, len(tokens), n_batch):
                self._context.decode(tokens[position : position + n_batch], position)
        finally:
            mass = hook.end_observation()
        return mass

    # --- text and tokens -------------------------------------------------------------

    def tokenise(self, text: str) -> list[int]:
        """Return the tokens of plain text; control tokens in it are read as letters."""
        return self._llama.tokenise(text, special=False)

    def apply_template(self, messages: Sequence[Mapping[str, str]]) -> str:
        """Render messages (``role``, ``content``) with the model's own chat template.

        Spellings of control tokens inside a message are broken up, so that no document
        can end its turn or speak as the system.

        Raises:
            NoChatTemplate: The model has none.
            ModelUnsupported: Its template cannot be rendered.
        """
        template = self._llama.chat_template
        if template is None:
            raise NoChatTemplate(name=self.model.name)
        safe = [
            {"role": item["role"], "content": self.defuse(item["content"])} for item in messages
        ]
        bos = self._llama.bos
        bos_text = "" if bos is None else self._llama.token_text(bos)
        return render(template, safe, bos=bos_text, name=self.model.name)

    def defuse(self, text: str) -> str:
        """Break up the spelling of every control token: ``<|im_end|>`` -> ``< |im_end|>``."""
        if self._control_texts is None:
            self._control_texts = self._llama.control_texts()
        for control in self._control_texts:
            if control in text:
                text = text.replace(control, f"{control[0]} {control[1:]}")
        return text

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token; a control token as it is spelt in a prompt."""
        return self._llama.piece(token) or self._llama.token_text(token).encode()

    def prompt_tokens(self, rendered: str) -> list[int]:
        """Return the tokens of a rendered template, control tokens read as such."""
        tokens = self._llama.tokenise(rendered, special=True)
        bos = self._llama.bos
        return tokens if bos is None or tokens[:1] == [bos] else [bos, *tokens]

    # --- generation ------------------------------------------------------------------

    def generate(
        self,
        prompt_tokens: Sequence[int],
        sampling: Sampling | None = None,
        cancel: CancelToken | None = None,
        *,
        cuts: Sequence[int] = (),
    ) -> Iterator[GenerateEvent]:
        """Continue a prompt.

        The cache of the last prompt is reused up to the last whole batch that both have
        in common: the numbers are then bit for bit those of a fresh start with these cuts.

        Args:
            prompt_tokens: From :meth:`prompt_tokens`.
            sampling: How; greedy if None.
            cancel: Stops within a fraction of a batch.
            cuts: Where parts of the prompt begin that may stand in other prompts, too:
                batches end there. Sparse readings have batches of their own.

        Yields:
            ``Prefilled`` per batch, ``Piece`` per completed text, at last ``Generated``,
            also after a cancel.

        Raises:
            QuestionTooLong: The prompt leaves no room for an answer.
        """
        sampling, cancel = sampling or Sampling(), cancel or CancelToken()
        if len(prompt_tokens) >= self.n_ctx:
            raise QuestionTooLong(n_tokens=len(prompt_tokens), limit=self.n_ctx - 1)
        prompt = self._divided(prompt_tokens, cuts)
        run = Run(self._llama, self._context, self._attention, sampling, cancel)
        try:
            yield from run.generate(prompt, self._reuse(prompt))
        finally:
            run.close()
            self._cached = run.cached

    def read(
        self,
        prompt_tokens: Sequence[int],
        n_tokens: int,
        cancel: CancelToken | None = None,
        *,
        cuts: Sequence[int] = (),
    ) -> Iterator[Prefilled]:
        """Read the beginning of a prompt, so that :meth:`generate` need not.

        Args:
            prompt_tokens: Of a whole prompt.
            n_tokens: How much of it may be read; whole batches are.
            cancel: Stops within a fraction of a batch, in silence.
            cuts: As for :meth:`generate`.

        Yields:
            ``Prefilled`` per batch; nothing if all of it is read already.
        """
        whole = self._divided(prompt_tokens, cuts)
        wanted = whole.until(n_tokens)
        end = wanted.ends[-1] if wanted.ends else 0
        if self._attention.sparse or self.n_kept(prompt_tokens, cuts) >= end:
            return
        run = Run(self._llama, self._context, self._attention, Sampling(), cancel or CancelToken())
        try:
            yield from run.read(whole.until(end), self._reuse(whole))
        finally:
            run.close()
            self._cached = run.cached

    def n_kept(self, prompt_tokens: Sequence[int], cuts: Sequence[int] = ()) -> int:
        """Return how many tokens of a prompt need not be read any more."""
        if self._attention.sparse:
            return 0
        return self._divided(prompt_tokens, cuts).shared_with(self._cached)

    def reply(
        self,
        prompt_tokens: Sequence[int],
        sampling: Sampling | None = None,
        cancel: CancelToken | None = None,
    ) -> Generated:
        """Return how :meth:`generate` ends, for a caller that shows nothing in between.

        Raises:
            QuestionTooLong: The prompt leaves no room for an answer.
            Cancelled: It was stopped.
        """
        cancel = cancel or CancelToken()
        *_, last = self.generate(prompt_tokens, sampling, cancel)
        cancel.raise_if_cancelled()
        if not isinstance(last, Generated):
            raise RuntimeError("generating ended without its last event")
        return last

    def predict(self, prompt_tokens: Sequence[int], continuation: Sequence[int]) -> list[int]:
        """Return the most likely token in each place of a continuation, given what is before.

        Args:
            prompt_tokens: From :meth:`prompt_tokens`; read as :meth:`generate` reads it.
            continuation: Tokens behind it, at least one; attended to densely, as answers are.

        Raises:
            QuestionTooLong: Both together do not fit.
        """
        n_prompt = len(prompt_tokens)
        if n_prompt + len(continuation) > self.n_ctx:
            limit = self.n_ctx - len(continuation)
            raise QuestionTooLong(n_tokens=n_prompt, limit=limit)
        first = Sampling(max_tokens=1, repeat_penalty=1.0)
        predicted = list(self.reply(prompt_tokens, first).tokens)
        n_batch = self._context.parameters.n_batch
        given = continuation[:-1]
        for start in range(0, len(given), n_batch):
            part = given[start : start + n_batch]
            self._context.decode(part, n_prompt + start, all_logits=True)
            predicted += [int(self._context.logits(i).argmax()) for i in range(len(part))]
        return predicted

    def _divided(self, prompt_tokens: Sequence[int], cuts: Sequence[int]) -> Reading:
        n_batch = self._context.parameters.n_batch
        return divide(prompt_tokens, () if self._attention.sparse else cuts, n_batch)

    def _reuse(self, prompt: Reading) -> int:
        """Drop the cache where it differs from ``prompt``; return how many tokens stay."""
        if self._attention.sparse:  # what is dense depends on the length of the whole prompt
            self._cached = Reading()
        n_reused = prompt.shared_with(self._cached)
        if not n_reused or not self._context.forget_from(n_reused):
            self._context.forget()
            return 0
        return n_reused

"""Switches the attention of one loaded model: checks what was asked, sets hook and LoRA.

Nothing is reloaded by a switch. What was asked for is honoured or refused; only ``auto`` chooses.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from engine.adapters.file import load_adapter
from engine.adapters.lora_gguf import lora_gguf
from engine.attention.plans import (
    build_plan,
    is_plain,
    needs_adapter,
    not_in_llama,
    prefill_plan,
    unsupported,
)
from engine.attention.registry import ATTENTION, PREFILLS
from engine.errors import AdapterMissing, AttentionUnsupported
from engine.inference.llama import LlamaContext, LlamaModel, device, library
from engine.inference.llama_files import LlamaLora
from engine.records import Adapter, AdapterInfo, AttentionChoice, AttentionUse, Notice
from kernels.errors import KernelError
from kernels.hook import AttentionHook, HookError, HookPlan
from kernels.registry import Backend, open_backend
from kernels.selftest import check_backend


class AdapterSource(Protocol):
    """Where adapters come from."""

    def find(
        self, mode: str, fingerprint: str, name: str = "", *, model_name: str = ""
    ) -> AdapterInfo:
        """Return the adapter for a mode and model, or raise ``AdapterMissing``."""


@dataclass(frozen=True)
class ModelFacts:
    """What the switch must know of a model.

    Attributes:
        name: For messages.
        architecture: As the GGUF file calls it.
        n_layers: Layers.
        n_heads: Query heads.
        n_kv_bytes: Key and value cache of the whole context, bytes.
        fingerprint: Of the weights, whatever their layout.
    """

    name: str
    architecture: str
    n_layers: int
    n_heads: int
    n_kv_bytes: int
    fingerprint: str


class AttentionRuntime:
    """The attention of one context.

    Args:
        facts: Of the model.
        hook: In the context.
        model: Loaded.
        context: Made with the hook.
        adapters: Where adapters come from; None has none.
        n_threads: Threads of the kernel.
        second_keys_mib: Memory that kept second keys may take; beyond it a latent is kept.
    """

    def __init__(
        self,
        facts: ModelFacts,
        hook: AttentionHook,
        model: LlamaModel,
        context: LlamaContext,
        adapters: AdapterSource | None,
        *,
        n_threads: int,
        second_keys_mib: int,
    ) -> None:
        self.hook = hook
        self._facts = facts
        self._model = model
        self._context = context
        self._adapters = adapters
        self._n_threads = n_threads
        self._second_keys_bytes = second_keys_mib << 20
        self._loras: dict[Path, LlamaLora] = {}
        self._tried = False  # whether the hook was seen to work or to fail
        self._obstacle: Notice | None = None
        self._standing: tuple[Notice, ...] = ()  # what holds for every prompt
        self.choice = AttentionChoice(kernel="llama.cpp")
        self.use = AttentionUse("baseline", "dense", "llama.cpp", device())

    def close(self) -> None:
        """Free the LoRAs; the context must be closed before."""
        for lora in self._loras.values():
            lora.close()
        self._loras.clear()

    @property
    def replaced(self) -> bool:
        """Whether our kernel computes attention now."""
        return self.use.kernel != "llama.cpp"

    @property
    def sparse(self) -> bool:
        """Whether long prompts are read sparsely now."""
        return not PREFILLS.get(self.choice.prefill).is_plain

    def switch(self, choice: AttentionChoice) -> bool:
        """Attend as asked from the next evaluation on.

        Returns:
            Whether anything changed: the caller must empty its cache then.

        Raises:
            AdapterMissing, AdapterMismatch, AdapterDamaged: The mode's weights.
            AttentionUnsupported: This model, kernel and mode do not go together.
        """
        if choice == self.choice:
            return False
        adapter = self._adapter(choice)
        self._switch(choice, adapter)
        self.choice = choice
        return True

    def _adapter(self, choice: AttentionChoice) -> Adapter | None:
        if not needs_adapter(choice.mode):
            return None
        name = self._facts.name
        if self._adapters is None:
            raise AdapterMissing(mode=choice.mode, model=name)
        fingerprint = self._facts.fingerprint
        info = self._adapters.find(choice.mode, fingerprint, choice.adapter, model_name=name)
        return load_adapter(info.path)

    def _switch(self, choice: AttentionChoice, adapter: Adapter | None) -> None:
        kernel, reason = self._kernel(choice)
        backend = _backend(kernel)
        lora = None if adapter is None else self._lora(adapter)
        latent = self._latent(adapter)
        plan = HookPlan()
        if kernel != "llama.cpp":
            plan = build_plan(
                choice.mode,
                choice.prefill,
                adapter,
                n_layers=self._facts.n_layers,
                n_heads=self._facts.n_heads,
                n_threads=self._n_threads,
                latent=latent,
            )
        self.hook.use(plan, backend)
        self._context.use_lora(None if lora is None else lora.pointer)
        notes = [] if reason is None else [reason]
        hook = ATTENTION.get(choice.mode).hook
        if latent and hook is not None and hook.keeps_keys:
            notes.append(Notice("second-keys-rebuilt"))
        self._standing = tuple(notes)
        self.use = AttentionUse(
            choice.mode,
            choice.prefill,
            kernel,
            self._device(kernel, backend),
            "" if adapter is None else adapter.info.name,
            self._standing,
        )

    def _latent(self, adapter: Adapter | None) -> bool:
        # Kept second keys are half of the key and value cache again.
        return adapter is not None and self._facts.n_kv_bytes // 2 > self._second_keys_bytes

    def _device(self, kernel: str, backend: Backend | None) -> str:
        if kernel == "llama.cpp":
            return device()
        return (backend or open_backend("cpu")).device

    def _kernel(self, choice: AttentionChoice) -> tuple[str, Notice | None]:
        """Return who computes, and why it is not our kernel where ``auto`` was asked."""
        plain = is_plain(choice.mode, choice.prefill)
        if choice.kernel == "llama.cpp":
            if not plain:
                raise AttentionUnsupported(not_in_llama(choice.mode, choice.prefill))
            return "llama.cpp", None
        why = self._obstacle_to_kernels()
        if why and choice.kernel == "auto" and plain:
            return "llama.cpp", Notice.caused("own-attention", why)
        if why:
            raise AttentionUnsupported(why)
        if choice.kernel == "auto":
            on_gpu = library().llama_supports_gpu_offload()
            return ("llama.cpp" if on_gpu and plain else "cpu"), None
        return choice.kernel, None

    def _obstacle_to_kernels(self) -> Notice | None:
        """Try the hook on one token, once, and return what is in its way."""
        if why := unsupported(self._facts.architecture):
            return why
        if not self._tried:
            self.hook.use(HookPlan("baseline", n_threads=self._n_threads))
            self._context.forget()
            try:
                self._context.decode([self._model.bos or 0], 0)
            except HookError as error:
                self._obstacle = Notice(
                    "model-refused", {"model": self._facts.name, "detail": str(error)}
                )
            self._tried = True
            self._context.forget()
        return self._obstacle

    def _lora(self, adapter: Adapter) -> LlamaLora | None:
        path = adapter.info.path
        if not adapter.info.rank:
            return None
        if path not in self._loras:
            with tempfile.TemporaryDirectory(prefix="sabun-") as folder:
                written = lora_gguf(adapter, Path(folder) / "positive.gguf")
                if written is None:
                    return None
                self._loras[path] = LlamaLora(self._model, written)
        return self._loras[path]

    def begin_prompt(self, n_tokens: int) -> None:
        """Announce a prompt; forgets what switched itself off for the last one."""
        self.hook.expect_prompt(n_tokens)
        self.use = replace(self.use, notes=self._standing)

    def end_prompt(self, n_tokens: int) -> None:
        """Note what did not happen while the prompt was read."""
        self.hook.expect_prompt(0)
        if not self.sparse or self.hook.was_sparse:
            return
        least = prefill_plan(self.choice.prefill).min_tokens
        note = Notice(
            "read-densely",
            {"n_tokens": n_tokens, "prefill": self.choice.prefill, "least": least},
        )
        self.use = replace(self.use, notes=(*self._standing, note))


def _backend(kernel: str) -> Backend | None:
    """Return the backend to hand calls to; None is the CPU kernel, which the hook calls itself."""
    if kernel in ("llama.cpp", "cpu"):
        return None
    try:
        backend = open_backend(kernel)
    except KernelError as error:
        why = Notice("kernel-unusable", {"kernel": kernel, "detail": str(error)})
        raise AttentionUnsupported(why) from error
    result = check_backend(backend)
    if not result.ok:
        why = Notice("self-test-failed", {"device": result.device, "detail": result.detail})
        raise AttentionUnsupported(why)
    return backend

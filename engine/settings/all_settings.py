"""Every setting, declared once: name, type, default, meaning. Stored in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, fields

from engine.records import KernelChoice

DEFAULT_COLLECTION = "Documents"
"""Collection used when the user names none."""


@dataclass(frozen=True)
class Settings:
    """What the user can change.

    Attributes:
        chat_model: Name of the chat model; empty chooses the embedded one, in its fastest
            layout on this machine.
        embedding_model: Name of the embedding model. Changing it embeds again.
        top_k: Passages retrieved for an answer.
        prompt_budget_tokens: Upper bound for the prompt; more evidence reads slower.
        max_answer_tokens: Upper bound for the generated answer.
        temperature: Sampling temperature; 0 is greedy.
        n_threads: Threads for the chat model; 0 uses all cores.
        kernel: Who computes attention; ``auto`` is the fastest that the model supports.
        strict: Leave out generated sentences that no passage supports.
        interface_language: ``en``, ``ja`` or empty for the system's.
        theme: ``light``, ``dark`` or empty for the system's.
    """

    chat_model: str = ""
    embedding_model: str = "multilingual-e5-small"
    top_k: int = 6
    prompt_budget_tokens: int = 512
    max_answer_tokens: int = 220
    temperature: float = 0.0
    n_threads: int = 0
    kernel: KernelChoice = "auto"
    strict: bool = False
    interface_language: str = ""
    theme: str = ""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all settings."""
        return tuple(field.name for field in fields(cls))

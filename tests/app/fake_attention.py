"""What the small engine says of attention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.attention.plans import needs_adapter
from engine.attention.registry import ATTENTION
from engine.errors import AdapterMissing, AttentionUnsupported
from engine.records import AttentionChoice, AttentionMode, AttentionUse, Notice

if TYPE_CHECKING:
    from fake_engine import FakeEngine

NOTE = Notice("read-densely", {"n_tokens": 400, "prefill": "delta", "least": 2048})


def attention_use(choice: AttentionChoice) -> AttentionUse:
    """Say that everything asked for ran."""
    own = choice.kernel == "llama.cpp"
    return AttentionUse(
        choice.mode,
        choice.prefill,
        "llama.cpp" if own else "cpu",
        "AMD EPYC, AVX-512",
        adapter=f"smollm2-{choice.mode}" if needs_adapter(choice.mode) else "",
        notes=(NOTE,) if choice.prefill != "dense" else (),
    )


class FakeAttention:
    """What can run.

    Attributes:
        reasons: By attention mode why it cannot run; None if it can.
        preferred: Mode to begin with.
    """

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine
        self.reasons: dict[AttentionMode, Notice | None] = {
            mode: None if mode == "baseline" else AdapterMissing(mode=mode, model="SmolLM2").reason
            for mode in ATTENTION.names
        }
        self.preferred: AttentionMode = "baseline"

    def make_available(self, *modes: AttentionMode) -> None:
        for mode in modes or ATTENTION.names:
            self.reasons[mode] = None

    def available(self) -> Mapping[AttentionMode, Notice | None]:
        self._engine.enter()
        return dict(self.reasons)

    def default_mode(self) -> AttentionMode:
        return self.preferred

    def check(self, choice: AttentionChoice) -> None:
        reason = self.reasons[choice.mode]
        if reason is not None:
            raise AttentionUnsupported(reason)

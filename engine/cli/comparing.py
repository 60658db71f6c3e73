"""Prints two answers to one question, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from engine.cli.terminal import Terminal
from engine.events import (
    AnswerFinished,
    CompareEvent,
    ComparisonFinished,
    ExtractsFound,
    SideProgressed,
    TokensGenerated,
)
from engine.records import Answer, Comparison, SourceAttention
from engine.wording.notices import english

_BAR = 30
"""Characters of a bar that stands for all attention on sources."""


def stream_comparison(events: Iterator[CompareEvent], terminal: Terminal) -> Comparison:
    """Follow a comparison, printing text as it comes where a person watches."""
    finished: Comparison | None = None
    for event in events:
        if isinstance(event, ComparisonFinished):
            finished = event.comparison
        elif terminal.interactive and isinstance(event, ExtractsFound):
            for extract in event.extracts:
                terminal.line(f"  “{extract.quote}” [{extract.number}]")
        elif terminal.interactive and isinstance(event, SideProgressed):
            if isinstance(event.event, TokensGenerated):
                terminal.write(event.event.text)
            elif isinstance(event.event, AnswerFinished):
                terminal.line("\n" + "─" * 20)
    if finished is None:
        raise RuntimeError("the comparison ended without its last event")
    return finished


def print_comparison(comparison: Comparison, terminal: Terminal) -> None:
    """Print what both sides share, then each side with its speed and where it looked."""
    first, second = comparison.answers
    if first.refused or first.kind == "talk":
        terminal.line(first.text)
        return
    for extract in first.extracts:
        terminal.line(f"“{' '.join(extract.quote.split())}” [{extract.number}]")
    for answer, looked in zip((first, second), comparison.source_attention, strict=True):
        _print_side(answer, looked, terminal)
    terminal.line("\nThe same passages, prompt, seed and sampling on both sides.")
    if comparison.prompt_sha256:
        terminal.line(f"Prompt {comparison.prompt_sha256[:16]}, seed {first.stats.seed}")


def _print_side(answer: Answer, looked: SourceAttention | None, terminal: Terminal) -> None:
    use, stats = answer.attention, answer.stats
    terminal.line(f"\n== {use.mode} ==")
    terminal.line(answer.generated or "(no generated text)")
    if use.kernel:
        adapter = f", adapter {use.adapter}" if use.adapter else ""
        terminal.line(f"\n{use.prefill} prefill, {use.kernel} on {use.device}{adapter}")
    if stats.time_to_first_token_ms is not None:
        speed = stats.decode_tokens_per_second
        terminal.line(
            f"first token after {stats.time_to_first_token_ms / 1000:.1f} s"
            + (f", {speed:.1f} tokens/s" if speed else "")
        )
    if looked is not None:
        names = {found.number: found.passage.document.name for found in answer.passages}
        for number, share in zip(looked.numbers, looked.shares(), strict=True):
            bar = "█" * round(_BAR * max(0.0, min(1.0, share)))
            terminal.line(f"  [{number}] {100 * share:5.1f} % {bar} {names.get(number, '')}")
    for note in (*use.notes, *answer.notices):
        terminal.line(f"Note: {english(note)}")

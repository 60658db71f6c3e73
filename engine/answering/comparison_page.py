"""A comparison as one web page that needs nothing else: no scripts, no pictures, no network."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from engine.answering.comparison_marks import marked_texts
from engine.answering.wording import quoted
from engine.records import Answer, AttentionChoice, AttentionUse, Comparison, SourceAttention
from engine.templates import render
from engine.text import language_of
from engine.version import program_version
from engine.wording.notices import english


def comparison_page(comparison: Comparison) -> str:
    """Return the HTML text; everything out of documents, models and questions is escaped."""
    first, second = comparison.answers
    language = language_of(first.question)
    looked = comparison.source_attention
    sides = zip(comparison.answers, marked_texts(first, second), looked, strict=True)
    return render(
        "comparison.html.jinja",
        language=language,
        title=first.question,
        quotes=quoted(first.extracts, language) or first.text,
        sides=[_side(answer, marked, one) for answer, marked, one in sides],
        limit=max((abs(v) for one in looked if one for row in one.mass for v in row), default=0),
        passages=first.passages,
        made=_made(comparison),
    )


def _side(answer: Answer, marked: Markup, looked: SourceAttention | None) -> dict[str, Any]:
    return {
        "name": _name(answer.attention),
        "marked": marked,
        "use": _use(answer.attention),
        "speed": _speed(answer),
        "notes": [english(note) for note in (*answer.attention.notes, *answer.notices)],
        "citations": answer.citations,
        "bars": _bars(answer, looked) if looked else [],
        "layers": looked.mass if looked else (),
    }


def _name(use: AttentionUse) -> str:
    usual = use.prefill == AttentionChoice.prefill
    return use.mode if usual else f"{use.mode}, {use.prefill} prefill"


def _use(use: AttentionUse) -> str:
    parts = [f"prefill {use.prefill}"]
    if use.kernel:
        parts.append(f"kernel {use.kernel} on {use.device}")
    if use.adapter:
        parts.append(f"adapter {use.adapter}")
    return ", ".join(parts)


def _speed(answer: Answer) -> str:
    stats = answer.stats
    if not stats.prompt_tokens:
        return "No model ran."
    parts = [f"{stats.prompt_tokens} prompt tokens", f"{stats.completion_tokens} generated"]
    if stats.time_to_first_token_ms is not None:
        parts.append(f"first token after {stats.time_to_first_token_ms / 1000:.2f} s")
    if stats.prefill_tokens_per_second:
        parts.append(f"reads {stats.prefill_tokens_per_second:.0f} tokens/s")
    if stats.decode_tokens_per_second:
        parts.append(f"writes {stats.decode_tokens_per_second:.1f} tokens/s")
    return ", ".join(parts) + (", stopped" if answer.stopped else "")


def _bars(answer: Answer, looked: SourceAttention) -> list[dict[str, Any]]:
    names = {found.number: found.passage.document.name for found in answer.passages}
    return [
        {"number": number, "document": names.get(number, ""), "share": share}
        for number, share in zip(looked.numbers, looked.shares(), strict=True)
    ]


def _made(comparison: Comparison) -> list[str]:
    first, second = comparison.answers
    coverage = first.coverage
    return [
        f"Model: {first.model or second.model or 'none ran'}",
        f"Seed: {first.stats.seed}",
        f"Prompt, SHA-256 of its tokens: {comparison.prompt_sha256 or 'none'}",
        f"Searched for: {first.search_query}",
        f"Files searched: {coverage.n_files_searched}; unreadable: {coverage.n_files_unreadable}",
        f"Sabun {program_version()}",
    ]

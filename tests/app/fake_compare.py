"""Comparing, voting and exporting of the small engine."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fake_answer import finished_answer
from fake_attention import attention_use

from engine.attention.registry import ATTENTION
from engine.cancel import CancelToken
from engine.events import (
    AnswerFinished,
    CompareEvent,
    ComparisonFinished,
    ExtractsFound,
    PassagesRetrieved,
    PromptPrefilled,
    SideProgressed,
    TokensGenerated,
)
from engine.records import (
    Answer,
    AttentionChoice,
    AttentionMode,
    CompareRequest,
    Comparison,
    Coverage,
    Extract,
    Preference,
    RetrievedPassage,
    SourceAttention,
    VoteTally,
)

if TYPE_CHECKING:
    from fake_engine import FakeEngine

Evidence = tuple[tuple[RetrievedPassage, ...], tuple[Extract, ...], Coverage]

N_LAYERS = 12


def source_attention(choice: AttentionChoice, n_passages: int) -> SourceAttention | None:
    """Spread attention in a way that differs by mode; nothing is known of llama.cpp's own."""
    if choice.kernel == "llama.cpp" or not n_passages:
        return None
    sharp = choice.mode != "baseline"
    rows = []
    for layer in range(N_LAYERS):
        peak = 0.05 + 0.3 * math.sin(math.pi * (layer + 1) / (N_LAYERS + 1))
        row = [peak / (1 + column) ** (2 if sharp else 1) for column in range(n_passages)]
        if sharp and n_passages > 1:
            row[-1] = -0.02
        rows.append(tuple(row))
    return SourceAttention(tuple(range(1, n_passages + 1)), tuple(rows))


class FakeComparisons:
    """Votes and exports.

    Attributes:
        votes: Modes of both sides and the preference, in the order cast.
        exported: What was written.
    """

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine
        self.votes: list[tuple[AttentionMode, AttentionMode, Preference]] = []
        self.exported: list[Path] = []

    def vote(self, comparison: Comparison, preference: Preference) -> VoteTally:
        self._engine.enter()
        first, second = (answer.attention.mode for answer in comparison.answers)
        self.votes.append((first, second, preference))
        return next(t for t in self.tallies() if set(t.modes) == {first, second})

    def tallies(self) -> tuple[VoteTally, ...]:
        pairs = {tuple(sorted(vote[:2], key=ATTENTION.names.index)) for vote in self.votes}
        return tuple(self._tally(pair) for pair in sorted(pairs))

    def _tally(self, pair: tuple[AttentionMode, ...]) -> VoteTally:
        wins, n_ties = [0, 0], 0
        for first, second, preference in self.votes:
            if {first, second} != set(pair):
                continue
            if preference == "tie":
                n_ties += 1
            else:
                wins[pair.index(first if preference == "first" else second)] += 1
        n = sum(wins)
        share = wins[1] / n if n else None
        return VoteTally((pair[0], pair[1]), (wins[0], wins[1]), n_ties, share, wilson(wins[1], n))

    def export(self, comparison: Comparison, path: Path) -> None:
        self._engine.enter()
        texts = [answer.text for answer in comparison.answers]
        path.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        self.exported.append(path)


def two_answers(
    request: CompareRequest, evidence: Evidence, cancel: CancelToken, token_s: float
) -> Iterator[CompareEvent]:
    """Answer on both sides, streaming."""
    passages, extracts, coverage = evidence
    yield PassagesRetrieved(request.question, passages, coverage, 12.0)
    if passages:
        yield ExtractsFound(extracts)
    answers, attention = [], []
    for side, choice in enumerate(request.choices):
        words = text_of(choice, extracts, request.seed).split(" ") if extracts else []
        generated = yield from _write(side, words, cancel, token_s)
        answer = finished_answer(
            request.question,
            passages,
            extracts,
            generated,
            coverage,
            request.seed,
            stopped=cancel.cancelled,
        )
        answer = _measured(answer, choice)
        answers.append(answer)
        attention.append(source_attention(choice, len(passages)) if generated else None)
        if passages:
            yield SideProgressed(side, AnswerFinished(answer))
    comparison = Comparison((answers[0], answers[1]), (attention[0], attention[1]), "3f" * 32)
    yield ComparisonFinished(comparison, cancel.cancelled)


def _write(
    side: int, words: list[str], cancel: CancelToken, token_s: float
) -> Generator[CompareEvent, None, str]:
    for done in range(0, 400, 100) if words and not cancel.cancelled else ():
        time.sleep(token_s)
        yield SideProgressed(side, PromptPrefilled(done + 100, 400))
    generated = ""
    for word in words:
        if cancel.wait(token_s) or cancel.cancelled:
            break
        generated += f"{word} "
        yield SideProgressed(side, TokensGenerated(f"{word} "))
    return generated.strip()


def wilson(wins: int, n: int) -> tuple[float, float] | None:
    """Return the 95 % Wilson interval of a share."""
    if not n:
        return None
    z, p = 1.96, wins / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def text_of(choice: AttentionChoice, extracts: tuple[Extract, ...], seed: int) -> str:
    """Return what a mode writes; no text says which mode wrote it."""
    quote = extracts[0].quote.rstrip(".")
    if choice.mode == "baseline":
        return f"Answer {seed}: {quote} [1]. This part is invented."
    return f"In short: {quote} [1]. Ask the manager two weeks before."


def _measured(answer: Answer, choice: AttentionChoice) -> Answer:
    slower = choice.mode != "baseline"
    stats = replace(
        answer.stats,
        time_to_first_token_ms=610.0 if slower else 480.0,
        decode_tokens_per_second=19.8 if slower else 23.4,
    )
    return replace(answer, attention=attention_use(choice), stats=stats)

"""What the small engine answers: the best sentence of each passage, and an invented one."""

from __future__ import annotations

from collections.abc import Iterator

from fake_attention import attention_use

from engine.records import (
    Answer,
    AnswerStats,
    AttentionChoice,
    Citation,
    Coverage,
    Extract,
    Notice,
    RetrievedPassage,
)
from engine.text import content_tokens, sentence_spans


def found_extracts(question: str, passages: tuple[RetrievedPassage, ...]) -> Iterator[Extract]:
    wanted = set(content_tokens(question))
    for found in passages[:2]:
        text = found.passage.text
        best = max(
            sentence_spans(text),
            key=lambda span: len(wanted & set(content_tokens(text[span[0] : span[1]]))),
        )
        offset = found.passage.start
        yield Extract(
            found.number, text[best[0] : best[1]], offset + best[0], offset + best[1], 0.9
        )


def written_words(extracts: tuple[Extract, ...], seed: int) -> list[str]:
    if not extracts:
        return []
    text = f"Answer {seed}: {extracts[0].quote.rstrip('.')} [1]. This part is invented."
    return [word + " " for word in text.split(" ")]


def finished_answer(
    question: str,
    passages: tuple[RetrievedPassage, ...],
    extracts: tuple[Extract, ...],
    generated: str,
    coverage: Coverage,
    seed: int,
    *,
    stopped: bool,
) -> Answer:
    generated = generated.strip()
    invented = generated.endswith("invented.")
    citations = [_citation(passages, e, e.quote) for e in extracts]
    if "[1]" in generated:
        sentence = generated[: generated.index("[1]") + 3].strip()
        citations.append(_citation(passages, extracts[0], sentence))
    if invented:
        generated += " [?]"
        citations.append(Citation(0, "This part is invented.", "", False))
    quotes = "\n".join(f"“{e.quote}” [{e.number}]" for e in extracts)
    return Answer(
        question=question,
        search_query=question,
        text=f"{quotes}\n\n{generated}".strip(),
        generated=generated,
        refused=not passages,
        refusal_reason="" if passages else "no-evidence",
        attention=attention_use(AttentionChoice()),
        passages=passages,
        extracts=extracts,
        citations=tuple(citations),
        coverage=coverage,
        stats=AnswerStats(400, len(generated.split()), 12.0, 480.0, 510.0, 23.4, seed),
        model="SmolLM2-135M-Instruct.Q4_1" if passages else "",
        notices=(Notice("unsupported-marked"),) * invented,
        stopped=stopped,
    )


def _citation(passages: tuple[RetrievedPassage, ...], extract: Extract, sentence: str) -> Citation:
    passage = passages[extract.number - 1].passage
    return Citation(
        extract.number,
        sentence,
        extract.quote,
        True,
        passage.id,
        passage.document.name,
        passage.document.path,
        passage.location,
        extract.start,
        extract.end,
    )

"""An answer as text with its citations, for the clipboard; its table is Markdown."""

from __future__ import annotations

from app.i18n import Words
from app.models.answer_pieces import quotes_of
from app.models.answer_table import as_markdown
from engine.records import Answer


def answer_as_text(answer: Answer, words: Words) -> str:
    """Return question, answer, table, and for each cited passage document, place and quotes."""
    parts = [answer.question, ""]
    looked_at = words.kinds.looked_at(answer)
    if looked_at:
        parts += [looked_at, ""]
    parts += [answer.text.strip(), ""]
    if answer.plan is not None:
        parts += [words.plans.plan(answer.plan), ""]
    if answer.table is not None:
        parts += [as_markdown(answer.table, words.kinds.table()), ""]
    numbers = {row.number for row in answer.table.rows} if answer.table is not None else set()
    quotes = quotes_of(answer.extracts, answer.citations)
    named = places(answer, words)
    for found in answer.passages:
        if found.number not in quotes and found.number not in numbers:
            continue
        passage = found.passage
        parts.append(f"[{found.number}] {named[found.number]} ({passage.document.path})")
        for start, end in quotes.get(found.number, ()):
            quote = passage.text[max(0, start - passage.start) : max(0, end - passage.start)]
            if quote.strip():
                parts.append(f"    “{' '.join(quote.split())}”")
    return "\n".join(parts).strip() + "\n"


def places(answer: Answer, words: Words) -> dict[int, str]:
    """Return document and place of the passages, by number."""
    return {
        found.number: f"{found.passage.document.name}, {words.location(found.passage.location)}"
        for found in answer.passages
    }

"""An answer as plain text with its citations, for the clipboard."""

from __future__ import annotations

from app.i18n import Words
from app.models.answer_pieces import quotes_of
from engine.records import Answer


def answer_as_text(answer: Answer, words: Words) -> str:
    """Return question, answer, and for each cited passage document, place and quotes."""
    parts = [answer.question, "", answer.text.strip(), ""]
    quotes = quotes_of(answer.extracts, answer.citations)
    for found in answer.passages:
        if found.number not in quotes:
            continue
        passage = found.passage
        place = words.location(passage.location)
        parts.append(f"[{found.number}] {passage.document.name}, {place} ({passage.document.path})")
        for start, end in quotes[found.number]:
            quote = passage.text[max(0, start - passage.start) : max(0, end - passage.start)]
            if quote.strip():
                parts.append(f"    “{' '.join(quote.split())}”")
    return "\n".join(parts).strip() + "\n"

"""From evidence to tokens: the prompt that the program itself sends, and the reply."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from engine.generation.prompt import Tokeniser, build_prompt
from engine.records import DocumentRef, Extract, Location, Passage, RetrievedPassage
from engine.text import language_of
from engine.training.batch import Example, Row, lay_out
from engine.training.evidence import REFUSAL, Asked, Evidence
from engine.training.passages import key_sentences

CITE = (
    "Reply with a short answer and the number of its passage in brackets. "
    f"If the text does not hold the answer, reply: {REFUSAL}"
)
"""Added to the question where the reply's form is asked for; an untrained model needs it."""

MAX_KEY_SENTENCES = 3


@dataclass(frozen=True)
class PromptSettings:
    """How prompts vary.

    Attributes:
        cited: Share of evidence whose questions ask for the form of the reply; the others
            are word for word the program's own.
        key_sentences: Share of questions with the best sentences repeated before them.
        plain: Share of tokens with the base model's own replies to ordinary requests, which an
            adapter must leave as they are; see :mod:`engine.training.plain`.
        max_tokens: Of a row; evidence beyond loses distractors, or is left out.
    """

    cited: float = 0.5
    key_sentences: float = 0.3
    plain: float = 0.1
    max_tokens: int = 1500


class PromptWriter:
    """Writes prompts for a model.

    Args:
        model: Counts tokens and renders its template.
        end: Token that ends the assistant's turn.
        settings: How prompts vary.
    """

    def __init__(self, model: Tokeniser, end: int, settings: PromptSettings) -> None:
        self._model = model
        self._end = end
        self._settings = settings

    def row(self, evidence: Evidence, rng: random.Random) -> Row | None:
        """Return all questions of some evidence in one row; None if it is too long."""
        cited = rng.random() < self._settings.cited
        examples = []
        for asked in evidence.asked:
            n = rng.randint(1, MAX_KEY_SENTENCES)
            repeated = rng.random() < self._settings.key_sentences
            examples.append(self.example(evidence, asked, cited=cited, n_key=n if repeated else 0))
        row = lay_out(examples)
        return row if len(row) <= self._settings.max_tokens else None

    def example(self, evidence: Evidence, asked: Asked, *, cited: bool, n_key: int) -> Example:
        """Return one question with its reply."""
        prompt = self.prompt(evidence, asked.question, cited=cited, n_key=n_key)
        return Example(prompt, (*self._model.tokenise(asked.reply), self._end))

    def prompt(
        self, evidence: Evidence, question: str, *, cited: bool, n_key: int
    ) -> tuple[int, ...]:
        """Return the tokens of a question's prompt, no passage cut."""
        found = key_sentences(question, evidence.texts, n_key) if n_key else []
        built = build_prompt(
            self._model,
            f"{question}\n{CITE}" if cited else question,
            retrieved(evidence.headings, evidence.texts),
            [Extract(number, quote, 0, len(quote), 1.0) for number, quote in found],
            language=language_of(question),
            budget_tokens=self._model.n_ctx,
            max_answer_tokens=0,
        )
        return built.tokens


def retrieved(headings: Sequence[str], texts: Sequence[str]) -> list[RetrievedPassage]:
    """Return texts as if a search had found them, in this order."""
    return [
        RetrievedPassage(number, _passage(number, heading, text), 1.0 / number)
        for number, (heading, text) in enumerate(zip(headings, texts, strict=True), start=1)
    ]


def _passage(number: int, heading: str, text: str) -> Passage:
    document = DocumentRef(number, heading, heading, heading, 0.0, "text/plain")
    return Passage(number, document, 0, 0, len(text), text, heading, Location("line", 1))

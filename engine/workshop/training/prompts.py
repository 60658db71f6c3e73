"""From evidence to tokens: the prompt that the program itself sends, and the reply."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.prompt import Tokeniser, build_prompt
from engine.errors import QuestionTooLong
from engine.records import DocumentRef, Location, Passage, RetrievedPassage
from engine.retrieval import find_extracts
from engine.text import language_of
from engine.workshop.questions.evidence import REFUSAL, Asked, TrainingEvidence
from engine.workshop.training.batch import Example, Row, lay_out

CITE = (
    "Reply with a short answer and the number of its passage in brackets. "
    f"If the text does not hold the answer, reply: {REFUSAL}"
)
"""Added to the question where the reply's form is asked for; an untrained model needs it."""


@dataclass(frozen=True)
class PromptSettings:
    """How prompts vary.

    Attributes:
        cited: Share of evidence whose questions ask for the form of the reply; the others
            are word for word the program's own.
        extracts: Share of questions with the best sentences repeated before them, as the
            program does; here they are found by words alone, which is fast.
        plain: Share of tokens with the base model's own replies to ordinary requests, which an
            adapter must leave as they are; see :mod:`engine.workshop.training.plain`.
        max_tokens: Of a row; evidence beyond loses distractors, or is left out.
    """

    cited: float = 0.5
    extracts: float = 0.7
    plain: float = 0.1
    max_tokens: int = 1800


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

    def row(self, evidence: TrainingEvidence, rng: random.Random) -> Row | None:
        """Return all questions of some evidence in one row; None if it is too long.

        A question that does not fit into the model's context by itself is left out.
        """
        cited = rng.random() < self._settings.cited
        examples = []
        for asked in evidence.asked:
            repeated = rng.random() < self._settings.extracts
            try:
                examples.append(self.example(evidence, asked, cited=cited, extracts=repeated))
            except QuestionTooLong:
                continue
        row = lay_out(examples) if examples else None
        return row if row is not None and len(row) <= self._settings.max_tokens else None

    def example(
        self, evidence: TrainingEvidence, asked: Asked, *, cited: bool, extracts: bool
    ) -> Example:
        """Return one question with its reply."""
        prompt = self.prompt(evidence, asked.question, cited=cited, extracts=extracts)
        return Example(prompt, (*self._model.tokenise(asked.reply), self._end))

    def prompt(
        self, evidence: TrainingEvidence, question: str, *, cited: bool, extracts: bool
    ) -> tuple[int, ...]:
        """Return the tokens of a question's prompt, no passage cut."""
        passages = retrieved(evidence.headings, evidence.texts)
        built = build_prompt(
            self._model,
            f"{question}\n{CITE}" if cited else question,
            passages,
            find_extracts(question, passages, None, in_order=False) if extracts else (),
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

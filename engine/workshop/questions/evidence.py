"""Numbered passages with several questions about them, as an answer's prompt has them.

Every passage is a distractor to the questions about the others. One reading of the passages
then serves all their questions (see :mod:`engine.workshop.training.batch`), which is several
times the practice for the same work. Questions that the passages come close to, without
answering them, are to be refused.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from engine.workshop.questions.file import Question
from engine.workshop.questions.lexical import LexicalIndex
from engine.workshop.questions.passages import holds, window

REFUSAL = "Not found in the documents."
"""What a trained model answers when the passages do not hold the answer."""


@dataclass(frozen=True)
class EvidenceSettings:
    """How evidence is put together.

    Attributes:
        max_distractors: Passages beside the evidence, from 0 on, equally likely.
        unanswerable: Share of questions that the passages do not answer. In as many cases the
            evidence itself is withheld, so that all passages come close to the question.
        max_questions: Questions about one set of passages.
        max_answer_characters: Longer answers are no use in a short reply and are left out.
        passage_characters: Passages are cut at a length drawn from this range.
    """

    max_distractors: int = 8
    unanswerable: float = 0.25
    max_questions: int = 8
    max_answer_characters: int = 90
    passage_characters: tuple[int, int] = (250, 600)


@dataclass(frozen=True)
class Asked:
    """One question about some passages.

    Attributes:
        question: Text.
        answer: As the passage has it; empty if there is none.
        gold: Numbers of the passages that hold it, from 1.
    """

    question: str
    answer: str
    gold: tuple[int, ...]

    @property
    def reply(self) -> str:
        """What the model is to say."""
        marks = " ".join(f"[{number}]" for number in self.gold)
        return f"{self.answer} {marks}" if self.gold else REFUSAL


@dataclass(frozen=True)
class TrainingEvidence:
    """Passages in the order of the prompt, and what is asked about them.

    Attributes:
        headings: One per passage.
        texts: Likewise.
        asked: At least one question.
    """

    headings: tuple[str, ...]
    texts: tuple[str, ...]
    asked: tuple[Asked, ...]


class EvidenceBuilder:
    """Makes evidence from questions.

    Args:
        questions: With their evidence and, if known, distractors.
        settings: How.
    """

    def __init__(self, questions: Sequence[Question], settings: EvidenceSettings) -> None:
        self._settings = settings
        self._about: dict[str, list[Question]] = defaultdict(list)
        self._near: dict[str, list[Question]] = defaultdict(list)
        self._titles: dict[str, str] = {}
        for question in questions:
            for passage in question.gold:
                self._about[passage].append(question)
                self._titles.setdefault(passage, question.title)
            for passage in question.distractors:
                self._near[passage].append(question)
        passages = dict.fromkeys(p for q in questions for p in (*q.gold, *q.distractors))
        self._lexical = LexicalIndex(list(passages))

    def build(
        self, seed: Question, rng: random.Random, *, n_distractors: int | None = None
    ) -> TrainingEvidence | None:
        """Return evidence around a question; None if it is no use for a short reply.

        Args:
            seed: Its evidence is shown, unless it is withheld.
            rng: Decides everything else.
            n_distractors: Passages beside the evidence; drawn if None.
        """
        answer = self._answer(seed)
        if not answer:
            return None
        if n_distractors is None:
            n_distractors = rng.randint(0, self._settings.max_distractors)
        beside = self._distractors(seed, answer, n_distractors, rng)
        withheld = bool(beside) and rng.random() < self._settings.unanswerable
        originals = beside if withheld else [*seed.gold, *beside]
        rng.shuffle(originals)
        limit = rng.randint(*self._settings.passage_characters)
        questions = self._questions([] if withheld else [seed], originals, rng)
        texts = [window(p, self._anchor(p, questions), limit, rng) for p in originals]
        answerable = [self._asked(q, originals, texts) for q in questions]
        answerable = answerable[: self._settings.max_questions - 1]
        n_answerable = sum(item is not None for item in answerable)
        near = [seed] if withheld else []
        refused = self._refused(near, originals, texts, n_answerable, rng)
        asked = [item for item in (*answerable, *refused) if item is not None]
        return (
            TrainingEvidence(self._headings(originals, rng), tuple(texts), tuple(asked))
            if asked
            else None
        )

    # --- passages --------------------------------------------------------------------

    def _answer(self, question: Question) -> str:
        """Return the answer that stands in the evidence; ``yes`` and ``no`` need not."""
        for answer in question.answers:
            short = len(answer) <= self._settings.max_answer_characters
            if short and (any(holds(p, answer) for p in question.gold) or _is_verdict(answer)):
                return answer
        return ""

    def _distractors(self, seed: Question, answer: str, n: int, rng: random.Random) -> list[str]:
        given = list(seed.distractors)
        rng.shuffle(given)
        if len(given) < n:
            given += self._lexical.nearest(seed.text, 3 * n, {*seed.gold, *given})
        useful = (p for p in given if _is_verdict(answer) or not holds(p, answer))
        return list(useful)[:n]

    def _headings(self, originals: Sequence[str], rng: random.Random) -> tuple[str, ...]:
        """Return titles where all passages have one; a title here and there would tell."""
        titles = [self._titles.get(passage, "") for passage in originals]
        if all(titles):
            return tuple(titles)
        numbers = rng.sample(range(1, 100), len(originals))
        return tuple(f"document-{number}.txt" for number in numbers)

    # --- questions -------------------------------------------------------------------

    def _questions(
        self, first: Sequence[Question], originals: Sequence[str], rng: random.Random
    ) -> list[Question]:
        """Return what may be asked: these first, then up to two about each passage."""
        shown = set(originals)
        others = [
            question
            for passage in originals
            for question in _sampled(self._about[passage], 2, rng)
            if set(question.gold) <= shown
        ]
        rng.shuffle(others)
        return list({question.id: question for question in (*first, *others)}.values())

    def _anchor(self, passage: str, questions: Sequence[Question]) -> str:
        """Return the answer that must survive when a passage is cut; empty if there is none."""
        answers = (self._answer(q) for q in questions if passage in q.gold)
        return next((answer for answer in answers if answer and holds(passage, answer)), "")

    def _asked(self, question: Question, originals: list[str], texts: list[str]) -> Asked | None:
        """Return a question with its passages; None if cutting took its answer away.

        A question whose answer stands in another passage too has no one right number.
        """
        answer = self._answer(question)
        gold = tuple(n for n, p in enumerate(originals, start=1) if p in question.gold)
        if not answer:
            return None
        if _is_verdict(answer):
            return Asked(question.text, answer, gold)
        holding = tuple(n for n, text in enumerate(texts, start=1) if holds(text, answer))
        if not holding or not set(holding) <= set(gold):
            return None
        return Asked(question.text, answer, holding[:1])

    def _refused(
        self,
        first: Sequence[Question],
        originals: list[str],
        texts: list[str],
        n_answerable: int,
        rng: random.Random,
    ) -> list[Asked]:
        """Return questions that the passages come close to: these first, if they fit."""
        share = self._settings.unanswerable
        wanted = n_answerable * share / (1 - share) if share < 1 else float(n_answerable)
        n = int(wanted) + (rng.random() < wanted % 1)
        near = {q.id: q for passage in originals for q in self._near[passage]}
        certain = [q for q in first if _unanswered(q, originals, texts)]
        others = [q for q in near.values() if q not in certain and _unanswered(q, originals, texts)]
        chosen = [*certain, *_sampled(others, max(0, n - len(certain)), rng)]
        return [Asked(q.text, "", ()) for q in chosen]


def _unanswered(question: Question, originals: list[str], texts: list[str]) -> bool:
    """Tell whether neither the evidence nor an accepted answer is among the passages."""
    held = any(holds(text, answer) for text in texts for answer in question.answers)
    return not held and not set(question.gold) & set(originals)


def _is_verdict(answer: str) -> bool:
    return answer.lower() in ("yes", "no")


def _sampled(questions: Sequence[Question], n: int, rng: random.Random) -> list[Question]:
    return rng.sample(list(questions), min(n, len(questions)))

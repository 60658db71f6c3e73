"""Questions about one's own documents, made on one's own machine.

A salient span of a passage is the answer, and the sentence with a gap is the question: plain,
but always right. A chat model that is large enough writes a question first; it is kept if it
does not give the answer away and the model, shown the passage, finds the answer again
(round-trip consistency: Alberti et al., 2019). The embedded model is too small for that: on
the sample documents 2 of 306 of its questions were kept, after ten minutes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.answering.generate import is_small
from engine.cancel import CancelToken
from engine.errors import TrainingDataTooSmall
from engine.inference.chat_model import ChatModel, Sampling
from engine.languages import profile_of
from engine.records import Passage
from engine.text import language_of
from engine.workshop.questions.file import Question
from engine.workshop.questions.lexical import LexicalIndex
from engine.workshop.questions.passages import holds
from engine.workshop.questions.salient import Salient, salient_spans

GAP = "____"
N_DISTRACTORS = 6
MAX_QUESTION_TOKENS = 40
ROUND_TRIP_F1 = 0.5
"""Overlap of the answer found again with the span; below it the question asks something else."""

MAX_REPLY_CHARACTERS = 120
"""A longer reply that holds the span may just repeat the passage."""

MIN_PASSAGE_CHARACTERS = 80
"""Shorter passages are headings and remains of tables."""


@dataclass(frozen=True)
class OwnSettings:
    """How questions are made.

    Attributes:
        per_passage: Questions about a passage, at most.
        max_questions: In all; passages are taken in random order.
        written: Let the model write questions; False makes gaps only, which takes no time.
            None lets those write that are not small.
        seed: Of everything that is drawn.
    """

    per_passage: int = 3
    max_questions: int = 2000
    written: bool | None = None
    seed: int = 0


@dataclass(frozen=True)
class QuestionMade:
    """One more question.

    Attributes:
        question: With its passage and what comes near it.
        written: The model wrote it; otherwise it is a sentence with a gap.
        n_done: Passages done so far.
        n_total: Passages to do.
    """

    question: Question
    written: bool
    n_done: int
    n_total: int


def make_questions(
    passages: Sequence[Passage],
    model: ChatModel,
    settings: OwnSettings,
    cancel: CancelToken,
    n_kept: int = 0,
) -> Iterator[QuestionMade]:
    """Make questions about passages; the same in each call.

    Args:
        passages: To ask about.
        model: Writes questions, if the settings let it.
        settings: How.
        cancel: Stops between questions.
        n_kept: Questions of an earlier call, which are not made again.

    Yields:
        ``QuestionMade`` per question.

    Raises:
        TrainingDataTooSmall: No passage can be asked for anything.
        Cancelled: It was stopped.
    """
    rng = random.Random(settings.seed)
    usable = [p for p in passages if len(p.text) >= MIN_PASSAGE_CHARACTERS]
    index = LexicalIndex(list(dict.fromkeys(p.text for p in usable)))
    writes = not is_small(model) if settings.written is None else settings.written
    n_made = 0
    for n_done, passage in enumerate(rng.sample(usable, len(usable)), start=1):
        spans = salient_spans(passage.text)
        for salient in rng.sample(spans, min(len(spans), settings.per_passage)):
            cancel.raise_if_cancelled()
            if n_made >= settings.max_questions:
                return
            n_made += 1
            if n_made <= n_kept:
                continue
            text = _written(salient, passage, model, cancel) if writes else ""
            asked = text or gap_question(salient)
            question = _question(n_made, asked, salient, passage, index)
            yield QuestionMade(question, bool(text), n_done, len(usable))
    if not n_made:
        raise TrainingDataTooSmall(n_questions=len(passages), n_unusable=len(passages))


def gap_question(salient: Salient) -> str:
    """Return the sentence with a gap where the answer stands."""
    gapped = salient.sentence.replace(salient.answer, GAP, 1)
    wording = profile_of(language_of(salient.sentence)).wording
    return wording.gap_question.format(gapped=gapped)


def _question(
    number: int, asked: str, salient: Salient, passage: Passage, index: LexicalIndex
) -> Question:
    near = index.nearest(asked, N_DISTRACTORS + 4, {passage.text})
    return Question(
        id=f"{passage.document.name}/{passage.ordinal}/{number}",
        language=language_of(passage.text),
        text=asked,
        answers=(salient.answer,),
        gold=(passage.text,),
        distractors=tuple(text for text in near if not holds(text, salient.answer))[:N_DISTRACTORS],
        title=passage.context.replace("\n", " > ") or passage.document.name,
    )


# --- by the model ---------------------------------------------------------------------


def _written(salient: Salient, passage: Passage, model: ChatModel, cancel: CancelToken) -> str:
    """Return the model's question; empty if it is of no use."""
    asked = _said(
        model,
        f"Text: {salient.sentence}\n\nWrite one question about the text whose answer is "
        f'"{salient.answer}". Reply with the question only.',
        cancel,
    )
    asked = asked.removeprefix("Question:").strip(" \"'*")
    if not asked.endswith(("?", "？")) or holds(asked, salient.answer):
        return ""
    replied = _said(
        model, f"Text: {passage.text}\n\n{asked} Answer with a few words of the text.", cancel
    )
    return asked if _overlap(replied, salient.answer) >= ROUND_TRIP_F1 else ""


def _said(model: ChatModel, text: str, cancel: CancelToken) -> str:
    rendered = model.apply_template([{"role": "user", "content": text}])
    sampling = Sampling(max_tokens=MAX_QUESTION_TOKENS, repeat_penalty=1.0, stop=("\n",))
    return model.reply(model.prompt_tokens(rendered), sampling, cancel).text.strip()


def _overlap(found: str, expected: str) -> float:
    """Return 1 if the span stands in a short reply, else the overlap of words."""
    from engine.workshop.questions.scoring import word_f1

    if holds(found, expected) and len(found) <= MAX_REPLY_CHARACTERS:
        return 1.0
    return word_f1(found, expected)

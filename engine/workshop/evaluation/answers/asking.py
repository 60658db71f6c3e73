"""Every arm answers every case, greedily, from the same tokens."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.answering.prompt import Prompt, build_prompt
from engine.cancel import CancelToken
from engine.errors import QuestionTooLong
from engine.inference.chat_model import ChatModel, Generated, Sampling
from engine.text import language_of
from engine.workshop.evaluation.answers.cases import Case, CaseQuestion
from engine.workshop.evaluation.answers.outcomes import Arm, Outcome, OutcomeFile
from engine.workshop.questions.scoring import read_reply, score
from engine.workshop.training.prompts import CITE, retrieved

MAX_ANSWER_TOKENS = 40
"""Twice the longest accepted answer with its citation."""


@dataclass(frozen=True)
class CaseAnswered:
    """One arm has answered one case.

    Attributes:
        arm: Its name.
        n_done: Cases answered so far, all arms and seeds together.
        n_total: Cases to answer.
        n_left_out: Questions so far that do not fit into the model's context by themselves;
            no arm is asked them.
    """

    arm: str
    n_done: int
    n_total: int
    n_left_out: int = 0


def answer_cases(
    model: ChatModel,
    arms: Sequence[Arm],
    cases: Sequence[Case],
    file: OutcomeFile,
    *,
    cited: bool = True,
    cancel: CancelToken | None = None,
) -> Iterator[CaseAnswered]:
    """Answer what the file does not hold yet.

    Args:
        model: Base model.
        arms: What to compare.
        cases: Frozen evidence.
        file: Takes the outcomes, one by one.
        cited: Ask for the form of the reply, see
            :data:`engine.workshop.training.prompts.CITE`; False sends the program's own prompt.
        cancel: Stops between replies.

    Yields:
        ``CaseAnswered`` per case and seed.

    Raises:
        AdapterMissing, AdapterUnknown, AdapterMismatch, AttentionUnsupported: An arm; all are
            tried before the first reply.
        Cancelled: It was stopped; what was answered is in the file.
    """
    token = cancel or CancelToken()
    runs = [
        (arm, choice, label)
        for arm in arms
        for choice, label in zip(arm.choices, arm.labels, strict=True)
    ]
    for _, choice, _ in runs:
        model.use_attention(choice)
    done = {outcome.key for outcome in file.read()}
    left_out: set[str] = set()
    for n_runs, (arm, choice, label) in enumerate(runs):
        model.use_attention(choice)
        for n_cases, case in enumerate(cases, start=1):
            for question in case.questions:
                if (arm.name, label, case.id, question.id) in done:
                    continue
                token.raise_if_cancelled()
                try:
                    prompt = prompt_of(model, case, question, cited=cited)
                except QuestionTooLong:
                    left_out.add(question.id)
                    continue
                file.append(_answered(model, arm, label, case, question, prompt))
            n_done = n_runs * len(cases) + n_cases
            yield CaseAnswered(arm.name, n_done, len(runs) * len(cases), len(left_out))


def prompt_of(model: ChatModel, case: Case, question: CaseQuestion, *, cited: bool) -> Prompt:
    """Return what a model reads: the program's own prompt, no passage cut."""
    return build_prompt(
        model,
        f"{question.text}\n{CITE}" if cited else question.text,
        retrieved(case.headings, case.texts),
        question.extracts,
        language=language_of(question.text),
        budget_tokens=model.n_ctx,
        max_answer_tokens=MAX_ANSWER_TOKENS,
    )


def generated(
    model: ChatModel, prompt: Sequence[int], max_tokens: int, stop: tuple[str, ...] = ("\n",)
) -> Generated:
    """Return the greedy continuation of a prompt, without a penalty for repeating."""
    sampling = Sampling(max_tokens=max_tokens, repeat_penalty=1.0, stop=stop)
    return model.reply(prompt, sampling)


def _answered(
    model: ChatModel, arm: Arm, label: str, case: Case, question: CaseQuestion, prompt: Prompt
) -> Outcome:
    started = time.perf_counter()
    result = generated(model, prompt.tokens, MAX_ANSWER_TOKENS)
    seconds = time.perf_counter() - started
    points = score(read_reply(result.text), question.answers, case.position)
    gold, other = _looked(model, case, prompt, result) if case.answerable else ((), ())
    return Outcome(
        arm=arm.name,
        adapter=label,
        case=case.id,
        question=question.id,
        text=result.text,
        exact=points.exact,
        f1=round(points.f1, 4),
        citation=points.citation,
        refused=points.refused,
        gold_mass=gold,
        other_mass=other,
        n_tokens=len(result.tokens),
        seconds=round(seconds, 3),
    )


def _looked(
    model: ChatModel, case: Case, prompt: Prompt, result: Generated
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return attention per layer on the evidence and on the other passages together."""
    spans = prompt.spans
    if not result.tokens or len(spans) != len(case.texts):
        return (), ()
    mass = model.observe([*prompt.tokens, *result.tokens], len(prompt.tokens), spans)
    if mass is None:
        return (), ()
    gold = mass[:, case.position - 1]
    other = mass.sum(axis=1) - gold
    return tuple(round(float(v), 5) for v in gold), tuple(round(float(v), 5) for v in other)

"""From a question to a cited answer: evidence first, then text, then proof."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import replace

from engine.answering.asked import Asked, understand
from engine.answering.assemble import finished, refused, said, written
from engine.answering.capable import capable_model
from engine.answering.citations import CitationResolver
from engine.answering.differences.route import compare_documents
from engine.answering.gathering import AnswerRequest, Evidence, Resources, gather, unspoken
from engine.answering.generate import Generation, prepare, run_side
from engine.answering.likeness import likeness_of
from engine.answering.listing.find import find_route
from engine.answering.listing.route import list_route
from engine.answering.standing import with_standing
from engine.answering.summary import summarise
from engine.answering.tabular import answer_table
from engine.answering.translating import translate
from engine.cancel import CancelToken
from engine.errors import QuestionTooLong
from engine.events import AnswerEvent, AnswerFinished
from engine.questions import small_talk
from engine.records import Answer, AttentionChoice, Notice, QuestionKind

Route = Callable[
    [Asked, AttentionChoice, Resources, CancelToken], Generator[AnswerEvent, None, Answer | None]
]
"""Answers questions of one kind; its value is the answer, or None if this one is to be looked up
like any other."""

ROUTES: Mapping[QuestionKind, Route] = {
    "compare": compare_documents,
    "summary": summarise,
    "table": answer_table,
    "translate": translate,
    "list": list_route,
    "count": list_route,
    "find": find_route,
}
"""By kind; a kind without a route is looked up."""

ALSO: Mapping[QuestionKind, QuestionKind] = {"fact": "table", "count": "table", "list": "table"}
"""What a question may be as well: words do not tell whether a value stands in a cell or in a
sentence. A table answers only what it explains entirely, so asking it is safe: of 260 questions for
facts that were tried it answered 12; of the six of them that could be graded one was wrong."""

__all__ = ["AnswerRequest", "Resources", "answer"]


def answer(
    request: AnswerRequest, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Iterator[AnswerEvent]:
    """Answer a question from stored passages.

    Args:
        request: The question.
        choice: Attention to answer with; the evidence and the prompt do not depend on it.
        resources: Stores and models.
        cancel: Stops between steps and within the prompt; what is there is kept.

    Yields:
        ``PassagesRetrieved``, ``ExtractsFound``, ``PromptPrefilled``...,
        ``TokensGenerated``..., ``AnswerFinished``. A refusal for want of evidence goes
        from ``PassagesRetrieved`` straight to ``AnswerFinished``, unless a capable model is to
        decide: then it writes first, and quotations come with the end; a greeting gets
        ``AnswerFinished`` alone.

    Raises:
        EmptyQuestion, FilterUnreadable, NothingFits: Input.
        ModelMissing, ModelDamaged, ModelTooLarge, ModelUnsupported, NoChatTemplate: No
            model to answer with.
        AdapterMissing, AdapterMismatch, AdapterDamaged, AttentionUnsupported: The attention
            that was asked for cannot run.
    """
    reply = small_talk(request.question)
    if reply is not None:
        yield AnswerFinished(said(request, reply, choice))
        return
    asked = understand(request, resources)
    spare: Answer | None = None
    for kind in _kinds(asked):
        made = yield from ROUTES[kind](replace(asked, kind=kind), choice, resources, cancel)
        if made is not None and (kind == asked.kind or _better(made, asked.kind)):
            yield AnswerFinished(made)
            return
        spare = spare or made
    if spare is not None:
        yield AnswerFinished(spare)
        return
    yield from look_up(request, choice, resources, cancel)


def _kinds(asked: Asked) -> list[QuestionKind]:
    """Return what to answer a question as, in order; none of them if it is to be looked up."""
    kinds = [asked.kind]
    if asked.kind in ALSO and not (asked.chosen or asked.request.insist):
        kinds.insert(0, ALSO[asked.kind])
    return [kind for kind in kinds if kind in ROUTES]


def _better(made: Answer, kind: QuestionKind) -> bool:
    """Tell whether what tables say is better than what would be counted or listed.

    It is for a figure that stands in them or is computed, and for rows under a condition, which a
    list does not know. All rows of one table are not all that there is.
    """
    if kind == "fact" or made.plan is None or made.plan.filters:
        return True
    return kind == "count" and made.plan.operation != "count"


def look_up(
    request: AnswerRequest, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Iterator[AnswerEvent]:
    """Answer a question from the few passages that fit it best; see :func:`answer`."""
    found = yield from gather(request, resources)
    if not found.answers and (cancel.cancelled or not _worth_asking(found, resources)):
        yield AnswerFinished(refused(request, found, choice))
        return
    generation, notices = Generation(), unspoken(found.language, resources)
    if not cancel.cancelled and not notices:
        model = resources.chat_model()
        model.use_attention(choice)  # empties the cache if that is another one
        try:
            task = prepare(request, found, model)
        except QuestionTooLong as error:  # what was found answers all the same
            counts = {name: int(str(value)) for name, value in error.data.items()}
            notices = (Notice("question-too-long", counts),)
        else:
            generation = yield from run_side(task, model, choice, cancel)
    resolver = CitationResolver(
        found.passages,
        resources.catalogue.documents,
        found.query,
        None if cancel.cancelled else likeness_of(resources.embedder),
    )
    made = finished(
        request, found, choice, generation, resolver, notices=notices, stopped=cancel.cancelled
    )
    if _lost(found, generation, made):
        made = refused(request, found, choice, generation, left_out=written(made))
    yield AnswerFinished(with_standing(made, request.collection_id, resources))


def _worth_asking(found: Evidence, resources: Resources) -> bool:
    """Tell whether a capable model decides what the evidence alone does not."""
    if found.judgement.hopeless:
        return False
    return capable_model(resources) is not None and not unspoken(found.language, resources)


def _lost(found: Evidence, generation: Generation, answer: Answer) -> bool:
    """Tell whether doubtful evidence turned out to hold nothing that a capable model wrote.

    Of the near misses that were tried it caught nearly all; a small model invents beside evidence
    that answers, too, and what was stopped was not finished.
    """
    claims = written(answer)
    if any(claim.verified for claim in claims):
        return False
    if not found.answers:
        return True
    doubtful = not (found.judgement.sure or found.insisted or answer.stopped)
    return doubtful and not generation.small and bool(claims)

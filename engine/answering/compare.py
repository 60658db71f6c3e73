"""One question, one body of evidence, one prompt, two attentions."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from engine.answering.assemble import finished, refused, said
from engine.answering.citations import CitationResolver
from engine.answering.gathering import AnswerRequest, Evidence, Resources, gather, unspoken
from engine.answering.generate import Generation, Task, observe_side, prepare, run_side
from engine.answering.likeness import likeness_of
from engine.cancel import CancelToken
from engine.events import (
    AnswerFinished,
    CompareEvent,
    ComparisonFinished,
    PromptPrefilled,
    SideProgressed,
    TokensGenerated,
)
from engine.inference.chat_model import ChatModel
from engine.questions import small_talk
from engine.records import Answer, AttentionChoice, Comparison, Notice, SourceAttention

Choices = tuple[AttentionChoice, AttentionChoice]
_Side = tuple[Answer, SourceAttention | None]


def compare(
    request: AnswerRequest, choices: Choices, resources: Resources, cancel: CancelToken
) -> Iterator[CompareEvent]:
    """Answer a question twice, one attention after the other on the same model.

    Evidence and prompt are made once; seed and sampling are the same; both sides read the
    prompt from an empty cache. What a small model makes up is kept and marked: the reader
    is here to judge it.

    Args:
        request: The question.
        choices: Attention of each side.
        resources: Stores and models.
        cancel: Stops; both answers are there all the same, with what was written.

    Yields:
        ``PassagesRetrieved``, ``ExtractsFound``, ``SideProgressed``...,
        ``ComparisonFinished``. A refusal for want of evidence goes from
        ``PassagesRetrieved`` straight to ``ComparisonFinished``; a greeting gets
        ``ComparisonFinished`` alone.

    Raises:
        As :func:`engine.answering.answer.answer`; before a side has begun.
    """
    reply = small_talk(request.question)
    if reply is not None:
        talk = (said(request, reply, choices[0]), said(request, reply, choices[1]))
        yield ComparisonFinished(Comparison(talk, (None, None), ""))
        return
    found = yield from gather(request, resources)
    if not found.answers:
        both = (refused(request, found, choices[0]), refused(request, found, choices[1]))
        yield ComparisonFinished(Comparison(both, (None, None), ""))
        return
    notices = () if cancel.cancelled else unspoken(found.language, resources)
    model: ChatModel | None = None
    task: Task | None = None
    if not cancel.cancelled and not notices:
        model = resources.chat_model()
        task = prepare(request, found, model)
        for choice in reversed(choices):  # what cannot run is refused before anything is read
            model.use_attention(choice)
    pair = _Pair(
        request,
        found,
        CitationResolver(
            found.passages,
            resources.catalogue.documents,
            found.query,
            None if cancel.cancelled else likeness_of(resources.embedder),
        ),
        notices,
    )
    first = yield from pair.side(0, choices[0], model, task, cancel)
    second = yield from pair.side(1, choices[1], model, task, cancel)
    sha256 = task.prompt.sha256 if task is not None else ""
    comparison = Comparison((first[0], second[0]), (first[1], second[1]), sha256)
    yield ComparisonFinished(comparison, cancel.cancelled)


class _Pair:
    """What both sides share."""

    def __init__(
        self,
        request: AnswerRequest,
        found: Evidence,
        resolver: CitationResolver,
        notices: tuple[Notice, ...],
    ) -> None:
        self._request = request
        self._found = found
        self._resolver = resolver
        self._notices = notices

    def side(
        self,
        number: int,
        choice: AttentionChoice,
        model: ChatModel | None,
        task: Task | None,
        cancel: CancelToken,
    ) -> Generator[SideProgressed, None, _Side]:
        """Run one side; the generator's value is its answer and where it looked."""
        generation, looked = Generation(), None
        if model is not None and task is not None and not cancel.cancelled:
            model.start_afresh()
            generation = yield from _of_side(number, run_side(task, model, choice, cancel))
            looked = observe_side(task, model, generation)
        answer = finished(
            self._request,
            self._found,
            choice,
            generation,
            self._resolver,
            notices=self._notices,
            keep_unsupported=True,
            stopped=cancel.cancelled,
        )
        yield SideProgressed(number, AnswerFinished(answer))
        return answer, looked


def _of_side(
    number: int, events: Generator[PromptPrefilled | TokensGenerated, None, Generation]
) -> Generator[SideProgressed, None, Generation]:
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            made: Generation = end.value
            return made
        yield SideProgressed(number, event)

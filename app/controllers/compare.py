"""Comparing: one question, one body of evidence, two attention settings, a blind vote."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.controllers.chat import ChatController
from app.jobs import Job, JobRunner
from engine.cancel import CancelToken
from engine.events import CompareEvent, ComparisonFinished
from engine.records import AttentionChoice, CompareRequest, Comparison, Preference, VoteTally

if TYPE_CHECKING:
    from engine.facade import Engine


@dataclass
class ShownComparison:
    """A comparison on the screen.

    Attributes:
        key: Number in this window; never reused, shared with the turns.
        question: As typed.
        asked: The two settings as the user named them.
        run: The same two in the order they run; side 0 is column A. The order is drawn by
            lot, so that neither the columns nor who writes first tells which is which.
        seed: Sampling seed of both sides.
        comparison: Set when finished.
        stopped: True if the user pressed stop.
        preference: The vote; None before it.
        revealed: Whether the user may see which side ran with which attention.
        error: Set when failed.
    """

    key: int
    question: str
    asked: tuple[AttentionChoice, AttentionChoice]
    run: tuple[AttentionChoice, AttentionChoice]
    seed: int = 0
    comparison: Comparison | None = None
    stopped: bool = False
    preference: Preference | None = None
    revealed: bool = False
    error: Exception | None = None
    job: Job | None = field(default=None, repr=False)

    @property
    def can_be_voted_on(self) -> bool:
        """Whether there are two finished answers, written under two attention modes."""
        if self.comparison is None or self.stopped or self.revealed:
            return False
        written = all(answer.generated for answer in self.comparison.answers)
        return written and self.run[0].mode != self.run[1].mode


def toss() -> bool:
    """Draw by lot."""
    return random.random() < 0.5


class CompareController(QObject):
    """Runs comparisons in the answer lane and keeps their votes.

    Signals:
        started: A :class:`ShownComparison` that begins (again).
        event_received: Its key and an engine event.
        finished: The comparison; ``comparison`` is set unless it was stopped early.
        run_failed: The comparison; ``error`` is set.
        revealed: The comparison, and the :class:`VoteTally` of its two modes or None.
        exported: Path of the file written.
        failed: An error that is not the comparison's own: vote or export.
    """

    started = Signal(object)
    event_received = Signal(int, object)
    finished = Signal(object)
    run_failed = Signal(object)
    revealed = Signal(object, object)
    exported = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        engine: Engine,
        runner: JobRunner,
        chat: ChatController,
        parent: QObject | None = None,
        *,
        toss: Callable[[], bool] = toss,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._chat = chat
        self.toss = toss
        self.shown: dict[int, ShownComparison] = {}
        chat.opened.connect(lambda *_: self.shown.clear())

    @property
    def latest(self) -> ShownComparison | None:
        """The comparison asked for last in this conversation."""
        return self.shown[max(self.shown)] if self.shown else None

    # --- running -----------------------------------------------------------------------

    def compare(self, question: str, first: AttentionChoice, second: AttentionChoice) -> bool:
        """Answer a question under two settings; return False if none can be asked now."""
        ready = self._chat.collection is not None and bool(question.strip())
        if self._chat.busy or not ready or first == second:
            return False
        self._start(
            ShownComparison(
                self._chat.next_key(), question.strip(), (first, second), (first, second)
            )
        )
        return True

    def regenerate(self, key: int) -> bool:
        """Compare again with another seed; the old comparison goes."""
        old = self.shown.get(key)
        if old is None or self._chat.busy:
            return False
        seed = old.seed + (old.comparison is not None)
        self._start(ShownComparison(key, old.question, old.asked, old.asked, seed))
        return True

    def _start(self, shown: ShownComparison) -> None:
        if self.toss():
            shown.run = (shown.asked[1], shown.asked[0])
        self.shown[shown.key] = shown
        self.started.emit(shown)
        self._chat.occupy(shown)
        job = shown.job = self._runner.submit("answer", self._work(shown))
        job.event_received.connect(lambda event: self._on_event(shown, event))
        job.failed.connect(lambda error: self._on_failed(shown, error))
        job.ended.connect(lambda: self._on_ended(shown))

    def _work(self, shown: ShownComparison) -> Callable[[CancelToken], Iterator[CompareEvent]]:
        collection, conversation = self._chat.collection, self._chat.conversation
        assert collection is not None  # noqa: S101  checked by the callers
        request = CompareRequest(
            shown.question,
            collection.name,
            shown.run,
            seed=shown.seed,
            conversation_id=conversation.id if conversation is not None else None,
        )

        def work(token: CancelToken) -> Iterator[CompareEvent]:
            return self._engine.compare(request, token)

        return work

    def _on_event(self, shown: ShownComparison, event: CompareEvent) -> None:
        if isinstance(event, ComparisonFinished):
            shown.comparison, shown.stopped = event.comparison, event.stopped
        self.event_received.emit(shown.key, event)

    def _on_failed(self, shown: ShownComparison, error: Exception) -> None:
        shown.error = error
        self.run_failed.emit(shown)

    def _on_ended(self, shown: ShownComparison) -> None:
        self._chat.vacate(shown)
        if shown.error is not None:
            return
        self.finished.emit(shown)
        if shown.comparison is not None and not shown.can_be_voted_on:
            self.reveal(shown.key)  # nothing to judge blindly

    # --- voting ------------------------------------------------------------------------

    def vote(self, key: int, preference: Preference) -> bool:
        """Store a vote, then reveal; return False if there is nothing to vote on."""
        shown = self.shown.get(key)
        if shown is None or shown.preference is not None or not shown.can_be_voted_on:
            return False
        comparison = shown.comparison
        assert comparison is not None  # noqa: S101  there is something to vote on
        shown.preference = preference
        self._runner.call(
            lambda: self._engine.comparisons.vote(comparison, preference),
            lambda tally: self._reveal(shown, tally),
            lambda error: self._on_vote_failed(shown, error),
        )
        return True

    def reveal(self, key: int) -> bool:
        """Say which side is which, without a vote; a vote is not possible any more."""
        shown = self.shown.get(key)
        if shown is None or shown.revealed or shown.comparison is None:
            return False
        self._runner.call(
            self._engine.comparisons.tallies,
            lambda tallies: self._reveal(shown, _tally_of(shown, tallies)),
            self.failed.emit,
        )
        self._reveal(shown, None)
        return True

    def _reveal(self, shown: ShownComparison, tally: VoteTally | None) -> None:
        shown.revealed = True
        self.revealed.emit(shown, tally)

    def _on_vote_failed(self, shown: ShownComparison, error: Exception) -> None:
        shown.preference = None
        self.failed.emit(error)

    # --- keeping -----------------------------------------------------------------------

    def export(self, key: int, path: Path) -> None:
        """Write a comparison to a ``.html`` or ``.json`` file."""
        shown = self.shown.get(key)
        if shown is None or shown.comparison is None:
            return
        comparison = shown.comparison
        self._runner.call(
            lambda: self._engine.comparisons.export(comparison, path),
            lambda _none: self.exported.emit(path),
            self.failed.emit,
        )


def _tally_of(shown: ShownComparison, tallies: tuple[VoteTally, ...]) -> VoteTally | None:
    modes = {choice.mode for choice in shown.run}
    return next((tally for tally in tallies if set(tally.modes) == modes), None)

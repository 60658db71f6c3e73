"""Asking: questions, streamed answers, stop and regenerate."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from app.jobs import Job, JobRunner
from engine.events import AnswerEvent, AnswerFinished
from engine.records import (
    Answer,
    AskRequest,
    AttentionChoice,
    Collection,
    Conversation,
    KernelChoice,
    QuestionKind,
    TablePlan,
    Turn,
)

if TYPE_CHECKING:
    from engine.facade import Engine


class Running(Protocol):
    """What holds the chat model: an answer or a comparison."""

    job: Job | None


@dataclass
class ShownTurn:
    """A question on the screen with what became of it.

    Attributes:
        key: Number of the turn in this window; never reused.
        question: As typed.
        choice: Attention it was asked with; None for the mode that the engine begins with.
        seed: Sampling seed.
        answer: Set when finished.
        turn_id: Row of the answer that is stored, 0 if none is: while it is answered again,
            that of the answer before.
        error: Set when failed.
        insists: Whether to answer even if the passages seem not to.
        kind: What the question is to be taken for; None recognises it.
        plan: What is to be computed from tables; None makes a plan from the question.
    """

    key: int
    question: str
    choice: AttentionChoice | None = None
    seed: int = 0
    answer: Answer | None = None
    turn_id: int = 0
    error: Exception | None = None
    insists: bool = False
    kind: QuestionKind | None = None
    plan: TablePlan | None = None
    job: Job | None = field(default=None, repr=False)


class ChatController(QObject):
    """The conversation on the screen.

    Attributes:
        kernel: Who computes attention from the next question on.
        keeps_order: Whether passages that were read already may keep their order.

    Signals:
        opened: Conversation or None (a new one) and its turns as :class:`ShownTurn` list.
        turn_started: A :class:`ShownTurn` whose answer begins (again).
        event_received: Key of the turn and an engine event.
        turn_finished: The turn; its ``answer`` is set.
        turn_failed: The turn; its ``error`` is set.
        busy_changed: Whether an answer is being made.
        conversations_stale: The list of conversations should be read again.
        failed: An error that belongs to no turn.
    """

    opened = Signal(object, object)
    turn_started = Signal(object)
    event_received = Signal(int, object)
    turn_finished = Signal(object)
    turn_failed = Signal(object)
    busy_changed = Signal(bool)
    conversations_stale = Signal()
    failed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._keys = itertools.count(1)
        self._running: Running | None = None
        self.kernel: KernelChoice = "auto"
        self.keeps_order = True
        self.collection: Collection | None = None
        self.conversation: Conversation | None = None
        self.turns: list[ShownTurn] = []

    @property
    def busy(self) -> bool:
        """Whether an answer is being made."""
        return self._running is not None

    def next_key(self) -> int:
        """Return a number that nothing else in this window has."""
        return next(self._keys)

    def occupy(self, running: Running) -> None:
        """Take the chat model; nothing else can be asked, and :meth:`stop` stops this."""
        self._running = running
        self.busy_changed.emit(True)

    def vacate(self, running: Running) -> None:
        """Give the chat model free again."""
        running.job = None
        if self._running is running:
            self._running = None
            self.busy_changed.emit(False)

    @property
    def questions(self) -> list[str]:
        """The questions of this conversation, oldest first."""
        return [turn.question for turn in self.turns]

    # --- conversations -----------------------------------------------------------------

    def use_collection(self, collection: Collection | None) -> None:
        """Ask about another collection from now on, in a new conversation."""
        self.collection = collection
        self.start_new()

    def start_new(self) -> None:
        """Begin a new conversation; it is stored with its first answer."""
        self.stop()
        self.conversation = None
        self.turns = []
        self.opened.emit(None, [])

    def open(self, conversation: Conversation) -> None:
        """Show a stored conversation."""
        self.stop()
        self._runner.call(
            lambda: self._engine.conversations.turns(conversation.id),
            lambda turns: self._show(conversation, turns),
            self.failed.emit,
        )

    def _show(self, conversation: Conversation, turns: tuple[Turn, ...]) -> None:
        self.conversation = conversation
        self.turns = [self._shown(turn) for turn in turns]
        self.opened.emit(conversation, self.turns)

    def _shown(self, turn: Turn) -> ShownTurn:
        answer = turn.answer
        return ShownTurn(
            self.next_key(),
            answer.question,
            AttentionChoice(answer.attention.mode, answer.attention.prefill),
            answer.stats.seed,
            answer,
            turn.id,
            kind=None if answer.kind in ("fact", "talk") else answer.kind,
            plan=answer.plan,
        )

    # --- asking ------------------------------------------------------------------------

    def ask(self, question: str, choice: AttentionChoice | None = None, *, seed: int = 0) -> bool:
        """Ask a question; return False if none can be asked now.

        Args:
            question: As typed.
            choice: Attention to answer with; :attr:`kernel` says who computes it. None takes
                the mode that the engine begins with.
            seed: Sampling seed.
        """
        if self.busy or self.collection is None or not question.strip():
            return False
        turn = ShownTurn(self.next_key(), question.strip(), choice, seed)
        self.turns.append(turn)
        self._start(turn)
        return True

    def regenerate(
        self, key: int, choice: AttentionChoice | None = None, *, insists: bool = False
    ) -> bool:
        """Answer the last question again, with another seed.

        The old answer goes when the new one is stored.

        Args:
            key: Of the turn.
            choice: Attention to answer with; None takes that of the old answer.
            insists: Answer from the nearest passages even if they seem not to answer.
        """
        turn = self._last(key)
        if turn is None:
            return False
        turn.seed += 1 if turn.answer is not None else 0
        turn.choice = choice or turn.choice
        turn.insists = turn.insists or insists
        self._start(turn)
        return True

    def revise(
        self,
        key: int,
        *,
        question: str = "",
        kind: QuestionKind | None = None,
        plan: TablePlan | None = None,
    ) -> bool:
        """Ask the last question again in another way; what is not given stays as it was.

        Like :meth:`regenerate` it leaves the old answer until the new one is stored. A plan
        belongs to one question of one kind: another of either forgets it.

        Args:
            key: Of the turn.
            question: In other words.
            kind: What it is to be taken for.
            plan: What is to be computed; makes it a question to tables.
        """
        turn = self._last(key)
        if turn is None:
            return False
        turn.question = question.strip() or turn.question
        turn.kind = "table" if plan is not None else kind or turn.kind
        turn.plan = plan
        self._start(turn)
        return True

    def _last(self, key: int) -> ShownTurn | None:
        """Return the turn of a key if that is the last one and can be asked again now."""
        turn = self.turns[-1] if self.turns else None
        return turn if turn is not None and turn.key == key and not self.busy else None

    def stop(self) -> None:
        """Stop the answer in hand; what was written so far is kept and verified."""
        if self._running is not None and self._running.job is not None:
            self._running.job.cancel()

    def _start(self, turn: ShownTurn) -> None:
        request = self._request(turn)
        turn.answer, turn.error = None, None
        self.turn_started.emit(turn)
        self.occupy(turn)
        job = self._runner.submit("answer", lambda token: self._engine.ask(request, token))
        turn.job = job
        job.event_received.connect(lambda event: self._on_event(turn, event))
        job.failed.connect(lambda error: self._on_failed(turn, error))
        job.ended.connect(lambda: self._on_ended(turn))

    def request_for(self, question: str, choice: AttentionChoice) -> AskRequest | None:
        """Return what a question would ask here; None without a collection."""
        if self.collection is None:
            return None
        return self._request(ShownTurn(0, question, choice))

    def _request(self, turn: ShownTurn) -> AskRequest:
        assert self.collection is not None  # noqa: S101  checked by the callers
        return AskRequest(
            turn.question,
            self.collection.name,
            replace(turn.choice, kernel=self.kernel) if turn.choice else None,
            seed=turn.seed,
            conversation_id=self.conversation.id if self.conversation else None,
            keep=True,
            replaces=turn.turn_id,
            insist=turn.insists,
            keeps_order=self.keeps_order,
            kind=turn.kind,
            plan=turn.plan,
        )

    def _on_event(self, turn: ShownTurn, event: AnswerEvent) -> None:
        if isinstance(event, AnswerFinished):
            turn.answer, turn.turn_id = event.answer, event.turn_id
            if turn in self.turns and event.conversation is not None:
                self.conversation = event.conversation
            self.conversations_stale.emit()
        self.event_received.emit(turn.key, event)

    def _on_failed(self, turn: ShownTurn, error: Exception) -> None:
        turn.error = error
        self.turn_failed.emit(turn)

    def _on_ended(self, turn: ShownTurn) -> None:
        self.vacate(turn)
        if turn.answer is not None or turn.error is None:
            self.turn_finished.emit(turn)

"""What the answer lane does for one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.events import AnswerEvent, AnswerFinished
from engine.records import (
    Answer,
    AttentionMode,
    Collection,
    Conversation,
    KernelChoice,
    PrefillMode,
)

if TYPE_CHECKING:
    from engine.facade import Engine

_TITLE_LENGTH = 60


@dataclass(frozen=True)
class ConversationStarted:
    """The conversation that an answer is stored in exists."""

    conversation: Conversation


def title_of(question: str) -> str:
    """Return a conversation title: the question's first line, shortened."""
    line = " ".join(question.split())
    return line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1].rstrip() + "…"


@dataclass(frozen=True)
class AskWork:
    """The answer lane's job: find or make the conversation, then ask."""

    engine: Engine
    collection: Collection
    conversation: Conversation | None
    question: str
    attention: AttentionMode
    prefill: PrefillMode
    kernel: KernelChoice
    seed: int
    replaced: Answer | None
    replaced_id: int

    def __call__(self, token: CancelToken) -> Iterator[AnswerEvent | ConversationStarted]:
        """Yield the events of the answer; leave what is stored as it was if there is none."""
        made: Conversation | None = None
        conversation = self.conversation
        if conversation is None:
            title = title_of(self.question)
            made = conversation = self.engine.start_conversation(self.collection.id, title)
        finished = False
        # The old answer must not count as history of its own question.
        if self.replaced_id:
            self.engine.delete_turn(self.replaced_id)
        try:
            for event in self.engine.ask(
                self.question,
                self.collection.name,
                attention=self.attention,
                prefill=self.prefill,
                kernel=self.kernel,
                seed=self.seed,
                conversation_id=conversation.id,
                cancel=token,
            ):
                if isinstance(event, AnswerFinished):
                    finished = True
                    if made is not None:
                        yield ConversationStarted(made)
                yield event
        finally:
            if not finished:
                self._undo(conversation, made)

    def _undo(self, conversation: Conversation, made: Conversation | None) -> None:
        """Leave the stored conversation as it was before a failed answer."""
        if made is not None:
            self.engine.delete_conversation(made.id)
        elif self.replaced is not None and self.replaced_id:
            self.engine.store_turn(conversation.id, self.replaced)

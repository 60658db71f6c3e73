"""The list of conversations, with deletions that can be undone for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs import JobRunner
from engine.records import Collection, Conversation

if TYPE_CHECKING:
    from engine.facade import Engine

UNDO_MS = 8_000


class ConversationsController(QObject):
    """Lists, renames and deletes the conversations of a collection.

    A deleted conversation is hidden at once and deleted for good when the time for undo
    is over or the program closes.

    Signals:
        changed: The conversations to show, latest first.
        deleted: A conversation was hidden; offer undo.
        failed: An error of any of these.
    """

    changed = Signal(object)
    deleted = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._collection: Collection | None = None
        self._all: tuple[Conversation, ...] = ()
        self._doomed: dict[int, QTimer] = {}

    def use_collection(self, collection: Collection | None) -> None:
        """List the conversations of another collection."""
        self._collection = collection
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        if self._collection is None:
            self._take(())
            return
        collection_id = self._collection.id
        self._runner.call(
            lambda: self._engine.conversations.list(collection_id), self._take, self.failed.emit
        )

    def rename(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title."""
        self._runner.call(
            lambda: self._engine.conversations.rename(conversation_id, title),
            lambda _none: self.refresh(),
            self.failed.emit,
        )

    def delete(self, conversation: Conversation) -> None:
        """Hide a conversation and delete it when undo is no longer offered."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._delete_for_good(conversation.id))
        timer.start(UNDO_MS)
        self._doomed[conversation.id] = timer
        self._show()
        self.deleted.emit(conversation)

    def undo_delete(self, conversation_id: int) -> None:
        """Bring a hidden conversation back."""
        timer = self._doomed.pop(conversation_id, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()
            self._show()

    def flush(self) -> None:
        """Delete what is hidden, now; called when the program closes, lanes joined."""
        for conversation_id in list(self._doomed):
            self._doomed.pop(conversation_id).stop()
            self._engine.conversations.delete(conversation_id)

    def _delete_for_good(self, conversation_id: int) -> None:
        # Hidden until the row is really gone, so that no refresh shows it in between.
        self._runner.call(
            lambda: self._engine.conversations.delete(conversation_id),
            lambda _none: self._forget(conversation_id),
            self.failed.emit,
        )

    def _forget(self, conversation_id: int) -> None:
        self._doomed.pop(conversation_id, None)
        self.refresh()

    def _take(self, conversations: tuple[Conversation, ...]) -> None:
        self._all = conversations
        self._show()

    def _show(self) -> None:
        self.changed.emit(tuple(c for c in self._all if c.id not in self._doomed))

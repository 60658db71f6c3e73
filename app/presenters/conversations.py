"""The conversations in the sidebar: open, rename, delete, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.views.dialogs.input_boxes import TextPrompt
from app.views.sidebar import Sidebar
from app.views.toast import Toast
from engine.records import Conversation

if TYPE_CHECKING:
    from app.program import Program


class ConversationPresenter(QObject):
    """Keeps the list and the conversation on the screen together."""

    def __init__(self, program: Program, sidebar: Sidebar, toast: Toast, window: QWidget) -> None:
        super().__init__(window)
        self._chat = program.chat
        self._controller = program.conversations
        self._sidebar = sidebar
        self._toast = toast
        self._window = window
        self._chat.opened.connect(self._on_opened)
        self._controller.changed.connect(self._show)
        self._controller.deleted.connect(self._offer_undo)
        sidebar.conversation_chosen.connect(self._chat.open)
        sidebar.conversation_rename_requested.connect(self.rename)
        sidebar.conversation_delete_requested.connect(self._controller.delete)

    def rename(self, conversation: Conversation) -> None:
        """Ask for another title."""
        TextPrompt(
            self._window,
            self.tr("Rename conversation"),
            text=conversation.title,
            done=lambda text: self._controller.rename(conversation.id, text),
        ).open()

    def _show(self, conversations: tuple[Conversation, ...]) -> None:
        current = self._chat.conversation
        self._sidebar.show_conversations(conversations, current.id if current else 0)

    def _on_opened(self, conversation: Conversation | None, _turns: object) -> None:
        self._sidebar.conversations.select_key(conversation.id if conversation else 0)

    def _offer_undo(self, conversation: Conversation) -> None:
        current = self._chat.conversation
        if current is not None and current.id == conversation.id:
            self._chat.start_new()
        self._toast.say(
            self.tr("Conversation deleted."),
            self.tr("Undo"),
            lambda: self._controller.undo_delete(conversation.id),
        )

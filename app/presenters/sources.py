"""Shows in the sources column what the chat column speaks of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.models.answer_pieces import quotes_of
from app.views.answer_card import AnswerCard
from app.views.chat_view import ChatView
from app.views.columns import Columns
from app.views.opening import open_passage, open_path
from app.views.sources_view import SourcesView
from engine.records import Conversation, Passage, RetrievedPassage

if TYPE_CHECKING:
    from app.controllers.chat import ChatController, ShownTurn


class SourcesPresenter(QObject):
    """Follows answers, citations and search results."""

    def __init__(
        self, controller: ChatController, chat: ChatView, sources: SourcesView, columns: Columns
    ) -> None:
        super().__init__(columns)
        self._chat = chat
        self._sources = sources
        self._columns = columns
        controller.opened.connect(self._on_opened)
        chat.passages_shown.connect(lambda key: self.show_of(key))
        chat.chip_clicked.connect(self.show_cited)
        sources.viewer.open_requested.connect(open_passage)
        sources.viewer.folder_requested.connect(self._open_folder)

    def show_of(self, key: int, *, chosen: bool = False) -> None:
        """Show the evidence of an answer or a comparison.

        Args:
            key: Of the card.
            chosen: The user asks for it, also where nothing in it answers.
        """
        card = self._chat.card(key)
        if not chosen and isinstance(card, AnswerCard) and card.cites_nothing:
            self._sources.clear()  # what is nearest is no source
            return
        if card is None or not card.passages:
            return
        quotes = quotes_of(card.extracts, card.citations)
        first = card.extracts[0].number if card.extracts else 0
        if self._sources.isHidden() and not self._columns.is_narrow:
            self._columns.show_sources()
        self._sources.show_passages(card.passages, quotes, first)

    def show_cited(self, key: int, number: int) -> None:
        """Show one passage of an answer or a comparison."""
        if self._sources.isHidden():
            self._columns.show_sources()
        self.show_of(key, chosen=True)
        self._sources.select(number)

    def show_found(self, chosen: RetrievedPassage, found: tuple[RetrievedPassage, ...]) -> None:
        """Show search results."""
        self._columns.show_sources()
        self._sources.show_passages(found, {})
        self._sources.select(chosen.number)

    def _on_opened(self, _conversation: Conversation | None, turns: list[ShownTurn]) -> None:
        if not turns:
            self._sources.clear()
            self._sources.hide()

    def _open_folder(self, passage: Passage) -> None:
        open_path(Path(passage.document.path).parent)

"""The window: three columns, wired to the controllers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QSplitter, QWidget

from app.controllers.chat import ShownTurn
from app.models.answer_copy import answer_as_text
from app.models.answer_pieces import quotes_of
from app.theme.icons import icon
from app.theme.tokens import LIGHT
from app.views.banner import Banner
from app.views.chat_view import ChatView
from app.views.collection_actions import CollectionActions
from app.views.compare.actions import CompareActions
from app.views.dialog_opener import DialogOpener
from app.views.drop import DropFilter
from app.views.drop_overlay import DropOverlay
from app.views.menus import Menus
from app.views.opening import open_passage, open_path
from app.views.sidebar import Sidebar
from app.views.sources_view import SourcesView
from app.views.toast import Toast
from app.views.widgets import Translated, column
from engine.events import AnswerEvent, AnswerFinished, ExtractsFound
from engine.records import AttentionChoice, Conversation, RetrievedPassage

if TYPE_CHECKING:
    from app.program import Program

_SOURCES_WIDTH = 430
_NARROW = 1_060
"""Below this width there is room for one of the side columns only."""


class MainWindow(Translated, DialogOpener, QMainWindow):
    """Sidebar, chat, sources.

    Signals:
        painted: After the first paint.
        closed: The user closed the window.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.words = program.words
        self.sidebar = Sidebar(self.words)
        self.chat = ChatView(self.words)
        self.sources = SourcesView(self.words, program.look_up)
        self.banner = Banner()
        self._build()
        self.compare_actions = CompareActions(self)
        self.menus = Menus(self)
        self.overlay = DropOverlay(self)
        self.toast = Toast(self)
        self.drop = DropFilter(self)
        self.collection_actions = CollectionActions(self)
        self._was_painted = False
        self._connect()
        self.resize(1360, 860)
        self.setMinimumSize(760, 520)
        self.focus_question()
        self.retranslate()

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowIcon(QIcon(icon("sabun", LIGHT.accent, 64)))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        middle = QWidget()
        rows = column(middle, gap=0)
        rows.addWidget(self.banner)
        rows.addWidget(self.chat, 1)
        for widget, least in ((self.sidebar, 220), (middle, 450), (self.sources, 280)):
            widget.setMinimumWidth(least)
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([276, 650, _SOURCES_WIDTH])
        self.setCentralWidget(self.splitter)
        self.sources.hide()

    def _connect(self) -> None:
        self._connect_library()
        self._connect_chat()
        models, settings, theme = self.program.models, self.program.settings, self.program.theme
        models.warmed_up.connect(self._on_warmed_up)
        models.warm_up_failed.connect(self._on_warm_up_failed)
        settings.failed.connect(self.show_error)
        theme.changed.connect(self._on_theme)
        self.menus.theme_group.triggered.connect(
            lambda action: settings.change(theme=action.data())
        )
        self.banner.action_requested.connect(self.open_models)
        self._mark_theme()

    def _connect_library(self) -> None:
        library, sidebar, empty = self.program.library, self.sidebar, self.chat.empty
        library.collections_changed.connect(sidebar.show_collections)
        library.selected.connect(self._on_collection_updated)
        library.switched.connect(self._on_collection_switched)
        library.sources_changed.connect(sidebar.show_sources)
        library.progress_changed.connect(lambda *_: self._on_progress())
        library.failed.connect(self.show_error)
        for view in (sidebar, empty):
            view.add_folder_requested.connect(self.choose_folder)
            view.add_files_requested.connect(self.choose_files)
        empty.sample_requested.connect(self.program.add_sample)
        sidebar.rescan_requested.connect(self.rescan)
        sidebar.cancel_requested.connect(library.cancel)
        sidebar.collection_chosen.connect(lambda collection: library.select(collection.name))
        sidebar.skipped_requested.connect(self.open_skipped)
        sidebar.settings_requested.connect(self.open_settings)
        sidebar.search_requested.connect(self.open_search)
        sidebar.source_opened.connect(lambda source: open_path(Path(source.path)))

    def _connect_chat(self) -> None:
        chat, view = self.program.chat, self.chat
        conversations = self.program.conversations
        chat.opened.connect(self._on_conversation_opened)
        chat.turn_started.connect(view.start_turn)
        chat.event_received.connect(self._on_answer_event)
        chat.turn_finished.connect(view.finish_turn)
        chat.turn_failed.connect(view.finish_turn)
        chat.busy_changed.connect(view.composer.set_busy)
        chat.conversations_stale.connect(conversations.refresh)
        chat.failed.connect(self.show_error)
        conversations.changed.connect(self._on_conversations)
        conversations.failed.connect(self.show_error)
        conversations.deleted.connect(self._offer_undo)
        view.composer.asked.connect(self._on_asked)
        view.composer.stop_requested.connect(chat.stop)
        view.empty.question_chosen.connect(self.ask)
        view.passages_shown.connect(self.show_sources_of)
        view.chip_clicked.connect(self._on_chip)
        view.copy_requested.connect(self._copy_answer)
        view.regenerate_requested.connect(lambda key: chat.regenerate(key))
        view.baseline_requested.connect(self._ask_with_baseline)
        view.coverage_clicked.connect(self.open_skipped)
        self.sidebar.new_conversation_requested.connect(self.start_conversation)
        self.sidebar.conversation_chosen.connect(chat.open)
        self.sources.viewer.open_requested.connect(open_passage)
        self.sources.viewer.folder_requested.connect(
            lambda passage: open_path(Path(passage.document.path).parent)
        )

    # --- asking ------------------------------------------------------------------------

    def ask(self, question: str) -> None:
        """Ask a question with the modes chosen in the composer."""
        composer = self.chat.composer
        if composer.comparing:
            self.compare_actions.compare(question)
        else:
            self._on_asked(question, composer.choice)

    def start_conversation(self) -> None:
        """Begin a new conversation."""
        self.program.chat.start_new()
        self.focus_question()

    def stop_answer(self) -> None:
        """Stop the answer in hand."""
        self.program.chat.stop()

    def focus_question(self) -> None:
        """Put the keyboard into the question box."""
        self.chat.composer.edit.setFocus()

    def copy_last_answer(self) -> None:
        """Copy the last answer with its citations."""
        if self.chat.cards:
            self._copy_answer(max(self.chat.cards))

    def _on_asked(self, question: str, choice: AttentionChoice) -> None:
        if not self.program.chat.ask(question, choice):
            self.chat.composer.edit.setPlainText(question)

    def _ask_with_baseline(self, key: int) -> None:
        self.chat.composer.choose_baseline()
        self.program.chat.regenerate(key, AttentionChoice())

    def _on_answer_event(self, key: int, event: AnswerEvent) -> None:
        self.chat.take(key, event)
        if isinstance(event, ExtractsFound | AnswerFinished):
            self.show_sources_of(key)

    def _copy_answer(self, key: int) -> None:
        answer = self.chat.answer_of(key)
        if answer is not None:
            QApplication.clipboard().setText(answer_as_text(answer, self.words))
            self.toast.say(self.tr("Copied with citations."))

    # --- conversations -----------------------------------------------------------------

    def _on_conversation_opened(
        self, _conversation: Conversation | None, turns: list[ShownTurn]
    ) -> None:
        self.chat.show_turns(turns)
        if not turns:
            self.sources.clear()
            self.sources.hide()
        self._mark_conversation()

    def _on_conversations(self, conversations: tuple[Conversation, ...]) -> None:
        current = self.program.chat.conversation
        self.sidebar.show_conversations(conversations, current.id if current else 0)

    def _mark_conversation(self) -> None:
        current = self.program.chat.conversation
        self.sidebar.conversations.select_key(current.id if current else 0)

    def _offer_undo(self, conversation: Conversation) -> None:
        current = self.program.chat.conversation
        if current is not None and current.id == conversation.id:
            self.program.chat.start_new()
        self.toast.say(
            self.tr("Conversation deleted."),
            self.tr("Undo"),
            lambda: self.program.conversations.undo_delete(conversation.id),
        )

    # --- sources -----------------------------------------------------------------------

    def show_sources_of(self, key: int) -> None:
        """Show the evidence of an answer or a comparison."""
        card = self.chat.card(key)
        if card is None or not card.passages:
            return
        quotes = quotes_of(card.extracts, card.citations)
        first = card.extracts[0].number if card.extracts else 0
        if self.sources.isHidden() and self.width() >= _NARROW:
            self._show_sources_column()
        self.sources.show_passages(card.passages, quotes, first)

    def _on_chip(self, key: int, number: int) -> None:
        if self.sources.isHidden():
            self._show_sources_column()
        self.show_sources_of(key)
        self.sources.select(number)

    def show_found(self, chosen: RetrievedPassage, found: tuple[RetrievedPassage, ...]) -> None:
        """Show search results in the sources column."""
        self._show_sources_column()
        self.sources.show_passages(found, {})
        self.sources.select(chosen.number)

    def _show_sources_column(self) -> None:
        if self.width() < _NARROW:
            self.sidebar.hide()
        self.sources.show()
        sizes = self.splitter.sizes()
        if sizes[2] < 300:
            middle = sizes[1] + sizes[2] - _SOURCES_WIDTH
            self.splitter.setSizes([sizes[0], max(450, middle), _SOURCES_WIDTH])

    def toggle_sources(self) -> None:
        """Show or hide the right column."""
        if self.sources.isHidden():
            self._show_sources_column()
        else:
            self.sources.hide()

    def toggle_sidebar(self) -> None:
        """Show or hide the left column."""
        self.sidebar.setVisible(self.sidebar.isHidden())
        if self.width() < _NARROW and not self.sidebar.isHidden():
            self.sources.hide()

    # --- documents ---------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Let the user choose a folder to add."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Add a folder"))
        if chosen:
            self.program.library.add_paths([chosen])

    def choose_files(self) -> None:
        """Let the user choose files to add."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"))
        if chosen:
            self.program.library.add_paths(chosen)

    def rescan(self) -> None:
        """Look for changed files in the collection in use."""
        self.program.library.rescan()

    def ask_collection_name(self) -> None:
        """Ask for the name of a new collection."""
        self.collection_actions.create()

    def _on_collection_updated(self, _collection: object) -> None:
        collection = self.program.library.current
        self.sidebar.show_current(collection)
        self._update_empty_state()
        if collection is not None:
            engine = self.program.engine
            self.program.runner.call(
                lambda: engine.library.documents(collection.id), self.chat.empty.set_documents
            )

    def _on_collection_switched(self, _collection: object) -> None:
        collection = self.program.library.current
        self.program.chat.use_collection(collection)
        self.program.conversations.use_collection(collection)
        self._on_progress()

    def _on_progress(self) -> None:
        self.sidebar.show_progress(self.program.library.progress)
        self._update_empty_state()

    def _update_empty_state(self) -> None:
        collection = self.program.library.current
        n_documents = collection.n_documents if collection else 0
        indexing = collection is not None and collection.name in self.program.library.progress
        if n_documents:
            self.chat.empty.set_state("ready")
        else:
            self.chat.empty.set_state("indexing" if indexing else "no-documents")
        self.chat.composer.set_ready(bool(n_documents))

    # --- models and looks --------------------------------------------------------------

    def show_loading(self) -> None:
        """Say that the models are being loaded."""
        self.sidebar.show_status(self.tr("Loading models…"))

    def _on_warmed_up(self) -> None:
        self.sidebar.show_status("")

    def _on_warm_up_failed(self, error: Exception) -> None:
        self.sidebar.show_status("")
        self.banner.say(self.words.error(error), self.tr("Models…"))

    def _on_theme(self, _tokens: object) -> None:
        self.chat.refresh_theme()
        self.sources.refresh_theme()
        self._mark_theme()

    def _mark_theme(self) -> None:
        for action in self.menus.theme_group.actions():
            action.setChecked(action.data() == self.program.theme.choice)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.setWindowTitle("Sabun")
        self.menus.retranslate()

    # --- Qt ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Note the first paint."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drop veil over everything; give a narrow window's room to the answers."""
        super().resizeEvent(event)
        self.overlay.setGeometry(self.rect())
        if self.width() < _NARROW and not self.sidebar.isHidden():
            self.sources.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once; the program ends when its lanes have."""
        super().closeEvent(event)
        self.closed.emit()

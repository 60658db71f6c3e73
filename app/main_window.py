"""The window: lays out the columns and connects what drives them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QMainWindow

from app.desk import Desk
from app.menus import Menus
from app.presenters.chat import ChatPresenter
from app.presenters.collections import CollectionPresenter
from app.presenters.comparing import ComparePresenter
from app.presenters.conversations import ConversationPresenter
from app.presenters.dialogs import DialogOpener
from app.presenters.library import LibraryPresenter
from app.presenters.models import ModelsPresenter
from app.presenters.sources import SourcesPresenter
from app.program import Program
from app.theme.icons import icon
from app.theme.tokens import LIGHT
from app.views.banner import Banner
from app.views.chat_view import ChatView
from app.views.columns import Columns
from app.views.drop import DropFilter
from app.views.sidebar import Sidebar
from app.views.sources_view import SourcesView
from app.views.toast import Toast


class MainWindow(QMainWindow):
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
        self.sidebar = Sidebar(program.words)
        self.chat = ChatView(program.words)
        self.sources = SourcesView(program.words, program.look_up)
        self.banner = Banner()
        self.columns = Columns(self.sidebar, self.banner, self.chat, self.sources)
        self.setCentralWidget(self.columns)
        self.dialogs = DialogOpener(program, self)
        self.desk = self._make_desk()
        self.menus = Menus(self.menuBar(), self.desk)
        self.drop = DropFilter(self, self._drop_target)
        self._was_painted = False
        self._connect()
        self.setWindowTitle("Sabun")
        self.setWindowIcon(QIcon(icon("sabun", LIGHT.accent, 64)))
        self.resize(1360, 860)
        self.setMinimumSize(760, 520)
        self.chat.composer.setFocus()

    def _make_desk(self) -> Desk:
        """Let presenters drive the views; return what the menus act on."""
        program, sidebar, chat = self.program, self.sidebar, self.chat
        self.toast = Toast(self)
        comparisons = ComparePresenter(program, chat, self.toast, self.dialogs, self)
        LibraryPresenter(program, sidebar, chat)
        ModelsPresenter(program, sidebar, self.banner)
        ConversationPresenter(program, sidebar, self.toast, self)
        return Desk(
            program=program,
            window=self,
            columns=self.columns,
            composer=chat.composer,
            chat=ChatPresenter(program, chat, self.toast),
            collections=CollectionPresenter(program, sidebar, self.toast, self.dialogs, self),
            comparisons=comparisons,
            dialogs=self.dialogs,
        )

    def _connect(self) -> None:
        desk, program, dialogs = self.desk, self.program, self.dialogs
        sources = SourcesPresenter(program.chat, self.chat, self.sources, self.columns)
        dialogs.passage_chosen.connect(sources.show_found)
        for controller in (program.library, program.chat, program.conversations, program.settings):
            controller.failed.connect(dialogs.show_error)
        for view in (self.sidebar, self.chat.empty):
            view.add_folder_requested.connect(desk.collections.add_folder)
            view.add_files_requested.connect(desk.collections.add_files)
        self.sidebar.new_conversation_requested.connect(desk.chat.start_conversation)
        self.sidebar.skipped_requested.connect(desk.collections.show_skipped)
        self.chat.coverage_clicked.connect(desk.collections.show_skipped)
        self.chat.models_requested.connect(dialogs.open_models)
        self.sidebar.settings_requested.connect(dialogs.open_settings)
        self.sidebar.search_requested.connect(dialogs.open_search)
        self.banner.action_requested.connect(dialogs.open_models)
        self.drop.watch(self.chat.composer.edit)
        self.drop.paths_dropped.connect(lambda paths: program.library.add_paths(paths))
        program.theme.changed.connect(self.chat.refresh_theme)
        program.theme.changed.connect(self.sources.refresh_theme)

    def _drop_target(self) -> str:
        collection = self.program.library.current
        return collection.name if collection is not None else ""

    # --- Qt ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Note the first paint."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once; the program ends when its lanes have."""
        super().closeEvent(event)
        self.closed.emit()

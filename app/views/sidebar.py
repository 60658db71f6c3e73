"""The left column: collections, their folders, conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from app.controllers.ingest_progress import IngestProgress
from app.i18n import Words
from app.models.rows import Row
from app.theme.icons import bind_icon
from app.views.ingest_card import IngestCard
from app.views.row_list import RowList
from app.views.widgets import Translated, button, column, label, line, name
from engine.records import Collection, Conversation, WatchedSource


class Sidebar(Translated, QFrame):
    """Lists what there is, and says what the user wants done with it.

    Signals:
        new_conversation_requested, add_folder_requested, add_files_requested,
        create_collection_requested, settings_requested, skipped_requested,
        search_requested, rescan_requested, cancel_requested: Buttons.
        collection_chosen: A :class:`Collection`; likewise rename and delete.
        conversation_chosen: A :class:`Conversation`; likewise rename and delete.
        source_removal_requested: A :class:`WatchedSource`.
        source_opened: A :class:`WatchedSource`.
    """

    new_conversation_requested = Signal()
    add_folder_requested = Signal()
    add_files_requested = Signal()
    create_collection_requested = Signal()
    settings_requested = Signal()
    skipped_requested = Signal()
    search_requested = Signal()
    rescan_requested = Signal()
    cancel_requested = Signal()
    collection_chosen = Signal(object)
    collection_rename_requested = Signal(object)
    collection_delete_requested = Signal(object)
    conversation_chosen = Signal(object)
    conversation_rename_requested = Signal(object)
    conversation_delete_requested = Signal(object)
    source_removal_requested = Signal(object)
    source_opened = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._words = words
        self._collections: Sequence[Collection] = ()
        self._current: Collection | None = None
        self._sources: Sequence[WatchedSource] = ()
        self._progress: Mapping[str, IngestProgress] = {}
        self.collections = RowList(max_rows=5)
        self.sources = RowList(max_rows=4)
        self.conversations = RowList()
        self.ingest = IngestCard(words)
        self._build()
        self._connect()
        self.retranslate()

    # --- content -----------------------------------------------------------------------

    def show_collections(self, collections: Sequence[Collection]) -> None:
        """Show all collections."""
        self._collections = collections
        self._fill_collections()

    def show_current(self, collection: Collection | None) -> None:
        """Mark the collection in use and show what could not be read of it."""
        self._current = collection
        self.collections.select_key(collection.id if collection else 0)
        self._show_counts()

    def show_sources(self, sources: Sequence[WatchedSource]) -> None:
        """Show the folders and files of the collection in use."""
        self._sources = sources
        offline = self.tr("offline")
        self.sources.rows.set_rows(
            [
                Row(
                    source.id,
                    Path(source.path).name or source.path,
                    "folder" if not Path(source.path).suffix else "file",
                    badge="" if source.online else offline,
                    tooltip=source.path
                    if source.online
                    else self.tr("{path}\nIs away; what was read stays searchable.").format(
                        path=source.path
                    ),
                    value=source,
                )
                for source in sources
            ]
        )
        self.sources.setVisible(bool(sources))

    def show_progress(self, progress: Mapping[str, IngestProgress]) -> None:
        """Show how far indexing is, here and in other collections."""
        self._progress = progress
        self.ingest.show_progress(progress.get(self._current.name) if self._current else None)
        self._fill_collections()

    def show_conversations(self, conversations: Sequence[Conversation], current_id: int) -> None:
        """Show the conversations of the collection in use."""
        self.conversations.rows.set_rows(
            [Row(c.id, c.title, "chat", value=c, is_sentence=True) for c in conversations]
        )
        self.conversations.select_key(current_id)
        self._no_conversations.setVisible(not conversations)

    def show_status(self, text: str) -> None:
        """Show what goes on in the background."""
        self._status.setText(text)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._new.setText(self.tr("New conversation"))
        self._search.setText(self.tr("Search documents"))
        self._collections_title.setText(self.tr("COLLECTIONS"))
        self._sources_title.setText(self.tr("FOLDERS AND FILES"))
        self._conversations_title.setText(self.tr("CONVERSATIONS"))
        self._no_conversations.setText(self.tr("Your questions will be kept here."))
        # Half a sidebar wide: translations that are too long get a shorter form here.
        self._folder.setText(self.tr("Add folder…", "short"))
        self._files.setText(self.tr("Add files…", "short"))
        name(self._folder, self.tr("Add a folder and everything in it (Ctrl+O)"))
        name(self._files, self.tr("Add single files (Ctrl+Shift+O)"))
        self._settings.setText(self.tr("Settings"))
        name(self._create, self.tr("New collection"))
        name(self._rescan, self.tr("Look for changed files (F5)"))
        name(self.collections, self.tr("Collections"), "")
        name(self.sources, self.tr("Folders and files"), "")
        name(self.conversations, self.tr("Conversations"), "")
        self._show_counts()
        self.show_sources(self._sources)
        self._fill_collections()

    def sizeHint(self) -> QSize:
        """Return the usual width."""
        return QSize(272, 600)

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        self._new = button("", "edit", size=16)
        self._search = button("", "search", size=16)
        self._create = button("quiet", "plus", size=15)
        self._rescan = button("quiet", "refresh", size=14)
        self._collections_title = label("section")
        self._sources_title = label("section")
        self._conversations_title = label("section")
        self._no_conversations = label("small", wrap=True)
        self._no_conversations.setContentsMargins(9, 2, 4, 2)
        self._folder = button("", "folder-plus", size=15)
        self._files = button("", "file", size=15)
        self._counts = label("small")
        self._counts.setContentsMargins(9, 0, 0, 0)
        self._skipped = button("warning-link", "warning", role="warning", size=15)
        self._settings = button("quiet", "settings", size=16)
        self._status = label("small")
        rows = column(self, margins=(12, 12, 12, 8), gap=6)
        rows.addLayout(self._brand())
        rows.addSpacing(4)
        rows.addWidget(self._new)
        rows.addWidget(self._search)
        rows.addSpacing(6)
        rows.addLayout(self._section(self._collections_title, self._create))
        rows.addWidget(self.collections)
        rows.addLayout(self._section(self._sources_title, self._rescan))
        rows.addWidget(self.sources)
        rows.addWidget(self._counts)
        rows.addWidget(self._skipped)
        rows.addWidget(self.ingest)
        rows.addLayout(self._pair(self._folder, self._files))
        rows.addSpacing(4)
        rows.addLayout(self._section(self._conversations_title))
        rows.addWidget(self._no_conversations)
        rows.addWidget(self.conversations, 1)
        bottom = line(gap=4)
        bottom.addWidget(self._settings)
        bottom.addStretch(1)
        bottom.addWidget(self._status)
        rows.addLayout(bottom)

    def _brand(self) -> QHBoxLayout:
        logo = QLabel()
        bind_icon(logo, "sabun", role="accent", size=24)
        title = label("heading")
        title.setText("Sabun")
        row = line(margins=(6, 0, 0, 0))
        row.addWidget(logo)
        row.addWidget(title, 1)
        return row

    def _section(self, title: QLabel, *actions: QPushButton) -> QHBoxLayout:
        row = line(margins=(9, 0, 0, 0), gap=0)
        row.addWidget(title, 1)
        for action in actions:
            row.addWidget(action)
        return row

    def _pair(self, left: QPushButton, right: QPushButton) -> QHBoxLayout:
        row = line(gap=6)
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        for each in (left, right):
            each.setStyleSheet("padding: 5px 6px; font-size: 13px;")
        return row

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_conversation_requested)
        self._search.clicked.connect(self.search_requested)
        self._create.clicked.connect(self.create_collection_requested)
        self._rescan.clicked.connect(self.rescan_requested)
        self._folder.clicked.connect(self.add_folder_requested)
        self._files.clicked.connect(self.add_files_requested)
        self._skipped.clicked.connect(self.skipped_requested)
        self._settings.clicked.connect(self.settings_requested)
        self.ingest.cancel_requested.connect(self.cancel_requested)
        for rows, chosen, rename, delete in (
            (
                self.collections,
                self.collection_chosen,
                self.collection_rename_requested,
                self.collection_delete_requested,
            ),
            (
                self.conversations,
                self.conversation_chosen,
                self.conversation_rename_requested,
                self.conversation_delete_requested,
            ),
        ):
            rows.chosen.connect(lambda row, signal=chosen: signal.emit(row.value))
            rows.rename_requested.connect(lambda row, signal=rename: signal.emit(row.value))
            rows.delete_requested.connect(lambda row, signal=delete: signal.emit(row.value))
            rows.menu_requested.connect(
                lambda row, at, rename=rename, delete=delete: self._menu(row, at, rename, delete)
            )
        self.sources.chosen.connect(lambda row: self.source_opened.emit(row.value))
        self.sources.delete_requested.connect(
            lambda row: self.source_removal_requested.emit(row.value)
        )
        self.sources.menu_requested.connect(self._source_menu)

    # --- menus -------------------------------------------------------------------------

    def _menu(self, row: Row, at: QPoint, rename: SignalInstance, delete: SignalInstance) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Rename…"), lambda: rename.emit(row.value))
        menu.addAction(self.tr("Delete…"), lambda: delete.emit(row.value))
        menu.popup(at)

    def _source_menu(self, row: Row, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Show in folder"), lambda: self.source_opened.emit(row.value))
        menu.addAction(
            self.tr("Remove from collection"),
            lambda: self.source_removal_requested.emit(row.value),
        )
        menu.popup(at)

    # --- drawing -----------------------------------------------------------------------

    def _fill_collections(self) -> None:
        rows = []
        for collection in self._collections:
            progress = self._progress.get(collection.name)
            trailing = str(collection.n_documents) if collection.n_documents else ""
            if progress is not None and progress.n_total:
                trailing = f"{round(100 * progress.n_done / progress.n_total)} %"
            rows.append(
                Row(
                    collection.id,
                    collection.name,
                    "folder",
                    trailing,
                    tooltip=self._words.documents(collection.n_documents),
                    value=collection,
                )
            )
        self.collections.rows.set_rows(rows)
        self.collections.select_key(self._current.id if self._current else 0)

    def _show_counts(self) -> None:
        current = self._current
        n_documents = current.n_documents if current else 0
        n_skipped = current.n_skipped if current else 0
        self._counts.setText(self._words.documents(n_documents))
        self._counts.setVisible(bool(n_documents))
        self._skipped.setText(self._words.unreadable(n_skipped))
        self._skipped.setVisible(bool(n_skipped))

"""Shows what the library holds and how far indexing is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.views.chat_view import ChatView
from app.views.opening import open_path
from app.views.sidebar import Sidebar
from engine.records import Collection

if TYPE_CHECKING:
    from app.program import Program


class LibraryPresenter(QObject):
    """Keeps the sidebar and the chat column's first page with the library."""

    def __init__(self, program: Program, sidebar: Sidebar, chat: ChatView) -> None:
        super().__init__(sidebar)
        self._program = program
        self._library = library = program.library
        self._sidebar = sidebar
        self._chat = chat
        library.collections_changed.connect(sidebar.show_collections)
        library.selected.connect(self._on_selected)
        library.switched.connect(self._show_progress)
        library.sources_changed.connect(sidebar.show_sources)
        library.progress_changed.connect(self._show_progress)
        sidebar.rescan_requested.connect(lambda: library.rescan())
        sidebar.cancel_requested.connect(lambda: library.cancel())
        sidebar.collection_chosen.connect(lambda collection: library.select(collection.name))
        sidebar.source_opened.connect(lambda source: open_path(Path(source.path)))
        chat.empty.sample_requested.connect(program.add_sample)

    def _on_selected(self, collection: Collection | None) -> None:
        self._sidebar.show_current(collection)
        self._show_state()
        if collection is not None:
            engine = self._program.engine
            self._program.runner.call(
                lambda: engine.library.documents(collection.id), self._chat.empty.set_documents
            )

    def _show_progress(self, *_changed: object) -> None:
        self._sidebar.show_progress(self._library.progress)
        self._show_state()

    def _show_state(self) -> None:
        collection = self._library.current
        n_documents = collection.n_documents if collection else 0
        indexing = collection is not None and collection.name in self._library.progress
        if n_documents:
            self._chat.empty.set_state("ready")
        else:
            self._chat.empty.set_state("indexing" if indexing else "no-documents")
        self._chat.composer.set_ready(bool(n_documents))

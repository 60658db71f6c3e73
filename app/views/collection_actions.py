"""What the sidebar's menus do: create, rename, delete, remove, skipped files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.views.dialogs.prompts import ConfirmPrompt, TextPrompt
from app.views.dialogs.skipped import SkippedDialog
from app.views.opening import open_path
from engine.records import Collection, Conversation, SkippedFile, Source

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


class CollectionActions(QObject):
    """Asks what must be asked, then lets a controller do it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._program = window.program
        sidebar = window.sidebar
        sidebar.create_collection_requested.connect(self.create)
        sidebar.collection_rename_requested.connect(self.rename)
        sidebar.collection_delete_requested.connect(self.delete)
        sidebar.conversation_rename_requested.connect(self.rename_conversation)
        sidebar.conversation_delete_requested.connect(self._program.conversations.delete)
        sidebar.source_removal_requested.connect(self.remove_source)

    def create(self) -> None:
        """Ask for a name and create a collection."""
        TextPrompt(
            self._window,
            self.tr("New collection"),
            note=self.tr("A collection holds documents that are asked about together."),
            done=self._program.library.create,
        ).open()

    def rename(self, collection: Collection) -> None:
        """Ask for another name."""
        TextPrompt(
            self._window,
            self.tr("Rename collection"),
            text=collection.name,
            done=lambda text: self._program.library.rename(collection, text),
        ).open()

    def delete(self, collection: Collection) -> None:
        """Confirm, then delete the collection."""
        ConfirmPrompt(
            self._window,
            self.tr("Delete “{collection}”?").format(collection=collection.name),
            self.tr(
                "Its index of %n document(s) and its conversations are deleted. Your files stay "
                "where they are.",
                "",
                collection.n_documents,
            ),
            self.tr("Delete"),
            lambda: self._program.library.delete(collection),
        ).open()

    def remove_source(self, source: Source) -> None:
        """Confirm, then drop a source from the index."""
        ConfirmPrompt(
            self._window,
            self.tr("Remove “{name}” from the collection?").format(name=Path(source.path).name),
            self.tr("Its documents are no longer searched. The files themselves stay."),
            self.tr("Remove"),
            lambda: self._program.library.remove_source(source.id),
        ).open()

    def rename_conversation(self, conversation: Conversation) -> None:
        """Ask for another title."""
        TextPrompt(
            self._window,
            self.tr("Rename conversation"),
            text=conversation.title,
            done=lambda text: self._program.conversations.rename(conversation.id, text),
        ).open()

    def show_skipped(self) -> None:
        """Read the skipped files, then list them."""
        collection = self._program.library.current
        if collection is not None:
            self._program.look_up.skipped_files(
                collection.id, self._open_skipped, self._window.show_error
            )

    def _open_skipped(self, files: tuple[SkippedFile, ...]) -> None:
        if not files:
            self._window.toast.say(self.tr("Every file of this collection could be read."))
            return
        dialog = SkippedDialog(files, self._window.words, self._window)
        dialog.retry_requested.connect(self._program.library.retry_skipped)
        dialog.folder_requested.connect(self._open_folder)
        dialog.open()

    def _open_folder(self, path: str) -> None:
        open_path(Path(path).parent)

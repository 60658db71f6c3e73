"""What is done with collections: create, rename, delete, add, remove, skipped files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.presenters.dialogs import DialogOpener
from app.views.dialogs.input_boxes import ConfirmPrompt, TextPrompt
from app.views.dialogs.skipped import SkippedDialog
from app.views.opening import open_path
from app.views.sidebar import Sidebar
from app.views.toast import Toast
from engine.records import Collection, PartlyReadFile, SkippedFile, WatchedSource

if TYPE_CHECKING:
    from app.program import Program


class CollectionPresenter(QObject):
    """Asks what must be asked, then lets a controller do it."""

    def __init__(
        self,
        program: Program,
        sidebar: Sidebar,
        toast: Toast,
        dialogs: DialogOpener,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = program.library
        self._look_up = program.look_up
        self._words = program.words
        self._toast = toast
        self._dialogs = dialogs
        self._window = window
        sidebar.create_collection_requested.connect(self.create)
        sidebar.collection_rename_requested.connect(self.rename)
        sidebar.collection_delete_requested.connect(self.delete)
        sidebar.source_removal_requested.connect(self.remove_source)

    def create(self) -> None:
        """Ask for a name and create a collection."""
        TextPrompt(
            self._window,
            self.tr("New collection"),
            note=self.tr("A collection holds documents that are asked about together."),
            done=self._library.create,
        ).open()

    def rename(self, collection: Collection) -> None:
        """Ask for another name."""
        TextPrompt(
            self._window,
            self.tr("Rename collection"),
            text=collection.name,
            done=lambda text: self._library.rename(collection, text),
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
            lambda: self._library.delete(collection),
        ).open()

    def add_folder(self) -> None:
        """Let the user choose a folder to add."""
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"))
        if chosen:
            self._library.add_paths([chosen])

    def add_files(self) -> None:
        """Let the user choose files to add."""
        chosen, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Add files"))
        if chosen:
            self._library.add_paths(chosen)

    def remove_source(self, source: WatchedSource) -> None:
        """Confirm, then drop a source from the index."""
        ConfirmPrompt(
            self._window,
            self.tr("Remove “{name}” from the collection?").format(name=Path(source.path).name),
            self.tr("Its documents are no longer searched. The files themselves stay."),
            self.tr("Remove"),
            lambda: self._library.remove_source(source.id),
        ).open()

    def show_skipped(self) -> None:
        """Read which files were skipped or read in part, then list them."""
        collection = self._library.current
        if collection is not None:
            self._look_up.unread_files(collection.id, self._open_skipped, self._dialogs.show_error)

    def _open_skipped(self, files: tuple[SkippedFile | PartlyReadFile, ...]) -> None:
        if not files:
            self._toast.say(self.tr("Every file of this collection could be read."))
            return
        dialog = SkippedDialog(files, self._words, self._window)
        dialog.retry_requested.connect(self._library.retry_skipped)
        dialog.folder_requested.connect(self._open_folder)
        dialog.open()

    def _open_folder(self, path: str) -> None:
        open_path(Path(path).parent)

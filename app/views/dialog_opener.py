"""Opens the window's dialogs; all are modal to it and leave the event loop running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.views.dialogs.error import ErrorDialog
from app.views.dialogs.help import AboutDialog, ShortcutsDialog
from app.views.dialogs.models import ModelsDialog
from app.views.dialogs.search import SearchDialog
from app.views.dialogs.settings import SettingsDialog

if TYPE_CHECKING:
    from app.i18n import Words
    from app.program import Program
    from app.views.collection_actions import CollectionActions


class DialogOpener:
    """Mix-in of the main window."""

    program: Program
    words: Words
    collection_actions: CollectionActions

    def open_skipped(self) -> None:
        """Show the files that could not be read."""
        self.collection_actions.show_skipped()

    def open_search(self) -> None:
        """Search in the documents without asking the model."""
        collection = self.program.library.current
        if collection is not None:
            dialog = SearchDialog(collection.name, self.program.look_up, self.words, self)
            dialog.passage_chosen.connect(self.show_found)
            dialog.open()

    def open_settings(self) -> None:
        """Change settings."""
        models = self.program.models
        n_passages = sum(c.n_passages for c in self.program.library.collections)
        models.listed.connect(
            lambda listed: self._open_settings(listed, n_passages),
            Qt.ConnectionType.SingleShotConnection,
        )
        models.refresh()

    def _open_settings(self, models: tuple[object, ...], n_passages: int) -> None:
        dialog = SettingsDialog(
            self.program.settings,
            models,  # type: ignore[arg-type]
            n_passages,
            self,
        )
        dialog.models_requested.connect(self.open_models)
        dialog.open()

    def open_models(self) -> None:
        """List, add, verify, optimise models."""
        ModelsDialog(self.program.models, self.words, self).open()

    def open_shortcuts(self) -> None:
        """Show the keys."""
        ShortcutsDialog(self).open()

    def open_about(self) -> None:
        """Show what this program is."""
        AboutDialog(self).open()

    def show_error(self, error: Exception) -> None:
        """Say that something did not work."""
        ErrorDialog(error, self.words, self).open()

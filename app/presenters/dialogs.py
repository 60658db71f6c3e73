"""Opens the dialogs that more than one thing asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.views.dialogs.error import ErrorDialog
from app.views.dialogs.models import ModelsDialog
from app.views.dialogs.search import SearchDialog
from app.views.dialogs.settings import SettingsDialog
from engine.records import ModelFile

if TYPE_CHECKING:
    from app.program import Program


class DialogOpener(QObject):
    """Opens dialogs over a window; they are modal to it and leave the event loop running.

    Signals:
        passage_chosen: A :class:`RetrievedPassage` of a search, and all found with it.
    """

    passage_chosen = Signal(object, object)

    def __init__(self, program: Program, window: QWidget) -> None:
        super().__init__(window)
        self._program = program
        self._words = program.words
        self._window = window

    def open_search(self) -> None:
        """Search in the documents without asking the model."""
        collection = self._program.library.current
        if collection is not None:
            dialog = SearchDialog(collection.name, self._program.look_up, self._words, self._window)
            dialog.passage_chosen.connect(self.passage_chosen)
            dialog.open()

    def open_settings(self) -> None:
        """Change settings, once the models to choose from are known."""
        models = self._program.models
        models.listed.connect(self._open_settings, Qt.ConnectionType.SingleShotConnection)
        models.refresh()

    def _open_settings(self, models: tuple[ModelFile, ...]) -> None:
        n_passages = sum(c.n_passages for c in self._program.library.collections)
        dialog = SettingsDialog(self._program.settings, models, n_passages, self._window)
        dialog.models_requested.connect(self.open_models)
        dialog.open()

    def open_models(self) -> None:
        """Get, use, add, remove, verify, optimise models."""
        program = self._program
        ModelsDialog(
            program.models, program.fetching, program.settings, self._words, self._window
        ).open()

    def show_error(self, error: Exception) -> None:
        """Say that something did not work."""
        ErrorDialog(error, self._words, self._window).open()

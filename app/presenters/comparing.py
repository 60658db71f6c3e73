"""Connects comparing: composer, controller, cards, dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.controllers.compare import ShownComparison
from app.presenters.dialogs import DialogOpener
from app.views.chat_view import ChatView
from app.views.compare.card import CompareCard
from app.views.compare.layers import LayersDialog
from app.views.opening import open_path
from app.views.toast import Toast
from engine.records import Preference, VoteTally

if TYPE_CHECKING:
    from app.program import Program


class ComparePresenter(QObject):
    """What the menus, the composer and the cards do about comparisons."""

    def __init__(
        self,
        program: Program,
        view: ChatView,
        toast: Toast,
        dialogs: DialogOpener,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._program = program
        self._controller = program.compare
        self._view = view
        self._toast = toast
        self._dialogs = dialogs
        self._window = window
        self._follow()
        view.composer.compare_asked.connect(self.compare)
        program.attention.changed.connect(self._show_available)
        program.settings.changed.connect(self._show_available)
        self._show_available()

    def _follow(self) -> None:
        controller, view = self._controller, self._view
        controller.started.connect(self._on_started)
        controller.event_received.connect(view.take)
        controller.finished.connect(view.finish_comparison)
        controller.run_failed.connect(view.finish_comparison)
        controller.revealed.connect(self._on_revealed)
        controller.exported.connect(self._on_exported)
        controller.failed.connect(self._on_failed)

    # --- from the menus ----------------------------------------------------------------

    def vote_latest(self, preference: Preference) -> None:
        """Vote in the latest comparison."""
        if self._controller.latest is not None:
            self._vote(self._controller.latest.key, preference)

    def reveal(self) -> None:
        """Reveal the latest comparison without a vote."""
        if self._controller.latest is not None:
            self._controller.reveal(self._controller.latest.key)

    def export_latest(self) -> None:
        """Save the latest comparison, once it is revealed."""
        latest = self._controller.latest
        if latest is not None and latest.revealed:
            self._export(latest.key)

    # --- asking ------------------------------------------------------------------------

    def compare(self, question: str) -> None:
        """Answer a question under the two settings chosen in the composer."""
        composer = self._view.composer
        if not self._controller.compare(question, *composer.choices):
            composer.edit.setPlainText(question)

    def _show_available(self, *_changed: object) -> None:
        known = self._program.attention
        kernel = self._program.settings.current.kernel
        self._view.composer.set_available(known.reasons, known.preferred, kernel)

    # --- following ---------------------------------------------------------------------

    def _on_started(self, shown: ShownComparison) -> None:
        key = shown.key
        card = self._view.start_comparison(shown)
        card.voted.connect(lambda preference: self._vote(key, preference))
        card.reveal_requested.connect(lambda: self._controller.reveal(key))
        card.regenerate_requested.connect(lambda: self._controller.regenerate(key))
        card.layers_requested.connect(lambda: self._open_layers(card))
        card.export_requested.connect(lambda: self._export(key))

    def _on_revealed(self, shown: ShownComparison, tally: VoteTally | None) -> None:
        card = self._view.comparisons.get(shown.key)
        if card is not None and card.shown is shown:
            card.reveal(tally)

    def _on_failed(self, error: Exception) -> None:
        for card in self._view.comparisons.values():
            card.verdict.vote.set_waiting(False)
        self._dialogs.show_error(error)

    # --- voting ------------------------------------------------------------------------

    def _vote(self, key: int, preference: Preference) -> None:
        if self._controller.vote(key, preference):
            self._view.comparisons[key].verdict.vote.set_waiting(True)

    # --- dialogs -----------------------------------------------------------------------

    def _open_layers(self, card: CompareCard) -> None:
        if card.comparison is None:
            return
        first, second = card.sides
        titles = (first.heading(), second.heading())
        LayersDialog(card.comparison, titles, self._program.words, self._window).open()

    def _export(self, key: int) -> None:
        page, data = self.tr("Web page (*.html)"), self.tr("Data (*.json)")
        chosen, kind = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the comparison"),
            self.tr("comparison") + ".html",
            f"{page};;{data}",
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in (".html", ".json"):
            path = path.with_name(path.name + (".json" if kind == data else ".html"))
        self._controller.export(key, path)

    def _on_exported(self, path: Path) -> None:
        self._toast.say(
            self.tr("Saved as {name}.").format(name=path.name),
            self.tr("Show in folder"),
            lambda: open_path(path),
        )

"""Says when the models are loaded, and why they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.views.banner import Banner
from app.views.sidebar import Sidebar

if TYPE_CHECKING:
    from app.program import Program


class ModelsPresenter(QObject):
    """Shows the loading of the models in the sidebar, and trouble in the banner."""

    def __init__(self, program: Program, sidebar: Sidebar, banner: Banner) -> None:
        super().__init__(sidebar)
        self._words = program.words
        self._sidebar = sidebar
        self._banner = banner
        program.models.warm_up_began.connect(self._on_began)
        program.models.warmed_up.connect(self._on_warmed_up)
        program.models.warm_up_failed.connect(self._on_failed)

    def _on_began(self) -> None:
        self._sidebar.show_status(self.tr("Loading models…"))

    def _on_warmed_up(self) -> None:
        self._sidebar.show_status("")

    def _on_failed(self, error: Exception) -> None:
        self._sidebar.show_status("")
        self._banner.say(self._words.error(error), self.tr("Models…"))

"""Loads the compiled translations and switches between them while the program runs."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from engine.settings import INTERFACE_LANGUAGES

LANGUAGES = INTERFACE_LANGUAGES
"""Languages of the interface, each with its own name; the texts in the source are of the first."""

SOURCE_LANGUAGE = next(iter(LANGUAGES))
TRANSLATIONS_DIR = Path(__file__).resolve().parent

_log = logging.getLogger(__name__)


def system_language() -> str:
    """Return the language of the system if the program speaks it, else that of the source."""
    for name in QLocale.system().uiLanguages():
        language = name.replace("_", "-").split("-")[0]
        if language in LANGUAGES:
            return language
    return SOURCE_LANGUAGE


class LanguageManager(QObject):
    """Chooses the interface language.

    The English file holds plural forms only; English text itself stands in the source.

    Signals:
        changed: The language now in force. Widgets get ``QEvent.LanguageChange`` too.
    """

    changed = Signal(str)

    def __init__(self, app: QApplication, choice: str = "") -> None:
        super().__init__(app)
        self._app = app
        self._installed: QTranslator | None = None
        self.language = ""
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Switch to ``en``, ``ja`` or, if empty, the system's language."""
        language = choice if choice in LANGUAGES else system_language()
        if language == self.language:
            return
        translator = QTranslator(self)
        if not translator.load(f"sabun_{language}", str(TRANSLATIONS_DIR)):
            _log.warning("No compiled translation for %r in %s", language, TRANSLATIONS_DIR)
        previous, self._installed = self._installed, translator
        if previous is not None:
            self._app.removeTranslator(previous)
        self.language = language
        QLocale.setDefault(QLocale(language))
        self._app.installTranslator(translator)
        self.changed.emit(language)

    def close(self) -> None:
        """Take the translation out of the application again."""
        if self._installed is not None:
            self._app.removeTranslator(self._installed)
            self._installed = None

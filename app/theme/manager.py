"""Applies a theme to the whole program and follows the system's."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QTransform
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.theme.fonts import interface_font
from app.theme.icons import draw_icon, tint
from app.theme.style_sheet import style_sheet
from app.theme.tokens import DARK, LIGHT, Tokens

_ROLES = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "raised"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.PlaceholderText, "faint"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "accent_text"),
    (QPalette.ColorRole.Link, "accent_ink"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.ToolTipText, "text"),
)


@lru_cache(maxsize=1)
def _picture_dir() -> Path:
    """Return a folder that lives as long as the process."""
    made = tempfile.mkdtemp(prefix="sabun-theme-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


class ThemeManager(QObject):
    """Chooses and applies the theme.

    Signals:
        changed: The tokens now in force.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: str = "") -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        app.setStyle("Fusion")
        app.setFont(interface_font())
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.tokens = self._resolve()
        self._apply()

    @property
    def choice(self) -> str:
        """``light``, ``dark`` or empty for the system's."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Switch to a theme at once."""
        self._choice = choice
        self._refresh()

    def _follow_system(self) -> None:
        if not self._choice:
            self._refresh()

    def _refresh(self) -> None:
        tokens = self._resolve()
        if tokens is not self.tokens:
            self.tokens = tokens
            self._apply()
            self.changed.emit(tokens)

    def _resolve(self) -> Tokens:
        if self._choice:
            return DARK if self._choice == "dark" else LIGHT
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        tokens = self.tokens
        self._app.setProperty("sabunTokens", tokens)
        palette = QPalette()
        for role, name in _ROLES:
            palette.setColor(role, QColor(getattr(tokens, name)))
        disabled = QPalette.ColorGroup.Disabled
        palette.setColor(disabled, QPalette.ColorRole.Text, QColor(tokens.faint))
        palette.setColor(disabled, QPalette.ColorRole.ButtonText, QColor(tokens.faint))
        self._app.setPalette(palette)
        arrow = self._picture("chevron-down", tokens.muted)
        arrow_up = self._picture("chevron-down", tokens.muted, flipped=True)
        tick = self._picture("check", tokens.accent_text)
        self._app.setStyleSheet(style_sheet(tokens, arrow=arrow, arrow_up=arrow_up, tick=tick))
        for widget in self._app.allWidgets():
            if isinstance(widget, QAbstractButton | QLabel) and widget.property("iconName"):
                tint(widget, tokens)

    def _picture(self, name: str, colour: str, *, flipped: bool = False) -> str:
        """Draw an icon into a file, since style sheets take pictures by path only."""
        path = _picture_dir() / f"{name}-{colour[1:]}{'-flipped' * flipped}.png"
        if not path.exists():
            pixmap = draw_icon(name, colour, 48)
            if pixmap.isNull():
                return ""
            if flipped:
                pixmap = pixmap.transformed(QTransform().scale(1, -1))
            pixmap.save(str(path))
        return path.as_posix()


def current_tokens() -> Tokens:
    """Return the tokens in force; the light ones before a theme was applied."""
    app = QApplication.instance()
    return (app.property("sabunTokens") if app is not None else None) or LIGHT

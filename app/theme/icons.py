"""Icons: SVG outlines from ``assets/icons``, tinted to the theme at run time."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from engine.paths import ASSETS_DIR

ICONS_DIR = ASSETS_DIR / "icons"
_RATIOS = (1.0, 2.0, 3.0)


@lru_cache(maxsize=128)
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def draw_icon(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw one icon; a null pixmap if the file is missing."""
    text = _source(ICONS_DIR / f"{name}.svg")
    if not text:
        return QPixmap()
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
    side = round(size * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    # Half a unit down: fonts with Japanese glyphs set Latin text below the middle of a line.
    renderer.render(painter, QRectF(0, 0.5 * ratio, side, side))
    painter.end()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return an icon in one colour, sharp on high-density screens; null if missing."""
    made = QIcon()
    for ratio in _RATIOS:
        pixmap = draw_icon(name, colour, size, ratio)
        if not pixmap.isNull():
            made.addPixmap(pixmap)
    return made


def bind_icon(
    widget: QAbstractButton | QLabel,
    name: str,
    *,
    role: str = "muted",
    size: int = 18,
    fallback: str = "",
) -> None:
    """Give a button or label an icon that follows the theme.

    Args:
        widget: Button or label.
        name: File name without ending.
        role: Colour token.
        size: Side in device-independent pixels.
        fallback: Text shown if the icon file is missing.
    """
    widget.setProperty("iconName", name)
    widget.setProperty("iconRole", role)
    widget.setProperty("iconSize_", size)
    widget.setProperty("iconFallback", fallback)
    app = QApplication.instance()
    tokens = app.property("sabunTokens") if app is not None else None
    if tokens is not None:
        tint(widget, tokens)


def tint(widget: QAbstractButton | QLabel, tokens: object) -> None:
    """Draw a bound icon again in the colours of ``tokens``."""
    name, size = widget.property("iconName"), int(widget.property("iconSize_"))
    colour = getattr(tokens, widget.property("iconRole"))
    if isinstance(widget, QLabel):
        pixmap = draw_icon(name, colour, size, widget.devicePixelRatioF())
        if not pixmap.isNull():
            widget.setPixmap(pixmap)
        return
    drawn = icon(name, colour, size)
    widget.setIcon(drawn)
    widget.setIconSize(QSize(size, size))
    if drawn.isNull() and not widget.text():
        widget.setText(widget.property("iconFallback"))

"""Export ``assets/icons/sabun.svg`` as PNG and ICO.

Run from the root of the project: ``python -m scripts.make_icons``.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).parents[1] / "assets" / "icons"
_ICO_SIDES = (256, 128, 64, 48, 32, 24, 16)


def draw(source: Path, side: int) -> Image.Image:
    """Draw a vector picture as a square of pixels with a transparent ground."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(content.data())).convert("RGBA")


def main() -> None:
    """Write the two PNG files and the ICO file with all its sizes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    drawn = [draw(ICONS / "sabun.svg", side) for side in _ICO_SIDES]
    for image in drawn:
        if image.width in (256, 64):
            image.save(ICONS / f"sabun-{image.width}.png", optimize=True)
    sizes = [image.size for image in drawn]
    drawn[0].save(ICONS / "sabun.ico", sizes=sizes, append_images=drawn[1:])
    del application


if __name__ == "__main__":
    main()

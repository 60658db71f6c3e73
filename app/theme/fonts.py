"""Fonts: the system's own where it has one, a well-drawn one where it has not."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QFontDatabase

_GOOD_LATIN = ("Inter", "Noto Sans", "Source Sans 3", "Cantarell", "Ubuntu", "Roboto", "Open Sans")
_GOOD_JAPANESE = (
    "Yu Gothic UI",
    "Meiryo UI",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
)
_SYSTEM_FONT_IS_GOOD = sys.platform in ("win32", "darwin")


def interface_font() -> QFont:
    """Return the font of the window: Latin first, then Japanese glyphs of Japanese shape.

    Without the Japanese family named, fallback picks Chinese forms of shared characters.
    """
    present = set(QFontDatabase.families())
    families = [] if not _SYSTEM_FONT_IS_GOOD else [QFont().family()]
    families += [family for family in _GOOD_LATIN if family in present][:1]
    families += [family for family in _GOOD_JAPANESE if family in present][:1]
    font = QFont()
    if families:
        font.setFamilies([*families, QFont().family()])
    font.setPixelSize(14)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.main_window import MainWindow
from app.theme.tokens import DARK, LIGHT


def visible_texts(window: MainWindow) -> list[str]:
    widgets = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    return [w.text() for w in widgets if w.isVisible() and w.text()]


def test_switching_the_language_changes_everything_at_once(qtbot, indexed: MainWindow):
    with qtbot.waitSignal(indexed.program.chat.turn_finished):
        indexed.chat.composer.ask("How many days of leave?")
    before = visible_texts(indexed)
    assert "FROM YOUR DOCUMENTS" in before
    indexed.program.settings.change(interface_language="ja")
    qtbot.waitUntil(lambda: "文書からの引用" in visible_texts(indexed))
    after = visible_texts(indexed)
    assert "新しい会話" in after
    assert indexed.menuBar().actions()[0].text() == "ファイル(&F)"
    same = {text for text in before if text in after and text.isascii() and " " in text}
    allowed = {"Employees receive", "leave.md", "How many days of leave?"}
    assert not {t for t in same if not any(a in t for a in allowed)}
    indexed.program.settings.change(interface_language="en")
    qtbot.waitUntil(lambda: "FROM YOUR DOCUMENTS" in visible_texts(indexed))


def test_the_theme_changes_at_once_and_is_stored(qtbot, window: MainWindow, engine):
    window.program.theme.choose("light")
    light = window.grab().toImage().pixelColor(640, 120)
    window.menus.action("theme-dark").trigger()
    assert window.program.theme.tokens is DARK
    dark = window.grab().toImage().pixelColor(640, 120)
    assert light.lightness() > 200 > 60 > dark.lightness()
    role = QPalette.ColorRole.Base
    assert QApplication.palette().color(role) == QColor(DARK.surface)
    qtbot.waitUntil(lambda: engine.settings.current.theme == "dark")
    window.menus.action("theme-light").trigger()
    assert window.program.theme.tokens is LIGHT


def test_the_text_is_readable_in_both_themes():
    def luminance(colour: str) -> float:
        channels = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a: str, b: str) -> float:
        high, low = sorted((luminance(a), luminance(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for theme in (LIGHT, DARK):
        pairs = [
            (theme.text, theme.window),
            (theme.text, theme.surface),
            (theme.muted, theme.surface),
            (theme.muted, theme.sidebar),
            (theme.quote_ink, theme.quote),
            (theme.warning, theme.warning_soft),
            (theme.danger, theme.danger_soft),
            (theme.accent_ink, theme.surface),
            (theme.accent_ink, theme.accent_soft),
            (theme.text, theme.bubble),
        ]
        for ink, paper in pairs:
            assert contrast(ink, paper) >= 4.5, (theme.name, ink, paper)
        assert contrast(theme.accent_text, theme.accent) >= 3.5, theme.name


def test_the_style_sheet_leaves_no_place_holder(qapp):
    from app.theme.style_sheet import style_sheet

    for theme in (LIGHT, DARK):
        assert "$" not in style_sheet(theme).split("*/", 1)[1]

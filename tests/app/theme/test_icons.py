from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton

from app.theme import DARK, LIGHT, ThemeManager, icons
from app.theme.icons import bind_icon, draw_icon, icon

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
    '<rect width="24" height="24" fill="currentColor"/></svg>'
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "square.svg").write_text(SQUARE, encoding="utf-8")
    monkeypatch.setattr(icons, "ICONS_DIR", tmp_path)
    icon.cache_clear()
    yield tmp_path
    icon.cache_clear()


def test_icons_take_the_colour_and_the_density_asked_for(qapp, folder):
    pixmap = draw_icon("square", "#ff8800", 16, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)
    assert pixmap.toImage().pixelColor(16, 16) == QColor("#ff8800")


def test_a_missing_icon_leaves_the_text(qapp, folder):
    assert draw_icon("nothing", "#000000", 16).isNull()
    button = QPushButton()
    ThemeManager(qapp, "light")
    bind_icon(button, "nothing", fallback="■")
    assert button.text() == "■"


def test_icons_follow_the_theme(qtbot, qapp, folder):
    manager = ThemeManager(qapp, "light")
    button, label = QPushButton(), QLabel()
    qtbot.addWidget(button)
    qtbot.addWidget(label)
    bind_icon(button, "square", role="accent", size=16)
    bind_icon(label, "square", role="muted", size=16)

    def colours() -> tuple[QColor, QColor]:
        return (
            button.icon().pixmap(16, 16).toImage().pixelColor(8, 8),
            label.pixmap().toImage().pixelColor(8, 8),
        )

    assert colours() == (QColor(LIGHT.accent), QColor(LIGHT.muted))
    with qtbot.waitSignal(manager.changed):
        manager.choose("dark")
    assert colours() == (QColor(DARK.accent), QColor(DARK.muted))


def test_every_icon_that_the_window_names_exists():
    import re

    from engine.paths import ASSETS_DIR

    if not any((ASSETS_DIR / "icons").glob("*.svg")):
        pytest.skip("no icons are here")
    app_dir = ASSETS_DIR.parent / "app"
    named: set[str] = set()
    for path in (app_dir / "views").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'bind_icon\(\s*[\w.]+,\s*"([\w-]+)"', text))
        named |= set(re.findall(r'button\("[\w-]*", "([\w-]+)"', text))
    assert len(named) > 15
    missing = {name for name in named if not (ASSETS_DIR / "icons" / f"{name}.svg").is_file()}
    assert missing == set()

"""What tests of the comparison do to a window, and read off it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from app.main_window import MainWindow
from app.views.compare.card import CompareCard

QUESTION = "How many days of paid annual leave do employees receive?"


def latest(window: MainWindow) -> CompareCard:
    return window.chat.comparisons[max(window.chat.comparisons)]


def compared(qtbot, window: MainWindow, question: str = QUESTION) -> CompareCard:
    with qtbot.waitSignal(window.program.compare.finished):
        window.chat.composer.ask(question)
    qtbot.waitUntil(lambda: not window.program.chat.busy)
    return latest(window)


def voted(qtbot, window: MainWindow, preference: str = "first") -> CompareCard:
    card = compared(qtbot, window)
    with qtbot.waitSignal(window.program.compare.revealed):
        card.verdict.vote.buttons[preference].click()
    return card


def words_of(root: QWidget) -> list[str]:
    """Return everything a user, a pointer or a screen reader can read in a widget."""
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        found += [widget.whatsThis(), widget.statusTip(), widget.windowTitle()]
        found += [str(getattr(widget, get)()) for get in ("text", "toPlainText", "title")
                  if callable(getattr(widget, get, None))]  # fmt: skip
    return [text for text in found if text]


def dialog_of(qtbot, kind):
    found: list[QWidget] = []

    def there() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]

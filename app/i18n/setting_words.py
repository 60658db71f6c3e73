"""The words of the settings in the language in force.

The English words stand in the declarations (:mod:`engine.settings`), where lupdate cannot
find them; :func:`as_source` writes them down so that it can.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from engine.settings import PAGES, Choice, Page, Setting, Settings

CONTEXT = "Settings"


class SettingWords:
    """Names and sentences on settings."""

    def title(self, setting: Setting) -> str:
        """Return the name of a setting."""
        return _translated(setting.declared.title)

    def help(self, setting: Setting) -> str:
        """Return what a setting does, and what a change costs if it costs anything."""
        declared = setting.declared
        if not declared.cost.worth_saying:
            return _translated(declared.help)
        return f"{_translated(declared.help)} {self.cost(setting)}"

    def cost(self, setting: Setting) -> str:
        """Return when a change takes effect, or what has to be done again."""
        return _translated(setting.declared.cost.sentence)

    def choice(self, choice: Choice) -> str:
        """Return the name of a value."""
        return _translated(choice.title) if choice.translated else choice.title

    def value(self, setting: Setting, value: object) -> str:
        """Return a value: its name if it has one, else the number with its unit, else itself."""
        declared = setting.declared
        for choice in (*declared.choices, *declared.named):
            if choice.value == value:
                return self.choice(choice)
        if declared.unit and isinstance(value, int):
            return _translated(declared.unit, value)
        return str(value)

    def page(self, page: Page) -> str:
        """Return the title of a page of the dialog."""
        return _translated(PAGES[page])

    def question(self, setting: Setting) -> str:
        """Return what is asked before a change."""
        return _translated(setting.declared.cost.question)

    def explanation(self, setting: Setting, n_passages: int) -> str:
        """Return what a change costs with this many passages."""
        return _translated(setting.declared.cost.explanation, n_passages)


def as_source() -> str:
    """Return a Python text in which lupdate finds every word of the declarations."""
    lines = [f"class {CONTEXT}(QObject):", "    def words(self, n):"]
    for text, counted in dict.fromkeys(_texts()):
        number = ', "", n' if counted else ""
        lines.append(f"        self.tr({json.dumps(text, ensure_ascii=False)}{number})")
    return "\n".join(lines) + "\n"


def _texts() -> Iterator[tuple[str, bool]]:
    for title in PAGES.values():
        yield title, False
    for setting in Settings.all():
        yield from setting.texts()


def _translated(text: str, n: int = -1) -> str:
    found = QCoreApplication.translate(CONTEXT, text, "", n)
    # Without a translation Qt leaves %n as it is.
    return found.replace("%n", str(n)) if n >= 0 else found

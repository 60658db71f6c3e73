"""Menu bar and shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


class Menus(QObject):
    """Builds the menus once and renames them when the language changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self.theme_group = QActionGroup(self)
        self._build()
        self.retranslate()

    def action(self, key: str) -> QAction:
        """Return an action by key."""
        return self._actions[key]

    def retranslate(self) -> None:
        """Set every visible string again."""
        for key, text in self._menu_texts().items():
            self._menus[key].setTitle(text)
        for key, text in self._action_texts().items():
            self._actions[key].setText(text)

    def _build(self) -> None:
        window, compare = self._window, self._window.compare_actions
        plan: dict[str, list[tuple[str, Callable[[], object], tuple[str, ...]] | None]] = {
            "file": [
                ("new", window.start_conversation, ("Ctrl+N",)),
                ("collection", window.ask_collection_name, ("Ctrl+Shift+N",)),
                None,
                ("folder", window.choose_folder, ("Ctrl+O",)),
                ("files", window.choose_files, ("Ctrl+Shift+O",)),
                ("rescan", window.rescan, ("F5",)),
                None,
                ("quit", window.close, ("Ctrl+Q",)),
            ],
            "edit": [
                ("copy", window.copy_last_answer, ("Ctrl+Shift+C",)),
                ("search", window.open_search, ("Ctrl+K", "Ctrl+F")),
                ("question", window.focus_question, ("Ctrl+L",)),
                ("stop", window.stop_answer, ("Esc",)),
            ],
            "view": [
                ("sidebar", window.toggle_sidebar, ("Ctrl+B",)),
                ("sources", window.toggle_sources, ("Ctrl+J",)),
                None,
            ],
            "compare": [
                ("compare", compare.toggle, ("Ctrl+D",)),
                None,
                ("first", compare.prefer_first, ("Ctrl+1",)),
                ("second", compare.prefer_second, ("Ctrl+2",)),
                ("tie", compare.prefer_neither, ("Ctrl+3",)),
                ("reveal", compare.reveal, ("Ctrl+0",)),
                None,
                ("export", compare.export_latest, ("Ctrl+E",)),
            ],
            "tools": [
                ("skipped", window.open_skipped, ()),
                ("models", window.open_models, ()),
                ("settings", window.open_settings, ("Ctrl+,",)),
            ],
            "help": [
                ("shortcuts", window.open_shortcuts, ("F1",)),
                ("about", window.open_about, ()),
            ],
        }
        for key, entries in plan.items():
            menu = self._menus[key] = window.menuBar().addMenu("")
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                    continue
                name, slot, keys = entry
                action = self._actions[name] = menu.addAction("")
                action.triggered.connect(lambda _on=False, slot=slot: slot())
                action.setShortcuts([QKeySequence(each) for each in keys])
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self._actions["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self._actions["about"].setMenuRole(QAction.MenuRole.AboutRole)
        self._actions["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self._build_themes(self._menus["view"])

    def _build_themes(self, menu: QMenu) -> None:
        sub_menu = self._menus["theme"] = menu.addMenu("")
        for key, choice in (("theme-system", ""), ("theme-light", "light"), ("theme-dark", "dark")):
            action = self._actions[key] = sub_menu.addAction("")
            action.setCheckable(True)
            action.setData(choice)
            self.theme_group.addAction(action)

    def _menu_texts(self) -> dict[str, str]:
        return {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "compare": self.tr("&Compare"),
            "tools": self.tr("&Tools"),
            "help": self.tr("&Help"),
            "theme": self.tr("&Theme"),
        }

    def _action_texts(self) -> dict[str, str]:
        return {
            "new": self.tr("&New conversation"),
            "collection": self.tr("New &collection…"),
            "folder": self.tr("&Add folder…"),
            "files": self.tr("Add &files…"),
            "rescan": self.tr("&Look for changed files"),
            "quit": self.tr("&Quit"),
            "copy": self.tr("&Copy last answer"),
            "search": self.tr("&Search in documents…"),
            "question": self.tr("&Go to the question box"),
            "stop": self.tr("S&top the answer"),
            "sidebar": self.tr("Show or hide &sidebar"),
            "sources": self.tr("Show or hide s&ources"),
            "compare": self.tr("&Compare two settings"),
            "first": self.tr("&A is better"),
            "second": self.tr("&B is better"),
            "tie": self.tr("&No difference"),
            "reveal": self.tr("&Reveal without voting"),
            "export": self.tr("&Export comparison…"),
            "theme-system": self.tr("As the &system"),
            "theme-light": self.tr("&Light"),
            "theme-dark": self.tr("&Dark"),
            "skipped": self.tr("&Unreadable files…"),
            "models": self.tr("&Models…"),
            "settings": self.tr("&Settings…"),
            "shortcuts": self.tr("&Keyboard shortcuts"),
            "about": self.tr("&About Sabun"),
        }

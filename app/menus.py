"""The menu bar and the shortcuts, built from the actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from app.actions import ACTIONS, MENUS
from app.desk import Action, Desk, Menu


class Menus(QObject):
    """Builds the menus once; names them again when the language changes.

    Args:
        bar: Gets the menus.
        desk: What the actions act on.
        actions: In the order in which they stand in their menus.
    """

    def __init__(self, bar: QMenuBar, desk: Desk, actions: Sequence[Action] = ACTIONS) -> None:
        super().__init__(bar)
        self._desk = desk
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, tuple[Action, QAction]] = {}
        for menu in MENUS:
            self._add_menu(menu, bar, [action for action in actions if action.menu == menu.id])
        desk.program.language.changed.connect(self.retranslate)
        desk.program.theme.changed.connect(self.refresh)
        self.retranslate()
        self.refresh()

    @property
    def ids(self) -> tuple[str, ...]:
        """The actions there are."""
        return tuple(self._actions)

    def action(self, action_id: str) -> QAction:
        """Return an action by id."""
        return self._actions[action_id][1]

    def retranslate(self) -> None:
        """Set every visible string again."""
        for menu in MENUS:
            self._menus[menu.id].setTitle(_translated(menu.title))
        for action, shown in self._actions.values():
            shown.setText(_translated(action.title))

    def refresh(self) -> None:
        """Mark what is in force."""
        for action, shown in self._actions.values():
            if action.is_chosen is not None:
                shown.setChecked(action.is_chosen(self._desk))

    def _add_menu(self, menu: Menu, bar: QMenuBar, actions: Sequence[Action]) -> None:
        if menu.within:
            self._menus[menu.within].addSeparator()
        shown = (self._menus[menu.within] if menu.within else bar).addMenu("")
        group = QActionGroup(self) if menu.exclusive else None
        for action in actions:
            made = self._add_action(action, shown)
            if group is not None:
                made.setCheckable(True)
                group.addAction(made)
        self._menus[menu.id] = shown

    def _add_action(self, action: Action, menu: QMenu) -> QAction:
        if action.begins_group:
            menu.addSeparator()
        made = menu.addAction("")
        made.triggered.connect(lambda: action.run(self._desk))
        made.setShortcuts([QKeySequence(keys) for keys in action.keys])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setMenuRole(action.role)
        self._actions[action.id] = (action, made)
        return made


def _translated(title: object) -> str:
    return QCoreApplication.translate("Menus", str(title))

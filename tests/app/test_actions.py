from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from app.actions import ACTIONS, MENUS, listed_keys
from app.desk import Action
from app.menus import Menus
from app.views.dialogs.help import ShortcutsDialog


def test_ids_are_unique_and_every_action_stands_in_a_menu(window):
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert {action.menu for action in ACTIONS} == {menu.id for menu in MENUS}
    assert window.menus.ids == tuple(
        action.id for menu in MENUS for action in ACTIONS if action.menu == menu.id
    )


def test_shortcuts_are_keys_that_exist_and_unique(window):
    keys: dict[str, str] = {}
    for name in window.menus.ids:
        for sequence in window.menus.action(name).shortcuts():
            text = sequence.toString()
            assert text not in keys, f"{text} is used twice"
            keys[text] = name
    assert set(keys) == {
        QKeySequence(each).toString() for action in ACTIONS for each in action.keys
    }
    wanted = {
        "Ctrl+N": "new",
        "Ctrl+O": "folder",
        "Ctrl+L": "question",
        "Esc": "stop",
        "Ctrl+,": "settings",
        "F1": "shortcuts",
        "Ctrl+K": "search",
        "Ctrl+F": "search",
    }
    assert wanted.items() <= keys.items()


def test_letters_to_press_are_unique_in_their_menu(window):
    for bar_entry in window.menuBar().actions():
        letters = [
            action.text()[action.text().index("&") + 1].lower()
            for action in bar_entry.menu().actions()
            if not action.isSeparator()
        ]
        assert len(set(letters)) == len(letters), bar_entry.text()


def test_an_action_is_one_entry(qtbot, window):
    """What a newcomer adds to the table is in the menu and on the keyboard."""
    done: list[object] = []
    toy = Action(
        "toy", "help", "&Toy", lambda desk: done.append(desk), keys=("Ctrl+Alt+T",),
        begins_group=True,
    )  # fmt: skip
    other = QMainWindow()
    qtbot.addWidget(other)
    menus = Menus(other.menuBar(), window.desk, [*ACTIONS, toy])
    help_menu = other.menuBar().actions()[-1].menu()
    assert [action.text() for action in help_menu.actions()][-2:] == ["", "&Toy"]
    menus.action("toy").trigger()
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(other, Qt.Key.Key_T, held)
    assert done == [window.desk, window.desk]


def test_every_key_is_in_the_help(qtbot, window):
    dialog = ShortcutsDialog(listed_keys(), window)
    qtbot.addWidget(dialog)
    listed = " ".join(keys for keys, _ in dialog.shortcuts())
    votes = {"first", "second", "tie"}  # one line of the help for the three
    for action in ACTIONS:
        assert action.id in votes or ", ".join(action.keys) in listed, action.id
    window.program.language.choose("ja")
    assert not any(text.isascii() for _, text in dialog.shortcuts())
    window.program.language.choose("en")


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_theme_in_force_is_marked(window, choice):
    window.program.theme.choose("light" if choice == "dark" else "dark")
    window.program.theme.choose(choice)
    marked = [name for name in window.menus.ids if window.menus.action(name).isChecked()]
    assert marked == [f"theme-{choice}"]

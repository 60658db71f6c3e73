"""What the menus and the keyboard can do: one entry an action.

An action that opens a new dialog is that dialog's file and one entry here.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction

from app.controllers.report import ReportController
from app.desk import Action, Desk, Menu
from app.views.dialogs.help import AboutDialog, ShortcutsDialog
from app.views.dialogs.manual import ManualDialog
from app.views.dialogs.report import ReportDialog


def listed_keys() -> list[tuple[str, str]]:
    """Return the keys of the actions with what the help says of them."""
    return [(", ".join(action.keys), str(action.help)) for action in ACTIONS if action.help]


MENUS = (
    Menu("file", QT_TRANSLATE_NOOP("Menus", "&File")),
    Menu("edit", QT_TRANSLATE_NOOP("Menus", "&Edit")),
    Menu("view", QT_TRANSLATE_NOOP("Menus", "&View")),
    Menu("compare", QT_TRANSLATE_NOOP("Menus", "&Compare")),
    Menu("tools", QT_TRANSLATE_NOOP("Menus", "&Tools")),
    Menu("help", QT_TRANSLATE_NOOP("Menus", "&Help")),
    Menu("theme", QT_TRANSLATE_NOOP("Menus", "&Theme"), within="view", exclusive=True),
)


def _report(desk: Desk) -> ReportDialog:
    program = desk.program
    reports = ReportController(program.engine.paths, program.runner, desk.window)
    return ReportDialog(reports, program.words, desk.window)


ACTIONS = (
    # --- file --------------------------------------------------------------------------
    Action(
        "new",
        "file",
        QT_TRANSLATE_NOOP("Menus", "&New conversation"),
        lambda desk: desk.chat.start_conversation(),
        keys=("Ctrl+N",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "New conversation"),
    ),
    Action(
        "collection",
        "file",
        QT_TRANSLATE_NOOP("Menus", "New &collection…"),
        lambda desk: desk.collections.create(),
        keys=("Ctrl+Shift+N",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "New collection"),
    ),
    Action(
        "folder",
        "file",
        QT_TRANSLATE_NOOP("Menus", "&Add folder…"),
        lambda desk: desk.collections.add_folder(),
        keys=("Ctrl+O",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Add a folder"),
        begins_group=True,
    ),
    Action(
        "files",
        "file",
        QT_TRANSLATE_NOOP("Menus", "Add &files…"),
        lambda desk: desk.collections.add_files(),
        keys=("Ctrl+Shift+O",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Add files"),
    ),
    Action(
        "rescan",
        "file",
        QT_TRANSLATE_NOOP("Menus", "&Look for changed files"),
        lambda desk: desk.program.library.rescan(),
        keys=("F5",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Look for changed files"),
    ),
    Action(
        "quit",
        "file",
        QT_TRANSLATE_NOOP("Menus", "&Quit"),
        lambda desk: desk.window.close(),
        keys=("Ctrl+Q",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Quit"),
        begins_group=True,
        role=QAction.MenuRole.QuitRole,
    ),
    # --- edit --------------------------------------------------------------------------
    Action(
        "copy",
        "edit",
        QT_TRANSLATE_NOOP("Menus", "&Copy last answer"),
        lambda desk: desk.chat.copy_last(),
        keys=("Ctrl+Shift+C",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Copy the last answer"),
    ),
    Action(
        "search",
        "edit",
        QT_TRANSLATE_NOOP("Menus", "&Search in documents…"),
        lambda desk: desk.dialogs.open_search(),
        keys=("Ctrl+K", "Ctrl+F"),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Search in the documents"),
    ),
    Action(
        "question",
        "edit",
        QT_TRANSLATE_NOOP("Menus", "&Go to the question box"),
        lambda desk: desk.composer.setFocus(),
        keys=("Ctrl+L",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Go to the question box"),
    ),
    Action(
        "stop",
        "edit",
        QT_TRANSLATE_NOOP("Menus", "S&top the answer"),
        lambda desk: desk.program.chat.stop(),
        keys=("Esc",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Stop the answer"),
    ),
    # --- view --------------------------------------------------------------------------
    Action(
        "sidebar",
        "view",
        QT_TRANSLATE_NOOP("Menus", "Show or hide &sidebar"),
        lambda desk: desk.columns.toggle_sidebar(),
        keys=("Ctrl+B",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Show or hide the sidebar"),
    ),
    Action(
        "sources",
        "view",
        QT_TRANSLATE_NOOP("Menus", "Show or hide s&ources"),
        lambda desk: desk.columns.toggle_sources(),
        keys=("Ctrl+J",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Show or hide the sources"),
    ),
    Action(
        "theme-system",
        "theme",
        QT_TRANSLATE_NOOP("Menus", "As the &system"),
        lambda desk: desk.program.settings.change(theme=""),
        is_chosen=lambda desk: not desk.program.theme.choice,
    ),
    Action(
        "theme-light",
        "theme",
        QT_TRANSLATE_NOOP("Menus", "&Light"),
        lambda desk: desk.program.settings.change(theme="light"),
        is_chosen=lambda desk: desk.program.theme.choice == "light",
    ),
    Action(
        "theme-dark",
        "theme",
        QT_TRANSLATE_NOOP("Menus", "&Dark"),
        lambda desk: desk.program.settings.change(theme="dark"),
        is_chosen=lambda desk: desk.program.theme.choice == "dark",
    ),
    # --- compare -----------------------------------------------------------------------
    Action(
        "compare",
        "compare",
        QT_TRANSLATE_NOOP("Menus", "&Compare two settings"),
        lambda desk: desk.composer.toggle_compare(),
        keys=("Ctrl+D",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Compare two attention settings"),
    ),
    Action(
        "first",
        "compare",
        QT_TRANSLATE_NOOP("Menus", "&A is better"),
        lambda desk: desk.comparisons.vote_latest("first"),
        keys=("Ctrl+1",),
        begins_group=True,
    ),
    Action(
        "second",
        "compare",
        QT_TRANSLATE_NOOP("Menus", "&B is better"),
        lambda desk: desk.comparisons.vote_latest("second"),
        keys=("Ctrl+2",),
    ),
    Action(
        "tie",
        "compare",
        QT_TRANSLATE_NOOP("Menus", "&No difference"),
        lambda desk: desk.comparisons.vote_latest("tie"),
        keys=("Ctrl+3",),
    ),
    Action(
        "reveal",
        "compare",
        QT_TRANSLATE_NOOP("Menus", "&Reveal without voting"),
        lambda desk: desk.comparisons.reveal(),
        keys=("Ctrl+0",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Reveal a comparison without voting"),
    ),
    Action(
        "export",
        "compare",
        QT_TRANSLATE_NOOP("Menus", "&Export comparison…"),
        lambda desk: desk.comparisons.export_latest(),
        keys=("Ctrl+E",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Export a comparison"),
        begins_group=True,
    ),
    # --- tools -------------------------------------------------------------------------
    Action(
        "skipped",
        "tools",
        QT_TRANSLATE_NOOP("Menus", "&Unreadable files…"),
        lambda desk: desk.collections.show_skipped(),
    ),
    Action(
        "models",
        "tools",
        QT_TRANSLATE_NOOP("Menus", "&Models…"),
        lambda desk: desk.dialogs.open_models(),
    ),
    Action(
        "settings",
        "tools",
        QT_TRANSLATE_NOOP("Menus", "&Settings…"),
        lambda desk: desk.dialogs.open_settings(),
        keys=("Ctrl+,",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "Settings"),
        role=QAction.MenuRole.PreferencesRole,
    ),
    # --- help --------------------------------------------------------------------------
    Action(
        "manual",
        "help",
        QT_TRANSLATE_NOOP("Menus", "&Manual"),
        lambda desk: ManualDialog(desk.window).open(),
    ),
    Action(
        "shortcuts",
        "help",
        QT_TRANSLATE_NOOP("Menus", "&Keyboard shortcuts"),
        lambda desk: ShortcutsDialog(listed_keys(), desk.window).open(),
        keys=("F1",),
        help=QT_TRANSLATE_NOOP("ShortcutsDialog", "This help"),
    ),
    Action(
        "report",
        "help",
        QT_TRANSLATE_NOOP("Menus", "&Report a problem…"),
        lambda desk: _report(desk).open(),
    ),
    Action(
        "about",
        "help",
        QT_TRANSLATE_NOOP("Menus", "&About Sabun"),
        lambda desk: AboutDialog(desk.window).open(),
        role=QAction.MenuRole.AboutRole,
    ),
)

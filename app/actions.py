"""What the menus and the keyboard can do: one entry an action.

An action that opens a new dialog is that dialog's file and one entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.controllers.report import ReportController
from app.views.dialogs.help import AboutDialog, ShortcutsDialog
from app.views.dialogs.manual import ManualDialog
from app.views.dialogs.report import ReportDialog

if TYPE_CHECKING:
    from app.presenters.chat import ChatPresenter
    from app.presenters.collections import CollectionPresenter
    from app.presenters.comparing import ComparePresenter
    from app.presenters.dialogs import DialogOpener
    from app.program import Program
    from app.views.columns import Columns
    from app.views.composer import Composer


@dataclass(frozen=True)
class Desk:
    """What an action can act on.

    Attributes:
        program: Controllers, settings, theme, language.
        window: Dialogs open over it.
        columns: Sidebar, chat and sources.
        composer: Where questions are typed.
        chat: Conversation and answers.
        collections: Collections and their documents.
        comparisons: Comparisons and votes.
        dialogs: Dialogs that more than one thing opens.
    """

    program: Program
    window: QWidget
    columns: Columns
    composer: Composer
    chat: ChatPresenter
    collections: CollectionPresenter
    comparisons: ComparePresenter
    dialogs: DialogOpener


@dataclass(frozen=True)
class Menu:
    """A menu.

    Attributes:
        id: Names it in :attr:`Action.menu`.
        title: English, marked for translation; the letter after ``&`` opens it.
        within: The menu it is a part of; empty for the menu bar.
        exclusive: Exactly one of its actions is checked.
    """

    id: str
    title: object
    within: str = ""
    exclusive: bool = False


@dataclass(frozen=True)
class Action:
    """Something that a menu or a key does.

    Attributes:
        id: Unique.
        menu: The :class:`Menu` it stands in.
        title: English, marked for translation; the letter after ``&`` chooses it.
        run: Does it.
        keys: Shortcuts, the first is shown.
        begins_group: A line stands above it.
        role: Where a system with one menu bar for all programs puts it.
        is_chosen: Whether it is the one in force, in an exclusive menu.
    """

    id: str
    menu: str
    title: object
    run: Callable[[Desk], object]
    keys: tuple[str, ...] = ()
    begins_group: bool = False
    role: QAction.MenuRole = QAction.MenuRole.TextHeuristicRole
    is_chosen: Callable[[Desk], bool] | None = None


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
    ),
    Action(
        "collection",
        "file",
        QT_TRANSLATE_NOOP("Menus", "New &collection…"),
        lambda desk: desk.collections.create(),
        keys=("Ctrl+Shift+N",),
    ),
    Action(
        "folder",
        "file",
        QT_TRANSLATE_NOOP("Menus", "&Add folder…"),
        lambda desk: desk.collections.add_folder(),
        keys=("Ctrl+O",),
        begins_group=True,
    ),
    Action(
        "files",
        "file",
        QT_TRANSLATE_NOOP("Menus", "Add &files…"),
        lambda desk: desk.collections.add_files(),
        keys=("Ctrl+Shift+O",),
    ),
    Action(
        "rescan",
        "file",
        QT_TRANSLATE_NOOP("Menus", "&Look for changed files"),
        lambda desk: desk.program.library.rescan(),
        keys=("F5",),
    ),
    Action(
        "quit",
        "file",
        QT_TRANSLATE_NOOP("Menus", "&Quit"),
        lambda desk: desk.window.close(),
        keys=("Ctrl+Q",),
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
    ),
    Action(
        "search",
        "edit",
        QT_TRANSLATE_NOOP("Menus", "&Search in documents…"),
        lambda desk: desk.dialogs.open_search(),
        keys=("Ctrl+K", "Ctrl+F"),
    ),
    Action(
        "question",
        "edit",
        QT_TRANSLATE_NOOP("Menus", "&Go to the question box"),
        lambda desk: desk.composer.setFocus(),
        keys=("Ctrl+L",),
    ),
    Action(
        "stop",
        "edit",
        QT_TRANSLATE_NOOP("Menus", "S&top the answer"),
        lambda desk: desk.program.chat.stop(),
        keys=("Esc",),
    ),
    # --- view --------------------------------------------------------------------------
    Action(
        "sidebar",
        "view",
        QT_TRANSLATE_NOOP("Menus", "Show or hide &sidebar"),
        lambda desk: desk.columns.toggle_sidebar(),
        keys=("Ctrl+B",),
    ),
    Action(
        "sources",
        "view",
        QT_TRANSLATE_NOOP("Menus", "Show or hide s&ources"),
        lambda desk: desk.columns.toggle_sources(),
        keys=("Ctrl+J",),
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
    ),
    Action(
        "export",
        "compare",
        QT_TRANSLATE_NOOP("Menus", "&Export comparison…"),
        lambda desk: desk.comparisons.export_latest(),
        keys=("Ctrl+E",),
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
        lambda desk: ShortcutsDialog(desk.window).open(),
        keys=("F1",),
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

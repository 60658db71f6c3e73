"""What an entry of the menus is made of, and what it can act on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

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
        help: What the list of keys says of it, marked for translation; empty: not listed.
        begins_group: A line stands above it.
        role: Where a system with one menu bar for all programs puts it.
        is_chosen: Whether it is the one in force, in an exclusive menu.
    """

    id: str
    menu: str
    title: object
    run: Callable[[Desk], object]
    keys: tuple[str, ...] = ()
    help: object = ""
    begins_group: bool = False
    role: QAction.MenuRole = QAction.MenuRole.TextHeuristicRole
    is_chosen: Callable[[Desk], bool] | None = None

"""Runs without a user: ask or compare, save a picture of the window, quit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.startup import StartOptions, StartupTimes

if TYPE_CHECKING:
    from app.controllers.chat import ShownTurn
    from app.controllers.compare import ShownComparison
    from app.main_window import MainWindow
    from app.program import Program

_SETTLE_MS = 1_500
"""Time for the page picture and the layout to follow the answer."""

_MODES_MS = 10_000
"""Without a usable chat model no mode becomes known, and asking says what is wrong."""

_LIMIT_MS = 300_000


class ScriptedRun(QObject):
    """Carries out ``--ask``, ``--compare``, ``--screenshot`` and ``--smoke``."""

    def __init__(
        self,
        program: Program,
        window: MainWindow,
        options: StartOptions,
        times: StartupTimes,
    ) -> None:
        super().__init__(window)
        self._program = program
        self._window = window
        self._options = options
        self._times = times
        self.status = 0
        self._asked = False

    def arm(self) -> None:
        """Begin when the collections are known."""
        options = self._options
        if options.ask or options.screenshot or options.smoke:
            self._program.library.collections_loaded.connect(self._begin)
        if options.screenshot or options.smoke:
            QTimer.singleShot(_LIMIT_MS, self._give_up)

    def _begin(self) -> None:
        if not self._options.ask:
            QTimer.singleShot(_SETTLE_MS if self._options.screenshot else 0, self._finish)
            return
        program = self._program
        if self._options.compare:
            composer = self._window.chat.composer
            composer.compare_button.setChecked(True)
            composer.second_attention_box.choose(self._options.compare)
            program.compare.finished.connect(self._on_compared)
            program.compare.run_failed.connect(self._on_failed)
        program.chat.turn_finished.connect(self._on_answered)
        program.chat.turn_failed.connect(self._on_failed)
        if program.attention.reasons:
            self._ask()
        else:
            program.attention.changed.connect(self._ask)
            QTimer.singleShot(_MODES_MS, self._ask)

    def _ask(self) -> None:
        """Ask once, with the attention mode that the window begins with."""
        if not self._asked:
            self._asked = True
            self._window.chat.composer.ask(self._options.ask)

    def _on_answered(self, turn: ShownTurn) -> None:
        if self._options.screenshot or self._options.smoke:
            self._window.chat.scroll_to_start_of(turn.key)
            QTimer.singleShot(_SETTLE_MS, self._finish)

    def _on_compared(self, shown: ShownComparison) -> None:
        if self._options.screenshot or self._options.smoke:
            self._program.compare.reveal(shown.key)
            self._window.chat.scroll_to_start_of(shown.key)
            QTimer.singleShot(_SETTLE_MS, self._finish)

    def _on_failed(self, turn: ShownTurn | ShownComparison) -> None:
        if self._options.screenshot or self._options.smoke:
            print(turn.error, file=sys.stderr)  # noqa: T201  nobody sees the window
            self.status = 1
            QTimer.singleShot(_SETTLE_MS, self._finish)

    def _finish(self) -> None:
        if self._program.runner.n_unfinished and self._options.screenshot:
            # The page picture or the list of documents is still on its way.
            busy = self._program.chat.busy or self._program.look_up.busy
            if busy:
                QTimer.singleShot(200, self._finish)
                return
        target = self._options.screenshot
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not self._window.grab().save(str(target)):
                print(f"{target} cannot be written.", file=sys.stderr)  # noqa: T201
                self.status = 1
        self._window.close()

    def _give_up(self) -> None:
        print("No answer within five minutes.", file=sys.stderr)  # noqa: T201
        self.status = 1
        self._window.close()

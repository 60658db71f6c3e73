"""Connects asking: composer, controller, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.models.answer_copy import answer_as_text
from app.views.chat_view import ChatView
from app.views.dialogs.plan import PlanDialog
from app.views.toast import Toast
from engine.records import AttentionChoice, TypedColumn

if TYPE_CHECKING:
    from app.program import Program


class ChatPresenter(QObject):
    """What the composer and the cards of answers ask for, and what becomes of it."""

    def __init__(self, program: Program, view: ChatView, toast: Toast) -> None:
        super().__init__(view)
        self._controller = program.chat
        self._read_ahead = program.read_ahead
        self._look_up = program.look_up
        self._words = program.words
        self._view = view
        self._toast = toast
        self._follow()
        self._obey()

    def start_conversation(self) -> None:
        """Begin a new conversation."""
        self._controller.start_new()
        self._view.composer.setFocus()

    def copy(self, key: int) -> None:
        """Copy an answer with its citations."""
        answer = self._view.answer_of(key)
        if answer is not None:
            QApplication.clipboard().setText(answer_as_text(answer, self._words))
            self._toast.say(self.tr("Copied with citations."))

    def copy_last(self) -> None:
        """Copy the last answer with its citations."""
        if self._view.cards:
            self.copy(max(self._view.cards))

    def change_plan(self, key: int) -> None:
        """Open the plan of an answer; what is changed takes the turn's place."""
        answer = self._view.answer_of(key)
        if answer is None or answer.plan is None:
            return
        shown = answer.table.columns if answer.table is not None else ()
        dialog = PlanDialog(
            answer.plan,
            shown,
            self._words,
            self._view.window(),
            done=lambda plan: self._revise(key, plan=plan),
        )

        def offer(columns: tuple[TypedColumn, ...]) -> None:
            if isValid(dialog):  # it may be closed before they come
                dialog.show_columns(columns)

        for table in answer.plan.tables[:1]:  # they all have the same
            self._look_up.table_columns(table.id, offer, lambda _error: None)
        dialog.open()

    def _follow(self) -> None:
        controller, view = self._controller, self._view
        controller.opened.connect(lambda _conversation, turns: view.show_turns(turns))
        controller.turn_started.connect(view.start_turn)
        controller.event_received.connect(view.take)
        controller.turn_finished.connect(view.finish_turn)
        controller.turn_failed.connect(view.finish_turn)
        controller.busy_changed.connect(view.composer.set_busy)

    def _obey(self) -> None:
        controller, view = self._controller, self._view
        view.composer.asked.connect(self._ask)
        view.composer.stop_requested.connect(controller.stop)
        view.composer.drafted.connect(self._read_ahead.follow)
        view.empty.question_chosen.connect(view.composer.ask)
        view.copy_requested.connect(self.copy)
        view.regenerate_requested.connect(lambda key: controller.regenerate(key))
        view.baseline_requested.connect(self._ask_with_baseline)
        view.kind_chosen.connect(lambda key, kind: self._revise(key, kind=kind))
        view.reworded.connect(lambda key, question: self._revise(key, question=question))
        view.plan_requested.connect(self.change_plan)
        view.insisted.connect(lambda key: controller.regenerate(key, insists=True))

    def _revise(self, key: int, **changes: Any) -> None:
        if self._controller.revise(key, **changes):
            self._view.composer.setFocus()  # what had the keyboard is gone with the old card

    def _ask(self, question: str, choice: AttentionChoice) -> None:
        if not self._controller.ask(question, choice):
            self._view.composer.edit.setPlainText(question)

    def _ask_with_baseline(self, key: int) -> None:
        self._view.composer.choose_baseline()
        self._controller.regenerate(key, AttentionChoice())

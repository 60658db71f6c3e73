"""The models on this computer: add, verify, optimise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QWidget

from app.controllers.models import ModelsController
from app.i18n import LANGUAGES, Words
from app.theme.icons import bind_icon
from app.views.dialogs.base import Dialog
from app.views.widgets import button, clear, column, frame, label, line
from engine.models.events import (
    AddEvent,
    LayoutMeasured,
    LayoutStarted,
    MachineBusy,
    ModelAdded,
    ModelCopied,
    OptimisationFinished,
    OptimiseEvent,
)
from engine.records import ModelFile


def _language_name(code: str) -> str:
    """Return a language's name for itself; Qt's says "American English" for ``en``."""
    return LANGUAGES.get(code) or QLocale(code).nativeLanguageName() or code


class ModelsDialog(Dialog):
    """Lists models as cards; long work shows its progress below."""

    def __init__(
        self, controller: ModelsController, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=780)
        self.resize(780, 500)
        self._controller = controller
        self._words = words
        self._checks: dict[str, bool] = {}
        self._note = label("muted", wrap=True)
        self._cards = column(gap=8)
        self.status = label("small", wrap=True, selectable=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._add = button("", "plus", size=15)
        self._add.clicked.connect(self._on_add)
        self._verify = button("", "check", size=15)
        self._verify.clicked.connect(self._on_verify)
        self._stop = button("", "stop", size=15)
        self._stop.clicked.connect(controller.cancel)
        self.body.addWidget(self._note)
        self.body.addLayout(self._cards)
        self.body.addStretch(1)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.status)
        for place, widget in enumerate((self._add, self._verify, self._stop)):
            self.buttons.insertWidget(place, widget)
        self.buttons.addWidget(self.close_button)
        controller.listed.connect(self._show)
        controller.progressed.connect(self._on_progress)
        controller.verified.connect(self._on_verified)
        controller.failed.connect(self._on_failed)
        controller.busy_changed.connect(self._on_busy)
        self.retranslate()
        self._on_busy(controller.busy)
        controller.refresh()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Models"))
        self._note.setText(
            self.tr(
                "Models run on this computer. Add an instruction-tuned model in the GGUF format "
                "to get better answers; the built-in one is small and writes English only."
            )
        )
        self._add.setText(self.tr("Add a GGUF file…"))
        self._verify.setText(self.tr("Verify all"))
        self._stop.setText(self.tr("Stop"))
        self.close_button.setText(self.tr("Close"))
        self._show(self._controller.models)

    def _show(self, models: Sequence[ModelFile]) -> None:
        clear(self._cards)
        for model in models:
            self._cards.addWidget(self._card(model))

    def _card(self, model: ModelFile) -> QFrame:
        card = frame("card")
        title = label()
        title.setText(model.name)
        title.setStyleSheet("font-weight: bold;")
        facts = label("small", wrap=True)
        facts.setText(self._facts(model))
        texts = column(gap=2)
        texts.addWidget(title)
        texts.addWidget(facts)
        row = line(card, margins=(14, 10, 10, 10), gap=8)
        row.addLayout(texts, 1)
        if model.name in self._checks:
            mark = label()
            intact = self._checks[model.name]
            bind_icon(mark, "check" if intact else "warning", role="accent" if intact else "danger")
            row.addWidget(mark)
        if model.kind == "chat" and not model.optimised_from:
            optimise = button("", size=14)
            optimise.setText(self.tr("Optimise for this computer"))
            optimise.setEnabled(not self._controller.busy)
            optimise.clicked.connect(lambda: self._on_optimise(model.name))
            row.addWidget(optimise)
        return card

    def _facts(self, model: ModelFile) -> str:
        parts = [
            self.tr("writes answers") if model.kind == "chat" else self.tr("finds passages"),
            self._words.bytes(model.n_bytes),
        ]
        if model.embedded:
            parts.append(self.tr("built in"))
        if model.optimised_from:
            parts.append(self.tr("made from {name}").format(name=model.optimised_from))
        if model.languages:
            parts.append(", ".join(map(_language_name, model.languages)))
        if model.licence:
            parts.append(model.licence)
        if model.sha256:
            parts.append(f"SHA-256 {model.sha256[:12]}…")
        return " · ".join(parts)

    def _on_add(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a model"), "", self.tr("GGUF models (*.gguf)")
        )
        if chosen:
            self.status.setText(self.tr("Copying and checking the model…"))
            self._controller.add(Path(chosen))

    def _on_verify(self) -> None:
        self._checks = {}
        self.status.setText(self.tr("Comparing every model with its recorded SHA-256…"))
        self._controller.verify()

    def _on_optimise(self, model: str) -> None:
        self.status.setText(
            self.tr("Making faster layouts and measuring them; this takes a few minutes…")
        )
        self._controller.optimise(model)

    def _on_progress(self, event: AddEvent | OptimiseEvent) -> None:
        match event:
            case ModelCopied():
                self._bar.setRange(0, 1000)
                self._bar.setValue(round(1000 * event.n_done / max(1, event.n_total)))
            case ModelAdded():
                self.status.setText(self.tr("{name} was added.").format(name=event.model.name))
            case LayoutStarted():
                self.status.setText(self.tr("Making {layout}…").format(layout=event.layout))
            case LayoutMeasured():
                self.status.setText(
                    self.tr("{layout}: reads {speed} tokens per second").format(
                        layout=event.layout,
                        speed=QLocale().toString(event.prefill_tokens_per_second, "f", 0),
                    )
                )
            case MachineBusy():
                self.status.setText(
                    self.tr("Other programs keep the processor busy; waiting for a quiet moment…")
                )
            case OptimisationFinished(put_off=True):
                self.status.setText(
                    self.tr(
                        "Other programs kept the processor busy, so nothing new was measured and "
                        "everything stays as it was."
                    )
                )
            case OptimisationFinished():
                self.status.setText(
                    self.tr("{name} is used from now on; it reads {ratio} times as fast.").format(
                        name=event.chosen, ratio=QLocale().toString(event.prefill_ratio, "f", 2)
                    )
                )

    def _on_verified(self, model: ModelFile, intact: bool, detail: str) -> None:
        self._checks[model.name] = intact
        if all(self._checks.values()):
            self.status.setText(self.tr("%n model(s) checked, all intact.", "", len(self._checks)))
        else:
            self.status.setText(
                self.tr("{name} is not what it should be: {detail}").format(
                    name=model.name, detail=detail
                )
            )

    def _on_failed(self, error: Exception) -> None:
        self.status.setText(self._words.error(error))

    def _on_busy(self, busy: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        self._stop.setVisible(busy)
        self._add.setEnabled(not busy)
        self._verify.setEnabled(not busy)
        if not busy:
            self._show(self._controller.models)

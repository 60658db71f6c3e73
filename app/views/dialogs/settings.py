"""Settings: what the user can change, in words that say what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QTabWidget,
    QWidget,
)

from app.controllers.settings import SettingsController
from app.i18n import Words
from app.views.dialogs.base import Dialog
from app.views.dialogs.prompts import ConfirmPrompt
from app.views.widgets import button, label, name
from engine.records import KernelChoice, ModelFile

_ANSWER_LENGTHS = (120, 220, 400, 800)
_BUDGETS = (512, 1024, 2048, 4096)


class SettingsDialog(Dialog):
    """Applies each change at once; there is nothing to confirm at the end.

    Signals:
        models_requested: Open the models dialog.
    """

    models_requested = Signal()

    def __init__(
        self,
        settings: SettingsController,
        models: Sequence[ModelFile],
        n_passages: int,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=580)
        self._settings = settings
        self._models = models
        self._n_passages = n_passages
        self._words = words
        self._labels: list[QLabel] = []
        self._build()
        self._load()
        self._connect()
        self.retranslate()

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        self.chat_model = QComboBox()
        self.embedding_model = QComboBox()
        self.answer_length = QComboBox()
        self.budget = QComboBox()
        self.top_k = QSpinBox()
        self.top_k.setRange(1, 20)
        self.threads = QSpinBox()
        self.threads.setRange(0, 64)
        for box in (self.top_k, self.threads):
            box.lineEdit().setTextMargins(9, 0, 0, 0)  # style sheets do not reach the text in it
        self.kernel = QComboBox()
        self.strict = QCheckBox()
        self.language = QComboBox()
        self.theme = QComboBox()
        self._models_button = button("link")
        self._models_button.clicked.connect(self.models_requested)
        self._tabs = QTabWidget()
        self._answers_form = self._form(self.top_k, self.budget, self.answer_length, self.strict)
        self._models_form = self._form(
            self.chat_model,
            self.embedding_model,
            self.threads,
            self.kernel,
            self._models_button,
        )
        self._look_form = self._form(self.language, self.theme)
        self.body.addWidget(self._tabs, 1)
        self.buttons.addWidget(self.close_button)

    def _form(self, *fields: QWidget) -> QFormLayout:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(6, 16, 6, 6)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(13)
        for field in fields:
            title = label()
            title.setBuddy(field)
            self._labels.append(title)
            form.addRow(title, field)
        self._tabs.addTab(page, "")
        return form

    def _load(self) -> None:
        now = self._settings.current
        chat = [m for m in self._models if m.kind == "chat"]
        embedding = [m for m in self._models if m.kind == "embedding"]
        self._choices(self.chat_model, ["", *(m.name for m in chat)], now.chat_model)
        names = [m.name for m in embedding] or [now.embedding_model]
        self._choices(self.embedding_model, names, now.embedding_model)
        lengths = sorted({*_ANSWER_LENGTHS, now.max_answer_tokens})
        self._choices(self.answer_length, lengths, now.max_answer_tokens)
        budgets = sorted({*_BUDGETS, now.prompt_budget_tokens})
        self._choices(self.budget, budgets, now.prompt_budget_tokens)
        self.top_k.setValue(now.top_k)
        self.threads.setValue(now.n_threads)
        self._choices(self.kernel, get_args(KernelChoice), now.kernel)
        self.strict.setChecked(now.strict)
        self._choices(self.language, ["", "en", "ja"], now.interface_language)
        self._choices(self.theme, ["", "light", "dark"], now.theme)

    def _choices(self, box: QComboBox, values: Sequence[object], current: object) -> None:
        for value in values:
            box.addItem(str(value), value)
        box.setCurrentIndex(max(0, box.findData(current)))

    def _connect(self) -> None:
        change = self._settings.change
        self.chat_model.activated.connect(lambda: change(chat_model=self.chat_model.currentData()))
        self.embedding_model.activated.connect(self._on_embedding_model)
        self.answer_length.activated.connect(
            lambda: change(max_answer_tokens=self.answer_length.currentData())
        )
        self.budget.activated.connect(
            lambda: change(prompt_budget_tokens=self.budget.currentData())
        )
        self.top_k.valueChanged.connect(lambda value: change(top_k=value))
        self.threads.valueChanged.connect(lambda value: change(n_threads=value))
        self.kernel.activated.connect(lambda: change(kernel=self.kernel.currentData()))
        self.strict.toggled.connect(lambda on: change(strict=on))
        self.language.activated.connect(
            lambda: change(interface_language=self.language.currentData())
        )
        self.theme.activated.connect(lambda: change(theme=self.theme.currentData()))

    # --- words -------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Settings"))
        self.close_button.setText(self.tr("Close"))
        titles = (self.tr("Answers"), self.tr("Models"), self.tr("Appearance"))
        for number, title in enumerate(titles):
            self._tabs.setTabText(number, title)
        texts = (
            self.tr("Passages per answer"),
            self.tr("Evidence the model reads"),
            self.tr("Longest answer"),
            "",
            self.tr("Chat model"),
            self.tr("Embedding model"),
            self.tr("Processor threads"),
            self.tr("Attention computed by"),
            "",
            self.tr("Language"),
            self.tr("Theme"),
        )
        fields = (
            self.top_k,
            self.budget,
            self.answer_length,
            self.strict,
            self.chat_model,
            self.embedding_model,
            self.threads,
            self.kernel,
            self._models_button,
            self.language,
            self.theme,
        )
        for title, text, field in zip(self._labels, texts, fields, strict=True):
            title.setText(text)
            name(field, text or self.tr("Option"), "")
        self._models_button.setText(self.tr("Add, check or speed up models…"))
        self.strict.setText(self.tr("Leave out sentences that no passage supports"))
        self.strict.setAccessibleName(self.strict.text())
        self.threads.setSpecialValueText(self.tr("All cores"))
        self._retranslate_choices()

    def _retranslate_choices(self) -> None:
        self.chat_model.setItemText(0, self.tr("Built in (fastest on this computer)"))
        for box in (self.answer_length, self.budget):
            for row in range(box.count()):
                box.setItemText(row, self.tr("%n token(s)", "", box.itemData(row)))
        system = self.tr("As the system")
        for row in range(self.kernel.count()):
            self.kernel.setItemText(row, self._words.attention.kernel(self.kernel.itemData(row)))
        for row, text in enumerate((system, "English", "日本語")):
            self.language.setItemText(row, text)
        for row, text in enumerate((system, self.tr("Light"), self.tr("Dark"))):
            self.theme.setItemText(row, text)

    # --- what costs something ----------------------------------------------------------

    def _on_embedding_model(self) -> None:
        """Ask first: every passage has to be embedded again."""
        wanted = self.embedding_model.currentData()
        if wanted == self._settings.current.embedding_model:
            return
        cost = self.tr(
            "All %n passage(s) have to be read by the new model. Until that is done they are "
            "found by their words only. It starts with the next indexing.",
            "",
            self._n_passages,
        )
        ConfirmPrompt(
            self,
            self.tr("Change the embedding model?"),
            cost,
            self.tr("Change"),
            lambda: self._settings.change(embedding_model=wanted),
            refused=self._keep_embedding_model,
            kind="primary",
        ).open()

    def _keep_embedding_model(self) -> None:
        current = self._settings.current.embedding_model
        self.embedding_model.setCurrentIndex(max(0, self.embedding_model.findData(current)))

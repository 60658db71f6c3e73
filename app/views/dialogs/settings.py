"""Settings: what the user can change, in words that say what it costs.

The dialog is built from the declarations (:mod:`engine.settings`): a setting that names a page
appears there, with its range, its words and what a change brings with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QTabWidget, QWidget

from app.controllers.settings import SettingsController
from app.i18n.setting_words import SettingWords
from app.views.dialogs.base import Dialog
from app.views.dialogs.input_boxes import ConfirmPrompt
from app.views.dialogs.setting_fields import SettingField, field_of
from app.views.widgets import button, column, label
from engine.records import ModelFile
from engine.settings import PAGES, Page, Setting, Settings, Unused, Value

_WIDTH = 580


class SettingsDialog(Dialog):
    """Applies each change at once; there is nothing to confirm at the end.

    Signals:
        models_requested: Open the models dialog.

    Attributes:
        fields: The field of each setting, by name.
    """

    models_requested = Signal()

    def __init__(
        self,
        settings: SettingsController,
        models: Sequence[ModelFile],
        n_passages: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=_WIDTH)
        self._settings = settings
        self._models = models
        self._n_passages = n_passages
        self._words = SettingWords()
        self.fields: dict[str, SettingField] = {}
        self._titles: dict[str, QLabel] = {}
        self._helps: dict[str, QLabel] = {}
        self._forms: list[QFormLayout] = []
        self._tabs = QTabWidget()
        self._models_button = button("link")
        self._models_button.clicked.connect(self.models_requested)
        for page in PAGES:
            self._add_page(page)
        self.body.addWidget(self._tabs, 1)
        self.buttons.addWidget(self.close_button)
        self.retranslate()

    # --- building ----------------------------------------------------------------------

    def _add_page(self, page: Page) -> None:
        place = QWidget()
        form = QFormLayout(place)
        self._forms.append(form)
        form.setContentsMargins(6, 16, 6, 6)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(13)
        for setting in Settings.all():
            if setting.declared.page == page:
                self._add_setting(form, setting)
        if page == "models":
            form.addRow(QLabel(), self._models_button)
        self._tabs.addTab(place, "")

    def _add_setting(self, form: QFormLayout, setting: Setting) -> None:
        field = field_of(setting, self._models, self._words, partial(self._change, setting))
        field.show(getattr(self._settings.current, setting.name))
        title, help_line = label(), label("small", wrap=True)
        title.setBuddy(field.widget)
        cell = column(gap=3)
        cell.addWidget(field.widget)
        cell.addWidget(help_line)
        form.addRow(title, cell)
        self.fields[setting.name] = field
        self._titles[setting.name] = title
        self._helps[setting.name] = help_line

    # --- words -------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Settings"))
        self.close_button.setText(self.tr("Close"))
        self._models_button.setText(self.tr("Add, check or speed up models…"))
        for number, page in enumerate(PAGES):
            self._tabs.setTabText(number, self._words.page(page))
        unused = {row.name: row for row in self._settings.unused}
        for name, field in self.fields.items():
            setting = Settings.find(name)
            field.retranslate()
            if field.titled:
                self._titles[name].setText(self._words.title(setting))
            self._helps[name].setText(self._help(setting, unused.get(name)))
        # Tabs do not ask for the height that wrapped lines need.
        tallest = max(form.totalHeightForWidth(_WIDTH - 80) for form in self._forms)
        self._tabs.setMinimumHeight(tallest + self._tabs.tabBar().sizeHint().height())

    def _help(self, setting: Setting, unused: Unused | None) -> str:
        """Return the line under a field."""
        if unused is None:
            return self._words.help(setting)
        return self.tr("The stored value {value} cannot be used, so this is the default.").format(
            value=unused.value
        )

    # --- changes -----------------------------------------------------------------------

    def _change(self, setting: Setting, value: Value) -> None:
        """Change a setting; ask first where it costs something."""
        if value == getattr(self._settings.current, setting.name):
            return
        if not setting.declared.cost.question:
            self._settings.change(**{setting.name: value})
            return
        ConfirmPrompt(
            self,
            self._words.question(setting),
            self._words.explanation(setting, self._n_passages),
            self.tr("Change"),
            lambda: self._settings.change(**{setting.name: value}),
            refused=lambda: self._show_current(setting),
            kind="primary",
        ).open()

    def _show_current(self, setting: Setting) -> None:
        self.fields[setting.name].show(getattr(self._settings.current, setting.name))

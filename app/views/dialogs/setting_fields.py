"""The widget of a setting, chosen by what its declaration says of its values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from app.i18n.setting_words import SettingWords
from app.views.widgets import name
from engine.records import ModelFile
from engine.settings import Setting, Value

Changed = Callable[[Value], object]


class SettingField(Protocol):
    """Shows one setting and reports what the user makes of it."""

    @property
    def widget(self) -> QWidget:
        """What goes into the dialog."""

    @property
    def titled(self) -> bool:
        """Whether the title stands beside it; a check box says it itself."""

    def show(self, value: Value) -> None:
        """Show a value without reporting a change."""

    def retranslate(self) -> None:
        """Set the words again."""


def field_of(
    setting: Setting, models: Sequence[ModelFile], words: SettingWords, changed: Changed
) -> SettingField:
    """Return the field for a setting.

    Args:
        setting: What it shows.
        models: Installed models, for settings that name one.
        words: Say the values.
        changed: Called with what the user chose.
    """
    declared = setting.declared
    if setting.kind is bool:
        return SwitchField(setting, words, changed)
    if declared.choices:
        return ChoiceField(setting, [c.value for c in declared.choices], words, changed)
    if declared.model:
        installed = [model.name for model in models if model.kind == declared.model]
        named = [choice.value for choice in declared.named]
        return ChoiceField(setting, [*named, *installed], words, changed)
    if declared.offered:
        named = [choice.value for choice in declared.named]
        return ChoiceField(setting, [*named, *sorted(declared.offered)], words, changed)
    if setting.kind is str:
        return TextField(setting, words, changed)
    return NumberField(setting, words, changed)


class SwitchField:
    """On or off."""

    titled = False

    def __init__(self, setting: Setting, words: SettingWords, changed: Changed) -> None:
        self.widget = QCheckBox()
        self._setting = setting
        self._words = words
        self.widget.toggled.connect(changed)

    def show(self, value: Value) -> None:
        """Show a value without reporting a change."""
        before = self.widget.blockSignals(True)
        self.widget.setChecked(bool(value))
        self.widget.blockSignals(before)

    def retranslate(self) -> None:
        """Set the words again."""
        self.widget.setText(self._words.title(self._setting))
        self.widget.setAccessibleName(self.widget.text())
        self.widget.setToolTip(self._words.cost(self._setting))


class ChoiceField:
    """One of several values."""

    titled = True

    def __init__(
        self, setting: Setting, values: Sequence[Value], words: SettingWords, changed: Changed
    ) -> None:
        self.widget = QComboBox()
        self._setting = setting
        self._words = words
        for value in values:
            self.widget.addItem(str(value), value)
        self.widget.activated.connect(lambda row: changed(self.widget.itemData(row)))

    def show(self, value: Value) -> None:
        """Show a value; one that is not offered, such as one set elsewhere, is added."""
        row = self.widget.findData(value)
        if row < 0:
            self.widget.addItem(self._words.value(self._setting, value), value)
            row = self.widget.count() - 1
        self.widget.setCurrentIndex(row)

    def retranslate(self) -> None:
        """Set the words again."""
        for row in range(self.widget.count()):
            text = self._words.value(self._setting, self.widget.itemData(row))
            self.widget.setItemText(row, text)
        name(self.widget, self._words.title(self._setting), self._words.cost(self._setting))


class NumberField:
    """A number in its range."""

    titled = True

    def __init__(self, setting: Setting, words: SettingWords, changed: Changed) -> None:
        declared = setting.declared
        self.widget: QSpinBox | QDoubleSpinBox
        low, high = declared.minimum or 0, declared.maximum or 0
        if setting.kind is int:
            self.widget = QSpinBox()
            self.widget.setRange(int(low), int(high))
        else:
            self.widget = QDoubleSpinBox()
            self.widget.setRange(low, high)
            self.widget.setSingleStep((high - low) / 20)
        self._setting = setting
        self._words = words
        self.widget.lineEdit().setTextMargins(9, 0, 0, 0)  # style sheets do not reach its text
        self.widget.valueChanged.connect(changed)

    def show(self, value: Value) -> None:
        """Show a value without reporting a change."""
        before = self.widget.blockSignals(True)
        if isinstance(self.widget, QSpinBox):
            self.widget.setValue(int(value))
        else:
            self.widget.setValue(float(value))
        self.widget.blockSignals(before)

    def retranslate(self) -> None:
        """Set the words again."""
        for choice in self._setting.declared.named:
            if choice.value == self._setting.declared.minimum:
                self.widget.setSpecialValueText(self._words.choice(choice))
        name(self.widget, self._words.title(self._setting), self._words.cost(self._setting))


class TextField:
    """Any text."""

    titled = True

    def __init__(self, setting: Setting, words: SettingWords, changed: Changed) -> None:
        self.widget = QLineEdit()
        self._setting = setting
        self._words = words
        self.widget.editingFinished.connect(lambda: changed(self.widget.text()))

    def show(self, value: Value) -> None:
        """Show a value."""
        self.widget.setText(str(value))

    def retranslate(self) -> None:
        """Set the words again."""
        for choice in self._setting.declared.named:
            if choice.value == "":
                self.widget.setPlaceholderText(self._words.choice(choice))
        name(self.widget, self._words.title(self._setting), self._words.cost(self._setting))

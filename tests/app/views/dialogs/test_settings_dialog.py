"""The settings dialog, made from the declarations."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSpinBox

from app.controllers.settings import SettingsController
from app.i18n import LanguageManager
from app.i18n.setting_words import SettingWords, as_source
from app.jobs import JobRunner
from app.views.dialogs.setting_fields import field_of
from app.views.dialogs.settings import SettingsDialog
from engine.errors import SettingUnusable
from engine.settings import PAGES, Choice, Setting, Settings, StoredSettings, Unused
from engine.settings.declaration import AT_ONCE, Declaration

SHOWN = [each for each in Settings.all() if each.declared.page]


@pytest.fixture(autouse=True)
def english(qapp):
    manager = LanguageManager(qapp, "en")
    yield
    manager.close()


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    assert made.close()


@pytest.fixture
def controller(engine, runner):
    return SettingsController(engine, runner)


@pytest.fixture
def dialog(qtbot, controller, engine):
    made = SettingsDialog(controller, engine.models.files, 12)
    qtbot.addWidget(made)
    return made


def test_every_setting_with_a_page_stands_on_it_with_its_words(dialog):
    assert list(dialog.fields) == [
        s.name for page in PAGES for s in SHOWN if s.declared.page == page
    ]
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for setting in SHOWN:
        assert any(setting.declared.help in text for text in texts), setting.name
        assert dialog.fields[setting.name].widget.accessibleName() == setting.declared.title
    assert any("read again by the new model" in text for text in texts), "what a change costs"


def test_fields_are_in_the_range_of_their_settings(dialog):
    for setting in SHOWN:
        widget = dialog.fields[setting.name].widget
        if isinstance(widget, QSpinBox):
            declared = setting.declared
            assert (widget.minimum(), widget.maximum()) == (declared.minimum, declared.maximum)
        elif isinstance(widget, QComboBox):
            values = [widget.itemData(row) for row in range(widget.count())]
            assert all(setting.accepts(value) for value in values)
            assert widget.currentData() == setting.default
        elif isinstance(widget, QLineEdit):
            meant = [c.title for c in setting.declared.named if c.value == ""]
            assert widget.text() == setting.default and [widget.placeholderText()] == meant
        else:
            assert isinstance(widget, QCheckBox)


def test_a_value_that_is_not_offered_is_shown_too(qtbot, controller, engine):
    controller.change(max_answer_tokens=300)
    qtbot.waitUntil(lambda: engine.settings.current.max_answer_tokens == 300)
    made = SettingsDialog(controller, engine.models.files, 12)
    qtbot.addWidget(made)
    box = made.fields["max_answer_tokens"].widget
    assert (box.currentData(), box.currentText()) == (300, "300 tokens")


def test_a_stored_value_that_cannot_be_used_is_said(qtbot, engine, runner, monkeypatch):
    stored = StoredSettings(Settings(), unused=(Unused("top_k", "999", "a whole number"),))
    monkeypatch.setattr(engine.settings, "stored", lambda: stored)
    controller = SettingsController(engine, runner)
    made = SettingsDialog(controller, engine.models.files, 12)
    qtbot.addWidget(made)

    def said() -> list[str]:
        return [t.text() for t in made.findChildren(QLabel) if "cannot be used" in t.text()]

    assert said() == ["The stored value 999 cannot be used, so this is the default."]
    made.fields["top_k"].widget.setValue(9)
    made.retranslate()
    assert said() == []


def test_a_value_out_of_range_is_a_fault_of_the_caller(controller):
    with pytest.raises(SettingUnusable):
        controller.change(top_k=0)
    assert controller.current == Settings()


# --- kinds of fields that no setting of the dialog has yet ------------------------------


def declared(default: object, **words: object) -> Setting:
    return Setting("toy", default, Declaration("Toy", "A toy.", AT_ONCE, "answers", **words))


@pytest.mark.parametrize(
    ("setting", "kind", "value"),
    [
        (declared(0.5, minimum=0.0, maximum=2.0), QDoubleSpinBox, 1.5),
        (declared("red"), QLineEdit, "blue"),
        (declared("a", choices=(Choice("a", "A"), Choice("b", "B"))), QComboBox, "b"),
        (declared(3, minimum=1, maximum=9), QSpinBox, 4),
        (declared(False), QCheckBox, True),
    ],
)
def test_every_kind_of_setting_has_a_field(qtbot, setting, kind, value):
    changes: list[object] = []
    field = field_of(setting, (), SettingWords(), changes.append)
    qtbot.addWidget(field.widget)
    field.retranslate()
    field.show(setting.default)
    field.show(value)
    assert isinstance(field.widget, kind) and changes == [], "showing is no change"
    field.show(setting.default)
    if isinstance(field.widget, QDoubleSpinBox | QSpinBox):
        field.widget.setValue(value)
    elif isinstance(field.widget, QLineEdit):
        field.widget.setText(value)
        field.widget.editingFinished.emit()
    elif isinstance(field.widget, QComboBox):
        field.widget.setCurrentIndex(1)
        field.widget.activated.emit(1)
    else:
        field.widget.click()
    assert changes == [value]


def test_all_words_of_the_declarations_are_collected_for_translation():
    source = as_source()
    for setting in Settings.all():
        assert setting.declared.title in source and setting.declared.cost.sentence in source
    assert "日本語" not in source, "a language's own name is the same in all"
    compile(source, "settings.py", "exec")

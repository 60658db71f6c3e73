"""Settings: each declared once, held against what is stored."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from pathlib import Path
from typing import get_args

import pytest

from engine.errors import SettingUnknown, SettingUnusable
from engine.facade import Engine
from engine.paths import DataPaths
from engine.records import KernelChoice
from engine.settings import INTERFACE_LANGUAGES, Settings, from_rows

BY_NAME = {each.name: each for each in Settings.all()}


@pytest.mark.parametrize("setting", Settings.all(), ids=lambda each: each.name)
def test_a_declaration_is_complete_and_its_own_values_are_allowed(setting) -> None:
    declared = setting.declared
    assert setting.accepts(setting.default)
    assert all(setting.accepts(c.value) for c in (*declared.choices, *declared.named))
    assert all(setting.accepts(value) for value in declared.offered)
    assert declared.title and declared.help.endswith(".") and declared.cost.sentence.endswith(".")
    if setting.kind in (int, float):
        assert declared.minimum is not None and declared.maximum is not None
    if declared.unit:
        assert "%n" in declared.unit
    for text in (str(c.value) for c in declared.choices):
        assert setting.parse(text) == text


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "cli.md").read_text("utf-8")
    for setting in Settings.all():
        assert f"        {setting.name}: " in (Settings.__doc__ or ""), setting.name
        assert f"| `{setting.name}` |" in page, "run: python -m engine.cli.docs docs/cli.md"


def test_choices_are_those_of_the_types_they_stand_for() -> None:
    assert [c.value for c in BY_NAME["kernel"].declared.choices] == list(get_args(KernelChoice))
    languages = [c.value for c in BY_NAME["interface_language"].declared.choices]
    assert languages == ["", *INTERFACE_LANGUAGES]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top_k", 0), ("top_k", 21), ("top_k", True), ("top_k", 6.0), ("top_k", "6"),
        ("top_k", None), ("top_k", [6]), ("temperature", float("nan")), ("temperature", -0.1),
        ("temperature", float("inf")), ("strict", 1), ("strict", "on"), ("theme", "blue"),
        ("theme", 0), ("kernel", "cuda"), ("embedding_model", ""), ("chat_model", 3),
        ("n_threads", 10**30),
    ],
)  # fmt: skip
def test_what_a_setting_cannot_be(name: str, value: object) -> None:
    setting = BY_NAME[name]
    assert not setting.accepts(value)
    with pytest.raises(SettingUnusable, match="must be"):
        setting.check(value)
    stored = from_rows({name: value, "max_answer_tokens": 300})
    assert getattr(stored.settings, name) == setting.default
    assert stored.settings.max_answer_tokens == 300
    assert stored.changed == {"max_answer_tokens"}
    assert [row.name for row in stored.unused] == [name]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("top_k", " 9 ", 9), ("strict", "ON", True), ("strict", "no", False),
     ("theme", "dark", "dark"), ("temperature", "1", 1.0), ("chat_model", "", "")],
)  # fmt: skip
def test_texts_are_read_as_values(name: str, text: str, value: object) -> None:
    found = BY_NAME[name].parse(text)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "text"), [("top_k", "many"), ("strict", "perhaps"), ("temperature", "nan")]
)
def test_texts_that_are_no_value(name: str, text: str) -> None:
    with pytest.raises(SettingUnusable):
        BY_NAME[name].parse(text)


def test_a_dash_may_stand_for_an_underscore() -> None:
    assert Settings.find("top-k").name == "top_k"
    with pytest.raises(SettingUnknown, match="settings list"):
        Settings.find("top")


# --- in a data folder -------------------------------------------------------------------


def test_nothing_is_stored_of_a_change_with_one_bad_value(tmp_path: Path) -> None:
    with Engine(tmp_path) as engine:
        with pytest.raises(SettingUnusable):
            engine.settings.change(top_k=9, theme="blue")
        with pytest.raises(SettingUnknown):
            engine.settings.change(top_k=9, colour="blue")
        assert engine.settings.current == Settings()
        assert engine.settings.change(top_k=9).top_k == 9
    with Engine(tmp_path) as engine:
        assert engine.settings.stored().changed == {"top_k"}
        assert engine.settings.reset("top_k") == Settings()


def test_rows_that_cannot_be_used_are_kept_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Rows of an old program, of a newer one, and of a hand that wrote no JSON."""
    Engine(tmp_path).close()
    rows = {
        "top_k": "999",
        "theme": "dark",
        "strict": "{",
        "retired": "[1]",
        "embedding_model": "7",
    }
    with contextlib.closing(sqlite3.connect(DataPaths(tmp_path).catalogue)) as database:
        database.executemany("INSERT INTO settings (name, value) VALUES (?, ?)", rows.items())
        database.commit()
    with caplog.at_level(logging.WARNING), Engine(tmp_path) as engine:
        for _ in range(3):
            assert engine.settings.current == Settings(theme="dark")
        unused = {row.name: str(row) for row in engine.settings.stored().unused}
        assert unused.keys() == {"top_k", "strict", "retired", "embedding_model"}
        assert "999" in unused["top_k"] and "from 1 to 20" in unused["top_k"]
        assert "sabun settings reset retired" in unused["retired"]
        assert len(engine.library.collections()) == 0
        engine.library.create_collection("Works")
    said = [record.message for record in caplog.records if "setting" in record.message]
    assert sorted(said) == sorted(unused.values()), "each is said once"
    with contextlib.closing(sqlite3.connect(DataPaths(tmp_path).catalogue)) as database:
        assert dict(database.execute("SELECT name, value FROM settings")) == rows

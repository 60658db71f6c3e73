"""``sabun settings``: from the one declaration, with the command line's contract."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest
from test_contract import Run, failed

from engine.paths import DataPaths
from engine.settings import Settings

KEYS = [
    "name", "value", "default", "changed", "type", "choices", "minimum", "maximum", "title", "help",
    "cost",
]  # fmt: skip


def test_list_has_every_setting_with_its_range_and_cost(sabun: Run, tmp_path: Path) -> None:
    done = sabun("settings", "list", "--json", "--data-dir", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert list(result) == ["settings", "unused"] and result["unused"] == []
    assert [list(each) for each in result["settings"]] == [KEYS] * len(Settings.all())
    for each, declared in zip(result["settings"], Settings.all(), strict=True):
        assert each["name"] == declared.name
        assert each["value"] == each["default"] == declared.default
    text = sabun("settings", "list", "--data-dir", tmp_path).stdout
    assert "top_k = 6  (default)" in text and "A whole number from 1 to 20." in text
    assert "n_threads = 0 (Automatic (fastest on this computer))" in text


def test_set_get_and_reset(sabun: Run, tmp_path: Path) -> None:
    folder = ("--data-dir", tmp_path)
    done = sabun("settings", "set", "top-k", "9", *folder)
    assert done.stdout == "top_k = 9 (was 6). Takes effect at the next question.\n"
    assert sabun("settings", "get", "top_k", *folder).stdout == "9\n"
    packed = json.loads(sabun("settings", "set", "strict", "on", "--json", *folder).stdout)
    assert (list(packed), packed["value"], packed["changed"]) == (KEYS, True, True)
    assert sabun("settings", "reset", "top_k", *folder).stdout == "top_k = 6\n"
    assert sabun("settings", "get", "strict", *folder).stdout == "on\n"
    reset = json.loads(sabun("settings", "reset", "--all", "--json", *folder).stdout)
    assert not any(each["changed"] for each in reset["settings"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("set", "top_k", "0"), "setting-unusable", "from 1 to 20"),
        (("set", "top_k", "many"), "setting-unusable", "many"),
        (("set", "theme", "blue"), "setting-unusable", "dark"),
        (("set", "colour", "blue"), "setting-unknown", "colour"),
        (("set", "chat_model", "nobody"), "model-missing", "nobody"),
        (("set", "embedding_model", ""), "setting-unusable", "embedding model"),
        (("get", "colour"), "setting-unknown", "sabun settings list"),
        (("reset", "colour"), "setting-unknown", "colour"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    sabun: Run, tmp_path: Path, arguments: tuple[str, ...], code: str, said: str
) -> None:
    folder = ("--data-dir", tmp_path)
    done = sabun("settings", *arguments, "--json", *folder)
    failed(done, said)
    assert json.loads(done.stdout)["error"]["code"] == code
    now = json.loads(sabun("settings", "list", "--json", *folder).stdout)
    assert not any(each["changed"] for each in now["settings"])


@pytest.mark.parametrize(
    "arguments", [(), ("set", "top_k"), ("reset",), ("reset", "top_k", "--all")]
)
def test_wrong_usage_exits_2(sabun: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert sabun("settings", *arguments, "--data-dir", tmp_path).returncode == 2


def test_rows_that_are_not_used_are_shown_and_can_be_removed(sabun: Run, data_dir: Path) -> None:
    with contextlib.closing(sqlite3.connect(DataPaths(data_dir).catalogue)) as database:
        rows = [("top_k", "999"), ("retired", '"x"'), ("theme", '"dark"')]
        database.executemany("INSERT INTO settings (name, value) VALUES (?, ?)", rows)
        database.commit()
    folder = ("--data-dir", data_dir)
    done = sabun("settings", "list", *folder)
    assert done.returncode == 0 and "theme = dark\n" in done.stdout
    assert "999" in done.stderr and "retired" in done.stderr and "Traceback" not in done.stderr
    assert "2 files" in sabun("status", *folder).stdout
    assert sabun("settings", "reset", "retired", "top_k", *folder).returncode == 0
    left = json.loads(sabun("settings", "list", "--json", *folder).stdout)
    assert left["unused"] == []
    assert [each["name"] for each in left["settings"] if each["changed"]] == ["theme"]

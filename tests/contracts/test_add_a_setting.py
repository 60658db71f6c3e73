"""A declaration is all that a setting needs: the one of the manual, put in and tried out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECLARATIONS = ROOT / "engine" / "settings" / "all_settings.py"
PAGE = ROOT / "docs" / "add-a-setting.md"

# Python looks here for one module and everywhere else for the rest.
_RUN = """\
import importlib.abc, importlib.util, sys
edited = sys.argv.pop(1)
class Edited(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "engine.settings.all_settings":
            return importlib.util.spec_from_file_location(name, edited)
sys.meta_path.insert(0, Edited())
"""

_COMMAND = "from engine.cli import main; sys.exit(main(sys.argv[1:]))"

_DIALOG = """\
import json
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication, QSpinBox
from app.controllers.settings import SettingsController
from app.i18n.setting_words import as_source
from app.jobs import JobRunner
from app.views.dialogs.settings import SettingsDialog
from engine.facade import Engine
app = QApplication([])
engine = Engine(sys.argv[1])
runner = JobRunner()
dialog = SettingsDialog(SettingsController(engine, runner), (), 0)
field = dialog.fields["nearest_shown"].widget
shown = field.value()
field.setValue(7)
limit = QDeadlineTimer(20000)
while engine.settings.current.nearest_shown != 7 and not limit.hasExpired():
    app.processEvents()
stored = engine.settings.current.nearest_shown
field.setValue(999)
print(json.dumps({
    "spin": isinstance(field, QSpinBox), "shown": shown, "stored": stored, "most": field.value(),
    "name": field.accessibleName(), "translated": "Passages shown with a refusal" in as_source(),
}))
runner.close()
engine.close()
"""


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The declarations with the one of the manual put in front of the methods."""
    declaration = PAGE.read_text("utf-8").split("```python\n")[1].split("```")[0]
    source = DECLARATIONS.read_text("utf-8")
    assert source.count("    @classmethod\n    def all(") == 1
    path = tmp_path / "all_settings.py"
    path.write_text(
        source.replace(
            "    @classmethod\n    def all(", f"{declaration}\n    @classmethod\n    def all("
        )
    )
    return path


def run(edited: Path, code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", _RUN + code, str(edited), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=environment,
    )


def test_the_command_line_has_it_with_its_range(edited: Path, tmp_path: Path) -> None:
    folder = ("--data-dir", tmp_path / "data")
    listed = json.loads(run(edited, _COMMAND, "settings", "list", "--json", *folder).stdout)
    (found,) = (each for each in listed["settings"] if each["name"] == "nearest_shown")
    assert (found["value"], found["minimum"], found["maximum"]) == (3, 0, 10)
    refused = run(edited, _COMMAND, "settings", "set", "nearest_shown", "11", *folder)
    assert refused.returncode == 1 and "from 0 to 10" in refused.stderr
    assert run(edited, _COMMAND, "settings", "set", "nearest_shown", "5", *folder).returncode == 0
    assert run(edited, _COMMAND, "settings", "get", "nearest_shown", *folder).stdout == "5\n"


def test_the_program_before_it_keeps_what_it_stored(edited: Path, tmp_path: Path) -> None:
    """A data folder that a newer Sabun used: this one says what it does not know."""
    folder = ("--data-dir", tmp_path / "data")
    assert run(edited, _COMMAND, "settings", "set", "nearest_shown", "5", *folder).returncode == 0
    before = run(DECLARATIONS, _COMMAND, "settings", "list", *folder)
    assert before.returncode == 0 and "nearest_shown" in before.stderr
    assert run(DECLARATIONS, _COMMAND, "settings", "set", "top_k", "9", *folder).returncode == 0
    assert run(edited, _COMMAND, "settings", "get", "nearest_shown", *folder).stdout == "5\n"


def test_the_dialog_shows_it_and_stores_it(edited: Path, tmp_path: Path) -> None:
    pytest.importorskip("PySide6")
    done = run(edited, _DIALOG, tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "spin": True,
        "shown": 3,
        "stored": 7,
        "most": 10,
        "name": "Passages shown with a refusal",
        "translated": True,
    }

"""``sabun index`` end to end, with the real embedding model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[3]

pytestmark = [pytest.mark.models, pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "office ' 書類"
    made.mkdir()
    (made / "leave.txt").write_text("Employees receive 20 days of paid leave.\n", "utf-8")
    (made / "契約.md").write_text("# 契約\n\n本契約の有効期間は締結日から2年間とする。\n", "utf-8")
    (made / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    return made


def test_index_json_has_exactly_its_keys_and_skips_are_no_failure(
    sabun: Run, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    done = sabun("index", folder, "--json", "--data-dir", data)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert list(result) == ["files", "skipped", "passages", "seconds"]
    assert result["files"] == {"indexed": 2, "unchanged": 0, "skipped": 1}
    (skipped,) = result["skipped"]
    assert list(skipped) == ["path", "reason", "detail"]
    assert skipped["path"].endswith("broken.pdf")
    assert skipped["reason"] == "damaged"
    assert result["passages"] >= 2
    again = json.loads(sabun("index", folder, "--json", "--data-dir", data).stdout)
    assert again["files"] == {"indexed": 0, "unchanged": 2, "skipped": 1}
    listed = json.loads(sabun("status", "--json", "--data-dir", data).stdout)
    assert listed["files"] == {"indexed": 2, "unchanged": 0, "skipped": 1}
    assert listed["skipped"] == result["skipped"]


def test_without_paths_the_known_sources_are_read_again(
    sabun: Run, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    sabun("index", folder, "--data-dir", data, "--collection", "A 'b' 📁")
    (folder / "new.txt").write_text("The canteen closes at two.", "utf-8")
    done = sabun("index", "--json", "--data-dir", data, "--collection", "A 'b' 📁")
    assert json.loads(done.stdout)["files"]["indexed"] == 1
    found = sabun(
        *("search", "When does the canteen close?", "--data-dir", data),
        *("--collection", "A 'b' 📁", "--json"),
    )
    assert json.loads(found.stdout)["passages"][0]["document"] == "new.txt"
    missing = sabun("index", "--data-dir", data, "--collection", "another")
    assert missing.returncode == 1
    assert "another" in missing.stderr


def test_first_ctrl_c_ends_cleanly_and_the_next_run_goes_on(sabun: Run, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(120):
        text = f"Rule {n}. " + " ".join(f"Paragraph {n * 7 + k} of the rule." for k in range(12))
        (many / f"{n:03}.txt").write_text(text, "utf-8")
    data = tmp_path / "data"
    command = [sys.executable, "-m", "engine.cli", "index", str(many), "--data-dir", str(data)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)]).strip(":"),
    }
    process = subprocess.Popen(
        [*command, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("indexed"):
            break
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    output, errors = process.communicate(timeout=60)
    assert time.monotonic() - started < 30
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert "What was finished is kept" in errors
    first = json.loads(output)
    assert 1 <= first["files"]["indexed"] < 120
    rest = json.loads(sabun("index", many, "--json", "--data-dir", data).stdout)
    assert rest["files"]["indexed"] + rest["files"]["unchanged"] == 120
    assert rest["files"]["unchanged"] >= first["files"]["indexed"]

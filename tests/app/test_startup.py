from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.startup import CrashReporter, StartupTimes, parse_arguments

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "llama_cpp", "faiss", "sentence_transformers", "transformers", "onnxruntime")


def run(*arguments: str, timeout_s: float = 120) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=timeout_s,
        cwd=ROOT,
        check=False,
    )


def test_importing_the_program_loads_no_model_library():
    code = f"import app.main, sys; print([n for n in {HEAVY} if n in sys.modules])"
    result = run("-c", code)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"


def test_the_window_imports_only_the_engines_front():
    """The rooms the window may enter; everything else is the engine's own business."""
    allowed = {
        "engine.facade",
        "engine.records",
        "engine.records.notices",
        "engine.events",
        "engine.errors",
        "engine.cancel",
        "engine.settings",
        "engine.models.events",
        "engine.paths",
        "engine.attention.registry",
        "engine.attention.variant",
        "engine.diagnosis",
        "engine.log",
        "engine.offline",  # its guard stands before the engine does
        "engine.version",
        "engine.text.difference",
        "engine.text.language",
        "engine.wording.notices",
    }
    for path in (ROOT / "app").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        typing_only = {
            id(node)
            for test in ast.walk(tree)
            if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.dump(test.test)
            for node in ast.walk(test)
        }
        for node in ast.walk(tree):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            if module and module.startswith(("engine", "kernels")) and id(node) not in typing_only:
                assert module in allowed, f"{path.name} imports {module}"


def test_the_whole_program_starts_paints_and_ends(tmp_path):
    result = run("-m", "app.main", "--data-dir", str(tmp_path), "--smoke", "--startup-report")
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout.splitlines()[0])
    assert report["heavy_imports"] == []
    assert 0 < report["window_shown_s"] <= report["first_paint_s"]
    assert "Traceback" not in result.stderr


def test_a_second_instance_is_told_in_one_sentence(tmp_path):
    from engine.facade import Engine

    with Engine(tmp_path):
        result = run("-m", "app.main", "--data-dir", str(tmp_path), "--smoke")
    assert result.returncode == 1
    assert "Another Sabun is using" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_screenshot_without_a_question(tmp_path):
    target = tmp_path / "deep" / "window.png"
    result = run(
        "-m", "app.main", "--data-dir", str(tmp_path / "data"), "--screenshot", str(target),
        "--language", "ja",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert target.read_bytes().startswith(b"\x89PNG")


def test_arguments():
    options = parse_arguments(["--data-dir", "/x", "--collection", "A", "--language", "ja"])
    assert options.data_dir == Path("/x")
    assert (options.collection, options.language, options.smoke) == ("A", "ja", False)
    with pytest.raises(SystemExit):
        parse_arguments(["--language", "fr"])


def test_times_are_measured_once():
    times = StartupTimes()
    times.mark("shown")
    first = times.marks["shown"]
    times.mark("shown")
    assert times.marks["shown"] == first > 0
    assert "shown_s" in json.loads(times.report())


def test_uncaught_exceptions_reach_the_window_from_any_thread(qtbot):
    reporter = CrashReporter()
    reporter.install()
    try:
        with qtbot.waitSignal(reporter.crashed) as caught:
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
        assert isinstance(caught.args[0], ZeroDivisionError)
        with qtbot.waitSignal(reporter.crashed):
            error = ValueError("bug")
            sys.excepthook(ValueError, error, None)
    finally:
        reporter.uninstall()

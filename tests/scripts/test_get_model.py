"""What ``make run`` does about a model: it gets one or goes on, and never fails."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "get_model.sh"


@pytest.fixture
def run(tmp_path):
    """Run the script with a ``sabun`` that notes what it was asked and ends as told."""

    def run(status: int = 0, **variables: str) -> tuple[subprocess.CompletedProcess[str], str]:
        asked = tmp_path / "asked"
        asked.unlink(missing_ok=True)
        command = tmp_path / "sabun"
        command.write_text(f'#!/bin/sh\necho "$@" > {asked}\nexit {status}\n')
        command.chmod(0o755)
        environment = {k: v for k, v in os.environ.items() if k != "SABUN_MODEL"}
        environment |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", **variables}
        done = subprocess.run(
            ["bash", str(SCRIPT)], env=environment, capture_output=True, text=True, check=False
        )
        return done, asked.read_text().strip() if asked.exists() else ""

    return run


def test_the_recommended_model_is_got_if_none_is_here(run):
    done, asked = run()
    assert (done.returncode, asked) == (0, "models get recommended --if-missing")
    assert done.stdout == ""


def test_a_model_can_be_named(run):
    assert run(SABUN_MODEL="Mine")[1] == "models get Mine --if-missing"


def test_the_embedded_model_asks_nothing(run):
    done, asked = run(SABUN_MODEL="embedded")
    assert (done.returncode, asked) == (0, "")
    assert "embedded model answers" in done.stdout


def test_what_cannot_be_had_is_a_notice(run):
    done, _ = run(status=1)
    assert done.returncode == 0
    assert "Going on" in done.stdout

"""Which folder the data lies in."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.paths import DataPaths, embedded_models_dir


def test_the_argument_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SABUN_DATA_DIR", str(tmp_path / "environment"))
    assert DataPaths.resolve(tmp_path / "argument").root == tmp_path / "argument"
    assert DataPaths.resolve().root == tmp_path / "environment"


def test_the_platform_decides_when_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SABUN_DATA_DIR", raising=False)
    assert DataPaths.resolve().root.name == "sabun"


def test_embedded_models_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path))
    assert embedded_models_dir() == tmp_path

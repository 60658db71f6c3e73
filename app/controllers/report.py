"""Saves the report for support in a job of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.jobs import JobRunner
from engine.diagnosis import save_report, suggested_name
from engine.paths import DataPaths


class ReportController(QObject):
    """Makes reports of one data folder.

    Args:
        paths: The data folder.
        runner: Runs the checks, which take seconds.
    """

    def __init__(self, paths: DataPaths, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._runner = runner

    @property
    def suggested_name(self) -> str:
        """File name for a report of now."""
        return suggested_name()

    def save(
        self,
        target: Path,
        done: Callable[[Path], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Write a report; ``done`` gets its path."""
        self._runner.call(
            lambda: save_report(self._paths, target), lambda _made: done(target), failed
        )

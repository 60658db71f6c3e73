"""The model library: list, add, remove, verify, optimise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.jobs import Job, JobRunner
from app.jobs.lane import Work
from engine.cancel import CancelToken
from engine.errors import ModelMissing
from engine.records import ModelFile

if TYPE_CHECKING:
    from engine.facade import Engine


class ModelsController(QObject):
    """Long work on model files runs in the ingest lane, one at a time.

    Signals:
        listed: All models.
        progressed: An event of adding or optimising.
        verified: Model, whether it is intact, English detail.
        busy_changed: Whether something runs.
        removed: Names of models that were removed.
        failed: An error.
        warm_up_began: The models are being loaded.
        warmed_up: Both models are loaded.
        warm_up_failed: Why they are not.

    Attributes:
        models: All models.
        used: Name of the chat model that answers; empty if there is none.
    """

    listed = Signal(object)
    progressed = Signal(object)
    verified = Signal(object, bool, str)
    busy_changed = Signal(bool)
    removed = Signal(object)
    failed = Signal(object)
    warm_up_began = Signal()
    warmed_up = Signal()
    warm_up_failed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._job: Job | None = None
        self.models: tuple[ModelFile, ...] = ()
        self.used = ""

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._job is not None

    def warm_up(self) -> None:
        """Load both models in the background, in the lane that will use them first."""
        self.warm_up_began.emit()
        self._runner.call(
            self._engine.loaded.warm_up,
            lambda _none: self.warmed_up.emit(),
            self.warm_up_failed.emit,
            lane="answer",
            urgent=False,
        )

    def refresh(self) -> None:
        """Read the list of models."""
        self._runner.call(self._read, self._take, self.failed.emit)

    def add(self, path: Path) -> None:
        """Copy a GGUF file, or all those of a folder, into the library, checking them."""
        self._run(lambda token: self._engine.models.adding(path, cancel=token))

    def remove(self, name: str) -> None:
        """Remove a model; in the lane of answers, so that none is being written with it."""

        def work() -> tuple[ModelFile, ...]:
            self._engine.loaded.release(name)
            return self._engine.models.remove(name)

        self._runner.call(work, self._on_removed, self.failed.emit, lane="answer", urgent=False)

    def verify(self) -> None:
        """Compare every model with its recorded hash."""
        self._run(self._engine.models.verify)

    def optimise(self, name: str) -> None:
        """Make and measure the layouts of a chat model; the fastest is used from then on."""

        def work(token: CancelToken) -> Iterator[Any]:
            return iter(self._engine.models.optimise(name, token))

        self._run(work)

    def cancel(self) -> None:
        """Stop what runs."""
        if self._job is not None:
            self._job.cancel()

    def _run(self, work: Work) -> None:
        if self._job is not None:
            return
        self._job = self._runner.submit("ingest", work)
        self._job.event_received.connect(self._on_event)
        self._job.failed.connect(self.failed.emit)
        self._job.ended.connect(self._on_ended)
        self.busy_changed.emit(True)

    def _on_event(self, event: object) -> None:
        if isinstance(event, tuple):  # verify() yields (model, ok, detail)
            self.verified.emit(*event)
        else:
            self.progressed.emit(event)

    def _on_ended(self) -> None:
        self._job = None
        self.busy_changed.emit(False)
        self.refresh()

    def _on_removed(self, models: tuple[ModelFile, ...]) -> None:
        self.removed.emit(tuple(model.name for model in models))
        self.refresh()

    def _read(self) -> tuple[tuple[ModelFile, ...], str]:
        try:
            used = self._engine.loaded.chat_model_file().name
        except ModelMissing:
            used = ""
        return self._engine.models.list(), used

    def _take(self, found: tuple[tuple[ModelFile, ...], str]) -> None:
        self.models, self.used = found
        self.listed.emit(self.models)

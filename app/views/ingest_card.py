"""Progress of indexing in the sidebar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.controllers.ingest_progress import IngestProgress
from app.i18n import Words
from app.views.widgets import Translated, button, column, label, line, name

_MIDDLE = Qt.TextElideMode.ElideMiddle


class IngestCard(Translated, QFrame):
    """Stage, bar, remaining time, cancel.

    Signals:
        cancel_requested: The user wants indexing to end; what is done is kept.
    """

    cancel_requested = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._words = words
        self.progress: IngestProgress | None = None
        self._stage = label()
        self._stage.setStyleSheet("font-weight: bold; font-size: 13px;")
        self._detail = label("small")
        self._detail.setMinimumWidth(40)
        self._current = label("small")
        self._current.setMinimumWidth(40)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button("quiet", "close", size=14)
        self._cancel.clicked.connect(self.cancel_requested)
        rows = column(self, margins=(12, 7, 7, 10), gap=4)
        top = line(gap=4)
        top.addWidget(self._stage, 1)
        top.addWidget(self._cancel)
        rows.addLayout(top)
        inner = column(margins=(0, 0, 5, 0), gap=4)
        inner.addWidget(self._bar)
        inner.addWidget(self._detail)
        inner.addWidget(self._current)
        rows.addLayout(inner)
        self.hide()
        self.retranslate()

    def show_progress(self, progress: IngestProgress | None) -> None:
        """Show a state, or hide when there is none."""
        self.progress = progress
        self.setVisible(progress is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        name(self._cancel, self.tr("Stop indexing; what is finished is kept"))
        progress = self.progress
        if progress is None:
            return
        self._stage.setText(self._stage_text(progress))
        self._bar.setRange(0, progress.n_total)
        self._bar.setValue(progress.n_done)
        self._detail.setText(self._detail_text(progress))
        self._detail.setVisible(bool(self._detail.text()))
        current = Path(progress.current).name
        metrics = self._current.fontMetrics()
        room = max(60, self.width() - 34)
        self._current.setText(metrics.elidedText(current, _MIDDLE, room))
        self._current.setVisible(bool(current))
        self._cancel.setEnabled(not progress.stopping)

    def _stage_text(self, progress: IngestProgress) -> str:
        if progress.stopping:
            return self.tr("Stopping…")
        stages = {
            "scan": self.tr("Looking for files…"),
            "read": self.tr("Reading files"),
            "embed": self.tr("Learning the meaning"),
        }
        return stages.get(progress.stage, progress.stage)

    def _detail_text(self, progress: IngestProgress) -> str:
        if not progress.n_total:
            return ""
        text = self.tr("{done} of {total}").format(done=progress.n_done, total=progress.n_total)
        if progress.eta_s is not None and progress.n_done < progress.n_total:
            text += " · " + self._words.duration(progress.eta_s)
        return text

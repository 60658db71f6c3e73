"""A line that unfolds a list below it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.widgets import Translated, button, clear, column, line, name


class FoldedList(Translated, QWidget):
    """Hidden until there is something to list; a class of its own says what.

    Args:
        parent: Where it stands.
        gap: Between the rows.

    Attributes:
        fold: The line; pressed while the list is shown.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int) -> None:
        super().__init__(parent)
        self.fold = button("link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self._list = QWidget()
        self._rows = column(self._list, margins=(12, 0, 0, 0), gap=gap)
        self._top = line(gap=14)
        self._top.addWidget(self.fold)
        self._top.addStretch(1)
        parts = column(self, gap=4)
        parts.addLayout(self._top)
        parts.addWidget(self._list)
        self._list.hide()
        self.hide()

    @property
    def is_unfolded(self) -> bool:
        """Whether the list is shown."""
        return self.fold.isChecked()

    def _entitle(self, title: str) -> None:
        """Set the line, and empty the list."""
        self.fold.setText(f"\u25be {title}" if self.is_unfolded else f"\u25b8 {title}")
        name(self.fold, title)
        clear(self._rows)

    def _show_folded(self, anything: bool) -> None:
        self.fold.setChecked(False)
        self.setVisible(anything)
        self.retranslate()

    def _unfold(self, unfolded: bool) -> None:
        self._list.setVisible(unfolded)
        self.retranslate()

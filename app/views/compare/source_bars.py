"""How an answer shared out its attention on the sources."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.i18n import Words
from app.models.layer_map import total_share
from app.theme.manager import current_tokens
from app.views.widgets import Translated, clear, column, label, name
from engine.records import RetrievedPassage, SourceAttention

_HEIGHT = 25
_NUMBER_WIDTH = 22


class SourceBar(QAbstractButton):
    """One source: number, document, and a bar behind them as long as its share."""

    def __init__(self, number: int, document: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.document = document
        self.share = 0.0
        self.scale = 1.0
        self.percent = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return one line of text."""
        return QSize(160, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bar, number, document and percentage."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        length = area.width() * min(1.0, abs(self.share) / self.scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_soft if self.share >= 0 else tokens.warning_soft))
        painter.drawRoundedRect(QRectF(area.x(), area.y(), max(length, 2), area.height()), 4, 4)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QColor(tokens.accent if self.hasFocus() else tokens.border_strong))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 4, 4)
        font = self.font()
        font.setPixelSize(12)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        percent_width = metrics.horizontalAdvance(self.percent) + 8
        text = area.adjusted(_NUMBER_WIDTH, 0, -percent_width, 0)
        painter.setPen(QColor(tokens.accent_ink))
        number = QRectF(area.x(), area.y(), _NUMBER_WIDTH, area.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.setPen(QColor(tokens.text))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        elided = metrics.elidedText(
            self.document, Qt.TextElideMode.ElideMiddle, int(text.width()) - 2
        )
        painter.drawText(text, int(left), elided)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(tokens.muted if self.share >= 0 else tokens.warning))
        painter.drawText(area.adjusted(0, 0, -5, 0), int(right), self.percent)


class SourceBars(Translated, QWidget):
    """The sources of one answer with their shares.

    Signals:
        chosen: Number of the passage.
    """

    chosen = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._attention: SourceAttention | None = None
        self.bars: list[SourceBar] = []
        self._title = label("section")
        self._note = label("small", wrap=True)
        self._rows = column(gap=1)
        rows = column(self, gap=3)
        rows.addWidget(self._title)
        rows.addLayout(self._rows)
        rows.addWidget(self._note)
        self.retranslate()

    @property
    def note(self) -> str:
        """The line under the bars."""
        return self._note.text()

    def show_attention(
        self,
        attention: SourceAttention | None,
        passages: Sequence[RetrievedPassage],
        scale: float,
    ) -> None:
        """Show where an answer looked.

        Args:
            attention: As measured; None if it was not.
            passages: The evidence.
            scale: Share drawn at full length; the same on both sides.
        """
        self._attention = attention
        clear(self._rows)
        self.bars = []
        names = {found.number: found.passage.document.name for found in passages}
        if attention is not None:
            for number, share in zip(attention.numbers, attention.shares(), strict=True):
                bar = SourceBar(number, names.get(number, ""))
                bar.share, bar.scale = share, scale or 1.0
                bar.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
                self.bars.append(bar)
                self._rows.addWidget(bar)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self._title.setText(self.tr("ATTENTION ON THE SOURCES"))
        percent = self._words.attention.percent
        for bar in self.bars:
            bar.percent = percent(bar.share)
            name(
                bar,
                self.tr("Source {number}, {document}: {share} of the attention on sources").format(
                    number=bar.number, document=bar.document, share=bar.percent
                ),
            )
            bar.update()
        if self._attention is None:
            self._note.setText(self.tr("Not measured for this answer."))
        else:
            self._note.setText(
                self.tr("All sources together: {share} of all attention").format(
                    share=percent(total_share(self._attention), decimals=1)
                )
            )

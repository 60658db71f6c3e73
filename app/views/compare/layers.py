"""The dialog with the heat maps: layers and sources, of each side or their difference."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, QSize
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.i18n import Words
from app.models.layer_map import LayerMap, layer_maps
from app.theme.manager import current_tokens
from app.views.compare.heat_map import HeatMap, heat_colour
from app.views.dialogs.base import Dialog
from app.views.widgets import button, label, line, name
from engine.records import Comparison


class ColourScale(QWidget):
    """From the lowest to the highest value that the map can show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lowest = 0.0
        self.highest = 1.0
        self.setFixedHeight(10)

    def sizeHint(self) -> QSize:
        """Return a short bar."""
        return QSize(150, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colours."""
        tokens = current_tokens()
        limit = max(abs(self.lowest), abs(self.highest))
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for step in range(11):
            value = self.lowest + (self.highest - self.lowest) * step / 10
            gradient.setColorAt(step / 10, heat_colour(value, limit, tokens))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.border_strong))
        painter.setBrush(gradient)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class LayersDialog(Dialog):
    """Shows which layers looked at which sources.

    Args:
        comparison: Finished and revealed.
        titles: Headings of the two sides.
        words: Names in the language in force.
    """

    def __init__(
        self,
        comparison: Comparison,
        titles: tuple[str, str],
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=640)
        self._words = words
        self._titles = titles
        self._maps = layer_maps(*comparison.source_attention)
        passages = comparison.answers[0].passages
        self._documents = {found.number: found.passage.document.name for found in passages}
        self._shown = 0
        self._build()
        self.retranslate()
        self.show_map(next((side for side in (0, 1) if self._maps[side] is not None), 0))
        self.resize(640, self.heightForWidth(640))
        self.map.setFocus()

    def show_map(self, number: int) -> None:
        """Show side 0, side 1 or (2) the second minus the first."""
        self._shown = number
        self.choices[number].setChecked(True)
        shown = self._maps[number]
        self.map.show_map(shown)
        self._show_scale(shown)

    @property
    def description(self) -> str:
        """The sentence on the cell in hand."""
        return self._cell.text()

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Attention by layer and source"))
        self.close_button.setText(self.tr("Close"))
        self._note.setText(
            self.tr(
                "Each row is a layer of the model, each column a source. The colour is the part "
                "of the layer's attention that lay on the source while the answer was written; "
                "differential attention subtracts, so it can fall below zero."
            )
        )
        texts = (*self._titles, self.tr("Difference (B − A)"))
        for choice, text, shown in zip(self.choices, texts, self._maps, strict=True):
            choice.setText(text)
            choice.setEnabled(shown is not None)
            choice.setToolTip("" if shown is not None else self.tr("Not measured for this answer."))
        self.map.setAccessibleName(self.tr("Heat map of layers and sources, arrow keys move"))
        self._legend.setText(
            "   ".join(f"{number}\u00a0{document}" for number, document in self._documents.items())
        )
        name(self._legend, self.tr("Sources: {list}").format(list=self._legend.text()))
        self.map.retranslate()
        self._show_scale(self._maps[self._shown])

    def _build(self) -> None:
        self._note = label("muted", wrap=True)
        self._group = QButtonGroup(self)
        switch = line(gap=4)
        self.choices = [button("quiet") for _ in range(3)]
        for number, choice in enumerate(self.choices):
            choice.setCheckable(True)
            choice.clicked.connect(lambda _on=False, number=number: self.show_map(number))
            self._group.addButton(choice)
            switch.addWidget(choice)
        switch.addStretch(1)
        self.map = HeatMap(self._describe)
        self._cell = label("", wrap=True)
        self.map.cell_changed.connect(self._cell.setText)
        self._legend = label("small", wrap=True)
        self._lowest, self._highest = label("small"), label("small")
        self._scale = ColourScale()
        scale = line(gap=7)
        for widget in (self._lowest, self._scale, self._highest):
            scale.addWidget(widget)
        scale.addStretch(1)
        self.body.addWidget(self._note)
        self.body.addLayout(switch)
        self.body.addWidget(self.map, 1)
        self.body.addWidget(self._cell)
        self.body.addLayout(scale)
        self.body.addWidget(self._legend)
        self.buttons.addWidget(self.close_button)

    def _describe(self, layer: int, column: int) -> str:
        shown = self._maps[self._shown]
        if shown is None:
            return ""
        number, value = shown.numbers[column], shown.values[layer][column]
        place = self.tr("Layer {layer}, source {number} ({document})").format(
            layer=layer + 1, number=number, document=self._documents.get(number, "")
        )
        if self._shown != 2:
            share = self._words.attention.percent(value, decimals=1)
            return self.tr("{place}: {share} of the attention").format(place=place, share=share)
        points = QLocale().toString(100 * abs(value), "f", 1)
        text = (
            self.tr("{place}: {points} percentage points more in B than in A")
            if value >= 0
            else self.tr("{place}: {points} percentage points less in B than in A")
        )
        return text.format(place=place, points=points)

    def _show_scale(self, shown: LayerMap | None) -> None:
        values = [value for row in shown.values for value in row] if shown is not None else [0.0]
        limit = shown.limit if shown is not None else 0.0
        self._scale.highest = limit
        self._scale.lowest = -limit if min(values, default=0.0) < 0 else 0.0
        percent = self._words.attention.percent
        self._lowest.setText(percent(self._scale.lowest, decimals=1))
        self._highest.setText(percent(self._scale.highest, decimals=1))
        self._scale.setAccessibleName(
            self.tr("Colours from {low} to {high}").format(
                low=self._lowest.text(), high=self._highest.text()
            )
        )
        self._scale.update()

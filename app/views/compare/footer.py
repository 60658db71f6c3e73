"""The last line of a comparison: coverage, layers, export, once more."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import Words
from app.views.widgets import Translated, button, column, frame, label, line, name
from engine.records import Comparison, Coverage

_HASH_LENGTH = 12


class CompareFooter(Translated, QWidget):
    """What can be done with a comparison; layers and export only after it is revealed."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._coverage: Coverage | None = None
        self._comparison: Comparison | None = None
        self.coverage = button("link")
        self.coverage.setStyleSheet("font-size: 12px;")
        self._facts = label("small", wrap=True, selectable=True)
        self._facts.setContentsMargins(4, 0, 0, 0)
        self.layers = button("quiet", "layers", size=15)
        self.export = button("quiet", "export", size=15)
        self.again = button("quiet", "refresh", size=15)
        facts = column(gap=0)
        facts.addWidget(self.coverage)
        facts.addWidget(self._facts)
        row = line(gap=2)
        for made in (self.layers, self.export, self.again):
            row.addWidget(made)
        row.addStretch(1)
        rows = column(self, margins=(0, 3, 0, 0), gap=5)
        rows.addWidget(frame("line"))
        rows.addLayout(facts)
        rows.addLayout(row)
        self.retranslate()

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard reaches, in order."""
        return [self.coverage, self.layers, self.export, self.again]

    @property
    def facts(self) -> str:
        """What both sides had in common."""
        return self._facts.text()

    def show_coverage(self, coverage: Coverage) -> None:
        """Say what the search could see."""
        self._coverage = coverage
        self.retranslate()

    def show_phase(self, phase: str, revealed: bool, comparison: Comparison | None) -> None:
        """Offer what makes sense now."""
        self._comparison = comparison
        measured = comparison is not None and any(comparison.source_attention)
        ran = comparison is not None and any(answer.model for answer in comparison.answers)
        self.layers.setVisible(revealed and measured)
        self.export.setVisible(revealed and ran)
        self.setVisible(phase in ("done", "stopped"))
        self.coverage.setVisible(self._coverage is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible string again."""
        if self._coverage is not None:
            self.coverage.setText(self._words.coverage(self._coverage))
        name(self.coverage, self.tr("Show which files were searched"))
        self.layers.setText(self.tr("Layers"))
        name(self.layers, self.tr("Show which layers looked at which sources"))
        self.export.setText(self.tr("Export…"))
        name(self.export, self.tr("Save this comparison as a web page or as data (Ctrl+E)"))
        self.again.setText(self.tr("Compare again"))
        name(self.again, self.tr("Compare again with another seed"))
        self._facts.setText(self._common())
        self._facts.setVisible(bool(self._facts.text()))

    def _common(self) -> str:
        if self._comparison is None or not any(a.model for a in self._comparison.answers):
            return ""
        return self.tr(
            "{model} · seed {seed} · prompt {hash} · not kept with the conversation: export it to "
            "keep it"
        ).format(
            model=next(a.model for a in self._comparison.answers if a.model),
            seed=self._comparison.answers[0].stats.seed,
            hash=self._comparison.prompt_sha256[:_HASH_LENGTH],
        )

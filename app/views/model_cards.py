"""Cards of the models dialog: one for a model that is here, one for a model that could be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from app.i18n import Words
from app.i18n.model_words import ModelWords
from app.theme.icons import bind_icon
from app.views.widgets import button, column, label, line, restyle
from engine.models.events import DownloadProgressed
from engine.records import ModelFile

if TYPE_CHECKING:
    from engine.models.fetcher import ListedOffer


class ModelCard(QFrame):
    """A name in bold, facts below it, buttons beside it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        name = label()
        name.setText(title)
        name.setStyleSheet("font-weight: bold;")
        self.setAccessibleName(title)
        self.mark = label("badge")
        self.mark.hide()
        self.facts = label("small", wrap=True)
        heading = line(gap=8)
        heading.addWidget(name)
        heading.addWidget(self.mark)
        heading.addStretch(1)
        self.texts = column(gap=2)
        self.texts.addLayout(heading)
        self.texts.addWidget(self.facts)
        self.row: QHBoxLayout = line(self, margins=(14, 10, 10, 10), gap=8)
        self.row.addLayout(self.texts, 1)

    def say(self, mark: str, *, good: bool) -> None:
        """Show a word beside the name, in the colour of what is well or of what is not."""
        restyle(self.mark, role="mark" if good else "badge")
        self.mark.setText(mark)
        self.mark.setVisible(bool(mark))

    def add_button(self, text: str, *, kind: str = "") -> QPushButton:
        """Add a button at the end and return it."""
        made = button(kind)
        made.setText(text)
        self.row.addWidget(made)
        return made


class InstalledCard(ModelCard):
    """A model that is here.

    Signals:
        use_requested, optimise_requested, remove_requested: Of its buttons.
    """

    use_requested = Signal()
    optimise_requested = Signal()
    remove_requested = Signal()

    def __init__(
        self, model: ModelFile, words: Words, named: ModelWords, *, used: bool, intact: bool | None
    ) -> None:
        super().__init__(model.name)
        self.facts.setText(self._facts(model, words, named))
        self.say(self.tr("In use") if used else "", good=True)
        if intact is not None:
            mark = label()
            bind_icon(mark, "check" if intact else "warning", role="accent" if intact else "danger")
            self.row.addWidget(mark)
        self.use = self.add_button(self.tr("Use"))
        self.use.setVisible(model.kind == "chat" and not used)
        self.use.clicked.connect(self.use_requested)
        self.optimise = self.add_button(self.tr("Optimise for this computer"))
        self.optimise.setVisible(model.kind == "chat" and not model.optimised_from)
        self.optimise.clicked.connect(self.optimise_requested)
        self.remove = self.add_button(self.tr("Remove"))
        self.remove.setVisible(not model.embedded)
        self.remove.clicked.connect(self.remove_requested)

    def set_busy(self, busy: bool) -> None:
        """Let nothing be asked while something runs."""
        for each in (self.optimise, self.remove):
            each.setEnabled(not busy)

    def _facts(self, model: ModelFile, words: Words, named: ModelWords) -> str:
        parts = [
            self.tr("writes answers") if model.kind == "chat" else self.tr("finds passages"),
            words.bytes(model.n_bytes),
        ]
        if model.embedded:
            parts.append(self.tr("built in"))
        if model.optimised_from:
            parts.append(self.tr("made from {name}").format(name=model.optimised_from))
        if model.languages:
            parts.append(named.languages(model.languages))
        if model.licence:
            parts.append(model.licence)
        if model.sha256:
            parts.append(f"SHA-256 {model.sha256[:12]}…")
        return " · ".join(parts)


class OfferCard(ModelCard):
    """A model of the catalogue that is not here.

    Signals:
        get_requested, pause_requested, cancel_requested: Of its buttons.
    """

    get_requested = Signal()
    pause_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, listed: ListedOffer, words: Words, named: ModelWords) -> None:
        super().__init__(listed.advice.offer.name)
        self.listed = listed
        self._words = words
        self._named = named
        self.facts.setText(self._facts())
        verdict = listed.advice.verdict
        self.say(named.verdict(verdict), good=verdict in ("recommended", "suits"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self.state = label("small")
        self.texts.addWidget(self._bar)
        self.texts.addWidget(self.state)
        self.get = self.add_button("", kind="primary" if verdict == "recommended" else "")
        self.get.clicked.connect(self.get_requested)
        self.pause = self.add_button(self.tr("Pause"))
        self.pause.clicked.connect(self.pause_requested)
        self.cancel = self.add_button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.cancel_requested)
        self.show_waiting(may_get=True)

    def show_waiting(self, *, may_get: bool) -> None:
        """Show that it is not being fetched."""
        here, total = self.listed.n_bytes_fetched, self.listed.advice.offer.n_bytes
        self.get.setText(self.tr("Resume") if here else self.tr("Get"))
        self.get.setEnabled(may_get)
        self.get.show()
        self.pause.hide()
        self.cancel.setVisible(bool(here))
        self._bar.setVisible(bool(here))
        self._bar.setValue(round(1000 * here / total))
        self.state.setText(
            self.tr("{here} of {total} are here").format(
                here=self._words.bytes(here), total=self._words.bytes(total)
            )
        )
        self.state.setVisible(bool(here))

    def show_running(self, progress: DownloadProgressed | None, *, checking: bool) -> None:
        """Show how far it is."""
        self.get.hide()
        self.pause.setVisible(not checking)
        self.cancel.setVisible(not checking)
        self._bar.show()
        self.state.show()
        if checking:
            self.state.setText(self.tr("Comparing it with the catalogue…"))
        elif progress is None:
            self.state.setText(self.tr("Connecting…"))
        else:
            self._bar.setValue(round(1000 * progress.n_done / progress.n_total))
            self.state.setText(self._progress(progress))

    def _progress(self, progress: DownloadProgressed) -> str:
        parts = [
            self.tr("{here} of {total}").format(
                here=self._words.bytes(progress.n_done), total=self._words.bytes(progress.n_total)
            )
        ]
        if progress.bytes_per_second:
            speed = self._words.bytes(round(progress.bytes_per_second))
            parts.append(self.tr("{size} per second").format(size=speed))
        if math.isfinite(progress.seconds_left):
            parts.append(self._words.duration(progress.seconds_left))
        return " · ".join(parts)

    def _facts(self) -> str:
        advice = self.listed.advice
        offer = advice.offer
        return " · ".join(
            [
                self._words.bytes(offer.n_bytes),
                self._named.seconds_to_read(advice.seconds, at_most=self.listed.at_most),
                self._named.languages(offer.languages),
                offer.licence,
                *filter(None, map(self._named.good_for, offer.good_for)),
            ]
        )

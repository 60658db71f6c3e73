"""The models on this computer and those that could be: get, use, add, remove, verify, optimise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QScrollArea, QWidget

from app.controllers.fetching import FetchController
from app.controllers.models import ModelsController
from app.controllers.settings import SettingsController
from app.i18n import Words
from app.i18n.model_words import ModelWords
from app.views.dialogs.base import Dialog
from app.views.dialogs.input_boxes import ConfirmPrompt
from app.views.model_cards import InstalledCard, OfferCard
from app.views.widgets import button, clear, column, label
from engine.models.events import (
    AddEvent,
    DownloadRetried,
    DownloadStarted,
    LayoutMeasured,
    LayoutStarted,
    MachineBusy,
    ModelAdded,
    ModelCopied,
    ModelNotAdded,
    OptimisationFinished,
    OptimiseEvent,
    SourceFailed,
)
from engine.records import ModelFile

if TYPE_CHECKING:
    from engine.models.fetcher import ListedOffer


class ModelsDialog(Dialog):
    """Lists models as cards, those that are here first; long work shows its progress below."""

    def __init__(
        self,
        controller: ModelsController,
        fetching: FetchController,
        settings: SettingsController,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=820)
        self.resize(820, 640)
        self._controller = controller
        self._fetching = fetching
        self._settings = settings
        self._words = words
        self._named = ModelWords(self)
        self._checks: dict[str, bool] = {}
        self.offers: dict[str, OfferCard] = {}
        self._note = label("muted", wrap=True)
        self.status = label("small", wrap=True, selectable=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.body.addWidget(self._note)
        self.body.addWidget(self._build_list(), 1)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.status)
        self._build_buttons()
        self._follow()
        self.retranslate()
        self._on_busy(controller.busy)
        controller.refresh()
        fetching.look()

    def _build_list(self) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget()
        content.setObjectName("column")
        rows = column(content, margins=(0, 0, 6, 0), gap=8)
        self._here_title = label("section")
        self._cards = column(gap=8)
        self._offers_title = label("section")
        self._offers_note = label("muted", wrap=True)
        self._offer_cards = column(gap=8)
        rows.addWidget(self._here_title)
        rows.addLayout(self._cards)
        rows.addSpacing(8)
        rows.addWidget(self._offers_title)
        rows.addWidget(self._offers_note)
        rows.addLayout(self._offer_cards)
        rows.addStretch(1)
        scroll.setWidget(content)
        return scroll

    def _build_buttons(self) -> None:
        self._add = button("", "plus", size=15)
        self._add.clicked.connect(self._on_add)
        self._add_folder = button("", "folder-plus", size=15)
        self._add_folder.clicked.connect(self._on_add_folder)
        self._verify = button("", "check", size=15)
        self._verify.clicked.connect(self._on_verify)
        self._stop = button("", "stop", size=15)
        self._stop.clicked.connect(self._controller.cancel)
        for place, widget in enumerate((self._add, self._add_folder, self._verify, self._stop)):
            self.buttons.insertWidget(place, widget)
        self.buttons.addWidget(self.close_button)

    def _follow(self) -> None:
        controller, fetching = self._controller, self._fetching
        controller.listed.connect(self._show)
        controller.progressed.connect(self._on_progress)
        controller.verified.connect(self._on_verified)
        controller.removed.connect(self._on_removed)
        controller.failed.connect(self._on_failed)
        controller.busy_changed.connect(self._on_busy)
        fetching.listed.connect(self._show_offers)
        fetching.changed.connect(self._show_fetching)
        fetching.told.connect(self._on_told)
        fetching.fetched.connect(self._on_fetched)
        fetching.failed.connect(self._on_failed)

    def retranslate(self) -> None:
        """Set every visible string again."""
        self.set_title(self.tr("Models"))
        self._note.setText(
            self.tr(
                "Models run on this computer. The built-in one is small and writes English only; "
                "a larger one answers better, in more languages."
            )
        )
        self._here_title.setText(self.tr("ON THIS COMPUTER"))
        self._offers_title.setText(self.tr("MORE MODELS"))
        self._add.setText(self.tr("Add a GGUF file…"))
        self._add_folder.setText(self.tr("Add from a folder…"))
        self._verify.setText(self.tr("Verify all"))
        self._stop.setText(self.tr("Stop"))
        self.close_button.setText(self.tr("Close"))
        self._show(self._controller.models)
        self._show_offers(self._fetching.offers)

    # --- models that are here ----------------------------------------------------------

    def _show(self, models: Sequence[ModelFile]) -> None:
        clear(self._cards)
        for model in models:
            self._cards.addWidget(self._card(model))

    def _card(self, model: ModelFile) -> InstalledCard:
        card = InstalledCard(
            model,
            self._words,
            self._named,
            used=model.name == self._controller.used,
            intact=self._checks.get(model.name),
        )
        card.use_requested.connect(lambda: self._on_use(model))
        card.optimise_requested.connect(lambda: self._on_optimise(model.name))
        card.remove_requested.connect(lambda: self._on_remove(model))
        card.set_busy(self._controller.busy)
        return card

    def _on_use(self, model: ModelFile) -> None:
        self._settings.stored.connect(self._after_use)
        self._settings.change(chat_model=model.name)
        self.status.setText(self.tr("{name} answers from now on.").format(name=model.name))

    def _after_use(self) -> None:
        self._settings.stored.disconnect(self._after_use)
        self._controller.refresh()
        self._controller.warm_up()  # so that the next question need not wait for it

    def _on_remove(self, model: ModelFile) -> None:
        ConfirmPrompt(
            self,
            self.tr("Remove {name}?").format(name=model.name),
            self.tr("Its file is deleted from this computer ({size}).").format(
                size=self._words.bytes(model.n_bytes)
            ),
            self.tr("Remove"),
            lambda: self._controller.remove(model.name),
        ).open()

    def _on_removed(self, names: tuple[str, ...]) -> None:
        self.status.setText(self.tr("{name} was removed.").format(name=names[0]))
        if self._settings.current.chat_model in names:
            self._settings.change(chat_model="")
        self._fetching.refresh()

    def _on_add(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a model"), "", self.tr("GGUF models (*.gguf)")
        )
        self._add_from(chosen)

    def _on_add_folder(self) -> None:
        self._add_from(QFileDialog.getExistingDirectory(self, self.tr("Add from a folder")))

    def _add_from(self, chosen: str) -> None:
        if chosen:
            self.status.setText(self.tr("Copying and checking the model…"))
            self._controller.add(Path(chosen))

    def _on_verify(self) -> None:
        self._checks = {}
        self.status.setText(self.tr("Comparing every model with its recorded SHA-256…"))
        self._controller.verify()

    def _on_optimise(self, model: str) -> None:
        self.status.setText(
            self.tr("Making faster layouts and measuring them; this takes a few minutes…")
        )
        self._controller.optimise(model)

    # --- models that could be ----------------------------------------------------------

    def _show_offers(self, offers: Sequence[ListedOffer]) -> None:
        self._offers_note.setText("" if offers else self.tr("Measuring this computer…"))
        self._offers_note.setVisible(not offers)
        clear(self._offer_cards)
        self.offers = {}
        for listed in offers:
            if listed.installed is None:
                card = self._offer_card(listed)
                self.offers[listed.advice.offer.name] = card
                self._offer_cards.addWidget(card)
        self._show_fetching()

    def _offer_card(self, listed: ListedOffer) -> OfferCard:
        offer, fetching = listed.advice.offer, self._fetching
        card = OfferCard(listed, self._words, self._named)
        card.get_requested.connect(lambda: fetching.get(offer))
        card.pause_requested.connect(fetching.pause)
        card.cancel_requested.connect(lambda: fetching.discard(offer))
        return card

    def _show_fetching(self) -> None:
        running = self._fetching.running
        for name, card in self.offers.items():
            if name == running:
                card.show_running(self._fetching.progress, checking=self._fetching.checking)
            else:
                card.show_waiting(may_get=not running)

    def _on_told(self, event: DownloadStarted | DownloadRetried | SourceFailed) -> None:
        error = self._words.error(event.error) if isinstance(event, SourceFailed) else ""
        self.status.setText(self._named.told(event, error))

    def _on_fetched(self, model: ModelFile) -> None:
        self.status.setText(self.tr("{name} is here.").format(name=model.name))
        self._controller.refresh()

    # --- what runs ---------------------------------------------------------------------

    def _on_progress(self, event: AddEvent | OptimiseEvent) -> None:
        match event:
            case ModelCopied():
                self._bar.setRange(0, 1000)
                self._bar.setValue(round(1000 * event.n_done / max(1, event.n_total)))
            case ModelAdded():
                self.status.setText(self.tr("{name} was added.").format(name=event.model.name))
                self._fetching.refresh()
            case ModelNotAdded():
                self.status.setText(self._words.error(event.error))
            case LayoutStarted():
                self.status.setText(self.tr("Making {layout}…").format(layout=event.layout))
            case LayoutMeasured():
                self.status.setText(
                    self.tr("{layout}: reads {speed} tokens per second").format(
                        layout=event.layout,
                        speed=QLocale().toString(event.prefill_tokens_per_second, "f", 0),
                    )
                )
            case MachineBusy():
                self.status.setText(
                    self.tr("Other programs keep the processor busy; waiting for a quiet moment…")
                )
            case OptimisationFinished(put_off=True):
                self.status.setText(
                    self.tr(
                        "Other programs kept the processor busy, so nothing new was measured and "
                        "everything stays as it was."
                    )
                )
            case OptimisationFinished():
                self.status.setText(
                    self.tr("{name} is used from now on; it reads {ratio} times as fast.").format(
                        name=event.chosen, ratio=QLocale().toString(event.prefill_ratio, "f", 2)
                    )
                )

    def _on_verified(self, model: ModelFile, intact: bool, detail: str) -> None:
        self._checks[model.name] = intact
        if all(self._checks.values()):
            self.status.setText(self.tr("%n model(s) checked, all intact.", "", len(self._checks)))
        else:
            self.status.setText(
                self.tr("{name} is not what it should be: {detail}").format(
                    name=model.name, detail=detail
                )
            )

    def _on_failed(self, error: Exception) -> None:
        self.status.setText(self._words.error(error))

    def _on_busy(self, busy: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        self._stop.setVisible(busy)
        for each in (self._add, self._add_folder, self._verify):
            each.setEnabled(not busy)
        for row in range(self._cards.count()):
            item = self._cards.itemAt(row)
            card = item.widget() if item is not None else None
            if isinstance(card, InstalledCard):
                card.set_busy(busy)
        if not busy:
            self._show(self._controller.models)

"""Everything the window needs, built once: job runner, controllers, looks, language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.controllers.attention import AttentionController
from app.controllers.chat import ChatController
from app.controllers.compare import CompareController
from app.controllers.conversations import ConversationsController
from app.controllers.fetching import FetchController
from app.controllers.layout_trial import LayoutTrialController
from app.controllers.library import LibraryController
from app.controllers.look_up import LookUpController
from app.controllers.models import ModelsController
from app.controllers.read_ahead import ReadAheadController
from app.controllers.settings import SettingsController
from app.i18n import LanguageManager, Words
from app.jobs import JobRunner
from app.jobs.garbage import GarbageCollector
from app.theme import ThemeManager
from engine.paths import ASSETS_DIR
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.facade import Engine

SAMPLE_DIR = ASSETS_DIR / "samples" / "documents"


class Program(QObject):
    """Owns the parts and closes them in the right order.

    Args:
        app: The Qt application.
        engine: Open and writable.
        language: Overrides the stored interface language.
    """

    def __init__(self, app: QApplication, engine: Engine, *, language: str = "") -> None:
        super().__init__(app)
        self.engine = engine
        self.runner = JobRunner(self)
        self.garbage = GarbageCollector(self)
        self.settings = SettingsController(engine, self.runner, self)
        chosen = language or self.settings.current.interface_language
        self.language = LanguageManager(app, chosen)
        self.theme = ThemeManager(app, self.settings.current.theme)
        self.words = Words(self)
        self.library = LibraryController(engine, self.runner, self)
        self.chat = ChatController(engine, self.runner, self)
        self.read_ahead = ReadAheadController(engine, self.runner, self.chat, self)
        self._apply_to_questions(self.settings.current)
        self.compare = CompareController(engine, self.runner, self.chat, self)
        self.attention = AttentionController(engine, self.runner, self)
        self.conversations = ConversationsController(engine, self.runner, self)
        self.look_up = LookUpController(engine, self.runner, self)
        self.models = ModelsController(engine, self.runner, self)
        self.fetching = FetchController(engine, self.runner, self)
        self.library.switched.connect(self.chat.use_collection)
        self.library.switched.connect(self.conversations.use_collection)
        self.chat.conversations_stale.connect(self.conversations.refresh)
        self.layout_trial = LayoutTrialController(engine, self.runner, self)
        self.settings.changed.connect(self._apply)
        self.settings.stored.connect(self.attention.follow)
        self.models.warmed_up.connect(self.garbage.settle)
        self.models.warmed_up.connect(self.layout_trial.start)
        self.models.warmed_up.connect(self.attention.refresh)
        self.models.busy_changed.connect(self._on_models_busy)
        self.fetching.fetched.connect(lambda _model: self.models.warm_up())
        self._closed = False

    def start(self, collection: str = "", *, load_models: bool = True) -> None:
        """Read what there is, look for changed files, load the models; nothing blocks."""
        self.library.load(collection)
        self.library.collections_loaded.connect(self._rescan_all)
        self.attention.refresh()  # told from files, long before the models are loaded
        if load_models:
            self.models.warm_up()

    def add_sample(self) -> None:
        """Index the sample collection that comes with the program."""
        name = self.tr("Sample collection")
        if any(collection.name == name for collection in self.library.collections):
            self.library.select(name)
            self.library.add_paths([SAMPLE_DIR], name)
            return
        self.runner.call(
            lambda: self.engine.library.create_collection(name),
            lambda _made: self._fill_sample(name),
            self.library.failed.emit,
        )

    def close(self) -> bool:
        """Stop all work, wait for it, close the engine; return whether all lanes ended."""
        if self._closed:
            return True
        self._closed = True
        ended = self.runner.close()
        self.garbage.close()
        self.language.close()
        if ended:
            self.conversations.flush()
            self.engine.close()
        return ended

    def _fill_sample(self, name: str) -> None:
        self.library.refresh(name)
        self.library.add_paths([SAMPLE_DIR], name)

    def _on_models_busy(self, busy: bool) -> None:
        if not busy:
            self.attention.refresh()

    def _rescan_all(self) -> None:
        for collection in self.library.collections:
            if collection.n_documents or collection.n_skipped:
                self.library.rescan(collection.name)

    def _apply(self, settings: Settings) -> None:
        self.theme.choose(settings.theme)
        self.language.choose(settings.interface_language)
        self._apply_to_questions(settings)

    def _apply_to_questions(self, settings: Settings) -> None:
        self.chat.kernel = settings.kernel
        self.chat.keeps_order = self.read_ahead.enabled = settings.read_ahead

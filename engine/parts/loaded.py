"""The two models in memory: one that embeds, one that writes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from engine.catalogue.settings import SettingsTable
from engine.errors import ModelMissing
from engine.models import ModelLibrary
from engine.paths import DataPaths
from engine.records import ModelFile, Notice

if TYPE_CHECKING:
    from engine.embedding import Embedder
    from engine.inference.chat_model import ChatModel


class LoadedModels:
    """Loads each model when it is first asked for. May be used from any thread.

    Args:
        paths: The data folder, for adapters.
        library: The model files.
        settings: Name the models in use.
    """

    def __init__(self, paths: DataPaths, library: ModelLibrary, settings: SettingsTable) -> None:
        self._paths = paths
        self._library = library
        self._settings = settings
        self._guard = threading.RLock()
        self._embedder: Embedder | None = None
        self._chat_model: ChatModel | None = None

    def embedder(self) -> Embedder:
        """Load the embedding model once (seconds: imports torch) and return it.

        Raises:
            ModelMissing: No such model.
        """
        from engine.embedding import Embedder  # imports torch

        with self._guard:
            model = self._library.find(self._settings.current.embedding_model, kind="embedding")
            if self._embedder is None or self._embedder.name != model.name:
                self._embedder = Embedder(model)
            return self._embedder

    def chat_model(self) -> ChatModel:
        """Load the chat model once and return it; reload after the setting changed.

        Raises:
            ModelMissing: No such model.
            NoChatTemplate: The model cannot be asked questions.
            ModelTooLarge: It does not fit into the free memory.
        """
        from engine.adapters.library import AdapterLibrary
        from engine.inference.chat_model import ChatModel  # loads llama.cpp

        with self._guard:
            settings = self._settings.current
            model = self.chat_model_file()
            if self._chat_model is None or self._chat_model.model.path != model.path:
                if self._chat_model is not None:
                    self._chat_model.close()
                    self._chat_model = None
                self._chat_model = ChatModel(
                    model,
                    n_threads=settings.n_threads,
                    measured=self._library.threads(model),
                    adapters=AdapterLibrary(self._paths),
                )
            return self._chat_model

    def chat_model_file(self) -> ModelFile:
        """Return which chat model would be used, without loading it.

        Where the chosen one was removed it is the one that is used without a choice; see
        :meth:`gone`.

        Raises:
            ModelMissing: There is no chat model.
        """
        chosen = "" if self.gone() else self._settings.current.chat_model
        return self._library.find(chosen, kind="chat")

    def reading_speed(self) -> float | None:
        """Return the tokens a second at which the chat model in use reads here, if measured."""
        try:
            return self._library.reading_speed(self.chat_model_file())
        except ModelMissing:
            return None

    def gone(self) -> Notice | None:
        """Return what to say where another chat model is used, as the chosen one is not here."""
        chosen = self._settings.current.chat_model
        if not chosen or self._library.has(chosen, kind="chat"):
            return None
        try:
            instead = self._library.find("", kind="chat")
        except ModelMissing:
            return None  # nothing to use instead: asking says so of the chosen one
        return Notice("chosen-model-gone", {"name": chosen, "model": instead.name})

    def release(self, name: str) -> None:
        """Give a chat model's memory and file back, if it is the loaded one."""
        with self._guard:
            if self._chat_model is not None and self._chat_model.model.name == name:
                self._chat_model.close()
                self._chat_model = None

    def warm_up(self) -> None:
        """Load both models, so that the first question need not wait for it."""
        self.embedder().embed_query("warm up")
        self.chat_model()

    def close(self) -> None:
        """Give the memory back. Safe to call twice."""
        with self._guard:
            if self._chat_model is not None:
                self._chat_model.close()
            self._chat_model = self._embedder = None

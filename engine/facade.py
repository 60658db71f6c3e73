"""The door to the engine: one object that owns the stores and the models.

Everything the window and the command line do goes through :class:`Engine`. Its long
verbs (:meth:`Engine.index`, :meth:`Engine.ask`, :meth:`Engine.compare`) are plain
generators of frozen events: no threads, no callbacks. They may be iterated in any thread;
two verbs may run in two threads at once (the catalogue has one writer, the chat model one
user at a time).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.catalogue import Catalogue
from engine.catalogue.lock import DataFolderLock
from engine.catalogue.upgrade import upgrade_older
from engine.events import AnswerEvent, AnswerFinished, CompareEvent, IndexEvent
from engine.models import ModelLibrary
from engine.paths import DataPaths
from engine.records import (
    AttentionChoice,
    AttentionMode,
    Coverage,
    KernelChoice,
    ModelFile,
    PrefillMode,
    RetrievedPassage,
    Retriever,
)
from engine.settings import DEFAULT_COLLECTION, Settings, StoredSettings, Value
from engine.vectors import VectorStore
from engine.verbs.attention import AttentionVerbs
from engine.verbs.collections import CollectionVerbs
from engine.verbs.conversations import ConversationVerbs

if TYPE_CHECKING:
    from engine.answering.gathering import AnswerRequest, Means
    from engine.embedding import Embedder
    from engine.inference.chat_model import ChatModel


class Engine(CollectionVerbs, ConversationVerbs, AttentionVerbs):
    """Sabun without a window.

    Args:
        data_dir: The data folder; ``SABUN_DATA_DIR`` or the platform's if None.
        writable: True takes the folder for this process alone (indexing, the window);
            False reads beside a writer and stores nothing (but what an older Sabun wrote
            is migrated first, after a backup).

    Raises:
        DataFolderInUse: Another process writes to the folder.
        DataFolderUnusable: It cannot be created or written.
        CatalogueTooNew: It was written by a newer Sabun.
        CatalogueDamaged: SQLite cannot read it.
    """

    def __init__(self, data_dir: Path | str | None = None, *, writable: bool = True) -> None:
        self.paths = DataPaths.resolve(data_dir)
        if not writable:
            upgrade_older(self.paths)
        self._lock = DataFolderLock(self.paths, exclusive=writable)
        try:
            self._catalogue = Catalogue(self.paths, writable=writable)
        except BaseException:
            self._lock.release()
            raise
        self.models = ModelLibrary(self.paths)
        self._vectors = VectorStore(self.paths, self._catalogue)
        self._model_guard = threading.RLock()
        self._answer_guard = threading.Lock()
        self._embedder: Embedder | None = None
        self._chat_model: ChatModel | None = None

    def close(self) -> None:
        """Release the models, the catalogue and the folder. Safe to call twice."""
        with self._model_guard:
            if self._chat_model is not None:
                self._chat_model.close()
            self._chat_model = self._embedder = None
        self._vectors.close()
        self._catalogue.close()
        self._lock.release()

    def __enter__(self) -> Engine:
        """Return itself; :meth:`close` at the end of the ``with`` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    # --- settings and models ---------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The settings in force; defaults where nothing is stored that can be used."""
        return self.stored_settings().settings

    def stored_settings(self) -> StoredSettings:
        """Return the settings with what of the stored ones is not used, and why."""
        return self._catalogue.settings.stored()

    def change_settings(self, **changes: Value) -> Settings:
        """Store changed settings and return all of them; takes effect at the next verb.

        Raises:
            SettingUnknown, SettingUnusable: Nothing was changed.
        """
        return self._catalogue.settings.change(changes)

    def reset_settings(self, *names: str) -> Settings:
        """Forget what is stored under these names, and return all settings."""
        return self._catalogue.settings.reset(names)

    def embedder(self) -> Embedder:
        """Load the embedding model once (seconds: imports torch) and return it."""
        from engine.embedding import Embedder  # imports torch

        with self._model_guard:
            model = self.models.find(self.settings.embedding_model, kind="embedding")
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

        with self._model_guard:
            model = self.models.find(self.settings.chat_model, kind="chat")
            if self._chat_model is None or self._chat_model.model.path != model.path:
                if self._chat_model is not None:
                    self._chat_model.close()
                    self._chat_model = None
                self._chat_model = ChatModel(
                    model,
                    n_threads=self.settings.n_threads,
                    adapters=AdapterLibrary(self.paths),
                )
            return self._chat_model

    def chat_model_file(self) -> ModelFile:
        """Return which chat model would be used, without loading it."""
        return self.models.find(self.settings.chat_model, kind="chat")

    def warm_up(self) -> None:
        """Load both models, so that the first question need not wait for it."""
        self.embedder().embed_query("warm up")
        self.chat_model()

    # --- verbs -----------------------------------------------------------------------

    def index(
        self,
        paths: Sequence[Path | str] = (),
        collection: str = DEFAULT_COLLECTION,
        *,
        cancel: CancelToken | None = None,
        retry_skipped: bool = False,
        passwords: Mapping[str, str] | None = None,
    ) -> Iterator[IndexEvent]:
        """Index files and folders into a collection, creating it if needed.

        Args:
            paths: New sources; none rescans the sources the collection has.
            collection: Name.
            cancel: Stops between files and batches; what is finished is kept.
            retry_skipped: Read files again that were skipped before.
            passwords: Password by absolute path, for encrypted files; not stored.

        Yields:
            ``ScanFinished``; then per file one of ``FileIndexed``, ``FileUnchanged``,
            ``FileSkipped``, ``FileRemoved``, with ``IndexProgressed`` between; at last
            ``IndexFinished``, also after a cancel. Each file is lexically searchable from
            its ``FileIndexed`` on; vectors follow in the ``embed`` stage.

        Raises:
            PathMissing: One of ``paths`` does not exist (nothing was indexed).
            DiskFull: The catalogue cannot grow; what was finished is kept.
            ModelMissing: The embedding model is not installed; texts stay searchable
                lexically.
        """
        from engine.ingest import index

        yield from index(
            self._catalogue,
            self.embedder,
            self._vectors,
            collection=collection,
            paths=[Path(path) for path in paths],
            cancel=cancel or CancelToken(),
            retry_skipped=retry_skipped,
            passwords=passwords or {},
        )

    def search(
        self,
        query: str,
        collection: str = DEFAULT_COLLECTION,
        *,
        top_k: int = 10,
        retriever: Retriever = "hybrid",
    ) -> tuple[RetrievedPassage, ...]:
        """Return the passages that fit a query best, ranked from 1.

        Raises:
            EmptyQuestion: The query is blank.
            CollectionMissing: No such collection.
            CollectionEmpty: It has no documents.
            ModelMissing: ``hybrid`` and ``dense`` need the embedding model.
        """
        from engine.retrieval import retrieve

        found = self._searchable(collection)
        return retrieve(
            self._catalogue,
            self._vectors,
            self.embedder,
            query,
            found.id,
            top_k=top_k,
            retriever=retriever,
        )

    def ask(
        self,
        question: str,
        collection: str = DEFAULT_COLLECTION,
        *,
        attention: AttentionMode = "baseline",
        prefill: PrefillMode = "dense",
        kernel: KernelChoice | None = None,
        adapter: str = "",
        seed: int = 0,
        strict: bool | None = None,
        conversation_id: int | None = None,
        cancel: CancelToken | None = None,
    ) -> Iterator[AnswerEvent]:
        """Answer a question from a collection.

        Args:
            question: As typed.
            collection: Name.
            attention: Attention map variant.
            prefill: Prefill variant.
            kernel: Who computes attention; None takes the setting.
            adapter: Name of the adapter; empty takes the first that fits.
            seed: Sampling seed.
            strict: Leave out unsupported sentences; None takes the setting.
            conversation_id: Conversation to continue and to store the turn in; None
                asks alone and stores nothing.
            cancel: Stops generation; the text so far is kept and verified.

        Yields:
            ``PassagesRetrieved``, ``ExtractsFound``, ``PromptPrefilled``...,
            ``TokensGenerated``..., ``AnswerFinished``. A refusal for want of evidence goes
            from ``PassagesRetrieved`` straight to ``AnswerFinished``.

        Raises:
            EmptyQuestion, QuestionTooLong, CollectionMissing, CollectionEmpty: Input.
            AdapterMissing, AdapterMismatch, AdapterUnknown, AdapterDamaged,
            AttentionUnsupported: The attention asked for cannot run; nothing was answered.
            ModelMissing, NoChatTemplate, ModelTooLarge: No model to answer with.
        """
        from engine.answering.answer import answer

        choice = AttentionChoice(attention, prefill, kernel or self.settings.kernel, adapter)
        request = self._request(question, collection, seed, strict, conversation_id)
        self._check_attention(choice)
        with self._answer_guard:
            for event in answer(request, choice, self._means(), cancel or CancelToken()):
                if isinstance(event, AnswerFinished) and conversation_id:
                    turn_id = self._catalogue.conversations.add_turn(conversation_id, event.answer)
                    event = replace(event, turn_id=turn_id)
                yield event

    def compare(
        self,
        question: str,
        collection: str = DEFAULT_COLLECTION,
        *,
        modes: tuple[AttentionChoice, AttentionChoice],
        seed: int = 0,
        strict: bool | None = None,
        conversation_id: int | None = None,
        cancel: CancelToken | None = None,
    ) -> Iterator[CompareEvent]:
        """Answer a question under two attentions, from the same evidence and prompt.

        Args:
            question: As typed.
            collection: Name.
            modes: Attention of each side, in the order they run.
            seed: Sampling seed of both.
            strict: Leave out unsupported sentences; None takes the setting.
            conversation_id: Conversation whose turns complete the question; nothing is
                stored in it.
            cancel: Stops; what was written is kept.

        Yields:
            ``PassagesRetrieved``, ``ExtractsFound``, ``SideProgressed``...,
            ``ComparisonFinished``. A refusal for want of evidence goes from
            ``PassagesRetrieved`` straight to ``ComparisonFinished``.

        Raises:
            As :meth:`ask`, before either side has begun.
        """
        from engine.answering.compare import compare

        request = self._request(question, collection, seed, strict, conversation_id)
        for choice in modes:
            self._check_attention(choice)
        with self._answer_guard:
            yield from compare(request, modes, self._means(), cancel or CancelToken())

    def _request(
        self,
        question: str,
        collection: str,
        seed: int,
        strict: bool | None,
        conversation_id: int | None,
    ) -> AnswerRequest:
        from engine.answering.gathering import AnswerRequest

        found = self._searchable(collection)
        settings = self.settings
        if strict is not None:
            settings = replace(settings, strict=strict)
        return AnswerRequest(
            question=question,
            collection_id=found.id,
            coverage=Coverage(found.n_documents, found.n_skipped, found.n_pending),
            seed=seed,
            settings=settings,
            history=self._catalogue.conversations.turns(conversation_id) if conversation_id else (),
        )

    def _means(self) -> Means:
        from engine.answering.gathering import Means

        return Means(
            catalogue=self._catalogue,
            vectors=self._vectors,
            embedder=self.embedder,
            chat_model_file=self.chat_model_file,
            chat_model=self.chat_model,
        )

"""The door to the engine: one object that owns the stores, the models and what is done with them.

What the window and the product's commands do goes through :class:`Engine`: its parts have the
short verbs by subject, itself the long ones (:meth:`Engine.index`, :meth:`Engine.ask`,
:meth:`Engine.compare`), plain generators of frozen events: no threads, no callbacks. They may be
iterated in any thread; two verbs may run in two threads at once (the catalogue has one writer,
the chat model one user at a time).

Past it go the commands that look at files and at the machine alone (``sabun models``, ``sabun
adapters``, ``sabun doctor``): they must work where the catalogue is damaged, or another process
writes to it. So does the workshop, which has stores of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from engine.answering.reading_order import LastRead
from engine.cancel import CancelToken
from engine.catalogue import Catalogue
from engine.catalogue.lock import DataFolderLock
from engine.catalogue.upgrade import upgrade_older
from engine.errors import DataFolderUnusable
from engine.events import AnswerEvent, AnswerFinished, CompareEvent, IndexEvent, ReadAheadEvent
from engine.models import ModelLibrary
from engine.models.fetcher import ModelFetcher
from engine.models.getting.reach import reach_of
from engine.parts.attention import Attention
from engine.parts.comparisons import Comparisons
from engine.parts.library import Library
from engine.parts.loaded import LoadedModels
from engine.paths import DataPaths
from engine.records import (
    AskRequest,
    CompareRequest,
    Coverage,
    RetrievedPassage,
    Retriever,
)
from engine.settings import DEFAULT_COLLECTION
from engine.vectors import VectorStore

if TYPE_CHECKING:
    from engine.answering.gathering import AnswerRequest, Resources


class Engine:
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

    Attributes:
        paths: The data folder.
        settings: The settings in force.
        models: The model files on this machine.
        fetcher: The models that could be here, and fetching one.
        loaded: The two models in memory.
        attention: What attention can run, and with which mode to begin.
        library: Collections, the sources they watch and the documents in them.
        conversations: Kept conversations and their turns.
        comparisons: Votes on comparisons and files of them.
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
        self._vectors = VectorStore(self.paths, self._catalogue)
        self._answer_guard = threading.Lock()
        self._reading_ahead = CancelToken()
        self._last_read = LastRead()
        self.settings = self._catalogue.settings
        self.models = ModelLibrary(self.paths)
        self.fetcher = ModelFetcher(
            self.paths, self.models, lambda: reach_of(self.settings.current)
        )
        self.loaded = LoadedModels(self.paths, self.models, self.settings)
        self.attention = Attention(self.paths, self.settings, self.loaded.chat_model_file)
        self.library = Library(self._catalogue, self._vectors)
        self.conversations = self._catalogue.conversations
        self.comparisons = Comparisons(self._catalogue.votes)

    def close(self) -> None:
        """Release the models, the catalogue and the folder. Safe to call twice."""
        self.loaded.close()
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
            self.loaded.embedder,
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
            FilterUnreadable, NothingFits: Its filters cannot be read, or admit no passage.
            CollectionMissing: No such collection.
            CollectionEmpty: It has no documents.
            ModelMissing: ``hybrid`` and ``dense`` need the embedding model.
        """
        from engine.retrieval import retrieve

        searched = self.library.searchable(collection)
        return retrieve(
            self._catalogue,
            self._vectors,
            self.loaded.embedder,
            query,
            searched.id,
            top_k=top_k,
            retriever=retriever,
        )

    def ask(self, request: AskRequest, cancel: CancelToken | None = None) -> Iterator[AnswerEvent]:
        """Answer a question from a collection.

        A kept answer is stored in one transaction, before ``AnswerFinished`` is yielded: the
        conversation it begins, the turn itself and the going of the turn it replaces. Whatever
        ends the answer before that leaves everything stored as it was.

        Args:
            request: The question.
            cancel: Stops generation; the text so far is kept and verified.

        Yields:
            ``PassagesRetrieved``, ``ExtractsFound``, ``PromptPrefilled``...,
            ``TokensGenerated``..., ``AnswerFinished``. A refusal for want of evidence goes
            from ``PassagesRetrieved`` straight to ``AnswerFinished``; a greeting gets
            ``AnswerFinished`` alone.

        Raises:
            EmptyQuestion, FilterUnreadable, NothingFits, CollectionMissing,
            CollectionEmpty: Input.
            AdapterMissing, AdapterMismatch, AdapterUnknown, AdapterDamaged,
            AttentionUnsupported: The attention asked for cannot run; nothing was answered.
            ModelMissing, NoChatTemplate, ModelTooLarge: No model to answer with.
            DataFolderUnusable: The answer is to be kept, but the engine was opened for
                reading only.
        """
        from engine.answering.answer import answer

        if request.keep and not self._catalogue.writable:
            detail = "it was opened for reading only"
            raise DataFolderUnusable(path=str(self.paths.root), detail=detail)
        complete = replace(
            self._complete(request, replaces=request.replaces), insist=request.insist
        )
        choice = request.choice or self.attention.choice()
        self.attention.check(choice)
        with self._answering():
            for event in answer(complete, choice, self._resources(), cancel or CancelToken()):
                if isinstance(event, AnswerFinished):
                    event = self._with_notice(event)
                    if request.keep:
                        event = self._keep(event, request, complete.collection_id)
                yield event

    def read_ahead(
        self, request: AskRequest, cancel: CancelToken | None = None
    ) -> Iterator[ReadAheadEvent]:
        """Read the passages that a question being typed will probably be answered from.

        Changes no answer but the order of passages in its prompt, and that only where the
        request allows it (``keeps_order``). Gives way: while an answer is made nothing is read,
        and an answer or comparison that begins ends it.

        Args:
            request: The question so far, otherwise as it will be asked.
            cancel: Stops at once; what was read is kept.

        Yields:
            ``PassagesRetrieved``, ``PromptPrefilled``...; nothing if it says too little yet.

        Raises:
            As :meth:`ask`.
        """
        from engine.answering.ahead import read_ahead

        complete = self._complete(request, replaces=request.replaces)
        choice = request.choice or self.attention.choice()
        self.attention.check(choice)
        if not self._answer_guard.acquire(blocking=False):
            return
        try:
            self._reading_ahead = cancel = cancel or CancelToken()
            yield from read_ahead(complete, choice, self._resources(), cancel)
        finally:
            self._answer_guard.release()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Have the chat model alone; what is read ahead stops."""
        self._reading_ahead.cancel()
        with self._answer_guard:
            yield

    def compare(
        self, request: CompareRequest, cancel: CancelToken | None = None
    ) -> Iterator[CompareEvent]:
        """Answer a question under two attentions, from the same evidence and prompt.

        Args:
            request: The question and both attentions.
            cancel: Stops; what was written is kept.

        Yields:
            ``PassagesRetrieved``, ``ExtractsFound``, ``SideProgressed``...,
            ``ComparisonFinished``. A refusal for want of evidence goes from
            ``PassagesRetrieved`` straight to ``ComparisonFinished``.

        Raises:
            As :meth:`ask`, before either side has begun; and QuestionTooLong.
        """
        from engine.answering.compare import compare

        complete = self._complete(request)
        for choice in request.choices:
            self.attention.check(choice)
        with self._answering():
            resources = self._resources()
            yield from compare(complete, request.choices, resources, cancel or CancelToken())

    def _complete(self, request: AskRequest | CompareRequest, replaces: int = 0) -> AnswerRequest:
        """Return what is asked with all that it is asked of."""
        from engine.answering.gathering import AnswerRequest
        from engine.retrieval.query import filters_of

        asked = self.library.searchable(request.collection)
        keeps_order = isinstance(request, AskRequest) and request.keeps_order
        settings = self.settings.current
        if request.strict is not None:
            settings = replace(settings, strict=request.strict)
        turns = self.conversations.turns(request.conversation_id) if request.conversation_id else ()
        return AnswerRequest(
            question=request.question,
            collection_id=asked.id,
            coverage=Coverage(
                asked.n_documents,
                asked.n_skipped,
                asked.n_pending,
                asked.n_passages,
                filters_of(request.question),
            ),
            seed=request.seed,
            settings=settings,
            # The answer that goes must not count as history of its own question.
            history=tuple(turn for turn in turns if turn.id != replaces),
            reading_speed=self.loaded.reading_speed(),
            last_read=self._last_read if keeps_order else None,
            kind=request.kind if isinstance(request, AskRequest) else None,
            plan=request.plan if isinstance(request, AskRequest) else None,
        )

    def _with_notice(self, event: AnswerFinished) -> AnswerFinished:
        """Say in an answer that another model wrote it than the one chosen, which is gone."""
        gone = self.loaded.gone() if event.answer.generated else None
        if gone is None:
            return event
        told = (gone, *event.answer.notices)
        return replace(event, answer=replace(event.answer, notices=told))

    def _keep(
        self, event: AnswerFinished, request: AskRequest, collection_id: int
    ) -> AnswerFinished:
        stored = self.conversations.keep(
            event.answer, collection_id, request.conversation_id, replaces=request.replaces
        )
        if stored is None:
            return event
        return replace(event, conversation=stored[0], turn_id=stored[1])

    def _resources(self) -> Resources:
        from engine.answering.gathering import Resources

        return Resources(
            catalogue=self._catalogue,
            vectors=self._vectors,
            embedder=self.loaded.embedder,
            chat_model_file=self.loaded.chat_model_file,
            chat_model=self.loaded.chat_model,
        )

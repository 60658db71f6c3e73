"""A small engine with the real interface: documents in memory, word search, slow streaming.

Window tests that are about the window use it, because it can be made slow, made to fail and
needs no model. Journeys use the real engine.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fake_answer import finished_answer, found_extracts, written_words
from fake_attention import FakeAttention, attention_use
from fake_compare import FakeComparisons, two_answers
from fake_conversations import FakeConversations
from fake_library import FakeLibrary, Shelf
from fake_models import FakeFetcher, FakeLoaded, FakeModels

from engine.cancel import CancelToken
from engine.errors import ModelMissing, PathMissing
from engine.events import (
    AnswerEvent,
    AnswerFinished,
    CompareEvent,
    ExtractsFound,
    FileIndexed,
    FileSkipped,
    FileUnchanged,
    IndexEvent,
    IndexFinished,
    IndexProgressed,
    PassagesRetrieved,
    PromptPrefilled,
    ReadAheadEvent,
    ScanFinished,
    TokensGenerated,
)
from engine.records import (
    AskRequest,
    AttentionChoice,
    CompareRequest,
    Coverage,
    Extract,
    IndexSummary,
    RetrievedPassage,
    WatchedSource,
)
from engine.settings import DEFAULT_COLLECTION, Settings, StoredSettings


class FakeSettings:
    """The settings, in memory."""

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine
        self.current = Settings()

    def stored(self) -> StoredSettings:
        return StoredSettings(self.current)

    def change(self, **changes: Any) -> Settings:
        self._engine.enter()
        self.current = replace(self.current, **changes)
        return self.current


class FakeEngine:
    """Same parts, same verbs, same events, same errors.

    Attributes:
        token_s: Seconds between two pieces of an answer.
        file_s: Seconds per file.
        fail_with: Raised by the next verb, once.
        no_model: Asking raises ``ModelMissing``.
        asked: What ``ask`` was called with.
        compared: What ``compare`` was called with.
        read: What ``read_ahead`` was called with.
        stopped_reading: Those of them that were cancelled.
        read_s: Seconds that reading ahead takes.
    """

    def __init__(self, *, token_s: float = 0.0, file_s: float = 0.0) -> None:
        self.token_s = token_s
        self.file_s = file_s
        self.fail_with: Exception | None = None
        self.no_model = False
        self.closed = False
        self.threads: set[str] = set()
        self.asked: list[AskRequest] = []
        self.compared: list[CompareRequest] = []
        self.read: list[AskRequest] = []
        self.stopped_reading: list[AskRequest] = []
        self.read_s = 0.0
        self.models = FakeModels()
        self.fetcher = FakeFetcher(self.models)
        self.loaded = FakeLoaded(self, self.models)
        self.settings = FakeSettings(self)
        self.library = FakeLibrary(self.enter)
        self.conversations = FakeConversations(self.library)
        self.attention = FakeAttention(self)
        self.comparisons = FakeComparisons(self)

    def close(self) -> None:
        self.closed = True

    def enter(self) -> None:
        """Note the thread, and fail if that was asked for."""
        self.threads.add(threading.current_thread().name)
        error, self.fail_with = self.fail_with, None
        if error is not None:
            raise error

    # --- index -------------------------------------------------------------------------

    def index(
        self,
        paths: Sequence[Path | str] = (),
        collection: str = DEFAULT_COLLECTION,
        *,
        cancel: CancelToken | None = None,
        retry_skipped: bool = False,
        passwords: Mapping[str, str] | None = None,
    ) -> Iterator[IndexEvent]:
        self.enter()
        cancel = cancel or CancelToken()
        shelf = self.library.named(collection)
        for path in map(Path, paths):
            if not path.exists():
                raise PathMissing(path=path)
            if all(s.path != str(path) for s in shelf.sources):
                shelf.sources.append(WatchedSource(next(self.library.ids), str(path), True))
        files = [f for s in shelf.sources for f in _files(Path(s.path))]
        yield ScanFinished(len(files), sum(f.stat().st_size for f in files))
        n_indexed = n_unchanged = 0
        for number, file in enumerate(files, 1):
            if cancel.wait(self.file_s):
                break
            eta_s = (len(files) - number) * max(self.file_s, 0.01)
            yield IndexProgressed("read", number, len(files), eta_s, str(file))
            if str(file) in shelf.documents:
                n_unchanged += 1
                yield FileUnchanged(str(file))
                continue
            event = self._read(shelf, file, passwords or {})
            n_indexed += isinstance(event, FileIndexed)
            yield event
        summary = IndexSummary(
            n_indexed, n_unchanged, 0, tuple(shelf.skipped.values()), n_indexed * 4, 0.1
        )
        yield IndexFinished(summary, cancel.cancelled)

    def _read(
        self, shelf: Shelf, file: Path, passwords: Mapping[str, str]
    ) -> FileIndexed | FileSkipped:
        number = next(self.library.ids)
        skipped = shelf.read(file, number, unlocked=str(file) in passwords)
        return FileSkipped(skipped) if skipped else FileIndexed(str(file), 4)

    # --- ask ---------------------------------------------------------------------------

    def search(
        self, query: str, collection: str = DEFAULT_COLLECTION, *, top_k: int = 10, **_: Any
    ) -> tuple[RetrievedPassage, ...]:
        self.enter()
        return self.library.search(query, collection, top_k)

    def ask(self, request: AskRequest, cancel: CancelToken | None = None) -> Iterator[AnswerEvent]:
        self.enter()
        self.asked.append(request)
        choice = request.choice or AttentionChoice(self.attention.default_mode())
        self.check(choice)
        cancel = cancel or CancelToken()
        passages, extracts, coverage = self.evidence(request)
        yield PassagesRetrieved(request.question, passages, coverage, 12.0)
        if passages:
            yield ExtractsFound(extracts)
        for done in range(0, 400, 100):
            time.sleep(self.token_s)
            yield PromptPrefilled(done + 100, 400)
        generated = ""
        for word in written_words(extracts, request.seed):
            if cancel.wait(self.token_s):
                break
            generated += word
            yield TokensGenerated(word)
        answer = finished_answer(
            request.question,
            passages,
            extracts,
            generated,
            coverage,
            request.seed,
            stopped=cancel.cancelled,
        )
        answer = replace(answer, kind=request.kind or "fact", plan=request.plan)
        event = AnswerFinished(replace(answer, attention=attention_use(choice)))
        yield self._keep(event, request) if request.keep else event

    def _keep(self, event: AnswerFinished, request: AskRequest) -> AnswerFinished:
        collection_id = self.library.named(request.collection).id
        stored = self.conversations.keep(
            event.answer, collection_id, request.conversation_id, replaces=request.replaces
        )
        if stored is None:
            return event
        return replace(event, conversation=stored[0], turn_id=stored[1])

    def compare(
        self, request: CompareRequest, cancel: CancelToken | None = None
    ) -> Iterator[CompareEvent]:
        self.enter()
        self.compared.append(request)
        for choice in request.choices:
            self.check(choice)
        evidence = self.evidence(request)
        yield from two_answers(request, evidence, cancel or CancelToken(), self.token_s)

    def read_ahead(
        self, request: AskRequest, cancel: CancelToken | None = None
    ) -> Iterator[ReadAheadEvent]:
        self.read.append(request)
        yield PromptPrefilled(0, 300)
        if (cancel or CancelToken()).wait(self.read_s):
            self.stopped_reading.append(request)
            return
        yield PromptPrefilled(300, 300)

    def check(self, choice: AttentionChoice) -> None:
        self.attention.check(choice)
        if self.no_model:
            raise ModelMissing(name="SmolLM2-135M-Instruct")

    def evidence(
        self, request: AskRequest | CompareRequest
    ) -> tuple[tuple[RetrievedPassage, ...], tuple[Extract, ...], Coverage]:
        top_k = self.settings.current.top_k
        passages = self.search(request.question, request.collection, top_k=top_k)
        shelf = self.library.named(request.collection)
        coverage = Coverage(len(shelf.documents), len(shelf.skipped))
        return passages, tuple(found_extracts(request.question, passages)), coverage


def _files(path: Path) -> list[Path]:
    return sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]

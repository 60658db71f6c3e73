"""A small engine with the real interface: documents in memory, word search, slow streaming.

Window tests that are about the window use it, because it can be made slow, made to fail and
needs no model. Journeys use the real engine.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fake_answer import finished_answer, found_extracts, written_words
from fake_compare import FakeComparing, attention_use
from fake_models import FakeModels

from engine.cancel import CancelToken
from engine.errors import (
    CollectionEmpty,
    CollectionMissing,
    CollectionNameTaken,
    EmptyQuestion,
    PathMissing,
)
from engine.events import (
    AnswerEvent,
    AnswerFinished,
    ExtractsFound,
    FileIndexed,
    FileSkipped,
    FileUnchanged,
    IndexEvent,
    IndexFinished,
    IndexProgressed,
    PassagesRetrieved,
    PromptPrefilled,
    ScanFinished,
    TokensGenerated,
)
from engine.records import (
    Answer,
    AttentionChoice,
    Collection,
    Conversation,
    Coverage,
    DocumentRef,
    Extract,
    IndexSummary,
    Location,
    ModelFile,
    Passage,
    RetrievedPassage,
    SkippedFile,
    SkipReason,
    Source,
    Turn,
)
from engine.settings import DEFAULT_COLLECTION, Settings, StoredSettings
from engine.text import content_tokens


@dataclass
class _Store:
    id: int
    name: str
    sources: list[Source]
    documents: dict[str, tuple[DocumentRef, str]]
    skipped: dict[str, SkippedFile]
    conversations: dict[int, Conversation]


class FakeEngine(FakeComparing):
    """Same verbs, same events, same errors.

    Attributes:
        token_s: Seconds between two pieces of an answer.
        file_s: Seconds per file.
        fail_with: Raised by the next verb, once.
        no_model: Asking raises ``ModelMissing``.
    """

    def __init__(self, *, token_s: float = 0.0, file_s: float = 0.0) -> None:
        self.token_s = token_s
        self.file_s = file_s
        self.fail_with: Exception | None = None
        self.no_model = False
        self.models = FakeModels()
        self.closed = False
        self.threads: set[str] = set()
        self.asked: list[dict[str, Any]] = []
        self._settings = Settings()
        self._stores: dict[int, _Store] = {}
        self._turns: dict[int, list[Turn]] = {}
        self._ids = itertools.count(1)
        self._guard = threading.RLock()
        self.prepare_comparing()

    def close(self) -> None:
        self.closed = True

    def warm_up(self) -> None:
        self._enter()
        time.sleep(self.token_s)

    def _enter(self) -> None:
        self.threads.add(threading.current_thread().name)
        error, self.fail_with = self.fail_with, None
        if error is not None:
            raise error

    # --- settings ----------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        return self._settings

    def stored_settings(self) -> StoredSettings:
        return StoredSettings(self._settings)

    def change_settings(self, **changes: Any) -> Settings:
        self._enter()
        self._settings = replace(self._settings, **changes)
        return self._settings

    def chat_model_file(self) -> ModelFile:
        return self.models.files[0]

    # --- collections -------------------------------------------------------------------

    def collections(self) -> tuple[Collection, ...]:
        with self._guard:
            self._enter()
            return tuple(
                Collection(s.id, s.name, len(s.documents), len(s.skipped), len(s.documents) * 4, 0)
                for s in sorted(self._stores.values(), key=lambda s: s.name)
            )

    def create_collection(self, name: str) -> Collection:
        with self._guard:
            if any(s.name == name for s in self._stores.values()):
                raise CollectionNameTaken(name=name)
            store = _Store(next(self._ids), name, [], {}, {}, {})
            self._stores[store.id] = store
            return Collection(store.id, name, 0, 0, 0, 0)

    def rename_collection(self, collection_id: int, name: str) -> None:
        if any(s.name == name for s in self._stores.values()):
            raise CollectionNameTaken(name=name)
        self._stores[collection_id].name = name

    def delete_collection(self, collection_id: int) -> None:
        del self._stores[collection_id]

    def sources(self, collection_id: int) -> tuple[Source, ...]:
        return tuple(self._stores[collection_id].sources)

    def remove_source(self, source_id: int) -> None:
        for store in self._stores.values():
            for source in [s for s in store.sources if s.id == source_id]:
                store.sources.remove(source)
                for path in [p for p in store.documents if p.startswith(source.path)]:
                    del store.documents[path]

    def documents(self, collection_id: int) -> tuple[DocumentRef, ...]:
        return tuple(ref for ref, _ in self._stores[collection_id].documents.values())

    def skipped_files(self, collection_id: int) -> tuple[SkippedFile, ...]:
        return tuple(self._stores[collection_id].skipped.values())

    def document_text(self, document_id: int) -> str:
        self._enter()
        for store in self._stores.values():
            for ref, text in store.documents.values():
                if ref.id == document_id:
                    return text
        raise LookupError(document_id)

    def _named(self, name: str) -> _Store:
        for store in self._stores.values():
            if store.name == name:
                return store
        raise CollectionMissing(name=name)

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
        self._enter()
        cancel = cancel or CancelToken()
        store = self._named(collection)
        for path in map(Path, paths):
            if not path.exists():
                raise PathMissing(path=path)
            if all(s.path != str(path) for s in store.sources):
                store.sources.append(Source(next(self._ids), str(path), True))
        files = [f for s in store.sources for f in _files(Path(s.path))]
        yield ScanFinished(len(files), sum(f.stat().st_size for f in files))
        n_indexed = n_unchanged = 0
        for number, file in enumerate(files, 1):
            if cancel.wait(self.file_s):
                break
            eta_s = (len(files) - number) * max(self.file_s, 0.01)
            yield IndexProgressed("read", number, len(files), eta_s, str(file))
            if str(file) in store.documents:
                n_unchanged += 1
                yield FileUnchanged(str(file))
                continue
            event = self._read(store, file, passwords or {})
            n_indexed += isinstance(event, FileIndexed)
            yield event
        summary = IndexSummary(
            n_indexed, n_unchanged, 0, tuple(store.skipped.values()), n_indexed * 4, 0.1
        )
        yield IndexFinished(summary, cancel.cancelled)

    def _read(
        self, store: _Store, file: Path, passwords: Mapping[str, str]
    ) -> FileIndexed | FileSkipped:
        if file.name.startswith("locked") and str(file) not in passwords:
            skipped = SkippedFile(str(file), SkipReason.ENCRYPTED, "needs a password")
        elif not file.stat().st_size:
            skipped = SkippedFile(str(file), SkipReason.EMPTY, "0 bytes")
        else:
            text = file.read_text(encoding="utf-8", errors="replace")
            ref = DocumentRef(next(self._ids), file.name, str(file), file.stem, 0.0, "text/plain")
            store.documents[str(file)] = (ref, text)
            store.skipped.pop(str(file), None)
            return FileIndexed(str(file), 4)
        store.skipped[str(file)] = skipped
        return FileSkipped(skipped)

    # --- ask ---------------------------------------------------------------------------

    def search(
        self, query: str, collection: str = DEFAULT_COLLECTION, *, top_k: int = 10, **_: Any
    ) -> tuple[RetrievedPassage, ...]:
        self._enter()
        if not query.strip():
            raise EmptyQuestion
        store = self._named(collection)
        if not store.documents:
            raise CollectionEmpty(name=collection)
        wanted = set(content_tokens(query))
        found: list[tuple[float, Passage]] = []
        for ref, text in store.documents.values():
            for ordinal, (start, end) in enumerate(_paragraphs(text)):
                score = len(wanted & set(content_tokens(text[start:end])))
                if score:
                    line = text.count("\n", 0, start) + 1
                    place = Location("line", line, line + text.count("\n", start, end))
                    found.append(
                        (
                            score,
                            Passage(
                                ref.id * 100 + ordinal,
                                ref,
                                ordinal,
                                start,
                                end,
                                text[start:end],
                                ref.title,
                                place,
                            ),
                        )
                    )
        found.sort(key=lambda pair: -pair[0])
        return tuple(
            RetrievedPassage(n, passage, score)
            for n, (score, passage) in enumerate(found[:top_k], 1)
        )

    def ask(
        self,
        question: str,
        collection: str = DEFAULT_COLLECTION,
        *,
        attention: str = "baseline",
        prefill: str = "dense",
        kernel: str = "auto",
        adapter: str = "",
        seed: int = 0,
        strict: bool | None = None,
        conversation_id: int | None = None,
        cancel: CancelToken | None = None,
    ) -> Iterator[AnswerEvent]:
        self._enter()
        choice = AttentionChoice(attention, prefill, kernel, adapter)  # type: ignore[arg-type]
        self.asked.append(
            {"question": question, "attention": attention, "seed": seed, "kernel": kernel}
        )
        self.check(choice)
        cancel = cancel or CancelToken()
        passages, extracts, coverage = self.evidence(question, collection)
        yield PassagesRetrieved(question, passages, coverage, 12.0)
        if passages:
            yield ExtractsFound(extracts)
        for done in range(0, 400, 100):
            time.sleep(self.token_s)
            yield PromptPrefilled(done + 100, 400)
        generated = ""
        for word in written_words(extracts, seed):
            if cancel.wait(self.token_s):
                break
            generated += word
            yield TokensGenerated(word)
        answer = self.finish(
            question, passages, extracts, generated, coverage, seed, stopped=cancel.cancelled
        )
        answer = replace(answer, attention=attention_use(choice))
        turn_id = self.store_turn(conversation_id, answer) if conversation_id else 0
        yield AnswerFinished(answer, turn_id)

    def finish(self, *arguments: Any, stopped: bool) -> Answer:
        return finished_answer(*arguments, stopped=stopped)

    def evidence(
        self, question: str, collection: str
    ) -> tuple[tuple[RetrievedPassage, ...], tuple[Extract, ...], Coverage]:
        passages = self.search(question, collection, top_k=self._settings.top_k)
        store = self._named(collection)
        coverage = Coverage(len(store.documents), len(store.skipped))
        return passages, tuple(found_extracts(question, passages)), coverage

    # --- conversations -----------------------------------------------------------------

    def conversations(self, collection_id: int) -> tuple[Conversation, ...]:
        with self._guard:
            store = self._stores.get(collection_id)
            found = store.conversations.values() if store else ()
            return tuple(sorted(found, key=lambda c: (-c.updated, -c.id)))

    def start_conversation(self, collection_id: int, title: str) -> Conversation:
        made = Conversation(next(self._ids), collection_id, title, time.time(), 0)
        self._stores[collection_id].conversations[made.id] = made
        self._turns[made.id] = []
        return made

    def _change_conversation(self, conversation_id: int, **changes: Any) -> None:
        for store in self._stores.values():
            if conversation_id in store.conversations:
                old = store.conversations[conversation_id]
                store.conversations[conversation_id] = replace(old, **changes)

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        self._change_conversation(conversation_id, title=title)

    def delete_conversation(self, conversation_id: int) -> None:
        for store in self._stores.values():
            store.conversations.pop(conversation_id, None)
        self._turns.pop(conversation_id, None)

    def turns(self, conversation_id: int) -> tuple[Turn, ...]:
        return tuple(self._turns.get(conversation_id, ()))

    def delete_turn(self, turn_id: int) -> None:
        for turns in self._turns.values():
            turns[:] = [turn for turn in turns if turn.id != turn_id]

    def store_turn(self, conversation_id: int, answer: Answer) -> int:
        turn = Turn(next(self._ids), time.time(), answer)
        self._turns[conversation_id].append(turn)
        self._change_conversation(
            conversation_id, n_turns=len(self._turns[conversation_id]), updated=time.time()
        )
        return turn.id


def _files(path: Path) -> list[Path]:
    return sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for block in text.split("\n\n"):
        if block.strip():
            spans.append((start, start + len(block)))
        start += len(block) + 2
    return spans

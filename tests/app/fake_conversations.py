"""The kept conversations of the small engine."""

from __future__ import annotations

import time
from dataclasses import replace

from fake_library import FakeLibrary, Shelf

from engine.records import Answer, Conversation, Turn


class FakeConversations:
    """Conversations in memory; an answer is kept as a whole or not at all."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._turns: dict[int, list[Turn]] = {}

    def list(self, collection_id: int) -> tuple[Conversation, ...]:
        with self._library.guard:
            shelf = self._library.shelves.get(collection_id)
            there = shelf.conversations.values() if shelf else ()
            return tuple(sorted(there, key=lambda c: (-c.updated, -c.id)))

    def rename(self, conversation_id: int, title: str) -> None:
        shelf = self._shelf_of(conversation_id)
        if shelf is not None:
            old = shelf.conversations[conversation_id]
            shelf.conversations[conversation_id] = replace(old, title=title)

    def delete(self, conversation_id: int) -> None:
        shelf = self._shelf_of(conversation_id)
        if shelf is not None:
            del shelf.conversations[conversation_id]
        self._turns.pop(conversation_id, None)

    def turns(self, conversation_id: int) -> tuple[Turn, ...]:
        return tuple(self._turns.get(conversation_id, ()))

    def keep(
        self,
        answer: Answer,
        collection_id: int,
        conversation_id: int | None = None,
        *,
        replaces: int = 0,
    ) -> tuple[Conversation, int] | None:
        with self._library.guard:
            if conversation_id is None:
                conversation_id = next(self._library.ids)
                shelf = self._library.shelves[collection_id]
                shelf.conversations[conversation_id] = Conversation(
                    conversation_id, collection_id, answer.question, 0.0, 0
                )
            found = self._shelf_of(conversation_id)
            if found is None:
                return None
            turn = Turn(next(self._library.ids), time.time(), answer)
            kept = [t for t in self._turns.get(conversation_id, ()) if t.id != replaces]
            self._turns[conversation_id] = [*kept, turn]
            now = replace(
                found.conversations[conversation_id], updated=turn.asked, n_turns=len(kept) + 1
            )
            found.conversations[conversation_id] = now
            return now, turn.id

    def _shelf_of(self, conversation_id: int) -> Shelf | None:
        for shelf in self._library.shelves.values():
            if conversation_id in shelf.conversations:
                return shelf
        return None

"""Kept conversations."""

from __future__ import annotations

import time

from engine.catalogue.store import Store
from engine.catalogue.values import storable
from engine.codec import from_json, to_json
from engine.errors import BlankName
from engine.records import Answer, Conversation, Turn

_TITLE_CHARACTERS = 80
_CONVERSATION = """
SELECT c.id, c.collection_id, c.title, c.updated,
    (SELECT count(*) FROM turns WHERE conversation_id = c.id)
FROM conversations c
"""


def shortened(title: str) -> str:
    """Return a title on one line, cut at 80 characters."""
    line = " ".join(storable(title).split())
    return line if len(line) <= _TITLE_CHARACTERS else line[: _TITLE_CHARACTERS - 1] + "…"


class ConversationTable:
    """Conversations by collection, and their turns.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, collection_id: int) -> tuple[Conversation, ...]:
        """Return the conversations about a collection, latest first."""
        rows = self._store.rows(
            _CONVERSATION + " WHERE c.collection_id = ? ORDER BY c.updated DESC, c.id DESC",
            (collection_id,),
        )
        return tuple(Conversation(*row) for row in rows)

    def start(self, collection_id: int, title: str) -> Conversation:
        """Begin a conversation."""
        now = time.time()
        with self._store.transaction() as db:
            cursor = db.conn.execute(
                "INSERT INTO conversations (collection_id, title, updated) VALUES (?, ?, ?)",
                (collection_id, shortened(title), now),
            )
            number = int(cursor.lastrowid or 0)
        return Conversation(number, collection_id, shortened(title), now, 0)

    def rename(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title.

        Raises:
            BlankName: The title has no visible character.
        """
        if not title.strip():
            raise BlankName
        with self._store.transaction() as db:
            db.conn.execute(
                "UPDATE conversations SET title = ? WHERE id = ?",
                (shortened(title), conversation_id),
            )

    def delete(self, conversation_id: int) -> None:
        """Delete a conversation with its turns."""
        with self._store.transaction() as db:
            db.conn.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))

    def turns(self, conversation_id: int) -> tuple[Turn, ...]:
        """Return the turns of a conversation, oldest first."""
        rows = self._store.rows(
            "SELECT id, asked, answer FROM turns WHERE conversation_id = ? ORDER BY id",
            (conversation_id,),
        )
        return tuple(Turn(number, asked, from_json(Answer, text)) for number, asked, text in rows)

    def add_turn(self, conversation_id: int, answer: Answer) -> int:
        """Append an answer; return the turn's row."""
        now = time.time()
        with self._store.transaction() as db:
            cursor = db.conn.execute(
                "INSERT INTO turns (conversation_id, asked, answer) VALUES (?, ?, ?)",
                (conversation_id, now, to_json(answer)),
            )
            db.conn.execute(
                "UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation_id)
            )
            return int(cursor.lastrowid or 0)

    def delete_turn(self, turn_id: int) -> None:
        """Delete one turn."""
        with self._store.transaction() as db:
            db.conn.execute("DELETE FROM turns WHERE id = ?", (turn_id,))

"""Kept conversations."""

from __future__ import annotations

import sqlite3
import time

from engine.catalogue.store import Store
from engine.catalogue.values import storable
from engine.codec import from_json, to_json
from engine.errors import BlankName
from engine.records import Answer, Conversation, Turn
from engine.text.shortening import shortened

_TITLE_CHARACTERS = 80
_FIRST_TITLE_CHARACTERS = 60
"""A question as a title: the list of conversations is narrow."""

_CONVERSATION = """
SELECT c.id, c.collection_id, c.title, c.updated,
    (SELECT count(*) FROM turns WHERE conversation_id = c.id)
FROM conversations c
"""


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
                (shortened(storable(title), _TITLE_CHARACTERS), conversation_id),
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

    def keep(
        self,
        answer: Answer,
        collection_id: int,
        conversation_id: int | None = None,
        *,
        replaces: int = 0,
    ) -> tuple[Conversation, int] | None:
        """Store an answer: all that belongs to it in one transaction.

        Args:
            answer: The new turn.
            collection_id: What a new conversation asks about.
            conversation_id: Conversation to continue; None begins one that the question names.
            replaces: Row of the turn that goes; 0 for none.

        Returns:
            The conversation as it is now and the row of the new turn; None if the conversation
            was deleted meanwhile, which stores nothing.
        """
        now = time.time()
        with self._store.transaction() as db:
            conn = db.conn
            if conversation_id is None:
                conversation_id = _begin(conn, collection_id, answer.question, now)
            cursor = conn.execute(
                "UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation_id)
            )
            if not cursor.rowcount:
                return None
            turn_id = conn.execute(
                "INSERT INTO turns (conversation_id, asked, answer) VALUES (?, ?, ?)",
                (conversation_id, now, to_json(answer)),
            ).lastrowid
            conn.execute(
                "DELETE FROM turns WHERE id = ? AND conversation_id = ?",
                (replaces, conversation_id),
            )
            row = conn.execute(_CONVERSATION + " WHERE c.id = ?", (conversation_id,)).fetchone()
        return Conversation(*row), int(turn_id or 0)


def _begin(conn: sqlite3.Connection, collection_id: int, question: str, now: float) -> int:
    cursor = conn.execute(
        "INSERT INTO conversations (collection_id, title, updated) VALUES (?, ?, ?)",
        (collection_id, shortened(storable(question), _FIRST_TITLE_CHARACTERS), now),
    )
    return int(cursor.lastrowid or 0)

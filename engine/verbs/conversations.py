"""What the engine does with kept conversations."""

from __future__ import annotations

from engine.catalogue import Catalogue
from engine.records import Answer, Conversation, Turn


class ConversationVerbs:
    """Part of the engine; it owns the catalogue."""

    _catalogue: Catalogue

    def conversations(self, collection_id: int) -> tuple[Conversation, ...]:
        """Return the conversations about a collection, latest first."""
        return self._catalogue.conversations.list(collection_id)

    def start_conversation(self, collection_id: int, title: str) -> Conversation:
        """Begin a conversation; ``title`` is usually the first question."""
        return self._catalogue.conversations.start(collection_id, title)

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title."""
        self._catalogue.conversations.rename(conversation_id, title)

    def delete_conversation(self, conversation_id: int) -> None:
        """Delete a conversation with its turns."""
        self._catalogue.conversations.delete(conversation_id)

    def turns(self, conversation_id: int) -> tuple[Turn, ...]:
        """Return the turns of a conversation, oldest first."""
        return self._catalogue.conversations.turns(conversation_id)

    def delete_turn(self, turn_id: int) -> None:
        """Delete one turn (before it is generated again)."""
        self._catalogue.conversations.delete_turn(turn_id)

    def store_turn(self, conversation_id: int, answer: Answer) -> int:
        """Append an answer to a conversation (undo of a deletion); return the turn's row."""
        return self._catalogue.conversations.add_turn(conversation_id, answer)

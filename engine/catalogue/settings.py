"""Stored settings."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from engine.catalogue.store import Store
from engine.settings import Settings, StoredSettings, Value, decode, from_rows

_log = logging.getLogger(__name__)


class SettingsTable:
    """What the user chose, by the names that :class:`engine.settings.Settings` declares.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._said: set[str] = set()

    def rows(self) -> dict[str, object]:
        """Return all that is stored, by name, whether it can be used or not."""
        rows = self._store.rows("SELECT name, value FROM settings")
        return {str(name): decode(value) for name, value in rows}

    @property
    def current(self) -> Settings:
        """The settings in force; defaults where nothing is stored that can be used."""
        return self.stored().settings

    def stored(self) -> StoredSettings:
        """Return the settings in force, and the rows that are not used; those are logged once."""
        stored = from_rows(self.rows())
        for sentence in map(str, stored.unused):
            if sentence not in self._said:
                self._said.add(sentence)
                _log.warning("%s", sentence)
        return stored

    def change(self, **values: Value) -> Settings:
        """Store settings and return all of them; takes effect at the next verb.

        Raises:
            SettingUnknown: There is no such setting; nothing was stored.
            SettingUnusable: A value is out of range; nothing was stored.
        """
        for name, value in values.items():
            Settings.find(name).check(value)
        self.store(values)
        return self.current

    def store(self, values: Mapping[str, Value]) -> None:
        """Store rows as they are; the others keep their values."""
        with self._store.transaction() as db:
            db.conn.executemany(
                "INSERT INTO settings (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(name, json.dumps(value)) for name, value in values.items()],
            )

    def reset(self, *names: str) -> Settings:
        """Forget what is stored under these names, and return all settings."""
        with self._store.transaction() as db:
            db.conn.executemany("DELETE FROM settings WHERE name = ?", [(n,) for n in names])
        return self.current

    def embedder_name(self) -> str:
        """Return the embedding model that the settings name."""
        return self.current.embedding_model

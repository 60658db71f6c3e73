"""The tables of documents: which there are, and what their cells hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from engine.catalogue.documents import document_ref
from engine.catalogue.store import Store
from engine.catalogue.table_query import Condition, TableQuery
from engine.catalogue.table_rows import KIND_OF
from engine.catalogue.texts import TextReader
from engine.records.tables import StoredTable, TypedCell, TypedColumn

_LONGEST_NAME = 80
"""Characters of words that name a row; longer ones are sentences."""

_MOST_NAMED = 5_000


class NamedCell(NamedTuple):
    """Words of a column that a question names.

    Attributes:
        table_id: Where they stand.
        ordinal: Of the column.
        words: In comparable form.
        n_rows: Rows that have them.
    """

    table_id: int
    ordinal: int
    words: str
    n_rows: int


class TableShelf:
    """Typed tables by collection.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, collection_id: int) -> tuple[StoredTable, ...]:
        """Return the tables of a collection, in the order in which they were stored."""
        columns: dict[int, list[TypedColumn]] = defaultdict(list)
        for table_id, ordinal, name, kind, *rest in self._store.rows(
            "SELECT c.* FROM table_columns c JOIN tables t ON t.id = c.table_id"
            " WHERE t.collection_id = ? ORDER BY c.table_id, c.ordinal",
            (collection_id,),
        ):
            columns[table_id].append(TypedColumn(ordinal, name, KIND_OF[kind], *rest))
        rows = self._store.rows(
            "SELECT t.id, t.heading, t.caption, t.n_rows, t.n_left_out,"
            " d.id, f.path, d.title, f.mtime_ns, d.media_type"
            " FROM tables t JOIN documents d ON d.id = t.document_id"
            " JOIN files f ON f.document_id = d.id WHERE t.collection_id = ? ORDER BY t.id",
            (collection_id,),
        )
        return tuple(
            StoredTable(
                row[0], document_ref(row[5:]), row[1], row[2], tuple(columns[row[0]]), *row[3:5]
            )
            for row in rows
        )

    def columns(self, table_id: int) -> tuple[TypedColumn, ...]:
        """Return a table's columns, from the left; none for a table that is gone."""
        found = self._store.rows(
            "SELECT * FROM table_columns WHERE table_id = ? ORDER BY ordinal", (table_id,)
        )
        return tuple(TypedColumn(row[1], row[2], KIND_OF[row[3]], *row[4:]) for row in found)

    def cells(self, table_id: int, rows: Sequence[int] | None = None) -> tuple[TypedCell, ...]:
        """Return the cells of a table, or of some of its rows, by row and column."""
        wanted = "" if rows is None else f" AND c.row IN ({', '.join('?' * len(rows))})"
        found = self._store.rows(
            "SELECT c.ordinal, c.row, c.kind, c.value, c.high, coalesce(c.unit, n.unit), c.start,"  # noqa: S608
            ' c."end" FROM table_cells c'
            " JOIN table_columns n ON n.table_id = c.table_id AND n.ordinal = c.ordinal"
            f" WHERE c.table_id = ?{wanted} ORDER BY c.row, c.ordinal",
            (table_id, *(rows or ())),
        )
        return tuple(TypedCell(row[0], row[1], KIND_OF[row[2]], *row[3:]) for row in found)

    def query(
        self, table_ids: Sequence[int], conditions: Sequence[Condition] = (), unit_ordinal: int = -1
    ) -> TableQuery:
        """Return a query over some tables of the same columns; see :class:`TableQuery`."""
        return TableQuery(self._store, table_ids, conditions, unit_ordinal)

    def words(self, collection_id: int, asked: str, parts: Sequence[str]) -> list[NamedCell]:
        """Return the words in cells that a question names, whole or in part.

        Args:
            collection_id: Of which collection.
            asked: The question in comparable form: what it holds whole.
            parts: Words of it, which cells may hold.
        """
        some = "".join(" OR instr(c.value, ?)" for _ in parts)
        rows = self._store.rows(
            "SELECT c.table_id, c.ordinal, c.value, count(*) FROM table_cells c"  # noqa: S608
            " JOIN tables t ON t.id = c.table_id WHERE t.collection_id = ? AND c.kind = 'w'"
            f" AND length(c.value) <= ? AND c.row > 0 AND (instr(?, c.value){some})"
            " GROUP BY c.table_id, c.ordinal, c.value LIMIT ?",
            (collection_id, _LONGEST_NAME, asked, *parts, _MOST_NAMED),
        )
        return [NamedCell(*row) for row in rows]

    def texts(self, document_id: int, spans: Sequence[tuple[int, int]]) -> list[str]:
        """Return pieces of the text of a document."""
        with self._store.snapshot() as conn:
            reader = TextReader(conn)
            return [reader.span(document_id, start, end) for start, end in spans]

    def passage_ids(self, document_id: int, starts: Sequence[int]) -> dict[int, int]:
        """Return the passage that holds a place of a document's text, by the place."""
        found: dict[int, int] = {}
        for start in starts:
            row = self._store.row(
                'SELECT id FROM passages WHERE document_id = ? AND start <= ? AND "end" > ?'
                " ORDER BY ordinal LIMIT 1",
                (document_id, start, start),
            )
            if row is not None:
                found[start] = row[0]
        return found

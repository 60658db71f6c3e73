"""The catalogue's schema, as numbered migrations. Append; never edit one that was released.

Tables whose rows others remember outside the database (passages in vector indexes) use
AUTOINCREMENT: a row number is never given twice.
"""

from __future__ import annotations

MIGRATION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE embedders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    dimension INTEGER NOT NULL DEFAULT 0          -- 0 until the first vector is stored
);

CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    embedder_id INTEGER NOT NULL REFERENCES embedders (id),  -- what `pending` refers to
    n_passages INTEGER NOT NULL DEFAULT 0,
    n_removals INTEGER NOT NULL DEFAULT 0         -- only grows; vector caches compare it
);

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    path NOT NULL,
    online INTEGER NOT NULL DEFAULT 1,
    UNIQUE (collection_id, path)
);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    media_type TEXT NOT NULL,
    modified_in_document REAL,
    notes TEXT NOT NULL,
    n_characters INTEGER NOT NULL
);
CREATE INDEX documents_collection ON documents (collection_id);

CREATE TABLE segments (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);

CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    path NOT NULL,
    n_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256 BLOB NOT NULL,                         -- empty if the file could not be opened
    state TEXT NOT NULL CHECK (state IN ('indexed', 'skipped')),
    reason TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    document_id INTEGER UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
    UNIQUE (collection_id, path),
    CHECK ((state = 'indexed') = (document_id IS NOT NULL))
);
CREATE INDEX files_state ON files (collection_id, state);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    context TEXT NOT NULL,
    location TEXT NOT NULL,
    text_hash BLOB NOT NULL
);
CREATE UNIQUE INDEX passages_document ON passages (document_id, ordinal);
CREATE INDEX passages_collection ON passages (collection_id);
CREATE INDEX passages_text ON passages (text_hash);

-- Passages that have no vector of their collection's embedder yet.
CREATE TABLE pending (
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    collection_id INTEGER NOT NULL
);
CREATE INDEX pending_collection ON pending (collection_id);

CREATE TABLE vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text_hash BLOB NOT NULL,
    embedder_id INTEGER NOT NULL REFERENCES embedders (id),
    vector BLOB NOT NULL,                         -- float32, L2-normalised
    UNIQUE (text_hash, embedder_id)
);

-- Texts that lost a passage; their vectors go at the end of a run if no passage has come
-- back by then (a file that was moved or rewritten embeds nothing twice).
CREATE TABLE unused (text_hash BLOB PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    updated REAL NOT NULL
);
CREATE INDEX conversations_collection ON conversations (collection_id, updated);

CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    asked REAL NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX turns_conversation ON turns (conversation_id);
"""

MIGRATION_2 = """
-- Which of two answers was preferred. The question is kept as a hash, documents not at all.
CREATE TABLE votes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cast_at REAL NOT NULL,
    first_mode TEXT NOT NULL,
    second_mode TEXT NOT NULL,
    first_use TEXT NOT NULL,                      -- JSON: prefill, kernel, adapter
    second_use TEXT NOT NULL,
    model TEXT NOT NULL,
    preference TEXT NOT NULL CHECK (preference IN ('first', 'second', 'tie')),
    question_sha256 BLOB NOT NULL
);
"""

MIGRATION_3 = """
-- Which readers a file was read with; those of older versions are read again.
ALTER TABLE files ADD COLUMN readers INTEGER NOT NULL DEFAULT 0;
"""

MIGRATION_4 = """
-- The tables of documents, typed: see engine/records/tables.py.
CREATE TABLE tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    heading TEXT NOT NULL,
    caption TEXT NOT NULL,
    n_rows INTEGER NOT NULL,
    n_left_out INTEGER NOT NULL                   -- rows beyond the limit; -1: unknown
);
CREATE INDEX tables_document ON tables (document_id);
CREATE INDEX tables_collection ON tables (collection_id);

CREATE TABLE table_columns (
    table_id INTEGER NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                     -- 0: titles within the table
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    shown_unit TEXT NOT NULL,
    scale INTEGER NOT NULL,
    n_cells INTEGER NOT NULL,
    n_of_kind INTEGER NOT NULL,
    PRIMARY KEY (table_id, ordinal)
) WITHOUT ROWID;

-- One column of a table lies together: filters read one column, not all rows.
CREATE TABLE table_cells (
    table_id INTEGER NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                     -- of the column
    row INTEGER NOT NULL,                         -- from 1; from -1 down: adds up others
    kind TEXT NOT NULL,                           -- n, d, m (day or month), r, w
    value NOT NULL,                               -- number, ISO date, words in comparable form
    high REAL,                                    -- upper end of a range
    unit TEXT,                                    -- NULL: that of the column
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (table_id, ordinal, row)
) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (MIGRATION_1, MIGRATION_2, MIGRATION_3, MIGRATION_4)
"""Migration ``n`` (from 1) brings a catalogue from version ``n - 1`` to ``n``."""

"""Typed tables in the catalogue: stored with their document, and gone with it."""

from __future__ import annotations

from pathlib import Path

from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.schema import MIGRATIONS
from engine.documents.chunking import chunk
from engine.documents.reading import read_document
from engine.documents.table_contents import tables_of
from engine.paths import DataPaths


def _put(catalogue: Catalogue, collection: int, path: Path) -> int:
    parsed = read_document(path)
    text, chunks = chunk(parsed)
    file = Fingerprint(str(path), 1, 1, path.name.encode())
    return catalogue.files.store_document(collection, file, parsed, text, chunks, tables_of(parsed))


def _prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.csv"
    path.write_text(
        "Item,Price (EUR),Since\nChair,120,2025-04-01\nDesk,300 USD,2025-05-01\nTotal,420,\n",
        encoding="utf-8",
    )
    return path


def test_tables_come_back_as_they_were_stored(catalogue: Catalogue, tmp_path: Path) -> None:
    collection = catalogue.collections.create("c").id
    document = _put(catalogue, collection, _prices(tmp_path))
    (table,) = catalogue.tables.all(collection)
    assert table.name == "prices.csv" and table.document.id == document
    assert (table.n_rows, table.n_left_out) == (2, 0)
    assert [(c.name, c.kind, c.unit) for c in table.columns] == [
        ("Item", "words", ""),
        ("Price (EUR)", "number", "euro"),
        ("Since", "date", ""),
    ]
    cells = {(cell.row, cell.column): cell for cell in catalogue.tables.cells(table.id)}
    assert cells[1, 2].unit == "euro" and cells[2, 2].unit == "dollar"
    assert cells[-1, 2].value == 420
    one_row = catalogue.tables.cells(table.id, [2])
    assert [cell.value for cell in one_row] == ["desk", 300, "2025-05-01"]


def test_the_columns_of_one_table_are_read(catalogue: Catalogue, tmp_path: Path) -> None:
    collection = catalogue.collections.create("c").id
    _put(catalogue, collection, _prices(tmp_path))
    (table,) = catalogue.tables.all(collection)
    assert catalogue.tables.columns(table.id) == table.columns
    assert catalogue.tables.columns(table.id + 1) == ()


def test_tables_go_with_their_document(catalogue: Catalogue, tmp_path: Path) -> None:
    collection = catalogue.collections.create("c").id
    path = _prices(tmp_path)
    _put(catalogue, collection, path)
    _put(catalogue, collection, path)  # read again: replaced, not doubled
    assert len(catalogue.tables.all(collection)) == 1
    known = catalogue.files.known(collection, str(path))
    assert known is not None
    catalogue.files.remove(collection, known)
    assert catalogue.tables.all(collection) == ()
    store = catalogue._store
    for name in ("tables", "table_columns", "table_cells"):
        assert store.row(f"SELECT count(*) FROM {name}") == (0,)


def test_a_catalogue_of_version_3_gets_them_at_the_next_reading(
    paths: DataPaths, tmp_path: Path
) -> None:
    old = Catalogue(paths, writable=True, migrations=MIGRATIONS[:3])
    collection = old.collections.create("c").id
    old.close()
    catalogue = Catalogue(paths, writable=True)
    try:
        assert catalogue.tables.all(collection) == ()
        _put(catalogue, collection, _prices(tmp_path))
        assert len(catalogue.tables.all(collection)) == 1
    finally:
        catalogue.close()

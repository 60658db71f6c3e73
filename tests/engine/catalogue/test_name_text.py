from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.lock import DataFolderLock
from engine.catalogue.name_text import names_of
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, ParsedDocument


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    paths = DataPaths(tmp_path)
    lock = DataFolderLock(paths, exclusive=True)
    made = Catalogue(paths, writable=True)
    yield made
    made.close()
    lock.release()


def add(catalogue: Catalogue, collection: int, path: str, title: str = "") -> int:
    place = Location("line", 1)
    return catalogue.files.store_document(
        collection,
        Fingerprint(path, 4, 0, b"x"),
        ParsedDocument(title, (Block("Text", place),), "text/plain"),
        "Text",
        [Chunk(0, 4, "Text", "", place)],
    )


def named(catalogue: Catalogue, collection: int, match: str) -> list[int]:
    return list(catalogue.passages.named(collection, match, 10))


def test_documents_are_found_by_file_folder_and_title(catalogue: Catalogue) -> None:
    collection = catalogue.collections.create("c").id
    lease = add(catalogue, collection, "/x/Contracts/lease_Osaka-2024.docx", "Mietvertrag")
    rules = add(catalogue, collection, "/x/総務/就業規程.pdf")
    for word in ("osaka", "contracts", "mietvertrag", "2024"):
        assert named(catalogue, collection, f'"{word}"') == [lease]
    assert named(catalogue, collection, '"就業" OR "総務"') == [rules]
    assert named(catalogue, collection, '"docx"') == []
    assert named(catalogue, 99, '"osaka"') == named(catalogue, collection, "") == []


def test_a_renamed_or_removed_document_is_not_found_by_its_old_name(catalogue: Catalogue) -> None:
    collection = catalogue.collections.create("c").id
    lease = add(catalogue, collection, "/x/lease.txt", "lease.txt")
    known = catalogue.files.known(collection, "/x/lease.txt")
    assert known is not None
    catalogue.files.move(known, Fingerprint("/x/tenancy.txt", 4, 0, b"x"))
    assert named(catalogue, collection, '"lease"') == []
    assert named(catalogue, collection, '"tenancy"') == [lease]
    moved = catalogue.files.known(collection, "/x/tenancy.txt")
    assert moved is not None
    catalogue.files.remove(collection, moved)
    assert named(catalogue, collection, '"tenancy"') == []


def test_names_of_an_older_catalogue_are_filled_in(tmp_path: Path, catalogue: Catalogue) -> None:
    collection = catalogue.collections.create("c").id
    lease = add(catalogue, collection, "/x/lease.txt")
    with catalogue._store.transaction() as db:
        db.conn.execute(f"DROP TABLE document_names_{collection}")
        db.conn.execute("UPDATE meta SET value = 'older' WHERE name = 'token_fingerprint'")
    assert named(catalogue, collection, '"lease"') == []
    catalogue.passages.refresh_full_text()
    assert named(catalogue, collection, '"lease"') == [lease]
    catalogue.collections.delete(collection)
    assert named(catalogue, collection, '"lease"') == []


def test_names_are_words(catalogue: Catalogue) -> None:
    found = names_of("C:\\Users\\me\\Sales\\2024\\SupplyAgreement_v2.docx", "")
    assert found.split("\n")[0] == "Supply Agreement v2"
    assert "Sales" in found and "Users" not in found

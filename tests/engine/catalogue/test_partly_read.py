from __future__ import annotations

from engine.catalogue import Fingerprint
from engine.records import Block, Chunk, Location, Notice, ParsedDocument


def test_files_of_which_something_is_missing_are_listed_with_what(catalogue):
    collection = catalogue.collections.create("C").id
    skipped = Notice("attachment-skipped", {"attachment": "a.bin", "reason": "unsupported"})
    notes = {
        "/b.xlsx": (Notice("sheet-hidden", {"sheet": "S"}), Notice("rows-cut", {"n_rows": 9})),
        "/a.eml": (skipped, Notice("sheet-no-text", {"sheet": "T"})),
        "/in.docx": (
            Notice.caused("inserted-note", Notice("page-damaged", {"page": 2}), inserted="x"),
        ),
        "/whole.pdf": (Notice("page-by-ocr", {"page": 1}),),
        "/plain.txt": (),
    }
    for path, said in notes.items():
        place = Location("line", 1, 1)
        parsed = ParsedDocument(path, (Block("text", place),), "text/plain", None, said)
        file = Fingerprint(path, 4, 1, path.encode())
        catalogue.files.store_document(
            collection, file, parsed, "text", [Chunk(0, 4, "text", "", place)]
        )
    found = {
        file.path: [note.code for note in file.notes]
        for file in catalogue.files.partly_read(collection)
    }
    assert found == {
        "/a.eml": ["attachment-skipped"],
        "/b.xlsx": ["rows-cut"],
        "/in.docx": ["inserted-note"],
    }
    assert list(found) == sorted(found)

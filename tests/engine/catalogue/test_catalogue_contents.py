"""What goes in comes out: names, texts, passages, full text, settings, conversations."""

from __future__ import annotations

import json
import os
import threading
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from some_answer import an_answer

from engine.catalogue import Catalogue
from engine.catalogue.consistency import check
from engine.catalogue.values import load_path, pack_text, store_path, unpack_segment
from engine.errors import BlankName, CollectionMissing, CollectionNameTaken
from engine.records import (
    DocumentRef,
    Location,
    Notice,
    Passage,
    SkippedFile,
    SkipReason,
)
from engine.retrieval.terms import lexical_match
from engine.wording.notices import english

ODD_NAMES = ["it's", 'a "b"', "100%", "📁 名前", "two\nlines", "; DROP TABLE files;--", "a\x00b"]
ONE_CATALOGUE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_work_everywhere(catalogue: Catalogue, store: Any, name: str) -> None:
    made = catalogue.collections.create(name)
    assert catalogue.collections.named(name) == made
    catalogue.sources.add(made.id, f"/{name}")
    store(made.id, f"/{name}/{name}.txt", "paid leave")
    assert [s.path for s in catalogue.sources.of(made.id)] == [f"/{name}"]
    assert catalogue.documents.list(made.id)[0].path == f"/{name}/{name}.txt"
    assert catalogue.passages.lexical(made.id, lexical_match("leave"), 5)
    with pytest.raises(CollectionNameTaken):
        catalogue.collections.create(name)
    catalogue.collections.rename(made.id, name * 2)
    assert [c.name for c in catalogue.collections.list()] == [name * 2]
    with pytest.raises(CollectionMissing):
        catalogue.collections.named(name)
    conversation, _ = catalogue.conversations.keep(an_answer(name), made.id)
    catalogue.conversations.rename(conversation.id, f"{name}!")
    catalogue.collections.delete(made.id)
    assert catalogue.collections.list() == ()
    assert check(catalogue, catalogue.settings.embedder_name()) == []


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u3000"])
def test_blank_names_are_refused(catalogue: Catalogue, blank: str) -> None:
    made = catalogue.collections.create("x")
    for refused in (
        lambda: catalogue.collections.create(blank),
        lambda: catalogue.collections.rename(made.id, blank),
        lambda: catalogue.conversations.rename(1, blank),
    ):
        with pytest.raises(BlankName):
            refused()


def test_renaming_to_a_taken_name_or_an_unknown_row(catalogue: Catalogue) -> None:
    first, second = catalogue.collections.create("a"), catalogue.collections.create("b")
    with pytest.raises(CollectionNameTaken):
        catalogue.collections.rename(second.id, "a")
    catalogue.collections.rename(first.id, "a")
    with pytest.raises(CollectionMissing):
        catalogue.collections.rename(99, "c")


@ONE_CATALOGUE
@given(text=st.text(min_size=1), width=st.integers(1, 50), context=TEXT)
def test_passages_are_exact_slices_whatever_the_text(
    catalogue: Catalogue, store: Any, text: str, width: int, context: str
) -> None:
    collection = catalogue.collections.list() or (catalogue.collections.create("x"),)
    document = store(collection[0].id, "/a.txt", text, width, context)
    assert catalogue.documents.text(document) == text
    rows = catalogue.passages.ids_of_document(document)
    found = catalogue.passages.get(rows)
    assert "".join(found[row].text for row in rows) == text
    for row in rows:
        passage = found[row]
        assert text[passage.start : passage.end] == passage.text
        assert passage.context == context
    assert (
        check(catalogue, catalogue.settings.embedder_name())[1:] == []
    )  # vectors are still to come


def test_long_texts_are_cut_into_segments_and_quoted_across_them(
    catalogue: Catalogue, store: Any
) -> None:
    text = "".join(f"第{n}条 The {n}th clause.\n" for n in range(20_000))
    document = store(catalogue.collections.create("x").id, "/long.txt", text, 700)
    assert catalogue.documents.text(document) == text
    for start in (0, 16_380, 16_384, 32_000, len(text) - 10):
        assert catalogue.documents.span(document, start, start + 900) == text[start : start + 900]
    assert catalogue.documents.span(document, 5, 5) == ""
    assert catalogue.documents.text(document + 1) == ""
    rows = catalogue.passages.ids_of_document(document)[::80][:10]
    started = time.perf_counter()
    catalogue.passages.get(rows)
    assert time.perf_counter() - started < 1.0  # measured: 3 ms; unpacking all takes longer


@given(text=st.text())
def test_packed_text_is_unpacked_exactly(text: str) -> None:
    assert "".join(map(unpack_segment, pack_text(text))) == text


@given(name=st.binary(min_size=1).filter(lambda raw: b"\0" not in raw))
@pytest.mark.skipif(os.name == "nt", reason="names are Unicode on Windows")
def test_every_file_name_survives(name: bytes) -> None:
    assert load_path(store_path(os.fsdecode(name))) == os.fsdecode(name)


def test_passages_carry_their_place_and_document(catalogue: Catalogue, store: Any) -> None:
    collection = catalogue.collections.create("x").id
    document = store(collection, "/docs/a.txt", "x" * 40 + "y" * 40 + "z" * 10, 40, "A > B")
    first, second, third = catalogue.passages.ids_of_document(document)
    passage = catalogue.passages.get([second, 999])[second]
    assert passage == Passage(
        second,
        DocumentRef(document, "a.txt", "/docs/a.txt", "a.txt", 1_700_000_000.5, "text/plain"),
        1, 40, 80, "y" * 40, "A > B", Location("line", 41, 42, "名"),
    )  # fmt: skip
    assert catalogue.documents.get(document) == passage.document
    assert catalogue.documents.notes(document) == (
        Notice("sheet-cut", {"sheet": '名 "x"', "row": 3}),
    )
    before, after = catalogue.passages.neighbours(second)
    assert (before.id, after.id) == (first, third)
    assert catalogue.passages.neighbours(first)[0] is None
    assert catalogue.passages.neighbours(third)[1] is None
    assert catalogue.passages.get([]) == {}


def test_full_text_finds_two_character_japanese_words(catalogue: Catalogue, store: Any) -> None:
    collection = catalogue.collections.create("x").id
    store(collection, "/a.txt", "本契約の有効期間は締結日から二年間とする。")
    store(collection, "/b.txt", "Employees receive paid leave.")
    for word in ("契約", "有効期間", "締結日"):
        ((row, score),) = catalogue.passages.lexical(collection, lexical_match(word), 5)
        assert catalogue.passages.get([row])[row].document.name == "a.txt"
        assert score > 0
    ((row, _),) = catalogue.passages.lexical(collection, lexical_match("receiving LEAVES"), 5)
    assert catalogue.passages.get([row])[row].document.name == "b.txt"
    assert catalogue.passages.lexical(collection, "", 5) == []
    assert catalogue.passages.lexical(99, lexical_match("leave"), 5) == []


def test_lexical_ranks_best_first_and_by_its_own_collection(
    catalogue: Catalogue, store: Any
) -> None:
    one, two = catalogue.collections.create("1").id, catalogue.collections.create("2").id
    store(one, "/a", "leave leave leave policy", 100)
    store(one, "/b", "leave " + "other words " * 30, 400)
    store(one, "/c", "nothing of the kind", 100)
    before = catalogue.passages.lexical(one, lexical_match("leave policy"), 10)
    assert [s for _, s in before] == sorted((s for _, s in before), reverse=True)
    names = catalogue.passages.get([row for row, _ in before])
    assert [names[row].document.name for row, _ in before] == ["a", "b"]
    for n in range(20):
        store(two, f"/{n}", "leave policy", 100)
    assert catalogue.passages.lexical(one, lexical_match("leave policy"), 10) == before


def test_a_change_of_the_tokens_fills_the_full_text_again(
    paths: Any, catalogue: Catalogue, store: Any
) -> None:
    collection = catalogue.collections.create("x").id
    store(collection, "/a", "paid leave")
    with catalogue._store.transaction() as db:
        db.conn.execute(
            f"INSERT INTO full_text_{collection} (full_text_{collection}) VALUES ('delete-all')"
        )
        db.conn.execute("UPDATE meta SET value = 'old' WHERE name = 'token_fingerprint'")
    assert catalogue.passages.lexical(collection, lexical_match("leave"), 5) == []
    catalogue.close()
    again = Catalogue(paths, writable=True)
    assert len(again.passages.lexical(collection, lexical_match("leave"), 5)) == 1
    assert check(again, "x")[1:] == []
    again.close()


def test_a_collection_that_is_deleted_takes_no_more_documents(
    catalogue: Catalogue, store: Any
) -> None:
    collection = catalogue.collections.create("x").id
    store(collection, "/a", "paid leave")
    catalogue.collections.delete(collection)
    with pytest.raises(CollectionMissing):
        store(collection, "/b", "paid leave")
    assert check(catalogue, "x") == []


def test_settings_keep_their_types(catalogue: Catalogue) -> None:
    catalogue.settings.store({"top_k": 3, "strict": True, "theme": "dark 🌙"})
    catalogue.settings.store({"top_k": 4})
    assert catalogue.settings.rows() == {"top_k": 4, "strict": True, "theme": "dark 🌙"}


def test_skipped_files_replace_what_was_indexed(catalogue: Catalogue, store: Any) -> None:
    collection = catalogue.collections.create("x").id
    store(collection, "/a.pdf", "paid leave")
    known = catalogue.files.known(collection, "/a.pdf")
    skipped = SkippedFile("/a.pdf", SkipReason.ENCRYPTED, Notice("password-needed"))
    catalogue.files.store_skipped(collection, known.fingerprint, skipped)
    assert catalogue.files.skipped(collection) == (skipped,)
    assert catalogue.documents.list(collection) == ()
    assert catalogue.passages.lexical(collection, lexical_match("leave"), 5) == []
    counted = catalogue.collections.get(collection)
    assert (counted.n_documents, counted.n_skipped, counted.n_passages) == (0, 1, 0)
    catalogue.vectors.prune()
    assert check(catalogue, "x") == []


def test_sentences_of_an_earlier_program_are_shown_as_they_are(
    catalogue: Catalogue, store: Any
) -> None:
    collection = catalogue.collections.create("x").id
    document = store(collection, "/a.pdf", "paid leave")
    said = "its structure is broken (KeyError: '[\"a\", {}]')"
    with catalogue._store.transaction() as db:
        db.conn.execute("UPDATE documents SET notes = ?", (json.dumps(["page 4: no text"]),))
    assert [english(note) for note in catalogue.documents.notes(document)] == ["page 4: no text"]
    known = catalogue.files.known(collection, "/a.pdf").fingerprint
    locked = SkippedFile("/a.pdf", SkipReason.DAMAGED, Notice("zip-broken"))
    catalogue.files.store_skipped(collection, known, locked)
    with catalogue._store.transaction() as db:
        db.conn.execute("UPDATE files SET detail = ?", (said,))
    (skipped,) = catalogue.files.skipped(collection)
    assert english(skipped.detail) == said
    catalogue.files.store_skipped(collection, known, skipped)
    assert catalogue.files.skipped(collection) == (skipped,)


# --- several threads ---------------------------------------------------------------------


def test_reading_threads_see_whole_documents_while_one_writes(
    catalogue: Catalogue, store: Any
) -> None:
    collection = catalogue.collections.create("x").id
    stop = threading.Event()
    failures: list[str] = []

    def read() -> None:
        while not stop.is_set():
            for document in catalogue.documents.list(collection):
                text = catalogue.documents.text(document.id)
                found = catalogue.passages.get(catalogue.passages.ids_of_document(document.id))
                joined = "".join(found[row].text for row in sorted(found))
                if text and joined and joined != text:
                    failures.append(document.path)
            catalogue.passages.lexical(collection, lexical_match("leave"), 5)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for n in range(60):
            store(collection, f"/{n % 7}.txt", f"paid leave {n} " * 20)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert check(catalogue, "x")[1:] == []


def test_writing_threads_wait_for_each_other(catalogue: Catalogue, store: Any) -> None:
    collection = catalogue.collections.create("x").id

    def write(who: int) -> None:
        for n in range(15):
            store(collection, f"/{who}-{n}.txt", "paid leave")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert catalogue.collections.get(collection).n_documents == 60
    assert len(catalogue._store._readers) <= 5


def test_connections_of_finished_threads_are_closed(catalogue: Catalogue) -> None:
    for _ in range(20):
        thread = threading.Thread(target=catalogue.collections.list)
        thread.start()
        thread.join()
    assert len(catalogue._store._readers) <= 2

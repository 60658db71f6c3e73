"""What is to be translated is found; who cannot translate says what to do; figures are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from kind_asker import asker_of

from engine.answering.capable import CAPABLE_BYTES
from engine.answering.translating.figures import lost_figures
from engine.answering.translating.passages import of_document
from engine.answering.translating.wanted import wanted
from engine.cancel import CancelToken
from engine.events import AnswerProgressed, TokensGenerated
from engine.inference.chat_model import ChatModel
from engine.records import ModelFile, Turn

LEASE = (
    "LEASE\n1. Term\nThe term is four years from 1 May 2025.\n"
    "2. Rent\nThe rent is 2,300 euros a month.",
    "It is payable on the first of the month.\n3. Notice\nNotice is three months.",
)
CONTRACT = (
    "第1条（期間）\n期間は2年とする。",
    "第2条（料金）\n1. 料金は5万円とする。\n2. 毎月払う。\n第3条（解約）\n解約は自由とする。",
)


@pytest.mark.parametrize(
    ("question", "target", "place", "page", "topic"),
    [
        (
            "Translate clause 3 of the supply agreement into Japanese",
            "ja",
            "3",
            0,
            "supply agreement",
        ),
        ("業務委託契約書の第5条を英語に訳して", "en", "5", 0, "業務委託契約書"),
        ("Please translate page 2 of the lease into German", "de", "", 2, "lease"),
        ("出張規程を英訳してください", "en", "", 0, "出張規程"),
    ],
)
def test_a_question_says_what_and_into_which_language(question, target, place, page, topic):
    found = wanted(question)
    assert (found.target, found.place, found.page, found.topic) == (target, place, page, topic)
    assert not found.last


@pytest.mark.parametrize(
    "question",
    [
        "Translate the last answer into Japanese",
        "先ほどの回答を英語に訳して",
        "Translate this into French",
    ],
)
def test_the_last_answer_may_be_meant(question):
    assert wanted(question).last


@pytest.mark.parametrize(
    ("documents", "number", "has", "lacks"),
    [
        (LEASE, "2", ("2,300 euros", "first of the month"), ("four years", "Notice is")),
        (LEASE, "3", ("three months",), ("first of the month",)),
        (CONTRACT, "2", ("5万円", "毎月払う"), ("2年", "解約")),
        (CONTRACT, "9", (), ("2年",)),
    ],
)
def test_a_clause_is_found_with_all_that_belongs_to_it(shelf, documents, number, has, lacks):
    shelf.add("/docs/deed.txt", *documents)
    resources = asker_of(shelf).resources()
    document = next(d for d in shelf.catalogue.documents.list(shelf.collection) if "deed" in d.name)
    want = wanted(f"translate clause {number} of the deed into Japanese")
    chosen = of_document(document, want, "deed", resources, shelf.collection)
    text = "\n".join(source.quote for source in chosen.paragraphs)
    assert all(each in text for each in has) and not any(each in text for each in lacks)
    assert bool(chosen.paragraphs) == bool(has)


def test_who_cannot_translate_shows_the_passage_and_says_what_to_do(shelf):
    shelf.add("/docs/lease-of-hall.txt", *LEASE)
    found = asker_of(shelf, "translate").ask(
        "Translate clause 1 of the lease of the hall into Japanese"
    )
    assert "No model here translates into Japanese" in found.text
    assert "four years from 1 May 2025" in found.text
    assert found.citations[0].verified and not found.model


def test_what_fits_nothing_is_said_with_the_nearest(shelf):
    found = asker_of(shelf, "translate").ask("Translate clause 7 of lease.txt into Japanese")
    assert "No passage fits" in found.text and "lease.txt" in found.text


def test_the_last_answer_is_translated_from_its_sources(shelf):
    asker = asker_of(shelf, "translate")
    assert "no answer yet" in asker.ask("Translate the last answer into Japanese").text
    asker.kind = "summary"
    before = asker.ask("Summarise lease.txt")
    asker.kind = "translate"
    found = asker.ask("Translate the last answer into Japanese", history=(Turn(1, 0.0, before),))
    assert {c.quote for c in found.citations} == {c.quote for c in before.citations}


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("The rent is 2,300 euros.", "賃料は2,300ユーロです。", ()),
        ("The rent is 2,300 euros.", "賃料は2,800ユーロです。", ("2300",)),
        ("月額38万5,000円", "385,000 yen a month", ()),
        ("From 1 May 2025", "2025年5月1日から", ()),
        ("From 1 May 2025", "2025年6月1日から", ("2025-05-01",)),
        ("three (3) years", "3年間", ()),
    ],
)
def test_figures_that_a_translation_lacks_are_named(source, translation, lost):
    assert lost_figures(source, translation) == lost


@pytest.fixture
def chat(tiny_gguf, tmp_path) -> Iterator[ChatModel]:
    """A model of random weights, which is told to be a capable one."""
    path = tiny_gguf(tmp_path / "m.gguf", n_ctx=2048)
    opened = ChatModel(ModelFile("tiny", path, "chat", CAPABLE_BYTES), n_threads=1)
    yield opened
    opened.close()


def translated(shelf, chat, question, cancel=None):
    events = shelf.ask(question, lambda: chat, chat.model, kind="translate", cancel=cancel)
    return list(events)


def test_what_a_model_writes_that_is_no_text_gives_way_to_the_source(shelf, chat):
    shelf.add("/docs/lease-of-hall.txt", *LEASE)
    events = translated(shelf, chat, "Translate clause 2 of lease-of-hall into Japanese")
    assert AnswerProgressed("write", 0, 2) in events
    assert any(isinstance(event, TokensGenerated) for event in events)
    found = events[-1].answer
    assert found.kind == "translate" and "2,300 euros" in found.citations[0].quote
    for cited in found.citations:
        assert cited.verified == (cited.sentence == " ".join(cited.quote.split()))
    assert "no-usable-text" in {notice.code for notice in found.notices}


def test_a_stop_keeps_the_paragraphs_that_are_done(shelf, chat):
    shelf.add("/docs/lease-of-hall.txt", *LEASE)
    cancel = CancelToken()
    question = "Translate clause 2 of lease-of-hall into Japanese"
    events = shelf.ask(question, lambda: chat, chat.model, kind="translate", cancel=cancel)
    for event in events:
        if event == AnswerProgressed("write", 1, 2):
            cancel.cancel()
        last = event
    assert last.answer.stopped
    assert {cited.number for cited in last.answer.citations} == {1}


def test_a_language_that_the_model_does_not_write_is_refused(shelf, chat):
    shelf.add("/docs/lease-of-hall.txt", *LEASE)
    chat.model = replace(chat.model, languages=("en",))
    found = translated(shelf, chat, "Translate clause 2 of lease-of-hall into Thai")[-1].answer
    assert "No model here translates into Thai" in found.text and not found.model

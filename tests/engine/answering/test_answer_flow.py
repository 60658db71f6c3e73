from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.answering import answer as answering
from engine.answering.assemble import checked
from engine.answering.citations import CitationResolver
from engine.answering.gathering import Evidence
from engine.answering.generate import Generation
from engine.answering.quality import is_degenerate
from engine.cancel import CancelToken
from engine.errors import EmptyQuestion, ModelMissing, NoChatTemplate, NothingFits
from engine.events import (
    AnswerFinished,
    ExtractsFound,
    PassagesRetrieved,
    PromptPrefilled,
    TokensGenerated,
)
from engine.inference.chat_model import ChatModel, Generated
from engine.records import Answer, ModelFile, Notice, Turn
from engine.retrieval import answerability
from engine.retrieval.refusal import RefusalNumbers, Regression
from engine.settings import Settings

LEAVE = "How many days of paid leave does every employee have?"


def refuse_to_load() -> ChatModel:
    raise AssertionError("the chat model must not be loaded")


def finish(events) -> Answer:
    *_, last = events
    assert isinstance(last, AnswerFinished)
    return last.answer


@pytest.fixture
def chat(tiny_gguf, tmp_path) -> Iterator[ChatModel]:
    path = tiny_gguf(tmp_path / "m.gguf", n_ctx=2048)
    opened = ChatModel(ModelFile("tiny", path, "chat", path.stat().st_size), n_threads=1)
    yield opened
    opened.close()


def test_events_come_in_the_order_that_is_promised(shelf, chat):
    settings = Settings(max_answer_tokens=20)
    events = list(shelf.ask(LEAVE, lambda: chat, chat.model, settings=settings, seed=5))
    kinds = list(dict.fromkeys(type(event) for event in events))
    assert kinds[:3] == [PassagesRetrieved, ExtractsFound, PromptPrefilled]
    assert kinds[-1] is AnswerFinished
    assert set(kinds[3:-1]) <= {TokensGenerated}
    found = finish(events)
    assert found.stats.seed == 5
    assert found.stats.prompt_tokens > 100 and found.stats.completion_tokens > 0
    assert found.stats.time_to_first_token_ms > found.stats.retrieval_ms > 0
    assert found.coverage.n_files_unreadable == 1
    assert (found.attention.mode, found.attention.kernel) == ("baseline", "cpu")
    assert found.model == "tiny"


def test_gibberish_falls_back_to_the_quotations_and_says_so(shelf, chat):
    found = finish(shelf.ask(LEAVE, lambda: chat, chat.model))
    assert not found.refused
    assert found.extracts and "twenty-five days" in found.extracts[0].quote
    assert found.text.startswith("“Every employee has twenty-five days of paid leave")
    assert f"[{found.extracts[0].number}]" in found.text
    assert found.generated == ""
    assert Notice("no-usable-text") in found.notices
    assert all(citation.verified for citation in found.citations)


def test_extracts_are_exact_slices_of_the_stored_text(shelf, chat):
    found = finish(shelf.ask(LEAVE, lambda: chat, chat.model))
    for extract, citation in zip(found.extracts, found.citations, strict=True):
        passage = next(p for p in found.passages if p.number == extract.number).passage
        stored = shelf.catalogue.documents.span(passage.document.id, extract.start, extract.end)
        assert stored == extract.quote == citation.quote


def test_filters_narrow_the_evidence_and_are_no_words_of_the_question(shelf, chat):
    found = finish(shelf.ask(f"{LEAVE} type:txt", lambda: chat, chat.model))
    assert found.search_query == LEAVE
    assert found.question == f"{LEAVE} type:txt"
    assert found.passages
    assert all(item.passage.document.name.endswith(".txt") for item in found.passages)
    with pytest.raises(NothingFits):
        list(shelf.ask(f"{LEAVE} type:xlsx", refuse_to_load, chat.model))


def test_a_question_without_evidence_is_refused_in_its_language(shelf, chat):
    for question, said in (
        (
            "Who won the chess championship of Iceland?",
            "Files searched: 3; passages: 40. Files that",
        ),
        (
            "火星の衛星の名前は何ですか？",
            "検索したファイル：3件、箇所：40件。読み取れなかったファイル：1件",
        ),
    ):
        events = list(shelf.ask(question, refuse_to_load, chat.model))
        assert [type(event) for event in events] == [PassagesRetrieved, AnswerFinished]
        found = finish(events)
        assert found.refused and found.refusal_reason == "no-evidence"
        assert said in found.text
        if found.passages:
            assert found.passages[0].passage.document.name in found.text
            assert 0 <= found.score < 1
        assert "[1]" not in found.text, "the nearest passages are no citations"
        assert found.extracts == () and found.citations == () and found.model == ""
        assert found.stats.time_to_first_token_ms is None


def test_who_insists_gets_an_answer_that_says_so(shelf, chat):
    question = "Who won the chess championship of Iceland?"
    assert finish(shelf.ask(question, refuse_to_load, chat.model)).refused
    found = finish(shelf.ask(question, lambda: chat, chat.model, insist=True))
    assert not found.refused and found.extracts and found.citations
    assert found.notices[0] == Notice("insisted")
    sure = finish(shelf.ask(LEAVE, lambda: chat, chat.model, insist=True))
    assert Notice("insisted") not in sure.notices


@pytest.mark.parametrize("sure", [True, False])
def test_doubtful_evidence_that_supports_nothing_written_is_refused(shelf, chat, monkeypatch, sure):
    """A capable model invented an answer; what it wrote stays to be looked at."""
    always = Regression(0.0, {}, threshold=-1.0, sure=-1.0 if sure else 1.0, hopeless=-2.0)
    monkeypatch.setattr(
        answerability, "refusal_numbers", lambda: RefusalNumbers({}, always, always)
    )
    invented = replace(generated("The canteen smells of violets."), small=False)

    def write(*_: object) -> Iterator[TokensGenerated]:
        yield TokensGenerated("The canteen smells of violets.")
        return invented  # type: ignore[return-value]

    monkeypatch.setattr(answering, "run_side", write)
    found = finish(shelf.ask(LEAVE, lambda: chat, chat.model))
    assert found.refused is not sure and found.score == 0.5 and found.model == "m"
    if sure:
        assert found.extracts and Notice("unsupported-marked") in found.notices
        return
    assert found.refusal_reason == "unsupported" and found.extracts == found.citations == ()
    assert [claim.sentence for claim in found.left_out] == ["The canteen smells of violets."]
    assert "violets" not in found.text and found.stats.completion_tokens == 2
    insisted = finish(shelf.ask(LEAVE, lambda: chat, chat.model, insist=True))
    assert not insisted.refused and insisted.notices[0] == Notice("insisted")


@pytest.mark.parametrize(
    ("text", "held"), [("Every employee has 25 days of paid leave.", True), ("40 days.", False)]
)
@pytest.mark.parametrize("capable", [True, False])
def test_where_evidence_is_open_a_capable_model_is_asked_and_its_text_decides(
    shelf, chat, monkeypatch, text, held, capable
):
    open_ = Regression(0.0, {}, threshold=1.0, sure=2.0, hopeless=-1.0)
    monkeypatch.setattr(answerability, "refusal_numbers", lambda: RefusalNumbers({}, open_, open_))

    def write(*_: object) -> Iterator[TokensGenerated]:
        yield TokensGenerated(text)
        return generated(text)  # type: ignore[return-value]

    monkeypatch.setattr(answering, "run_side", write)
    file = replace(chat.model, n_bytes=400 << 20 if capable else 98 << 20)
    events = list(shelf.ask(LEAVE, (lambda: chat) if capable else refuse_to_load, file))
    assert not any(isinstance(event, ExtractsFound) for event in events), "not before it is decided"
    found = finish(events)
    assert found.refused is not (held and capable)
    if held and capable:
        assert found.generated.startswith(text) and found.extracts
    else:
        assert found.extracts == () and found.refusal_reason == (
            "unsupported" if capable else "no-evidence"
        )


def test_a_greeting_is_answered_at_once_and_cites_nothing(shelf, tiny_model):
    for question, said in (("Hello, who are you?", "I am Sabun"), ("こんにちは！", "こんにちは。")):
        (event,) = shelf.ask(question, refuse_to_load, tiny_model)
        found = event.answer
        assert found.text.startswith(said) and found.kind == "talk"
        assert not found.refused and found.passages == found.extracts == found.citations == ()
        assert found.stats.retrieval_ms == 0 and found.score is None


def test_a_greeting_is_not_what_a_follow_up_leans_on(shelf, chat):
    (hello,) = shelf.ask("Hello!", refuse_to_load, chat.model)
    first = finish(
        shelf.ask("When does the lease of the Osaka office end?", lambda: chat, chat.model)
    )
    history = (Turn(1, 0.0, first), Turn(2, 1.0, hello.answer))
    found, *_ = shelf.ask(
        "And how large is its deposit?", lambda: chat, chat.model, history=history
    )
    assert "Osaka" in found.search_query


@pytest.mark.parametrize(
    "question",
    [
        "Combien de jours de congés payés ont les employés ?",
        "每个员工有多少天带薪休假？",
        "Сколько дней отпуска?",
        "the of and what is it",
        "???",
        "のはがを",
        "🙂🙂",
    ],
)
def test_other_languages_and_empty_words_are_answered_or_refused_without_an_error(
    shelf, chat, question
):
    found = finish(shelf.ask(question, lambda: chat, chat.model))
    assert found.refused or found.extracts


def test_a_question_of_five_thousand_characters_is_answered_or_refused(shelf, chat):
    for sentence in ("I was asked about the leave that people have. ", "休暇について尋ねます。"):
        question = (sentence * 500)[: 5000 - len(LEAVE)] + LEAVE
        found = finish(shelf.ask(question, lambda: chat, chat.model))
        assert found.refused or found.extracts
        assert found.question == question


def test_a_language_the_model_does_not_write_is_answered_by_quotation(shelf, tiny_model):
    english = replace(tiny_model, languages=("en",))
    found = finish(shelf.ask("有給休暇は入社後いつ何日付与する？", refuse_to_load, english))
    assert not found.refused
    assert found.text.startswith("「有給休暇は入社６か月後に１０日付与する。」[")
    assert found.generated == "" and found.model == ""
    assert [notice.code for notice in found.notices] == ["language-not-written"]


def test_an_empty_question_is_refused(shelf, tiny_model):
    for question in ("", "  \n　"):
        with pytest.raises(EmptyQuestion):
            list(shelf.ask(question, refuse_to_load, tiny_model))


def test_a_question_longer_than_the_context_is_answered_by_quotation(shelf, chat):
    question = "How many days of paid leave does every employee have? " * 200
    found = finish(shelf.ask(question, lambda: chat, chat.model))
    assert found.extracts and found.model == "" and found.generated == ""
    (notice,) = found.notices
    assert notice.code == "question-too-long" and notice.data["n_tokens"] > notice.data["limit"]


def test_a_missing_model_and_one_without_template_are_said(shelf, tiny_gguf, tmp_path, tiny_model):
    def missing() -> ChatModel:
        raise ModelMissing(name="gone")

    with pytest.raises(ModelMissing):
        list(shelf.ask(LEAVE, missing, tiny_model))
    path = tiny_gguf(tmp_path / "base.gguf", template=None)
    base = ChatModel(ModelFile("base", path, "chat", path.stat().st_size), n_threads=1)
    with pytest.raises(NoChatTemplate):
        list(shelf.ask(LEAVE, lambda: base, base.model))
    base.close()


def test_stop_before_generation_keeps_the_quotations(shelf, tiny_model):
    cancel = CancelToken()
    cancel.cancel()
    found = finish(shelf.ask(LEAVE, refuse_to_load, tiny_model, cancel=cancel))
    assert found.stopped and found.extracts and found.notices == ()


def test_stop_during_generation_ends_at_once(shelf, chat):
    cancel = CancelToken()
    events = []
    for event in shelf.ask(LEAVE, lambda: chat, chat.model, cancel=cancel):
        events.append(event)
        if isinstance(event, PromptPrefilled) and event.n_done:
            cancel.cancel()
    assert not any(isinstance(event, TokensGenerated) for event in events)
    found = finish(events)
    assert found.stopped and found.extracts and found.generated == ""
    assert found.notices == ()


def test_a_follow_up_is_completed_from_its_history(shelf, chat):
    first = finish(
        shelf.ask("When does the lease of the Osaka office end?", lambda: chat, chat.model)
    )
    history = (Turn(1, 0.0, first),)
    events = list(
        shelf.ask("And how large is its deposit?", lambda: chat, chat.model, history=history)
    )
    assert isinstance(events[0], PassagesRetrieved)
    assert "Osaka" in events[0].search_query
    found = finish(events)
    assert found.question == "And how large is its deposit?"
    assert found.search_query == events[0].search_query


def generated(text: str, reason: str = "end", *, small: bool = False) -> Generation:
    result = Generated(text, (1, 2), reason, 10, 0, 0.1, 0.2, 0.1)  # type: ignore[arg-type]
    return Generation(model="m", small=small, result=result)


def test_strict_leaves_out_what_is_not_supported(shelf, chat):
    found = finish(shelf.ask(LEAVE, lambda: chat, chat.model))
    evidence = Evidence(LEAVE, "en", found.passages, found.extracts, 1.0)
    resolver = CitationResolver(found.passages, shelf.catalogue.documents)
    text = "Every employee has 25 days of paid leave. They also get a company car [1]."
    number = found.extracts[0].number
    check = checked(evidence, generated(text), resolver, strict=False)
    assert check.text == (
        f"Every employee has 25 days of paid leave. [{number}] They also get a company car. [?]"
    )
    assert [c.verified for c in check.citations] == [True, False]
    assert check.notices == (Notice("unsupported-marked"),) and not check.left_out
    check = checked(evidence, generated(text), resolver, strict=True)
    assert check.text == f"Every employee has 25 days of paid leave. [{number}]"
    assert [c.verified for c in check.citations] == [True]
    assert check.notices == (Notice("left-out"),)
    assert [(c.sentence, c.lack) for c in check.left_out] == [
        ("They also get a company car.", "words")
    ]
    check = checked(evidence, generated(text, "loop"), resolver, strict=False)
    assert check.notices[0] == Notice("looped")


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "Not found in the documents.",
        "The documents do not mention paid leave.",
        "No answer was found in these passages.",
        "文書には有給休暇の記載がありません。",
    ],
)
def test_that_nothing_was_found_is_no_answer_and_cites_nothing(shelf, chat, text, small):
    found = finish(shelf.ask(LEAVE, lambda: chat, chat.model))
    evidence = Evidence(LEAVE, "en", found.passages, found.extracts, 1.0)
    resolver = CitationResolver(found.passages, shelf.catalogue.documents, LEAVE)
    check = checked(evidence, generated(text, small=small), resolver, strict=False)
    assert (check.text, check.citations) == ("", ())
    assert check.notices == (Notice("found-nothing"),)
    assert [(c.number, c.verified) for c in check.left_out] == [(0, False)]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("small", [True, False])
def test_when_nothing_is_supported_only_a_capable_model_is_heard(shelf, chat, strict, small):
    found = finish(shelf.ask(LEAVE, lambda: chat, chat.model))
    evidence = Evidence(LEAVE, "en", found.passages, found.extracts, 1.0)
    resolver = CitationResolver(found.passages, shelf.catalogue.documents, LEAVE)
    invented = generated("It rains fish. They have 40 days of leave.", small=small)
    check = checked(evidence, invented, resolver, strict=strict)
    if strict or small:
        assert (check.text, check.citations) == ("", ())
        assert check.notices == (Notice("nothing-supported"),)
        assert [c.lack for c in check.left_out] == ["words", "number"]
    else:
        assert check.text == "It rains fish. [?]", "a figure is not shown in any case"
        assert check.notices == (Notice("unsupported-marked"), Notice("left-out"))
        assert [c.lack for c in check.left_out] == ["number"]


@pytest.mark.parametrize("small", [True, False])
def test_a_right_sentence_stays_whoever_wrote_it(shelf, chat, small):
    found = finish(shelf.ask(LEAVE, lambda: chat, chat.model))
    evidence = Evidence(LEAVE, "en", found.passages, found.extracts, 1.0)
    resolver = CitationResolver(found.passages, shelf.catalogue.documents, LEAVE)
    text = "They have 40 days of leave. Every employee has 25 days of paid leave."
    for strict in (True, False):
        check = checked(evidence, generated(text, small=small), resolver, strict=strict)
        assert "25 days of paid leave" in check.text and "40 days" not in check.text
        assert [c.lack for c in check.left_out] == ["number"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", "en", True),
        (" \n", "en", True),
        ("[1] [2]", "en", True),
        ("...---...", "en", True),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "en", True),
        ("The lease ends in March.", "en", False),
        ("25", "en", False),
        ("��ab", "en", True),
        ("The lease ends in March and the deposit is two months of rent.", "ja", True),
        ("SSO", "ja", False),
        ("契約は三月に終わります。", "ja", False),
        ("契約は三月に終わります。" * 5, "en", True),
        ("x" * 30 + "yz" * 30, "en", True),
    ],
)
def test_degenerate_texts(text, language, expected):
    assert is_degenerate(text, language) is expected

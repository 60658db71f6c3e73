from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import BadData
from engine.records import DocumentRef, Extract, Location, Passage, RetrievedPassage
from engine.retrieval import find_extracts
from engine.retrieval.asked_for import asked_for, leans_back, told
from engine.retrieval.quotation_numbers import quotation_numbers


def found(*texts: str, name: str = "a.txt") -> tuple[RetrievedPassage, ...]:
    document = DocumentRef(1, name, f"/{name}", "", 0.0, "text/plain")
    return tuple(
        RetrievedPassage(
            n,
            Passage(n, document, n, 0, len(text), text, "", Location("paragraph", n)),
            1 / n,
        )
        for n, text in enumerate(texts, start=1)
    )


def quotes(question: str, *texts: str) -> tuple[Extract, ...]:
    passages = found(*texts)
    extracts = find_extracts(question, passages, None)
    for each in extracts:
        assert passages[each.number - 1].passage.text[each.start : each.end] == each.quote
    return extracts


TICKET = (
    "Customer: Harrow Lane Museum\nJob: Exhibition catalogue\nQuantity: 3,500 copies\n"
    "Deliver to: Loading bay 2, Harrow Lane\nPrepared by: Tomas Ilves\nPrice: GBP 11,840.00 net"
)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Who prepared the ticket for the Harrow Lane Museum?", "Prepared by: Tomas Ilves"),
        ("What is the price for the Harrow Lane Museum?", "Price: GBP 11,840.00 net"),
        ("How many copies does the Harrow Lane Museum get?", "Quantity: 3,500 copies"),
    ],
)
def test_of_a_form_the_line_that_is_asked_for_comes_first(question: str, line: str) -> None:
    first, *others = quotes(question, TICKET)
    assert first.quote == line
    assert "Customer: Harrow Lane Museum" in [each.quote for each in others]


def test_a_japanese_form() -> None:
    form = "宛先：みらい医療機器株式会社 御中\n納期：ご注文後7週間\n支払条件：月末締め翌月末払い"
    assert (
        quotes("みらい医療機器の支払条件は何ですか。", form)[0].quote
        == "支払条件：月末締め翌月末払い"
    )


def test_a_sentence_that_leaves_its_subject_to_the_one_before_it_is_quoted_with_it() -> None:
    text = "Two Saturday shifts before Easter were agreed. They are paid at time and a half."
    assert quotes("How are the Saturday shifts before Easter paid?", text)[0].quote == text
    text = "展示会の小間番号が決まりました。3号館のC-27です。原稿は私に送ってください。"
    first = quotes("展示会の小間番号はどこですか。", text)[0].quote
    assert first == "展示会の小間番号が決まりました。3号館のC-27です。"


def test_a_heading_is_never_quoted() -> None:
    text = "LATE DELIVERY\nFor each day of delay the buyer may deduct 1 % of the value."
    assert all("LATE" not in each.quote for each in quotes("What about late delivery?", text))
    assert quotes("What about late delivery?", "LATE DELIVERY") == ()


def test_a_date_answers_when_and_the_head_of_a_mail_does_not() -> None:
    text = "Date: Wed, 25 Jun 2025 09:48:00\nThe new delivery of the windows is on 22 August."
    first = quotes("When is the new delivery of the windows?", text)[0].quote
    assert first == "The new delivery of the windows is on 22 August."


def test_what_the_question_says_itself_is_no_answer() -> None:
    text = "The deputy of Owen Tarrick is absent.\nOwen Tarrick is replaced by Leonie Marsh."
    assert "Leonie Marsh" in quotes("Who replaces Owen Tarrick?", text)[0].quote


@pytest.mark.parametrize(
    ("question", "text", "feature"),
    [
        ("How long is probation?", "It is six months.", "period"),
        ("いつまでに報告しますか。", "24時間以内に報告する。", "period"),
        ("How many copies are printed?", "We print 3,500 copies.", "counted"),
        ("作業着は何着もらえますか。", "入社時に3着を支給する。", "counted"),
        ("What is the total?", "Total: 2,271,500", "kind"),
        ("合計はいくらですか。", "合計金額（税込）: 2,271,500", "unit"),
        ("By what date do we have to pay?", "Payment due: 18 October 2025", "kind"),
    ],
)
def test_what_tells_that_a_sentence_answers(question: str, text: str, feature: str) -> None:
    features = told(asked_for(question), text)
    assert features[feature] == 1
    assert features["stranger"] == 0


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Visitor: Dr Helga Marsden", 0),
        ("It was decided that visitors may use the market hall.", 0),
        ("It ends in May.", 1),
        ("It ends on 3 may", 1),
        ("Delivery: 11 Apr", 1),
        ("Sept 2025", 1),
    ],
)
def test_words_that_begin_like_a_month_are_no_dates(text: str, date: int) -> None:
    assert told(asked_for("When does it end?"), text)["kind"] == date


def test_who_is_asked_for_is_a_person_although_something_is_paid() -> None:
    assert asked_for("Who pays for the boiler?").kind == "person"
    assert asked_for("誰が費用を払いますか。").kind == "person"


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("They are paid at time and a half.", True),
        ("Theatre tickets are free.", False),
        ("3号館のC-27です。", True),
        ("定員は24名です。", False),
    ],
)
def test_leaning_back(text: str, leans: bool) -> None:
    assert leans_back(text) is leans


def test_very_long_and_empty_questions_are_taken() -> None:
    assert len(quotes("word " * 1000, TICKET)) <= 3
    assert len(quotes("?", TICKET)) <= 3
    assert len(quotes("Wie viele Exemplare druckt das Harrow Lane Museum?", TICKET)) <= 3


@pytest.mark.parametrize(
    ("words", "detail"),
    [({"nonsense": 1.0}, "no feature nonsense"), ({"inside": float("inf")}, "not finite")],
)
def test_damaged_numbers_are_refused(tmp_path: Path, words: dict[str, float], detail: str) -> None:
    path = tmp_path / "quotations.json"
    path.write_text(json.dumps({"fitted": {}, "words": words, "vectors": {}}))
    with pytest.raises(BadData, match=detail):
        quotation_numbers(path)

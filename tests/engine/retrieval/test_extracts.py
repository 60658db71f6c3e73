from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.records import DocumentRef, Location, LocationKind, Passage, RetrievedPassage
from engine.retrieval import find_extracts
from engine.retrieval.answer_type import answer_type, holds_answer_type
from engine.retrieval.sentences import candidate_sentences
from engine.text import content_tokens


class BagOfWords:
    """An embedder with the real interface whose vectors are hashed bags of tokens."""

    name = "bag-of-words"
    axis = None

    def __init__(self) -> None:
        self.n_calls = 0
        self.n_sentences = 0

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(512, 1e-6, np.float32)
        for token in content_tokens(text):
            vector[zlib.crc32(token.encode()) % 512] += 1
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.n_calls += 1
        self.n_sentences += len(texts)
        return np.stack([self.embed_query(text) for text in texts])


def retrieved(*texts: str, kind: LocationKind = "paragraph", start: int = 0) -> tuple:
    document = DocumentRef(1, "a.txt", "/a.txt", "", 0.0, "text/plain")
    return tuple(
        RetrievedPassage(
            n,
            Passage(n, document, n, start, start + len(text), text, "", Location(kind, 1)),
            1 / n,
        )
        for n, text in enumerate(texts, start=1)
    )


LEAVE = (
    "This policy starts in April. Full-time employees receive 20 days of paid leave per year. "
    "Managers approve leave in the portal."
)
PARKING = "Visitors park behind the building. The gate opens at 8:00."


def extracts_of(question: str, passages: tuple):
    model = BagOfWords()
    return find_extracts(question, passages, lambda: model)


def test_the_sentence_that_answers_comes_first_and_is_quoted_exactly() -> None:
    passages = retrieved(PARKING, LEAVE, start=100)
    best = extracts_of("How many days of paid leave do employees receive?", passages)[0]
    assert best.number == 2
    assert best.quote == "Full-time employees receive 20 days of paid leave per year."
    text = passages[1].passage.text
    assert text[best.start - 100 : best.end - 100] == best.quote
    assert 0 <= best.score <= 1


def test_japanese_sentences() -> None:
    passages = retrieved(
        "契約は甲と乙が結ぶ。本契約の有効期間は締結日から2年間とする。裁判所は東京とする。"
    )
    best = extracts_of("契約の有効期間は何年ですか？", passages)[0]
    assert best.quote == "本契約の有効期間は締結日から2年間とする。"


def test_a_row_of_a_table_stays_whole() -> None:
    rows = "Product: Valve A. | Price: 1,200 yen. | Stock: 4\nProduct: Pump B. | Price: 9 yen."
    best = extracts_of("What is the price of valve A?", retrieved(rows, kind="sheet"))[0]
    assert best.quote == "Product: Valve A. | Price: 1,200 yen. | Stock: 4"


def test_a_question_in_a_faq_brings_its_answer() -> None:
    faq = "Where can visitors park?\nBehind the building.\nWhen is lunch?\nAt noon."
    best = extracts_of("Where can visitors park?", retrieved(faq))[0]
    assert best.quote == "Where can visitors park?\nBehind the building."


def test_overlapping_passages_give_a_sentence_once() -> None:
    found = extracts_of("paid leave days", retrieved(LEAVE, LEAVE + " End of page."))
    assert len({e.quote for e in found}) == len(found)


def test_there_are_one_to_three_and_only_close_ones() -> None:
    found = extracts_of("paid leave", retrieved(*(f"Paid leave rule {n}." for n in range(9))))
    assert 1 <= len(found) <= 3
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)


def test_sentences_are_embedded_in_two_calls_and_few() -> None:
    model = BagOfWords()
    passages = retrieved(
        *(". ".join(f"Leave rule {n} of part {m}" for n in range(40)) for m in range(6))
    )
    find_extracts("Which leave rule?", passages, lambda: model)
    assert model.n_calls <= 2
    assert model.n_sentences <= 12


def test_without_an_embedding_model_words_alone_decide() -> None:
    found = find_extracts("How many days of paid leave?", retrieved(PARKING, LEAVE), None)
    assert found[0].number == 2
    assert "20 days of paid leave" in found[0].quote


def test_no_passages_no_extracts_and_no_model() -> None:
    def never() -> BagOfWords:
        raise AssertionError("the model is not needed")

    assert find_extracts("What?", (), never) == ()
    assert find_extracts("What?", retrieved("\n \n"), never) == ()


def test_a_page_without_punctuation_is_cut_into_quotable_pieces() -> None:
    passages = retrieved("有給休暇は二十日" * 700)
    for sentence in candidate_sentences(passages):
        assert len(sentence.text) <= 600
    assert extracts_of("有給休暇は何日？", passages)


@given(st.text(alphabet="ab 。.?？!\n|、契約期間\t", max_size=300), st.integers(0, 50))
def test_offsets_always_point_at_the_quote(text: str, start: int) -> None:
    for sentence in candidate_sentences(retrieved(text, start=start)):
        assert text[sentence.start - start : sentence.end - start] == sentence.text
        assert sentence.text.strip()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many days of leave are there?", "days"),
        ("How long is the notice period?", "amount"),
        ("How many seats are there?", "amount"),
        ("How much does the meter weigh?", "weight"),
        ("製品の質量は何グラムですか？", "weight"),
        ("What is the list price of the case?", "money"),
        ("何か月前に知らせますか？", "months"),
        ("会議は何時に始まりますか？", "time"),
        ("締め切りは何日までですか？", "date"),
        ("When does the contract end?", "date"),
        ("Who approves travel?", "person"),
        ("Where is the office?", "place"),
        ("What is the purpose of the policy?", "any"),
        ("年次有給休暇は何日ですか？", "days"),
        ("単価はいくらですか？", "money"),
        ("契約はいつ終わりますか？", "date"),
        ("担当者は誰ですか？", "person"),
        ("会議はどこで行われますか？", "place"),
        ("目的は何ですか？", "any"),
    ],
)
def test_answer_types(question: str, kind: str) -> None:
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "holds"),
    [
        ("It ends on 31 March 2026.", "date", True),
        ("期限は2026年3月31日です。", "date", True),
        ("It ends soon.", "date", False),
        ("Twenty days are granted.", "amount", True),
        ("Some days are granted.", "amount", False),
        ("Ms Sato approves it.", "person", True),
        ("anything", "any", True),
        ("Weight: 1.2 kg", "weight", True),
        ("質量 ８５０ｇ", "weight", True),
        ("Price GBP: 795.00", "weight", False),
        ("Price GBP: 795.00", "money", True),
        ("1件につき13,000円とする。", "money", True),
        ("Occasion: Moving house | Days: 1", "days", True),
        ("付与日数は10日とする。", "days", True),
        ("It is paid.", "money", False),
    ],
)
def test_sentences_hold_their_kind(sentence: str, kind: str, holds: bool) -> None:
    assert holds_answer_type(sentence, kind) is holds  # type: ignore[arg-type]


def test_no_sentence_is_only_white_space() -> None:
    assert all(
        re.search(r"\S", s.text) for s in candidate_sentences(retrieved("a b c d.\n\n  \n e f g."))
    )


def test_a_sentence_that_mail_wrapped_is_quoted_whole() -> None:
    body = (
        "> The kiln of the company that makes our piezo elements has broken down, and\n"
        "> the elements will reach us five weeks late, on 22 August.\n"
        "Kind regards,\nHaruka"
    )
    texts = [s.text for s in candidate_sentences(retrieved(body))]
    assert texts[0].endswith("on 22 August.")
    assert texts[1] == "Kind regards,"


def test_headings_and_list_items_are_not_joined() -> None:
    body = (
        "第3条（有効期間）\n本契約の有効期間は2年とする。\n・品目の一覧は別紙による\n・以上です。"
    )
    texts = [s.text for s in candidate_sentences(retrieved(body))]
    assert texts == body.split("\n")


def test_a_heading_is_not_quoted_for_an_answer_and_helps_what_follows() -> None:
    text = "第2条（有効期間）\n2025年4月1日から2年とする。\n第3条（報酬）\n報酬は月額10万円とする。"
    best = extracts_of("有効期間はいつまでですか？", retrieved(text))[0]
    assert best.quote == "2025年4月1日から2年とする。"
    shouted = "WARRANTY PERIOD\nTwo years from delivery.\nRETURNS\nAsk the Derby office first."
    assert extracts_of("How long is the warranty period?", retrieved(shouted))[0].quote == (
        "Two years from delivery."
    )


@pytest.mark.parametrize(
    ("question", "texts", "wanted"),
    [
        (
            "price of KF-50-200",
            ("KF-200-50 has a price of 12 crowns.", "KF-50-200 has a price of 14 crowns."),
            "KF-50-200",
        ),
        (
            "How many visitors came in 2024?",
            ("In 2023 310 visitors came here.", "In 2024 287 visitors came here."),
            "2024",
        ),
        (
            "令和6年度の売上高は",
            ("2023年度の売上高は467百万円であった。", "2024年度の売上高は529百万円であった。"),
            "2024",
        ),
        (
            "What does Plan A cost?",
            ("Plan B costs 20 pounds a month.", "Plan A costs 10 pounds a month."),
            "Plan A",
        ),
    ],
)
def test_what_is_said_of_another_code_year_or_plan_is_not_quoted(
    question: str, texts: tuple[str, ...], wanted: str
) -> None:
    found = find_extracts(question, retrieved(*texts), BagOfWords)
    assert [wanted in extract.quote for extract in found] == [True]


def test_what_decides_may_stand_in_the_heading_above() -> None:
    text = "May\nThe showroom counted 519 visitors.\nJune\nThe showroom counted 498 visitors."
    found = find_extracts("How many visitors came in May?", retrieved(text), BagOfWords)
    assert [extract.quote for extract in found] == ["The showroom counted 519 visitors."]


def test_if_nothing_has_what_decides_the_rest_is_kept_for_the_judgement() -> None:
    assert find_extracts("price of KF-70-90", retrieved("KF-50 has a price of 9."), BagOfWords)

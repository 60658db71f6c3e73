"""What a card shows where the documents do not answer, and where they were not asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fake_answer import finished_answer, found_extracts

from app.i18n import Words
from app.views.answer_card import AnswerCard
from engine.records import (
    Answer,
    Citation,
    Coverage,
    DocumentRef,
    Location,
    Passage,
    RetrievedPassage,
)

TEXT = "Employees receive 20 days of leave."


@pytest.fixture
def card(qtbot) -> Iterator[AnswerCard]:
    made = AnswerCard(Words())
    qtbot.addWidget(made)
    return made


def answered() -> Answer:
    document = DocumentRef(1, "leave.md", "/leave.md", "", 0.0, "text/plain")
    passage = Passage(1, document, 0, 0, len(TEXT), TEXT, "", Location("line", 3))
    found = (RetrievedPassage(1, passage, 0.1),)
    extracts = tuple(found_extracts("leave days", found))
    return finished_answer("leave?", found, extracts, TEXT, Coverage(2, 0), 0, stopped=False)


def refused() -> Answer:
    return replace(
        answered(), refused=True, refusal_reason="no-evidence", generated="", extracts=(),
        citations=(), notices=(),
    )  # fmt: skip


def test_a_refusal_folds_the_nearest_passages_away(card: AnswerCard) -> None:
    card.show_answer(refused())
    assert card.cites_nothing and card.nearest.places == ["leave.md · Line 3"]
    assert not card.nearest.isHidden() and not card.nearest.is_unfolded
    assert card.evidence.isHidden() and card.text.isHidden()
    assert card._notice_text.text() == "This was not found in your documents."


def test_an_invented_answer_is_folded_away_beside_them(card: AnswerCard) -> None:
    card.show_answer(answered())
    assert not card.evidence.isHidden() and card.nearest.isHidden() and not card.cites_nothing
    invented = Citation(0, "They have 40 days.", "", verified=False)
    card.show_answer(replace(refused(), refusal_reason="unsupported", left_out=(invented,)))
    assert card.evidence.isHidden() and not card.left_out.isHidden()
    assert card._notice_text.text().startswith("This was not found in your documents. What the")


def test_small_talk_is_shown_as_the_programs_own_words(card: AnswerCard) -> None:
    hello = replace(refused(), kind="talk", refused=False, text="Hello.", passages=())
    card.show_answer(hello)
    assert card.cites_nothing and card.nearest.isHidden()
    assert card.text.toPlainText() == "Hello." and card._answer_title.isHidden()
    assert card.footer.coverage.isHidden() and card.footer.stats.isHidden()

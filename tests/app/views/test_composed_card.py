"""A card with an answer that the program put together itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from composed_answers import composed_answer

from app.i18n import LanguageManager, Words
from app.views.answer_card import AnswerCard
from engine.events import AnswerProgressed, TokensGenerated


@pytest.fixture
def card(qtbot, qapp) -> Iterator[AnswerCard]:
    language = LanguageManager(qapp, "en")
    made = AnswerCard(Words())
    qtbot.addWidget(made)
    yield made
    language.close()


def test_what_no_model_wrote_is_not_said_to_be_a_models(card: AnswerCard) -> None:
    card.show_answer(composed_answer())
    assert card.text.toPlainText() == "Total: 1,545.5 \ufffc\ufffc\ufffc"
    assert card._answer_title.isHidden()
    assert card.footer.stats.text() == "found in 0.0 s"
    card.show_answer(composed_answer(model="Qwen", kind="summary"))
    assert not card._answer_title.isHidden()


def test_a_models_sentences_stay_as_they_are(card: AnswerCard) -> None:
    card.show_answer(composed_answer("2 * 3 * 4 and **x** [1]", model="Qwen", kind="fact"))
    assert card.text.toPlainText() == "2 * 3 * 4 and **x** \ufffc"


def test_progress_is_shown_with_its_end(card: AnswerCard) -> None:
    card.take(AnswerProgressed("scan", 12_000, 50_000))
    assert card._status.text() == "Looking through your documents… 12,000 of 50,000"
    assert (card._bar.value(), card._bar.maximum()) == (12_000, 50_000)
    card.take(TokensGenerated("Part one."))
    card.take(AnswerProgressed("write", 2, 7))  # two are done
    assert card._status.text() == "Writing part 3 of 7…"
    assert card.text.toPlainText() == "Part one." and not card._answer_title.isHidden()
    card.show_answer(composed_answer())
    assert card._status.isHidden() and card._bar.isHidden()


def test_a_part_says_that_it_is_one(card: AnswerCard) -> None:
    card.show_answer(composed_answer(stopped=True))
    assert card._notice_text.text() == (
        "Stopped before everything was looked at: this answer is a part only."
    )
    card.show_answer(composed_answer(stopped=True, scanned=None, table=None))
    assert card._notice_text.text() == "Stopped. What was written so far is kept."


def test_how_it_was_computed_is_said_and_can_be_changed(qtbot, card: AnswerCard) -> None:
    card.show_answer(composed_answer())
    assert card.plan.text == (
        "Calculated: Sum of “Amount” in prices.xlsx, sheet Q1, where Region = Osaka"
    )
    with qtbot.waitSignal(card.plan_requested):
        card.plan.change.click()
    card.set_last(False)
    assert card.plan.change.isHidden() and not card.plan.isHidden()
    card.show_answer(composed_answer(plan=None))
    assert card.plan.isHidden()


def test_an_answer_of_before_looks_as_before(card: AnswerCard) -> None:
    old = composed_answer(
        "It costs 12 [1].", kind="fact", scanned=None, table=None, plan=None, model="SmolLM2"
    )
    card.show_answer(old)
    assert card.tabled.isHidden() and card.plan.isHidden() and card.head.understood.isHidden()
    assert card.head.scanned.text() == "" and not card._answer_title.isHidden()


def test_a_table_that_says_what_the_text_lists_is_folded_away(card: AnswerCard) -> None:
    card.show_answer(composed_answer("Found 4:\n- Osaka [1]\n- Kobe [2]", kind="list", plan=None))
    assert card.table.isHidden() and card.tabled.fold.text() == "\u25b8 As a table (4 rows)"
    card.tabled.fold.click()
    assert not card.table.isHidden() and card.tabled.fold.text().startswith("\u25be")
    card.show_answer(composed_answer("- Osaka [1]", kind="compare", plan=None))
    assert not card.table.isHidden() and card.tabled.fold.isHidden()
    card.show_answer(composed_answer("There are 4.", kind="count", plan=None))
    assert not card.table.isHidden() and card.tabled.fold.isHidden()
    card.show_answer(composed_answer(table=None))
    assert card.tabled.isHidden()


def test_what_the_program_itself_refuses_is_said_once(card: AnswerCard) -> None:
    said = composed_answer(
        "There is no second version of it.", kind="compare", refused=True,
        refusal_reason="no-evidence", passages=(), citations=(), table=None, plan=None,
    )  # fmt: skip
    card.show_answer(said)
    assert card._notice.isHidden() and card.text.toPlainText() == said.generated
    assert card.cites_nothing and not card.head.badge.isHidden()

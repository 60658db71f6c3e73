"""Prompts to train on: the program's own, with or without its best sentences."""

from __future__ import annotations

import random

import pytest

from engine.inference.chat_model import ChatModel
from engine.workshop.questions.evidence import Asked, TrainingEvidence
from engine.workshop.training.prompts import CITE, PromptSettings, PromptWriter

EVIDENCE = TrainingEvidence(
    headings=("Leave", "Parking"),
    texts=(
        "The office opens early. Staff receive 20 days of paid leave a year.",
        "Visitors park behind the building. The gate opens at 8:00.",
    ),
    asked=(
        Asked("How many days of paid leave do staff receive?", "20 days", (1,)),
        Asked("Where do visitors park?", "behind the building", (2,)),
    ),
)
END = 2


def texts_of(model: ChatModel, settings: PromptSettings) -> list[str]:
    writer = PromptWriter(model, END, settings)
    return [
        b"".join(
            model.piece(token)
            for token in writer.prompt(
                EVIDENCE, asked.question, cited=settings.cited == 1, extracts=settings.extracts == 1
            )
        ).decode("utf-8", "replace")
        for asked in EVIDENCE.asked
    ]


def test_the_best_sentences_stand_before_the_question_with_their_numbers(model: ChatModel) -> None:
    leave, parking = texts_of(model, PromptSettings(cited=0, extracts=1))
    repeated = leave[leave.index("Key sentences") :]
    assert "[1] Staff receive 20 days of paid leave a year." in repeated
    assert "[2] Visitors park behind the building." in parking[parking.index("Key sentences") :]
    assert CITE not in leave


def test_without_them_the_prompt_has_passages_and_question_only(model: ChatModel) -> None:
    leave, _ = texts_of(model, PromptSettings(cited=1, extracts=0))
    assert "Key sentences" not in leave
    assert leave.count("20 days") == 1
    assert CITE in leave


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_share_decides_whether_a_row_repeats_sentences(model: ChatModel, share: float) -> None:
    settings = PromptSettings(extracts=share, max_tokens=4000)
    row = PromptWriter(model, END, settings).row(EVIDENCE, random.Random(0))
    assert row is not None
    text = b"".join(model.piece(token) for token in row.tokens).decode("utf-8", "replace")
    for sentence in ("] Staff receive 20 days", "] Visitors park behind"):
        assert (sentence in text) is (share == 1)


def test_a_row_that_is_too_long_is_no_row(model: ChatModel) -> None:
    writer = PromptWriter(model, END, PromptSettings(max_tokens=50))
    assert writer.row(EVIDENCE, random.Random(0)) is None

"""Questions from one's own documents: the answer stands in the passage and in no distractor."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, TrainingDataTooSmall
from engine.inference.chat_model import ChatModel
from engine.records import DocumentRef, Location, Passage
from engine.workshop.questions.file import read_questions
from engine.workshop.questions.own_file import FILE, fill_questions
from engine.workshop.questions.own_questions import GAP, OwnSettings, gap_question, make_questions
from engine.workshop.questions.salient import salient_spans

TEXTS = (
    "Employees receive 20 days of paid leave each year. The request goes to Human Resources "
    "two weeks before, and urgent cases are decided by the head of the department.",
    "The warranty lasts until 31 March 2027 for all devices. Employees repair them each year; the "
    "customer pays for the transport of what is sent in.",
    "本契約の有効期間は締結日から2年間とする。期間満了の3か月前までに書面による申し出がないときは、"
    "同じ条件でさらに更新されるものとし、以後も同様とする。費用は各自が負担する。双方が誠実に協議する。",
    "Too short: 7 items.",
)


def passage(number: int, text: str) -> Passage:
    document = DocumentRef(number, f"d{number}.txt", f"/d{number}.txt", "", 0.0, "text/plain")
    return Passage(number, document, 0, 0, len(text), text, f"Part {number}", Location("line", 1))


PASSAGES = [passage(n, text) for n, text in enumerate(TEXTS)]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (TEXTS[0], ["20 days", "Human Resources"]),
        (TEXTS[1], ["31 March 2027"]),
        (TEXTS[2], ["2年間", "3か月"]),
        ("It costs $1,200 for 12.5 kg of it in all of the stores.", ["$1,200", "12.5 kg"]),
        ("The part KP-60 fits the housing of type 7B and nothing else at all.", []),
        ("A 5 and a 5 stand here twice, and nobody can tell which is meant.", []),
    ],
)
def test_numbers_dates_and_names_can_be_asked_for(text: str, answers: list[str]) -> None:
    assert [span.answer for span in salient_spans(text)] == answers


@pytest.mark.parametrize("written", [False, True, None])
def test_every_question_is_answered_by_its_passage_alone(
    model: ChatModel, written: bool | None
) -> None:
    """A random model writes nothing that passes its own test, so all are gaps."""
    events = list(make_questions(PASSAGES, model, OwnSettings(written=written), CancelToken()))
    assert {e.question.gold[0] for e in events} == set(TEXTS[:3])
    for event in events:
        asked = event.question
        assert asked.answers[0] in asked.gold[0]
        assert asked.answers[0] not in asked.text and GAP in asked.text
        assert not any(asked.answers[0] in text for text in asked.distractors)
        assert asked.gold[0] not in asked.distractors
        assert not event.written
    assert any(event.question.distractors for event in events)
    assert len({e.question.id for e in events}) == len(events)
    assert {e.question.language for e in events} == {"en", "ja"}


def test_a_gap_stands_where_the_answer_stood() -> None:
    span = salient_spans(TEXTS[0])[0]
    assert gap_question(span).endswith("Employees receive ____ of paid leave each year.")


def test_there_are_no_more_than_wanted(model: ChatModel) -> None:
    settings = OwnSettings(max_questions=2, per_passage=1)
    assert len(list(make_questions(PASSAGES, model, settings, CancelToken()))) == 2


def test_documents_without_anything_to_ask_for_are_refused(model: ChatModel) -> None:
    with pytest.raises(TrainingDataTooSmall):
        list(make_questions(PASSAGES[3:], model, OwnSettings(), CancelToken()))


def test_a_stop_is_heeded(model: ChatModel) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(make_questions(PASSAGES, model, OwnSettings(), cancel))


def test_questions_made_before_a_stop_are_kept(model: ChatModel, tmp_path: Path) -> None:
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    list(fill_questions(whole, PASSAGES, model, OwnSettings(), CancelToken()))
    cancel = CancelToken()
    events = fill_questions(stopped, PASSAGES, model, OwnSettings(), cancel)
    first = [next(events).question, next(events).question]
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)
    assert not (stopped / FILE).exists()
    (partial,) = stopped.iterdir()
    with partial.open("a", encoding="utf-8") as stream:
        stream.write('{"id": "cut o')  # as if the process had died
    rest = fill_questions(stopped, PASSAGES, model, OwnSettings(), CancelToken())
    assert not {made.question.id for made in rest} & {question.id for question in first}
    assert (stopped / FILE).read_bytes() == (whole / FILE).read_bytes()
    assert [path.name for path in stopped.iterdir()] == [FILE]


def test_questions_about_other_documents_are_not_gone_on_with(
    model: ChatModel, tmp_path: Path
) -> None:
    events = fill_questions(tmp_path, PASSAGES, model, OwnSettings(), CancelToken())
    next(events)
    events.close()
    fewer = PASSAGES[:2]
    list(fill_questions(tmp_path, fewer, model, OwnSettings(), CancelToken()))
    assert {q.gold[0] for q in read_questions(tmp_path / FILE)} == set(TEXTS[:2])

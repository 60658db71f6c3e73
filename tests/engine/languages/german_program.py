"""Run by a test: a program that knows one language more prints what it then understands."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parent)]

from german import GERMAN  # noqa: E402

import engine.languages  # noqa: E402

engine.languages.PROFILES = (*engine.languages.PROFILES, GERMAN)

from engine.answering.facts import negated, numbers  # noqa: E402
from engine.answering.generate import STOP_STRINGS  # noqa: E402
from engine.answering.wording import refusal  # noqa: E402
from engine.records import Coverage  # noqa: E402
from engine.retrieval.answer_type import answer_type, holds_answer_type  # noqa: E402
from engine.retrieval.followup import _leans_on_history  # noqa: E402
from engine.text import content_tokens, language_of, sentence_spans  # noqa: E402

QUESTION = "Wie viele Urlaubstage hat ein Mitarbeiter?"
TEXT = "Es gilt z.B. für alle. Ja."

print(
    json.dumps(
        {
            "language": language_of(QUESTION),
            "english": language_of("How many days of leave does an employee have?"),
            "kind": answer_type(QUESTION),
            "holds": holds_answer_type("Es sind 25 Tage.", "days"),
            "tokens": content_tokens(QUESTION),
            "numbers": [[str(n.value), n.unit] for n in numbers("Es sind 25 Tage.")],
            "negated": negated("das gilt nicht"),
            "sentences": [TEXT[a:b] for a, b in sentence_spans(TEXT)],
            "leans": _leans_on_history("Und wie viele für die Teilzeit?"),
            "refusal": refusal("de", (), Coverage(4, 1, n_passages=9)),
            "prompt": "\nFrage:" in STOP_STRINGS,
        }
    )
)

"""``sabun eval kinds``: how often the kind of a question is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.facade import Engine

if TYPE_CHECKING:
    from engine.embedding import Embedder
    from engine.workshop.recognition.labelled import LabelledQuestion, Recognised


@dataclass(frozen=True, kw_only=True)
class RecognitionOptions(CommonOptions):
    """What ``sabun eval kinds`` is asked.

    Attributes:
        questions: Files of questions whose kind is known.
        split: Half of them, or all.
        fit: File to write newly fitted numbers to; None tells kinds as the program does.
    """

    questions: tuple[Path, ...] = positional(
        metavar="FILE", help="JSON Lines: kind, lang, question"
    )
    split: Literal["dev", "held", "all"] = option("all", help="which half of the questions")
    fit: Path | None = option(None, metavar="FILE", help="fit on all but the held half, write it")


def run_recognition(options: RecognitionOptions, terminal: Terminal) -> int:
    """Print how many questions were taken for what they are, and for what the others were."""
    from engine.workshop.recognition.labelled import read_labelled, recognise_all

    questions = [each for path in options.questions for each in read_labelled(path)]
    with Engine(options.data_dir, writable=False) as engine:
        if options.fit is not None:
            _fit(options.fit, options.questions, questions, engine.loaded.embedder())
            return 0
        chosen = [each for each in questions if options.split in ("all", each.split)]
        recognised = recognise_all(chosen, engine.loaded.embedder)
    if terminal.as_json:
        terminal.result(recognition_shape(recognised))
        return 0
    for name, part in _parts(recognised).items():
        n_right = sum(each.right for each in part)
        terminal.line(f"{name:10} {n_right}/{len(part)} {n_right / len(part):.1%}")
    for each in recognised:
        if not each.right:
            terminal.line(f"  {each.question.kind} -> {each.kind}: {each.question.text}")
    return 0


RECOGNITION = verb(
    "kinds", "whether kinds of questions are recognised", RecognitionOptions, run_recognition
)


def recognition_shape(recognised: Sequence[Recognised]) -> dict[str, Any]:
    """Return the object of ``eval kinds --json``."""
    from engine.workshop.recognition.labelled import confusion

    return {
        "parts": {
            name: {"n": len(part), "right": sum(each.right for each in part)}
            for name, part in _parts(recognised).items()
        },
        "confusion": confusion(recognised),
        "wrong": [
            {"kind": r.question.kind, "taken_for": r.kind, "question": r.question.text}
            for r in recognised
            if not r.right
        ],
    }


def _parts(recognised: Sequence[Recognised]) -> dict[str, list[Recognised]]:
    """Return the questions by language and half, then by kind."""
    parts: dict[str, list[Recognised]] = {}
    for each in recognised:
        parts.setdefault(f"{each.question.language} {each.question.split}", []).append(each)
    for each in recognised:
        parts.setdefault(each.question.kind, []).append(each)
    return parts


def _fit(
    target: Path,
    files: Sequence[Path],
    questions: Sequence[LabelledQuestion],
    embedder: Embedder,
) -> None:
    from engine.codec import to_json
    from engine.workshop.recognition.fitting import fit_kinds

    fitted = {
        "on": ", ".join(sorted(path.stem for path in files)),
        "when": datetime.now(UTC).strftime("%Y-%m-%d"),
    }
    target.write_text(to_json(fit_kinds(questions, embedder, fitted)) + "\n", "utf-8")

"""``sabun eval refusal``: how well it is told which questions documents do not answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.numbers import positive
from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.facade import Engine

if TYPE_CHECKING:
    from engine.retrieval.refusal import RefusalNumbers
    from engine.workshop.refusal.cases import RefusalCase
    from engine.workshop.refusal.regression import Rates


@dataclass(frozen=True, kw_only=True)
class RefusalOptions(CommonOptions):
    """What ``sabun eval refusal`` is asked.

    Attributes:
        cases: File that keeps the cases; what is in it is not made again.
        companies: Folders of documents with their ``questions.jsonl``.
        questions: Files of questions with their passages.
        limit: Questions of each file, from its beginning.
        fit: File to write newly fitted numbers to; None judges by those of the program.
    """

    cases: Path = positional(metavar="CASES", help="JSON Lines; kept, and gone on with")
    companies: tuple[Path, ...] = option((), metavar="DIR", help="may be given several times")
    questions: tuple[Path, ...] = option((), metavar="FILE", help="may be given several times")
    limit: int | None = option(None, parse=positive, metavar="N", help="of each question file")
    fit: Path | None = option(None, metavar="FILE", help="fit new numbers and write them")


def run_refusal(options: RefusalOptions, terminal: Terminal) -> int:
    """Make cases, fit, and print the rates."""
    from engine.codec import to_json
    from engine.retrieval.refusal import refusal_numbers
    from engine.workshop.refusal.fitting import fit_numbers
    from engine.workshop.refusal.store import add_cases, read_cases

    add_cases(options.cases, _made(options, set(read_cases(options.cases))))
    cases = tuple(read_cases(options.cases).values())
    if options.fit is None:
        numbers = refusal_numbers()
    else:
        numbers = fit_numbers(cases, _fitted_on(cases))
        options.fit.write_text(to_json(numbers) + "\n", "utf-8")
    found = _rates(cases, numbers)
    if terminal.as_json:
        terminal.result({name: asdict(rates) for name, rates in found.items()})
        return 0
    terminal.line("refused of what is not answered, and of what is; 95 % Wilson intervals")
    for name, rates in found.items():
        (a, b), (c, d) = rates.intervals
        terminal.line(
            f"{name:24} {rates.refused:5.1%} of {rates.n_unanswerable} [{a:.1%}, {b:.1%}]   "
            f"{rates.wrongly_refused:5.1%} of {rates.n_answerable} [{c:.1%}, {d:.1%}]   "
            f"area {rates.auc:.3f}"
        )
    return 0


REFUSAL = verb("refusal", "which questions are refused, and fit that", RefusalOptions, run_refusal)


def _made(options: RefusalOptions, known: set[str]) -> Iterator[RefusalCase]:
    from engine.workshop.questions.file import read_questions
    from engine.workshop.refusal.cases import company_cases, withheld_cases

    if not options.companies and not options.questions:
        return
    sources = {case_id.rpartition("-")[0] for case_id in known}
    with Engine(options.data_dir, writable=False) as engine:
        embedder = engine.loaded.embedder()
        for folder in options.companies:
            if folder.name not in sources:
                yield from company_cases(folder, embedder)
        for path in options.questions:
            questions = [q for q in read_questions(path, limit=options.limit) if q.id not in known]
            yield from withheld_cases(path.name.partition(".")[0], questions, embedder)


def _fitted_on(cases: tuple[RefusalCase, ...]) -> Mapping[str, str]:
    sources = sorted({case.source for case in cases if not case.held})
    return {
        "on": ", ".join(sources),
        "cases": str(sum(not case.held for case in cases)),
        "when": datetime.now(UTC).date().isoformat(),
    }


def _rates(cases: tuple[RefusalCase, ...], numbers: RefusalNumbers) -> dict[str, Rates]:
    from engine.workshop.refusal.fitting import rates_of

    judged = [case for case in cases if case.features]
    groups: dict[str, list[RefusalCase]] = {}
    for case in judged:
        half = "held" if case.held else "fitted"
        groups.setdefault(half, []).append(case)
        groups.setdefault(f"{half} {case.language}", []).append(case)
        groups.setdefault(f"{half} {case.source}", []).append(case)
    return {name: rates_of(groups[name], numbers) for name in sorted(groups)}

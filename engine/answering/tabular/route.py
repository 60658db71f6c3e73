"""The route of questions that tables answer."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from engine.answering.asked import Asked
from engine.answering.composed import Statement, composed
from engine.answering.gathering import Resources
from engine.answering.tabular.checking import group_of
from engine.answering.tabular.computing import compute
from engine.answering.tabular.planning import DOUBT, SURE, ScoredPlan, plan_for
from engine.answering.tabular.results import Computed, Figure
from engine.answering.tabular.telling import Telling
from engine.cancel import CancelToken
from engine.catalogue.tables import TableShelf
from engine.events import AnswerEvent
from engine.languages import profile_of
from engine.records import Answer, AttentionChoice, Scanned

MAX_TABLES_TOLD = 3
"""Tables that fit a question as well as each other; of more, none is meant."""


def answer_table(
    asked: Asked, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Answer from the tables of a collection; None where no table fits well enough.

    A plan that comes with the request is carried out as it is.

    Raises:
        PlanTableMissing, PlanColumnMissing: Such a plan names what is not there.
        FilterUnreadable: A filter of the question has a date that cannot be read.
    """
    yield from ()
    shelf = resources.catalogue.tables
    plan = asked.request.plan
    if plan is not None:
        group = group_of(plan, shelf.all(asked.request.collection_id))
        return _told(asked, choice, [compute(plan, group, shelf)], resources)
    scored = plan_for(asked, resources)
    if scored is None or cancel.cancelled:
        return None
    return _of_plan(asked, choice, scored, resources)


def _of_plan(
    asked: Asked, choice: AttentionChoice, scored: ScoredPlan, resources: Resources
) -> Answer | None:
    """Return what comes of a plan; of several tables that fit as well, what comes of each."""
    shelf = resources.catalogue.tables
    if scored.confidence + (DOUBT if scored.rivals else 0) < SURE:
        return None
    plans = ((scored.plan, scored.group), *scored.rivals)
    if len(plans) > MAX_TABLES_TOLD or (scored.rivals and _agree(scored, shelf)):
        plans = plans[:1] if _agree(scored, shelf) else ()
    done = [compute(plan, group, shelf) for plan, group in plans]
    return _told(asked, choice, [d for d in done if _worth_saying(d, asked)], resources)


def _told(
    asked: Asked, choice: AttentionChoice, done: Sequence[Computed], resources: Resources
) -> Answer | None:
    if not done:
        return None
    tellings = [Telling(each, asked.language, resources.catalogue) for each in done]
    if len(done) == 1:
        statements = tellings[0].statements()
    elif all(telling.names_rows for telling in tellings):
        statements = [*_united(tellings), *(line for each in tellings for line in each.basis())]
    else:
        several = profile_of(asked.language).tabular.words.sentences["several-tables"]
        statements = [Statement(several)]
        for first, *rest in (telling.statements() for telling in tellings):
            statements += [replace(first, before="\n\n" + first.before.lstrip("\n")), *rest]
    tables = [table for each in done for table in each.group.tables]
    return composed(
        asked,
        choice,
        statements,
        scanned=Scanned(
            len({table.document.id for table in tables}),
            sum(each.n_rows for each in done),
            exhaustive=not any(each.group.is_cut for each in done),
        ),
        table=tellings[0].table(statements),
        plan=done[0].plan,
    )


def _united(tellings: Sequence[Telling]) -> list[Statement]:
    """Return the rows that several tables name, each once with all cells that name it."""
    found: dict[str, Statement] = {}
    for each in (line for telling in tellings for line in telling.values()):
        text = each.text.strip("*")
        known = found[text].sources if text in found else ()
        found[text] = Statement(text, (*known, *each.sources), "\n- ")
    return list(found.values())


def _worth_saying(computed: Computed, asked: Asked) -> bool:
    """Tell whether what came of a plan is an answer, rather than a sign that it was a wrong one."""
    if computed.problem == "no-rows":
        return asked.chosen
    if computed.problem == "not-numbers":
        return computed.plan.operation in ("sum", "mean")
    return True


def _agree(scored: ScoredPlan, shelf: TableShelf) -> bool:
    """Tell whether all tables that fit come to the same figures."""
    plans = ((scored.plan, scored.group), *scored.rivals)
    found = set()
    for plan, group in plans:
        done = compute(plan, group, shelf)
        if done.problem is not None:
            return False
        found.add(tuple((figure.unit, _said(figure)) for figure in done.figures))
    return len(found) == 1


def _said(figure: Figure) -> float | int | str | None:
    return figure.value if figure.value is not None else figure.cells[0].value

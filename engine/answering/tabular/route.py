"""The route of questions that tables answer."""

from __future__ import annotations

from collections.abc import Generator

from engine.answering.asked import Asked
from engine.answering.composed import composed
from engine.answering.gathering import Resources
from engine.answering.tabular.checking import group_of
from engine.answering.tabular.computing import compute
from engine.answering.tabular.planning import DOUBT, SURE, ScoredPlan, plan_for
from engine.answering.tabular.results import Computed, Figure
from engine.answering.tabular.telling import Telling
from engine.cancel import CancelToken
from engine.catalogue.tables import TableShelf
from engine.events import AnswerEvent
from engine.records import Answer, AttentionChoice, Scanned


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
    catalogue = resources.catalogue
    plan = asked.request.plan
    if plan is not None:
        group = group_of(plan, catalogue.tables.all(asked.request.collection_id))
    else:
        scored = plan_for(asked, resources)
        if scored is None or cancel.cancelled:
            return None
        agreed = bool(scored.rivals) and _agree(scored, catalogue.tables)
        if scored.confidence + (DOUBT if agreed else 0) < SURE:
            return None
        plan, group = scored.plan, scored.group
    computed = compute(plan, group, catalogue.tables)
    if asked.request.plan is None and not _worth_saying(computed, asked):
        return None
    telling = Telling(computed, asked.language, catalogue)
    statements = telling.statements()
    n_files = len({table.document.id for table in group.tables})
    return composed(
        asked,
        choice,
        statements,
        scanned=Scanned(n_files, computed.n_rows, exhaustive=not group.is_cut),
        table=telling.table(statements),
        plan=plan,
    )


def _worth_saying(computed: Computed, asked: Asked) -> bool:
    """Tell whether what came of a plan is an answer, rather than a sign that it was a wrong one."""
    if computed.problem == "no-rows" or any(code == "own-total" for code, _ in computed.remarks):
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

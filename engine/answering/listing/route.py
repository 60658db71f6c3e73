"""The routes of questions for lists and numbers of things."""

from __future__ import annotations

import re
from collections.abc import Generator

from engine.answering.asked import Asked
from engine.answering.gathering import Resources
from engine.answering.listing.documents import documents_that
from engine.answering.listing.items import Item, items_of, merged
from engine.answering.listing.matching import Fit, chosen
from engine.answering.listing.scan import find_lists, scope_of
from engine.answering.listing.values import SPELT, values_of
from engine.answering.listing.wanted import Wanted, wanted
from engine.answering.listing.writing import listed, wording_of
from engine.answering.tabular import answer_table, plan_for
from engine.cancel import CancelToken
from engine.events import AnswerEvent
from engine.languages import profile_of
from engine.records import Answer, AttentionChoice
from engine.retrieval.query import parse_query
from engine.retrieval.versions import without_former

_COMPARES = ("<", "<=", ">", ">=", "covers")


def list_route(
    asked: Asked, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Answer a question for a list or a number of things from all that is stored.

    Yields:
        ``AnswerProgressed`` while documents are looked at.

    Returns:
        The answer; None if nothing in the documents is the list that is asked for, and the
        user did not say that he wants one.

    Raises:
        EmptyQuestion, FilterUnreadable, NothingFits: Input.
        ModelMissing: The embedding model is not installed.
    """
    query = parse_query(asked.query)
    want = wanted(query.text)
    scope = scope_of(asked, query, resources)
    counts = asked.kind == "count"
    if want is None:
        return listed(asked, choice, scope, "", (), counts=counts) if asked.chosen else None
    if want.form == "documents":
        found, possible = yield from documents_that(asked, want, query, scope, resources, cancel)
        stopped = cancel.cancelled
        if found or asked.chosen or stopped:
            return listed(
                asked, choice, scope, _what(want), found, possible, counts=counts, stopped=stopped
            )
        return None
    rules = profile_of(asked.language).lists
    if rules.compares and re.search(rules.compares, query.text, re.IGNORECASE):
        return (yield from _compared(asked, choice, resources, cancel))
    fits = yield from find_lists(asked, want, query, scope, resources, cancel)
    sure, near = chosen(fits, asked.language)
    sure = _in_force(query.text, sure)
    items = [item for fit in sure for item in items_of(fit)]
    items = items if want.form == "steps" else merged(items)
    further = _besides(items, near)
    if want.value:
        values = values_of(want, scope, resources)
        named = bool(want.topic_terms) and bool(values)
        items = values if named or (not any(fit.column for fit in sure) and values) else items
        items = merged([*items, *values]) if want.value in SPELT else items
    if not items and not asked.chosen and not cancel.cancelled:
        return None
    return listed(
        asked,
        choice,
        scope,
        _what(want),
        items,
        further,
        counts=counts or want.counts,
        ordered=want.form == "steps",
        stopped=cancel.cancelled,
    )


def _compared(
    asked: Asked, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Leave a question that compares values ("over 100 EUR") to the tables: words cannot tell."""
    scored = plan_for(asked, resources)
    if scored is None or not any(f.relation in _COMPARES for f in scored.plan.filters):
        return None
    return (yield from answer_table(asked, choice, resources, cancel))


def _what(want: Wanted) -> str:
    words = wording_of(want.language)
    return want.noun or (words.steps if want.form == "steps" else words.things)


def _in_force(question: str, fits: list[Fit]) -> list[Fit]:
    """Leave out what stands in a version of a document that another took the place of."""
    kept = without_former(question, [fit.group.document for fit in fits])
    rows = {document.id for document in kept}
    return [fit for fit in fits if fit.group.document.id in rows]


def _besides(items: list[Item], near: list[Fit]) -> list[Item]:
    known = {item.key for item in items}
    found = merged([item for fit in near for item in items_of(fit)])
    return [item for item in found if item.key not in known]

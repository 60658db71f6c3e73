"""A list as an answer: how many, what was looked at, the items with their places, a table."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answering.asked import Asked
from engine.answering.composed import Source, Statement, composed, numbered
from engine.answering.listing.items import Item
from engine.answering.listing.scan import Scope
from engine.languages import ListWording, profile_of
from engine.records import Answer, AnswerRow, AnswerTable, AttentionChoice

MAX_SHOWN = 50
"""Items in the text; the rest stand in the table."""

MAX_ROWS = 500
MAX_POSSIBLE = 10
_SOURCES_EACH = 3


def wording_of(language: str) -> ListWording:
    """Return the words for answers to a question."""
    return profile_of(language).lists.wording


def listed(
    asked: Asked,
    choice: AttentionChoice,
    scope: Scope,
    what: str,
    items: Sequence[Item],
    possible: Sequence[Item] = (),
    *,
    counts: bool = False,
    ordered: bool = False,
    stated: Source | None = None,
    stopped: bool = False,
) -> Answer:
    """Return the answer.

    Args:
        asked: The question.
        choice: Attention that was asked for; none runs.
        scope: What was looked at.
        what: What the items are, in the question's words.
        items: Those that surely belong to it.
        possible: Those that may.
        counts: Whether their number is what was asked for.
        ordered: Whether their order matters.
        stated: Where a document says the number itself.
        stopped: Whether the user pressed stop.
    """
    words = wording_of(asked.language)
    scanned = scope.scanned()
    possible = possible[:MAX_POSSIBLE]
    first = words.counted if counts else words.found
    what = what if counts else what[:1].upper() + what[1:]
    looked = words.looked_at if scanned.exhaustive or scope.complete else words.partly
    lines = [
        Statement(first.format(n=len(items), what=what) if items else words.nothing),
        Statement(looked.format(files=scanned.n_files, passages=scanned.n_passages), before=" "),
    ]
    lines += [Statement(said, before=" ") for said in _limits(asked, scope, words)]
    if stated is not None:
        quote = " ".join(stated.quote.split())
        lines.append(Statement(words.stated.format(quote=quote), (stated,), before="\n\n"))
    for number, item in enumerate(items[:MAX_SHOWN], start=1):
        mark = f"{number}. " if ordered else "- "
        before = f"\n\n{mark}" if number == 1 else f"\n{mark}"
        lines.append(Statement(item.text, item.sources[:_SOURCES_EACH], before=before))
    if len(items) > MAX_SHOWN:
        lines.append(Statement(words.rest.format(n=len(items) - MAX_SHOWN), before="\n\n"))
    for number, item in enumerate(possible):
        head = f"\n\n{words.possible}\n\n- " if not number else "\n- "
        lines.append(Statement(item.text, item.sources[:1], before=head))
    kept = items[:MAX_ROWS]
    uncited = tuple(item.sources[0] for item in kept[MAX_SHOWN:])
    numbers = numbered(lines, uncited)
    rows = [_row(item, numbers) for item in kept] + [
        _row(i, numbers, possible=True) for i in possible
    ]
    return composed(
        asked,
        choice,
        lines,
        scanned=scanned,
        table=AnswerTable(words.columns, tuple(rows)) if rows else None,
        stopped=stopped,
        uncited=uncited,
    )


def _limits(asked: Asked, scope: Scope, words: ListWording) -> list[str]:
    """Return what could not be looked at, or not in every way."""
    n_unread = asked.request.coverage.n_files_unreadable
    said = [words.unread.format(n=n_unread)] if n_unread else []
    return said + ([words.pending.format(n=scope.n_pending)] if scope.n_pending else [])


def _row(item: Item, numbers: dict[int, int], *, possible: bool = False) -> AnswerRow:
    passage = item.sources[0].passage
    cells = (item.text, passage.document.name, str(passage.location))
    return AnswerRow(cells, numbers[passage.id], possible)

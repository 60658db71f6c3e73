"""A collection in a few lines: what each document is about, by folder."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from engine.answering.composed import Statement
from engine.answering.summary.central import by_words
from engine.answering.summary.extract import best_lines, cut
from engine.answering.summary.outline import Outline, outline, spread
from engine.answering.summary.workbook import is_workbook, sheets_of
from engine.cancel import CancelToken
from engine.events import AnswerProgressed
from engine.languages import LanguageProfile
from engine.records import DocumentRef

if TYPE_CHECKING:
    from engine.catalogue import Catalogue

MOST_DOCUMENTS = 60
"""Of a larger collection so many are told, spread evenly: nobody reads more."""

FIRST_PASSAGES = 12
"""Of each document: what it is about is said at its beginning."""

SECOND_LINE = 160
"""A first sentence shorter than this has room for another one beside it."""


def of_collection(
    documents: Sequence[DocumentRef],
    catalogue: Catalogue,
    profile: LanguageProfile,
    cancel: CancelToken,
) -> Generator[AnswerProgressed, None, tuple[list[Statement], int, int]]:
    """Tell what each document is about.

    Yields:
        Progress by document.

    Returns:
        Statements, documents told and passages read (the generator's value); fewer after a stop.
    """
    by_row = {each.id: each for each in documents}
    some = [by_row[row] for row in spread([each.id for each in documents], MOST_DOCUMENTS)]
    words = profile.summary_wording
    made = [Statement(f"**{words.collection.format(files=len(documents))}**")]
    if len(some) < len(documents):
        told = words.sampled.format(read=len(some), files=len(documents))
        made.append(Statement(told, before="\n"))
    folder, n_told, n_read = "", 0, 0
    for document in some:
        if cancel.cancelled:
            break
        above = str(PurePath(document.path.replace("\\", "/")).parent.name)
        if above != folder:
            made.append(Statement(f"**{above}**", before="\n\n"))
            folder = above
        read = outline(catalogue, document, FIRST_PASSAGES)
        made.append(_told(read))
        n_told, n_read = n_told + 1, n_read + read.n_read
        yield AnswerProgressed("scan", n_told, len(some))
    return made, n_told, n_read


def _told(read: Outline) -> Statement:
    """Return one line about a document: its name, and a sentence or two of it."""
    name = read.document.name
    if is_workbook(read):
        sheets = sheets_of(read)
        text = "; ".join(sheet.title or sheet.name for sheet in sheets[:6])
        return Statement(f"- **{name}**: {cut(text)}", tuple(sheet.first for sheet in sheets[:3]))
    worth = by_words(read)
    for line in read.lines[:4]:
        worth[line.at] += 0.6 * (not line.row)
    chosen = best_lines(read, worth, 2)
    if len(chosen) > 1 and len(chosen[0].text) > SECOND_LINE:
        chosen = chosen[:1]
    if not chosen:
        return Statement(f"- **{name}**")
    text = " ".join(cut(line.text) for line in chosen)
    return Statement(f"- **{name}**: {text}", tuple(line.source for line in chosen))

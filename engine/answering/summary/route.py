"""Answers a question for a summary: of a document, of a collection, or of what was decided."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from engine.answering.asked import Asked
from engine.answering.capable import capable_model, writes
from engine.answering.composed import Statement, composed, numbered
from engine.answering.gathering import Resources
from engine.answering.summary.asked_for import Wanted, document_kinds, wanted, without_kinds
from engine.answering.summary.central import by_meaning, by_words
from engine.answering.summary.collection import of_collection
from engine.answering.summary.decisions import Item, items_of, table_of, told
from engine.answering.summary.extract import best_lines, length_of, statements_of
from engine.answering.summary.opening import Opening, opening
from engine.answering.summary.outline import Outline, outline
from engine.answering.summary.which import Meant, admitted, last_cited, meant
from engine.answering.summary.workbook import describe, is_workbook
from engine.cancel import CancelToken
from engine.catalogue.name_text import names_of
from engine.errors import NothingFits
from engine.events import AnswerEvent, AnswerProgressed, TokensGenerated
from engine.languages import LanguageProfile, profile_of
from engine.records import Answer, AttentionChoice, DocumentRef, Notice, Scanned
from engine.retrieval.query import parse_query
from engine.retrieval.terms import held_tokens, query_terms
from engine.text import language_of

MOST_MINUTES = 12
"""Documents whose decisions are told together where none is named."""


def summarise(
    asked: Asked, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Answer with a summary.

    Yields:
        ``AnswerProgressed``; where a capable model writes an opening its ``PromptPrefilled`` and
        ``TokensGenerated``, too. After a stop what is done is the answer.

    Raises:
        EmptyQuestion, FilterUnreadable, NothingFits: Input.
        ModelMissing: The embedding model is not installed.
        AdapterMissing, AdapterMismatch, AdapterDamaged, AttentionUnsupported: The attention
            that was asked for cannot run.
    """
    query = parse_query(asked.query)
    documents = admitted(resources, asked.request.collection_id, query)
    if not documents:
        if query.filters:
            raise NothingFits(filters=" ".join(query.filters))
        return None
    want = wanted(query.text)
    profile = profile_of(asked.language)
    spoken_of = None if want.topic else last_cited(asked.request.history, documents)
    if spoken_of is not None and not want.everything:
        documents = [spoken_of]  # "summarise it"
    if want.decisions or want.tasks:
        some = _minutes(want, documents)
        if some:
            return (yield from _of_minutes(asked, choice, want, some, resources, cancel))
    asks_all = want.everything or not want.topic
    if len(documents) > 1 and asks_all and not (want.decisions or want.tasks):
        about = _about(want.topic, documents)
        return (yield from _collection(asked, choice, about, profile, resources, cancel))
    found = meant(want.topic, query.text, documents, resources, asked.request.collection_id)
    if found.document is None:
        return composed(asked, choice, [_nothing(found, profile)])
    read = outline(resources.catalogue, found.document)
    if want.decisions or want.tasks:
        items = items_of(outline(resources.catalogue, found.document, joined=False))
        beside = _beside(found, profile)
        if items:
            return _decisions(asked, choice, want, [(read, items)], profile, beside)
    return (yield from _document(asked, choice, want, found, read, resources, cancel))


def _document(
    asked: Asked,
    choice: AttentionChoice,
    want: Wanted,
    found: Meant,
    read: Outline,
    resources: Resources,
    cancel: CancelToken,
) -> Generator[AnswerEvent, None, Answer]:
    """Sum up one document; its sentences first, then an opening if somebody can write it."""
    profile = profile_of(asked.language)
    words = profile.summary_wording
    name = _called(read.document)
    head = [Statement(f"**{words.title.format(name=name)}**"), *_beside(found, profile)]
    if want.decisions or want.tasks:
        head.append(Statement(words.undecided.format(name=name)))
    scanned = Scanned(1, read.n_read, exhaustive=read.n_read == read.n_passages)
    if not scanned.exhaustive:
        said = words.parts.format(read=read.n_read, all=read.n_passages)
        head.append(Statement(said))
    if not read.lines:
        head.append(Statement(words.empty.format(name=name)))
        return composed(asked, choice, head, scanned=scanned)
    if is_workbook(read):
        body = describe(read, profile)
        return composed(asked, choice, [*head, *body], scanned=scanned, stopped=cancel.cancelled)
    spoken = language_of(" ".join(line.text for line in read.lines[:20]))
    if spoken != asked.language:
        known = words.languages.get(spoken, spoken)
        head.append(Statement(words.foreign.format(language=known)))
    worth = yield from by_meaning(read.lines, by_words(read), resources.embedder, cancel)
    chosen = best_lines(read, worth, length_of(read))
    body = statements_of(read, chosen)
    written = Opening()
    notices: tuple[Notice, ...] = ()
    file = capable_model(resources)
    if file is not None and not cancel.cancelled:
        if writes(file, asked.language):
            # The sentences are there to be read while the model writes.
            yield TokensGenerated(f"{composed(asked, choice, [*head, *body]).text}\n\n")
            yield AnswerProgressed("write", 0, 1)
            seed = asked.request.seed
            written = yield from opening(read, chosen, profile, resources, choice, seed, cancel)
        else:
            notices = (Notice("language-not-written", {"model": file.name}),)
    made = composed(
        asked,
        choice,
        [*head, *written.statements, *body],
        scanned=scanned,
        notices=(*notices, *written.notices),
        stopped=cancel.cancelled,
    )
    return _signed(made, written)


def _signed(answer: Answer, written: Opening) -> Answer:
    """Return an answer that says which model wrote its opening."""
    ran, result = written.generation, written.generation.result
    if not ran.model or result is None:
        return answer
    stats = replace(
        answer.stats,
        prompt_tokens=result.n_prompt,
        completion_tokens=len(result.tokens),
        prefill_tokens_per_second=result.prefill_tokens_per_second,
        decode_tokens_per_second=result.decode_tokens_per_second,
    )
    return replace(
        answer,
        model=ran.model,
        attention=ran.attention or answer.attention,
        left_out=written.left_out,
        stats=stats,
    )


def _collection(
    asked: Asked,
    choice: AttentionChoice,
    documents: Sequence[DocumentRef],
    profile: LanguageProfile,
    resources: Resources,
    cancel: CancelToken,
) -> Generator[AnswerEvent, None, Answer]:
    made, n_told, n_read = yield from of_collection(documents, resources.catalogue, profile, cancel)
    scanned = Scanned(n_told, n_read, exhaustive=n_told == len(documents))
    return composed(asked, choice, made, scanned=scanned, stopped=cancel.cancelled)


def _about(topic: str, documents: Sequence[DocumentRef]) -> Sequence[DocumentRef]:
    """Return the documents whose folders, names or kinds a question for all of them names."""
    if not topic:
        return documents
    terms, kinds = query_terms(topic), document_kinds(topic)
    some = [
        each
        for each in documents
        if held_tokens(terms, names_of(each.path, each.title))
        or kinds & document_kinds(names_of(each.path, each.title))
    ]
    return some or documents


def _minutes(want: Wanted, documents: Sequence[DocumentRef]) -> list[DocumentRef]:
    """Return the minutes and mails of a question for decisions that names no document."""
    kinds = document_kinds(want.topic)
    if without_kinds(want.topic) and not want.everything:
        return []
    if kinds:
        return [
            each for each in documents if kinds & document_kinds(names_of(each.path, each.title))
        ][:MOST_MINUTES]
    some = [
        each
        for each in documents
        if each.media_type == "message/rfc822"
        or "minutes" in document_kinds(names_of(each.path, each.title))
    ]
    return sorted(some, key=lambda each: each.name, reverse=True)[:MOST_MINUTES]


def _of_minutes(
    asked: Asked,
    choice: AttentionChoice,
    want: Wanted,
    documents: Sequence[DocumentRef],
    resources: Resources,
    cancel: CancelToken,
) -> Generator[AnswerEvent, None, Answer]:
    """Tell what was decided in all minutes and mails there are."""
    found: list[tuple[Outline, list[Item]]] = []
    for n, each in enumerate(documents, start=1):
        if cancel.cancelled:
            break
        read = outline(resources.catalogue, each, joined=False)
        found.append((read, items_of(read)))
        yield AnswerProgressed("scan", n, len(documents))
    made = _decisions(asked, choice, want, found, profile_of(asked.language), [])
    return replace(made, stopped=cancel.cancelled)


def _decisions(
    asked: Asked,
    choice: AttentionChoice,
    want: Wanted,
    found: Sequence[tuple[Outline, list[Item]]],
    profile: LanguageProfile,
    beside: list[Statement],
) -> Answer:
    words = profile.summary_wording
    made: list[Statement] = []
    listed: list[Item] = []
    for read, items in found:
        name = _called(read.document)
        lines, some = told(items, profile, decisions=want.decisions, tasks=want.tasks)
        if not lines:  # only what was not asked for: better than nothing
            lines, some = told(items, profile, decisions=True, tasks=True)
        if not lines and len(found) > 1:
            continue
        made.append(Statement(f"**{name}**", before="\n\n"))
        made += beside or []
        made += lines or [Statement(words.undecided.format(name=name))]
        listed += some
    scanned = Scanned(
        len(found),
        sum(read.n_read for read, _ in found),
        exhaustive=all(read.n_read == read.n_passages for read, _ in found),
    )
    table = table_of(listed, numbered(made), profile) if listed else None
    return composed(asked, choice, made, scanned=scanned, table=table)


def _nothing(found: Meant, profile: LanguageProfile) -> Statement:
    between = profile.wording.separator
    nearest = between.join(each.name for each in found.others) or profile.wording.nowhere
    return Statement(profile.summary_wording.nothing.format(nearest=nearest))


def _beside(found: Meant, profile: LanguageProfile) -> list[Statement]:
    """Return what is said of other documents that may have been meant."""
    words, between = profile.summary_wording, profile.wording.separator
    made = []
    if found.older:
        names = between.join(each.name for each in found.older)
        made.append(Statement(words.older.format(names=names)))
    if found.others:
        names = between.join(each.name for each in found.others)
        made.append(Statement(words.others.format(names=names)))
    return made


def _called(document: DocumentRef) -> str:
    """Return a document's title with its file's name, unless that is the same."""
    if document.title and not document.title.endswith(document.name):
        return f"{document.title} ({document.name})"
    return document.name

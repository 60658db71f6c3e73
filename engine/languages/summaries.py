"""What a language profile holds for summaries and translations.

Patterns are searched in comparable form unless it says "printed".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SummaryWording:
    """What a summary says in a language besides what it quotes.

    Attributes:
        title: Above a summary, with ``{name}``.
        older: Names a version that another one took the place of, with ``{names}``.
        others: Names documents that may have been meant as well, with ``{names}``.
        foreign: Says that the document is in another language, with ``{language}``.
        languages: Names of languages, by ISO 639-1.
        collection: Above a summary of many documents, with ``{files}``.
        sampled: Says that only some of them, with ``{read}`` and ``{files}``, are there.
        parts: Says that only some parts of a long document were read, with ``{read}``, ``{all}``.
        nothing: No document fits, with ``{nearest}``.
        empty: The document holds nothing to sum up.
        sheet: A sheet with ``{sheet}``, ``{rows}`` and ``{columns}``.
        decided: Above decisions.
        tasks: Above tasks.
        undecided: A document holds neither, with ``{name}``.
        columns: Who, what, by when: the columns of tasks.
        system: What a model is told that writes an opening.
        request: What it is asked, with ``{name}`` and ``{sentences}``.
    """

    title: str
    older: str
    others: str
    foreign: str
    languages: Mapping[str, str]
    collection: str
    sampled: str
    parts: str
    nothing: str
    empty: str
    sheet: str
    decided: str
    tasks: str
    undecided: str
    columns: tuple[str, str, str]
    system: str
    request: str


@dataclass(frozen=True)
class SummaryRules:
    """What a summary is asked with and looks for. Where it says so, in text as printed.

    Attributes:
        asks: Words of a question that ask for a summary and name no document.
        edge: Words of grammar that are left at the ends of what names a document.
        everything: In a question: all documents are meant.
        asks_decisions: In a question: what was decided.
        asks_tasks: In a question: who has to do what.
        document_kinds: A kind of document, by its name: in a question and in names.
        weighty: A sentence that says what somebody must or may do, or what holds.
        key_facts: What a reader wants to know of a document of any kind, one pattern a kind.
        said_often: A sentence that every document of its kind has, and nobody needs.
        greeting: Begins or ends a mail, and says nothing (printed).
        mail_field: Name of a line at the head of a mail (printed).
        numbered: Beginning of a heading with its number (printed).
        signature: Begins the end of a mail (a line as printed).
        quoted: Begins what a mail quotes of another one (a line as printed).
        decided: A sentence that says what was decided (printed).
        says_decided: Such a one whose paragraph goes on with what was decided (printed).
        task: A sentence that gives somebody something to do, with groups ``who``, ``what`` and
            ``when`` as far as it has them (printed); ``name`` instead of ``who`` where that may
            be anything, and is somebody only if he was present.
        present: A line that names those who were present.
        due: By when something is to be done, with group ``when`` (printed).
        owner: A cell's name above who has to do something; so the next two.
        work: What is to be done.
        deadline: By when.
    """

    asks: str = ""
    edge: str = ""
    everything: str = ""
    asks_decisions: str = ""
    asks_tasks: str = ""
    document_kinds: Mapping[str, str] = field(default_factory=dict)
    weighty: str = ""
    key_facts: tuple[str, ...] = ()
    said_often: str = ""
    greeting: str = ""
    mail_field: str = ""
    numbered: str = ""
    signature: str = ""
    quoted: str = ""
    decided: str = ""
    says_decided: str = ""
    task: tuple[str, ...] = ()
    present: str = ""
    due: str = ""
    owner: str = ""
    work: str = ""
    deadline: str = ""


@dataclass(frozen=True)
class TranslationRules:
    """How a translation is asked for, and what is said of it.

    Attributes:
        asks: Words of a question that ask for a translation and name no passage.
        targets: A language that is translated into, by ISO 639-1.
        last: The last answer or passage is meant.
        place: A numbered part of a document, with group ``number``.
        page: A page, with group ``number``.
        heads: How such a part begins, with ``{number}`` (printed).
        system: What a model is told, with ``{language}``.
        request: What it is asked, with ``{language}`` and ``{text}``.
        title: Above a translation, with ``{name}``.
        cut: Only the beginning was translated.
        nothing: No passage fits, with ``{nearest}``.
        nothing_said: The conversation has no answer that could be translated.
        refused: Nothing here writes the language: with ``{language}``.
        changed: A paragraph lacks figures of its source, with ``{figures}``.
    """

    asks: str
    targets: Mapping[str, str]
    last: str
    place: str
    page: str
    heads: str
    system: str
    request: str
    title: str
    cut: str
    nothing: str
    nothing_said: str
    refused: str
    changed: str

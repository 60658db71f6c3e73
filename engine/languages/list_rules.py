"""What a language profile holds for questions for lists, numbers of things and documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ListWording:
    """What an answer of this kind says; ``{...}`` are filled in.

    Attributes:
        found: First line of a list, with ``{n}`` and ``{what}``.
        counted: First line of a count, with the same.
        looked_at: Behind it: ``{files}`` and ``{passages}`` that were looked at.
        partly: Instead, where not all that is there could be looked at.
        unread: How many files could not be read, with ``{n}``.
        pending: How many passages cannot be compared by meaning yet, with the same.
        possible: Above the possible ones.
        rest: Below a long list: ``{n}`` more stand in the table.
        stated: What a document says the number is, with ``{quote}``.
        nothing: Nothing was found, with ``{what}``.
        documents: What documents are called in the first line.
        steps: What steps are called there.
        things: What things without a name of their own are called there.
        columns: Names of the table's columns: item, document, place.
    """

    found: str = ""
    counted: str = ""
    looked_at: str = ""
    partly: str = ""
    unread: str = ""
    pending: str = ""
    possible: str = ""
    rest: str = ""
    stated: str = ""
    nothing: str = ""
    documents: str = ""
    steps: str = ""
    things: str = ""
    columns: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class ListRules:
    """How a list is asked for, and by what documents show that they hold one.

    Patterns are searched in any case, in text in NFKC as printed.

    Attributes:
        lead: Beginning of a question that says no more than that a list is wanted.
        tail: The same at its end.
        counts: The question wants a number.
        kinds: In front of (or behind) the noun: "kinds of", 「の種類」.
        asked_noun: The noun as group ``noun`` behind the word that asks for it, wherever it stands,
            with the rest as group ``topic``.
        noun: The noun, as group ``noun``, in what is left of the question; the rest is its topic.
        anything: A noun (whole) that says nothing: "things"; what is wanted stands below a heading
            that says the topic.
        general: A noun (whole) that documents often leave unsaid: "conditions", "principles".
        compares: A condition that compares values ("over 100 EUR"), which words cannot tell.
        persons: In a question: persons are wanted without a noun for them ("who ...").
        steps: In a question: steps are wanted; group ``topic`` is of what.
        documents: The noun (whole) stands for documents of any kind.
        mentions: Between that noun and what the documents hold.
        genres: Kinds of documents, by what they are called in questions and in their names.
        weak: Such a noun (whole) that stands for other things as often: only what they mention asks
            for documents by it.
        yes: A cell (whole) that says that what its column names is so; ``no`` the opposite.
        classes: Names of the same class of things, by a name of ours that all languages share.
        values: Kinds of values (``phone``, ``email``, ``date``, ``percent``, ``money``), by the
            noun that asks for them.
        empty: Words of a topic that say nothing: verbs of having and being.
        separators: Between the members of an enumeration.
        last: The last of these, which tells that it ends.
        intro: What stands in front of the first member, up to here.
        outro: What stands behind the last one.
        bounds: Between members of which one alone stands in what a pattern found.
        asks: End of a sentence that asks.
        subject: What an enumeration without an introduction is about, as group 1 of nothing else.
        graded: A column and the single letter that is its value, as groups.
        particles: Characters that are cut off from a topic.
        forms: What a value of a kind looks like, by the names of ``values``.
        periods: A length of time within which something has to be done.
        due: Says of a date or a period that something has to be done by then.
        wording: See :class:`ListWording`.
    """

    lead: str = ""
    tail: str = ""
    counts: str = ""
    kinds: str = ""
    asked_noun: str = ""
    noun: str = ""
    anything: str = ""
    general: str = ""
    compares: str = ""
    persons: str = ""
    steps: str = ""
    documents: str = ""
    mentions: str = ""
    genres: Mapping[str, str] = field(default_factory=dict)
    weak: str = ""
    yes: str = ""
    no: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""
    separators: str = ""
    last: str = ""
    intro: str = ""
    outro: str = ""
    bounds: str = ""
    asks: str = ""
    subject: str = ""
    graded: str = ""
    particles: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    periods: str = ""
    due: str = ""
    wording: ListWording = field(default_factory=ListWording)

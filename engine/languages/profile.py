"""What a language profile holds. Patterns are regular expressions; an empty one matches nothing.

Unless it says otherwise a pattern is searched in text in comparable form (NFKC, lower case,
see :func:`engine.text.normalise`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from engine.languages.list_rules import ListRules
from engine.languages.summaries import SummaryRules, SummaryWording, TranslationRules
from engine.languages.tabular import TabularRules

NOTHING = r"(?!)"
"""Matches nowhere."""


def any_of(patterns: Iterable[str]) -> str:
    """Return the pattern that matches where any of some does; nowhere if all are empty."""
    return "|".join(pattern for pattern in patterns if pattern) or NOTHING


@dataclass(frozen=True)
class TokenRules:
    """Which tokens say something.

    Attributes:
        stop_words: Words without a topic of their own.
        grammar: Whole tokens that carry grammar only.
        particle: Inside a pair of characters: the pair is half grammar.
        suffixes: Endings that are cut off to compare words, in the order they are tried.
        compounds: A word with its hyphen (lower case) that keeps it when a line ends there.
        hanging_hyphen: Word behind a hyphen that stands for what follows: "two- and threefold".
        variants: The usual form of characters that are written in several ways.
        folds: Patterns of spellings, and what each is searched as.
        numerals: Numbers in another script than digits, which are searched as digits too
            (read by :attr:`FactRules.numeral_value`).
        era_years: Years counted from the beginning of an era, with groups ``era`` and ``year``.
        eras: The year before the first one of an era, by every name in ``era_years``.
        first_year: How the first year of an era is written, if not by its number.
        function_words: Words of a script that needs no spaces which carry grammar only; what
            is left of a run of that script is a word with a topic.
        no_ending: Beginning of what is never the ending of a word whose stem is in another script.
        deciding: Stop words that mean something where they stand, in a question as printed.
        lettered: A word with the single letter that tells its kind: "Plan A" (any case).
    """

    stop_words: frozenset[str] = frozenset()
    grammar: str = ""
    particle: str = ""
    suffixes: tuple[str, ...] = ()
    compounds: str = ""
    hanging_hyphen: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    folds: tuple[tuple[str, str], ...] = ()
    numerals: str = ""
    era_years: str = ""
    eras: Mapping[str, int] = field(default_factory=dict)
    first_year: str = ""
    function_words: str = ""
    no_ending: str = ""
    deciding: str = ""
    lettered: str = ""


@dataclass(frozen=True)
class SentenceRules:
    """Where sentences end, in text as printed.

    Attributes:
        stops: Marks that end a sentence.
        end: Such a mark with what closes behind it.
        abbreviations: Text up to a full stop that does not end a sentence (any case).
        brackets: Opening and closing marks within which a sentence does not end.
        goes_on: Behind an end: the sentence goes on all the same.
        numbered_heading: Beginning of a heading that carries a number.
    """

    stops: str
    end: str
    abbreviations: str = ""
    brackets: tuple[str, str] = ("", "")
    goes_on: str = ""
    numbered_heading: str = ""


@dataclass(frozen=True)
class FactRules:
    """What a sentence commits itself to.

    Attributes:
        units: Spellings by canonical unit.
        number_words: Value by word; tens and ones may be joined by a hyphen.
        hyphen_words: Words that are numbers behind such a hyphen only.
        ordinals: Place by word: third.
        scales: What a word behind a number multiplies it by: million.
        months: Number by the first three letters of a month's name.
        dates: Written dates, with groups ``year``, ``month``, ``day`` and ``era`` (a date may
            lack some; a month is a number or a name); numbers are in digits.
        eras: The year before the first one of an era.
        times: Times of day, with groups ``hour``, ``minute`` and ``pm``.
        afternoon: What ``pm`` may be for hours after noon.
        later_day: Behind a date: another day of its month, with group ``day``.
        between: Between two numbers that make a range.
        range_start: Right behind (or before) a date that something begins with.
        range_end: The same of the date that it ends with.
        counters: Words behind a number that count things and measure nothing.
        numerals: Numbers in another script than digits, in front of a unit.
        numeral_value: Reads such a number.
        calendar: Months and weekdays, as printed; three letters tell them apart.
        names: Names that no capital shows, as printed.
        numbering: Number and title of a paragraph in front of its first sentence.
        negation: Each occurrence turns a clause round.
        double_negation: Two negations that make an order.
        limit: A negation that is a limit ("not more than").
        denied_before: At the end of what stands before a claim: it is denied.
        denial_behind: Characters behind a claim in which a denial may stand.
        passive: Stands in a passive sentence, which names its parties the other way round.
        clause_end: Between the parts of a sentence that a negation reaches.
        conjunction: Between two statements, or between two words of one.
        topic: Beginning of such a part that says what it is about.
        hedges: Beginning of a sentence that leaves what it says as it is: "No, ...".
        superseded: A value that another took the place of, as group ``old`` or ``old2``.
        asks_start: Asks for the date that something begins with.
        asks_end: Asks for the date that it ends with.
        current: Says of a value that it holds now, which is nothing to look up.
        former: Asks for or speaks of such a value.
        joints: Between the parts of a sentence that state something each, as printed.
        opposites: Pairs of patterns that exclude each other.
    """

    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    number_words: Mapping[str, int] = field(default_factory=dict)
    hyphen_words: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    eras: Mapping[str, int] = field(default_factory=dict)
    times: tuple[str, ...] = ()
    afternoon: tuple[str, ...] = ()
    later_day: str = ""
    between: str = ""
    range_start: tuple[str, str] = ("", "")
    range_end: tuple[str, str] = ("", "")
    counters: str = ""
    numerals: str = ""
    numeral_value: Callable[[str], int] | None = None
    calendar: str = ""
    names: str = ""
    numbering: str = ""
    negation: str = ""
    double_negation: str = ""
    limit: str = ""
    denied_before: str = ""
    denial_behind: int = 0
    passive: str = ""
    clause_end: str = ""
    conjunction: str = ""
    topic: str = ""
    hedges: str = ""
    superseded: str = ""
    asks_start: str = ""
    asks_end: str = ""
    current: str = ""
    former: str = ""
    joints: str = ""
    opposites: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TableRules:
    """What cells of a table say of their place in it; each pattern must match a cell whole.

    Cells are in comparable form, without a colon at their end and what stands in brackets there.

    Attributes:
        names: What values are called: "date of delivery", "unit price".
        general: Names that say nothing of their own and stand above names: "item", "value".
        periods: Months, weekdays, quarters, financial years.
        answers: What is filled in and names nothing: "yes", "n/a".
        totals: Begins a row that adds up those above it, or one beside it: taxes, discounts.
        notes: Beginning of a remark on a table; need not match whole.
    """

    names: str = ""
    general: str = ""
    periods: str = ""
    answers: str = ""
    totals: str = ""
    notes: str = ""


@dataclass(frozen=True)
class InstructionRules:
    """How a text speaks to the program instead of to its reader, in comparable form.

    Attributes:
        orders: What only a text says that wants to steer an answer.
        points_back: Such an order about what stands before it.
        readers: Programs that may be spoken to or of; a question with such a word is about them.
        addresses: Such a reader is told something.
    """

    orders: str = ""
    points_back: str = ""
    readers: str = ""
    addresses: str = ""


@dataclass(frozen=True)
class Asked:
    """One kind of answer.

    Attributes:
        asked: In a question (lower case): this kind is wanted.
        held: In a sentence as printed: this kind stands in it.
    """

    asked: str = ""
    held: str = ""


@dataclass(frozen=True)
class QuoteRules:
    """What tells the sentence that answers from those around it, in comparable form.

    Attributes:
        asks_date: In a question: a day is asked for, whatever else stands there.
        asks_person: The same of somebody's name.
        no_date: As printed: words that begin like a month and are none.
        asks_period: In a question: a length of time may answer.
        period: In a sentence: a length of time.
        counted: In a question: what is counted, as group ``what``.
        money_label: A figure beside this is an amount of money.
        mail_head: Whole label of a line in the head of a mail.
        asks_mail: In a question: the head of a mail may answer.
        leans_back: Beginning of a sentence that leaves what it is about to the one before it.
    """

    asks_date: str = ""
    asks_person: str = ""
    no_date: str = ""
    asks_period: str = ""
    period: str = ""
    counted: str = ""
    money_label: str = ""
    mail_head: str = ""
    asks_mail: str = ""
    leans_back: str = ""


@dataclass(frozen=True)
class FollowUpRules:
    """Does a question lean on what was said before?

    Attributes:
        leans: From the question as typed and its number of content tokens.
        points_back: Whether it holds a pronoun or the like that stands for something said.
        complete: From such a question and the one before it: a question that stands alone; empty
            if that cannot be told.
    """

    leans: Callable[[str, int], bool]
    points_back: Callable[[str], bool]
    complete: Callable[[str, str], str] = lambda _question, _before: ""


@dataclass(frozen=True)
class SalientRules:
    """What a passage can be asked for, as printed.

    Attributes:
        dates: Written-out dates.
        amounts: Numbers with their unit.
        names: Words that name something.
    """

    dates: str = ""
    amounts: str = ""
    names: str = ""


@dataclass(frozen=True)
class SmallTalk:
    """What is said to the program itself, and what it says to that.

    The patterns must match whole: "hello" is a greeting, "hello in the log means what?" is not.

    Attributes:
        greeting: A greeting; it may also stand before anything else.
        thanks: Thanks, or a farewell.
        about: A question about the program.
        hello: Answer to a greeting.
        welcome: Answer to thanks.
        introduction: Answer to a question about the program.
    """

    greeting: str = ""
    thanks: str = ""
    about: str = ""
    hello: str = ""
    welcome: str = ""
    introduction: str = ""


@dataclass(frozen=True)
class PromptWording:
    """What a model is sent: paragraphs in this order, one without content left out.

    What stands before the passages is the same for every question, so that a model has read
    it, and passages that come again, already.

    Attributes:
        system: What it is told it is.
        passages: With ``{passages}``.
        history: With ``{history}``, earlier questions and answers; empty where they would confuse.
        extracts: With ``{extracts}``, the best sentences.
        question: With ``{question}``.
    """

    system: str
    passages: str
    extracts: str
    question: str
    history: str = ""


@dataclass(frozen=True)
class Wording:
    """What the program writes in a language.

    Attributes:
        refusal: What a question without an answer gets, with ``{searched}`` and ``{nearest}``.
        searched: What was searched, with ``{files}`` and ``{passages}``.
        unreadable: What was not, with ``{files}``; left out if there is none.
        separator: Between the places that it names.
        nowhere: In their stead, if there are none.
        quotation: Before and behind quoted words, with the space to what follows.
        brief: The prompt of a model that loses the thread of a longer one; the adapters that
            come with the program learnt from it.
        full: The prompt of any other model.
        prompt_echoes: Where a small model begins to write the next prompt.
        citation_words: Between a bracket and the number of a citation (any case).
        own_citation: A citation in words, as models write it (any case).
        lead_in: Said instead of beginning to answer (any case).
        found_nothing: A sentence by which a model says that it found no answer (any case).
        gap_question: Asks for what stood in a gap, with ``{gapped}``.
    """

    refusal: str
    searched: str
    unreadable: str
    separator: str
    nowhere: str
    quotation: tuple[str, str]
    brief: PromptWording
    full: PromptWording
    prompt_echoes: tuple[str, ...] = ()
    citation_words: str = ""
    own_citation: str = ""
    lead_in: str = ""
    found_nothing: str = ""
    gap_question: str = ""


@dataclass(frozen=True)
class VersionRules:
    """How versions of one document are told apart.

    Attributes:
        withdrawn: In a title: the document is no longer in force.
        edition: In a file's name or a title, and no part of what the document is about.
        asks_former: In a question: a version that is no longer in force is meant.
        draft: In a title: it is not in force yet.
        proposed: In a title: what is in force is to be changed to it.
        number: The number of an edition, as group ``number`` (a letter is one, too).
        periodic: In a title: a record of its time, which a later one does not replace.
        dated: Right before (first) or behind (second) the date from which a document holds.
        history: Heading of a list of what was changed.
        clause: The number of a clause, as printed (any case for ``page``).
        page: A line that is the number of a page.
    """

    withdrawn: str = ""
    edition: str = ""
    asks_former: str = ""
    draft: str = ""
    proposed: str = ""
    number: tuple[str, ...] = ()
    periodic: str = ""
    dated: tuple[str, str] = ("", "")
    history: str = ""
    clause: str = ""
    page: str = ""


@dataclass(frozen=True)
class ComparedWording:
    """What a comparison of two documents says, in the language of the question.

    Attributes:
        topic: Name of the first column.
        title: With ``{old}`` and ``{new}``.
        dated: A document with its date: ``{document}``, ``{date}``.
        heading: Before a difference, with ``{topic}``; left out where it has none.
        changed: With ``{old}``, ``{new}``.
        added: With ``{new}``, ``{document}``.
        removed: With ``{old}``, ``{document}``.
        reworded: How many clauses only have other words, with ``{n}``.
        same: How many are the same, with ``{n}``.
        none: Nothing differs, with ``{old}``, ``{new}``, ``{n}``.
        no_second: With ``{document}``; nothing to compare it with.
        nothing: Nothing at all to compare.
        nearest: With ``{documents}``.
        in_part: With ``{n}``: only so many clauses of each were compared.
        narrowed: With ``{n}``, ``{of}``: how many of the changes are about what was asked.
        further: With ``{n}``: differences that are not shown.
        across: The two are in two languages.
    """

    topic: str
    title: str
    dated: str
    heading: str
    changed: str
    added: str
    removed: str
    reworded: str
    same: str
    none: str
    no_second: str
    nothing: str
    nearest: str
    in_part: str
    narrowed: str
    further: str
    across: str


@dataclass(frozen=True)
class CompareRules:
    """How two things are put side by side in a question, and what does not tell them apart.

    Attributes:
        sides: Patterns with groups ``one`` and ``other``: what is compared with what.
        two: Two documents are meant that have one name.
        words: Words of comparing, which name nothing.
        versions: Says that two versions of one document are meant.
        alike: Words by what they are taken for: "must" and "shall" say the same.
        wording: See :class:`ComparedWording`.
    """

    wording: ComparedWording
    sides: tuple[str, ...] = ()
    two: str = ""
    words: str = ""
    versions: str = ""
    alike: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class QuestionRules:
    """What a question wants.

    Attributes:
        kinds: A kind (:data:`engine.records.QuestionKind`) with a pattern; the first that is found
            decides, so what contradicts itself has one meaning.
        narrows: Must match whole: says only where or when to look for what was asked before.
    """

    kinds: tuple[tuple[str, str], ...] = ()
    narrows: str = ""


@dataclass(frozen=True)
class LanguageProfile:
    """One language.

    Attributes:
        code: ISO 639-1.
        name: In the language itself.
        spaced: Whether its words stand between spaces.
        tokens: See :class:`TokenRules`; so on for the others.
        instructions: See :class:`InstructionRules`.
        kinds: Kinds of answers, see :mod:`engine.retrieval.answer_type`.
        tables: See :class:`TableRules`.
        questions: See :class:`QuestionRules`.
        tabular: See :class:`engine.languages.tabular.TabularRules`.
        compares: See :class:`CompareRules`.
        lists: See :class:`~engine.languages.list_rules.ListRules`.
        quotes: See :class:`QuoteRules`.
        filters: Words for the filters of :mod:`engine.retrieval.query`, by their English name.
        summaries: See :class:`SummaryRules`; its wording beside it.
        translations: See :class:`TranslationRules`.
    """

    code: str
    name: str
    spaced: bool
    tokens: TokenRules
    sentences: SentenceRules
    facts: FactRules
    instructions: InstructionRules
    kinds: Mapping[str, Asked]
    follow_up: FollowUpRules
    salient: SalientRules
    wording: Wording
    compares: CompareRules
    summary_wording: SummaryWording
    translations: TranslationRules
    summaries: SummaryRules = field(default_factory=SummaryRules)
    small_talk: SmallTalk = SmallTalk()
    versions: VersionRules = VersionRules()
    tables: TableRules = TableRules()
    questions: QuestionRules = QuestionRules()
    tabular: TabularRules = field(default_factory=TabularRules)
    lists: ListRules = field(default_factory=ListRules)
    quotes: QuoteRules = QuoteRules()
    filters: Mapping[str, str] = field(default_factory=dict)

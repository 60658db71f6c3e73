"""Translates a passage: the model writes, its figures are compared, and nothing of it is proof."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from engine.answering.asked import Asked
from engine.answering.asking import ask_model, generation_of
from engine.answering.capable import capable_model, writes
from engine.answering.composed import Source, Statement, composed
from engine.answering.gathering import Resources
from engine.answering.generate import Generation
from engine.answering.quality import is_degenerate
from engine.answering.summary.which import admitted, last_cited, meant
from engine.answering.translating.figures import lost_figures
from engine.answering.translating.passages import Chosen, of_answer, of_document
from engine.answering.translating.wanted import Wanted, wanted
from engine.cancel import CancelToken
from engine.errors import NothingFits, QuestionTooLong
from engine.events import AnswerEvent, AnswerProgressed, TokensGenerated
from engine.inference.chat_model import ChatModel, Generated
from engine.languages import PROFILES, LanguageProfile, profile_of
from engine.records import Answer, AttentionChoice, DocumentRef, Notice
from engine.retrieval.query import parse_query
from engine.text import language_of

_KNOWN = frozenset(profile.code for profile in PROFILES)
"""Languages that are told apart; whether a text is in another one nobody here can tell."""

MAX_TOKENS = 400
"""Of one paragraph's translation."""


def translate(
    asked: Asked, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Answer with a translation, paragraph by paragraph.

    Yields:
        ``AnswerProgressed`` by paragraph with what the model writes; a stop keeps what is done.

    Raises:
        EmptyQuestion, FilterUnreadable, NothingFits: Input.
        ModelMissing: The embedding model is not installed.
        AdapterMissing, AdapterMismatch, AdapterDamaged, AttentionUnsupported: The attention
            that was asked for cannot run.
        NoChatTemplate: The model cannot be asked.
    """
    profile = profile_of(asked.language)
    query = parse_query(asked.request.question)
    want = wanted(query.text)
    chosen = _chosen(asked, want, query.text, resources)
    if isinstance(chosen, str):
        return composed(asked, choice, [Statement(chosen)])
    target = want.target or _other(chosen, asked.language)
    file = capable_model(resources)
    if file is None or not writes(file, target):
        return composed(asked, choice, _untranslated(chosen, target, profile))
    return (yield from _written(asked, choice, chosen, target, resources, cancel))


def _chosen(asked: Asked, want: Wanted, question: str, resources: Resources) -> Chosen | str:
    """Return what is to be translated; or what to say instead."""
    profile = profile_of(asked.language)
    words = profile.translations
    history = asked.request.history
    if want.last or not (want.topic or want.place or want.page):
        found = of_answer(history[-1].answer, resources) if history else None
        return found if found is not None and found.paragraphs else words.nothing_said
    collection_id = asked.request.collection_id
    query = parse_query(asked.request.question)
    documents = admitted(resources, collection_id, query)
    if not documents:
        raise NothingFits(filters=" ".join(query.filters))
    found_document = None if want.topic else last_cited(history, documents)
    nearest: tuple[DocumentRef, ...] = ()
    if found_document is None:
        best = meant(want.topic or question, question, documents, resources, collection_id)
        found_document, nearest = best.document, best.others
    if found_document is not None:
        topic = want.topic or question
        chosen = of_document(found_document, want, topic, resources, collection_id)
        if chosen.paragraphs:
            return chosen
        nearest = (found_document,)
    between = profile.wording.separator
    names = between.join(each.name for each in nearest) or profile.wording.nowhere
    return words.nothing.format(nearest=names)


def _other(chosen: Chosen, asked: str) -> str:
    """Return the language to translate into where none is named.

    That of the question, unless the text is in it; then the first other one with a profile.
    """
    spoken = language_of(" ".join(source.quote for source in chosen.paragraphs))
    if spoken != asked:
        return asked
    return next((each.code for each in PROFILES if each.code != spoken), asked)


def _untranslated(chosen: Chosen, target: str, profile: LanguageProfile) -> list[Statement]:
    """Return the passage as it stands, with what to do to have it translated."""
    known = profile.summary_wording.languages.get(target, target)
    made = [Statement(profile.translations.refused.format(language=known))]
    made += [
        Statement(_flat(source.quote), (source,), before="\n\n") for source in chosen.paragraphs
    ]
    return made


def _written(
    asked: Asked,
    choice: AttentionChoice,
    chosen: Chosen,
    target: str,
    resources: Resources,
    cancel: CancelToken,
) -> Generator[AnswerEvent, None, Answer]:
    profile = profile_of(asked.language)
    words = profile.translations
    model = resources.chat_model()
    model.use_attention(choice)
    made = [Statement(f"**{words.title.format(name=chosen.name)}**")]
    written: set[str] = set()
    failed = False
    lost: list[str] = []
    generation = Generation()
    for n, source in enumerate(chosen.paragraphs):
        yield AnswerProgressed("write", n, len(chosen.paragraphs))
        if cancel.cancelled:
            break
        result = yield from _paragraph(asked, source, target, model, cancel)
        generation = generation_of(model, result)
        text = _flat(result.text) if result else ""
        if not text or is_degenerate(text, target if target in _KNOWN else language_of(text)):
            if not cancel.cancelled:  # better as it stands than not at all
                failed = True
                made.append(Statement(_flat(source.quote), (source,), before="\n\n"))
            continue
        written.add(text)
        made.append(Statement(text, (source,), before="\n\n"))
        # Where a stop cut a paragraph its figures are not there yet.
        figures = () if cancel.cancelled else lost_figures(source.quote, text)
        lost += figures
        if figures:
            made.append(Statement(f"*{words.changed.format(figures=', '.join(figures))}*"))
    if not chosen.whole:
        made.append(Statement(words.cut, before="\n\n"))
    notices = [Notice("own-translation", {"model": model.model.name})] if written else []
    if failed:
        notices.append(Notice("no-usable-text"))
    if lost:
        notices.append(Notice("figures-changed", {"figures": ", ".join(dict.fromkeys(lost))}))
    answer = composed(asked, choice, made, notices=tuple(notices), stopped=cancel.cancelled)
    return _unproved(answer, generation, written)


def _paragraph(
    asked: Asked, source: Source, target: str, model: ChatModel, cancel: CancelToken
) -> Generator[AnswerEvent, None, Generated | None]:
    """Have a paragraph translated; what is too long for the model is left out."""
    own = next((each for each in PROFILES if each.code == target), PROFILES[0])
    language = own.summary_wording.languages.get(target, target)
    rules = own.translations
    try:
        result = yield from ask_model(
            model,
            rules.system.format(language=language),
            rules.request.format(language=language, text=source.quote.strip()),
            max_tokens=MAX_TOKENS,
            seed=asked.request.seed,
            cancel=cancel,
        )
    except QuestionTooLong:
        return None
    yield TokensGenerated("\n\n")
    return result


def _unproved(answer: Answer, generation: Generation, written: set[str]) -> Answer:
    """Return an answer in which what the model wrote is unverified; it leads to its source."""
    result = generation.result
    stats = answer.stats
    if result is not None:
        stats = replace(
            stats,
            prompt_tokens=result.n_prompt,
            completion_tokens=len(result.tokens),
            prefill_tokens_per_second=result.prefill_tokens_per_second,
            decode_tokens_per_second=result.decode_tokens_per_second,
        )
    return replace(
        answer,
        citations=tuple(
            replace(each, verified=each.sentence not in written) for each in answer.citations
        ),
        model=generation.model,
        attention=generation.attention or answer.attention,
        stats=stats,
    )


def _flat(text: str) -> str:
    return " ".join(text.split())

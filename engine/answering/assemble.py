"""Put an answer together: every citation is looked up in the stored text."""

from __future__ import annotations

from dataclasses import dataclass

from engine.answering import wording
from engine.answering.citations import CitationResolver, mark, strip_markers
from engine.answering.claims import finds_nothing
from engine.answering.facts import facts
from engine.answering.gathering import AnswerRequest, Evidence
from engine.answering.generate import Generation
from engine.answering.quality import is_degenerate
from engine.records import Answer, AnswerStats, AttentionChoice, AttentionUse, Citation, Notice
from engine.retrieval.terms import held_tokens, query_terms


def said(request: AnswerRequest, text: str, choice: AttentionChoice) -> Answer:
    """Return what the program itself says: it cites nothing, and nothing was searched."""
    return Answer(
        question=request.question,
        search_query="",
        text=text,
        generated="",
        refused=False,
        refusal_reason="",
        attention=_attention(choice, Generation()),
        passages=(),
        extracts=(),
        citations=(),
        coverage=request.coverage,
        stats=_stats(request, 0.0, Generation()),
        kind="talk",
    )


def refused(
    request: AnswerRequest,
    found: Evidence,
    choice: AttentionChoice,
    generation: Generation | None = None,
    left_out: tuple[Citation, ...] = (),
) -> Answer:
    """Return the answer to a question that the documents do not answer.

    Args:
        request: The question.
        found: What is nearest.
        choice: Attention that was asked for.
        generation: Of the model whose every claim failed the check; None if none wrote.
        left_out: Those claims.
    """
    ran = generation or Generation()
    return Answer(
        question=request.question,
        search_query=found.query,
        text=wording.refusal(found.language, found.passages, request.coverage),
        generated="",
        refused=True,
        refusal_reason="no-evidence" if generation is None else "unsupported",
        attention=_attention(choice, ran),
        passages=found.passages,
        extracts=(),
        citations=(),
        coverage=request.coverage,
        stats=_stats(request, found.retrieval_ms, ran),
        model=ran.model,
        score=found.judgement.score,
        left_out=left_out,
    )


def finished(
    request: AnswerRequest,
    found: Evidence,
    choice: AttentionChoice,
    generation: Generation,
    resolver: CitationResolver,
    *,
    notices: tuple[Notice, ...] = (),
    keep_unsupported: bool = False,
    stopped: bool = False,
) -> Answer:
    """Return the answer of quotations and generated text.

    Args:
        request: The question.
        found: The evidence.
        choice: Attention that was asked for; said where none ran.
        generation: What a model made of it.
        resolver: Of the evidence.
        notices: What to tell before all else.
        keep_unsupported: Show, marked, also what a small model made up.
        stopped: Whether the user pressed stop.
    """
    check = checked(
        found,
        generation,
        resolver,
        strict=request.settings.strict,
        keep_unsupported=keep_unsupported,
    )
    quotes = wording.quoted(found.extracts, found.language)
    quoted = resolver.of_extracts(found.extracts)
    kept = tuple(item for item in check.citations if item.verified)
    contradicted = _contradicted(resolver, kept)
    if not kept and quoted and not stopped:
        contradicted = _contradicted(resolver, quoted[:1], found.query)
    return Answer(
        question=request.question,
        search_query=found.query,
        text="\n\n".join(part for part in (quotes, check.text) if part),
        generated=check.text,
        refused=False,
        refusal_reason="",
        attention=_attention(choice, generation),
        passages=found.passages,
        extracts=found.extracts,
        citations=(*quoted, *check.citations),
        coverage=request.coverage,
        stats=_stats(request, found.retrieval_ms, generation),
        notices=((Notice("insisted"),) if found.insisted else ())
        + notices
        + contradicted
        + check.notices,
        left_out=check.left_out,
        model=generation.model,
        stopped=stopped,
        score=found.judgement.score,
    )


def _contradicted(
    resolver: CitationResolver, citations: tuple[Citation, ...], question: str = ""
) -> tuple[Notice, ...]:
    """Say so if another document answers with another figure than what is shown.

    Of a mere quotation, which claims nothing of its own, the other one must hold all words of the
    question that it holds: the visitors of June do not contradict those of May.
    """
    other = resolver.disagreement(citations)
    if other is None:
        return ()
    terms = held_tokens(query_terms(question), citations[0].quote) if question else frozenset()
    if held_tokens(terms, other.quote) != terms:
        return ()
    quote = " ".join(other.quote.split())
    return (
        Notice(
            "documents-disagree",
            {"document": other.document, "number": other.number, "quote": quote},
        ),
    )


@dataclass(frozen=True)
class Checked:
    """A generated text as it is shown.

    Attributes:
        text: With markers.
        citations: One a sentence of it.
        notices: What to tell the user.
        left_out: Sentences that are not in it.
    """

    text: str = ""
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    left_out: tuple[Citation, ...] = ()


def checked(
    found: Evidence,
    generation: Generation,
    resolver: CitationResolver,
    *,
    strict: bool,
    keep_unsupported: bool = False,
) -> Checked:
    """Look up every sentence; leave out what has no support, or mark it.

    A figure or a date without support, and a name that the documents do not have or have of
    something else, is left out in any case: marked or not, it would be copied. A sentence that
    only has other words than they is marked.

    Args:
        found: The evidence.
        generation: What a model made of it.
        resolver: Of the evidence.
        strict: Leave out, rather than mark.
        keep_unsupported: Mark also where nothing at all that a small model wrote is supported.
    """
    result = generation.result
    if result is None:
        return Checked()
    if is_degenerate(strip_markers(result.text), found.language):
        # Stopped before the first word: nothing was produced, and nothing went wrong.
        stopped = result.reason == "cancelled"
        return Checked(notices=() if stopped else (Notice("no-usable-text"),))
    notices: list[Notice] = []
    if result.reason == "loop":
        notices.append(Notice("looped"))
    if result.reason == "length":
        notices.append(Notice("cut"))
    cited = tuple(
        Citation(0, item.sentence, "", verified=False, lack="words")
        if finds_nothing(item.sentence)
        else item
        for item in resolver.of_text(result.text)
    )
    kept = tuple(item for item in cited if item.verified)
    lost = generation.small and not kept and not keep_unsupported
    shown = tuple(
        item
        for item in cited
        if item.verified
        or (
            not (strict or lost or finds_nothing(item.sentence))
            and (keep_unsupported or _is_open(item))
        )
    )
    left_out = tuple(item for item in cited if item not in shown)
    if len(shown) > len(kept):
        notices.append(Notice("unsupported-marked"))
    if all(finds_nothing(item.sentence) for item in left_out):
        notices += [Notice("found-nothing")] if left_out and not shown else []
    else:
        notices.append(Notice("left-out" if shown else "nothing-supported"))
    return Checked(mark(shown), shown, tuple(notices), left_out)


def _is_open(item: Citation) -> bool:
    """Tell whether a sentence without support may be shown, marked: it only has other words."""
    return item.lack in ("words", "") and not facts(item.sentence).any_figure


def written(answer: Answer) -> tuple[Citation, ...]:
    """Return what a model wrote, claim by claim, whether it is shown or left out."""
    return (*answer.citations[len(answer.extracts) :], *answer.left_out)


def _attention(choice: AttentionChoice, generation: Generation) -> AttentionUse:
    return generation.attention or AttentionUse(choice.mode, choice.prefill, "", "")


def _stats(request: AnswerRequest, retrieval_ms: float, generation: Generation) -> AnswerStats:
    result = generation.result
    return AnswerStats(
        prompt_tokens=result.n_prompt if result else 0,
        completion_tokens=len(result.tokens) if result else 0,
        retrieval_ms=retrieval_ms,
        time_to_first_token_ms=generation.first_token_ms,
        prefill_tokens_per_second=result.prefill_tokens_per_second if result else None,
        decode_tokens_per_second=result.decode_tokens_per_second if result else None,
        seed=request.seed,
    )

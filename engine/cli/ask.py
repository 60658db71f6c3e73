"""``sabun ask``: a cited answer, or two of them to compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from engine.attention.plans import needs_adapter
from engine.attention.registry import ATTENTION, PREFILLS
from engine.cli.comparing import print_comparison, stream_comparison
from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import WrongUsage, verb
from engine.events import AnswerFinished, ExtractsFound, TokensGenerated
from engine.facade import Engine
from engine.json_shapes import answer_shape, comparison_shape
from engine.records import (
    Answer,
    AskRequest,
    AttentionChoice,
    AttentionMode,
    Citation,
    CompareRequest,
    KernelChoice,
    PrefillMode,
    QuestionKind,
)
from engine.settings import DEFAULT_COLLECTION
from engine.wording.notices import english


def modes() -> tuple[AttentionMode, ...]:
    """Return the attention modes that can be asked for."""
    return ATTENTION.names


def prefill_modes() -> tuple[PrefillMode, ...]:
    """Return the ways to read a prompt that can be asked for."""
    return PREFILLS.names


@dataclass(frozen=True, kw_only=True)
class AskOptions(CommonOptions):
    """What ``sabun ask`` is asked.

    Attributes:
        question: As typed.
        collection: Name.
        kind: What the question is to be taken for; None recognises it.
        attention: Attention mode; None for the shipped adapter's, else the baseline.
        prefill: Way to read the prompt.
        kernel: Who computes attention; None for the setting.
        adapter: Name of the adapter, for the side or sides that need one; empty for the first
            that fits.
        compare: Attention mode of a second answer, None for one answer.
        export: File to write the comparison to.
        seed: Of sampling.
        strict: Leave out sentences that no passage supports; None for the setting.
        insist: Answer from the nearest passages even if they are judged not to answer.
    """

    question: str = positional(help="as you would ask a person")
    collection: str = option(DEFAULT_COLLECTION, metavar="NAME", help="which collection")
    kind: QuestionKind | None = option(None, help="what is asked for (default: recognised)")
    attention: AttentionMode | None = option(
        None, choices=modes, help="default: the shipped adapter's, else baseline"
    )
    prefill: PrefillMode = option("dense", help="how the prompt is read", choices=prefill_modes)
    kernel: KernelChoice | None = option(None, help="who computes attention (default: setting)")
    adapter: str = option("", metavar="NAME", help="adapter of --attention, or of --compare")
    compare: AttentionMode | None = option(
        None, choices=modes, help="answer with this attention too"
    )
    export: Path | None = option(
        None, metavar="FILE", help="write the comparison to a .html or .json file"
    )
    seed: int = option(0, metavar="N", help="of sampling; the same seed gives the same answer")
    strict: bool | None = option(None, help="leave out sentences that no passage supports")
    insist: bool = option(False, help="answer even if the passages seem not to")


def run(options: AskOptions, terminal: Terminal) -> int:
    """Ask and print the answer, streaming it where a person watches."""
    if options.export is not None and options.compare is None:
        raise WrongUsage("--export needs --compare")
    with Engine(options.data_dir, writable=False) as engine:
        first = engine.attention.choice(options.attention, options.prefill, kernel=options.kernel)
        modes = {first.mode} if options.compare is None else {first.mode, options.compare}
        if options.adapter and not any(needs_adapter(each) for each in modes):
            raise WrongUsage(f"--adapter does nothing with {' and '.join(sorted(modes))}")
        if options.compare is not None:
            second = replace(first, mode=options.compare)
            sides = _with_adapter(first, options), _with_adapter(second, options)
            return _compare(engine, sides, options, terminal)
        answer = _stream(engine, _with_adapter(first, options), options, terminal)
    if terminal.as_json:
        terminal.result(answer_shape(answer))
    else:
        _print_answer(answer, terminal)
    return 0


VERB = verb("ask", "answer a question, with citations", AskOptions, run)


def _compare(
    engine: Engine,
    sides: tuple[AttentionChoice, AttentionChoice],
    options: AskOptions,
    terminal: Terminal,
) -> int:
    if options.export is not None:
        from engine.answering.comparison_export import check_format

        check_format(options.export)
    request = CompareRequest(
        options.question, options.collection, sides, seed=options.seed, strict=options.strict
    )
    comparison = stream_comparison(engine.compare(request), terminal)
    if options.export is not None:
        engine.comparisons.export(comparison, options.export)
        terminal.note(f"Written to {options.export}")
    if terminal.as_json:
        terminal.result(comparison_shape(comparison))
    else:
        print_comparison(comparison, terminal)
    return 0


def _with_adapter(choice: AttentionChoice, options: AskOptions) -> AttentionChoice:
    """Return one side; an adapter belongs to the side or sides that need one."""
    return replace(choice, adapter=options.adapter) if needs_adapter(choice.mode) else choice


def _stream(
    engine: Engine, choice: AttentionChoice, options: AskOptions, terminal: Terminal
) -> Answer:
    request = AskRequest(
        options.question,
        options.collection,
        choice,
        seed=options.seed,
        strict=options.strict,
        insist=options.insist,
        kind=options.kind,
    )
    finished: Answer | None = None
    for event in engine.ask(request):
        if isinstance(event, AnswerFinished):
            finished = event.answer
        elif terminal.interactive and isinstance(event, ExtractsFound):
            for extract in event.extracts:
                terminal.line(f"  “{extract.quote}” [{extract.number}]")
            terminal.line()
        elif terminal.interactive and isinstance(event, TokensGenerated):
            terminal.write(event.text)
    if finished is None:
        raise RuntimeError("the answer ended without its last event")
    return finished


def _print_answer(answer: Answer, terminal: Terminal) -> None:
    """Print the verified answer; where its text was streamed, a rule comes first."""
    if terminal.interactive:
        terminal.line("\n" + "─" * 20)
    terminal.line(answer.text)
    if answer.kind == "talk":
        return
    if answer.refused:
        terminal.line("\nTo answer from the nearest passages all the same: --insist")
    else:
        terminal.line("\nSources:")
        for label in dict.fromkeys(_source(c) for c in answer.citations if c.number):
            terminal.line(label)
    _print_footer(answer, terminal)


def _source(citation: Citation) -> str:
    mark = "verified" if citation.verified else "not verified"
    place = f", {citation.location}" if citation.location else ""
    return f"  [{citation.number}] {citation.document}{place} ({mark})"


def _print_footer(answer: Answer, terminal: Terminal) -> None:
    coverage, stats, use = answer.coverage, answer.stats, answer.attention
    terminal.line(
        f"\nSearched {coverage.n_files_searched} files; "
        f"{coverage.n_files_unreadable} could not be read."
    )
    if coverage.filters:
        terminal.line(f"Narrowed by {' '.join(coverage.filters)}.")
    if stats.time_to_first_token_ms is not None:
        terminal.line(
            f"{answer.model}, attention {use.mode} ({use.kernel} on {use.device}), first token "
            f"after {stats.time_to_first_token_ms / 1000:.1f} s"
        )
    for notice in (*use.notes, *answer.notices):
        terminal.line(f"Note: {english(notice)}")

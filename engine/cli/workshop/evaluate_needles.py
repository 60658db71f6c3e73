"""``sabun eval needles``: what is found again in long prompts, by way of reading them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from engine.adapters.library import AdapterLibrary
from engine.attention.registry import ATTENTION, PREFILLS
from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.numbers import count, positive
from engine.cli.options import CommonOptions, option
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.records import AttentionChoice

if TYPE_CHECKING:
    from engine.workshop.evaluation.needles import NeedleResult

DEFAULT_READINGS = ("baseline:dense", "baseline:delta", "baseline:robust-sparse")
DEFAULT_LENGTHS = (1000, 2000, 4000)


Reading = tuple[str, AttentionChoice]
"""Name and attention of one way to read a prompt."""


def parse_reading(text: str) -> Reading:
    """Parse ``MODE:PREFILL``.

    Raises:
        argparse.ArgumentTypeError: There is no such mode.
    """
    mode, _, prefill = text.partition(":")
    prefill = prefill or "dense"
    if mode not in ATTENTION or prefill not in PREFILLS:
        raise argparse.ArgumentTypeError(f"{text} is no attention mode and way to read a prompt")
    return f"{mode}:{prefill}", AttentionChoice(mode=mode, prefill=prefill)


@dataclass(frozen=True, kw_only=True)
class NeedlesOptions(CommonOptions):
    """What ``sabun eval needles`` is asked.

    Attributes:
        reading: Ways to read the prompts; none for the default ones.
        length: Tokens of the prompts; none for the default ones.
        prompts: Per length.
        facts: Per prompt.
        model: Name; empty for the embedded one.
        threads: Of the processor; None for all.
    """

    reading: tuple[Reading, ...] = option(
        (),
        parse=parse_reading,
        metavar="MODE:PREFILL",
        help=f"default: {' '.join(DEFAULT_READINGS)}; all are compared with the first",
    )
    length: tuple[int, ...] = option(
        (), parse=count, metavar="TOKENS", help="default: 1000 2000 4000"
    )
    prompts: int = option(3, parse=positive, metavar="N", help="per length")
    facts: int = option(12, parse=positive, metavar="N", help="per prompt")
    model: str = option("", metavar="NAME", help="default: the embedded one")
    threads: int | None = option(
        None, parse=positive, metavar="N", help="of the processor (default: all)"
    )


def run_needles(options: NeedlesOptions, terminal: Terminal) -> int:
    """Read all prompts in all ways and print what was found."""
    from engine.inference.chat_model import ChatModel
    from engine.workshop.evaluation.needles import find_needles

    paths = DataPaths.resolve(options.data_dir)
    file = ModelLibrary(paths).find(options.model, kind="chat")
    readings = options.reading or tuple(map(parse_reading, DEFAULT_READINGS))
    lengths = options.length or DEFAULT_LENGTHS
    cancel = CancelToken()
    model = ChatModel(
        file,
        n_threads=options.threads or 0,
        n_ctx=max(lengths) * 2 + 1000,
        adapters=AdapterLibrary(paths),
    )
    results: list[NeedleResult] = []
    try:
        with interruptible(cancel, "prompt"):
            for result in find_needles(
                model,
                readings,
                lengths=lengths,
                n_prompts=options.prompts,
                n_facts=options.facts,
                cancel=cancel,
            ):
                results.append(result)
                terminal.note(_line(result))
    finally:
        model.close()
    if terminal.as_json:
        terminal.result({"results": [asdict(result) for result in results]})
    else:
        _print(results, [name for name, _ in readings], terminal)
    return 0


NEEDLES = verb(
    "needles", "facts and pairs hidden in long prompts, found again", NeedlesOptions, run_needles
)


def _line(result: NeedleResult) -> str:
    return (
        f"{result.kind}, {result.n_tokens} tokens, {result.arm}: "
        f"{sum(result.found)}/{len(result.found)} found, "
        f"{result.tokens_right:.2f} of their tokens, {result.prefill_s:.1f} s"
    )


def _print(results: Sequence[NeedleResult], names: Sequence[str], terminal: Terminal) -> None:
    """Print shares found with intervals, and of the first way's share; prompts are drawn.

    The same follows for the tokens of the values, which are several times as many.
    """
    from engine.workshop.evaluation.metrics import bootstrap_interval, mean

    for kind, length in dict.fromkeys((r.kind, r.length) for r in results):
        first = 0.0, 0.0
        for name in names:
            mine = [r for r in results if (r.kind, r.length, r.arm) == (kind, length, name)]
            shares = [sum(r.found) / len(r.found) for r in mine]
            tokens = mean([r.tokens_right for r in mine])
            low, high = bootstrap_interval(shares)
            if name == names[0]:
                first = mean(shares), tokens
            terminal.line(
                f"{kind:10} {length:6}  {name:24} {mean(shares):.3f} [{low:.3f}, {high:.3f}]"
                f"  tokens {tokens:.3f}"
                f"  {_of(mean(shares), first[0])} and {_of(tokens, first[1])} of {names[0]}"
                f"  {mean([r.prefill_s for r in mine]):.1f} s"
            )


def _of(share: float, first: float) -> str:
    return f"{share / first:.2f}" if first else "-"

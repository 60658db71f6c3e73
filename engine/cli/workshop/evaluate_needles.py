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
        _print(results, terminal)
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


def _print(results: Sequence[NeedleResult], terminal: Terminal) -> None:
    """Print shares found with intervals, and of the first way's share."""
    from engine.workshop.evaluation.needles import summarise_needles

    first = results[0].arm if results else ""
    for row in summarise_needles(results):
        terminal.line(
            f"{row.kind:10} {row.length:6}  {row.arm:24} {row.share:.3f} "
            f"[{row.low:.3f}, {row.high:.3f}]  tokens {row.tokens_right:.3f}"
            f"  {_of(row.of_share)} and {_of(row.of_tokens)} of {first}"
            f"  {row.prefill_s:.1f} s"
        )


def _of(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"

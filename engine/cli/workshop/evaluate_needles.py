"""``sabun eval needles``: what is found again in long prompts, by way of reading them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from engine.adapters.library import AdapterLibrary
from engine.attention import ATTENTION_MODES, PREFILL_MODES
from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.numbers import positive, token_count
from engine.cli.terminal import Terminal
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.records import AttentionChoice

if TYPE_CHECKING:
    from engine.workshop.evaluation.needles import NeedleResult

DEFAULT_READINGS = ("baseline:dense", "baseline:delta", "baseline:robust-sparse")


def add_needles(actions: Any, common: argparse.ArgumentParser) -> None:
    """Add the sub-verb."""
    parser = actions.add_parser(
        "needles", parents=[common], help="facts and pairs hidden in long prompts, found again"
    )
    parser.add_argument(
        "--reading",
        action="append",
        type=reading,
        metavar="MODE:PREFILL",
        help=f"default: {' '.join(DEFAULT_READINGS)}; all are compared with the first",
    )
    parser.add_argument("--length", action="append", type=token_count, metavar="TOKENS")
    parser.add_argument("--prompts", type=positive, default=3, metavar="N", help="per length")
    parser.add_argument("--facts", type=positive, default=12, metavar="N", help="per prompt")
    parser.add_argument("--model", default="", metavar="NAME", help="default: the embedded one")
    parser.add_argument("--threads", type=positive, metavar="N")
    parser.set_defaults(run=run_needles)


def reading(text: str) -> tuple[str, AttentionChoice]:
    """Parse ``MODE:PREFILL``.

    Raises:
        argparse.ArgumentTypeError: There is no such mode.
    """
    mode, _, prefill = text.partition(":")
    prefill = prefill or "dense"
    if mode not in ATTENTION_MODES or prefill not in PREFILL_MODES:
        raise argparse.ArgumentTypeError(f"{text} is no attention mode and way to read a prompt")
    return f"{mode}:{prefill}", AttentionChoice(mode=mode, prefill=prefill)


def run_needles(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Read all prompts in all ways and print what was found."""
    from engine.inference.chat_model import ChatModel
    from engine.workshop.evaluation.needles import find_needles

    paths = DataPaths.resolve(arguments.data_dir)
    file = ModelLibrary(paths).find(arguments.model, kind="chat")
    readings = arguments.reading or [reading(text) for text in DEFAULT_READINGS]
    lengths = arguments.length or [1000, 2000, 4000]
    cancel = CancelToken()
    model = ChatModel(
        file,
        n_threads=arguments.threads or 0,
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
                n_prompts=arguments.prompts,
                n_facts=arguments.facts,
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

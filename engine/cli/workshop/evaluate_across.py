"""``sabun eval across``: how well answers in another language are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.facade import Engine
from engine.records import Retriever


@dataclass(frozen=True, kw_only=True)
class AcrossOptions(CommonOptions):
    """What ``sabun eval across`` is asked.

    Attributes:
        pairs: File of texts that say the same in two languages, with a question each.
        retriever: Ways to find them; none for all.
        fit: File to write a newly fitted direction to, named after the model.
    """

    pairs: Path = positional(metavar="PAIRS", help="JSON Lines: anchor, lang, question, answer")
    retriever: tuple[Retriever, ...] = option((), help="may be given several times (default: all)")
    fit: Path | None = option(
        None, metavar="FILE", help="fit the direction on the first half and write it; no search"
    )


def run_across(options: AcrossOptions, terminal: Terminal) -> int:
    """Fit a direction, or print how well both halves are found."""
    from engine.codec import to_json
    from engine.workshop.across.evaluation import by_group, search_mixed
    from engine.workshop.across.fitting import fit_axis
    from engine.workshop.across.pairs import halves, read_pairs

    first, second = halves(read_pairs(options.pairs))
    with Engine(options.data_dir, writable=False) as engine:
        if options.fit is not None:
            axis = fit_axis(first, engine.loaded.embedder(), _fitted_on(options.pairs, len(first)))
            options.fit.write_text(to_json(axis) + "\n", "utf-8")
            terminal.line(f"written: {options.fit}")
            return 0
        shapes: dict[str, dict[str, object]] = {}
        for retriever in dict.fromkeys(options.retriever or get_args(Retriever)):
            for half, pairs in (("chosen by", first), ("kept aside", second)):
                found = by_group(tuple(search_mixed(pairs, engine.loaded.embedder, retriever)))
                for name, scores in found.items():
                    shapes.setdefault(f"{retriever} {half}", {})[name] = asdict(scores)
                    low, high = scores.interval_5
                    terminal.line(
                        f"{retriever:8} {half:10} {name:10} n={scores.n:<4}"
                        f" recall@1 {scores.recall_1:.3f}  recall@5 {scores.recall_5:.3f}"
                        f" [{low:.3f}, {high:.3f}]"
                    )
    if terminal.as_json:
        terminal.result(shapes)
    return 0


ACROSS = verb("across", "answers in another language than the question", AcrossOptions, run_across)


def _fitted_on(path: Path, n_pairs: int) -> Mapping[str, str]:
    return {
        "on": path.stem,
        "pairs": str(n_pairs),
        "when": datetime.now(UTC).date().isoformat(),
    }

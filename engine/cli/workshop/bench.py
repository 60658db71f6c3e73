"""``sabun bench``: measurements as ratios against a named baseline of the same run."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.numbers import positive
from engine.cli.terminal import Terminal
from engine.errors import PathMissing
from engine.facade import Engine
from engine.paths import ASSETS_DIR, DataPaths
from engine.settings import DEFAULT_COLLECTION

if TYPE_CHECKING:
    from engine.workshop.benchmarks.rows import BenchRow

SAMPLES = ASSETS_DIR / "samples"


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb and its sub-verbs to the command line."""
    parser = verbs.add_parser("bench", help="measure speed on this machine")
    actions = parser.add_subparsers(dest="action", metavar="WHAT", required=True)
    csv = argparse.ArgumentParser(add_help=False)
    csv.add_argument("--csv", metavar="FILE", help="also write the rows to a file")
    indexing = actions.add_parser(
        "index", parents=[common, csv], help="seconds per stage, rescan, memory"
    )
    indexing.add_argument("pages", metavar="FOLDER")
    indexing.add_argument("--limit", type=_count, default=2000, metavar="N")
    indexing.set_defaults(run=run_index)
    searching = actions.add_parser(
        "search", parents=[common, csv], help="latency per retriever, share in the first token"
    )
    searching.add_argument(
        "--collection", metavar="NAME", help="an indexed one (default: the samples, set aside)"
    )
    searching.add_argument("--rounds", type=positive, default=5, metavar="N")
    searching.set_defaults(run=run_search)
    generating = actions.add_parser(
        "generate",
        parents=[common, csv],
        help="time to first token per layout of the model; then each attention mode, by depth; "
        "then decode of a larger model with random weights",
    )
    generating.add_argument("--model", default="", metavar="NAME", help="for the attention modes")
    generating.add_argument("--rounds", type=positive, default=7, metavar="N")
    generating.add_argument("--long-rounds", type=positive, default=3, metavar="N")
    generating.add_argument("--only", choices=("layouts", "attention", "wide"), help="one part")
    generating.set_defaults(run=run_generate)
    training = actions.add_parser(
        "training", parents=[common, csv], help="tokens a second of each variant against LoRA"
    )
    training.add_argument("--model", default="", metavar="NAME", help="default: the embedded one")
    training.add_argument("--rounds", type=positive, default=7, metavar="N")
    training.add_argument("--precision", choices=("auto", "float32", "bfloat16"), default="auto")
    training.set_defaults(run=run_training)
    kernel = actions.add_parser(
        "kernel", parents=[common, csv], help="our attention kernels against torch and ggml"
    )
    kernel.add_argument("--rounds", type=positive, default=9, metavar="N")
    kernel.add_argument("--quick", action="store_true", help="only the short calls")
    kernel.set_defaults(run=run_kernel)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def run_search(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Time the retrievers and print the rows."""
    from engine.workshop.benchmarks.bench_search import bench_search
    from engine.workshop.evaluation.golden import read_golden

    questions = [golden.text for golden in read_golden(SAMPLES / "golden.jsonl")]
    with _collection_of(arguments) as (engine, collection):
        found = bench_search(engine, collection, questions, n_rounds=arguments.rounds)
        return _report(found, arguments, terminal)


@contextmanager
def _collection_of(arguments: argparse.Namespace) -> Iterator[tuple[Engine, str]]:
    """Open the collection asked for, or index the samples in a temporary folder."""
    if arguments.collection is not None:
        with Engine(arguments.data_dir, writable=False) as engine:
            yield engine, arguments.collection
        return
    scratch = tempfile.TemporaryDirectory(prefix="sabun-bench-", ignore_cleanup_errors=True)
    with scratch as folder, Engine(folder) as engine:
        for _event in engine.index([SAMPLES / "documents"]):
            pass
        yield engine, DEFAULT_COLLECTION


def run_index(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Index real pages aside: seconds per stage, rescan, memory."""
    from engine.workshop.benchmarks.index_rows import bench_index_rows

    folder = Path(arguments.pages)
    if not folder.exists():
        raise PathMissing(path=str(folder))
    return _report(bench_index_rows(folder, limit=arguments.limit), arguments, terminal)


def run_generate(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Time the layouts of the chat model, then the attention modes inside llama.cpp."""
    from engine.inference.chat_model import all_cores
    from engine.models.library import ModelLibrary
    from engine.workshop.benchmarks.bench_attention import bench_attention, bench_wide
    from engine.workshop.benchmarks.bench_generate import bench_first_token

    library = ModelLibrary(DataPaths.resolve(arguments.data_dir))
    parts: list[Iterable[BenchRow]] = []
    if arguments.only in (None, "layouts"):
        parts.append(bench_first_token(library))
    if arguments.only in (None, "attention"):
        parts.append(
            bench_attention(
                library.find(arguments.model, kind="chat"),
                n_threads=all_cores(),
                n_rounds=arguments.rounds,
                n_long_rounds=arguments.long_rounds,
            )
        )
    if arguments.only in (None, "wide"):
        parts.append(bench_wide(n_threads=all_cores(), n_rounds=arguments.rounds))
    return _report(chain.from_iterable(parts), arguments, terminal)


def run_training(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Time training steps of every variant in turn."""
    from engine.workshop.training.memory import keep_freed_memory

    keep_freed_memory()
    from engine.models.library import ModelLibrary
    from engine.workshop.benchmarks.bench_training import bench_training

    library = ModelLibrary(DataPaths.resolve(arguments.data_dir))
    found = bench_training(
        library.find(arguments.model, kind="chat"),
        n_rounds=arguments.rounds,
        precision=arguments.precision,
    )
    return _report(found, arguments, terminal)


def run_kernel(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Time the attention kernels; every ratio is to a baseline of the same interleaved run."""
    from engine.version import program_version
    from kernels.bench.suite import Row, run, to_csv

    rows: list[Row] = []
    for found in run(program_version(), rounds=arguments.rounds, quick=arguments.quick):
        if not isinstance(found, Row):
            terminal.note(found.text)
            continue
        rows.append(found)
        terminal.line(
            f"{found.what}, {found.shapes}, {found.contender}: {found.p50_ms:.3f} ms, "
            f"{found.ratio:.2f} x {found.baseline}"
        )
    if arguments.csv:
        Path(arguments.csv).write_text(to_csv(rows), encoding="utf-8")
    if terminal.as_json:
        terminal.result({"rows": [asdict(row) for row in rows]})
    return 0


def _report(found: Iterable[BenchRow], arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print each row as it comes, then write them all where asked."""
    from engine.workshop.benchmarks.rows import write_csv

    rows: list[BenchRow] = []
    for row in found:
        rows.append(row)
        terminal.line(_line(row))
    if arguments.csv:
        write_csv(Path(arguments.csv), rows)
    if terminal.as_json:
        terminal.result({"rows": [asdict(row) for row in rows]})
    return 0


def _line(found: BenchRow) -> str:
    spread = f" (p20 {found.p20:.1f}, p80 {found.p80:.1f}, p95 {found.p95:.1f})"
    against = f", {found.ratio:.3f} x {found.baseline}" if found.baseline else ""
    return f"{found.what}: {found.p50:.1f} {found.unit}{spread if found.n > 1 else ''}{against}"

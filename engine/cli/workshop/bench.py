"""``sabun bench``: measurements as ratios against a named baseline of the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.cli.numbers import count, positive
from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import VerbGroup, verb
from engine.errors import PathMissing
from engine.facade import Engine
from engine.paths import ASSETS_DIR, DataPaths
from engine.settings import DEFAULT_COLLECTION
from engine.workshop.training.precision import Precision

if TYPE_CHECKING:
    from engine.workshop.benchmarks.rows import BenchRow

SAMPLES = ASSETS_DIR / "samples"


@dataclass(frozen=True, kw_only=True)
class BenchOptions(CommonOptions):
    """What every measurement is asked.

    Attributes:
        csv: File to write the rows to, None for none.
    """

    csv: Path | None = option(None, metavar="FILE", help="also write the rows to a file")


@dataclass(frozen=True, kw_only=True)
class BenchIndexOptions(BenchOptions):
    """What ``sabun bench index`` is asked.

    Attributes:
        pages: Folder of pages.
        limit: Pages to index, at most.
    """

    pages: Path = positional(metavar="FOLDER", help="files to index, aside")
    limit: int = option(2000, parse=count, metavar="N", help="files to index, at most")


@dataclass(frozen=True, kw_only=True)
class BenchSearchOptions(BenchOptions):
    """What ``sabun bench search`` is asked.

    Attributes:
        collection: An indexed one; None indexes the samples aside.
        rounds: Of measurements.
    """

    collection: str | None = option(
        None, metavar="NAME", help="an indexed one (default: the samples, set aside)"
    )
    rounds: int = option(5, parse=positive, metavar="N", help="measurements of each kind")


@dataclass(frozen=True, kw_only=True)
class BenchGenerateOptions(BenchOptions):
    """What ``sabun bench generate`` is asked.

    Attributes:
        model: Name, for the attention modes; empty for the one in use.
        rounds: Of measurements at short depths.
        long_rounds: Of measurements at long depths.
        only: One part, None for all.
    """

    model: str = option("", metavar="NAME", help="for the attention modes")
    rounds: int = option(7, parse=positive, metavar="N", help="measurements of each kind")
    long_rounds: int = option(3, parse=positive, metavar="N", help="of long prompts")
    only: Literal["layouts", "attention", "wide"] | None = option(None, help="one part")


@dataclass(frozen=True, kw_only=True)
class BenchAgainOptions(BenchOptions):
    """What ``sabun bench again`` is asked.

    Attributes:
        collection: An indexed one; None indexes the samples aside.
        rounds: Of measurements.
        questions: Golden questions, at most.
    """

    collection: str | None = option(
        None, metavar="NAME", help="an indexed one (default: the samples, set aside)"
    )
    rounds: int = option(1, parse=positive, metavar="N", help="measurements of each question")
    questions: int = option(8, parse=positive, metavar="N", help="golden questions, at most")


@dataclass(frozen=True, kw_only=True)
class BenchTrainingOptions(BenchOptions):
    """What ``sabun bench training`` is asked.

    Attributes:
        model: Name; empty for the embedded one.
        rounds: Of measurements.
        precision: Of large products.
    """

    model: str = option("", metavar="NAME", help="default: the embedded one")
    rounds: int = option(7, parse=positive, metavar="N", help="measurements of each kind")
    precision: Precision = option("auto", help="of large products")


@dataclass(frozen=True, kw_only=True)
class BenchKernelOptions(BenchOptions):
    """What ``sabun bench kernel`` is asked.

    Attributes:
        rounds: Of measurements.
        quick: Only the short calls.
    """

    rounds: int = option(9, parse=positive, metavar="N", help="measurements of each kind")
    quick: bool = option(False, help="only the short calls")


def run_search(options: BenchSearchOptions, terminal: Terminal) -> int:
    """Time the retrievers and print the rows."""
    from engine.workshop.benchmarks.bench_search import bench_search
    from engine.workshop.evaluation.golden import read_golden

    questions = [golden.text for golden in read_golden(SAMPLES / "golden.jsonl")]
    with _collection_of(options) as (engine, collection):
        found = bench_search(engine, collection, questions, n_rounds=options.rounds)
        return _report(found, options, terminal)


@contextmanager
def _collection_of(
    options: BenchSearchOptions | BenchAgainOptions,
) -> Iterator[tuple[Engine, str]]:
    """Open the collection asked for, or index the samples in a temporary folder."""
    if options.collection is not None:
        with Engine(options.data_dir, writable=False) as engine:
            yield engine, options.collection
        return
    scratch = tempfile.TemporaryDirectory(prefix="sabun-bench-", ignore_cleanup_errors=True)
    with scratch as folder, Engine(folder) as engine:
        for _event in engine.index([SAMPLES / "documents"]):
            pass
        yield engine, DEFAULT_COLLECTION


def run_index(options: BenchIndexOptions, terminal: Terminal) -> int:
    """Index real pages aside: seconds per stage, rescan, memory."""
    from engine.workshop.benchmarks.index_rows import bench_index_rows

    if not options.pages.exists():
        raise PathMissing(path=str(options.pages))
    return _report(bench_index_rows(options.pages, limit=options.limit), options, terminal)


def run_generate(options: BenchGenerateOptions, terminal: Terminal) -> int:
    """Time the layouts of the chat model, then the attention modes inside llama.cpp."""
    from engine.adapters.library import AdapterLibrary
    from engine.inference.cores import all_cores
    from engine.models.library import ModelLibrary
    from engine.workshop.benchmarks.bench_attention import bench_attention, bench_wide
    from engine.workshop.benchmarks.bench_generate import bench_first_token

    library = ModelLibrary(DataPaths.resolve(options.data_dir))
    parts: list[Iterable[BenchRow]] = []
    if options.only in (None, "layouts"):
        adapters = AdapterLibrary(DataPaths.resolve(options.data_dir))
        parts.append(bench_first_token(library, adapters=adapters))
    if options.only in (None, "attention"):
        parts.append(
            bench_attention(
                library.find(options.model, kind="chat"),
                n_threads=all_cores(),
                n_rounds=options.rounds,
                n_long_rounds=options.long_rounds,
            )
        )
    if options.only in (None, "wide"):
        parts.append(bench_wide(n_threads=all_cores(), n_rounds=options.rounds))
    return _report(chain.from_iterable(parts), options, terminal)


def run_again(options: BenchAgainOptions, terminal: Terminal) -> int:
    """Time the first token of prompts that are read already, in part or but for the question."""
    from engine.workshop.benchmarks.bench_again import bench_again
    from engine.workshop.evaluation.golden import read_golden

    with _collection_of(options) as (engine, collection):
        languages = engine.loaded.chat_model_file().languages
        questions = [
            golden.text
            for golden in read_golden(SAMPLES / "golden.jsonl")
            if not languages or golden.language in languages
        ]
        found = bench_again(
            engine, collection, questions[: options.questions], n_rounds=options.rounds
        )
        return _report(found, options, terminal)


def run_training(options: BenchTrainingOptions, terminal: Terminal) -> int:
    """Time training steps of every variant in turn."""
    from engine.workshop.training.memory import keep_freed_memory

    keep_freed_memory()
    from engine.models.library import ModelLibrary
    from engine.workshop.benchmarks.bench_training import bench_training

    library = ModelLibrary(DataPaths.resolve(options.data_dir))
    found = bench_training(
        library.find(options.model, kind="chat"),
        n_rounds=options.rounds,
        precision=options.precision,
    )
    return _report(found, options, terminal)


def run_kernel(options: BenchKernelOptions, terminal: Terminal) -> int:
    """Time the attention kernels; every ratio is to a baseline of the same interleaved run."""
    from engine.version import program_version
    from kernels.bench.suite import Row, run, to_csv

    rows: list[Row] = []
    for found in run(program_version(), rounds=options.rounds, quick=options.quick):
        if not isinstance(found, Row):
            terminal.note(found.text)
            continue
        rows.append(found)
        terminal.line(
            f"{found.what}, {found.shapes}, {found.contender}: {found.p50_ms:.3f} ms, "
            f"{found.ratio:.2f} x {found.baseline}"
        )
    if options.csv:
        options.csv.write_text(to_csv(rows), encoding="utf-8")
    if terminal.as_json:
        terminal.result({"rows": [asdict(row) for row in rows]})
    return 0


def _report(found: Iterable[BenchRow], options: BenchOptions, terminal: Terminal) -> int:
    """Print each row as it comes, then write them all where asked."""
    from engine.workshop.benchmarks.rows import write_csv

    rows: list[BenchRow] = []
    for row in found:
        rows.append(row)
        terminal.line(_line(row))
    if options.csv:
        write_csv(options.csv, rows)
    if terminal.as_json:
        terminal.result({"rows": [asdict(row) for row in rows]})
    return 0


def _line(found: BenchRow) -> str:
    spread = f" (p20 {found.p20:.1f}, p80 {found.p80:.1f}, p95 {found.p95:.1f})"
    against = f", {found.ratio:.3f} x {found.baseline}" if found.baseline else ""
    return f"{found.what}: {found.p50:.1f} {found.unit}{spread if found.n > 1 else ''}{against}"


VERB = VerbGroup(
    "bench",
    "measure speed on this machine",
    (
        verb("index", "seconds per stage, rescan, memory", BenchIndexOptions, run_index),
        verb(
            "search",
            "latency per retriever, share in the first token",
            BenchSearchOptions,
            run_search,
        ),
        verb(
            "generate",
            "time to first token per layout of the model; then each attention mode, by depth; "
            "then decode of a larger model with random weights",
            BenchGenerateOptions,
            run_generate,
        ),
        verb(
            "again",
            "time to the first token of a question asked again, about the same passages, or read "
            "ahead, against the first time",
            BenchAgainOptions,
            run_again,
        ),
        verb(
            "training",
            "tokens a second of each variant against LoRA",
            BenchTrainingOptions,
            run_training,
        ),
        verb(
            "kernel",
            "our attention kernels against torch and ggml",
            BenchKernelOptions,
            run_kernel,
        ),
    ),
    metavar="WHAT",
)

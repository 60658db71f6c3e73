"""The indexing benchmark as rows; each size is measured in a process of its own."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from engine.workshop.benchmarks.bench_index import bench_index
from engine.workshop.benchmarks.rows import BenchRow, row

STAGES = ("read", "chunk", "store", "vectors")
SMALL_SHARE = 10
"""Memory is compared with a run over a tenth of the files."""


def bench_index_rows(folder: Path, *, limit: int) -> Iterator[BenchRow]:
    """Index ``limit`` files, rescan them, then index a tenth of them.

    Yields:
        Seconds per stage, their ratio being over ``index embed``; the sum of all but
        embedding; the rescan over the first indexing; peak memory over that of the
        small run.

    Raises:
        BadData: The folder holds no readable file.
    """
    found = _apart(folder, limit)
    yield from _stage_rows(found)
    small = _apart(folder, max(1, limit // SMALL_SHARE))
    base = row("index peak memory, few files", [small["peak_mib"]], shape=_shape(small), unit="MiB")
    yield base
    yield row(
        "index peak memory",
        [found["peak_mib"]],
        shape=_shape(found),
        unit="MiB",
        baseline=(base.what, base.p50),
    )


def _apart(folder: Path, limit: int) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    scratch = tempfile.TemporaryDirectory(prefix="sabun-bench-", ignore_cleanup_errors=True)
    with scratch as data_dir, ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(bench_index, folder, limit=limit, data_dir=Path(data_dir)).result()


def _shape(found: dict[str, Any]) -> str:
    return f"files={found['n_files']} passages={found['n_passages']}"


def _stage_rows(found: dict[str, Any]) -> Iterator[BenchRow]:
    shape = _shape(found)
    embed = row("index embed", [found["embed_s"]], shape=shape, unit="s")
    first = row("index first run", [found["first_s"]], shape=shape, unit="s")
    yield embed
    for stage in STAGES:
        yield _compared(f"index {stage}", found[f"{stage}_s"], embed, shape)
    overhead_s = sum(found[f"{stage}_s"] for stage in STAGES)
    yield _compared("index all but embedding", overhead_s, embed, shape)
    yield first
    yield _compared("index rescan", found["rescan_s"], first, shape)


def _compared(what: str, seconds: float, base: BenchRow, shape: str) -> BenchRow:
    return row(what, [seconds], shape=shape, unit="s", baseline=(base.what, base.p50))

"""A measurement as a CSV row: what, shapes, percentiles, ratio to a named baseline, where."""

from __future__ import annotations

import csv
import platform
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from engine.version import program_version


@dataclass(frozen=True)
class BenchRow:
    """One line of a benchmark.

    Attributes:
        what: Name of the measurement.
        shape: Sizes that it depends on, as ``key=value`` words.
        unit: Unit of the percentiles.
        p20: 20th percentile.
        p50: Median.
        p80: 80th percentile.
        p95: 95th percentile.
        n: Samples.
        baseline: Name of the row it is compared with, of the same run; empty if none.
        ratio: Median over the baseline's median; 1 without a baseline.
        device: Processor and cores.
        version: Version of Sabun.
        date: Day of the run, ISO 8601, UTC.
    """

    what: str
    shape: str
    unit: str
    p20: float
    p50: float
    p80: float
    p95: float
    n: int
    baseline: str
    ratio: float
    device: str
    version: str
    date: str


def row(
    what: str,
    samples: Sequence[float],
    *,
    shape: str = "",
    unit: str = "ms",
    baseline: tuple[str, float] | None = None,
) -> BenchRow:
    """Return the row of some samples.

    Args:
        what: Name.
        samples: At least one.
        shape: Sizes.
        unit: Of the samples.
        baseline: Name and median of what to compare with.
    """
    p20, p50, p80, p95 = (round(float(v), 4) for v in np.percentile(samples, [20, 50, 80, 95]))
    name, value = baseline or ("", p50)
    ratio = round(p50 / value, 4) if value else 0.0
    where = (device_name(), program_version(), time.strftime("%Y-%m-%d", time.gmtime()))
    return BenchRow(what, shape, unit, p20, p50, p80, p95, len(samples), name, ratio, *where)


def device_name() -> str:
    """Return the processor's name and the number of cores that this process may use."""
    import psutil

    name = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        lines = information.read_text("utf-8", "replace").splitlines()
        models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        name = next(models, name)
    return f"{name}, {psutil.cpu_count()} cores"


def write_csv(path: Path, rows: Iterable[BenchRow]) -> None:
    """Write rows with a header line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [field.name for field in fields(BenchRow)])
        writer.writeheader()
        writer.writerows(asdict(item) for item in rows)

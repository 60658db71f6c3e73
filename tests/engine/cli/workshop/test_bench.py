"""``sabun bench kernel`` measures the real kernels; the figures themselves are not asserted."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest


@pytest.mark.slow
def test_kernel_rows_name_their_baseline_and_are_written_as_csv(sabun, tmp_path: Path) -> None:
    target = tmp_path / "kernel.csv"
    done = sabun("bench", "kernel", "--quick", "--rounds", "2", "--csv", target, "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert {"decode", "prefill", "mirror decode"} <= {row["what"] for row in rows}
    assert all(row["p50_ms"] > 0 and row["ratio"] > 0 and row["baseline"] for row in rows)
    with target.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rows)

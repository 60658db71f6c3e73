from __future__ import annotations

import csv
from pathlib import Path

from engine.workshop.benchmarks.rows import row, write_csv


def test_percentiles_and_ratio() -> None:
    made = row("search hybrid", [float(n) for n in range(101)], baseline=("search lexical", 25.0))
    assert (made.p20, made.p50, made.p80, made.p95) == (20, 50, 80, 95)
    assert (made.baseline, made.ratio, made.n) == ("search lexical", 2.0, 101)
    assert row("alone", [3.0]).ratio == 1.0


def test_a_csv_file_has_a_header_and_says_where_and_when(tmp_path: Path) -> None:
    path = tmp_path / "new" / "search.csv"
    write_csv(path, [row("a", [1.0], shape="passages=3"), row("b", [2.0])])
    with path.open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first["what"] == "a"
    assert first["shape"] == "passages=3"
    assert "cores" in first["device"]
    assert first["version"]
    assert len(first["date"]) == 10
    assert second["p50"] == "2.0"

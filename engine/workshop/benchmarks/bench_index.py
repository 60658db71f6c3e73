"""How fast a folder is indexed, stage by stage; ratios within one run."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from engine.documents import SUPPORTED_SUFFIXES, is_candidate
from engine.errors import BadData
from engine.events import IndexFinished
from engine.facade import Engine
from engine.records import IndexSummary

COLLECTION = "Benchmark"


def bench_index(folder: Path, *, limit: int, data_dir: Path) -> dict[str, Any]:
    """Index up to ``limit`` files of a folder into an empty data folder, then rescan.

    Run it in a process of its own: the peak memory is the process's.

    Args:
        folder: Real documents; they are copied, so nothing of it changes.
        limit: Number of files, in order of their paths.
        data_dir: An empty or new folder; the copies stand in ``files`` below it.

    Returns:
        ``n_files``, ``n_passages``, ``n_skipped``, seconds per stage (``scan_s`` ...),
        ``first_s``, ``rescan_s``, ``overhead_ratio`` (reading, chunking, storing and
        vector index over embedding), ``rescan_ratio`` (rescan over first indexing),
        ``peak_mib`` of this process and ``parser_peak_mib`` of the parser.

    Raises:
        BadData: The folder holds no readable file.
    """
    files = data_dir / "files"
    n_files = _copy(folder, files, limit)
    if not n_files:
        raise BadData(path=str(folder), line=0, detail="there is no document to index")
    with Engine(data_dir / "data") as engine:
        first = _run(engine, [files])
        rescan = _run(engine, [])
    stage_s = first.stage_s
    overhead_s = sum(stage_s[name] for name in ("read", "chunk", "store", "vectors"))
    own, parser = _peaks_mib()
    return {
        "n_files": n_files,
        "n_passages": first.n_passages,
        "n_skipped": len(first.skipped),
        **{f"{name}_s": round(seconds, 4) for name, seconds in stage_s.items()},
        "first_s": round(first.duration_s, 4),
        "rescan_s": round(rescan.duration_s, 4),
        "overhead_ratio": round(overhead_s / stage_s["embed"], 4) if stage_s["embed"] else None,
        "rescan_ratio": round(rescan.duration_s / first.duration_s, 5),
        "peak_mib": own,
        "parser_peak_mib": parser,
    }


def _copy(folder: Path, target: Path, limit: int) -> int:
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUPPORTED_SUFFIXES and is_candidate(path) and path.is_file()
    )[:limit]
    for path in found:
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return len(found)


def _run(engine: Engine, paths: list[Path]) -> IndexSummary:
    *_, last = engine.index(paths, COLLECTION)
    if not isinstance(last, IndexFinished):
        raise TypeError(f"index ended with {type(last).__name__}")
    return last.summary


def _peaks_mib() -> tuple[int, int]:
    """Return the peak resident memory of this process and of its largest child."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset >> 20), 0
    import resource

    unit = 20 if sys.platform == "darwin" else 10  # bytes there, KiB elsewhere
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, children = (resource.getrusage(one).ru_maxrss >> unit for one in who)
    return own, children

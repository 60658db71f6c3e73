"""What tests of indexing ask of its events and of what lies on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

LEAVE = "Employees receive 20 days of paid leave per year.\n"
LEASE = "本契約の有効期間は締結日から2年間とする。\n"


def of(kind: Any, events: list[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def paths_of(kind: type, events: list[Any]) -> list[str]:
    return [Path(event.path).name for event in of(kind, events)]


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")  # locks of readers, not data
    }

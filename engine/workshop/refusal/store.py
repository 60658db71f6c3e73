"""Cases in a file that grows line by line, so that a stopped run goes on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.codec import NotARecord, from_json, to_json
from engine.errors import BadData
from engine.workshop.refusal.cases import RefusalCase


def read_cases(path: Path) -> dict[str, RefusalCase]:
    """Return the cases of a file by name, the last line of each; none if there is no file.

    Raises:
        BadData: A line is no case.
    """
    found: dict[str, RefusalCase] = {}
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        try:
            case = from_json(RefusalCase, line)
        except NotARecord as error:
            raise BadData(path=str(path), line=number, detail=str(error)) from error
        found[case.id] = case
    return found


def add_cases(path: Path, cases: Iterable[RefusalCase]) -> None:
    """Add cases to a file, each as it comes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        for case in cases:
            stream.write(to_json(case) + "\n")
            stream.flush()

"""The page of notices says what the program says."""

from __future__ import annotations

from pathlib import Path

from engine.records.notices import NOTICES
from engine.wording.notices import TEMPLATES

PAGE = Path(__file__).parents[3] / "docs" / "notices.md"


def row(code: str) -> str:
    fields = ", ".join(f"`{field}`" for field in NOTICES[code])
    return f"| `{code}` | {fields} | {TEMPLATES[code]} |"


def test_every_notice_is_documented_and_nothing_else() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert rows == [row(code) for code in NOTICES], "docs/notices.md: a row a code, in their order"

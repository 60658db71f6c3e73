"""Long work lives in a folder; its plan lies beside it, so that other work never mixes in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import CheckpointUnusable
from engine.formats.atomic_files import replacing

PLAN = "plan.json"


def is_claimed(folder: Path, plan: Mapping[str, Any]) -> bool:
    """Tell whether a folder holds work of this very plan.

    Raises:
        CheckpointUnusable: It holds another's.
    """
    path = folder / PLAN
    if not path.is_file():
        return False
    if path.read_text("utf-8") != _text(plan):
        detail = "the folder holds a run with other data or settings"
        raise CheckpointUnusable(path=str(folder), detail=detail)
    return True


def claim(folder: Path, plan: Mapping[str, Any]) -> None:
    """Make a folder a plan's own.

    Raises:
        CheckpointUnusable: It is another's.
    """
    if not is_claimed(folder, plan):
        with replacing(folder / PLAN) as partial:
            partial.write_text(_text(plan), "utf-8")


def release(folder: Path) -> None:
    """Forget whose a folder is, where its work has come to nothing; another plan may take it."""
    (folder / PLAN).unlink(missing_ok=True)


def _text(plan: Mapping[str, Any]) -> str:
    return json.dumps(plan, indent=1, sort_keys=True, ensure_ascii=False)

"""A folder belongs to one plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import CheckpointUnusable
from engine.formats.run_folder import claim, is_claimed


def test_a_folder_stays_with_its_plan(tmp_path: Path) -> None:
    folder, plan = tmp_path / "run", {"name": "差分", "n": 1}
    assert not is_claimed(folder, plan)
    claim(folder, plan)
    claim(folder, dict(reversed(plan.items())))  # the order of fields says nothing
    assert is_claimed(folder, plan)
    with pytest.raises(CheckpointUnusable):
        claim(folder, {**plan, "n": 2})
    assert is_claimed(folder, plan)

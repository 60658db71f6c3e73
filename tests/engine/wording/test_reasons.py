"""Every reason to skip a file has its meaning."""

from __future__ import annotations

from engine.records import SkipReason
from engine.wording.files import REASONS


def test_every_reason_is_explained_and_nothing_else() -> None:
    assert set(REASONS) == {str(reason) for reason in SkipReason}

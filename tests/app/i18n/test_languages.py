"""The languages of the interface."""

from __future__ import annotations

from app.i18n import LANGUAGES
from engine.languages import profile_of


def test_every_language_of_the_interface_has_a_profile_with_the_same_name() -> None:
    assert {code: profile_of(code).name for code in LANGUAGES} == dict(LANGUAGES)

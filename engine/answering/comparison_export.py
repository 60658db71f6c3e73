"""Write a comparison to a file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from engine.answering.comparison_page import comparison_page
from engine.errors import ExportFailed, ExportFormatUnknown
from engine.json_shapes import comparison_shape
from engine.records import Comparison


def check_format(path: Path) -> None:
    """Refuse a file name that says neither web page nor data.

    Raises:
        ExportFormatUnknown: It ends in neither ``.html`` nor ``.json``.
    """
    if path.suffix.lower() not in (".html", ".htm", ".json"):
        raise ExportFormatUnknown(path=str(path))


def export_comparison(comparison: Comparison, path: Path) -> None:
    """Write a comparison as ``.html`` or ``.json``; a file that is there is replaced whole.

    Raises:
        ExportFormatUnknown: The file name ends otherwise.
        ExportFailed: The file cannot be written.
    """
    check_format(path)
    if path.suffix.lower() == ".json":
        text = json.dumps(comparison_shape(comparison), ensure_ascii=False, indent=1) + "\n"
    else:
        text = comparison_page(comparison)
    try:
        _replace(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise ExportFailed(path=str(path), detail=error.strerror or str(error)) from error


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".sabun-", suffix=path.suffix)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise

"""What of an exception may be kept: where it was, never what it said.

Messages of exceptions quote values (a missing key, a string that is no number), and a value may
be a sentence of somebody's document. Kept are the names of exceptions, files, functions and the
lines of our source.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

_ROOT = str(Path(__file__).resolve().parents[1])
_MAX_FRAMES = 40
_MAX_CHAIN = 6


def trace(error: BaseException) -> str:
    """Return the traceback of an exception and of those that led to it, the first one first."""
    chain = list(_chain(error))
    return "\n".join(line for each in reversed(chain) for line in _lines(each))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, its cause, the cause of that."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen and len(seen) < _MAX_CHAIN:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__)
    kept = list(frames)
    if len(kept) > _MAX_FRAMES:
        kept = kept[: _MAX_FRAMES // 4] + kept[-_MAX_FRAMES * 3 // 4 :]
        yield f"({len(frames)} frames, {_MAX_FRAMES} kept)"
    for frame in kept:
        yield f"  {_place(frame.filename)}:{frame.lineno} {frame.name}: {frame.line or ''}".rstrip()
    yield _name(error)


def _place(file_name: str) -> str:
    """Return a source file without the folders that the program is installed in."""
    path = file_name.replace("\\", "/")
    for marker in ("/site-packages/", "/lib/python3"):
        if marker in path:
            return path.rpartition(marker)[2]
    return path.removeprefix(_ROOT.replace("\\", "/") + "/")


def _name(error: BaseException) -> str:
    """Return the type of an exception, and for a missing attribute which one of what."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, AttributeError) and (error.name or "").isidentifier():
        return f"{name}: {error.name} of {type(error.obj).__name__}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name}: errno {error.errno}"
    return name

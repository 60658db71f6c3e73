"""The kernel text, put together for compilers that run on the user's machine."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "src" / "body"
BODY = ("shape", "tile", "visible", "instances", "softmax", "load", "prefill", "decode")
_INCLUDE = re.compile(r'^#include "(\w+\.h)"$', re.MULTILINE)


def _read(name: str) -> str:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return _INCLUDE.sub(lambda match: _read(match.group(1)), text)


@cache
def source(prelude: str) -> str:
    """Return prelude, body and entry points as one text; ``prelude`` is ``opencl`` or ``cuda``."""
    names = (f"prelude_{prelude}", *BODY, "entry_device")
    return "\n".join(_read(f"{name}.h") for name in names)

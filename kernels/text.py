"""The kernel text, put together for compilers that run on the user's machine."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TEXT = Path(__file__).parent / "src" / "text"
BODY = ("shape.h", "tile.h", "visible.h", "instances.h", "softmax.h", "load.h", "prefill.h", "decode.h")
_INCLUDE = re.compile(r'^#include "(\w+\.h)"$', re.MULTILINE)


def _read(name: str) -> str:
    text = (TEXT / name).read_text(encoding="utf-8")
    return _INCLUDE.sub(lambda match: _read(match.group(1)), text)


@cache
def source(prelude: str) -> str:
    """Return prelude, body and entry points as one text; ``prelude`` is ``opencl`` or ``cuda``."""
    return "\n".join(_read(name) for name in (f"prelude_{prelude}.h", *BODY, "entry_device.h"))

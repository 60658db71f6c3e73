"""What the verbs print with: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class Terminal:
    """Standard output and error of one run.

    Args:
        as_json: Print one JSON object and nothing else on stdout.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.log = Console(stderr=True, highlight=False, soft_wrap=True)

    @property
    def interactive(self) -> bool:
        """Whether a person watches stdout."""
        return not self.as_json and sys.stdout.isatty()

    def result(self, value: Mapping[str, Any]) -> None:
        """Print the one JSON object of ``--json``."""
        ascii_only = not (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
        print(json.dumps(value, ensure_ascii=ascii_only), flush=True)

    def line(self, text: str = "") -> None:
        """Print a line for people on stdout; nothing with ``--json``."""
        if not self.as_json:
            print(text, flush=True)

    def write(self, text: str) -> None:
        """Print a piece of streamed text; nothing with ``--json``."""
        if not self.as_json:
            print(text, end="", flush=True)

    def note(self, text: str) -> None:
        """Print a line on stderr."""
        print(text, file=sys.stderr, flush=True)

    def fail(self, sentence: str, code: str) -> None:
        """Print a failure: one sentence on stderr, its code as JSON if asked for."""
        self.note(f"sabun: {sentence}")
        if self.as_json:
            self.result({"error": {"code": code, "message": sentence}})

    def progress(self) -> Progress:
        """Return a progress display on stderr; silent where nobody watches."""
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[eta]}"),
            console=self.log,
            transient=True,
            disable=not self.log.is_terminal,
        )

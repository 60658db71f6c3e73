"""Long texts on one line."""

from __future__ import annotations


def shortened(text: str, n_characters: int) -> str:
    """Return the text on one line of at most ``n_characters``, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= n_characters else line[: n_characters - 1].rstrip() + "…"

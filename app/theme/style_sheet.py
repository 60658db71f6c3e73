"""The application's style sheet, filled in from the tokens."""

from __future__ import annotations

from pathlib import Path
from string import Template

from app.theme.tokens import RADIUS, Tokens

_TEMPLATE = Path(__file__).with_name("sabun.qss")


def style_sheet(tokens: Tokens, *, arrow: str = "", arrow_up: str = "", tick: str = "") -> str:
    """Return the style sheet of one theme.

    Args:
        tokens: Its colours.
        arrow: Path of the picture on combo boxes; style sheets take files only.
        arrow_up: The same, pointing up.
        tick: Path of the picture in checked boxes.
    """
    paths = {"arrow": arrow, "arrow_up": arrow_up, "tick": tick}
    pictures = {name: _picture(path) for name, path in paths.items()}
    sheet = Template(_TEMPLATE.read_text(encoding="utf-8"))
    return sheet.substitute(vars(tokens), radius=RADIUS, **pictures)


def _picture(path: str) -> str:
    return f'url("{path}")' if path else "none"

"""Pages made from the templates in ``assets/templates``; what goes in is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from engine.paths import ASSETS_DIR


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ASSETS_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: Any) -> Markup:
    """Return a filled template.

    Args:
        template: File name: ``comparison.html.jinja``.
        values: What it names. Text is escaped unless it is :class:`markupsafe.Markup`.

    Raises:
        jinja2.UndefinedError: The template names something that was not given.
    """
    return Markup(_environment().get_template(template).render(**values))  # noqa: S704 - escaped by autoescape

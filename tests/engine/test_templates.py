"""Templates: everything is escaped, and nothing is left out unnoticed."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from engine.templates import render

PLOT = {
    "title": "<b>&",
    "x_title": "x",
    "width": 10,
    "height": 10,
    "left": 1,
    "right": 9,
    "top": 1,
    "x_ticks": [],
    "y_ticks": [],
    "lines": [],
}


def test_text_is_escaped_and_markup_is_not() -> None:
    assert "&lt;b&gt;&amp;" in render("line_plot.svg.jinja", **PLOT)
    assert "<b>&" in render("line_plot.svg.jinja", **{**PLOT, "title": Markup("<b>&")})


def test_what_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError, match="x_title"):
        render("line_plot.svg.jinja", **{k: v for k, v in PLOT.items() if k != "x_title"})

"""Writes a text as a page of the company's intranet."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.samples.markup import Bullet, Heading, Paragraph, Table, Text

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="author" content="{author}">
<meta name="date" content="{date}">
<style>
body {{ font: 16px/1.65 system-ui, sans-serif; color: #1d2430; margin: 0; }}
header, footer {{ background: #18305c; color: #fff; padding: .8rem 2rem; }}
main {{ max-width: 46rem; margin: 0 auto; padding: 1rem 2rem; }}
h1, h2 {{ color: #18305c; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ border: 1px solid #b0b8c6; padding: .35rem .7rem; text-align: left; }}
th {{ background: #e5ebf5; }}
</style>
</head>
<body>
<header>{site}</header>
<main>
<h1>{title}</h1>
{body}
</main>
<footer>{running}</footer>
</body>
</html>
"""


def write_html(text: Text, target: Path) -> None:
    """Write a text as HTML."""
    page = _PAGE.format(
        lang="ja" if text.is_japanese else "en",
        title=html.escape(text.meta["title"]),
        author=html.escape(text.meta["author"]),
        date=text.meta["date"],
        site="風森計測　社内ポータル" if text.is_japanese else "Kazamori Europe · intranet",
        body="\n".join(_elements(text)),
        running=html.escape(text.meta["running"]),
    )
    target.write_text(page, encoding="utf-8", newline="\n")


def _elements(text: Text) -> Iterator[str]:
    in_list = False
    for block in text.blocks:
        if in_list != isinstance(block, Bullet):
            in_list = not in_list
            yield "<ul>" if in_list else "</ul>"
        if isinstance(block, Heading):
            yield f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
        elif isinstance(block, Paragraph):
            yield f"<p>{_inline(block.text)}</p>"
        elif isinstance(block, Bullet):
            yield f"<li>{_inline(block.text)}</li>"
        elif isinstance(block, Table):
            yield from _table(block)
    if in_list:
        yield "</ul>"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    for i, row in enumerate(table.rows):
        tag = "td" if i else "th"
        yield "<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in row) + "</tr>"
    yield "</table>"


def _inline(text: str) -> str:
    escaped = html.escape(text, quote=False)
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", escaped)

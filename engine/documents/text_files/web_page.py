"""HTML: text under its headings; scripts, styles and navigation left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from engine.documents.cleaning import chosen_title, clean
from engine.documents.encoding import decode
from engine.documents.limits import MAX_TAG_DEPTH
from engine.documents.source import Source
from engine.documents.text_files.layout_tables import layout_tables
from engine.documents.text_files.page_parts import (
    DROPPED,
    FRAME,
    PageParts,
    field_value,
    list_mark,
    opened_as,
    picture_text,
    tick,
)
from engine.documents.text_files.page_text import PageText, Span
from engine.records import ParsedDocument

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_CLOSES_ITSELF = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd td th tr option "
    "thead tbody tfoot colgroup rt rp optgroup html head body".split()
)
_OTHERS = (
    "a abbr address article b bdi bdo big blockquote br caption center cite code data dd del "
    "details dfn dialog dir div dl em fieldset figcaption figure font form h1 h2 h3 h4 h5 h6 "
    "hgroup i ins kbd label legend main mark menu ol output picture pre progress q ruby s samp "
    "button input math noscript search section select slot "
    "small span strike strong sub summary sup svg "
    "table textarea time title tt u ul var"
)
_ELEMENTS = frozenset(_OTHERS.split()) | _CLOSES_ITSELF | DROPPED | FRAME


def is_html(text: str) -> bool:
    """Tell whether markup has elements of HTML only; XML is data and has to be kept whole."""
    return all(name.lower() in _ELEMENTS for _, name in _TAG.findall(text))


def _too_deep(html: str) -> set[str]:
    """Return the names of tags that are nested too deeply for a tree to be built in time."""
    depth: dict[str, int] = {}
    deepest: dict[str, int] = {}
    for closing, name in _TAG.findall(html):
        name = name.lower()
        if closing:
            depth[name] = max(0, depth.get(name, 0) - 1)
        else:
            depth[name] = depth.get(name, 0) + 1
            deepest[name] = max(deepest.get(name, 0), depth[name])
    return {n for n, d in deepest.items() if d > MAX_TAG_DEPTH and n not in _CLOSES_ITSELF}


def _flattened(html: str) -> str:
    """Turn tags that are nested hundreds of times into line breaks; their text stays."""
    if html.count("<") <= MAX_TAG_DEPTH:
        return html
    names = _too_deep(html)
    if not names:
        return html
    pattern = "|".join(re.escape(name) for name in sorted(names))
    return re.sub(rf"</?(?:{pattern})\b[^>]*>?", "<br>", html, flags=re.IGNORECASE)


def _span(node: Any) -> Span:
    """Return how many columns and rows a cell covers."""
    found = []
    for name in ("colspan", "rowspan"):
        text = (node.attributes.get(name) or "1").strip()
        found.append(int(text) if text.isdecimal() and len(text) < 6 else 1)
    return Span(max(found[0], 1), found[1])


def _walk(body: Any, page: PageText, parts: PageParts, *, keep_frame: bool) -> None:
    """Visit the tree in document order without recursion; depth is the file's choice."""
    open_nodes: list[tuple[Any, str]] = []
    node = body.child
    while node is not None:
        opened = _enter(node, page, parts, open_nodes, keep_frame=keep_frame)
        if opened and node.child is not None:
            open_nodes.append((node, opened))
            node = node.child
            continue
        if opened:
            _leave(node, opened, page, parts)
        following = node.next
        while following is None and open_nodes:
            parent, parent_tag = open_nodes.pop()
            _leave(parent, parent_tag, page, parts)
            following = parent.next
        node = following
    page.finish()


def _enter(
    node: Any,
    page: PageText,
    parts: PageParts,
    open_nodes: list[tuple[Any, str]],
    *,
    keep_frame: bool,
) -> str:
    """Take a node; return the name under which its children are read, empty if they are not."""
    tag = node.tag
    if tag == "-text":
        page.text(node.text_content or "")
        return ""
    outermost = not open_nodes and not keep_frame
    if tag[0] == "-" or parts.leaves_out(node, tag, outermost=outermost):
        return ""
    value = field_value(node, tag)
    drawn = picture_text(node, tag)
    if value is not None:
        page.text(tick(node, tag))
        page.field(value)
        return ""
    if drawn is not None:
        page.text(drawn)
        return ""
    opened = opened_as(node, tag, [name for _, name in open_nodes] if tag == "button" else [])
    if opened == "table" and node.mem_id in parts.layouts:
        opened = "div"
    if opened is not None:
        page.open(opened, _span(node) if opened in ("td", "th") else None)
        if opened == "li":
            page.mark(list_mark(node))
    return opened or ""


def _leave(node: Any, tag: str, page: PageText, parts: PageParts) -> None:
    page.text(parts.behind(node, tag))
    page.close(tag)


def parse(html: str) -> PageText:
    """Return the text of a page with its blocks and title.

    Raises:
        ValueError: The library cannot build a tree of it.
    """
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        tree = LexborHTMLParser(_flattened(html))
    except SelectolaxError as error:
        raise ValueError("no tree can be built of it") from error
    title_node = tree.css_first("title")
    title = clean(title_node.text()) if title_node is not None else ""
    parts = replace(PageParts.of(html), layouts=layout_tables(tree))
    for keep_frame in (False, True):
        page = PageText(title)
        if tree.body is not None:
            _walk(tree.body, page, parts, keep_frame=keep_frame)
        if page.blocks:
            break
    return page


def read(source: Source) -> ParsedDocument:
    """Read a web page; locations are heading trails."""
    declared = _CHARSET.search(source.data[:4096])
    html = decode(source.data, declared[1].decode("ascii", "replace") if declared else "")
    page = parse(html)
    title = chosen_title(page.title, page.first_heading, name=source.name)
    return ParsedDocument(title, source.checked(page.blocks), "text/html")

"""HTML: text under its headings; scripts, styles and navigation left out."""

from __future__ import annotations

import re
from typing import Any

from engine.documents.cleaning import chosen_title, clean
from engine.documents.encoding import decode
from engine.documents.limits import MAX_TAG_DEPTH
from engine.documents.source import Source
from engine.documents.text_files.page_text import PageText
from engine.records import ParsedDocument

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_CLOSES_ITSELF = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd td th tr option "
    "thead tbody tfoot colgroup rt rp optgroup html head body".split()
)
_DROPPED = frozenset(
    "script style nav noscript template svg math iframe object canvas audio video button select "
    "input textarea datalist head rt rp map".split()
)
_FRAME = frozenset({"header", "footer", "aside"})
_OTHERS = (
    "a abbr address article b bdi bdo big blockquote br caption center cite code data dd del "
    "details dfn dialog dir div dl em fieldset figcaption figure font form h1 h2 h3 h4 h5 h6 "
    "hgroup i ins kbd label legend main mark menu ol output picture pre progress q ruby s samp "
    "search section slot small span strike strong sub summary sup table time title tt u ul var"
)
_ELEMENTS = frozenset(_OTHERS.split()) | _CLOSES_ITSELF | _DROPPED | _FRAME


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


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return bool(attributes) and (
        "hidden" in attributes
        or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
    )


def _walk(body: Any, page: PageText, *, keep_frame: bool) -> None:
    """Visit the tree in document order without recursion; depth is the file's choice."""
    open_nodes: list[tuple[Any, str]] = []
    node = body.child
    while node is not None:
        tag = node.tag
        if tag == "-text":
            page.text(node.text_content or "")
        elif tag[0] != "-" and not (
            tag in _DROPPED
            or (tag in _FRAME and not open_nodes and not keep_frame)
            or _is_hidden(node)
        ):
            page.open(tag)
            child = node.child
            if child is not None:
                open_nodes.append((node, tag))
                node = child
                continue
            page.close(tag)
        following = node.next
        while following is None and open_nodes:
            parent, parent_tag = open_nodes.pop()
            page.close(parent_tag)
            following = parent.next
        node = following
    page.finish()


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
    for keep_frame in (False, True):
        page = PageText(title)
        if tree.body is not None:
            _walk(tree.body, page, keep_frame=keep_frame)
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

"""What of a web page a person reads: fields, buttons, panels and frames among the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from engine.documents.cleaning import link_addition, one_line
from engine.documents.text_files.mathml import mathml_text

DROPPED = frozenset(
    "script style nav template iframe object canvas audio video datalist head rt rp map".split()
)
"""Elements without text of the document."""

FRAME = frozenset({"header", "footer", "aside"})
"""Around the document; read where it holds how to reach somebody."""

_WITHOUT_VALUE = frozenset({"hidden", "password", "file", "image", "reset", "submit", "button"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend"})
_OPENS = ("aria-controls", "aria-expanded", "data-toggle", "data-bs-toggle", "data-target")
_CONTROLLED = re.compile(
    r"""(?:aria-controls|data-(?:bs-)?target|href)\s*=\s*["']?\s*#?([\w:.-]+)""", re.IGNORECASE
)
_PANEL = re.compile(r"accordion|collaps|panel|tab-?pane|answer|faq|toggle|expand", re.IGNORECASE)
_ABOUT_SCRIPTS = re.compile(r"java\s*script|スクリプト|\benable\b|有効に", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|〒\s*\d|(?:tel|phone|fax|電話|住所|所在地|営業時間|連絡先)\s?[.:：]?"
    r"\s*[\d(+〒]|opening hours",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"\+?\(?\d[\d\s()./\-]{7,18}\d")
_LONG_BUTTON = 25
"""A button with so many characters is no command but a question or a sentence."""

_MOST_SHOWN_LINKS = 20
"""A page with more links to the outside is a directory: their addresses would drown its text."""

_LONGEST_SHOWN_LINK = 120


@dataclass(frozen=True)
class PageParts:
    """What has to be known of a page as a whole.

    Attributes:
        controlled: Identifiers of the elements that something on the page opens.
        shows_links: True if the addresses of its links are to be written out.
        layouts: Identities of the tables that only lay it out.
    """

    controlled: frozenset[str]
    shows_links: bool
    layouts: frozenset[int] = frozenset()

    @classmethod
    def of(cls, html: str) -> PageParts:
        """Return the parts of a page by its source."""
        n_links = len(re.findall(r"""href\s*=\s*["']?https?:""", html))
        return cls(frozenset(_CONTROLLED.findall(html)), n_links <= _MOST_SHOWN_LINKS)

    def leaves_out(self, node: Any, tag: str, *, outermost: bool) -> bool:
        """Tell whether an element is not read, with all that is in it.

        Args:
            node: The element.
            tag: Its name.
            outermost: True directly below the body, where frames are dropped.
        """
        if tag in DROPPED:
            return True
        if tag in FRAME and outermost:
            return not _tells_how_to_reach(node.text() or "")
        if tag == "noscript":
            return bool(_ABOUT_SCRIPTS.search(node.text() or ""))
        return self._is_hidden(node)

    def _is_hidden(self, node: Any) -> bool:
        attributes = node.attributes
        if not attributes:
            return False
        style = (attributes.get("style") or "").replace(" ", "").lower()
        if "hidden" not in attributes and "display:none" not in style:
            return False
        return not (
            attributes.get("hidden") == "until-found"
            or attributes.get("id") in self.controlled
            or attributes.get("role") == "tabpanel"
            or _PANEL.search(attributes.get("class") or "")
        )

    def behind(self, node: Any, tag: str) -> str:
        """Return what is added behind an element: the address of a link."""
        if tag != "a":
            return ""
        target = (node.attributes.get("href") or "").strip()
        if target.startswith("tel:"):
            digits = re.sub(r"\D", "", target)
            is_said = digits in re.sub(r"\D", "", node.text() or "")
            return "" if is_said or not digits else f" ({target[4:]})"
        is_shown = self.shows_links and len(target) <= _LONGEST_SHOWN_LINK
        is_web = target.startswith(("http://", "https://"))
        if not (target.startswith("mailto:") or (is_shown and is_web)):
            return ""
        text = one_line(node.text() or "")
        return link_addition(text, target) if text else ""


def _tells_how_to_reach(text: str) -> bool:
    if _ADDRESS.search(text):
        return True
    return any(sum(map(str.isdigit, found)) >= 9 for found in _TELEPHONE.findall(text))


def opened_as(node: Any, tag: str, ancestors: list[str]) -> str | None:
    """Return the name under which an element is read; None for a button that is a mere command."""
    if tag != "button":
        return tag
    if not _HEADINGS.isdisjoint(ancestors):
        return "span"
    text = one_line(node.text() or "")
    says = len(text) >= _LONG_BUTTON or text.endswith(("?", "？"))
    return "div" if says or any(name in node.attributes for name in _OPENS) else None


def field_value(node: Any, tag: str) -> str | None:
    """Return what a field is filled with; None if the element is no field, empty if it is."""
    if tag == "textarea":
        return one_line(node.text() or "")
    if tag == "select":
        options = node.css("option")
        chosen = [option for option in options if "selected" in option.attributes]
        return ", ".join(one_line(option.text() or "") for option in chosen or options[:1])
    if tag != "input":
        return None
    kind = (node.attributes.get("type") or "text").lower()
    if kind in _WITHOUT_VALUE or kind in ("checkbox", "radio"):
        return ""
    return one_line(node.attributes.get("value") or "")


def tick(node: Any, tag: str) -> str:
    """Return the sign of a box or a round button; empty for other elements."""
    kind = (node.attributes.get("type") or "").lower() if tag == "input" else ""
    if kind not in ("checkbox", "radio"):
        return ""
    return "☒ " if "checked" in node.attributes else "☐ "


def list_mark(node: Any) -> str:
    """Return what a person sees in front of an item of a list: a bullet or its number."""
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return "- "
    given = parent.attributes.get("start") or "1"
    number = int(given) if given.isdecimal() and len(given) < 6 else 1
    before = node.prev
    while before is not None:
        number += before.tag == "li"
        before = before.prev
    return f"{number}. "


def picture_text(node: Any, tag: str) -> str | None:
    """Return the text of a formula, a drawing or a picture of a character; None for the rest."""
    if tag == "math":
        return f" {mathml_text(node)} "
    if tag == "svg":
        return "\v".join(filter(None, (one_line(t.text() or "") for t in node.css("text"))))
    if tag == "img":
        sign = one_line(node.attributes.get("alt") or "")
        is_emoji = "emoji" in (node.attributes.get("class") or "") or not sign.isascii()
        return sign if is_emoji and len(sign) <= 8 else ""
    return None

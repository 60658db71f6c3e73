"""Lines that say nothing of their document: heads of pages, greetings, titles, lists of links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from engine.languages import PROFILES, any_of
from engine.records import DocumentRef, Passage
from engine.text import is_cjk, normalise

_RULES = tuple(profile.summaries for profile in PROFILES)
_SAID_OFTEN = re.compile(any_of(rules.said_often for rules in _RULES))
_GREETING = re.compile(any_of(rules.greeting for rules in _RULES), re.IGNORECASE)
_COUNTER = re.compile(r"(?<!\d)\d{1,4} ?/ ?\d{1,4}$|^\W*\d{1,4}\W*$")
_MAIL_FIELD = re.compile(rf"^(?:{any_of(rules.mail_field for rules in _RULES)})[:：]", re.MULTILINE)
LEAST_FIELDS = 3
"""Of a mail's head; minutes have a date, too."""
_SPACES = re.compile(r"\s*\n[\s>]*|[ \t\u3000]{2,}")
_LINK = re.compile(r"^(?:\u2192|https?://\S+$)")
_DIGITS = re.compile(r"\d+")


def is_noise(text: str, document: DocumentRef, repeated: frozenset[str], mail: bool) -> bool:
    """Tell whether a line is a page's head, a greeting, the title itself or a list of links."""
    folded = normalise(text)
    if _LINK.search(text) or key_of(text) in repeated:
        return True
    if _COUNTER.search(text) or _SAID_OFTEN.search(folded):
        return True
    title = normalise(document.title)
    titled = bool(title) and title in folded and len(folded) < len(title) + 45
    if titled or folded == normalise(document.name):
        return True
    return bool(_GREETING.search(text)) if mail or len(text) < 40 else False


def key_of(text: str) -> str:
    """Return a line as lines of other pages are compared with it: figures are all the same."""
    return _DIGITS.sub("0", normalise(text))


def repeated_lines(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the first and last lines of pages that stand on several: heads and feet."""
    pages: dict[int, list[str]] = {}
    for passage in passages:
        if passage.location.kind in ("page", "slide"):
            lines = [line for line in passage.text.split("\n") if line.strip()]
            pages.setdefault(passage.location.first, []).extend(lines)
    edges = Counter(
        key
        for lines in pages.values()
        for key in {key_of(line) for line in (*lines[:2], *lines[-2:])}
    )
    least = max(2, len(pages) // 3)
    return frozenset(key for key, n in edges.items() if n >= least)


def looks_like_mail(passages: Sequence[Passage]) -> bool:
    """Tell whether a text begins as a mail does that was saved as text."""
    head = passages[0].text[:400] if passages else ""
    return len(_MAIL_FIELD.findall(head)) >= LEAST_FIELDS


def shown(text: str) -> str:
    """Return stored text on one line, without the marks of a mail's quotation."""
    flat = _SPACES.sub(lambda m: "\n" if "\n" in m.group() else " ", text.strip())
    joined = ""
    for piece in flat.split("\n"):
        gap = "" if joined and is_cjk(joined[-1]) and is_cjk(piece[:1] or " ") else " "
        joined = f"{joined}{gap if joined else ''}{piece}"
    return joined.strip()

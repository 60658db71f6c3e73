"""Search tokens: words as they are, CJK runs as overlapping character pairs.

SQLite's own tokenizers miss two-character Japanese words, so text is cut here and the
full-text table only splits at spaces. A run of one CJK character is indexed alone.
"""

from __future__ import annotations

import re

from engine.languages import PROFILES, any_of
from engine.text.language import is_cjk
from engine.text.normalise import normalise
from engine.text.search_form import search_form

CJK = (
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff"
)
"""Characters of scripts without spaces, to stand in a class of a pattern."""

# A run ends where the script changes: "SSOの" is two.
_RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")

STOP_WORDS = frozenset().union(*(profile.tokens.stop_words for profile in PROFILES))
_GRAMMAR = re.compile(any_of(profile.tokens.grammar for profile in PROFILES))


def _tokens(folded: str) -> list[str]:
    tokens: list[str] = []
    for run in _RUN.findall(folded):
        tokens.extend(pairs(run) if is_cjk(run[0]) else [run])
    return tokens


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of a run of CJK characters; a single one alone."""
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


def runs(folded: str) -> list[str]:
    """Return the words and the CJK runs of a text in comparable form, in order."""
    found: list[str] = _RUN.findall(folded)
    return found


def index_tokens(text: str) -> str:
    """Return the tokens of ``text`` in order, space-separated, for the full-text table.

    >>> index_tokens("契約書のSSO")
    '契約 約書 書の sso'
    """
    return " ".join(_tokens(search_form(text)))


def content_tokens(text: str) -> list[str]:
    """Return the tokens of ``text`` that carry meaning, in order, with repetitions.

    Stop words and tokens that carry grammar only are left out; if nothing remains,
    all tokens are returned.
    """
    tokens = _tokens(normalise(text))
    content = [t for t in tokens if t not in STOP_WORDS and not _GRAMMAR.match(t)]
    return content or tokens

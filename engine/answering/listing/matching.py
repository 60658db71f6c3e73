"""Which of the lists in documents a question asks for, and which of their rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.answering.listing.groups import Group, Row
from engine.answering.listing.topic import Page, filtered, held, topic_of
from engine.answering.listing.wanted import Wanted, is_of_class
from engine.languages import PROFILES, any_of
from engine.text import is_cjk, language_of, normalise

LEAST = 0.55
"""A list that fits less is none that was asked for."""

ALONGSIDE = 0.88
"""Lists that fit so much of the best one's score belong to the answer, too."""

_OWN, _HEADING, _AROUND, _IN_ROWS = 1.0, 0.95, 0.72, 0.68
_KIND_FACTOR = {"table": 1.0, "items": 1.0, "members": 0.97, "paragraphs": 0.86}
_TOPIC_SHARE = 0.5
_PAGE_WEIGHT = 0.8
_GENERAL, _UNSAID = 0.85, 0.6
"""Of a list below a heading that says the topic, but not the noun."""

_ALSO_NAMED = 0.1
_LAST_WORDS, _LAST = 36, 0.05
"""Characters before a list in which a noun names it most surely, and what that adds."""

_SOME = 0.2
"""Of a topic must stand in a heading itself, if the rest stands above it."""

_ANYBODY = frozenset({"person"})
_ALONE = 0.8
"""Factor of a list with one row only."""

_NAME_WORDS = 6
_UNNAMED = 0.7
"""Factor of words that are enumerated below a heading, but not said to be what it names."""

_POSSIBLE = 0.95


@dataclass(frozen=True)
class Fit:
    """A group that may be asked for.

    Attributes:
        group: The group.
        score: How well it fits, 0 to 1.
        column: The column whose values are asked for; empty for the rows themselves.
        rows: Those that the topic admits.
    """

    group: Group
    score: float
    column: str
    rows: tuple[Row, ...]


def may_enumerate(asked: Wanted, text: str) -> bool:
    """Tell whether a line may enumerate what is asked for; cheap, and wrong only by a yes."""
    pattern = named_by(asked)
    if asked.form != "things":
        return asked.form == "section"
    said = pattern is not None and bool(pattern.search(unicodedata.normalize("NFKC", text)))
    return said or is_of_class(text, asked.classes)


def fits(asked: Wanted, groups: Iterable[Group], page: Page) -> list[Fit]:
    """Return the groups of one document that may be asked for."""
    found = []
    for group in groups:
        for column, level in _levels(asked, group):
            fit = _fit(asked, group, column, level, page)
            if fit is not None:
                found.append(fit)
    return found


def _fit(asked: Wanted, group: Group, column: str, level: float, page: Page) -> Fit | None:
    naming = "\n".join((group.label, group.heading, group.around, *group.columns))
    left = [t for t in topic_of(asked) if not t.held_by(naming)]
    named = _affirmed(asked, group, _named_rows(asked, group, column, naming))
    rows, told = filtered(named, left)
    left = [t for t in left if t not in told]
    weights = {t: t.weight for t in topic_of(asked)}
    total = sum(weights.values())
    missing = sum(
        weights[t]
        * (
            1
            - _PAGE_WEIGHT * t.held_by(page.text)
            - 0.4 * (not t.held_by(page.text)) * t.held_by(page.whole)
        )
        for t in left
    )
    share = 1 - missing / total if total else 1.0
    score = level * (1 - _TOPIC_SHARE + _TOPIC_SHARE * share) * _KIND_FACTOR[group.kind]
    if asked.classes == _ANYBODY and not asked.noun and missing:
        return None  # "who did it" is no list of everybody
    score *= _ALONE if len(group.rows) == 1 else 1.0
    return Fit(group, score, column, rows) if rows else None


def _named_rows(asked: Wanted, group: Group, column: str, naming: str) -> tuple[Row, ...]:
    """Return the rows that hold the noun, if nothing but some of the rows does."""
    terms = _noun_terms(asked)
    if group.kind != "table" or column or not terms or _names_noun(asked, naming) == 1.0:
        return group.rows
    holding = tuple(row for row in group.rows if len(held(terms, row.text)) == len(terms))
    return holding or group.rows


def _affirmed(asked: Wanted, group: Group, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Leave out rows that deny what the topic says, in a column that is called so."""
    for column in group.columns:
        cells = [dict(row.cells).get(column, "") for row in rows]
        decided = rows and all(_YES.fullmatch(c) or _NO.fullmatch(c) for c in cells) and any(cells)
        if decided and any(t.held_by(column) for t in topic_of(asked)):
            rows = tuple(r for r, cell in zip(rows, cells, strict=True) if _YES.fullmatch(cell))
    return rows


_RULES = tuple(profile.lists for profile in PROFILES)
_YES = re.compile(any_of(rules.yes for rules in _RULES), re.IGNORECASE)
_NO = re.compile("|".join(rules.no for rules in _RULES), re.IGNORECASE)


# --- the noun ------------------------------------------------------------------------------


def _levels(asked: Wanted, group: Group) -> list[tuple[str, float]]:
    """Return where the noun of the question names a group: a column or all of it, and how well."""
    if asked.form in ("steps", "section"):
        return _section_levels(asked, group)
    found: list[tuple[str, float]] = []
    for column in group.columns:
        held = _names_noun(asked, column)
        near = f"{column}\n{group.heading}\n{group.label}\n{group.around}"
        if held >= 0.5 or _is_head(asked, column):
            level = max(held, _OWN * 0.98 * _names_noun(asked, near))
            by_its_end = held < 0.5 and _names_noun(asked, group.heading) == 1.0
            found.append((column, level * (_HEADING * 0.99 if by_its_end else _OWN)))
    own = _names_noun(asked, group.label) * _brevity(group.label)
    leads = group.kind == "items" and group.label.endswith((":", "："))
    if own and leads and _names_noun(asked, group.label[-_LAST_WORDS:]):
        own = min(1.0, own + _LAST)
    heading = max(
        _names_noun(asked, group.heading) * _brevity(group.heading),
        _names_noun(asked, f"{group.heading}\n{group.label}")
        * _brevity(f"{group.heading} {group.label}"),
    )
    around = _names_noun(asked, f"{group.heading}\n{group.label}\n{group.around}")
    level = max(own * _OWN if group.label else 0.0, heading * _HEADING, around * _AROUND)
    if group.kind == "members" and own < heading:
        level = _UNNAMED * level if len(group.rows) > 1 else 0.0
    if group.kind == "table" and _noun_terms(asked):
        rows = max((_names_noun(asked, row.text) for row in group.rows), default=0.0)
        level = max(level, _IN_ROWS * rows if rows == 1.0 else 0.0)
    if group.kind == "items" and asked.topic:
        said = max((v for _, v in _section_levels(asked, group)), default=0.0)
        plain = _GENERAL if asked.general else _UNSAID
        level = max(level, plain * said + _ALSO_NAMED * own if said > 0.9 else 0.0)
    if level:
        found.append(("", level))
    return found


@lru_cache(maxsize=8192)
def _brevity(names: str) -> float:
    """Return 1 for a name, less for a sentence: that names many things by the way."""
    n_words = len(names) / 2.5 if any(map(is_cjk, names)) else len(names.split())
    least = 0.85 if names.rstrip().endswith((":", "：")) else 0.6
    return 1.0 if n_words <= _NAME_WORDS else max(least, 1.0 - 0.03 * (n_words - _NAME_WORDS))


def _names_noun(asked: Wanted, names: str) -> float:
    """Return how much of the noun some names hold: its head counts as much as all the rest."""
    if not names.strip():
        return 0.0
    classes = is_of_class(names, asked.classes)
    terms = _noun_terms(asked)
    if not terms:
        return 1.0 if classes else 0.0
    found = held(terms, names)
    if any(is_cjk(t[0]) for t in terms):
        share = len(found) / len(terms)
        return max(share if share >= 0.5 else 0.0, 0.92 if classes else 0.0)
    head, rest = terms[-1], terms[:-1]
    has_head = head in found
    if not has_head and not classes:
        return 0.0
    value = 1.0 if has_head else 0.92
    if not rest:
        return value
    return value * (0.5 + 0.5 * sum(t in found for t in rest) / len(rest))


@lru_cache(maxsize=64)
def _noun_terms(asked: Wanted) -> tuple[str, ...]:
    return asked.noun_terms


@lru_cache(maxsize=64)
def named_by(asked: Wanted) -> re.Pattern[str] | None:
    """Return what a line must hold to name what is asked for; None if any may."""
    terms = [re.escape(t.replace("-", "")) for t in _noun_terms(asked)]
    if not terms or asked.form != "things":
        return None
    return re.compile("|".join(terms), re.IGNORECASE)


def _is_head(asked: Wanted, column: str) -> bool:
    """Tell whether a column is called by the end of a Japanese noun: 項目 of 検査項目."""
    name = re.sub(r"[（(].*", "", column).strip()
    return len(name) > 1 and is_cjk(name[0]) and asked.noun.endswith(name)


def _section_levels(asked: Wanted, group: Group) -> list[tuple[str, float]]:
    """Return how well a heading says the topic of a question without a noun."""
    terms = topic_of(asked)
    total = sum(t.weight for t in terms)
    if not terms or (asked.form == "steps" and group.kind in ("members", "table")):
        return []

    def share(names: str) -> float:
        return sum(t.weight for t in terms if t.held_by(names)) / total

    near = f"{group.heading}\n{group.label}"
    exact = 0.9 + 0.1 * _brevity(group.heading)
    close = max(share(group.heading) * exact, share(near) * _brevity(group.label))
    wide = 0.95 * share(f"{near}\n{group.around}") * _brevity(group.label)
    level = max(close, wide if close >= _SOME else 0.0)
    numbered = asked.form == "steps" and any(row.line.number for row in group.rows)
    plain = 0.9 if asked.form == "steps" and not numbered else 1.0
    return [("", level * plain)] if level >= 0.5 else []


def chosen(found: Sequence[Fit], language: str) -> tuple[list[Fit], list[Fit]]:
    """Return the groups that are asked for, and those that may be, best first.

    Of a document that is there in two languages the one in the question's is taken.

    Args:
        found: What fits.
        language: Of the question.
    """
    ranked = sorted(found, key=lambda fit: (-round(fit.score, 3), _language(fit) != language))
    if not ranked or ranked[0].score < LEAST:
        return [], []
    best = ranked[0]
    own = _language(best)
    sure: list[Fit] = []
    possible: list[Fit] = []
    seen: set[tuple[int, int]] = set()
    for fit in ranked:
        if fit.score < ALONGSIDE * best.score:
            break
        lines = {(row.line.passage.document.id, row.line.start) for row in fit.rows}
        if lines & seen and fit is not best:
            continue
        seen |= lines
        if _alike(fit, best) and _language(fit) == own:
            sure.append(fit)
        elif fit.score >= _POSSIBLE * best.score:
            possible.append(fit)
    return sure, possible


def _language(fit: Fit) -> str:
    group = fit.group
    return language_of("\n".join((group.heading, group.label, *(r.text for r in group.rows[:6]))))


def _alike(fit: Fit, best: Fit) -> bool:
    """Tell whether two groups list the same: one column, or a place with the same names."""
    if fit is best:
        return True
    if bool(fit.column) != bool(best.column):
        return False
    if fit.column:
        return fit.score >= 0.95 * best.score
    if fit.group.kind != best.group.kind or fit.score < 0.97 * best.score:
        return False
    if fit.group.kind == "table":
        return bool(set(fit.group.columns) & set(best.group.columns)) or not best.group.columns
    return _called(fit.group) == _called(best.group)


def _called(group: Group) -> tuple[str, str]:
    return normalise(group.label), normalise(group.heading)

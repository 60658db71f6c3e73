"""Numbers and dates of a question, with what says which side of them counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from engine.languages import PROFILES, any_of
from engine.languages.tabular import BoundRules
from engine.records.tables import Relation
from engine.text import normalise
from engine.text.amounts import SCALES, UNIT_OF, amounts
from engine.text.dates import Date, moments

Span = tuple[int, int]

_RULES = tuple(profile.tabular for profile in PROFILES)
_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, UNIT_OF), key=len, reverse=True))
_COUNTER = any_of(profile.facts.counters for profile in PROFILES)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?<![a-z0-9_.\-/#])(?:(?:€|\$|¥|£|eur|usd|gbp|chf|jpy)\s?)?{_DIGITS}"
    rf"(?:\s?(?:{_SCALE})(?![a-z])(?:{_DIGITS}(?:{_SCALE})?)*)?"
    rf"(?:\s?(?:{_UNIT})(?![a-z])|\s?(?:{_COUNTER}))?(?![\w]*[-/]?\d)"
)
_CJK_BEFORE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]$")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|for|during|since|before|after|until|year|fy|to|and)|^)\s?$"
)
_CALENDAR = re.compile(any_of(profile.facts.calendar for profile in PROFILES))
_MONTHS = {name: number for profile in PROFILES for name, number in profile.facts.months.items()}
_THING = re.compile(r" ((?:pieces?|pcs|units?|items?|devices?|people|persons?|parts?)\b)")
_TO = any_of(rules.bounds.between for rules in _RULES if rules.bounds.between)
_FISCAL = re.compile(any_of(rules.fiscal for rules in _RULES))


@dataclass(frozen=True)
class Limit:
    """A number of a question.

    Attributes:
        value: With its scale.
        unit: Canonical; empty if none stands by it.
        counted: What it counts, if no unit does.
        relation: ``=`` where nothing says otherwise.
        span: Where it stands with its unit and bound.
        text: As asked.
    """

    value: float
    unit: str
    counted: str
    relation: Relation
    span: Span
    text: str


@dataclass(frozen=True)
class Moment:
    """A date of a question.

    Attributes:
        dates: What it may mean.
        relation: ``=``: within it.
        fiscal: A year from April to March.
        span: Where it stands.
    """

    dates: tuple[Date, ...]
    relation: Relation
    fiscal: bool
    span: Span


_JOINT = re.compile(rf"-|~|〜|{any_of(p.tabular.bounds.joint for p in PROFILES)}")


def moments_of(question: str, form: str) -> tuple[list[Moment], str]:
    """Return the dates of a question, and its form with blanks in their stead."""
    told = moments(form)
    found = []
    for dates, (start, end) in zip(told.dates, told.spans, strict=True):
        fiscal = bool(_FISCAL.search(form[start:end])) and dates[0].month is None
        relation, span = _date_relation(form, start, end)
        found.append(Moment(dates, relation, fiscal, span))
    rest = told.rest
    for match in _CALENDAR.finditer(question):
        word = normalise(match.group())
        month = _MONTHS.get(word[:3])
        at = next((m.start() for m in re.finditer(rf"\b{re.escape(word)}\b", rest)), -1)
        if month is None or at < 0:
            continue
        year = re.match(r"\s?((?:19|20)\d\d)\b", rest[at + len(word) :])
        end = at + len(word) + (year.end() if year else 0)
        relation, span = _date_relation(form, at, end)
        date = Date(int(year[1]) if year else None, month)
        found.append(Moment((date,), relation, fiscal=False, span=span))
        rest = rest[:at] + " " * (end - at) + rest[end:]
    return sorted(found, key=lambda moment: moment.span), rest


def from_to(form: str, found: list[Moment]) -> list[Moment]:
    """Return dates, "January to March" as a first and a last one."""
    if len(found) != 2:
        return found
    one, other = found
    joint = form[one.span[1] : other.span[0]].strip()
    pair = form[: one.span[0]].rstrip().endswith("between") and joint == "and"
    through = not joint and one.relation == ">="
    if joint and joint != "and":
        through = re.fullmatch(_TO, joint) is not None
    if not pair and not through:
        return found
    if one.relation not in ("=", ">=") or other.relation not in ("=", "<="):
        return found
    start = one.span[0] - (8 if pair else 0)
    return [
        replace(one, relation=">=", span=(max(start, 0), other.span[0])),
        replace(other, relation="<="),
    ]


def _date_relation(form: str, start: int, end: int) -> tuple[Relation, Span]:
    before, behind = form[:start], form[end:]
    for rules in _RULES:
        ways: tuple[tuple[Relation, tuple[str, str]], ...] = (
            ("<", rules.before),
            (">=", rules.since),
            ("<=", rules.until),
        )
        for relation, (ahead, after) in ways:
            if ahead and (match := re.search(rf"(?<![a-z])(?:{ahead})", before)):
                strict = re.match(r"after|later", match.group())
                return (">" if strict else relation), (match.start(), end)
            if after and (match := re.search(after, behind)):
                return relation, (start, end + match.end())
    return "=", (start, end)


def limits_of(form: str, rest: str) -> tuple[list[Limit], list[Moment]]:
    """Return the numbers of a question, and the years among them.

    Args:
        form: The question in comparable form.
        rest: The same with blanks where its dates stand.
    """
    limits: list[Limit] = []
    years: list[Moment] = []
    for match in _AMOUNT.finditer(rest):
        found = amounts(match.group())
        if len(found) != 1:
            continue
        amount = found[0]
        start, end = match.span()
        value = float(amount.value)
        relation, span = _bound(rest, start, end)
        plain = not amount.unit and not amount.counted and amount.value == int(amount.value)
        if plain and 1990 <= value <= 2100 and _YEAR_BEFORE.search(rest[:start]):
            relation, span = _date_relation(form, start, end)
            date = Date(int(value))
            years.append(Moment((date,), relation, fiscal=False, span=span))
            continue
        if start and _CJK_BEFORE.search(rest[:start]) and plain and relation == "=":
            continue  # a part of a name: 第3ライン
        counted = amount.counted
        thing = _THING.match(form, end)
        if thing and not amount.unit and relation == "=":
            counted, span = counted or thing[1], (span[0], thing.end())
        limits.append(Limit(value, amount.unit, counted, relation, span, match.group()))
    return _between(form, limits), years


def _bound(form: str, start: int, end: int) -> tuple[Relation, Span]:
    before, behind = form[:start], form[end:]
    for relation, words in _ways():
        if words[0] and (match := re.search(rf"(?<![a-z])(?:{words[0]})\s?$", before)):
            return relation, (match.start(), end)
        if words[1] and (match := re.match(rf"\s?(?:{words[1]})", behind)):
            return relation, (start, end + match.end())
    return "=", (start, end)


def _ways() -> Iterable[tuple[Relation, tuple[str, str]]]:
    kinds: tuple[tuple[Relation, Callable[[BoundRules], tuple[str, str]]], ...] = (
        ("<=", lambda bounds: bounds.at_most),
        (">=", lambda bounds: bounds.at_least),
        (">", lambda bounds: bounds.more),
        ("<", lambda bounds: bounds.less),
    )
    for relation, of in kinds:
        for rules in _RULES:
            yield relation, of(rules.bounds)


def _between(form: str, limits: list[Limit]) -> list[Limit]:
    """Return limits, "between 10 and 20" as a lower and an upper one."""
    if len(limits) != 2:
        return limits
    one, other = limits
    joint = form[one.span[1] : other.span[0]]
    before = form[: one.span[0]].rstrip()
    is_pair = before.endswith("between") and joint.strip() == "and"
    if not is_pair and _JOINT.fullmatch(joint.strip()) is None:
        return limits
    if (
        one.relation not in ("=", ">=")
        or other.relation not in ("=", "<=")
        or one.value >= other.value
    ):
        return limits
    unit = one.unit or other.unit
    start = one.span[0] - (len(form[: one.span[0]]) - len(before)) - 7 * is_pair
    return [
        Limit(one.value, unit, one.counted, ">=", (start, one.span[1]), one.text),
        Limit(other.value, unit, other.counted, "<=", (one.span[1], other.span[1]), other.text),
    ]

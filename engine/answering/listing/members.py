"""Members that a line names one after the other: "Present: A, B and C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.languages import PROFILES, ListRules, any_of
from engine.text import is_cjk, sentence_spans

_LABEL = re.compile(
    r"^[-*•・\s]*\**(?P<label>[^:：|。]{1,50}?)\**\s*[:：]\**\s*(?P<rest>\S.*)$"
    r"|^(?P<wide>\S[^|。:：]{1,30}?)(?:\s{3,}|\t)(?P<wide_rest>\S.*)$",
    re.DOTALL,
)
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
_HOLDER = "\ue000"
_MAX_WORDS = 9
_MAX_CJK = 34
_MIN_MEMBERS = 2
_RULES = [(p.spaced, p.lists) for p in PROFILES if p.lists.separators]
_BOUNDS = re.compile(rf"(?<!\d)[,，](?!\d)|[、;；]|{any_of(p.lists.bounds for p in PROFILES)}")
_ASKS = re.compile(rf"(?:{any_of(p.lists.asks for p in PROFILES)})$")
_SUBJECT = re.compile(any_of(p.lists.subject for p in PROFILES))


def members(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is enumerated, with what stands in front of it.

    >>> next(members("Present: Ann Lee (chair), Bo Hall"))
    ('Present', ('Ann Lee (chair)', 'Bo Hall'))
    """
    for part in re.split(r"\u3000{1,2}(?=[^\u3000]{1,12}[：:])", text):
        match = _LABEL.match(part)
        if match and not re.match(r"\d", match["rest"] or match["wide_rest"]):
            label, rest = (
                (match["label"], match["rest"])
                if match["label"]
                else (match["wide"], match["wide_rest"])
            )
            found = _split(rest)
            if found:
                yield label.strip("* "), found
                continue
        if len(text) < 1200 and _BOUNDS.search(part):
            yield from _in_sentences(part)


def _in_sentences(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    question = ""
    for start, end in sentence_spans(text):
        sentence = text[start:end].strip()
        if _ASKS.search(sentence):
            question = sentence
            continue
        found = _enumerated(sentence, asked=bool(question))
        if found:
            yield f"{question} {found[0]}".strip(), found[1]
        question = ""


def _enumerated(sentence: str, *, asked: bool) -> tuple[str, tuple[str, ...]] | None:
    """Return the words in front of an enumeration and its members."""
    spaced, rules = _rules_of(sentence)
    masked, held = _masked(sentence)
    last = list(re.finditer(rules.last, masked))
    if not last and spaced:
        return None
    parts = re.split(rules.separators, masked)
    if len(parts) < (3 if spaced else 2):
        return None
    first = parts[0]
    cuts = list(re.finditer(rules.intro, first))
    intro = first[: cuts[-1].end()] if cuts else ""
    if not intro and not asked:
        if spaced or len(parts) < 3:
            return None
        subject = _SUBJECT.match(first)
        if subject is None:
            return None
        intro, parts = first, parts[1:]
        first = parts[0]
        found = [*parts]
    else:
        found = [first[len(intro) :], *parts[1:]]
    found = [part for part in found if part.strip()]
    ends = _end(masked, found, last)
    found = found[:ends] if ends else found
    if found:
        found[-1] = re.sub(rules.outro, "", found[-1])
    cleaned = [_clean(part, held) for part in found]
    if len(cleaned) < (3 if spaced else 2) or not all(_is_member(part) for part in cleaned):
        return None
    return _clean(intro, held), tuple(cleaned)


def _end(masked: str, parts: list[str], last: list[re.Match[str]]) -> int:
    """Return how many parts belong to it: the one behind the last "and" ends it."""
    if not last:
        return 0
    at = last[-1].end()
    behind = masked[at:]
    for number, part in enumerate(parts, start=1):
        if part.strip() and behind.startswith(part):
            return number
    return 0


def _split(text: str) -> tuple[str, ...]:
    """Return the members of what stands behind a label; none if it is a sentence."""
    spaced, rules = _rules_of(text)
    masked, held = _masked(text)
    masked = re.sub(r"[.。]$", "", masked.strip())
    if re.search(r"[.。]\s?\S", re.sub(r"\b[A-Z]\.", "", masked)) and len(masked) > 80:
        masked = re.split(r"[.。]\s", masked)[0]
    pattern = rf"{rules.separators}|,\s+|\s{{3,}}" if spaced else rf"{rules.separators}|，|,\s?"
    parts = [_clean(part, held) for part in re.split(pattern, masked) if part.strip()]
    if len(parts) < _MIN_MEMBERS and not (parts and _is_member(parts[0])):
        return ()
    return tuple(parts) if all(map(_is_member, parts)) else ()


def _rules_of(text: str) -> tuple[bool, ListRules]:
    cjk = sum(map(is_cjk, text)) * 3 > len(text.replace(" ", ""))
    return next((spaced, rules) for spaced, rules in _RULES if spaced != cjk)


def _masked(text: str) -> tuple[str, list[str]]:
    """Hide what stands in brackets, commas in numbers included."""
    held: list[str] = []

    def hide(match: re.Match[str]) -> str:
        held.append(match.group())
        return _HOLDER

    return _BRACKETED.sub(hide, text), held


def _clean(part: str, held: list[str]) -> str:
    while _HOLDER in part and held:
        part = part.replace(_HOLDER, held.pop(0), 1)
    return (
        part.strip(" \t\n。、,;*").rstrip(".")
        if not part.endswith(("Ltd.", "Inc."))
        else part.strip()
    )


def _is_member(part: str) -> bool:
    plain = _BRACKETED.sub("", part)
    if not re.search(r"\w", plain):
        return False
    if any(map(is_cjk, plain)):
        return len(plain) <= _MAX_CJK
    return len(plain.split()) <= _MAX_WORDS

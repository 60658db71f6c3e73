"""English: a follow-up put together with the question that it leans on."""

from __future__ import annotations

import re

_OPENER = (
    r"(?:(?:ok|okay|so|and|but|then|also)\b[, ]*)*"
    r"(?:(?:what|how) about|what of|same for|the same for|what is it)?\s*"
)
_PREPOSITION = r"in|for|at|on|from|to|with|by|of|since|until|before|after|under|during"
_ELLIPSIS = re.compile(
    rf"{_OPENER}(?:(?P<preposition>{_PREPOSITION}) )?(?P<rest>[\w][^?!,]*?)\s*[?!.]*", re.IGNORECASE
)
_NARROWING = re.compile(
    r"(?:(?:but|and|just|only|please)\s+)*(?:only|just|in|from|for|of|since|until|before|after|by)\b"
    r"[^?]{1,60}?[.!]?",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have|who|whom"
    r"|whose|what|when|where|which|why|how|if|it|they|them|he|she)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_TYPES = (
    re.compile(rf"\b(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?\b"),
    re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"),
    re.compile(r"\b(?:19|20)\d{2}\b"),
    re.compile(r"\b[A-Z]{1,5}-?\d[\w-]*\b"),
    re.compile(
        r"\b(?:(?:full|part)-time |temporary |permanent |night |press |office )?(?:nurses?"
        r"|surgeons?|managers?|directors?|operators?|drivers?|apprentices?|trainees?|employees?"
        r"|staff|workers?|colleagues?|visitors?|clients?|customers?|contractors?|temps?)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!^)\b[A-Z][\w&'’-]*(?: (?:& )?[A-Z][\w&'’-]*)*"),
)
"""What stands for what: a month for a month, a code for a code, a name for a name."""

_NAME = re.compile(
    r"(?<!^)\b(?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-Z][\w'’&-]+(?: (?:& )?[A-Z][\w'’&-]*)*"
    r"|\b[A-Z]{1,5}-?\d[\w-]*"
)
_BEHIND_NAME = (
    r"(?:is|are|was|were|be|get|gets|has|have|cost|costs|weigh|pay|pays|arrive|leave|work|receive|"
    rf"deliver|and|or|per|as|under|{_PREPOSITION})\b"
)
_POSSESSIVE = re.compile(
    r"\b(?:its|his|their)\b(?= \w)|\bher\b(?= (?!in\b|at\b|on\b|by\b)\w)", re.IGNORECASE
)
_CONDITION = re.compile(rf"{_OPENER}(?:if|unless)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|he|she|him|they|them|her)\b(?! (?:also|all)\b)", re.IGNORECASE)


def complete(question: str, anchor: str) -> str:
    """Return a follow-up as a question that stands alone; empty if the rules are not sure.

    Args:
        question: "And in March?"
        anchor: The question it leans on.
    """
    text = question.strip()
    if _CONDITION.match(text):
        return ""
    if _NARROWING.fullmatch(text) and not _VERB.search(text) and not text.endswith("?"):
        for pattern in _TYPES[:4]:
            new, old = pattern.search(text), pattern.search(anchor)
            if new and old:
                return _put(anchor, old, new.group())
        return f"{anchor.rstrip(' ?.!')} {text.rstrip('.!')}?"
    ellipsis = _ELLIPSIS.fullmatch(text)
    if ellipsis and not _VERB.search(ellipsis["rest"]):
        return _replaced(anchor, ellipsis["preposition"] or "", ellipsis["rest"])
    return _named(text, anchor)


def _replaced(anchor: str, preposition: str, rest: str) -> str:
    """Return the earlier question with its parallel part replaced."""
    plain = re.sub(r"^(?:the|our|a|an) ", "", rest)
    for pattern in _TYPES:
        if pattern.fullmatch(f" {plain}", 1):
            found = list(pattern.finditer(anchor))
            if found:
                return _put(anchor, found[-1], plain)
    if preposition:
        place = rf"\b{preposition} (?:the |our |an? )?(?P<part>[\w'’&-]+(?: [A-Z][\w'’&-]*)*)"
        found = list(re.finditer(place, anchor))
        if len(found) == 1:
            start, end = found[0].span("part")
            start = found[0].start() + len(preposition) + 1
            return f"{anchor[:start]}{rest}{anchor[end:]}"
    words = rest.split()
    if len(words) > 1:
        same = re.search(rf"\b(?:[\w-]+ )?{re.escape(words[-1])}\b", anchor, re.IGNORECASE)
        if same:
            return _put(anchor, same, rest)
    return ""


def _put(anchor: str, part: re.Match[str], rest: str) -> str:
    return f"{anchor[: part.start()]}{rest}{anchor[part.end() :]}"


def _named(text: str, anchor: str) -> str:
    """Return a question with its pronoun replaced by the only name of the earlier one."""
    names = list(dict.fromkeys(match.group() for match in _NAME.finditer(anchor)))
    if len(names) != 1:
        return ""
    name, possessive = names[0], _POSSESSIVE.search(text)
    if re.search(rf"{re.escape(name)} (?!{_BEHIND_NAME})[a-z]", anchor):
        return ""  # "the NV-28 deck mould": more than the name is meant
    if possessive:
        return f"{text[: possessive.start()]}{name}'s{text[possessive.end() :]}"
    pronouns = list(_PRONOUN.finditer(text))
    if len(pronouns) != 1 or re.search(r"\b(?:of|all) (?:it|them)\b", text, re.IGNORECASE):
        return ""
    person = pronouns[0].group().lower() in ("he", "she", "him", "her")
    plain = re.fullmatch(r"(?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-Z][a-z'’-]+(?: [A-Z][\w'’-]+)+", name)
    if person != bool(plain):
        return ""
    return f"{text[: pronouns[0].start()]}{name}{text[pronouns[0].end() :]}"

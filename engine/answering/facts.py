"""What a sentence commits itself to: numbers with units, names, and yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.retrieval.terms import stem
from engine.text import content_tokens, normalise
from engine.text.tokens import ENGLISH_STOP_WORDS

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
_NUMBER = re.compile(r"\d+(?:[,\u066c]\d{3})*(?:\.\d+)?")
_WORD = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*")

_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: str(10 * value)
    for value, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
# "one" is mostly a pronoun or an article.
_NUMBER_WORDS.pop("one")

_KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile(
    r"[〇一二三四五六七八九十百千]+(?=日|週|か月|ヶ月|カ月|箇月|月|年|時|分|円|人|名|回|割|歳|万|%|パーセント)"
)

_UNITS = {
    "day": ("day", "days", "日", "日間"),
    "week": ("week", "weeks", "週", "週間"),
    "month": ("month", "months", "か月", "ヶ月", "カ月", "箇月", "月"),
    "year": ("year", "years", "年", "年間"),
    "hour": ("hour", "hours", "時間"),
    "minute": ("minute", "minutes", "分"),
    "percent": ("percent", "percentage", "%", "パーセント"),
    "yen": ("yen", "jpy", "円", "¥"),
    "euro": ("euro", "euros", "eur", "€"),
    "dollar": ("dollar", "dollars", "usd", "$", "ドル"),
    "person": ("person", "persons", "people", "人", "名"),
    "thousand": ("thousand", "千"),
    "million": ("million", "百万"),
    "billion": ("billion",),
    "ten-thousand": ("万",),
}
_UNIT_OF = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings}
_UNIT_AFTER = re.compile(
    r"\s*(?:[a-z]+[\s-]){0,1}?(" + "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))
    + r")(?![a-z])"
)  # fmt: skip
_UNIT_BEFORE = re.compile(r"(€|\$|¥)\s*$")

# "may" and "mar" are words too: months are capitalised, and "May" has a date around it.
_CALENDAR = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|tember|t|ober"
    r"|ember)?\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
    r"|(?<=\d )May\b|(?<=in )May\b|(?<=of )May\b|(?<=until )May\b|(?<=by )May\b|\bMay(?= \d)"
)
_JAPANESE_NAME = re.compile(
    r"[\u30a1-\u30fa\u30fc]{3,}"
    r"|[\u4e00-\u9fff]{1,4}?(?=部長|課長|係長|社長|専務|常務|取締役|主任|先生|さん|様|氏)"
)

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without)\b|n't\b"
    r"|(?:ない|なく|なかった|なけれ|ません|なし|無し|不可|禁止|できぬ|不要|未(?=[\u4e00-\u9fff]))"
)
# "must not fail to", 「なければならない」 (must): two negations that make an order.
_DOUBLE = re.compile(r"なければな(?:らない|りません)|ないといけ(?:ない|ません)|\bnot only\b")
_LIMIT = re.compile(r"\b(?:not|no) (?:more|less|fewer|later|earlier|longer|older) than\b")
_CLAUSE = re.compile(
    r"[;；:：]|,\s|、|。|\b(?:but|unless|although|though|however|except|while|whereas|because)\b"
    r"|(?<=[るすたい])(?:が|けれど|ので)"
)

_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"\b(?:before|until|no later than)\b", r"\b(?:after|since)\b"),
        (r"\b(?:above|over)\b", r"\b(?:below|under)\b"),
        (r"(?<!not )(?<!no )\b(?:more|greater|longer) than\b|\bat least\b|\bminimum\b",
         r"(?:not|no) (?:more|longer) than\b|\bat most\b|\bup to\b|\bmaximum\b"
         r"|(?<!not )(?<!no )\b(?:less|fewer|shorter) than\b"),
        (r"\binclud", r"\bexclud"),
        (r"\b(?:allowed|permitted|may)\b", r"\b(?:forbidden|prohibited|banned)\b"),
        (r"\b(?:accept|approv)", r"\b(?:reject|refus|declin)"),
        (r"\b(?:increas|rose|rise|grew)", r"\b(?:decreas|fell|fall|dropped|shrank)"),
        (r"\b(?:opens?|opened|starts?|started|begins?|began)\b",
         r"\b(?:closes?|closed|ends?|ended|finish)"),
        (r"\bmandatory|\brequired|\bmust\b", r"\boptional|\bvoluntary"),
        (r"以上", r"以下|未満"),
        (r"以前|までに", r"以降|以後"),
        (r"可能|できる|できます", r"不可|禁止"),
        (r"開始|始ま", r"終了|終わ"),
        (r"増", r"減"),
        (r"含む|含み|含まれ(?!ない|ません)", r"除く|除き|含ま(?:れ)?(?:ない|ません)"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Number:
    """A number as it is meant.

    Attributes:
        value: Digits without separators, without trailing zeros after the point.
        unit: Canonical unit; empty if none stands by it.
        start: Offset in the normalised text.
    """

    value: str
    unit: str
    start: int


def comparable(text: str) -> str:
    """Return the text in which claims and evidence are compared.

    Words divided at a line end are joined; then width, case, dashes and spaces fold.
    """
    return normalise(_HYPHENATED.sub("", text))


def stems(text: str) -> frozenset[str]:
    """Return the stems of the content tokens, with hyphenation undone and as printed."""
    tokens = content_tokens(text) + content_tokens(_HYPHENATED.sub("", text))
    return frozenset(stem(token) for token in tokens)


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text in order: digits, number words, kanji numerals."""
    folded = comparable(text)
    found = [
        Number(_canonical(match.group()), _unit_at(folded, match.span()), match.start())
        for match in _NUMBER.finditer(folded)
    ]
    for match in re.finditer(r"\b[a-z]+(?:-[a-z]+)?\b", folded):
        value = _spelled(match.group())
        if value:
            found.append(Number(value, _unit_at(folded, match.span()), match.start()))
    for match in _KANJI_NUMBER.finditer(folded):
        value = str(_kanji_value(match.group()))
        found.append(Number(value, _unit_at(folded, match.span()), match.start()))
    return sorted(found, key=lambda number: number.start)


def _canonical(digits: str) -> str:
    plain = digits.replace(",", "").replace("\u066c", "")
    whole, point, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (point + fraction if fraction else "")


def _spelled(word: str) -> str:
    tens, _, ones = word.partition("-")
    if ones and ones in (*_NUMBER_WORDS, "one") and _NUMBER_WORDS.get(tens, "x").endswith("0"):
        return str(int(_NUMBER_WORDS[tens]) + int(_NUMBER_WORDS.get(ones, "1")))
    return _NUMBER_WORDS.get(word, "")


def _kanji_value(text: str) -> int:
    total = digit = 0
    for character in text:
        if character in _KANJI_DIGITS:
            digit = 10 * digit + _KANJI_DIGITS[character]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
    return total + digit


def _unit_at(folded: str, span: tuple[int, int]) -> str:
    after = _UNIT_AFTER.match(folded, span[1])
    before = _UNIT_BEFORE.search(folded, 0, span[0])
    if after:
        return _UNIT_OF[after.group(1)]
    return _UNIT_OF[before.group(1)] if before else ""


def names(text: str) -> list[str]:
    """Return capitalised words inside sentences and words with digits or inner capitals.

    The first word of a sentence is left out unless the next one is capitalised too: most
    sentences begin with a capital and no name. Katakana words count as names, and kanji
    before a title (田中部長).
    """
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?:])\s+|\n+", _HYPHENATED.sub("", text)):
        words = _WORD.findall(sentence)
        for at, word in enumerate(words):
            if word.casefold() in ENGLISH_STOP_WORDS or word.isdigit():
                continue
            inner = any(c.isupper() for c in word[1:])
            capital = word[0].isupper()
            leads = at == 0 and not (len(words) > 1 and words[1][:1].isupper())
            if inner or (capital and not leads):
                found.append(stem(normalise(word).removesuffix("'s")))
    found += [normalise(word) for word in _JAPANESE_NAME.findall(text)]
    return found


def is_amount(text: str) -> bool:
    """Tell whether a text is a number, amount or date and says nothing of it: "140 euros"."""
    rest = _KANJI_NUMBER.sub(" ", _NUMBER.sub(" ", comparable(text)))
    words = [word for word in _WORD.findall(rest) if word not in ENGLISH_STOP_WORDS]
    known = calendar(text)
    return bool(numbers(text)) and all(
        word in _UNIT_OF or word[:3] in known or _spelled(word) for word in words
    )


def calendar(text: str) -> frozenset[str]:
    """Return the months and weekdays that a text names, three letters each."""
    found = _CALENDAR.findall(_HYPHENATED.sub("", text))
    return frozenset(word[:3].casefold() for word in found)


def clauses(text: str) -> list[str]:
    """Cut a sentence into the parts that a negation reaches."""
    parts = [part for part in _CLAUSE.split(comparable(text)) if part and part.strip()]
    return parts or [comparable(text)]


def negated(clause: str) -> bool:
    """Tell whether a clause (in comparable form) says that something is not so."""
    return len(_NEGATION.findall(_DOUBLE.sub(" ", clause))) % 2 == 1


def denies(clause: str) -> bool:
    """Tell the same, but take "not more than" for the limit that it is."""
    return negated(_LIMIT.sub(" ", clause))


def contradicts(claim: str, evidence: str) -> bool:
    """Tell whether one says "before" (more, allowed...) where the other says the opposite."""
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            opposed = one.search(claim) and other.search(evidence)
            if opposed and not one.search(evidence) and not other.search(claim):
                return True
    return False

"""What a question for a list, a number of things or a document wants, by the rules of languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engine.languages import PROFILES, ListRules, any_of, profile_of
from engine.retrieval.terms import query_terms
from engine.text import is_cjk, language_of
from engine.text.tokens import STOP_WORDS

Form = Literal["things", "steps", "section", "documents"]

_QUOTED = re.compile(r"[\"“「『]([^\"”」』]+)[\"”」』]")
_END_MARKS = " 　?？.。!！:：、"
_PARTICLES = "".join(p.lists.particles for p in PROFILES)
_MAX_LEADS = 3
_MAX_NOUN_WORDS = 6


@dataclass(frozen=True)
class Wanted:
    """A question taken apart.

    Attributes:
        form: ``things``: members of a class; ``steps``: of a procedure; ``section``: whatever
            stands below a heading; ``documents``.
        noun: What the things are called, as asked; may be empty for steps.
        topic: What else is said of them.
        classes: Names of ours for what the noun may be called elsewhere.
        value: Kind of value that is wanted; empty for things.
        genres: Kinds of documents that the noun stands for; for documents of any kind none.
        counts: Whether a number is wanted.
        language: Of the question.
        general: Whether the noun says little: a heading that says the topic is as good.
    """

    form: Form
    noun: str
    topic: str
    classes: frozenset[str] = frozenset()
    value: str = ""
    genres: frozenset[str] = frozenset()
    counts: bool = False
    language: str = "en"
    general: bool = False

    @property
    def noun_terms(self) -> tuple[str, ...]:
        """Search terms of the noun, in the singular."""
        singular = re.sub(r"(?<=[a-z]{2})(?<!s)s\b", "", self.noun)
        return query_terms(singular) if singular.strip() else ()

    @property
    def topic_terms(self) -> tuple[str, ...]:
        """Search terms of the topic, without words that say nothing in it."""
        plain = _EMPTY.sub(" ", self.topic)
        terms = query_terms(plain) if _says(plain) else ()
        return tuple(t for t in terms if len(t) > 1 and t not in STOP_WORDS)


_ALL_RULES = tuple(profile.lists for profile in PROFILES)
_EMPTY = re.compile(any_of(rules.empty for rules in _ALL_RULES), re.IGNORECASE)
_CLASSES = {
    name: re.compile(any_of(r.classes.get(name, "") for r in _ALL_RULES), re.IGNORECASE)
    for name in sorted({name for rules in _ALL_RULES for name in rules.classes})
}
_GENRES = {
    name: re.compile(any_of(r.genres.get(name, "") for r in _ALL_RULES), re.IGNORECASE)
    for name in sorted({name for rules in _ALL_RULES for name in rules.genres})
}
_GENRE_WORDS = {
    name: re.compile(rf"(?<![a-z])(?:{pattern.pattern})(?![a-z])", re.IGNORECASE)
    for name, pattern in _GENRES.items()
}


def _says(text: str) -> bool:
    return bool(re.search(r"\w", text))


@lru_cache(maxsize=8192)
def classes_of(text: str) -> frozenset[str]:
    """Return the classes of things that a text names."""
    return frozenset(name for name, pattern in _CLASSES.items() if pattern.search(text))


@lru_cache(maxsize=65536)
def is_of_class(text: str, classes: frozenset[str]) -> bool:
    """Tell whether a text names one of some classes."""
    return any(_CLASSES[name].search(text) for name in classes)


def genres_of(names: str) -> frozenset[str]:
    """Return the kinds of documents that the names of one say it is."""
    return frozenset(name for name, pattern in _GENRE_WORDS.items() if pattern.search(names))


def wanted(question: str) -> Wanted | None:
    """Take a question apart; None if no noun says what is wanted.

    Args:
        question: Without filters.
    """
    text = unicodedata.normalize("NFKC", question).strip().strip(_END_MARKS)
    language = language_of(text)
    rules = profile_of(language).lists
    counts = bool(re.search(rules.counts, text, re.IGNORECASE)) if rules.counts else False
    steps = _steps(text, rules)
    if steps is not None and not counts:
        return Wanted("steps", "", steps, language=language)
    if rules.persons and re.search(rules.persons, text, re.IGNORECASE):
        rest = re.sub(rules.persons, " ", _without_tail(text, rules), flags=re.IGNORECASE)
        named = classes_of(rest) & {"attendee", "absentee", "member"}
        return Wanted(
            "things", "", rest, named or frozenset({"person"}), "", frozenset(), counts, language
        )
    noun, topic = _noun(text, rules)
    if not noun and len(query_terms(topic)) > 1:
        return Wanted("section", "", topic, counts=counts, language=language)
    if not noun or len(noun.split()) > _MAX_NOUN_WORDS:
        return None
    if re.fullmatch(rules.anything, noun, re.IGNORECASE):
        about = Wanted("section", "", topic, counts=counts, language=language)
        return about if about.topic_terms else None
    found = Wanted(
        "things",
        noun,
        topic,
        _classes_of_noun(noun),
        _value(noun, rules),
        counts=counts,
        language=language,
        general=bool(re.fullmatch(rules.general, noun, re.IGNORECASE)),
    )
    return _documents(found, rules) or found


def _steps(text: str, rules: ListRules) -> str | None:
    match = re.search(rules.steps, text, re.IGNORECASE) if rules.steps else None
    if match is None:
        return None
    topic: str = next(filter(None, match.groups()), "")
    return topic.strip()


def _without_tail(text: str, rules: ListRules) -> str:
    for _ in range(_MAX_LEADS):
        cut = re.sub(rules.tail, "", text, flags=re.IGNORECASE).strip() if rules.tail else text
        if not cut or cut == text:
            break
        text = cut.strip(_END_MARKS)
    return text


def _noun(text: str, rules: ListRules) -> tuple[str, str]:
    """Return the noun and the topic."""
    if not rules.noun:
        return "", ""
    asked = re.search(rules.asked_noun, text, re.IGNORECASE) if rules.asked_noun else None
    plain = _without_tail(text, rules)
    for _ in range(_MAX_LEADS):
        cut = re.sub(rf"^(?:{rules.lead})", "", plain, flags=re.IGNORECASE).strip()
        if cut == plain or not cut:
            break
        plain = cut
    plain = re.sub(rules.kinds, "", plain, flags=re.IGNORECASE) if rules.kinds else plain
    match = asked or re.search(rules.noun, plain, re.IGNORECASE)
    if match is None:
        return "", plain
    parts = match.groupdict()
    noun = (parts.get("noun") or parts.get("noun2") or "").strip(_END_MARKS + ",")
    before = match.string[: match.start()]
    topic = f"{before} {parts.get('topic') or parts.get('topic2') or ''}"
    return noun, topic.strip()


def _classes_of_noun(noun: str) -> frozenset[str]:
    """Return the classes that the head of a noun belongs to, which stands at its end."""
    head = noun if any(map(is_cjk, noun)) else noun.split()[-1]
    found = classes_of(noun)
    ended = {
        name
        for name in found
        if any(match.end() == len(noun) for match in _CLASSES[name].finditer(noun))
    }
    return frozenset(ended) or (classes_of(head) if head else frozenset())


def _value(noun: str, rules: ListRules) -> str:
    for name, pattern in rules.values.items():
        if re.search(rf"(?:{pattern})$", noun, re.IGNORECASE):
            return name
    return ""


def _documents(found: Wanted, rules: ListRules) -> Wanted | None:
    """Return the question as one for documents, if it is one."""
    noun = found.noun
    any_kind = bool(re.fullmatch(rules.documents, noun, re.IGNORECASE))
    words = noun if any(map(is_cjk, noun)) else noun.split()[-1]
    genres = frozenset(name for name, pattern in _GENRES.items() if pattern.fullmatch(words))
    mention = re.search(rules.mentions, found.topic, re.IGNORECASE) if rules.mentions else None
    weak = bool(re.fullmatch(rules.weak, words, re.IGNORECASE))
    if not any_kind and not (genres and (mention or (words == noun and not weak))):
        return None
    topic = _about(found, mention, rules)
    if any_kind and not _says(topic):
        return None if not found.counts else _as_documents(found, "", frozenset())
    return _as_documents(found, topic, genres)


def _about(found: Wanted, mention: re.Match[str] | None, rules: ListRules) -> str:
    quoted = _QUOTED.search(found.topic)
    if quoted:
        return f'"{quoted[1]}"'
    spaced = profile_of(found.language).spaced
    if mention is None:
        return found.topic if spaced else found.topic.strip(_PARTICLES)
    about = found.topic[mention.end() :] if spaced else found.topic[: mention.start()]
    return about.strip(_PARTICLES) if not spaced else about.strip()


def _as_documents(found: Wanted, topic: str, genres: frozenset[str]) -> Wanted:
    return Wanted(
        "documents", found.noun, topic, frozenset(), "", genres, found.counts, found.language
    )


def class_words(classes: frozenset[str]) -> tuple[str, ...]:
    """Return words by which a search finds members of classes, of all languages."""
    patterns = [
        r.classes[name] for r in _ALL_RULES for name in sorted(classes) if name in r.classes
    ]
    words = [
        re.sub(r"\([^()]*\)\??|\\b|\w\?|\\.\*?|[^\w '-]", "", part)
        for p in patterns
        for part in _parts(p)
    ]
    return tuple(dict.fromkeys(word.strip() for word in words if len(word.strip()) > 1))


def _parts(pattern: str) -> list[str]:
    """Cut a pattern at the bars that stand in no group."""
    flat = pattern
    while (cut := re.sub(r"\((?:\?:|\?!)?([^()]*)\)\??", "", flat)) != flat:
        flat = cut
    return flat.split("|")

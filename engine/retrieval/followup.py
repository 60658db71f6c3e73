"""Complete follow-up questions from what was asked before, so that they can be searched."""

from __future__ import annotations

import re

from engine.records import Turn
from engine.text import content_tokens, language_of

_MAX_ANCHOR_CHARACTERS = 400
"""Longer earlier questions would drown the follow-up in both rankings."""

_OPENER_EN = re.compile(
    r"^(?:and|but|or|so|then|also|what about|how about|what if|same for|why not|in that case"
    r"|and what|anything else|what else|who else|tell me more|more details?)\b",
    re.IGNORECASE,
)
_PRONOUN_EN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|those|these|this"
    r"|the same|the latter|the former|there|then|one|ones"
    r"|(?:is|was|does|did|do|can|for|of|about|with|in|on|after|before|to|by|and|from|than"
    r"|like|explain|why|how) that)\b",
    re.IGNORECASE,
)
# Words that look like pronouns and are none: "there is", "this year", "this company".
# ("that" mostly joins clauses, so above it counts after a verb or preposition only.)
_NOT_PRONOUN_EN = re.compile(
    r"\b(?:is|are|was|were|if|be) there\b|\bthere (?:is|are|was|were|any)\b"
    r"|\bth(?:is|ese) (?:year|month|week|quarter|fiscal|compan(?:y|ies)|collection|folder)\b"
    r"|\bwhich one\b|\bone (?:day|week|month|year|hour|person|employee)s?\b"
    r"|\b(?:so|such) that\b",
    re.IGNORECASE,
)
_ASKS_EN = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could"
    r"|may|must|should|will|would|has|have|list|show|give|tell|find|explain|describe|count"
    r"|summari[sz]e|compare)\b",
    re.IGNORECASE,
)
_ANTECEDENT_EN = re.compile(r"\b(?:[A-Z][\w-]+|[A-Z]{2,}\d*)\b")

_OPENER_JA = re.compile(
    r"^(?:では|じゃあ|じゃ、|それでは|それなら|なら、|ならば|また、|さらに|ほかに|他に|その他"
    r"|あと、|ちなみに|そして|しかし|でも、|同じく|同様に|同じ|なぜ[?？]?$|どうして[?？]?$)"
)
_POINTER_JA = re.compile(
    r"(?:それ|これ|あれ|そこ|ここで|そちら|その|あの|彼|彼女|上記|前述|同じ|同様|こちら)"
)
_NOT_POINTER_JA = re.compile(
    r"それぞれ|それとも|これまで|これから|その他の|そのまま|ここ数|そのため"
)
_THIS_JA = re.compile(r"この(?!会社|当社|文書|資料|フォルダ|コレクション)")
_TOPIC_ONLY_JA = re.compile(
    r"^[^、。]{1,24}?(?:の場合|については|に関しては|の方|のほう|だと|なら)?(?:は|も|って|では)?[?？]+$"
)
_ASKS_JA = re.compile(
    r"何|誰|だれ|いつ|どこ|どの|どれ|どう|どんな|なぜ|いくら|いくつ|幾|か[?？。]?$|ください|教えて|とは"
)


def understand_query(question: str, history: tuple[Turn, ...]) -> str:
    """Return what to search for.

    A question that stands alone comes back unchanged. One that leans on what was said
    ("And for part-time staff?", 「では契約社員は？」) is put behind the question it
    leans on: both rankings then see the topic and the change.
    """
    if not history or not _leans_on_history(question):
        return question
    anchor = _anchor(history, pointing=_points_back(question))
    return f"{anchor} {question.strip()}" if anchor else question


def _anchor(history: tuple[Turn, ...], *, pointing: bool) -> str:
    """Return the earlier question to put in front.

    "And for X?" after "And for Y?" replaces Y, so it goes back to the last question that
    stood alone. A pronoun may mean anything said since, so it takes the last search.
    """
    if pointing:
        return _shortened(history[-1].answer.search_query)
    for turn in reversed(history):
        if not _leans_on_history(turn.answer.question):
            return _shortened(turn.answer.question)
    return _shortened(history[-1].answer.search_query)


def _shortened(text: str) -> str:
    return text.strip()[-_MAX_ANCHOR_CHARACTERS:]


def _leans_on_history(question: str) -> bool:
    text = question.strip()
    if language_of(text) == "ja":
        return _leans_ja(text)
    return _leans_en(text)


def _points_back(question: str) -> bool:
    text = question.strip()
    if language_of(text) == "ja":
        return bool(_POINTER_JA.search(_NOT_POINTER_JA.sub("", text)) or _THIS_JA.search(text))
    return bool(_PRONOUN_EN.search(_NOT_PRONOUN_EN.sub(" ", text)))


def _leans_en(text: str) -> bool:
    if _OPENER_EN.match(text):
        return True
    n_content = len(content_tokens(text))
    if not _ASKS_EN.search(text):
        return n_content <= 4 and text.endswith("?")  # "Part-time staff?"
    if n_content <= 1 and not _ANTECEDENT_EN.search(text[1:]):
        return True  # "How long?", "When was it?"
    if not _points_back(text):
        return False
    # "What does Ms Sato say in her mail?": the pronoun's antecedent stands before it.
    pronoun = _PRONOUN_EN.search(_NOT_PRONOUN_EN.sub(" ", text))
    before = text[1 : pronoun.start()] if pronoun else ""
    return not _ANTECEDENT_EN.search(before)


def _leans_ja(text: str) -> bool:
    if _OPENER_JA.match(text) or _points_back(text):
        return True
    if _ASKS_JA.search(text):
        # "いつですか？", "何日ですか？": nothing but the question word
        return len(re.sub(r"[ぁ-ん、。?？\s]|何|誰|[日人円年月時分個件回]", "", text)) == 0
    return bool(_TOPIC_ONLY_JA.match(text))

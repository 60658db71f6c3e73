"""Spans of a passage that a question can ask for: numbers, dates, names, quoted words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.text import sentence_spans

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_PATTERNS = (
    # 12 March 2024, March 12, 2024, March 2024
    rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{1,2}})?(?:,? \d{{4}})?\b",
    # 2024年3月12日, 3年間, 20日
    r"\d[\d,.]*(?:年度?|か月|ヶ月|月|日|時間?|分|円|％|%|人|名|件|回|個)(?:\d+(?:月|日))*(?:間|以内|以上|以下)?",
    # $1,200, 20 days, 3.5 %, 0.25 mm
    r"(?<![\w-])[$€£¥]?\d[\d,.]*(?![\w-])(?: ?%| (?:days?|hours?|minutes?|months?|weeks?|years?"
    r"|people|euros?|dollars?|yen|km|mm|cm|kg|MB|GB|pages?|percent))?\b",
    # "quoted words", 「引用」
    r"(?<=[“\"「『])[^”\"」』]{3,40}(?=[”\"」』])",
    # Names of two or more words; one capital alone begins every sentence
    r"\b[A-Z][\w&-]+(?: (?:of|the|and|for) (?=[A-Z])| [A-Z][\w&-]+)+",
    # カタカナの語
    r"[ァ-ヴー]{4,}",
)
_SPAN = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
MAX_CHARACTERS = 60


@dataclass(frozen=True)
class Salient:
    """A span to ask for.

    Attributes:
        answer: The span.
        sentence: Where it stands.
    """

    answer: str
    sentence: str


def salient_spans(passage: str) -> list[Salient]:
    """Return what a passage can be asked for, in its order.

    An answer stands once in its passage: of two equal ones nobody could tell which is meant.
    """
    found: list[Salient] = []
    for start, end in sentence_spans(passage):
        sentence = " ".join(passage[start:end].split())
        for match in _SPAN.finditer(sentence):
            answer = match.group().strip(" ,.")
            short = 1 < len(answer) <= MAX_CHARACTERS and len(answer) < len(sentence) // 2
            if short and passage.count(answer) == 1:
                found.append(Salient(answer, sentence))
    return found

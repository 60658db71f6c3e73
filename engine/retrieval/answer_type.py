"""What kind of answer a question wants, and whether a sentence holds one."""

from __future__ import annotations

import re
from typing import Literal

AnswerType = Literal["date", "amount", "person", "place", "any"]

_DATE_QUESTION = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:date|day|year|month|time)\b|\bdeadline\b|\bdue\b|\bby what\b"
    r"|いつ|何年|何月|何日(?:に|まで|から|付)|日付|期限|締め?切|何時|生年"
)
_AMOUNT_QUESTION = re.compile(
    r"\bhow (?:many|much|long|often|far|old|large|big|high|tall|soon|late)\b|\bnumber of\b"
    r"|\bwhat (?:is|are|was|were) the (?:price|cost|fee|rate|amount|total|budget|limit|maximum"
    r"|minimum|percentage|size|capacity|duration|length|salary|allowance|discount)"
    r"|\bpercent|\bwhat percentage\b|\bprice\b"
    r"|いくら|いくつ|何(?:人|個|件|円|％|%|パーセント|日|週|回|時間|分|割|台|冊|名|社|ヶ月|か月|カ月|本|枚"
    r"|歳|メートル|キロ|倍|種類)|どのくらい|どれくらい|どれほど|金額|価格|料金|単価|人数|期間|上限|割合|率は"
)
_PERSON_QUESTION = re.compile(
    r"\bwho(?:m|se)?\b|\bwhich (?:person|manager|employee)\b|誰|だれ|担当者|どなた|何という人|人物"
)
_PLACE_QUESTION = re.compile(
    r"\bwhere\b|\bwhich (?:city|country|office|room|place|floor|building)\b"
    r"|どこ|場所|所在地|住所|何(?:県|市|国|州)|どの(?:国|都市|県|地)"
)

_DATE = re.compile(
    r"\d{4}[-/.年]|\d{1,2}月|\d{1,2}日|\b(?:19|20)\d{2}\b|\b\d{1,2}[:.]\d{2}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[月火水木金土日]曜|世紀|\bcentury\b|\d{2,4}年",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d|[一二三四五六七八九十百千万]+(?:日|人|回|年|か月|ヶ月|週|個|件|円|割|名)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|hundred|thousand|million|half|double|once|twice|daily|weekly|monthly|yearly|annually)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+\b|\b(?:Mr|Ms|Mrs|Dr)\.? [A-Z]"
    r"|[\u4e00-\u9fff]{1,4}\s?[\u4e00-\u9fff]{0,4}(?:氏|さん|様|君|部長|課長|社長|取締役|博士)"
    r"|(?:担当|責任者|署名|発信者|作成者)[::：]|\b[A-Z][a-z]+\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|to|from|near|of) (?:the )?[A-Z]|[都道府県市区町村国州島]|\b(?:room|floor|building"
    r"|street|office)\b|\d階|〒|会議室|本社|支店|\bURL\b|https?:",
)

_QUESTIONS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    ("amount", _AMOUNT_QUESTION),
    ("date", _DATE_QUESTION),
    ("person", _PERSON_QUESTION),
    ("place", _PLACE_QUESTION),
)
_HOLDERS: dict[AnswerType, re.Pattern[str]] = {
    "date": _DATE,
    "amount": _AMOUNT,
    "person": _PERSON,
    "place": _PLACE,
}


def answer_type(question: str) -> AnswerType:
    """Return what the question asks for; ``any`` if it is not one of the kinds known."""
    lowered = question.lower()
    for kind, pattern in _QUESTIONS:
        if pattern.search(lowered):
            return kind
    return "any"


def holds_answer_type(sentence: str, kind: AnswerType) -> bool:
    """Tell whether a sentence holds something of the kind; everything holds ``any``."""
    return kind == "any" or bool(_HOLDERS[kind].search(sentence))

"""What kind of answer a question wants, and whether a sentence holds one."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

AnswerType = Literal[
    "any",
    "amount",
    "area",
    "date",
    "days",
    "hours",
    "money",
    "months",
    "people",
    "percent",
    "person",
    "phone",
    "place",
    "temperature",
    "time",
    "weight",
    "years",
]

# A question that names its unit is answered by a sentence with that unit and a number. Both
# languages stand in every pattern: a question may be answered by a document in the other.
_UNITS: tuple[tuple[AnswerType, str, str], ...] = (
    (
        "weight",
        r"\bweigh|\bmass of|質量|重さ|重量|何(?:キロ)?グラム",
        r"\d ?(?:mg|g|kg|t)\b|\bkg\b|\(g\)|(?<!プロ)グラム|キロ(?!メートル)",
    ),
    ("area", r"\b(?:floor|surface) (?:area|space)|面積|何平方", r"\bm2\b|m²|㎡|平方|坪|\bsquare\b"),
    ("temperature", r"\btemperature|温度は|気温|何度(?!も)", r"°|℃|\bdegrees?\b|度"),
    ("phone", r"\b(?:tele)?phone number|電話番号|内線番号", r"\d{2,}[-‐ ]\d{2,}|\d{4,}"),
    (
        "percent",
        r"\bpercent|\bhow many %|割合|何(?:％|%|パーセント|割)",
        r"%|％|\bpercent|パーセント|割",
    ),
    ("time", r"\bwhat time\b|\bat which time|何時(?!間)", r"\d{1,2}[:：.]\d{2}|\d時|\bnoon\b|正午"),
    ("hours", r"\bhow many (?:\w+ )?hours|何時間", r"\bhours?\b|時間|\bdays?\b"),
    ("days", r"\bhow many (?:[\w-]+ ){0,3}?days|何日間?(?![にまか付の])|日数", r"\bdays?\b|日"),
    (
        "months",
        r"\bhow many (?:\w+ )?months|何[かヶカヵケ]月",
        r"\bmonths?\b|[かヶカヵケ]月|年|\byears?\b",
    ),
    ("years", r"\bhow many (?:\w+ )?years|何年間|何年で", r"\byears?\b|年"),
    (
        "people",
        r"\bhow many (?:[\w-]+ )?(?:people|employees|staff|persons|members|visitors)|何[人名]|人数",
        r"\bpeople\b|\bemployees?\b|\bstaff\b|\bpersons?\b|\bmembers?\b|人|名",
    ),
    (
        "money",
        r"\bprices?\b|\bcosts?\b|\bfees?\b|\bsalary\b|\bbudget\b|\bcharged?\b|\bdividend|\ballowance\b"
        r"|\bpays?\b|\bpaid for\b|\brevenue\b|\bsales (?:of|in|were)|いくら"
        r"|何(?:百?万)?円|金額|価格|単価|総額",
        r"[¥£€$￥]|円|\b(?:GBP|EUR|JPY|USD|yen|pounds?|euros?)\b|%|％|\bmillion\b|\bfree\b|無料",
    ),
)

_DATE_QUESTION = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:date|day|year|month|time)\b|\bdeadline\b|\bdue\b|\bby what\b"
    r"|いつ|何年|何月|何日(?:に|まで|から|付)|日付|期限|締め?切|何時|生年"
)
_AMOUNT_QUESTION = re.compile(
    r"\bhow (?:many|much|long|often|far|old|large|big|high|tall|soon|late)\b|\bnumber of\b"
    r"|\bwhat (?:is|are|was|were) the (?:price|cost|fee|rate|amount|total|budget|limit|maximum"
    r"|minimum|percentage|size|capacity|duration|length|salary|allowance|discount)"
    r"|\bpercent|\bwhat percentage\b|\bprice\b"
    r"|いくら|いくつ|何(?:人|個|件|円|％|%|パーセント|週|回|時間|分|割|台|冊|名|社|ヶ月|か月|カ月|本|枚"
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
_UNIT_QUESTIONS = tuple((kind, re.compile(asked)) for kind, asked, _ in _UNITS)
_UNIT_HOLDERS = {kind: re.compile(unit, re.IGNORECASE) for kind, _, unit in _UNITS}
_HOLDERS: dict[AnswerType, re.Pattern[str]] = {
    "date": _DATE,
    "amount": _AMOUNT,
    "person": _PERSON,
    "place": _PLACE,
}


def answer_type(question: str) -> AnswerType:
    """Return what the question asks for; ``any`` if it is not one of the kinds known."""
    lowered = question.lower()
    for kind, pattern in (*_UNIT_QUESTIONS, *_QUESTIONS):
        if pattern.search(lowered):
            return kind
    return "any"


def holds_answer_type(sentence: str, kind: AnswerType) -> bool:
    """Tell whether a sentence holds something of the kind; everything holds ``any``."""
    if kind == "any":
        return True
    if kind in _UNIT_HOLDERS:
        text = unicodedata.normalize("NFKC", sentence)
        return bool(_UNIT_HOLDERS[kind].search(text) and _AMOUNT.search(text))
    return bool(_HOLDERS[kind].search(sentence))


def names_unit(kind: AnswerType) -> bool:
    """Tell whether a kind is a quantity with a unit, so that its absence says something."""
    return kind in _UNIT_HOLDERS

"""How numbers, units and dates are written in English and Japanese, for grading alone.

The program has tables of its own (:mod:`engine.languages`). These are apart from them on
purpose: a benchmark that shared them would agree with their mistakes, and would change its
verdicts with every change that it is to judge.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""Year before the first of an era."""

MULTIPLIERS = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "億": 10**8,
}

UNITS: dict[str, tuple[str, float, tuple[str, ...]]] = {
    "JPY": ("JPY", 1, ("円", "yen", "jpy", "¥")),
    "GBP": ("GBP", 1, ("£", "gbp", "pounds sterling", "pounds", "pound", "ポンド")),
    "EUR": ("EUR", 1, ("€", "eur", "euros", "euro", "ユーロ")),
    "USD": ("USD", 1, ("us$", "$", "usd", "us dollars", "dollars", "dollar", "米ドル", "ドル")),
    "CHF": ("CHF", 1, ("chf", "swiss francs", "francs", "スイスフラン", "フラン")),
    "SGD": ("SGD", 1, ("sgd", "singapore dollars", "シンガポールドル")),
    "percent": ("percent", 1, ("%", "percent", "per cent", "パーセント", "percentage points")),
    "wari": ("percent", 10, ("割",)),
    "workday": (
        "workday",
        1,
        ("working days", "working day", "business days", "business day", "営業日", "就業日"),
    ),
    "day": ("day", 1, ("calendar days", "days", "day", "日間", "日", "泊")),
    "night": ("day", 1, ("nights", "night")),
    "week": ("day", 7, ("weeks", "week", "週間", "週")),
    "month": (
        "month",
        1,
        ("calendar months", "months", "month", "か月", "ヶ月", "カ月", "箇月", "ケ月", "ヵ月"),
    ),
    "year": ("month", 12, ("years", "year", "年間", "年", "yrs")),
    "hour": ("second", 3600, ("hours", "hour", "hrs", "時間")),
    "minute": ("second", 60, ("minutes", "minute", "mins", "min", "分間", "分")),
    "second": ("second", 1, ("seconds", "second", "secs", "秒間", "秒")),
    "kg": ("g", 1000, ("kilograms", "kilogram", "kg", "キログラム", "キロ")),
    "g": ("g", 1, ("grams", "gram", "g", "グラム")),
    "km": ("mm", 1e6, ("kilometres", "kilometers", "km", "キロメートル")),
    "mile": ("mile", 1, ("miles", "mile", "マイル")),
    "cm": ("mm", 10, ("centimetres", "centimeters", "cm", "センチメートル", "センチ")),
    "mm": ("mm", 1, ("millimetres", "millimeters", "mm", "ミリメートル", "ミリ")),
    "m": ("mm", 1000, ("metres", "m", "メートル")),
    "MPa": ("kPa", 1000, ("megapascals", "megapascal", "mpa", "メガパスカル")),
    "kPa": ("kPa", 1, ("kilopascals", "kpa", "キロパスカル")),
    "bar": ("kPa", 100, ("bar",)),
    "Nm": (
        "Nm",
        1,
        ("n·m", "n m", "n-m", "n⋅m", "n・m", "nm", "newton metres", "ニュートンメートル"),
    ),
    "degree": ("degree", 1, ("°c", "degrees celsius", "degrees", "degree", "度")),
    "volt": ("volt", 1, ("volts", "volt", "v", "ボルト")),
    "mA": ("mA", 1, ("milliamps", "ma")),
    "ms": ("ms", 1, ("milliseconds", "ms", "ミリ秒")),
    "litre": ("litre", 1, ("litres", "liters", "litre", "l", "リットル")),
    "character": ("character", 1, ("characters", "文字", "字")),
}
"""Per unit: what it is measured in, how much of that it is, its spellings in lower case."""

MONEY = ("JPY", "GBP", "EUR", "USD", "CHF", "SGD")

COUNTERS = "台個本枚件名人回社冊箱部種点食"
"""Japanese counters, which say what is counted and nothing of the amount."""

LABELS = re.compile(
    r"(?:\b(?:clauses?|sections?|articles?|pages?|slides?|lots?|rows?|cells?|rooms?|annex|version|"
    r"steps?|items?|points?|nos?\.?|numbers?|extension|ext\.?|dn|iso|en|iec|figure|table|sheet|"
    r"chapter|passages?|sources?|floor|bay|ip|rev(?:ision)?\.?)\s*|第|内線|ロット|番号|項番|号)\s*$"
)
"""In front of a number that names something and measures nothing."""

LABELLED = re.compile(
    r"\s*(?:条|項|号|章|版|次|四半期|期|階|ページ|頁|会議室|番|年度|課|区|st\b|nd\b|rd\b|th\b)"
)
"""Behind such a number."""

DENIED_BEFORE = re.compile(
    r"(?:\b(?:not|never|no longer|instead of|rather than)|n't)\s+(?:(?:the|an?|in|on|by|at|until|"
    r"for)\s+)*$"
)
DENIED_BEHIND = re.compile(
    r"^(?:間|以内|まで)?(?:では?(?:なく|ない|ありません)|じゃな|でな(?:く|い)|\s+is (?:not|no))"
)

_GIVEN = "given|listed|mentioned|stated|specified|provided|found|included|available|answered"
_GIVES = "mention|state|specify|provide|include|give|say|list|cover|answer|have|disclose|indicate"
_TELL = "answer|determin|find|found|say|tell"
_NOT_JA = "いません|いない|おりません"

REFUSALS = re.compile(
    "|".join(
        (
            rf"\bnot (?:{_GIVEN}|contained|covered)",
            rf"\b(?:do|does|did)(?: not|n't) (?:{_GIVES}|contain|hold|reveal|appear|describe)",
            rf"\bno (?:[\w-]+ ){{1,6}}(?:is|are|was|were) (?:{_GIVEN})",
            r"\b(?:is|are) no (?:information|mention|answer|data|record|details?)",
            r"\bno (?:information|mention|answer|details?)\b",
            rf"\b(?:cannot|can't|could not|couldn't) (?:be )?(?:{_TELL})",
            r"\bunable to|\b(?:do not|don't) know|\bunknown",
            r"\bisn't (?:mentioned|stated|given|specified)",
            r"見つか(?:りません|らない|らなかった)",
            r"記載(?:が|は|されて)?(?:い)?(?:ありません|ない|ません|なし)",
            rf"(?:載って|書かれて|含まれて|示されて|述べられて|明記されて|言及されて|触れられて)(?:{_NOT_JA})",
            r"情報(?:が|は)(?:ありません|ない)|(?:分か|わか)(?:りません|らない)",
            r"(?:お)?答え(?:られません|られない|できません|ることができ(?:ません|ない))|不明です|確認できません",
            r"該当(?:する)?[^。]{0,12}(?:ありません|なし)",
        )
    )
)
"""How programs and models decline."""

YES = re.compile(r"^\s*(?:yes\b|はい|可能です|できます|correct\b|ええ)")
NO = re.compile(r"^\s*(?:no\b(?!\.)|いいえ|いえ|不可|できません)")
NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|forbidden|prohibited|banned|must not)\b"
    r"|n't\b|ない|なく|ません|不可|禁止|不要|できず|認めず|なし"
)
DOUBLE_NEGATION = re.compile(
    r"\bnot only\b|\b(?:not|no) (?:more|less|later|earlier|longer|fewer) than\b"
    r"|なければな(?:らない|りません)|ないといけ(?:ない|ません)|かもしれ(?:ない|ません)"
)

"""Japanese: a follow-up put together with the question that it leans on."""

from __future__ import annotations

import re

_OPENER = r"(?:(?:では|じゃあ|じゃ|それでは|それなら|そして|また|あと)[、,]?\s*)?"
_ELLIPSIS = re.compile(
    rf"{_OPENER}(?P<rest>[^、。はがを?？]{{1,24}}?)"
    r"(?:(?:の場合|については|に関しては|の方|のほう|だと|なら|では|は|も|って)+、?"
    r"(?:どう(?:です|でしょう)?か?|[^。?？]{0,4}(?:いくら|いつ|何|誰|どこ|どの|どれ)[^。?？]{0,14})?)?"
    r"[。?？]*"
)
_NARROWING = re.compile(
    r"(?P<rest>[^、。?？]{1,30}(?:だけ|のみ|に限る(?:と)?|の中で(?:は)?))[。?？]*"
)
_NOUN = r"[\u4e00-\u9fff\u30a1-\u30fa\u30fcA-Za-z0-9・&-]+"
_CODE = re.compile(r"[\u4e00-\u9fff\u30a1-\u30fa\u30fc]*[A-Za-z]{1,5}-?\d[\w-]*", re.ASCII)
_TYPES = (
    re.compile(r"(?:(?:\d{4}|令和\d+)年度?)?\d{1,2}月(?:\d{1,2}日)?"),
    re.compile(r"(?:\d{4}|令和\d+|平成\d+)年度?|昨年度?|今年度?|来年度?|前年度?"),
    re.compile(r"[月火水木金土日]曜日?"),
    re.compile(r"[^\s、。はがをにでの]{1,8}(?:支店|事務所|営業所|工場|本社|本店)"),
    re.compile(
        r"[^\s、。はがをにでの]{0,8}(?:社員|職員|従業員|パートタイム|アルバイト|管理職|役員|部長以上)"
    ),
)
"""What stands for what: a month for a month, an office for an office."""

_POINTS = re.compile(
    r"(?P<of>その|同)(?P<company>社|会社)?|(?P<it>それ|これ|そこ|そちら)(?!ぞれ|まで|から先)"
)
_MAX_ATTRIBUTE = 4
_ATTRIBUTE = re.compile(
    r".*(?:料金?|費|額|代|日|期|期間|期限|納期|単価|価格|名|者|番号|場所|等級|質量|重量|点|率|数|時間|方法|条件)"
)


def complete(question: str, anchor: str) -> str:
    """Return a follow-up as a question that stands alone; empty if the rules are not sure.

    Args:
        question: 「では、大阪は？」
        anchor: The question it leans on.
    """
    text = question.strip()
    narrowing = _NARROWING.fullmatch(text)
    if narrowing:
        for pattern in _TYPES[:2]:
            new, old = pattern.search(text), pattern.search(anchor)
            if new and old:
                return _put(anchor, old, new.group())
        return f"{narrowing['rest']}、{anchor}"
    points = _POINTS.search(text)
    if points:
        return _pointed(text, points, anchor)
    ellipsis = _ELLIPSIS.fullmatch(text)
    return _replaced(anchor, ellipsis["rest"].strip()) if ellipsis else ""


def _pointed(text: str, points: re.Match[str], anchor: str) -> str:
    topic = _topic(anchor)
    if not topic:
        return ""
    by = topic if points["it"] or points["company"] else f"{topic}の"
    rest = text[points.end() :]
    opener = re.sub(rf"^{_OPENER}$", "", text[: points.start()])
    return f"{opener}{by}{rest}"


def _topic(anchor: str) -> str:
    """Return what a question is about: 「A社との契約の期間はいつまで」 is about A社との契約."""
    head = re.split(r"は、?|が(?=[^、]*(?:いくら|何|いつ))", anchor, maxsplit=1)[0]
    if head == anchor or len(head) > 40:
        return ""
    about, of, attribute = head.rpartition("の")
    if of and len(attribute) <= _MAX_ATTRIBUTE and _ATTRIBUTE.fullmatch(attribute):
        return about
    return head


def _replaced(anchor: str, rest: str) -> str:
    """Return the earlier question with its parallel part replaced."""
    if _CODE.fullmatch(rest):
        found = list(_CODE.finditer(anchor))
        return _put(anchor, found[-1], rest) if found else ""
    for pattern in _TYPES:
        if pattern.fullmatch(rest):
            match = pattern.search(anchor)
            if match:
                return _put(anchor, match, rest)
    for length in (3, 2):
        if len(rest) > length:
            ending = re.escape(rest[-length:])
            match = re.search(rf"{_NOUN}?{ending}(?=[のはがをにでと、]|$)", anchor)
            if match and re.fullmatch(r"[\u4e00-\u9fff\u30a1-\u30fa\u30fc]+", rest[-length:]):
                return _put(anchor, match, rest)
    head = re.match(rf"(?:{_NOUN}(?:への|との|での|の))*{_NOUN}(?=[はがをに])", anchor)
    if head is None or not re.fullmatch(_NOUN, rest):
        return ""
    nouns = list(re.finditer(_NOUN, head.group()))
    same = [noun for noun in nouns if _scripts(noun.group()) == _scripts(rest)]
    return _put(anchor, (same or nouns)[0], rest)


def _scripts(noun: str) -> bool:
    """Tell whether a noun has katakana or Latin letters in it."""
    return bool(re.search(r"[\u30a1-\u30faA-Za-z]", noun))


def _put(anchor: str, part: re.Match[str], rest: str) -> str:
    return f"{anchor[: part.start()]}{rest}{anchor[part.end() :]}"

"""Which encoding a text file is in, Japanese ones first among the old ones."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022_JP = re.compile(rb"\x1b(\$[@B]|\([JI]|\$\(D)")
_WIDER = {
    # Labels name the standard; files are written with the vendor's superset.
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "unicode": "utf-16",
}
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fc、。]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ODD = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\x80-\x9f]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüœŒ\u00a0€£§©®°±²³·«»“”„‘’‚–—…•™½¼"
)
SAMPLE_BYTES = 65_536


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _declared(data: bytes, label: str) -> str | None:
    label = label.strip().lower()
    for encoding in dict.fromkeys((_WIDER.get(label, label), label)):
        try:
            codec = codecs.lookup(encoding)
        except LookupError:
            continue
        if not codec._is_text_encoding:  # "hex", "zip", ... are codecs, too
            continue
        text = _strict(data, encoding)
        if text is not None:
            return text
    return None


def _is_single_byte(label: str) -> bool:
    """Tell whether a label names an encoding in which every byte is a character."""
    label = label.strip().lower()
    name = _WIDER.get(label, label)
    try:
        return len(bytes(range(256)).decode(name, "replace")) == 256
    except (LookupError, UnicodeError, TypeError, AssertionError):
        return False


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    # ASCII letters and spaces in between give NULs on one side only.
    if max(odd, even) < 0.1 * len(sample) / 2 or min(odd, even) > 0.02 * len(sample):
        return None
    return _strict(data[: len(data) // 2 * 2], encoding)


def _japanese_score(text: str) -> float:
    letters = sum(1 for character in text if ord(character) > 127)
    if not letters:
        return 0.0
    kana, han, odd = (len(pattern.findall(text)) for pattern in (_KANA, _HAN, _ODD))
    if letters > 40 and kana < 0.1 * letters:
        return 0.0  # Chinese or Korean bytes give kanji, but hardly ever kana
    return (kana + 0.5 * han - 2.0 * odd) / letters


def _tolerant(data: bytes, encoding: str) -> str | None:
    """Decode what has hardly an error, as when a file was cut within a character."""
    text = data.decode(encoding, errors="replace")
    n_broken = text.count("\ufffd")
    n_good = sum(1 for character in text if ord(character) > 127) - n_broken
    return text if n_broken <= 2 + 0.001 * len(text) and n_good >= 4 * n_broken else None


def _japanese(data: bytes) -> str | None:
    best, best_score = None, 0.3  # below, the bytes merely happen to decode
    for encoding in ("cp932", "euc_jis_2004"):
        text = _tolerant(data, encoding)
        if text is None:
            continue
        score = _japanese_score(text[:20_000])
        if score > best_score:
            best, best_score = text, score
    return best


def _western(data: bytes) -> str | None:
    """Western European text: a few accented letters among many plain ones."""
    text = _strict(data, "cp1252")
    if text is None:
        return None
    accented = [character for character in text if ord(character) > 127]
    n_letters = sum(map(str.isalpha, text))
    usual = set(accented) <= _WESTERN
    return text if usual and len(accented) < 0.25 * max(n_letters, 4) else None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None:
        return None
    return _strict(data, best.encoding) or data.decode(best.encoding, errors="replace")


def is_binary(data: bytes) -> bool:
    """Tell whether bytes cannot be text in any encoding that :func:`decode` knows."""
    if data.startswith(tuple(bom for bom, _ in _BOMS)):
        return False
    sample = data[:SAMPLE_BYTES]
    n_control = len(_CONTROL.findall(sample))
    if b"\0" in sample:
        return _utf16_without_mark(data) is None and sample.count(0) > 2 + 0.001 * len(sample)
    return n_control > 0.02 * len(sample)


def decode(data: bytes, declared: str = "") -> str:
    """Return the text of a file; never fails.

    Tried in this order: byte order mark, UTF-16 by its NULs, ISO-2022-JP by its escapes,
    the declared label (UTF-8 before one of single bytes), UTF-8, CP932 and EUC-JP (the
    likelier), CP1252 where it makes sense, a statistical guess. A label is believed only if
    everything decodes; UTF-8 and Japanese may have a broken character or two.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    text = _utf16_without_mark(data)
    if text is None and _ISO_2022_JP.search(data[:SAMPLE_BYTES]):
        text = _strict(data, "iso2022_jp_ext") or data.decode("iso2022_jp_ext", errors="replace")
    if text is None and declared and _is_single_byte(declared):
        # Such a label fits any bytes; UTF-8 is never valid by chance.
        text = _strict(data, "utf-8")
    if text is None and declared:
        text = _declared(data, declared)
    if text is None:
        text = _tolerant(data, "utf-8") or _japanese(data) or _western(data) or _guessed(data)
    return data.decode("cp1252", errors="replace") if text is None else text

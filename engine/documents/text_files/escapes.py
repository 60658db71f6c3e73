r"""Characters that JSON, YAML, programs' logs and XML write in ASCII: ``\u691c``, ``&#26908;``."""

from __future__ import annotations

import re

_JSON = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_JSON_MEANINGS = {"n": " ", "r": " ", "t": " ", "b": "", "f": " ", '"': '"', "/": "/", "\\": "\\"}
_RUN = re.compile(r"(?<!\\)(?:\\u[0-9A-Fa-f]{4}){2,}")
"""In other text one alone may be meant as it stands: a path, a regular expression."""

_XML = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_XML_MEANINGS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")


def _character(number: int) -> str:
    """Return a character; a space for those that would end the line."""
    text = chr(number) if number < 0x11_0000 else "\ufffd"
    return " " if text in _LINE_ENDS else text


def _paired(text: str) -> str:
    """Put the halves of characters beyond the first 65,536 together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def json_unescaped(text: str) -> str:
    """Return the text of a JSON file with its escapes undone; lines stay the same lines."""
    if "\\" not in text:
        return text

    def meaning(match: re.Match[str]) -> str:
        if match[1]:
            return _character(int(match[1], 16))
        return _JSON_MEANINGS.get(match[2], match[0])

    return _paired(_JSON.sub(meaning, text))


def runs_unescaped(text: str) -> str:
    r"""Return text with its runs of ``\uXXXX`` undone."""
    if "\\u" not in text:
        return text
    return _paired(_RUN.sub(lambda match: json_unescaped(match[0]), text))


def xml_unescaped(text: str) -> str:
    """Return the text of an XML file with its character references undone."""
    if "&" not in text:
        return text

    def meaning(match: re.Match[str]) -> str:
        if match[3]:
            return _XML_MEANINGS[match[3]]
        return _character(int(match[1]) if match[1] else int(match[2], 16))

    return _paired(_XML.sub(meaning, text))

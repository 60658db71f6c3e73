"""Characters of symbol fonts, which have a shape but no meaning of their own in the file."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0xA1: "○", 0xA7: "▪",
    0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✘", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x29: "✆", 0x2A: "✉",
    0x4A: "☺", 0x4C: "☹",
    **{0x80 + n: text for n, text in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + n: text for n, text in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✘", 0x50: "✔", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■",
    0xA3: "☐", 0x2A: "☐",
}  # fmt: skip
_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑",
    0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅",
    0xC7: "∩", 0xC8: "∪", 0xD0: "∠", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√",
    0xD7: "⋅", 0xE5: "∑", 0xF2: "∫",
    **dict(zip(
        range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True,
    )),
    **dict(zip(
        range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True,
    )),
}  # fmt: skip
_WEBDINGS = {0x61: "✔", 0x63: "☐", 0x72: "✘", 0x67: "■", 0x6E: "●", 0x34: "▶", 0x33: "◀"}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}


def symbol(font: str, code: str) -> str:
    """Return the character that a symbol font draws; empty if it has none that can be written.

    Args:
        font: Its name.
        code: Hexadecimal; symbol fonts lie at F000 and above.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    table = _FONTS.get(font.strip().lower())
    if table is not None:
        return table.get(number & 0xFF, "")
    is_character = 0x20 <= number < 0xD800 or 0xF900 <= number < 0x11_0000
    return chr(number) if is_character else ""  # the rest is private to the font


def is_symbol_font(font: str) -> bool:
    """Tell whether the letters of a font are signs."""
    return font.strip().lower() in _FONTS


def written(text: str, font: str) -> str:
    """Return text that is set in a symbol font as the signs that it shows.

    A sign that this program does not know is a point; figures of Symbol look like themselves.
    """
    table = _FONTS.get(font.strip().lower())
    if table is None:
        return text
    keeps_others = table is _SYMBOL
    signs = []
    for character in text:
        code = ord(character)
        if character.isspace() or (code > 0xFF and not 0xF000 <= code <= 0xF0FF):
            signs.append(character)  # another font stands in for it
        else:
            otherwise = chr(code & 0xFF) if keeps_others else "•"
            signs.append(table.get(code & 0xFF, otherwise))
    return "".join(signs)

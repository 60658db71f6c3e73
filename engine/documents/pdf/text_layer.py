"""The text layer of one page: its characters, and where each of them stands."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from engine.documents.cleaning import clean
from engine.documents.pdf.pdfium import Box

SOFT_HYPHENS = "\ufffe\x02"
"""What PDFium gives for a hyphen at a line end; the next line follows without a break."""

_SURROGATE = re.compile("[\ud800-\udfff]")
Matrix = tuple[float, float, float, float, float, float]
"""``a, b, c, d, e, f``: ``x' = a x + c y + e``, ``y' = b x + d y + f``."""

_BOLD = 600
"""Weight from which a font counts as bold."""

_UPRIGHT = 0.3
"""Radians by which a character may lean."""

_FAR = 4096.0
_DEVICE = 16


class TextLayer:
    r"""Characters of an open page; the caller holds the lock and closes the layer.

    Places are in points from the top left corner of the page as it is shown, whatever its
    rotation and crop box. An offset into :attr:`text` is the number of the character in PDFium.

    Attributes:
        text: All characters, lines ending in ``\r\n``; those beyond the Basic Multilingual
            Plane as two surrogates, which :meth:`shown` puts together again.
        width: Of the page, in points.
        height: Of the page, in points.
        matrix: Map from page space to the page as it is shown (:func:`shown_matrix`).
    """

    def __init__(self, page: Any) -> None:
        from ctypes import byref, c_double

        from pypdfium2 import raw

        self._text_page = page.get_textpage()
        self.text = self._characters(raw)
        self.width, self.height = page.get_width(), page.get_height()
        self._rect = raw.FS_RECTF()
        self._rect_ref = byref(self._rect)
        self._x, self._y = c_double(), c_double()
        self._x_ref, self._y_ref = byref(self._x), byref(self._y)
        self._box_of, self._origin_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
        self._angle_of = raw.FPDFText_GetCharAngle
        self._raw = self._text_page.raw
        self.matrix = shown_matrix(page)
        self._turned = 0

    def _characters(self, raw: Any) -> str:
        text: str = self._text_page.get_text_range()
        n_characters: int = self._text_page.count_chars()
        if len(text) == n_characters:
            return text
        units = [raw.FPDFText_GetUnicode(self._text_page, i) for i in range(n_characters)]
        return "".join(chr(unit) if unit < 0x110000 else "\ufffd" for unit in units)

    def close(self) -> None:
        """Free what PDFium holds."""
        self._text_page.close()

    def turn(self, way: int) -> None:
        """Give places on the page turned so that lines running down (1) or up (-1) lie flat."""
        a, b, c, d, e, f = self.matrix
        if way > 0:
            self.matrix = b, -a, d, -c, f, self.width - e
        else:
            self.matrix = -b, a, -d, c, self.height - f, e
        self._turned = way
        self.width, self.height = self.height, self.width

    def upright(self, box: Box) -> Box:
        """Return a box on the page as it is shown, from one on the page as it is turned."""
        left, top, right, bottom = box
        if self._turned > 0:
            return self.height - bottom, left, self.height - top, right
        if self._turned < 0:
            return top, self.width - right, bottom, self.width - left
        return box

    def origin(self, offset: int) -> tuple[float, float]:
        """Return where a character begins on its base line."""
        self._origin_of(self._raw, offset, self._x_ref, self._y_ref)
        x, y = self._x.value, self._y.value
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    def is_bold(self, offset: int) -> bool:
        """Tell whether a character is set in a bold font."""
        from ctypes import byref, c_int, create_string_buffer

        from pypdfium2.raw import FPDFText_GetFontInfo, FPDFText_GetFontWeight

        if FPDFText_GetFontWeight(self._raw, offset) >= _BOLD:
            return True
        name, flags = create_string_buffer(120), c_int()
        FPDFText_GetFontInfo(self._raw, offset, name, len(name), byref(flags))
        return b"bold" in name.value.lower()

    def begins_drawing(self, offset: int) -> bool:
        """Tell whether the file draws a character in another step than the one before it."""
        return self.step_of(offset) != self.step_of(offset - 1)

    def step_of(self, offset: int) -> int | None:
        """Return which step of drawing a character belongs to; numbers mean nothing else."""
        from ctypes import c_void_p, cast

        from pypdfium2.raw import FPDFText_GetTextObject

        return cast(FPDFText_GetTextObject(self._raw, offset), c_void_p).value

    def origins(self) -> Callable[[int], tuple[float, float]]:
        """Return :meth:`origin` for many calls in a row."""
        a, b, c, d, e, f = self.matrix
        if b or c:
            return self.origin
        get, raw, x, y, x_ref, y_ref = (
            self._origin_of, self._raw, self._x, self._y, self._x_ref, self._y_ref
        )  # fmt: skip

        def origin(offset: int) -> tuple[float, float]:
            get(raw, offset, x_ref, y_ref)
            return a * x.value + e, d * y.value + f

        return origin

    def is_upright(self, offset: int) -> bool:
        """Tell whether a character stands upright in page space."""
        angle = float(self._angle_of(self._raw, offset))
        return angle < _UPRIGHT or angle > 2 * math.pi - _UPRIGHT

    def box(self, offset: int) -> Box:
        """Return the box of a character: as high as its type, as wide as its advance."""
        rect = self._rect
        if not self._box_of(self._raw, offset, self._rect_ref):
            return 0.0, 0.0, 0.0, 0.0
        a, b, c, d, e, f = self.matrix
        if not (b or c):
            left, right = a * rect.left + e, a * rect.right + e
            return left, d * rect.top + f, right, d * rect.bottom + f
        x0, y0 = a * rect.left + c * rect.top + e, b * rect.left + d * rect.top + f
        x1, y1 = a * rect.right + c * rect.bottom + e, b * rect.right + d * rect.bottom + f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def shown(self, start: int, stop: int) -> str:
        """Return a range as text for people: cleaned, with the hyphen at a line end."""
        return self.shown_text(self.text[start:stop])

    @staticmethod
    def shown_text(text: str) -> str:
        """Return characters of the layer as text for people."""
        if text.isascii():
            return clean(text.replace("\x02", "-")).strip()
        for hyphen in SOFT_HYPHENS:
            text = text.replace(hyphen, "-")
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return clean(text).strip()


def shown_matrix(page: Any) -> Matrix:
    """Return the map from page space to the page as it is shown.

    Crop box and rotation are PDFium's business.
    """
    from ctypes import byref, c_int

    from pypdfium2.raw import FPDF_PageToDevice

    width = round(page.get_width() * _DEVICE)
    height = round(page.get_height() * _DEVICE)
    x, y = c_int(), c_int()
    points = []
    for corner in ((0.0, 0.0), (_FAR, 0.0), (0.0, _FAR)):
        FPDF_PageToDevice(page, 0, 0, width, height, 0, *corner, byref(x), byref(y))
        points.append((x.value / _DEVICE, y.value / _DEVICE))
    (e, f), (x1, y1), (x2, y2) = points
    a, b, c, d = (x1 - e) / _FAR, (y1 - f) / _FAR, (x2 - e) / _FAR, (y2 - f) / _FAR
    return a, b, c, d, e, f

"""What people added to a page: values of form fields, comments, text typed onto it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.documents.cleaning import clean, one_line
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.segments import on_page
from engine.documents.pdf.text_layer import Matrix

TICKED, UNTICKED = "☒", "☐"

_MAX_ANNOTATIONS = 5_000
_MAX_UNITS = 1 << 20
_HIDDEN = 0x02 | 0x20
_TYPE_HEIGHT = 11.0


@dataclass(frozen=True)
class Added:
    """What was added to one page.

    Attributes:
        values: Values of form fields and text typed onto the page, where they stand.
        comments: Comments, each with the name of who wrote it.
    """

    values: tuple[Line, ...] = ()
    comments: tuple[str, ...] = ()


def added_to(page: Any, form: Any, shown: Matrix, texts: Sequence[Line]) -> Added:
    """Return what was added to an open page.

    Args:
        page: The page.
        form: Form environment of the document; None if it has no form.
        shown: Map from page space to where text is placed.
        texts: Lines of the page, which may name the fields.
    """
    from pypdfium2 import raw

    n_annotations = min(raw.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)
    if n_annotations <= 0:
        return Added()
    values: list[Line] = []
    comments: list[str] = []
    for annotation in _opened(raw, page, n_annotations):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            continue
        if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            continue
        reader = _Annotation(raw, annotation, form)
        if kind == raw.FPDF_ANNOT_WIDGET:
            value = reader.value()
            if value:
                values.append(_placed(reader, value, shown, texts))
        elif kind == raw.FPDF_ANNOT_FREETEXT:
            if text := one_line(reader.string("Contents")):
                values.append(replace(reader.line(text, shown), whole=True))
        elif text := one_line(reader.string("Contents")):
            author = one_line(reader.string("T"))
            comments.append(f"{author}: {text}" if author else text)
    return Added(tuple(values), tuple(comments))


def _opened(raw: Any, page: Any, n_annotations: int) -> Iterator[Any]:
    for index in range(n_annotations):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if annotation:
            try:
                yield annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


class _Annotation:
    """One annotation that is open."""

    def __init__(self, raw: Any, annotation: Any, form: Any) -> None:
        self._raw = raw
        self._annotation = annotation
        self._form = form

    def _text(self, call: Any, *arguments: Any) -> str:
        """Return what a function of PDFium writes as UTF-16 into a buffer."""
        from ctypes import POINTER, cast, create_string_buffer

        n_bytes = call(*arguments, None, 0)
        if not 2 < n_bytes <= _MAX_UNITS:
            return ""
        buffer = create_string_buffer(n_bytes)
        call(*arguments, cast(buffer, POINTER(self._raw.FPDF_WCHAR)), n_bytes)
        return clean(buffer.raw[: n_bytes - 2].decode("utf-16-le", "replace"))

    def string(self, key: str) -> str:
        """Return a text of the annotation's dictionary."""
        return self._text(self._raw.FPDFAnnot_GetStringValue, self._annotation, key.encode())

    def _of_field(self, call: Any) -> str:
        return self._text(call, self._form, self._annotation)

    def value(self) -> str:
        """Return what a form field holds, as it is shown; empty for buttons and empty fields."""
        raw = self._raw
        if self._form is None:
            return one_line(self.string("V"))
        kind = raw.FPDFAnnot_GetFormFieldType(self._form, self._annotation)
        if kind == raw.FPDF_FORMFIELD_CHECKBOX:
            ticked = raw.FPDFAnnot_IsChecked(self._form, self._annotation)
            return TICKED if ticked else UNTICKED
        if kind == raw.FPDF_FORMFIELD_RADIOBUTTON:
            ticked = raw.FPDFAnnot_IsChecked(self._form, self._annotation)
            return TICKED if ticked else UNTICKED
        if kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
            if chosen := self._chosen():
                return ", ".join(chosen)
        elif kind != raw.FPDF_FORMFIELD_TEXTFIELD:
            return ""
        return one_line(self._of_field(raw.FPDFAnnot_GetFormFieldValue))

    def _chosen(self) -> list[str]:
        raw = self._raw
        n_options = raw.FPDFAnnot_GetOptionCount(self._form, self._annotation)
        return [
            one_line(self._text(raw.FPDFAnnot_GetOptionLabel, self._form, self._annotation, i))
            for i in range(max(0, min(n_options, 1_000)))
            if raw.FPDFAnnot_IsOptionSelected(self._form, self._annotation, i)
        ]

    def name(self) -> str:
        """Return what a form field is called, for people where that is given."""
        if self._form is None:
            return one_line(self.string("TU") or self.string("T"))
        raw = self._raw
        name = self._of_field(raw.FPDFAnnot_GetFormFieldAlternateName)
        return one_line(name or self._of_field(raw.FPDFAnnot_GetFormFieldName))

    def line(self, text: str, shown: Matrix) -> Line:
        """Return a text as a line where the annotation stands, its first line of type."""
        from ctypes import byref

        rect = self._raw.FS_RECTF()
        self._raw.FPDFAnnot_GetRect(self._annotation, byref(rect))
        a, b, c, d, e, f = shown
        xs = [
            on_page(a * x + c * y + e)
            for x in (rect.left, rect.right)
            for y in (rect.top, rect.bottom)
        ]
        ys = [
            on_page(b * x + d * y + f)
            for x in (rect.left, rect.right)
            for y in (rect.top, rect.bottom)
        ]
        top, bottom = min(ys), max(ys)
        if bottom - top < 2.2 * _TYPE_HEIGHT:
            middle = (top + bottom) / 2
            top, bottom = middle - _TYPE_HEIGHT / 2, middle + _TYPE_HEIGHT / 2
        left = min(xs)
        height = min(bottom - top, _TYPE_HEIGHT)
        width = sum(0.5 if character.isascii() else 1.0 for character in text) * height
        return Line(text, left, top, min(max(xs), left + width), bottom, height)


def _placed(reader: _Annotation, value: str, shown: Matrix, texts: Sequence[Line]) -> Line:
    """Return a field's value as a line on the row of its label, or with its own name."""
    line = reader.line(value, shown)
    middle = (line.top + line.bottom) / 2
    beside = [text for text in texts if text.top - 2 < middle < text.bottom + 2]
    if value in (TICKED, UNTICKED):
        labels = [text for text in beside if 0 <= text.left - line.right < 4 * _TYPE_HEIGHT] or [
            text for text in beside if 0 <= line.left - text.right < 4 * _TYPE_HEIGHT
        ]
    else:
        labels = [text for text in beside if text.right <= line.left + 2]
    if labels:
        label = min(
            labels, key=lambda text: min(abs(text.left - line.right), abs(line.left - text.right))
        )
        return replace(line, top=label.top, bottom=label.bottom, height=label.height)
    above = [
        text
        for text in texts
        if 0 <= line.top - text.bottom < _TYPE_HEIGHT
        and text.left < line.right
        and text.right > line.left
    ]
    name = reader.name()
    if name and not above:
        return replace(line, text=f"{name}: {value}")
    return line

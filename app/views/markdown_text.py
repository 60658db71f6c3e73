"""Markdown of an answer as a text document: nothing in it leads anywhere but its citations.

What an answer says may be copied from a document of whoever: HTML is shown as it is typed, a
picture becomes its description and a link its text. Nothing is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from app.models.answer_markdown import CHIP, CHIP_END, DOUBT, DOUBT_END
from app.theme.tokens import Tokens

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_LINE_HEIGHT = 132.0
_PARAGRAPH_GAP, _ITEM_GAP, _HEADING_GAP = 7.0, 2.0, 8.0
_INDENT = 24.0
_KEEP = QTextCursor.MoveMode.KeepAnchor


def fill_with_markdown(
    document: QTextDocument,
    marked: str,
    tokens: Tokens,
    chip: Callable[[int], QTextImageFormat],
    doubt: QTextCharFormat,
) -> list[int]:
    """Replace a document's content.

    Args:
        document: Gets the text.
        marked: What :func:`app.models.answer_markdown.marked_markdown` returns.
        tokens: Colours.
        chip: Makes the picture of a passage's number.
        doubt: Format of sentences that no passage supports.

    Returns:
        The numbers of the chips, in order.
    """
    document.setIndentWidth(_INDENT)
    document.setMarkdown(marked, _FEATURES)
    edit = QTextCursor(document)
    edit.beginEditBlock()  # or everything would be laid out anew with every change
    try:
        _disarm(document)
        _colour(document, tokens)
        for block in _blocks(document):
            _shape(block, tokens)
        for table in _tables(document):
            _rule(table, tokens)
        _mark_doubts(document, doubt)
        return _insert_chips(document, chip)
    finally:
        edit.endEditBlock()


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _disarm(document: QTextDocument) -> None:
    """Put descriptions in the place of pictures, and the text of links in that of links."""
    runs = [run for block in _blocks(document) for run in _runs(block)]
    for start, end, found in reversed(runs):
        cursor = _selection(document, start, end)
        plain = QTextCharFormat()
        plain.setFontWeight(found.fontWeight())
        plain.setFontItalic(found.fontItalic())
        if not found.isImageFormat():
            cursor.setCharFormat(plain)
            continue
        described = found.property(QTextCharFormat.Property.ImageAltText.value)
        cursor.insertText(str(described or ""), plain)


def _runs(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Yield position, end and format of what is a picture or a link."""
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        found = fragment.charFormat()
        if found.isAnchor() or found.isImageFormat():
            yield fragment.position(), fragment.position() + fragment.length(), found
        place += 1


def _colour(document: QTextDocument, tokens: Tokens) -> None:
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    text = QTextCharFormat()
    text.setForeground(QColor(tokens.text))
    cursor.mergeCharFormat(text)


def _shape(block: QTextBlock, tokens: Tokens) -> None:
    """Set line height and gaps as in running text, and headings no larger than they need be."""
    cursor, shape = QTextCursor(block), block.blockFormat()
    in_table = cursor.currentTable() is not None
    is_code = block.charFormat().fontFixedPitch() or shape.nonBreakableLines()
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setNonBreakableLines(False)  # a long line of code wraps instead of being cut
    first = block.position() == 0
    shape.setTopMargin(_HEADING_GAP if shape.headingLevel() and not first else 0.0)
    is_last = not block.next().isValid()
    gap = _ITEM_GAP if block.textList() is not None else _PARAGRAPH_GAP
    shape.setBottomMargin(0.0 if in_table or is_code or is_last else gap)
    if is_code:
        shape.setBackground(QColor(tokens.raised))
    cursor.setBlockFormat(shape)
    if shape.headingLevel():
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
        heading = QTextCharFormat()
        size = 1 if shape.headingLevel() <= 2 else 0
        heading.setProperty(QTextCharFormat.Property.FontSizeAdjustment.value, size)
        heading.setFontWeight(QFont.Weight.Bold)
        cursor.mergeCharFormat(heading)


def _tables(document: QTextDocument) -> Iterator[QTextTable]:
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            yield frame


def _rule(table: QTextTable, tokens: Tokens) -> None:
    """Draw hairlines, and take the whole width so that long cells wrap."""
    shape = QTextTableFormat(table.format())
    shape.setBorder(1.0)
    shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setBorderBrush(QColor(tokens.border))
    shape.setCellPadding(5.0)
    shape.setCellSpacing(0.0)
    shape.setBottomMargin(_PARAGRAPH_GAP)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100.0))
    table.setFormat(shape)
    if table.rows() > 1:  # Qt leaves the headings at the left
        for column in range(table.columns()):
            below = table.cellAt(1, column).firstCursorPosition().blockFormat().alignment()
            heading = QTextBlockFormat()
            heading.setAlignment(below)
            table.cellAt(0, column).firstCursorPosition().mergeBlockFormat(heading)


def _mark_doubts(document: QTextDocument, doubt: QTextCharFormat) -> None:
    while (start := _find(document, DOUBT)) >= 0:
        end = _find(document, DOUBT_END, start)
        last = end if end >= 0 else document.characterCount() - 1
        _selection(document, start, last).mergeCharFormat(doubt)
        if end >= 0:
            _selection(document, end, end + 1).removeSelectedText()
        _selection(document, start, start + 1).removeSelectedText()


def _insert_chips(document: QTextDocument, chip: Callable[[int], QTextImageFormat]) -> list[int]:
    numbers = []
    start = _find(document, CHIP)
    while start >= 0:
        cursor = _selection(document, start, _find(document, CHIP_END, start) + 1)
        number = int(cursor.selectedText()[1:-1])
        cursor.insertImage(chip(number))
        numbers.append(number)
        start = _find(document, CHIP, start)
    return numbers


def _find(document: QTextDocument, mark: str, start: int = 0) -> int:
    found = document.find(mark, start)
    return found.selectionStart() if not found.isNull() else -1


def _selection(document: QTextDocument, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    return cursor

"""Writes a text as a PDF with headings, tables, a running header and page numbers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from fpdf import FPDF, XPos, YPos
from fpdf.enums import TextMode, WrapMode
from fpdf.fonts import FontFace

from scripts.samples import fonts
from scripts.samples.markup import Block, Bullet, Heading, Paragraph, Table, Text, plain

_NAVY = (24, 48, 92)
_GREY = (105, 112, 125)
_NOT_FIRST = "～、。，．」』）】・ー々！？ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％℃）"
_NOT_LAST = "「『（【"


class Sheet(FPDF):
    """An A4 document in the company's plain style."""

    def __init__(self, text: Text) -> None:
        super().__init__(format="A4")
        self._running = text.meta.get("running", text.meta["title"])
        self.japanese = text.is_japanese
        regular, bold = fonts.SANS, fonts.SANS_BOLD
        if self.japanese:
            regular = bold = fonts.GOTHIC
        self.add_font("body", "", str(regular))
        self.add_font("body", "B", str(bold))
        self.size = 10.0 if self.japanese else 9.2
        self.leading = 6.2 if self.japanese else 5.2
        self.set_margins(24, 26, 24)
        self.set_auto_page_break(True, margin=22)
        self.set_title(text.meta["title"])
        self.set_author(text.meta["author"])
        self.set_lang("ja" if self.japanese else "en")
        self.set_creation_date(text.date)
        self.alias_nb_pages("{n}")
        self.add_page()

    def header(self) -> None:
        """Draw the running title and a hairline."""
        self.set_font("body", "", 7.5)
        self.set_text_color(*_GREY)
        self.set_y(12)
        self.cell(0, 5, self._running, align="R")
        self.set_draw_color(200, 205, 214)
        self.line(24, 18, 186, 18)
        self.set_y(26)
        self.set_text_color(20, 20, 20)

    def footer(self) -> None:
        """Draw the company's name and the page number."""
        self.set_y(-15)
        self.set_font("body", "", 7.5)
        self.set_text_color(*_GREY)
        name = "風森計測株式会社" if self.japanese else "Kazamori Instruments"
        self.cell(60, 5, name)
        self.cell(0, 5, f"{self.page_no()} / {{n}}", align="R")
        self.set_text_color(20, 20, 20)

    def title_block(self, title: str, subtitle: str) -> None:
        """Draw the title of the document."""
        self._heading(title, 17 if self.japanese else 18, 10)
        self.set_font("body", "", 9.5)
        self.set_text_color(*_GREY)
        if subtitle:
            self.multi_cell(0, 6, subtitle, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(20, 20, 20)
        self.ln(4)

    def block(self, block: Block) -> None:
        """Draw one block below the last."""
        if isinstance(block, Heading):
            self.ln(2.5 if block.level == 2 else 1)
            # A heading at the foot of a page would stand apart from its first line.
            if self.will_page_break(self.leading * 4):
                self.add_page()
            self._heading(block.text, 12 if block.level == 2 else 10.4, 7)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Bullet):
            self._paragraph("・" + block.text if self.japanese else "•  " + block.text, 5)
        elif isinstance(block, Paragraph):
            self._paragraph(block.text, 0)

    def keep_together(self, n_rows: int) -> None:
        """Start a page if a heading and a table of so many rows would be torn apart."""
        needed = 14 + n_rows * (self.leading + 2)
        if needed < self.eph and self.will_page_break(needed):
            self.add_page()

    def _heading(self, text: str, size: float, height: float) -> None:
        self.set_font("body", "B", size)
        self.set_text_color(*_NAVY)
        if self.japanese:  # the Gothic has one weight only: thicken the outline
            self.set_draw_color(*_NAVY)
            with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=0.12):
                self.cell(0, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        else:
            self.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(20, 20, 20)
        self.set_font("body", "", self.size)

    def _paragraph(self, text: str, indent: float) -> None:
        self.set_font("body", "", self.size)
        if not self.japanese:
            self.set_x(self.l_margin + indent)
            self.multi_cell(
                0,
                self.leading,
                text,
                align="L",
                markdown=True,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )
        else:
            for line in self.break_japanese(plain(text), self.epw - indent):
                self.set_x(self.l_margin + indent)
                self.cell(0, self.leading, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.3)

    def break_japanese(self, text: str, width: float) -> list[str]:
        """Break lines between any two characters that the usual rules allow to part."""
        lines, line = [], ""
        for character in text:
            if self.get_string_width(line + character) <= width or not line:
                line += character
                continue
            carry = ""
            while len(line) > 1 and (
                (carry or character)[0] in _NOT_FIRST
                or line[-1] in _NOT_LAST
                or (line[-1].isascii() and (carry or character)[0].isascii() and line[-1] != " ")
            ):
                carry, line = line[-1] + carry, line[:-1]
            lines.append(line.rstrip())
            line = (carry + character).lstrip()
        return [*lines, line]

    def _table(self, table: Table) -> None:
        self.ln(1.5)
        self.set_font("body", "", self.size - 0.8)
        self.set_draw_color(176, 184, 198)
        columns = zip(*table.rows, strict=True)
        widest = [max(map(self.get_string_width, column)) for column in columns]
        share = [min(max(width, 14), 62) for width in widest]
        with self.table(
            col_widths=share,
            headings_style=FontFace(emphasis="BOLD", color=_NAVY, fill_color=(229, 235, 245)),
            line_height=self.leading,
            padding=(0.8, 1.6),
            text_align="LEFT",
            wrapmode=WrapMode.CHAR if self.japanese else WrapMode.WORD,
        ) as drawn:
            for row in table.rows:
                cells = drawn.row()
                for cell in row:
                    cells.cell(cell)
        self.ln(3)
        self.set_font("body", "", self.size)


def write_pdf(text: Text, target: Path) -> None:
    """Write a text as PDF."""
    sheet = compose(text)
    sheet.output(str(target))


def compose(text: Text) -> Sheet:
    """Lay a text out; the caller may add pages before it writes the file."""
    sheet = Sheet(text)
    sheet.title_block(text.meta["title"], text.meta.get("subtitle", ""))
    for block, following in pairwise((*text.blocks, None)):
        if isinstance(block, Heading) and isinstance(following, Table):
            sheet.keep_together(len(following.rows))
        if block:
            sheet.block(block)
    return sheet

"""Pages of many layouts in two languages, made here, each with what a reader must find on it.

A page states the beginnings of its paragraphs, rows and lines in the order in which a person
reads them, and of its tables every cell as (first cell of its row, name of its column, value).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fpdf import FPDF

Cell = tuple[str, str, str]

_WORDS = (
    "storage carrier pallet valve invoice harbour lantern ledger timber copper weaver orchard "
    "signal kettle ribbon granite meadow quarry bellows anchor thistle walnut saddle pewter "
    "juniper rowan willow cobalt marble canvas bridge market supplier tenant drainage furnace"
).split()
_VERBS = "keeps moves checks insures counts repairs replaces delivers stores returns".split()
_NOUNS_JA = (
    "倉庫 契約 荷主 検査 請求書 部品 工場 港湾 納品 保険 設備 帳簿 木材 配管 保守 図面 "
    "校正 在庫 受付 会議 研修 予算 申請 承認 輸送 梱包 電源 温度 圧力 流量"
).split()
_VERBS_JA = "確認する 保管する 点検する 交換する 記録する 報告する 承認する 返却する".split()


class Writer:
    """Words of one language from a seed, and how wide they are."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.chance = random.Random(f"{language}{seed}")
        self._ruler = FPDF(unit="pt")
        self._used: set[str] = set()

    def width(self, text: str, size: float) -> float:
        if text.isascii():
            self._ruler.set_font("Helvetica", size=size)
            return float(self._ruler.get_string_width(text))
        return len(text) * size

    def sentence(self) -> str:
        if self.language == "ja":
            a, b, c, d = self.chance.sample(_NOUNS_JA, 4)
            verb = self.chance.choice(_VERBS_JA)
            return f"{a}の担当者は、{b}に先立って{c}の{d}を{verb}。"
        a, b, c, d, e = self.chance.sample(_WORDS, 5)
        verb = self.chance.choice(_VERBS)
        return f"The {a} {b} {verb} every {c} of the {d} before the {e} is opened again."

    def paragraph(self, n_sentences: int) -> str:
        return ("" if self.language == "ja" else " ").join(
            self.sentence() for _ in range(n_sentences)
        )

    def name(self, n_words: int = 2) -> str:
        """A name that no other thing on the page has."""
        while True:
            if self.language == "ja":
                found = "".join(self.chance.sample(_NOUNS_JA, n_words))
            else:
                found = " ".join(self.chance.sample(_WORDS, n_words)).capitalize()
            if found not in self._used:
                self._used.add(found)
                return found

    def amount(self) -> str:
        return f"{self.chance.randint(3, 9_999):,}"

    def code(self) -> str:
        letters = self.chance.choice("KTVX") + self.chance.choice("ADPR")
        return f"{letters}-{self.chance.randint(100, 999)}"

    def wrapped(self, text: str, width: float, size: float) -> list[str]:
        units = list(text) if self.language == "ja" else text.split(" ")
        gap = "" if self.language == "ja" else " "
        lines: list[str] = []
        for unit in units:
            longer = f"{lines[-1]}{gap}{unit}" if lines else unit
            starts_badly = self.language == "ja" and unit in "、。"
            if lines and (self.width(longer, size) <= width or starts_badly):
                lines[-1] = longer
            else:
                lines.append(unit)
        return lines


@dataclass
class Page:
    """A page while it is made.

    Attributes:
        kind: What it is an example of.
        writer: Where its words come from.
        texts: Left edge, base line from the top, text, size.
        drawn: Operators of lines and boxes.
        order: Beginnings in reading order.
        cells: What its tables hold.
        size: Of the type.
    """

    kind: str
    writer: Writer
    texts: list[tuple[float, float, str, float]] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    size: float = 10.0

    def put(self, left: float, base_line: float, text: str, size: float = 0) -> None:
        self.texts.append((left, base_line, text, size or self.size))

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.drawn.append(f"0.7 w {x0:.1f} {842 - y0:.1f} m {x1:.1f} {842 - y1:.1f} l S")

    def shade(self, x0: float, y0: float, x1: float, y1: float) -> None:
        box = f"{x0:.1f} {842 - y1:.1f} {x1 - x0:.1f} {y1 - y0:.1f} re f"
        self.drawn.append(f"q 0.88 g {box} Q")

    def heading(self, left: float, base_line: float, size: float = 14, n_words: int = 3) -> float:
        text = self.writer.name(n_words)
        self.put(left, base_line, text, size)
        self.order.append(text)
        return base_line + 1.8 * size

    def flow(
        self, left: float, width: float, top: float, n_paragraphs: int, n_sentences: int = 3
    ) -> list[tuple[float, float, str, float]]:
        """Lay paragraphs below each other; return their lines without drawing them."""
        lines = []
        y = top
        for _ in range(n_paragraphs):
            for text in self.writer.wrapped(self.writer.paragraph(n_sentences), width, self.size):
                lines.append((left, y, text, self.size))
                y += 1.25 * self.size
            y += 0.6 * self.size
        return lines

    def read(self, lines: list[tuple[float, float, str, float]]) -> None:
        self.order += [text for _, _, text, _ in lines]

    def columns(
        self, lefts: list[float], width: float, top: float, n_paragraphs: int, *, by_line: bool
    ) -> float:
        flows = [self.flow(left, width, top, n_paragraphs) for left in lefts]
        for lines in flows:
            self.read(lines)
        drawn = [line for lines in flows for line in lines]
        self.texts += sorted(drawn, key=lambda line: (line[1], line[0])) if by_line else drawn
        return max(line[1] for line in drawn) + 2 * self.size

    def table(
        self,
        lefts: list[float],
        names: list[str],
        rows: list[list[str]],
        top: float,
        *,
        right: tuple[int, ...] = (),
        widths: list[float] | None = None,
        pitch: float = 0,
        by_column: bool = False,
    ) -> list[float]:
        """Set a table; return the edges of its rows. Cells are wrapped where widths are given."""
        ends = [*lefts[1:], 560.0]
        placed: list[tuple[int, tuple[float, float, str, float]]] = []
        edges = [top]
        y = top
        for number, row in enumerate([names, *rows]):
            depth = 1
            for column, cell in enumerate(row):
                wrap = widths[column] if widths else 1_000.0
                lines = self.writer.wrapped(cell, wrap, self.size) if cell else []
                depth = max(depth, len(lines))
                for i, text in enumerate(lines):
                    x = lefts[column]
                    if column in right:
                        x = ends[column] - 14 - self.writer.width(text, self.size)
                    placed.append(
                        (column, (x, y + 1.1 * self.size + 1.2 * self.size * i, text, self.size))
                    )
                if number and cell:
                    self.cells.append((row[0], names[column], cell))
            y += pitch if pitch else 1.2 * self.size * depth + 0.5 * self.size
            edges.append(y)
        if by_column:
            placed.sort(key=lambda item: item[0])
        self.texts += [item for _, item in placed]
        self.order += [row[0] for row in rows]
        return edges

    def ruled(self, xs: list[float], ys: list[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def header(self, n_columns: int) -> list[str]:
        return [self.writer.name(1) for _ in range(n_columns)]

    def goods(self, n_rows: int, n_columns: int) -> list[list[str]]:
        w = self.writer
        return [
            [w.name(2), *(w.amount() for _ in range(n_columns - 2)), w.code()]
            for _ in range(n_rows)
        ]


def _contract_by_line(page: Page) -> None:
    top = page.heading(60, 70)
    page.columns([60, 320], 220, top + 10, 3, by_line=True)


def _contract_by_column(page: Page) -> None:
    top = page.heading(60, 70)
    top = page.columns([60, 315], 225, top + 10, 2, by_line=False)
    top = page.heading(220, top + 16, 14, 5)
    page.columns([60, 315], 225, top + 4, 2, by_line=False)


def _paper(page: Page) -> None:
    page.put(150, 60, title := page.writer.name(4), 16)
    page.order.append(title)
    blocks = [[page.writer.name(2) for _ in range(3)] for _ in range(3)]
    for n, block in enumerate(blocks):
        for i, text in enumerate(block):
            page.put(70 + 170 * n, 95 + 12 * i, text, 9)
        page.order += block
    abstract = page.flow(90, 415, 150, 1, 4)
    page.texts += abstract
    page.read(abstract)
    top = abstract[-1][1] + 30
    flows = [page.flow(left, 230, top, 3) for left in (54, 310)]
    for lines in flows:
        page.read(lines)
        page.texts += lines
    page.put(300, 800, "7", 9)


def _three_columns(page: Page) -> None:
    page.size = 9
    top = page.heading(50, 64, 18)
    page.columns([50, 222, 394], 150, top, 3, by_line=page.writer.chance.random() < 0.5)


def _side_box(page: Page) -> None:
    top = page.heading(60, 70)
    body = page.flow(60, 300, top + 6, 5)
    box = page.flow(400, 130, top + 60, 2, 2)
    page.texts += body
    page.read(body)
    page.texts += box
    page.read(box)
    page.ruled([392, 540], [box[0][1] - 16, box[-1][1] + 10])


def _invoice(page: Page) -> None:
    w = page.writer
    page.heading(60, 70)
    sender = [w.name(2), w.name(3), w.code()]
    receiver = [w.name(2), w.name(3), w.code()]
    for left, block in ((60, sender), (340, receiver)):
        for i, text in enumerate(block):
            page.put(left, 110 + 13 * i, text)
        page.order += block
    names = page.header(4)
    rows = [[w.name(2), str(n + 2), w.amount(), w.amount()] for n in range(5)]
    page.table([60, 260, 340, 440], names, rows, 190, right=(1, 2, 3), pitch=17)
    closing = page.flow(60, 420, 330, 1, 2)
    page.texts += closing
    page.read(closing)


def _two_row_header(page: Page) -> None:
    w = page.writer
    top = page.heading(60, 70)
    item, group, first, second, code = (w.name(1) for _ in range(5))
    xs = [60, 220, 310, 400, 500]
    ys = [top, top + 18, top + 36, *(top + 36 + 18 * n for n in range(1, 6))]
    page.put(66, top + 22, item)
    page.put(226, top + 13, group)
    page.put(226, top + 31, first)
    page.put(316, top + 31, second)
    page.put(406, top + 22, code)
    for y in ys:
        if y == ys[1]:
            page.line(220, y, 400, y)
        else:
            page.line(60, y, 500, y)
    for x in xs:
        page.line(x, ys[1] if x == 310 else ys[0], x, ys[-1])
    joint = ", "
    for n in range(5):
        row = [w.name(2), w.amount(), w.amount(), w.code()]
        for x, text in zip(xs, row, strict=False):
            page.put(x + 6, top + 49 + 18 * n, text)
        titles = [item, f"{group}{joint}{first}", f"{group}{joint}{second}", code]
        page.cells += [(row[0], title, value) for title, value in zip(titles, row, strict=True)]
        page.order.append(row[0])


def _wrapped_cells(page: Page) -> None:
    w = page.writer
    top = page.heading(60, 70)
    rows = [[w.name(2), w.sentence(), w.amount()] for _ in range(5)]
    names = page.header(3)
    page.table([60, 200, 470], names, rows, top, widths=[120, 240, 80])


def _rules_between_rows(page: Page) -> None:
    w = page.writer
    top = page.heading(60, 70)
    rows = [[w.name(2), w.code(), w.sentence()] for _ in range(5)]
    edges = page.table([60, 190, 270], page.header(3), rows, top, widths=[110, 70, 250])
    for y in edges:
        page.line(56, y + 1, 540, y + 1)


def _three_rules(page: Page) -> None:
    top = page.heading(60, 70)
    before = page.flow(60, 440, top, 1, 2)
    page.texts += before
    page.read(before)
    top = before[-1][1] + 14
    rows = page.goods(6, 5)
    edges = page.table(
        [60, 220, 290, 360, 440], page.header(5), rows, top, right=(1, 2, 3), pitch=14
    )
    for y in (edges[0], edges[1], edges[-1]):
        page.line(56, y + 0.5, 520, y + 0.5)
    after = page.flow(60, 440, edges[-1] + 26, 1, 2)
    page.texts += after
    page.read(after)


def _fully_ruled(page: Page) -> None:
    w = page.writer
    top = page.heading(60, 70)
    rows = [[w.name(2), w.amount(), w.sentence(), w.code()] for _ in range(5)]
    edges = page.table([64, 184, 244, 464], page.header(4), rows, top, widths=[110, 50, 210, 70])
    page.ruled([60, 180, 240, 460, 540], [y + 0.5 for y in edges])


def _shaded_rows(page: Page) -> None:
    top = page.heading(60, 70)
    rows = page.goods(8, 4)
    names = page.header(4)
    edges = [top + 16 * n for n in range(10)]
    for n in range(0, 9, 2):
        page.shade(56, edges[n], 520, edges[n + 1])
    page.table([60, 240, 330, 430], names, rows, top + 1, right=(1, 2), pitch=16)


def _pairs(page: Page) -> None:
    w = page.writer
    top = page.heading(60, 70)
    for n in range(7):
        name, value = w.name(1), w.name(2) if n % 2 else w.amount()
        page.put(60, top + 18 * n, name + ("：" if w.language == "ja" else ":"))
        page.put(210, top + 18 * n, value)
        page.cells.append((name, name, value))
        page.order.append(name)


def _slide(page: Page) -> None:
    page.size = 15
    top = page.heading(50, 90, 26)
    flows = []
    for left in (50, 320):
        lines, y = [], top + 20
        for _ in range(4):
            wrapped = page.writer.wrapped(page.writer.sentence(), 215, 15)
            for i, text in enumerate(wrapped):
                lines.append((left + 16, y, text, 15.0))
                if not i:
                    lines.append((left, y, "-" if page.writer.language == "en" else "・", 15.0))
                y += 19
            y += 8
        flows.append(lines)
    for lines in flows:
        page.texts += lines
        page.order += [text for _, _, text, _ in lines if len(text) > 1]


def _table_in_a_column(page: Page) -> None:
    top = page.heading(60, 70)
    left = page.flow(60, 225, top, 2)
    page.texts += left
    page.read(left)
    y = left[-1][1] + 12
    names = page.header(3)
    rows = [[page.writer.name(2), page.writer.amount(), page.writer.code()] for _ in range(4)]
    edges = page.table([62, 170, 230], names, rows, y, pitch=15)
    page.line(58, edges[0], 285, edges[0])
    page.line(58, edges[1], 285, edges[1])
    page.line(58, edges[-1], 285, edges[-1])
    more = page.flow(60, 225, edges[-1] + 22, 1)
    page.texts += more
    page.read(more)
    right = page.flow(320, 225, top, 4)
    page.texts += right
    page.read(right)


def _drawn_by_column(page: Page) -> None:
    top = page.heading(60, 70)
    page.table([60, 230, 310, 420], page.header(4), page.goods(6, 4), top, pitch=17, by_column=True)


def _two_tables(page: Page) -> None:
    top = page.heading(60, 70)
    edges = page.table([60, 230, 330], page.header(3), page.goods(4, 3), top, pitch=16)
    top = page.heading(60, edges[-1] + 40)
    page.table([60, 200, 290, 400], page.header(4), page.goods(4, 4), top, pitch=16)


def _numbered_clauses(page: Page) -> None:
    top = page.heading(60, 70)
    y = top
    for n in range(1, 6):
        lines = page.writer.wrapped(page.writer.paragraph(2), 400, 10)
        page.put(60, y, f"{n}.")
        for text in lines:
            page.put(90, y, text)
            page.order.append(text)
            y += 13
        y += 6


KINDS: tuple[Callable[[Page], None], ...] = (
    _contract_by_line, _contract_by_column, _paper, _three_columns, _side_box, _invoice,
    _two_row_header, _wrapped_cells, _rules_between_rows, _three_rules, _fully_ruled,
    _shaded_rows, _pairs, _slide, _table_in_a_column, _drawn_by_column, _two_tables,
    _numbered_clauses,
)  # fmt: skip


def _vertical(page: Page) -> None:
    w = page.writer
    page.heading(60, 60)
    for top, depth in ((110, 20), (440, 20)):
        text = "".join(w.sentence() for _ in range(4))
        lines = [text[i : i + depth] for i in range(0, len(text), depth)]
        for n, line in enumerate(lines):
            for i, character in enumerate(line):
                page.put(510 - 22 * n, top + 14 * i, character, 12)
        page.order.append(text)


def pages(seed: int) -> Iterator[Page]:
    """Yield a page of each kind in each language."""
    for language in ("en", "ja"):
        for make in KINDS:
            page = Page(make.__name__.strip("_"), Writer(language, seed))
            make(page)
            yield page
    page = Page("vertical", Writer("ja", seed))
    _vertical(page)
    yield page

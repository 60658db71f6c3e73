"""Small documents of invented companies, with what each value is called, written down by hand.

``right`` holds (text of the same row, name, value); an empty name says that nothing names the
value. Half of the documents was looked at while the rules were made, the other half at the end.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import Font, PatternFill
from pptx.util import Inches

Rows = Sequence[Sequence[Any]]
Right = Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class TableDocument:
    """One document and the names of its values."""

    name: str
    half: str
    save: Callable[[Path], None]
    right: Right
    cells: frozenset[str] = field(default_factory=frozenset)


FOUND: list[TableDocument] = []


def _texts(rows: Rows) -> frozenset[str]:
    return frozenset(
        line for row in rows for cell in row if isinstance(cell, str) for line in cell.split("\n")
    )


def sheet(
    half: str,
    name: str,
    rows: Rows,
    right: Right,
    *,
    merged: Sequence[str] = (),
    bold: Sequence[str] = (),
    filled: Sequence[str] = (),
    more: Callable[[Any], None] | None = None,
) -> None:
    """A workbook of one sheet; ``bold`` and ``filled`` are cell ranges."""

    def save(path: Path) -> None:
        book = openpyxl.Workbook()
        page = book.active
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None and value != "":
                    page.cell(number, column).value = value
        for each in merged:
            page.merge_cells(each)
        for ranges, look in ((bold, "font"), (filled, "fill")):
            for each in ranges:
                cells = page[each]
                for line in cells if isinstance(cells, tuple) else ((cells,),):
                    for cell in line if isinstance(line, tuple) else (line,):
                        if look == "font":
                            cell.font = Font(bold=True)
                        else:
                            cell.fill = PatternFill("solid", fgColor="FFDDEBF7")
        if more is not None:
            more(page)
        book.save(path)

    FOUND.append(TableDocument(f"{name}.xlsx", half, save, right, _texts(rows)))


def word(
    half: str,
    name: str,
    rows: Rows,
    right: Right,
    *,
    merged: Sequence[tuple[int, int, int, int]] = (),
    bold: Sequence[int] = (),
    header_rows: int = 0,
) -> None:
    """A document with one table; ``merged`` are (row, column, last row, last column)."""

    def save(path: Path) -> None:
        document = docx.Document()
        document.add_paragraph("Some words before the table.")
        table = document.add_table(len(rows), max(map(len, rows)))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = table.cell(number, column)
                if text:
                    lines = text.split("\n")
                    cell.paragraphs[0].add_run(lines[0]).bold = number in bold or None
                    for line in lines[1:]:
                        cell.add_paragraph(line)
        for top, left, bottom, right_column in merged:
            table.cell(top, left).merge(table.cell(bottom, right_column))
        for number in range(header_rows):
            properties = table.rows[number]._tr.get_or_add_trPr()
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        document.save(str(path))

    FOUND.append(TableDocument(f"{name}.docx", half, save, right, _texts(rows)))


def slide(half: str, name: str, rows: Rows, right: Right, *, merged: Sequence[Any] = ()) -> None:
    """A presentation with one table."""

    def save(path: Path) -> None:
        show = pptx.Presentation()
        page = show.slides.add_slide(show.slide_layouts[5])
        page.shapes.title.text = name
        shape = page.shapes.add_table(
            len(rows), max(map(len, rows)), 0, 0, Inches(8), Inches(4)
        ).table
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                shape.cell(number, column).text = text
        for top, left, bottom, right_column in merged:
            shape.cell(top, left).merge(shape.cell(bottom, right_column))
        show.save(str(path))

    FOUND.append(TableDocument(f"{name}.pptx", half, save, right, _texts(rows)))


def page(half: str, name: str, html: str, right: Right, cells: Sequence[str] = ()) -> None:
    """A web page."""

    def save(path: Path) -> None:
        path.write_text(f"<!DOCTYPE html><html><body>{html}</body></html>", encoding="utf-8")

    FOUND.append(TableDocument(f"{name}.html", half, save, right, frozenset(cells)))


def delimited(half: str, name: str, rows: Rows, right: Right, *, separator: str = ",") -> None:
    """A text file of separated values."""

    def save(path: Path) -> None:
        out = io.StringIO()
        csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
        path.write_bytes(out.getvalue().encode("utf-8-sig"))

    FOUND.append(TableDocument(f"{name}.csv", half, save, right, _texts(rows)))


def markdown(half: str, name: str, text: str, right: Right) -> None:
    """A Markdown file."""

    def save(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    FOUND.append(TableDocument(f"{name}.md", half, save, right))


N = None

# --- looked at while the rules were made ---------------------------------------------------

sheet(
    "dev",
    "quotation-orlen-bakery",
    [
        ["Quotation"],
        [],
        ["To:", "Orlen Bakery Ltd", N, "Quote no.:", "OB-2291"],
        ["Attn:", "J. Pell", N, "Date:", "12 May 2025"],
        [],
        ["Line", "Description", "Qty", "Unit price", "Amount"],
        [1, "Proofing cabinet", 2, 1450, 2900],
        [2, "Delivery and set-up", 1, 180, 180],
        [N, N, N, "Subtotal", 3080],
        [N, N, N, "VAT 20%", 616],
        [N, N, N, "Total", 3696],
        [],
        ["Prices are valid for 30 days."],
    ],
    [
        ("Orlen Bakery", "To", "Orlen Bakery Ltd"),
        ("OB-2291", "Quote no.", "OB-2291"),
        ("Pell", "Attn", "J. Pell"),
        ("12 May", "Date", "12 May 2025"),
        ("Proofing", "Description", "Proofing cabinet"),
        ("Proofing", "Qty", "2"),
        ("Proofing", "Unit price", "1450"),
        ("Proofing", "Amount", "2900"),
        ("Delivery", "Amount", "180"),
        ("Subtotal", "", "Subtotal"),
        ("Subtotal", "Amount", "3080"),
        ("VAT 20%", "Amount", "616"),
        ("Total |", "Amount", "3696"),
        ("Prices are", "", "Prices are valid for 30 days."),
    ],
)
sheet(
    "dev",
    "勤務表_藤見製菓",
    [
        ["勤務シフト表　2025年6月"],
        ["氏名", 1, 2, 3, 4, 5],
        [N, "日", "月", "火", "水", "木"],
        ["浜口", "休", "早番", "早番", "遅番", "休"],
        ["須藤", "早番", "休", "遅番", "早番", "早番"],
        ["谷", "遅番", "遅番", "休", "休", "早番"],
    ],
    [
        ("浜口", "氏名", "浜口"),
        ("浜口", "2, 月", "早番"),
        ("浜口", "4, 水", "遅番"),
        ("須藤", "3, 火", "遅番"),
        ("谷", "1, 日", "遅番"),
        ("谷", "5, 木", "早番"),
    ],
)
sheet(
    "dev",
    "headcount-by-site",
    [
        ["Headcount at year end"],
        [N, "Permanent", N, "Temporary", N, "All"],
        ["Site", "2023", "2024", "2023", "2024", N],
        ["Ketley", 41, 44, 12, 9, 53],
        ["Maes", 17, 19, 3, 5, 24],
        ["Total", 58, 63, 15, 14, 77],
    ],
    [
        ("Ketley", "Permanent, 2024", "44"),
        ("Ketley", "Temporary, 2023", "12"),
        ("Ketley", "All", "53"),
        ("Maes", "Permanent, 2023", "17"),
        ("Maes", "Temporary, 2024", "5"),
        ("Total", "Temporary, 2024", "14"),
    ],
    merged=["B2:C2", "D2:E2", "F2:F3", "A1:F1"],
)
sheet(
    "dev",
    "社員名簿_青葉倉庫",
    [
        ["社員番号", "氏名", "所属", "入社日", "内線"],
        ["A001", "小野 瑞希", "経理", "2019-04-01", 210],
        ["A002", "梶 亮太", "配送", "2021-10-01", 233],
        ["A003", "森下 葵", "配送", "2023-04-01", 234],
    ],
    [
        ("小野", "社員番号", "A001"),
        ("小野", "所属", "経理"),
        ("梶", "入社日", "2021-10-01"),
        ("梶", "内線", "233"),
        ("森下", "氏名", "森下 葵"),
    ],
)
sheet(
    "dev",
    "keys-without-header",
    [
        ["Front gate", "Marta", "two copies"],
        ["Boiler room", "Piet", "one copy"],
        ["Server room", "Marta", "one copy"],
        ["Roof", "Anke", "one copy"],
    ],
    [
        ("Front gate", "", "Front gate"),
        ("Front gate", "", "Marta"),
        ("Roof", "", "Anke"),
        ("Boiler room", "", "one copy"),
    ],
)
sheet(
    "dev",
    "稟議書_南雲商事",
    [
        ["稟議書"],
        ["起案日", "2025年7月2日", N, "起案番号", "R-0712"],
        ["起案者", "井川 遥", N, "部署", "情報システム課"],
        ["件名", "会議室の遠隔会議設備の更新"],
        ["金額", "1,280,000円", N, "予算科目", "備品費"],
        ["理由", "現在の機器は2016年に購入したもので、部品の供給が終わったため。"],
        ["備考", N, N, "添付書類", "見積書2通"],
    ],
    [
        ("R-0712", "起案日", "2025年7月2日"),
        ("R-0712", "起案番号", "R-0712"),
        ("井川", "起案者", "井川 遥"),
        ("井川", "部署", "情報システム課"),
        ("会議室", "件名", "会議室の遠隔会議設備の更新"),
        ("1,280,000", "金額", "1,280,000円"),
        ("1,280,000", "予算科目", "備品費"),
        ("2016", "理由", "現在の機器は2016年に購入したもので、部品の供給が終わったため。"),
        ("見積書2通", "添付書類", "見積書2通"),
    ],
    merged=["A1:E1", "B4:E4", "B6:E6"],
)
sheet(
    "dev",
    "units-row",
    [
        ["Grade", "Density", "Tensile strength", "Price"],
        [N, "kg/m3", "MPa", "EUR/kg"],
        ["TX-1", 1140, 62, 3.4],
        ["TX-2", 1210, 71, 4.1],
    ],
    [
        ("TX-1", "Grade", "TX-1"),
        ("TX-1", "Density (kg/m3)", "1140"),
        ("TX-2", "Tensile strength (MPa)", "71"),
        ("TX-2", "Price (EUR/kg)", "4.1"),
    ],
    bold=["A1:D1"],
)
sheet(
    "dev",
    "two-tables-below",
    [
        ["Vehicle", "Driver", "Next service"],
        ["LR-11", "Orsolya", "2025-09-03"],
        ["LR-14", "Dag", "2025-11-20"],
        ["Tool", "Shelf", "Borrowed by"],
        ["Torque wrench", "K2", "Dag"],
        ["Heat gun", "K5", "Ines"],
    ],
    [
        ("LR-11", "Driver", "Orsolya"),
        ("LR-14", "Next service", "2025-11-20"),
        ("Torque", "Tool", "Torque wrench"),
        ("Heat gun", "Borrowed by", "Ines"),
        ("Heat gun", "Shelf", "K5"),
    ],
    bold=["A1:C1", "A4:C4"],
)
sheet(
    "dev",
    "blank-below-header",
    [
        ["Stocktake"],
        [],
        ["Article", "Location", "Pieces"],
        [],
        ["Gasket 40", "R3", 120],
        ["Gasket 50", "R4", 85],
        [],
        ["Clamp", "R9", 400],
    ],
    [
        ("Gasket 40", "Article", "Gasket 40"),
        ("Gasket 50", "Pieces", "85"),
        ("Clamp", "Location", "R9"),
        ("Clamp", "Pieces", "400"),
    ],
)
sheet(
    "dev",
    "側面に二つの表",
    [
        ["部品在庫", N, N, N, "発注予定"],
        ["品番", "数量", "棚", N, "仕入先", "納期"],
        ["BR-10", 30, "A1", N, "丸山金属", "2025-08-01"],
        ["BR-12", 12, "A2", N, "東海樹脂", "2025-08-20"],
        ["BR-15", 7, "B1"],
    ],
    [
        ("BR-10", "数量", "30"),
        ("BR-12", "棚", "A2"),
        ("BR-15", "品番", "BR-15"),
        ("丸山", "仕入先", "丸山金属"),
        ("東海", "納期", "2025-08-20"),
    ],
)
word(
    "dev",
    "minutes-actions",
    [
        ["No", "Action", "Owner", "Due"],
        ["1", "Order the new sign", "Kerr", "3 July"],
        ["2", "Ask the landlord about the lift", "Adeyemi", "10 July"],
    ],
    [
        ("new sign", "Action", "Order the new sign"),
        ("new sign", "Owner", "Kerr"),
        ("landlord", "Due", "10 July"),
    ],
)
word(
    "dev",
    "議事録_概要",
    [
        ["会議名", "第3回 品質会議"],
        ["日時", "2025年5月14日 10時"],
        ["場所", "第2会議室"],
        ["出席者", "三木、和田、ソン"],
        ["次回", "6月11日"],
    ],
    [
        ("品質会議", "会議名", "第3回 品質会議"),
        ("2025年5月14日", "日時", "2025年5月14日 10時"),
        ("第2会議室", "場所", "第2会議室"),
        ("三木", "出席者", "三木、和田、ソン"),
        ("6月11日", "次回", "6月11日"),
    ],
)
word(
    "dev",
    "parallel-paragraphs",
    [
        ["Course", "Fee", "Length"],
        [
            "First aid\nForklift\nManual handling",
            "90 EUR\n310 EUR\n45 EUR",
            "1 day\n3 days\n2 hours",
        ],
    ],
    [
        ("First aid", "Fee", "90 EUR"),
        ("Forklift", "Length", "3 days"),
        ("Manual", "Fee", "45 EUR"),
        ("Manual", "Course", "Manual handling"),
    ],
    bold=[0],
)
word(
    "dev",
    "merged-down-and-across",
    [
        ["Zone", "Weight", "", "Surcharge"],
        ["", "up to 5 kg", "up to 20 kg", ""],
        ["Domestic", "6.90", "11.50", "none"],
        ["Overseas", "24.00", "61.00", "fuel"],
    ],
    [
        ("Domestic", "Zone", "Domestic"),
        ("Domestic", "Weight, up to 5 kg", "6.90"),
        ("Domestic", "Weight, up to 20 kg", "11.50"),
        ("Overseas", "Surcharge", "fuel"),
        ("Overseas", "Weight, up to 20 kg", "61.00"),
    ],
    merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)],
)
slide(
    "dev",
    "四半期の売上",
    [
        ["事業", "第1四半期", "第2四半期"],
        ["菓子", "120百万円", "134百万円"],
        ["飲料", "88百万円", "97百万円"],
    ],
    [
        ("菓子", "事業", "菓子"),
        ("菓子", "第2四半期", "134百万円"),
        ("飲料", "第1四半期", "88百万円"),
    ],
)
page(
    "dev",
    "opening-hours",
    "<table><tr><td></td><th scope=col>Winter</th><th scope=col>Summer</th></tr>"
    "<tr><th scope=row>Weekdays</th><td>9-17</td><td>8-19</td></tr>"
    "<tr><th scope=row>Saturday</th><td>10-14</td><td>9-16</td></tr>"
    "<tr><th scope=row>Sunday</th><td colspan=2>closed</td></tr></table>",
    [
        ("Weekdays", "Winter", "9-17"),
        ("Weekdays", "Summer", "8-19"),
        ("Saturday", "Winter", "10-14"),
        ("Sunday", "Winter / Summer", "closed"),
    ],
)
page(
    "dev",
    "fares",
    "<table><thead><tr><th rowspan=2>Route</th><th colspan=2>Single</th>"
    "<th rowspan=2>Pass</th></tr><tr><th>Adult</th><th>Child</th></tr></thead>"
    "<tbody><tr><td>Harbour line</td><td>3.20</td><td>1.60</td><td>48</td></tr>"
    "<tr><td colspan=4>Night services</td></tr>"
    "<tr><td>N1</td><td>5.00</td><td>2.50</td><td>-</td></tr></tbody></table>",
    [
        ("Harbour", "Single, Adult", "3.20"),
        ("Harbour", "Pass", "48"),
        ("N1", "Single, Child", "2.50"),
        ("N1", "Route", "N1"),
        ("Night services", "", "Night services"),
    ],
)
delimited(
    "dev",
    "sensors",
    [
        ["S-1", "cellar", "11.2", "2025-02-01"],
        ["S-2", "attic", "19.8", "2025-02-01"],
        ["S-3", "cellar", "12.0", "2025-02-02"],
    ],
    [("S-1", "", "cellar"), ("S-2", "", "19.8"), ("S-3", "", "2025-02-02")],
)
delimited(
    "dev",
    "得意先",
    [
        ["得意先コード", "得意先名", "締日", "担当者"],
        ["T100", "ひばり書店", "20日", "久保"],
        ["T101", "港町クリーニング", "末日", "久保"],
        ["T102", "(有)松風", "末日", "瀬川"],
    ],
    [
        ("ひばり", "得意先コード", "T100"),
        ("港町", "締日", "末日"),
        ("松風", "担当者", "瀬川"),
        ("松風", "得意先名", "(有)松風"),
    ],
    separator="\t",
)
markdown(
    "dev",
    "ports",
    "# Ports\n\n| | |\n|---|---|\n| Web | 8443 |\n| Database | 5432 |\n\n"
    "| Host | Role |\n|---|---|\n| ada | web |\n",
    [("8443", "Web", "8443"), ("5432", "Database", "5432"), ("ada", "Role", "web")],
)

# --- looked at when they were made -----------------------------------------------------------

sheet(
    "held",
    "invoice-torsk-marine",
    [
        ["INVOICE", N, N, N, "Invoice number", "TM/88120"],
        [N, N, N, N, "Invoice date", "2025-03-31"],
        [N, N, N, N, "Due date", "2025-04-30"],
        [],
        ["Bill to", "Skerry Ferries", N, N, "Your reference", "PO 5512"],
        [],
        ["Code", "Service", "Hours", "Rate", "Net"],
        ["H-1", "Hull inspection", 6.5, 95, 617.5],
        ["H-4", "Anode replacement", 3, 95, 285],
        [],
        [N, N, N, "Net total", 902.5],
        [N, N, N, "VAT 25%", 225.63],
        [N, N, N, "To pay", 1128.13],
    ],
    [
        ("TM/88120", "Invoice number", "TM/88120"),
        ("2025-03-31", "Invoice date", "2025-03-31"),
        ("2025-04-30", "Due date", "2025-04-30"),
        ("Skerry", "Bill to", "Skerry Ferries"),
        ("Skerry", "Your reference", "PO 5512"),
        ("Hull", "Code", "H-1"),
        ("Hull", "Hours", "6.5"),
        ("Anode", "Rate", "95"),
        ("Anode", "Net", "285"),
        ("902.5", "Net", "902.5"),
        ("To pay", "", "To pay"),
    ],
)
sheet(
    "held",
    "請求書_若葉清掃",
    [
        ["御請求書"],
        [],
        ["請求先", "株式会社いろは印刷 御中", N, "請求番号", "W-2506-03"],
        ["請求日", "2025-06-30", N, "支払期限", "2025-07-31"],
        [],
        ["番号", "作業内容", "回数", "単価", "金額"],
        [1, "事務所の床清掃", 4, 18000, 72000],
        [2, "窓ガラス清掃", 1, 25000, 25000],
        ["小計", N, N, N, 97000],
        ["消費税", N, N, N, 9700],
        ["合計", N, N, N, 106700],
        [],
        ["振込先", "みどり銀行 中央支店 普通 0123456"],
    ],
    [
        ("いろは", "請求先", "株式会社いろは印刷 御中"),
        ("いろは", "請求番号", "W-2506-03"),
        ("2025-07-31", "支払期限", "2025-07-31"),
        ("床清掃", "作業内容", "事務所の床清掃"),
        ("床清掃", "回数", "4"),
        ("窓ガラス", "単価", "25000"),
        ("小計", "金額", "97000"),
        ("消費税", "金額", "9700"),
        ("106700", "金額", "106700"),
        ("106700", "", "合計"),
        ("みどり", "振込先", "みどり銀行 中央支店 普通 0123456"),
    ],
)
sheet(
    "held",
    "price-matrix",
    [
        ["Banner prices by size and quantity"],
        ["Size", "1-4", "5-9", "10+"],
        ["60 x 160 cm", 42, 38, 33],
        ["80 x 200 cm", 58, 53, 47],
        ["100 x 250 cm", 81, 74, 66],
    ],
    [
        ("60 x 160", "Size", "60 x 160 cm"),
        ("60 x 160", "5-9", "38"),
        ("80 x 200", "1-4", "58"),
        ("100 x 250", "10+", "66"),
    ],
    bold=["A2:D2"],
)
sheet(
    "held",
    "timesheet",
    [
        ["Timesheet"],
        ["Employee", "Rosa Lindt", N, "Week", "27"],
        ["Department", "Packing", N, "Approved by", "T. Quist"],
        [],
        ["Day", "Start", "End", "Break", "Hours"],
        ["Monday", "07:00", "15:30", "00:30", 8],
        ["Tuesday", "07:00", "15:00", "00:30", 7.5],
        ["Total", N, N, N, 15.5],
    ],
    [
        ("Rosa", "Employee", "Rosa Lindt"),
        ("Rosa", "Week", "27"),
        ("Packing", "Approved by", "T. Quist"),
        ("Monday", "Start", "07:00"),
        ("Monday", "Hours", "8"),
        ("Tuesday", "End", "15:00"),
        ("Tuesday", "Break", "00:30"),
        ("15.5", "Hours", "15.5"),
    ],
)
sheet(
    "held",
    "売上_地域別",
    [
        ["売上高（単位：千円）"],
        ["地域", "前期", N, "当期", N],
        [N, "上期", "下期", "上期", "下期"],
        ["北海道", 1200, 1350, 1410, 1500],
        ["九州", 2200, 2100, 2350, 2500],
    ],
    [
        ("北海道", "地域", "北海道"),
        ("北海道", "前期, 下期", "1350"),
        ("北海道", "当期, 上期", "1410"),
        ("九州", "前期, 上期", "2200"),
        ("九州", "当期, 下期", "2500"),
    ],
    merged=["A2:A3", "B2:C2", "D2:E2"],
)
sheet(
    "held",
    "frozen-and-filtered",
    [
        ["Ort", "Träger", "Plätze"],
        ["Aldorf", "Gemeinde", "voll"],
        ["Bremel", "Kirche", "frei"],
        ["Cosel", "Verein", "voll"],
    ],
    [
        ("Aldorf", "Ort", "Aldorf"),
        ("Bremel", "Träger", "Kirche"),
        ("Cosel", "Plätze", "voll"),
    ],
    more=lambda sheet: (
        setattr(sheet, "freeze_panes", "A2"),
        setattr(sheet.auto_filter, "ref", "A1:C4"),
    ),
)
sheet(
    "held",
    "phone-list-sections",
    [
        ["Name", "Function", "Extension"],
        ["Ground floor"],
        ["Okafor", "Reception", 100],
        ["Lund", "Post room", 104],
        ["First floor"],
        ["Varga", "Payroll", 120],
    ],
    [
        ("Okafor", "Name", "Okafor"),
        ("Okafor", "Extension", "100"),
        ("Lund", "Function", "Post room"),
        ("Varga", "Extension", "120"),
        ("Ground floor", "", "Ground floor"),
    ],
    bold=["A1:C1", "A2", "A5"],
    merged=["A2:C2", "A5:C5"],
)
sheet(
    "held",
    "貸出名簿_見出しなし",
    [
        ["ノートPC", "3号機", "岡", "2025-05-01"],
        ["カメラ", "1号機", "江崎", "2025-05-02"],
        ["ノートPC", "5号機", "岡", "2025-05-09"],
    ],
    [
        ("3号機", "", "ノートPC"),
        ("1号機", "", "江崎"),
        ("5号機", "", "2025-05-09"),
        ("3号機", "", "2025-05-01"),
    ],
)
sheet(
    "held",
    "repeated-header",
    [
        ["Lot", "Weight", "Tester"],
        ["L-01", 12.1, "Beck"],
        ["L-02", 12.4, "Beck"],
        ["Lot", "Weight", "Tester"],
        ["L-03", 11.9, "Amsel"],
        ["Note: all weights in grams."],
    ],
    [
        ("L-01", "Weight", "12.1"),
        ("L-02", "Tester", "Beck"),
        ("L-03", "Weight", "11.9"),
        ("L-03", "Lot", "L-03"),
        ("grams", "", "Note: all weights in grams."),
    ],
)
sheet(
    "held",
    "table-object",
    [
        ["Weekly cleaning plan"],
        [],
        ["Ebene", "Raum", "Wer"],
        ["EG", "Flur", "Ute"],
        ["OG", "Bad", "Jan"],
    ],
    [("Flur", "Ebene", "EG"), ("Flur", "Wer", "Ute"), ("Bad", "Raum", "Bad")],
    more=lambda sheet: sheet.add_table(
        openpyxl.worksheet.table.Table(displayName="Plan", ref="A3:C5")
    ),
)
word(
    "held",
    "org-table",
    [
        ["Unit", "Head", "Deputy", "Staff"],
        ["Purchasing", "Ngozi Eze", "Tim Holl", "6"],
        ["Legal", "Ana Brito", "", "3"],
    ],
    [
        ("Purchasing", "Head", "Ngozi Eze"),
        ("Purchasing", "Staff", "6"),
        ("Legal", "Unit", "Legal"),
        ("Legal", "Staff", "3"),
    ],
    header_rows=1,
)
word(
    "held",
    "申込書",
    [
        ["氏名", "大西 光", "生年月日", "1990年2月3日"],
        ["住所", "富山市本町1-2", "電話", "076-400-1122"],
        ["希望コース", "初級", "支払方法", "口座振替"],
    ],
    [
        ("大西", "氏名", "大西 光"),
        ("大西", "生年月日", "1990年2月3日"),
        ("富山市", "住所", "富山市本町1-2"),
        ("富山市", "電話", "076-400-1122"),
        ("初級", "希望コース", "初級"),
        ("初級", "支払方法", "口座振替"),
    ],
)
word(
    "held",
    "就業時間_区分",
    [
        ["区分", "勤務時間", "", "休憩"],
        ["", "始業", "終業", ""],
        ["日勤", "8時30分", "17時15分", "45分"],
        ["夜勤", "20時", "5時", "60分"],
    ],
    [
        ("日勤", "区分", "日勤"),
        ("日勤", "勤務時間, 始業", "8時30分"),
        ("日勤", "勤務時間, 終業", "17時15分"),
        ("夜勤", "休憩", "60分"),
    ],
    merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)],
)
word(
    "held",
    "specification",
    [
        ["Characteristic", "Model S", "Model L"],
        ["Output", "4 kW", "9 kW"],
        ["Noise", "48 dB", "55 dB"],
        ["Connection", "single-phase", "three-phase"],
    ],
    [
        ("Output", "Model S", "4 kW"),
        ("Output", "Model L", "9 kW"),
        ("Noise", "Model L", "55 dB"),
        ("Connection", "Model S", "single-phase"),
    ],
)
slide(
    "held",
    "roadmap",
    [
        ["Work package", "2025", "", "2026"],
        ["", "H1", "H2", "H1"],
        ["Housing", "design", "tooling", "series"],
        ["Firmware", "alpha", "beta", "release"],
    ],
    [
        ("Housing", "2025, H1", "design"),
        ("Housing", "2026, H1", "series"),
        ("Firmware", "2025, H2", "beta"),
    ],
    merged=[(0, 1, 0, 2), (0, 0, 1, 0)],
)
page(
    "held",
    "料金表",
    "<table><caption>宿泊料金</caption><tr><td>部屋</td><td>平日</td><td>休前日</td></tr>"
    "<tr><td>和室</td><td>12,000円</td><td>15,000円</td></tr>"
    "<tr><td rowspan=2>洋室</td><td>10,500円</td><td>13,000円</td></tr>"
    "<tr><td>11,000円</td><td>13,500円</td></tr></table>",
    [
        ("和室", "部屋", "和室"),
        ("和室", "休前日", "15,000円"),
        ("10,500円", "平日", "10,500円"),
        ("11,000円", "部屋", "洋室"),
        ("11,000円", "休前日", "13,500円"),
    ],
)
page(
    "held",
    "contact-card",
    "<table><tr><td><b>Phone</b></td><td>+44 20 7946 0123</td></tr>"
    "<tr><td><b>Hours</b></td><td>Mon to Fri, 9 to 5</td></tr>"
    "<tr><td><b>Parking</b></td><td>Behind the building</td></tr></table>",
    [
        ("7946", "Phone", "+44 20 7946 0123"),
        ("Mon to", "Hours", "Mon to Fri, 9 to 5"),
        ("Behind", "Parking", "Behind the building"),
    ],
)
delimited(
    "held",
    "export",
    [
        ["customer_id", "first_name", "city", "is_active"],
        ["1001", "Ilse", "Lund", "true"],
        ["1002", "Omar", "Malmö", "false"],
    ],
    [
        ("Ilse", "customer_id", "1001"),
        ("Ilse", "city", "Lund"),
        ("Omar", "first_name", "Omar"),
        ("Omar", "is_active", "false"),
    ],
    separator=";",
)
delimited(
    "held",
    "visitors-no-header",
    [
        ["Brask", "Helvig AS", "09:10", "badge 4"],
        ["Tolle", "Nordkai", "09:40", "badge 7"],
        ["Ekman", "Helvig AS", "11:05", "badge 4"],
    ],
    [("Brask", "", "Helvig AS"), ("Tolle", "", "09:40"), ("Ekman", "", "badge 4")],
)
markdown(
    "held",
    "release-table",
    "| 版 | 公開日 | 主な変更 |\n|---|---|---|\n| 1.0 | 2025-01-10 | 最初の版 |\n"
    "| 1.1 | 2025-03-02 | 検索の改良 |\n",
    [("最初", "版", "1.0"), ("検索", "公開日", "2025-03-02"), ("検索", "主な変更", "検索の改良")],
)

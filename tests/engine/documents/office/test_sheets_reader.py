from __future__ import annotations

import datetime as dt

import pytest
from document_builders import member, save_xlsx, texts, with_members
from openpyxl.comments import Comment

from engine.documents import limits, read_document
from engine.documents.office.cell_format import shown_number, shown_words
from engine.documents.office.workbook import as_date
from engine.documents.tables.grid import column_name
from engine.errors import FileUnreadable
from engine.wording.notices import english


def test_every_row_names_its_columns_and_cites_its_cells(tmp_path):
    def fill(book):
        sheet = book.active
        sheet.title = "Prices"
        sheet.append(["Item", "Price", "Since", "Share"])
        sheet.append(["Desk", 1200, dt.date(2026, 4, 1), 0.125])
        sheet.append(["Chair", 80.5, dt.datetime(2026, 4, 1, 9, 30), None])
        sheet["D2"].number_format = "0.0%"

    document = read_document(save_xlsx(tmp_path / "prices.xlsx", fill))
    assert texts(document) == [
        "Item: Desk | Price: 1200 | Since: 2026-04-01 | Share: 12.5%",
        "Item: Chair | Price: 80.5 | Since: 2026-04-01 09:30",
    ]
    assert [str(block.location) for block in document.blocks] == [
        "sheet Prices!A2:D2",
        "sheet Prices!A3:C3",
    ]
    assert all(block.atomic and block.heading == "Prices" for block in document.blocks)


def test_title_rows_merged_cells_and_a_second_table(tmp_path):
    def fill(book):
        sheet = book.active
        sheet.title = "売上"
        sheet["A1"] = "2026年度 売上一覧"
        sheet.merge_cells("A1:C1")
        for row in (["地域", "都市", "金額"], ["関東", "東京", 800], [None, "千葉", 90]):
            sheet.append(row)
        sheet.merge_cells("A3:A4")
        sheet.append([])
        sheet.append(["担当", "内線", "備考"])
        sheet.append(["森", 4410, "午前のみ"])

    document = read_document(save_xlsx(tmp_path / "sales.xlsx", fill))
    assert texts(document) == [
        "2026年度 売上一覧",
        "地域: 関東 | 都市: 東京 | 金額: 800",
        "地域: 関東 | 都市: 千葉 | 金額: 90",
        "担当: 森 | 内線: 4410 | 備考: 午前のみ",
    ]
    assert document.blocks[-1].location.name == "売上!A7:C7"


def test_a_gap_in_a_table_keeps_its_header_and_hidden_sheets_are_read(tmp_path):
    def fill(book):
        sheet = book.active
        for row in (["Name", "Phone"], ["Mori", 11], [], ["Abe", 12]):
            sheet.append(row)
        hidden = book.create_sheet("Secret")
        hidden.append(["Code", "Value"])
        hidden.append(["x", 1])
        hidden.sheet_state = "hidden"
        book.create_sheet("Empty")

    document = read_document(save_xlsx(tmp_path / "gap.xlsx", fill))
    assert texts(document) == [
        "Name: Mori | Phone: 11",
        "Name: Abe | Phone: 12",
        "Code: x | Value: 1",
    ]
    assert tuple(map(english, document.notes)) == (
        "sheet Secret: hidden, but read",
        "sheet Empty: no text",
    )


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (1200, "General", "1200"),
        (1200.0, "General", "1200"),
        (0.1 + 0.2, "General", "0.3"),
        (4901234567894, "General", "4901234567894"),
        (1234567, "#,##0", "1,234,567"),
        (1200, '"¥"#,##0', "¥1,200"),
        (1200, "[$¥-411]#,##0", "¥1,200"),
        (1200.5, '#,##0.00"円"', "1,200.50円"),
        (-3, "0.0", "-3.0"),
        (-3, "0;(0)", "(3)"),
        (-1234, '#,##0;"△ "#,##0', "△ 1,234"),
        (0.256, "0%", "26%"),
        (0.5, "0.##%", "50.%"),
        (12345, "0.00E+00", "1.23E+04"),
        (5, '"No. "0', "No. 5"),
        (417, "00000", "00417"),
        (1600023, "000\\-0000", "160-0023"),
        (335551234, "[<=9999999]###\\-####;\\(0#\\)\\ ####\\-####", "(03) 3555-1234"),
        (12_500_000, '#,##0,"千円"', "12,500千円"),
        (12_500_000, '#,##0.0,,"百万円"', "12.5百万円"),
        (5, ";;;", "5"),
        (0, "0;-0;;@", ""),
        (float("nan"), "0", ""),
    ],
)
def test_numbers_as_a_person_sees_them(value, number_format, expected):
    assert shown_number(value, number_format) == expected


@pytest.mark.parametrize(
    ("words", "number_format", "expected"),
    [
        ("two\nlines", "General", "two lines"),
        ("改行\nあり", "@", "改行あり"),
        ("山田", '@" 様"', "山田 様"),
        ("A-7", '0;-0;0;"Part "@', "Part A-7"),
        ("still here", ";;;", "still here"),
    ],
)
def test_words_as_a_person_sees_them(words, number_format, expected):
    assert shown_words(words, number_format) == expected


def test_column_names():
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_delimited_files_in_japanese_encodings(tmp_path, name, separator):
    path = tmp_path / name
    rows = [
        ["品名", "価格", "備考"],
        ["机", "1200", "在庫あり"],
        ["椅子", "800", "取り寄せになります"],
    ]
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode("cp932"))
    document = read_document(path)
    assert texts(document) == [
        "品名: 机 | 価格: 1200 | 備考: 在庫あり",
        "品名: 椅子 | 価格: 800 | 備考: 取り寄せになります",
    ]
    assert str(document.blocks[0].location) == "sheet A2:C2"


def test_quoted_cells_with_line_ends(tmp_path):
    path = tmp_path / "quoted.csv"
    path.write_text('Name,Address\nMori,"1-2-3 Chuo\nTokyo, Japan"\n"Abe, K.",Osaka\n')
    assert texts(read_document(path)) == [
        "Name: Mori | Address: 1-2-3 Chuo Tokyo, Japan",
        "Name: Abe, K. | Address: Osaka",
    ]


@pytest.mark.parametrize(
    ("serial", "number_format", "expected"),
    [
        (46113, "yyyy/m/d", "2026-04-01"),
        (46113.395833333, "yyyy/m/d h:mm", "2026-04-01 09:30"),
        (46113.75, "yyyy/m/d", "2026-04-01"),  # the time is not shown
        (46113, "dd.mm.yy", "2026-04-01"),
        (46113, "m/d", "2026-04-01"),
        (46113, "yyyy/mm", "2026-04"),
        (46113, "yyyy", "2026"),
        (46113, '[$-411]ggge"年"m"月"d"日"', "令和8年4月1日"),
        (46113, "[$-411]ge.m.d;@", "R8.4.1 (2026-04-01)"),
        (43586, '[$-ja-JP-x-gannen]ggge"年"m"月"d"日"', "令和元年5月1日"),
        (46113, 'yyyy"年"m"月"d"日"(aaa)', "2026年4月1日(水)"),
        (46113, "m/d(aaa)", "4/1(水) (2026-04-01)"),
        (46113, "mmm-yy", "Apr-26 (2026-04)"),
        (46113, "dddd, mmmm d, yyyy", "Wednesday, April 1, 2026"),
        (46113, "[$-407]d. mmmm yyyy", "2026-04-01"),  # German names are not known
        (0.395833333, "h:mm", "9:30"),
        (0.895833333, "h:mm AM/PM", "9:30 PM"),
        (1.25, "[h]:mm", "30:00"),
        (-0.25, "[h]:mm", "-6:00"),
        (46113.5, "dd-mmm-yyyy hh:mm:ss", "01-Apr-2026 12:00:00"),
        (46113, "General", "46113"),
        (1200, '#,##0"yen";[Red]-#,##0', "1,200yen"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (-5, "yyyy-mm-dd", "-5"),
        (1e12, "yyyy-mm-dd", "1E+12"),
    ],
)
def test_dates_by_their_format(serial, number_format, expected):
    assert shown_number(serial, number_format) == expected


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    assert shown_number(44651, "yyyy/m/d", since_1904=True) == "2026-04-01"
    assert shown_number(0, "d-mmm-yyyy", since_1904=True) == "1-Jan-1904"
    assert shown_number(-0.25, "[h]:mm", since_1904=True) == "-6:00"
    assert as_date(44651, "yyyy/m/d", since_1904=True) == dt.datetime(2026, 4, 1)


@pytest.mark.parametrize(
    ("serial", "number_format", "expected"),
    [
        (46113, "yyyy/m/d", dt.datetime(2026, 4, 1)),
        (0.5, "h:mm", dt.time(12)),
        (1.25, "[h]:mm", dt.timedelta(hours=30)),
        (1.25, "h:mm", dt.timedelta(hours=30)),
        (46113, '#,##0"days"', 46113),
        (-1, "yyyy/m/d", -1),
    ],
)
def test_values_have_the_type_that_their_format_gives(serial, number_format, expected):
    assert as_date(serial, number_format, since_1904=False) == expected


def test_comments_shapes_and_far_apart_cells(tmp_path):
    def fill(book):
        sheet = book.active
        sheet["A1"], sheet["B1"] = "Item", "Yen"
        sheet["A2"], sheet["B2"] = "Desk", 1200
        sheet["B2"].comment = Comment("Without delivery", "Mori")
        sheet["XFD1048576"] = "far away"
        sheet["A1048576"] = "bottom"

    document = read_document(save_xlsx(tmp_path / "sparse.xlsx", fill))
    assert texts(document) == [
        "Item: Desk | Yen: 1200",
        "bottom",
        "Comment on B2: Without delivery",
    ]
    assert document.blocks[-1].location.name == "Sheet!B2"


def test_furigana_is_left_out_and_strict_files_are_read(tmp_path):
    def fill(book):
        for row in (["名前", "部署"], ["森", "総務"]):
            book.active.append(row)

    plain = save_xlsx(tmp_path / "plain.xlsx", fill)
    strict = {}
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        data = member(plain, name).replace(
            b"<t>&#26862;</t>", "<r><t>森</t></r><rPh sb='0' eb='1'><t>モリ</t></rPh>".encode()
        )
        strict[name] = data.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    assert "モリ".encode() in strict["xl/worksheets/sheet1.xml"]
    path = with_members(plain, tmp_path / "strict.xlsx", strict)
    assert texts(read_document(path)) == ["名前: 森 | 部署: 総務"]


def test_one_long_string_in_thousands_of_cells(tmp_path, monkeypatch):
    def fill(book):
        for _ in range(300):
            book.active.append(["x" * 1000])

    path = save_xlsx(tmp_path / "amplified.xlsx", fill)
    monkeypatch.setattr(limits, "MAX_TEXT_CHARACTERS", 100_000)
    with pytest.raises(FileUnreadable) as caught:
        read_document(path)
    assert caught.value.reason == "too-large"


def test_too_many_cells_are_noted(tmp_path, monkeypatch):
    path = save_xlsx(
        tmp_path / "big.xlsx", lambda b: [b.active.append([n, "x"]) for n in range(50)]
    )
    monkeypatch.setattr(limits, "MAX_SHEET_CELLS", 20)
    document = read_document(path)
    assert tuple(map(english, document.notes)) == ("sheet Sheet: read up to row 10 only",)

"""Tables of two companies that nothing else knows: Larkfield Print (English), 北斗金物 (Japanese).

Workbooks with two header rows, merged cells and a sheet a month, CSV with numbers as text and
mixed currencies, Word, HTML, Markdown and aligned text; dates in three notations, totals, ranges.
"""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
from openpyxl.styles import Font

_BOLD = Font(bold=True)


def _sheet(book: openpyxl.Workbook, name: str, rows: list[list[object]], n_head: int = 1) -> None:
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows(min_row=1, max_row=n_head):
        for cell in row:
            cell.font = _BOLD


def _saved(book: openpyxl.Workbook, path: Path) -> None:
    del book[book.sheetnames[0]]
    book.save(path)


def _word(path: Path, title: str, rows: list[list[str]]) -> None:
    document = docx.Document()
    document.add_heading(title, 1)
    table = document.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
            if not at:
                for run in table.cell(at, column).paragraphs[0].runs:
                    run.bold = True
    document.save(str(path))


ORDERS = {
    "Jan 2025": [
        ["J-101", "Moorgate Books", "Brochures", 4, 1250.50, "03/01/2025"],
        ["J-102", "Calloway Farm", "Labels", 12, 310.00, "14/01/2025"],
        ["J-103", "Moorgate Books", "Posters", 2, 488.00, "22/01/2025"],
    ],
    "Feb 2025": [
        ["J-104", "Ostler & Finch", "Brochures", 7, 2040.00, "05/02/2025"],
        ["J-105", "Calloway Farm", "Labels", 20, 505.25, "11/02/2025"],
    ],
    "Mar 2025": [
        ["J-106", "Moorgate Books", "Catalogues", 3, 3975.00, "04/03/2025"],
        ["J-107", "Ostler & Finch", "Posters", 5, 1190.00, "19/03/2025"],
        ["J-108", "Calloway Farm", "Brochures", 1, 264.00, "27/03/2025"],
        ["J-109", "Tern Island Trust", "Posters", 6, 1402.00, "31/03/2025"],
    ],
}


def larkfield(folder: Path) -> None:
    """Write the documents of the English company."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    head = ["Job", "Client", "Work", "Hours", "Invoiced (GBP)", "Finished"]
    for name, rows in ORDERS.items():
        total = ["Total", None, None, sum(r[3] for r in rows), sum(r[4] for r in rows), None]
        _sheet(book, name, [head, *rows, total])
    _saved(book, folder / "jobs-q1.xlsx")

    book = openpyxl.Workbook()
    _sheet(
        book,
        "Presses",
        [
            ["Press", "2023", None, "2024", None],
            [None, "Run time (hours)", "Downtime (hours)", "Run time (hours)", "Downtime (hours)"],
            ["Heidelberg", 1840, 120, 1905, 96],
            ["Komori", 1510, 210, 1622, 154],
            ["Xerox", 990, 45, 1210, 60],
        ],
        2,
    )
    sheet = book["Presses"]
    for cells in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(cells)
    _sheet(
        book,
        "Service contracts",
        [
            ["Press", "Partner", "Annual fee (GBP)", "Next service"],
            ["Heidelberg", "Rowan Engineering", 5400, "12 May 2025"],
            ["Komori", "Rowan Engineering", 4850, "3 April 2025"],
            ["Xerox", "Copydesk", 2100, "30 June 2025"],
        ],
    )
    _saved(book, folder / "presses.xlsx")

    (folder / "paper-suppliers.csv").write_text(
        "Supplier,Country,Paper,Price per ton,Lead time (days),Minimum order (kg)\n"
        'Finnart Oy,Finland,Coated 130g,"EUR 1,180",14,500\n'
        'Mill Lane Paper,United Kingdom,Offset 90g,"GBP 905",5,250\n'
        'Norske Ark,Norway,Recycled 100g,"NOK 12,400",10,400\n'
        'Papeterie Lune,France,Coated 170g,"EUR 1,265",12,500\n'
        'Kentish Board,United Kingdom,Board 300g,"GBP 1,340",7,on request\n',
        encoding="utf-8",
    )
    (folder / "delivery-rates.html").write_text(
        "<h1>Delivery rates</h1><h2>Parcels</h2><table>"
        "<tr><th>Weight (kg)</th><th>Price (GBP)</th><th>Carrier</th></tr>"
        "<tr><td>up to 5</td><td>6.40</td><td>Swift</td></tr>"
        "<tr><td>5.1-15</td><td>11.20</td><td>Swift</td></tr>"
        "<tr><td>15.1-30</td><td>17.90</td><td>Harrier</td></tr>"
        "<tr><td>over 30</td><td>34.00</td><td>Harrier</td></tr></table>"
        "<h2>Zones</h2><table><tr><th>Zone</th><th>Surcharge (GBP)</th></tr>"
        "<tr><td>Mainland</td><td>0</td></tr><tr><td>Highlands</td><td>7.50</td></tr>"
        "<tr><td>Islands</td><td>12.00</td></tr></table>",
        encoding="utf-8",
    )
    _word(
        folder / "staff-list.docx",
        "Staff of Larkfield Print",
        [
            ["Name", "Role", "Joined", "Hours per week", "Office"],
            ["Imogen Tarrant", "Print manager", "2011-09-01", "37.5", "Leeds"],
            ["Bode Akin", "Press operator", "2019-03-15", "37.5", "Leeds"],
            ["Carys Mellor", "Press operator", "2022-06-20", "30", "York"],
            ["Jonah Pike", "Designer", "2020-01-06", "22.5", "York"],
            ["Ffion Dace", "Bookkeeper", "2016-11-28", "20", "Leeds"],
        ],
    )
    (folder / "quality-log.md").write_text(
        "# Quality log 2025\n\n| Date | Press | Defect | Sheets spoiled |\n|---|---|---|---|\n"
        "| 2025-01-09 | Komori | Registration | 140 |\n"
        "| 21 January 2025 | Heidelberg | Colour shift | 65 |\n"
        "| 2025/02/06 | Komori | Set-off | 210 |\n"
        "| 2025-02-18 | Xerox | Streaks | - |\n"
        "| 3 March 2025 | Komori | Registration | 95 |\n",
        encoding="utf-8",
    )


SALES = {
    "4月": [["札幌店", 3, 1820, 1750], ["函館店", 2, 960, 1010], ["旭川店", 2, 870, 845]],
    "5月": [["札幌店", 3, 1900, 1985], ["函館店", 2, 980, 940], ["旭川店", 2, 880, 902]],
    "6月": [["札幌店", 4, 1950, 2040], ["函館店", 2, 990, 1005], ["旭川店", 2, 900, 871]],
}


def hokuto(folder: Path) -> None:
    """Write the documents of the Japanese company."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    for name, rows in SALES.items():
        total = ["合計", *(sum(int(r[at]) for r in rows) for at in (1, 2, 3))]
        head = ["店舗", "従業員（名）", "目標（千円）", "売上（千円）"]
        _sheet(book, name, [head, *rows, total])
    _saved(book, folder / "店舗別売上_2025年第1四半期.xlsx")

    book = openpyxl.Workbook()
    _sheet(
        book,
        "在庫",
        [
            ["品番", "品名", "在庫", None, "単価（円）", "棚"],
            [None, None, "札幌（個）", "函館（個）", None, None],
            ["HK-10", "六角ボルト M8", 5200, 1800, 12, "A-1"],
            ["HK-11", "六角ボルト M10", 3100, 900, 18, "A-1"],
            ["HK-20", "丁番 大", 240, 60, 380, "B-3"],
            ["HK-21", "丁番 小", 410, 150, 220, "B-3"],
            ["HK-30", "南京錠", 95, 38, 1450, "C-2"],
        ],
        2,
    )
    sheet = book["在庫"]
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"):
        sheet.merge_cells(cells)
    _saved(book, folder / "在庫表.xlsx")

    (folder / "仕入先.csv").write_text(
        "仕入先,所在地,主な品目,契約日,月額（円）,支払サイト（日）\n"
        '空知鋼業,岩見沢市,ボルト,令和3年4月1日,"1,250,000",60\n'
        '石狩金属,石狩市,丁番,2022/10/15,"480,000",30\n'
        '小樽錠前製作所,小樽市,錠前,2019年7月20日,"365,000",45\n'
        '十勝パッケージ,帯広市,梱包材,2024-02-01,"98,000",30\n'
        '道南物流,函館市,配送,2023年5月8日,"720,000",30\n',
        encoding="utf-8",
    )
    (folder / "数量割引.html").write_text(
        "<h1>数量割引のご案内</h1><table>"
        "<tr><th>数量（個）</th><th>割引率</th><th>承認者</th></tr>"
        "<tr><td>1〜99</td><td>0%</td><td>不要</td></tr>"
        "<tr><td>100〜499</td><td>5%</td><td>店長</td></tr>"
        "<tr><td>500〜999</td><td>8%</td><td>営業部長</td></tr>"
        "<tr><td>1000以上</td><td>12%</td><td>社長</td></tr></table>",
        encoding="utf-8",
    )
    _word(
        folder / "社員名簿.docx",
        "社員名簿",
        [
            ["氏名", "部署", "役職", "入社日", "内線"],
            ["佐久間 玲", "営業部", "部長", "2008年4月1日", "201"],
            ["工藤 拓海", "営業部", "主任", "2017年4月1日", "203"],
            ["南 さくら", "経理部", "課長", "2012年10月1日", "301"],
            ["宮下 亘", "倉庫", "班長", "2015年6月1日", "405"],
            ["及川 美和", "営業部", "社員", "2023年4月1日", "206"],
        ],
    )
    (folder / "修理受付.md").write_text(
        "# 修理受付 2025年\n\n| 受付日 | 顧客 | 品名 | 修理代 | 状況 |\n|---|---|---|---|---|\n"
        "| 2025-04-08 | 北星建設 | 電動ドリル | 8,800円 | 完了 |\n"
        "| 2025年4月21日 | 手稲工務店 | 丸ノコ | 12,500円 | 完了 |\n"
        "| 2025/5/12 | 北星建設 | 発電機 | 34,000円 | 修理中 |\n"
        "| 2025-06-03 | 真駒内造園 | 刈払機 | 9,600円 | 完了 |\n"
        "| 2025年6月17日 | 北星建設 | 高圧洗浄機 | 21,000円 | 修理中 |\n",
        encoding="utf-8",
    )


def seabright(folder: Path) -> None:
    """Write the documents of a marina, made after the rules: asked once."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    _sheet(
        book,
        "Berths",
        [
            ["Berth", "Boat", "Owner", "Length (m)", "Annual fee (EUR)", "Contract until"],
            ["A1", "Petrel", "Marta Quist", 8.5, 1450, "2025-12-31"],
            ["A2", "Gannet", "Leo Barstow", 11.2, 2100, "2026-03-31"],
            ["A4", "Kestrel", "Nuala Deane", 6.8, 1120, "2025-09-30"],
            ["B1", "Albatross", "Leo Barstow", 14.0, 3350, "2027-12-31"],
            ["B3", "Merganser", "Otis Fenn", 9.1, 1600, "2025-12-31"],
        ],
    )
    _sheet(
        book,
        "Visitors 2025",
        [
            ["Month", "Boats", "Nights", "Income (EUR)"],
            ["May", 34, 61, 1830],
            ["June", 58, 122, 3660],
            ["July", 91, 240, 7680],
            ["August", 88, 251, 8032],
            ["Total", 271, 674, 21202],
        ],
    )
    _saved(book, folder / "harbour.xlsx")
    (folder / "fuel-log.csv").write_text(
        "Date;Boat;Fuel;Litres;Paid\n"
        "02/06/2025;Petrel;Diesel;40;EUR 68.00\n"
        "14/06/2025;Albatross;Diesel;180;EUR 306.00\n"
        "15/06/2025;Visitor;Petrol;25;GBP 41.50\n"
        "03/07/2025;Petrel;Diesel;55;EUR 93.50\n"
        "21/07/2025;Gannet;Petrol;30;EUR 57.00\n",
        encoding="utf-8",
    )
    (folder / "mooring-rates.md").write_text(
        "# Mooring rates\n\n| Boat length (m) | Per night (EUR) | Per week (EUR) |\n|---|---|---|\n"
        "| up to 7 | 18 | 105 |\n| 7.1-10 | 24 | 140 |\n| 10.1-14 | 33 | 195 |\n"
        "| over 14 | 48 | 280 |\n",
        encoding="utf-8",
    )
    _word(
        folder / "crew.docx",
        "Crew",
        [
            ["Name", "Duty", "Since", "Days per week", "Telephone"],
            ["Harriet Lund", "Harbour master", "1 May 2014", "5", "0171"],
            ["Pavel Stroud", "Workshop", "15 March 2019", "4", "0172"],
            ["Ines Corrigan", "Office", "1 February 2023", "3", "0173"],
            ["Tom Achebe", "Workshop", "10 June 2021", "5", "0174"],
        ],
    )


def wakaba(folder: Path) -> None:
    """Write the documents of a nursery school, made after the rules: asked once."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    _sheet(
        book,
        "クラス",
        [
            ["クラス", "年齢", "園児数（名）", "定員（名）", "担任", "保育室"],
            ["ひよこ組", "0歳", 9, 9, "相沢 由紀", "1階東"],
            ["りす組", "1歳", 11, 12, "橋口 直人", "1階西"],
            ["うさぎ組", "2歳", 14, 15, "田代 千夏", "2階東"],
            ["きりん組", "3歳", 20, 20, "村瀬 透", "2階西"],
            ["ぞう組", "4歳", 17, 22, "有田 恵", "3階"],
        ],
    )
    for name, rows in {
        "4月": [["食材費", 412000], ["消耗品費", 58300], ["光熱費", 121500]],
        "5月": [["食材費", 398500], ["消耗品費", 71200], ["光熱費", 109800]],
    }.items():
        total = ["合計", sum(int(r[1]) for r in rows), None]
        body = [[*r, "済"] for r in rows]
        _sheet(book, name, [["費目", "支出額（円）", "支払"], *body, total])
    _saved(book, folder / "園の台帳.xlsx")
    (folder / "行事予定.md").write_text(
        "# 行事予定 2025年度\n\n| 行事 | 実施日 | 場所 | 参加費 |\n|---|---|---|---|\n"
        "| 親子遠足 | 2025年5月23日 | 緑ヶ丘公園 | 500円 |\n"
        "| 七夕会 | 2025年7月7日 | 園庭 | 無料 |\n"
        "| 運動会 | 2025年10月4日 | 市民体育館 | 800円 |\n"
        "| 発表会 | 2025年12月13日 | 文化会館 | 1,200円 |\n",
        encoding="utf-8",
    )
    (folder / "備品.csv").write_text(
        "備品番号,品名,数量（個）,購入日,購入金額（円）,保管場所\n"
        'W-01,滑り台,1,2021-03-10,"286,000",園庭\nW-02,三輪車,6,2023-04-18,"59,400",倉庫\n'
        'W-03,絵本棚,4,令和4年9月1日,"83,600",2階東\nW-04,加湿器,5,2024年11月20日,"64,500",事務室\n'
        'W-05,タブレット,3,2025/02/14,"148,500",事務室\n',
        encoding="utf-8",
    )
    (folder / "保育料.html").write_text(
        "<h1>延長保育料</h1><table><tr><th>延長時間（分）</th><th>料金（円）</th></tr>"
        "<tr><td>1〜30</td><td>200</td></tr><tr><td>31〜60</td><td>400</td></tr>"
        "<tr><td>61〜120</td><td>900</td></tr></table>",
        encoding="utf-8",
    )


if __name__ == "__main__":
    import sys

    larkfield(Path(sys.argv[1]) / "larkfield")
    hokuto(Path(sys.argv[1]) / "hokuto")
    seabright(Path(sys.argv[1]) / "seabright")
    wakaba(Path(sys.argv[1]) / "wakaba")

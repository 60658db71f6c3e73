"""Documents of a third kind of companies, made after the rules and scored once before mending."""

from __future__ import annotations

from table_documents import delimited, page, sheet, slide, word

N = None

sheet(
    "last",
    "請求書_潮見造船",
    [
        ["請　求　書", N, N, N, N, "2025年8月31日"],
        [],
        ["磯部運輸株式会社 御中", N, N, N, "請求書番号：", "SZ-0831"],
        [N, N, N, N, "登録番号：", "T1234567890123"],
        ["ご請求金額", "¥638,000-"],
        [],
        ["日付", "摘要", "数量", "単価", "金額（税抜）"],
        ["8/4", "船底塗装", 1, 480000, 480000],
        ["8/19", "亜鉛板交換", 10, 10000, 100000],
        ["小計", N, N, N, 580000],
        ["消費税10%", N, N, N, 58000],
        ["合計", N, N, N, 638000],
        [],
        ["お振込先", "潮見信用金庫 本店 普通 7654321"],
        ["お支払期限", "2025年9月30日"],
    ],
    [
        ("SZ-0831", "請求書番号", "SZ-0831"),
        ("T1234567890123", "登録番号", "T1234567890123"),
        ("638,000-", "ご請求金額", "¥638,000-"),
        ("船底", "摘要", "船底塗装"),
        ("船底", "日付", "8/4"),
        ("亜鉛", "単価", "10000"),
        ("亜鉛", "金額（税抜）", "100000"),
        ("580000", "金額（税抜）", "580000"),
        ("580000", "", "小計"),
        ("お振込先", "お振込先", "潮見信用金庫 本店 普通 7654321"),
        ("2025年9月30日", "お支払期限", "2025年9月30日"),
    ],
    merged=["A1:E1", "A3:C3"],
)
sheet(
    "last",
    "rota-week-32",
    [
        ["Rota week 32"],
        ["Ward", "Mon 4", "Tue 5", "Wed 6", "Thu 7"],
        ["Surgery", "Imre", "Imre", "Olga", "Olga"],
        ["Children", "Sten", "Vida", "Vida", "Sten"],
        [],
        ["On call", "Dr Haas", "Dr Haas", "Dr Quint", "Dr Quint"],
    ],
    [
        ("Surgery", "Wed 6", "Olga"),
        ("Children", "Mon 4", "Sten"),
        ("Children", "Ward", "Children"),
        ("On call", "Thu 7", "Dr Quint"),
    ],
)
sheet(
    "last",
    "org-structure",
    [
        ["Division", "Department", "Head", "Posts"],
        ["Operations", "Assembly", "R. Madsen", 42],
        [N, "Logistics", "T. Oyelaran", 17],
        ["Finance", "Accounts", "B. Sipos", 6],
        [N, "Control", "L. Wren", 4],
    ],
    [
        ("Madsen", "Division", "Operations"),
        ("Oyelaran", "Division", "Operations"),
        ("Oyelaran", "Department", "Logistics"),
        ("Wren", "Division", "Finance"),
        ("Wren", "Posts", "4"),
    ],
    merged=["A2:A3", "A4:A5"],
)
sheet(
    "last",
    "工程別不良",
    [
        ["工程", "不良内容", "4月", "5月", "6月", "合計"],
        ["溶接", "気孔", 4, 2, 5, 11],
        ["溶接", "ひずみ", 1, 0, 2, 3],
        ["塗装", "たれ", 7, 6, 3, 16],
        ["合計", N, 12, 8, 10, 30],
    ],
    [
        ("気孔", "工程", "溶接"),
        ("気孔", "6月", "5"),
        ("たれ", "合計", "16"),
        ("ひずみ", "不良内容", "ひずみ"),
        ("30", "5月", "8"),
    ],
    filled=["A1:F1"],
)
sheet(
    "last",
    "machine-card",
    [
        ["Machine card"],
        ["Inventory no.", "M-118", N, "Make", "Aldo Brandt"],
        ["Built", 2014, N, "Serial no.", "AB-55-1402"],
        ["Location", "Hall 2", N, "Next inspection", "2026-02-10"],
        [],
        ["Date", "Work done", "By", "Hours"],
        ["2025-01-14", "Bearing replaced", "Filip", 3],
        ["2025-06-02", "Oil changed", "Noor", 1],
    ],
    [
        ("M-118", "Inventory no.", "M-118"),
        ("M-118", "Make", "Aldo Brandt"),
        ("2014", "Serial no.", "AB-55-1402"),
        ("Hall 2", "Next inspection", "2026-02-10"),
        ("Bearing", "Work done", "Bearing replaced"),
        ("Bearing", "Hours", "3"),
        ("Oil", "By", "Noor"),
        ("Oil", "Date", "2025-06-02"),
    ],
    bold=["A2:A4", "D2:D4", "A6:D6"],
)
sheet(
    "last",
    "tariff",
    [
        ["Parcel tariff"],
        [N, "Zone 1", N, "Zone 2", N],
        ["Weight", "Standard", "Express", "Standard", "Express"],
        ["up to 2 kg", 4.5, 9, 7, 14],
        ["up to 10 kg", 8, 15, 12, 22],
    ],
    [
        ("up to 2", "Weight", "up to 2 kg"),
        ("up to 2", "Zone 1, Express", "9"),
        ("up to 10", "Zone 2, Standard", "12"),
        ("up to 10", "Zone 2, Express", "22"),
    ],
)
delimited(
    "last",
    "pumpen",
    [
        ["Anlage", "Typ", "Baujahr", "Letzte Prüfung"],
        ["Becken 1", "NX-40", "2012", "12.03.2025"],
        ["Becken 2", "NX-65", "2019", "14.03.2025"],
    ],
    [
        ("NX-40", "Anlage", "Becken 1"),
        ("NX-40", "Baujahr", "2012"),
        ("NX-65", "Letzte Prüfung", "14.03.2025"),
    ],
    separator=";",
)
delimited(
    "last",
    "bookings",
    [
        ["Aurelia Tong", "Room 4", "2025-10-02", "2"],
        ["Bram Oost", "Room 1", "2025-10-02", "1"],
        ["Chiyo Abe", "Room 7", "2025-10-05", "3"],
    ],
    [("Bram", "", "Room 1"), ("Chiyo", "", "2025-10-05"), ("Aurelia", "", "Aurelia Tong")],
)
word(
    "last",
    "risk-register",
    [
        ["Ref", "Risk", "Likelihood", "Owner"],
        ["R1", "Supplier fails", "low", "Ekberg"],
        ["R2", "Flood in the cellar", "medium", "Nilsen"],
    ],
    [
        ("Supplier", "Likelihood", "low"),
        ("Flood", "Ref", "R2"),
        ("Flood", "Owner", "Nilsen"),
    ],
    bold=[0],
)
word(
    "last",
    "入館申請書",
    [
        ["会社名", "株式会社ひばり電工", "", ""],
        ["来訪者", "和久井 満", "人数", "3名"],
        ["入館日", "2025年9月3日", "退館予定", "17時"],
        ["目的", "空調設備の点検", "", ""],
    ],
    [
        ("ひばり", "会社名", "株式会社ひばり電工"),
        ("和久井", "来訪者", "和久井 満"),
        ("和久井", "人数", "3名"),
        ("9月3日", "入館日", "2025年9月3日"),
        ("9月3日", "退館予定", "17時"),
        ("空調", "目的", "空調設備の点検"),
    ],
    merged=[(0, 1, 0, 3), (3, 1, 3, 3)],
)
word(
    "last",
    "allowances",
    [
        ["Employees", "First half", "", "Second half", ""],
        ["", "days", "hours", "days", "hours"],
        ["Regular", "10", "80", "12", "96"],
        ["Part-time", "5", "40", "6", "48"],
    ],
    [
        ("Regular", "Second half, days", "12"),
        ("Regular", "First half, hours", "80"),
        ("Part-time", "Second half, hours", "48"),
        ("Part-time", "Employees", "Part-time"),
    ],
    merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)],
)
slide(
    "last",
    "投資計画",
    [
        ["設備", "2025年度", "2026年度"],
        ["検査装置", "12百万円", "8百万円"],
        ["搬送機", "—", "25百万円"],
    ],
    [
        ("検査装置", "2025年度", "12百万円"),
        ("搬送機", "2026年度", "25百万円"),
        ("搬送機", "設備", "搬送機"),
    ],
)
page(
    "last",
    "trains",
    "<table><tr><td><b>Station</b></td><td><b>Arrives</b></td><td><b>Leaves</b></td></tr>"
    "<tr><td>Alm</td><td>08:10</td><td>08:12</td></tr>"
    "<tr><td>Berg</td><td>08:31</td><td>08:35</td></tr></table>",
    [("Alm", "Arrives", "08:10"), ("Berg", "Leaves", "08:35"), ("Berg", "Station", "Berg")],
)
page(
    "last",
    "営業時間",
    "<table><tr><th colspan=3>店舗案内</th></tr><tr><th>店舗</th><th>平日</th><th>土日</th></tr>"
    "<tr><td>本店</td><td>9時から19時</td><td>10時から18時</td></tr>"
    "<tr><td>駅前店</td><td colspan=2>10時から21時</td></tr></table>",
    [
        ("本店", "平日", "9時から19時"),
        ("本店", "土日", "10時から18時"),
        ("駅前店", "平日 / 土日", "10時から21時"),
        ("店舗案内", "", "店舗案内"),
    ],
)

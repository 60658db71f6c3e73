"""More documents, of layouts that offices draw by hand; all were looked at when rules were made."""

from __future__ import annotations

from table_documents import delimited, markdown, page, sheet, slide, word

N = None

sheet(
    "dev",
    "御見積書_霧島設備",
    [
        ["御　見　積　書"],
        [N, N, N, N, "見積No.", "K-0915"],
        ["株式会社花園ホテル　御中", N, N, N, "発行日", "2025年9月15日"],
        [N, N, N, N, "有効期限", "発行後30日"],
        ["下記のとおりお見積り申し上げます。"],
        ["お見積金額", N, "¥1,089,000", N, "（税込）"],
        ["No.", "品名", "数量", "単位", "単価", "金額"],
        [1, "空調機 3馬力", 2, "台", 410000, 820000],
        [2, "据付工事", 1, "式", 170000, 170000],
        [3],
        [4],
        [N, N, N, N, "小計", 990000],
        [N, N, N, N, "消費税（10%）", 99000],
        [N, N, N, N, "合計", 1089000],
        ["備考", "搬入は平日の午前に限ります。"],
    ],
    [
        ("K-0915", "見積No.", "K-0915"),
        ("2025年9月15日", "発行日", "2025年9月15日"),
        ("発行後", "有効期限", "発行後30日"),
        ("1,089,000", "お見積金額", "¥1,089,000"),
        ("空調機", "品名", "空調機 3馬力"),
        ("空調機", "数量", "2"),
        ("据付", "金額", "170000"),
        ("消費税", "金額", "99000"),
        ("消費税", "", "消費税（10%）"),
        ("搬入", "備考", "搬入は平日の午前に限ります。"),
    ],
    merged=["A1:F1", "A3:C3", "A6:B6", "C6:D6", "B15:F15"],
)
sheet(
    "dev",
    "給与明細_六月",
    [
        ["給与明細書　2025年6月分"],
        ["社員番号", "氏名", "部署", "支給日"],
        ["0117", "仲村 純", "製造二課", "2025年6月25日"],
        [],
        ["基本給", "役職手当", "通勤手当", "残業手当"],
        [245000, 15000, 12600, 31200],
        [],
        ["健康保険", "厚生年金", "雇用保険", "所得税"],
        [14500, 26535, 1820, 6210],
        [],
        ["差引支給額", 254735],
    ],
    [
        ("仲村", "社員番号", "0117"),
        ("仲村", "部署", "製造二課"),
        ("245000", "基本給", "245000"),
        ("245000", "残業手当", "31200"),
        ("14500", "健康保険", "14500"),
        ("14500", "所得税", "6210"),
        ("254735", "差引支給額", "254735"),
    ],
    filled=["A2:D2", "A5:D5", "A8:D8", "A11"],
)
sheet(
    "dev",
    "balance-sheet",
    [
        ["Statement of financial position"],
        ["in EUR thousand", "Note", 2024, 2023],
        ["Assets"],
        ["Property and equipment", 4, 1820, 1760],
        ["Inventories", 5, 640, 702],
        ["Total assets", N, 2460, 2462],
        ["Liabilities"],
        ["Borrowings", 7, 900, 1010],
        ["Total liabilities", N, 900, 1010],
    ],
    [
        ("Property", "2024", "1820"),
        ("Property", "Note", "4"),
        ("Inventories", "2023", "702"),
        ("Total assets", "2024", "2460"),
        ("Borrowings", "2024", "900"),
        ("Borrowings", "2023", "1010"),
        ("Assets", "", "Assets"),
    ],
    bold=["A2:D2", "A3", "A6:D6", "A7", "A9:D9"],
)
delimited(
    "dev",
    "report-with-preamble",
    [
        ["Stock report"],
        ["Generated", "2025-05-06 08:00"],
        ["Depot", "Harwich"],
        [],
        ["SKU", "Title", "On hand", "Reserved"],
        ["90-1", "Rope 8 mm", "120", "14"],
        ["90-2", "Rope 10 mm", "75", "0"],
        [],
        ["Total", "", "195", "14"],
    ],
    [
        ("2025-05-06", "Generated", "2025-05-06 08:00"),
        ("Harwich", "Depot", "Harwich"),
        ("Rope 8", "SKU", "90-1"),
        ("Rope 8", "On hand", "120"),
        ("Rope 10", "Reserved", "0"),
        ("195", "On hand", "195"),
        ("195", "Reserved", "14"),
    ],
)
delimited(
    "dev",
    "kostenstellen",
    [
        ["Kostenstelle", "Bezeichnung", "Betrag"],
        ["4100", "Fuhrpark", "12500,40"],
        ["4200", "Kantine", "8100,00"],
    ],
    [
        ("Fuhrpark", "Kostenstelle", "4100"),
        ("Fuhrpark", "Betrag", "12500,40"),
        ("Kantine", "Bezeichnung", "Kantine"),
    ],
    separator=";",
)
sheet(
    "dev",
    "distances",
    [
        [N, "Porto", "Braga", "Faro"],
        ["Porto", "-", 55, 553],
        ["Braga", 55, "-", 604],
        ["Faro", 553, 604, "-"],
    ],
    [
        ("Porto |", "Braga", "55"),
        ("Braga |", "Faro", "604"),
        ("Faro |", "Porto", "553"),
    ],
)
sheet(
    "dev",
    "checklist",
    [
        ["Opening checklist"],
        ["Check", "Yes", "No", "Remark"],
        ["Lights on", "x", N, N],
        ["Fridge below 5 degrees", N, "x", "7 degrees, reported"],
        ["Floor dry", "x", N, N],
    ],
    [
        ("Lights on", "Yes", "x"),
        ("Fridge", "No", "x"),
        ("Fridge", "Remark", "7 degrees, reported"),
        ("Floor dry", "Check", "Floor dry"),
    ],
)
word(
    "dev",
    "点検表",
    [
        ["点検箇所", "良", "否", "処置"],
        ["非常灯", "○", "", ""],
        ["消火器", "", "○", "交換を依頼"],
    ],
    [("非常灯", "良", "○"), ("消火器", "否", "○"), ("消火器", "処置", "交換を依頼")],
)
page(
    "dev",
    "vertical-headers",
    "<table><tr><th>Capacity</th><td>40 seats</td></tr><tr><th>Projector</th><td>yes</td></tr>"
    "<tr><th>Booking</th><td>front desk</td></tr></table>"
    "<table><tr><th>Monday</th><td>9-12</td><td>13-17</td></tr>"
    "<tr><th>Friday</th><td>9-12</td><td>closed</td></tr></table>",
    [
        ("40 seats", "Capacity", "40 seats"),
        ("front desk", "Booking", "front desk"),
        ("Monday", "", "13-17"),
        ("Friday", "", "closed"),
    ],
)
sheet(
    "dev",
    "改行のある見出し",
    [
        ["品名", "単価\n（円）", "納期\n（週）"],
        ["継手", 320, 2],
        ["弁", 1450, 4],
    ],
    [
        ("継手", "単価（円）", "320"),
        ("弁", "納期（週）", "4"),
        ("弁", "品名", "弁"),
    ],
    filled=["A1:C1"],
)
sheet(
    "dev",
    "単位の注記",
    [
        ["部門別経費"],
        [N, N, N, "（単位：千円）"],
        ["部門", "4月", "5月", "6月"],
        ["総務", 310, 298, 305],
        ["営業", 820, 790, 860],
        ["計", 1130, 1088, 1165],
    ],
    [
        ("総務", "部門", "総務"),
        ("総務", "5月", "298"),
        ("営業", "6月", "860"),
        ("1130", "4月", "1130"),
        ("千円", "", "（単位：千円）"),
    ],
)
sheet(
    "dev",
    "two-header-columns",
    [
        ["Line", "Shift", "Units", N, "Stops", N],
        [N, N, "Plan", "Made", "Count", "Minutes"],
        ["Filling", "Early", 900, 880, 2, 14],
        [N, "Late", 850, 861, 1, 6],
        ["Packing", "Early", 900, 905, 0, 0],
        [N, "Late", 850, 812, 3, 41],
    ],
    [
        ("880", "Line", "Filling"),
        ("880", "Units, Made", "880"),
        ("861", "Line", "Filling"),
        ("861", "Shift", "Late"),
        ("812", "Stops, Minutes", "41"),
        ("812", "Line", "Packing"),
        ("905", "Units, Plan", "900"),
    ],
    merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "A3:A4", "A5:A6"],
)
sheet(
    "dev",
    "timetable",
    [
        ["Time", "Hall A", "Hall B"],
        ["09:00", "Opening", "Registration"],
        ["10:30", "Workshop on soil", "Panel on water"],
        ["12:00", "Lunch", N],
    ],
    [
        ("Opening", "Time", "09:00"),
        ("Opening", "Hall B", "Registration"),
        ("Panel", "Hall A", "Workshop on soil"),
        ("Lunch", "Hall A", "Lunch"),
    ],
)
sheet(
    "dev",
    "months-under-quarters",
    [
        ["Visitors"],
        [N, "Q1 2025", N, N, "Q2 2025", N, N],
        ["Museum", "Jan", "Feb", "Mar", "Apr", "May", "Jun"],
        ["Harbour", 210, 190, 340, 410, 560, 700],
        ["Castle", 90, 85, 130, 220, 310, 395],
    ],
    [
        ("Harbour", "Museum", "Harbour"),
        ("Harbour", "Q1 2025, Feb", "190"),
        ("Castle", "Q2 2025, Jun", "395"),
        ("Castle", "Q1 2025, Jan", "90"),
    ],
    merged=["B2:D2", "E2:G2"],
)
sheet(
    "dev",
    "出勤簿_七月",
    [
        ["出勤簿"],
        ["氏名", "柴 直人", N, "年月", "2025年7月"],
        ["日", "曜日", "出勤", "退勤", "備考"],
        [1, "火", "9:02", "18:10", N],
        [2, "水", "8:55", "19:30", "月末処理"],
        [3, "木", N, N, "有給"],
        ["出勤日数", N, N, N, "2日"],
    ],
    [
        ("柴", "氏名", "柴 直人"),
        ("2025年7月", "年月", "2025年7月"),
        ("9:02", "日", "1"),
        ("9:02", "退勤", "18:10"),
        ("19:30", "備考", "月末処理"),
        ("有給", "曜日", "木"),
    ],
)
word(
    "dev",
    "supplier-form",
    [
        ["Supplier", "Corrib Timber", "Number", "S-208"],
        ["Street", "Quay 9", "Town", "Galway"],
        ["Contact", "Una Daly", "Mobile", "+353 87 555 0101"],
    ],
    [
        ("Corrib", "Supplier", "Corrib Timber"),
        ("S-208", "Number", "S-208"),
        ("Quay 9", "Town", "Galway"),
        ("Una", "Contact", "Una Daly"),
        ("Una", "Mobile", "+353 87 555 0101"),
    ],
)
word(
    "dev",
    "schedule-of-fees",
    [
        ["Service", "Fee"],
        ["Registration", "EUR 40"],
        ["Late payment", "EUR 15"],
    ],
    [("Registration", "Service", "Registration"), ("Late", "Fee", "EUR 15")],
    bold=[0],
)
slide(
    "dev",
    "comparison",
    [
        ["", "Today", "From May"],
        ["Opening", "9 am", "8 am"],
        ["Contact", "Lena", "Jonas"],
    ],
    [("Opening", "Today", "9 am"), ("Contact", "From May", "Jonas")],
)
sheet(
    "dev",
    "address-blocks",
    [
        ["Bill to", N, N, "Ship to"],
        ["Elmet Foods", N, N, "Elmet Foods, Depot 2"],
        ["12 Mill Lane", N, N, "Gate C"],
        ["Leeds", N, N, "Selby"],
        [],
        ["Order", "Item", "Cases", "Price"],
        ["7781", "Oat bars", 40, 12.5],
        ["7782", "Rye crisps", 25, 9.8],
    ],
    [
        ("Oat bars", "Order", "7781"),
        ("Oat bars", "Cases", "40"),
        ("Rye", "Price", "9.8"),
        ("Elmet Foods", "Ship to", "Elmet Foods, Depot 2"),
    ],
)
sheet(
    "dev",
    "index-without-name",
    [
        [N, "Village", "Wells", "Depth"],
        [1, "Tamba", 3, 41],
        [2, "Kolo", 2, 55],
    ],
    [("Tamba", "Village", "Tamba"), ("Tamba", "Depth", "41"), ("Kolo", "", "2")],
)
sheet(
    "dev",
    "total-above",
    [
        ["Donor", "City", "Amount"],
        ["Total", N, 700],
        ["Arbour", "Ghent", 300],
        ["Brask", "Aalst", 400],
    ],
    [("Arbour", "City", "Ghent"), ("Brask", "Amount", "400"), ("Total", "Amount", "700")],
)
sheet(
    "dev",
    "holiday-rules",
    [
        ["Length of service", "Days of holiday"],
        ["under 2 years", 24],
        ["2 to 5 years", 26],
        ["over 5 years", 30],
    ],
    [
        ("under 2", "Days of holiday", "24"),
        ("2 to 5", "Length of service", "2 to 5 years"),
        ("over 5", "Days of holiday", "30"),
    ],
)
sheet(
    "dev",
    "会議室予約",
    [
        ["会議室", "月曜", "火曜", "水曜"],
        ["桜", "営業会議", N, "面接"],
        ["欅", N, "経理", "経理"],
    ],
    [("桜", "月曜", "営業会議"), ("桜", "水曜", "面接"), ("欅", "火曜", "経理")],
)
markdown(
    "dev",
    "servers",
    "| Name | Memory | Owner |\n|---|---|---|\n| ada | 64 GB | Ops |\n| bea | 32 GB | |\n",
    [("ada", "Memory", "64 GB"), ("ada", "Owner", "Ops"), ("bea", "Memory", "32 GB")],
)
sheet(
    "dev",
    "letters-and-notes",
    [
        ["Meeting room rules"],
        ["Please leave the room tidy."],
        ["Food is not allowed.", N, N],
        ["Ask at the desk for keys."],
    ],
    [("tidy", "", "Please leave the room tidy."), ("keys", "", "Ask at the desk for keys.")],
)
sheet(
    "dev",
    "project-sheet",
    [
        ["Project", "Footbridge Aldwater"],
        ["Manager", "Hana Sorel"],
        ["Budget", 182000],
        ["Start", "2025-03-01"],
        [],
        ["Milestone", "Planned", "Reached"],
        ["Survey", "2025-04-10", "2025-04-12"],
        ["Foundations", "2025-07-01", N],
    ],
    [
        ("Footbridge", "Project", "Footbridge Aldwater"),
        ("Hana", "Manager", "Hana Sorel"),
        ("182000", "Budget", "182000"),
        ("Survey", "Milestone", "Survey"),
        ("Survey", "Reached", "2025-04-12"),
        ("Foundations", "Planned", "2025-07-01"),
    ],
)

"""The figures of the workbooks that grow: stock, complaints, output, training, suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scripts.samples.sheets import Cell, SheetData, write_xlsx

_MODELS = ("Model", "Description", "Price GBP", "Price EUR", "Price JPY", "Lead time (weeks)")
_FAULTS = (
    "No.",
    "Received",
    "Customer",
    "Model",
    "Fault",
    "Action",
    "Days open",
    "Cost (GBP)",
    "Status",
)
_OUTPUT = ("機種", "計画（台）", "実績（台）", "不良（台）", "直行率", "残業（時間）")

PRICES_2024 = (
    SheetData(
        "Read me",
        "Kazamori price list 2024",
        (),
        [
            ["Valid from", date(2024, 4, 1)],
            ["Valid until", date(2025, 3, 31)],
            ["Issued by", "Overseas Sales, Matsumoto"],
            ["Replaced by", "Kazamori price list 2025"],
            ["Carriage", "Free for orders above GBP 1,200 within the United Kingdom; GBP 21 below"],
        ],
        {},
    ),
    SheetData(
        "Instruments",
        "Instruments, list prices 2024",
        _MODELS,
        [
            ["KF-200-25", "Ultrasonic flow meter DN 25", 645, 750, 121000, 7],
            ["KF-200-50", "Ultrasonic flow meter DN 50", 745, 870, 139000, 7],
            ["KF-200-80", "Ultrasonic flow meter DN 80", 925, 1075, 172000, 8],
            ["KP-50-S", "Pressure transmitter 4-20 mA", 248, 289, 46500, 4],
            ["KP-50-H", "Pressure transmitter 4-20 mA with HART", 290, 338, 54200, 6],
            ["KT-8-U", "Temperature logger, USB", 136, 158, 25300, 2],
            ["KT-8-R", "Temperature logger, RS-232", 151, 176, 28200, 2],
            ["KC-10", "Field calibrator for pressure and loop current", 2340, 2730, 436000, 10],
        ],
        {2: "#,##0.00", 3: "#,##0.00", 4: "#,##0"},
    ),
    SheetData(
        "Calibration",
        "Calibration services 2024, Derby laboratory",
        ("Service", "Price GBP", "Turnaround (working days)"),
        [
            ["KF-200 flow calibration", 112, 12],
            ["KP-50 pressure calibration", 61, 7],
            ["KT-8 temperature calibration", 40, 5],
            ["KC-10 full calibration", 225, 15],
        ],
        {1: "#,##0.00"},
    ),
)

STOCK = (
    SheetData(
        "Stock",
        "Spare parts, stock count of 12 September 2025",
        (
            "Part number",
            "Description",
            "Fits",
            "Price GBP",
            "Stock Derby",
            "Stock Matsumoto",
            "Reorder below",
            "Shelf",
        ),
        [
            ["SP-1002", "Carrying case", "KC-10", 96.0, 8, 14, 3, "A1"],
            ["SP-1010", "Test hose, 1 m, 20 MPa", "KC-10", 41.5, 11, 25, 5, "A1"],
            ["SP-1015", "Reference sensor 7 MPa", "KC-10", 395.0, 1, 4, 2, "A2"],
            ["SP-2001", "Display window with UV filter", "KF-200", 18.5, 46, 390, 20, "B1"],
            ["SP-2012", "Transducer pair DN 25", "KF-200-25", 148.0, 6, 24, 4, "B2"],
            ["SP-2014", "Transducer pair DN 50", "KF-200-50", 164.0, 9, 31, 6, "B2"],
            ["SP-2016", "Transducer pair DN 80", "KF-200-80", 189.0, 3, 12, 4, "B2"],
            ["SP-2020", "Mounting rail, 600 mm", "KF-200", 33.0, 22, 60, 10, "B4"],
            ["SP-2031", "Main board, revision D", "KF-200", 212.0, 5, 18, 3, "B3"],
            ["SP-5003", "Sensor module 0-1 MPa", "KP-50", 121.0, 4, 15, 4, "C1"],
            ["SP-5007", "O-ring set, fluororubber", "KP-50", 6.8, 130, 500, 60, "C2"],
            ["SP-5011", "HART board", "KP-50-H", 74.0, 2, 9, 3, "C1"],
            ["SP-8003", "Lithium battery", "KT-8", 11.2, 85, 300, 40, "D1"],
            ["SP-8006", "USB docking cradle", "KT-8-U", 44.0, 11, 30, 4, "D1"],
        ],
        {3: "#,##0.00"},
    ),
    SheetData(
        "Ordering",
        "How customers order spare parts",
        ("Subject", "Rule"),
        [
            ["Smallest order", "GBP 40 net; below that a handling fee of GBP 12 is added."],
            ["Dispatch", "The same day for orders received before 14:00."],
            ["Returns", "Within 30 days, unopened. A restocking fee of 15% is kept."],
            ["Shelf life", "O-ring sets 7 years, lithium batteries 5 years from manufacture."],
            ["Counted by", "Dylan Crewe and Rhys Tallack"],
        ],
        {},
    ),
)

COMPLAINTS = tuple(
    SheetData(f"{month} 2025", f"Complaints received in {month} 2025", _FAULTS, rows, {7: "0.00"})
    for month, rows in (
        (
            "July",
            [
                ["C-2507-01", date(2025, 7, 2), "Brindlemere Process Systems", "KF-200-50",
                 "Display faded", "Window replaced", 6, 54, "closed"],
                ["C-2507-02", date(2025, 7, 9), "Lumbrook Brewery", "KP-50-H",
                 "Zero drifts after steam cleaning", "Recalibrated", 11, 64, "closed"],
                ["C-2507-03", date(2025, 7, 15), "Aldergate Dairies", "KF-200-50",
                 "Display faded", "Window replaced", 5, 54, "closed"],
                ["C-2507-04", date(2025, 7, 22), "Severnhall Water", "KF-200-80",
                 "No reading, pipe half full", "Advice by telephone", 1, 0, "closed"],
                ["C-2507-05", date(2025, 7, 29), "Tolcarne Paper", "KT-8-R",
                 "Battery empty after four months", "Battery replaced", 3, 11.2, "closed"],
            ],
        ),
        (
            "August",
            [
                ["C-2508-01", date(2025, 8, 5), "Severnhall Water", "KF-200-50",
                 "Display faded", "Window replaced", 8, 54, "closed"],
                ["C-2508-02", date(2025, 8, 12), "Brindlemere Process Systems", "KP-50-H",
                 "Thread damaged on arrival", "Replaced", 14, 310, "closed"],
                ["C-2508-03", date(2025, 8, 19), "Harrow Lane Creamery", "KF-200-25",
                 "Flow direction shown wrongly", "Parameter changed", 2, 0, "closed"],
                ["C-2508-04", date(2025, 8, 28), "Lumbrook Brewery", "KC-10",
                 "Lock of the case broken", "Case replaced", 4, 96, "closed"],
            ],
        ),
        (
            "September",
            [
                ["C-2509-01", date(2025, 9, 3), "Tolcarne Paper", "KP-50-S",
                 "Water in the housing", "Replaced", 16, 265, "closed"],
                ["C-2509-02", date(2025, 9, 11), "Aldergate Dairies", "KF-200-50",
                 "Display faded", "Filtered window fitted", 4, 18.5, "closed"],
                ["C-2509-03", date(2025, 9, 16), "Severnhall Water", "KF-200-80",
                 "Cable connector loose", "Visit to the site", 9, 890, "closed"],
                ["C-2509-04", date(2025, 9, 24), "Penhallow Salads", "KP-50-H",
                 "HART communication lost", "Board replaced", 7, 74, "closed"],
                ["C-2509-05", date(2025, 9, 30), "Brindlemere Process Systems", "KF-200-50",
                 "Transducer fault E5", "Transducer pair ordered", None, 164, "open"],
            ],
        ),
    )
)  # fmt: skip

TRAINING = (
    SheetData(
        "Records",
        "Training records 2025, Derby",
        ("Name", "Department", "Course", "Date", "Hours", "Result", "Valid until"),
        [
            ["Nadia Brockwell", "Calibration laboratory", "ISO/IEC 17025 internal auditor",
             date(2025, 2, 11), 16, "passed", date(2028, 2, 10)],
            ["Callum Overy", "Product support", "First aid at work",
             date(2025, 3, 4), 18, "passed", date(2028, 3, 3)],
            ["Gareth Pennow", "Facilities", "Fire warden",
             date(2025, 1, 22), 6, "passed", date(2027, 1, 21)],
            ["Sophie Wexcombe", "Finance", "Anti-bribery",
             date(2025, 3, 27), 2, "passed", date(2026, 3, 26)],
            ["Elin Hargest", "Calibration laboratory", "Pressure metrology",
             date(2025, 4, 8), 21, "passed", date(2030, 4, 7)],
            ["Priya Norcott", "Sales", "Negotiation",
             date(2025, 5, 15), 14, "attended", None],
            ["Elin Hargest", "Calibration laboratory", "ATEX awareness",
             date(2025, 6, 17), 4, "failed", None],
            ["Dylan Crewe", "Service", "ATEX awareness",
             date(2025, 6, 17), 4, "passed", date(2028, 6, 16)],
            ["Dylan Crewe", "Service", "Working at height",
             date(2025, 7, 24), 7, "passed", date(2027, 7, 23)],
            ["Gareth Pennow", "Facilities", "Asbestos awareness",
             date(2025, 8, 6), 3, "passed", date(2026, 8, 5)],
            ["Elin Hargest", "Calibration laboratory", "ATEX awareness (repeat)",
             date(2025, 9, 9), 4, "passed", date(2028, 9, 8)],
        ],
        {},
    ),
    SheetData(
        "Budget",
        "Training budget 2025",
        ("Department", "Budget (GBP)", "Spent by 30 September (GBP)"),
        [
            ["Calibration laboratory", 6000, 4150],
            ["Service", 4200, 1960],
            ["Product support", 3500, 2280],
            ["Sales", 2800, 1340],
            ["Finance", 1200, 180],
            ["Facilities", 1000, 640],
        ],
        {1: "#,##0", 2: "#,##0"},
    ),
)  # fmt: skip


def _month(name: str, days: int, rows: Sequence[Sequence[Cell]]) -> SheetData:
    title = f"生産実績　2025年{name}（稼働{days}日）"
    return SheetData(name, title, _OUTPUT, rows, {4: "0.0%", 2: "#,##0"})


OUTPUT = (
    _month(
        "7月",
        22,
        [
            ["KF-200", 420, 398, 9, 0.977, 312],
            ["KP-50", 900, 912, 22, 0.976, 240],
            ["KT-8", 650, 655, 6, 0.991, 60],
            ["KC-10", 40, 38, 1, 0.974, 44],
        ],
    ),
    _month(
        "8月",
        16,
        [
            ["KF-200", 300, 262, 7, 0.973, 180],
            ["KP-50", 620, 631, 13, 0.979, 130],
            ["KT-8", 420, 418, 3, 0.993, 35],
            ["KC-10", 25, 26, 0, 1.0, 20],
        ],
    ),
    _month(
        "9月",
        20,
        [
            ["KF-200", 480, 505, 8, 0.984, 388],
            ["KP-50", 880, 871, 15, 0.983, 215],
            ["KT-8", 600, 604, 7, 0.988, 52],
            ["KC-10", 45, 44, 1, 0.977, 48],
        ],
    ),
)

SUPPLIERS = (
    SheetData(
        "取引先",
        "購買先一覧　2025年9月1日現在",
        ("取引先", "所在地", "品目", "納期（週）", "支払条件", "先方の担当", "評価"),
        [
            ["株式会社ひかり野圧電", "長野県諏訪市", "圧電素子 KZ-14", 6,
             "月末締め翌月末払い", "戸倉 美咲", "B"],
            ["有限会社鳴神精工", "長野県岡谷市", "計測管、フランジ", 4,
             "月末締め翌々月10日払い", "鳴神 修", "A"],
            ["みなと電子部品株式会社", "神奈川県横浜市", "基板実装", 5,
             "20日締め翌月末払い", "早坂 拓也", "A"],
            ["白樺樹脂工業株式会社", "山梨県甲府市", "表示窓、ケース", 3,
             "月末締め翌月末払い", "三枝 真理", "B"],
            ["東雲ケーブル株式会社", "静岡県浜松市", "シールドケーブル", 2,
             "月末締め翌月末払い", "岡部 光", "A"],
            ["Osterfeld Präzision GmbH", "ドイツ　ドレスデン", "恒温槽、校正設備", 14,
             "発注時に半額前払い", "Katrin Vogel", "A"],
            ["Vellmark Sensors B.V.", "オランダ　アイントホーフェン",
             "セラミックセル VC-4（試作）", 8, "納品後30日", "Joost van Elderen", "未評価"],
            ["合同会社つむぎ野翻訳室", "長野県上田市", "技術翻訳", 1,
             "月末締め翌月末払い", "柏尾 千歳", "A"],
        ],
        {},
    ),
    SheetData(
        "評価基準",
        "評価基準",
        ("評価", "納期遵守率", "扱い"),
        [
            ["A", "98%以上", "そのまま続ける"],
            ["B", "90%以上98%未満", "半年ごとに面談する"],
            ["C", "90%未満", "3か月以内に改善計画を出してもらう"],
        ],
        {},
    ),
)  # fmt: skip

QUOTATION_ASANAGI = (
    SheetData(
        "見積書",
        "御見積書",
        (),
        [
            ["見積番号", "Q-2025-0533"],
            ["宛先", "朝凪製薬株式会社　富山第2工場　工務課　御中"],
            ["件名", "純水設備　圧力・温度計測機器一式"],
            ["見積日", date(2025, 8, 27)],
            ["有効期限", date(2025, 10, 31)],
            ["納期", "ご発注後10週間"],
            ["支払条件", "納品月の末日締め、翌々月10日払い"],
            ["小計（税抜）", 1510000],
            ["消費税（10%）", 151000],
            ["合計金額（税込）", 1661000],
            ["担当", "営業第1課　牧瀬 千尋"],
        ],
        {1: "#,##0"},
    ),
    SheetData(
        "内訳",
        "見積内訳",
        ("番号", "型式", "品名", "数量", "単位", "単価（円）", "金額（円）"),
        [
            [1, "KP-50-H-08-C", "圧力伝送器　HART付き", 15, "台", 58000, 870000],
            [2, "KT-8-U", "温度ロガー　USB", 20, "台", 26500, 530000],
            [3, None, "トレーサビリティ証明書", 15, "部", 12000, 180000],
            [4, None, "数量値引き（機器の5%）", 1, "式", -70000, -70000],
        ],
        {5: "#,##0", 6: "#,##0"},
    ),
    SheetData(
        "条件",
        "見積条件",
        ("項目", "内容"),
        [
            ["保証", "検収後18か月。"],
            ["文書", "据付時適格性評価（IQ）の様式は無償、稼働時（OQ）は1式9万円で作成する。"],
            ["洗浄", "接液部は洗浄のうえ二重に袋詰めして出荷する。"],
            ["キャンセル", "ご発注後14日を過ぎた取消しは、見積金額の30%を申し受ける。"],
        ],
        {},
    ),
)


def write_ledgers(target: Path) -> None:
    """Write them below the documents' folder."""
    for path, sheets, title, author, day in (
        ("sales/price-list-2024.xlsx", PRICES_2024, "Kazamori price list 2024",
         "Overseas Sales", date(2024, 3, 15)),
        ("service/spare-parts-stock-2025-09.xlsx", STOCK, "Spare parts stock, September 2025",
         "Service, Derby", date(2025, 9, 12)),
        ("service/complaints-2025-q3.xlsx", COMPLAINTS, "Complaints, July to September 2025",
         "Service, Derby", date(2025, 10, 1)),
        ("hr/training-records-2025.xlsx", TRAINING, "Training records 2025",
         "People Team, Derby", date(2025, 9, 30)),
        ("製造/生産実績_2025年7-9月.xlsx", OUTPUT, "生産実績 2025年7月～9月",
         "風森計測株式会社 生産部", date(2025, 10, 2)),
        ("購買/購買先一覧.xlsx", SUPPLIERS, "購買先一覧",
         "風森計測株式会社 購買課", date(2025, 9, 1)),
        ("営業/見積書_朝凪製薬.xlsx", QUOTATION_ASANAGI, "御見積書 Q-2025-0533",
         "風森計測株式会社 営業第1課", date(2025, 8, 27)),
    ):  # fmt: skip
        write_xlsx(sheets, target / path, title=title, author=author, day=day)

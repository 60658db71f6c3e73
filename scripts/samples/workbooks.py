"""The figures of the three workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scripts.samples.sheets import SheetData, write_xlsx

_GBP = {2: "#,##0.00"}

PRICES = (
    SheetData(
        "Read me",
        "Kazamori price list 2025",
        (),
        [
            ["Valid from", date(2025, 4, 1)],
            ["Valid until", date(2026, 3, 31)],
            ["Issued by", "Overseas Sales, Matsumoto"],
            ["Scope", "List prices for customers without a supply agreement"],
            ["Taxes", "All prices exclude value added tax and consumption tax"],
            ["Carriage", "Free for orders above GBP 1,500 within the United Kingdom; GBP 24 below"],
            ["Payment", "30 days net after an opening credit check; first orders are prepaid"],
            ["Quotations", "Sales may quote below list only within the Discounts sheet"],
        ],
        {},
    ),
    SheetData(
        "Instruments",
        "Instruments, list prices",
        (
            "Model",
            "Description",
            "Price GBP",
            "Price EUR",
            "Price JPY",
            "Lead time (weeks)",
            "Minimum order",
            "Remark",
        ),
        [
            ["KF-200-25", "Ultrasonic flow meter DN 25", 690, 805, 129000, 6, 1, None],
            ["KF-200-50", "Ultrasonic flow meter DN 50", 795, 930, 148000, 6, 1, None],
            ["KF-200-80", "Ultrasonic flow meter DN 80", 985, 1150, 184000, 9, 1, None],
            ["KP-50-S", "Pressure transmitter 4-20 mA", 265, 310, 49800, 4, 5, None],
            ["KP-50-H", "Pressure transmitter 4-20 mA with HART", 310, 362, 58000, 5, 5, None],
            ["KT-8-U", "Temperature logger, USB", 142, 166, 26500, 2, 1, None],
            [
                "KT-8-R",
                "Temperature logger, RS-232",
                158,
                185,
                29500,
                3,
                1,
                "Being phased out",
            ],
            [
                "KC-10",
                "Field calibrator for pressure and loop current",
                2480,
                2895,
                462000,
                8,
                1,
                None,
            ],
        ],
        {2: "#,##0.00", 3: "#,##0.00", 4: "#,##0"},
    ),
    SheetData(
        "Spare parts",
        "Spare parts",
        ("Part number", "Description", "Price GBP", "Fits", "Stock"),
        [
            ["SP-1002", "Carrying case", 96.0, "KC-10", "Derby"],
            ["SP-1010", "Test hose, 1 m, 20 MPa", 41.5, "KC-10", "Derby"],
            ["SP-2001", "Display window with UV filter", 18.5, "KF-200", "Derby"],
            ["SP-2014", "Transducer pair DN 50", 164.0, "KF-200-50", "Matsumoto"],
            ["SP-2020", "Mounting rail, 600 mm", 33.0, "KF-200", "Derby"],
            ["SP-5007", "O-ring set, fluororubber", 6.8, "KP-50", "Derby"],
            ["SP-5011", "HART board", 74.0, "KP-50-H", "Matsumoto"],
            ["SP-8003", "Lithium battery", 11.2, "KT-8", "Derby"],
        ],
        _GBP,
    ),
    SheetData(
        "Calibration",
        "Calibration services, Derby laboratory",
        ("Service", "Scope", "Price GBP", "Turnaround (working days)"),
        [
            ["KF-200 flow calibration", "3 points with certificate", 118, 10],
            ["KP-50 pressure calibration", "5 points up and down with certificate", 64, 7],
            ["KT-8 temperature calibration", "3 points with certificate", 42, 5],
            ["KC-10 full calibration", "pressure and current, accredited certificate", 236, 15],
            ["Visit to the customer's site", "per technician and day, travel included", 890, None],
            ["Express service", "surcharge of 40% on the price above", None, 3],
        ],
        _GBP,
    ),
    SheetData(
        "Discounts",
        "Quantity discounts on instruments",
        ("From", "To", "Discount", "Approved by"),
        [
            [10, 24, 0.05, "Sales representative"],
            [25, 49, 0.08, "Sales representative"],
            [50, 99, 0.12, "Sales manager"],
            [100, None, 0.15, "Managing director"],
            ["Universities and schools", None, 0.2, "Sales manager"],
            ["Spare parts and calibration", None, 0.0, "not discounted"],
        ],
        {2: "0%"},
    ),
)

EXPENSES = (
    SheetData(
        "Rules",
        "Expense rules 2025, Kazamori Instruments Europe Ltd.",
        ("No.", "Subject", "Rule"),
        [
            [1, "Claims", "Submit in PeopleDesk within 30 days of the end of the journey."],
            [2, "Receipts", "Needed for every item above GBP 10. Photographs are accepted."],
            [3, "Trains", "Standard class. First class only if it is cheaper on the day."],
            [
                4,
                "Flights",
                "Economy. Premium economy above 6 hours, business class above 10 hours.",
            ],
            [
                5,
                "Hotels",
                "Actual cost up to the cap on the sheets UK and Overseas, breakfast included.",
            ],
            [6, "Entertaining customers", "Up to GBP 60 a head; name the guests and the purpose."],
            [7, "Tips", "Up to 10% where customary."],
            [8, "Laundry", "From the fifth night of a journey, up to GBP 25 a week."],
            [
                9,
                "Advance",
                "Available for journeys above GBP 500; ask Finance 5 working days ahead.",
            ],
            [10, "Exceptions", "Decided by the finance manager in writing, before the journey."],
        ],
        {},
    ),
    SheetData(
        "UK",
        "United Kingdom",
        ("Area", "Hotel cap per night (GBP)", "Breakfast (GBP)", "Lunch (GBP)", "Dinner (GBP)"),
        [
            ["London", 165, 12, 15, 32],
            ["Edinburgh", 140, 11, 14, 30],
            ["Elsewhere", 115, 10, 12, 28],
        ],
        {},
    ),
    SheetData(
        "Overseas",
        "Overseas, also for journeys that begin in Japan",
        ("Country or city", "Currency", "Hotel cap per night", "Daily meal allowance"),
        [
            ["France", "EUR", 165, 55],
            ["Germany", "EUR", 150, 52],
            ["Netherlands", "EUR", 158, 50],
            ["Switzerland", "CHF", 225, 85],
            ["Japan, Tokyo", "JPY", 18000, 5500],
            ["Japan, elsewhere", "JPY", 13500, 5000],
            ["Singapore", "SGD", 260, 75],
            ["United States", "USD", 215, 68],
        ],
        {2: "#,##0", 3: "#,##0"},
    ),
    SheetData(
        "Mileage",
        "Use of a private vehicle",
        ("Vehicle", "First 10,000 miles a year (GBP per mile)", "Above (GBP per mile)"),
        [
            ["Car or van", 0.45, 0.25],
            ["Motorcycle", 0.24, 0.24],
            ["Bicycle", 0.20, 0.20],
            ["Passenger supplement", 0.05, 0.05],
        ],
        {1: "0.00", 2: "0.00"},
    ),
)

QUOTATION = (
    SheetData(
        "見積書",
        "御見積書",
        (),
        [
            ["見積番号", "Q-2025-0418"],
            ["宛先", "株式会社白鷺飲料　設備部　御中"],
            ["件名", "第2充填ライン　流量・圧力計測機器一式"],
            ["見積日", date(2025, 6, 20)],
            ["有効期限", date(2025, 7, 31)],
            ["納期", "ご発注後8週間"],
            ["受渡場所", "株式会社白鷺飲料　姫路工場"],
            ["支払条件", "検収月の末日締め、翌月末日払い"],
            ["小計（税抜）", 2065000],
            ["消費税（10%）", 206500],
            ["合計金額（税込）", 2271500],
            ["担当", "営業第2課　岩沢 直人"],
        ],
        {1: "#,##0"},
    ),
    SheetData(
        "内訳",
        "見積内訳",
        ("番号", "型式", "品名", "数量", "単位", "単価（円）", "金額（円）"),
        [
            [1, "KF-200-50", "超音波流量計　50A", 6, "台", 148000, 888000],
            [2, "KP-50-H-06-C", "圧力伝送器　HART付き", 10, "台", 58000, 580000],
            [3, "KC-10", "現場用校正器", 1, "台", 462000, 462000],
            [4, None, "据付調整費（作業員2名、2日間）", 1, "式", 240000, 240000],
            [5, None, "出精値引き", 1, "式", -105000, -105000],
        ],
        {5: "#,##0", 6: "#,##0"},
    ),
    SheetData(
        "条件",
        "見積条件",
        ("項目", "内容"),
        [
            ["保証", "検収後18か月。消耗品を除く。"],
            ["据付工事", "配管および電気の一次側工事は、お客様の所掌とする。"],
            ["作業時間", "平日9時から17時まで。土曜日の作業は1日あたり6万円を加算する。"],
            ["キャンセル", "ご発注後14日を過ぎた取消しは、見積金額の30%を申し受ける。"],
            ["校正証明書", "流量計のトレーサビリティ証明書は、1台あたり1万2,000円で追加できる。"],
            ["取扱説明", "試運転の日に90分の説明会を1回、無償で行う。"],
        ],
        {},
    ),
)


def write_workbooks(prices: Path, expenses: Path, quotation: Path) -> None:
    """Write the three workbooks."""
    write_xlsx(
        PRICES,
        prices,
        title="Kazamori price list 2025",
        author="Overseas Sales",
        day=date(2025, 3, 14),
    )
    write_xlsx(
        EXPENSES,
        expenses,
        title="Expense rates 2025",
        author="Finance, Derby",
        day=date(2025, 3, 31),
    )
    write_xlsx(
        QUOTATION,
        quotation,
        title="御見積書 Q-2025-0418",
        author="風森計測株式会社 営業第2課",
        day=date(2025, 6, 20),
    )

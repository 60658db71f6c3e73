"""The word that decides is followed: by words alone, from a catalogue to the first quotation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.lock import DataFolderLock
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, ParsedDocument
from engine.retrieval import find_extracts, retrieve
from engine.retrieval.terms import held_tokens, query_terms
from engine.vectors import VectorStore

MONTHS = "January February March April May June July August".split()
VISITORS = tuple(
    f"{month}\nThe showroom counted {300 + 7 * n} visitors. Most came on a Saturday."
    for n, month in enumerate(MONTHS)
)
PLANS = tuple(
    f"Plan {letter}\nPlan {letter} answers within {hours} hours and costs a fee of {hours} euros."
    for letter, hours in zip("ABCDE", (48, 24, 12, 6, 2), strict=True)
)
SIZES = ("50", "100", "150", "200")
FITTINGS = tuple(
    f"Model: KF-{a}-{b} | Torque: {int(a) + 3 * int(b)} Nm | Price: {int(a) + 5 * int(b)} crowns"
    for a in SIZES
    for b in SIZES
    if a != b
)
DEPARTMENTS = tuple(
    f"{name} department\nPurchases of the {name} department up to {sum_} crowns need no approval."
    for name, sum_ in (("IT", 8200), ("HR", 3100), ("Sales", 5400), ("Legal", 2600))
)
FISH = (
    "品名: いわし | 単価: 310",
    "品名: うなぎ | 単価: 450",
    "品名: さば | 単価: 280",
    "品名: ひらめ | 単価: 520",
)
YEARS = tuple(
    f"{year}年度の外販部門の売上高は{year - 1500}百万円であった。" for year in range(2019, 2026)
)
ERAS = tuple(
    f"令和{digit}年度の研修の受講者は{people}名であった。"
    for digit, people in (("元", 24), ("二", 31), ("三", 37), ("4", 41), ("5", 58), ("6", 66))
)
NAMES = (
    "髙橋　冷凍倉庫の責任者",
    "山﨑　輸出係の主任",
    "渡邊　品質保証の窓口",
    "齋藤　社用車の管理",
    "佐藤　広報の窓口",
)
RULES = (
    "第一条　退職の申出は、退職日の三十日前までに行う。",
    "第二条　慶弔見舞金は、二万円とする。",
    "第三条　制服の貸与期間は、二年とする。",
    "第十二条　社宅の使用料は、月額一万八千円とする。",
)
KATAKANA = (
    "サーバの再起動は情報システム課が行う。",
    "プリンタのトナー交換は各部で行う。",
    "ウィルス定義の更新は毎朝六時に行う。",
)
TRANSFERS = (
    "The transfer of 1,250,000 yen was received from Sedge KK.",
    "The transfer of 1,520,000 yen was received from Vetch KK.",
)
VERSIONS = tuple(f"Release {v} was tested by {who}." for v, who in (
    ("3.5.1", "Anna"), ("5.3.1", "Boris"), ("1.5.3", "Carla"), ("3.1.5", "Doris")))  # fmt: skip
WARDS = tuple(
    f"Hepatitis {letter} needs {n} doses of the vaccine."
    for letter, n in (("A", 2), ("B", 3), ("C", 0))
)
PARTS = tuple(f"部品番号{code}の在庫は{n}個である。" for code, n in (
    ("A-12-3", 40), ("A-3-12", 55), ("A-13-2", 61), ("B-12-3", 72)))  # fmt: skip
LICENCES = (
    "Licence X1 costs 12 pounds.", "Licence X10 costs 90 pounds.", "Licence X11 costs 97 pounds.",
    "Licence XL-1 costs 15 pounds.",
)  # fmt: skip
SWEETS = (
    "もなかは一箱 1,200円です。",
    "ようかんは一箱 1,500円です。",
    "せんべいは一箱 900円です。",
)
OFFICES = (
    "渋澤ビルの家賃は月20万円。",
    "広島ビールの家賃は月30万円。",
    "廣島ビルの家賃は月40万円。",
)
SCHEDULE = (
    "会議は2024年4月1日に行う。",
    "会議は2023年4月1日に行う。",
    "会議は2025年4月1日に行う。",
)
WILL = ("Will Marsh looks after the lift.", "Staff will look after the lift in winter.")

CHOSEN_BY = [
    (VISITORS, "How many visitors came in May?", "counted 328 visitors"),
    (VISITORS, "visitors in may", "counted 328 visitors"),
    (PLANS, "What does Plan A cost?", "Plan A answers"),
    (FITTINGS, "price of KF-50-200", "KF-50-200 |"),
    (FITTINGS, "KF-200-50の価格は？", "KF-200-50 |"),
    (FISH, "うなぎの単価は？", "うなぎ"),
    (FISH, "さばはいくらですか", "さば"),
    (YEARS, "令和6年度の外販部門の売上高は", "2024年度"),
    (YEARS, "平成31年度の売上高", "2019年度"),
    (NAMES, "高橋さんの担当は何ですか", "髙橋"),
    (NAMES, "山崎さんは何をしていますか", "山﨑"),
    (RULES, "退職の申出は何日前までですか", "三十日前"),
    (RULES, "第3条には何が書かれていますか", "第三条"),
    (KATAKANA, "サーバーの再起動は誰がするか", "サーバ"),
    (TRANSFERS, "Who transferred 1520000 yen?", "Vetch"),
]
KEPT_ASIDE = [
    (VISITORS, "Did more people come in April or in May?", "visitors"),
    (VISITORS, "visitors of the showroom, May", "counted 328 visitors"),
    (DEPARTMENTS, "Up to what sum may the IT department buy?", "IT department"),
    (PLANS, "fee of plan E", "Plan E answers"),
    (WARDS, "How many doses for hepatitis A?", "Hepatitis A"),
    (VERSIONS, "Who tested release 3.1.5?", "Doris"),
    (PARTS, "A-3-12の在庫は何個ですか", "55個"),
    (PARTS, "Ａ－１２－３の在庫は？", "40個"),
    (LICENCES, "What does the X-1 licence cost?", "X1 costs"),
    (LICENCES, "price of XL1", "XL-1"),
    (SWEETS, "ようかんの値段を教えてください", "ようかん"),
    (SWEETS, "せんべいは一箱いくらか", "せんべい"),
    (OFFICES, "広島ビルの家賃はいくらですか", "廣島ビル"),
    (OFFICES, "渋沢ビルの家賃", "渋澤"),
    (ERAS, "2019年度の受講者は何名ですか", "令和元年度"),
    (ERAS, "2021年度の研修の受講者数", "令和三年度"),
    (SCHEDULE, "R6.4.1の会議", "2024年"),
    (SCHEDULE, "平成三十五年の会議はいつですか", "2023年"),
    (RULES, "第12条の内容は", "第十二条"),
    (KATAKANA, "ウイルス定義の更新はいつか", "ウィルス"),
    (KATAKANA, "プリンターのトナーは誰が替えますか", "プリンタ"),
    (NAMES, "斎藤さんは何の係ですか", "齋藤"),
    (NAMES, "渡辺さんの担当", "渡邊"),
    (WILL, "What does Will look after?", "Will Marsh"),
]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    paths = DataPaths(tmp_path)
    lock = DataFolderLock(paths, exclusive=True)
    made = Catalogue(paths, writable=True)
    yield made
    made.close()
    lock.release()


def first_quotation(catalogue: Catalogue, passages: tuple[str, ...], question: str) -> str:
    collection = catalogue.collections.create("words").id
    for number, text in enumerate(passages):
        place = Location("line", 1)
        catalogue.files.store_document(
            collection,
            Fingerprint(f"/docs/{number}.txt", len(text), 0, str(number).encode()),
            ParsedDocument("", (Block(text, place),), "text/plain"),
            text,
            [Chunk(0, len(text), text, "", place)],
        )
    vectors = VectorStore(catalogue.paths, catalogue)
    found = retrieve(
        catalogue, vectors, pytest.fail, question, collection, top_k=6, retriever="lexical"
    )
    extracts = find_extracts(question, found, None)
    return extracts[0].quote if extracts else ""


@pytest.mark.parametrize(("passages", "question", "wanted"), CHOSEN_BY)
def test_the_first_quotation_has_the_deciding_word(
    catalogue: Catalogue, passages: tuple[str, ...], question: str, wanted: str
) -> None:
    assert wanted in first_quotation(catalogue, passages, question)


@pytest.mark.parametrize(("passages", "question", "wanted"), KEPT_ASIDE)
def test_it_does_in_cases_that_were_kept_aside(
    catalogue: Catalogue, passages: tuple[str, ...], question: str, wanted: str
) -> None:
    assert wanted in first_quotation(catalogue, passages, question)


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("How many visitors came in May?", {"visitor", "came", "may"}),
        ("Who may approve it?", {"approve"}),
        ("MAY I GO IN MAY?", {"go"}),
        ("What does Plan A cost?", {"plan-a", "plan", "cost"}),
        ("in which step a user signs", {"step", "user", "sign"}),
        ("price of KF-50-200", {"price", "kf-50-200"}),
        ("price of the KF50 in FY2025", {"price", "kf-50", "fy", "2025"}),
        ("うなぎの単価は？", {"うな", "なぎ", "単価"}),
        ("含まれるものは何ですか", {"含ま"}),
        ("どのようにして申請すればよいですか", {"申請"}),
        ("契約はいつまで続きますか", {"契約", "続き"}),
        ("誰が", {"誰が"}),
    ],
)
def test_terms_are_what_decides(question: str, terms: set[str]) -> None:
    assert set(query_terms(question)) == terms


@pytest.mark.parametrize(
    ("term", "text", "held"),
    [
        ("kf-50-200", "the KF-50-200", True),
        ("kf-50-200", "the KF50-200", True),
        ("kf-50-200", "the KF-200-50", False),
        ("kf-50", "the KF-50-200", False),
        ("kf-50", "KF-50の価格", True),
        ("3-5", "a 3.5 mm screw", True),
        ("35", "a 3.5 mm screw", False),
        ("20", "in 2024", False),
        ("20", "20日以内", True),
        ("may", "maybe", False),
        ("employe", "our employees", True),
        ("2024", "令和六年四月", True),
        ("2019", "H31.4.30", True),
        ("plan-a", "Plan A costs", True),
        ("plan-a", "to plan and", False),
        ("高橋", "髙橋", True),
    ],
)
def test_a_text_holds_a_term_or_not(term: str, text: str, held: bool) -> None:
    assert (held_tokens([term], text) == {term}) is held

"""Questions about tables, from the file to the cited figure."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from engine.documents.tables import typed
from engine.errors import PlanColumnMissing, PlanTableMissing
from engine.json_shapes import answer_shape
from engine.records.tables import RowFilter, TableName, TablePlan


def _folder(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_csv", ".csv")).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def orders(desk, tmp_path: Path):
    """A table with every trouble: numbers as text, three notations of dates, two currencies."""
    desk.open(
        _folder(
            tmp_path,
            orders_csv=(
                "Order,Client,Amount,Ordered,Pieces\n"
                'A-1,Moor,"EUR 1,200",2025-03-01,10\n'
                "A-2,Fell,EUR 300,15 April 2025,20\n"
                "A-3,Moor,GBP 50,2025/05/02,5\n"
                "A-4,Tarn,on request,2025-05-20,-\n"
                "Total,,,,35\n"
            ),
        )
    )
    return desk


def test_a_sum_is_computed_cited_and_told_with_its_plan(orders) -> None:
    found = orders.ask("How many pieces were ordered in total?")
    assert found.text.startswith("**35**") and found.kind == "table" and not found.model
    assert found.plan is not None and found.plan.operation == "sum"
    assert found.table is not None and len(found.table.rows) == 4
    assert found.scanned is not None and found.scanned.exhaustive
    quotes = [citation.quote for citation in found.citations]
    assert quotes == ["10", "20", "5"]  # the cells; the total row is not counted
    for citation in found.citations:
        passage = next(p.passage for p in found.passages if p.number == citation.number)
        start = citation.start - passage.start
        assert passage.text[start : start + len(citation.quote)] == citation.quote
    assert "1 cells of Pieces hold words" in found.text
    shape = answer_shape(found)["plan"]
    assert shape["operation"] == "sum" and shape["column"] == "Pieces"


def test_mixed_currencies_are_never_added_together(orders) -> None:
    text = orders.ask("What is the total amount?").text
    assert "EUR 1,500" in text and "GBP 50" in text and "1,550" not in text
    assert "different units" in text and "on request" in text


def test_dates_in_three_notations_are_one_column(orders) -> None:
    assert orders.first_line("How many orders were ordered in May 2025?").startswith("**2**")
    assert orders.first_line("How many orders since 15 April 2025?").startswith("**3**")
    assert "A-1" in orders.first_line("Which order was ordered first?")


def test_counts_and_groups_cite_cells_and_filters_are_as_printed(orders) -> None:
    found = orders.ask("How many orders came from Moor?")
    assert found.text.startswith("**2**") and "Client is Moor" in found.text
    assert [citation.quote for citation in found.citations] == ["A-1", "A-3"]
    found = orders.ask("Pieces per client")
    assert {citation.quote for citation in found.citations} >= {"Moor", "Fell"}


def test_words_are_not_summed(desk, tmp_path: Path) -> None:
    desk.open(_folder(tmp_path, staff_csv="Name,City\nAnna,York\nBert,Leeds\nCora,Hull\n"))
    text = desk.ask("What is the sum of City?").text
    assert "no numbers" in text and "York" in text


def test_a_total_that_the_rows_do_not_make_is_said(desk, tmp_path: Path) -> None:
    desk.open(
        _folder(
            tmp_path,
            invoice_csv=(
                "Item,Pieces,Amount (GBP)\nDesk,1,100\nLamp,2,20\nShipping,,15\nTotal,,135\n"
            ),
        )
    )
    told = desk.ask("What is the total amount?")
    assert "- Total: GBP 135 [1]" in told.text and "add up to another figure" in told.text
    assert "120" not in told.text, "the sum of the rows is not what is to be paid"


def test_a_plan_as_changed_is_carried_out_or_refused_by_name(orders) -> None:
    made = orders.ask("How many pieces were ordered in total?").plan
    assert made is not None
    changed = TablePlan(made.tables, "maximum", "Pieces", (RowFilter("Client", "=", "Moor"),))
    assert orders.ask("whatever", changed).text.startswith("**A-1 Moor: 10**")
    with pytest.raises(PlanColumnMissing) as missing:
        orders.ask("whatever", TablePlan(made.tables, "sum", "Weight"))
    assert missing.value.data["known"] == "Order, Client, Amount, Ordered, Pieces"
    with pytest.raises(PlanTableMissing):
        orders.ask("whatever", TablePlan((TableName(999, "gone"),), "count"))


def test_sql_in_a_plan_or_a_question_is_a_value_like_any_other(orders) -> None:
    made = orders.ask("How many pieces were ordered in total?").plan
    assert made is not None
    evil = "x' OR 1=1; DROP TABLE table_cells; --"
    for relation in ("=", "contains", "<", "covers", "!="):
        plan = TablePlan(made.tables, "count", "", (RowFilter("Client", relation, evil),))
        text = orders.ask("whatever", plan).text
        assert "No row" in text or text.startswith("**4**")
    with pytest.raises(PlanColumnMissing):
        orders.ask("whatever", TablePlan(made.tables, "sum", 'Pieces"; DROP TABLE tables; --'))
    assert orders.first_line("How many pieces were ordered in total?").startswith("**35**")


def test_dates_that_nobody_can_read_are_not_guessed(desk, tmp_path: Path) -> None:
    desk.open(
        _folder(tmp_path, visits_csv="Visit,Date\nA,03/04/2025\nB,05/06/2025\nC,07/08/2025\n")
    )
    text = desk.ask("How many visits were there in April 2025?").text
    assert "two ways" in text and "03/04/2025" in text


def test_two_header_rows_merged_cells_and_a_sheet_a_month(desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, values in {"4月": (10, 4), "5月": (20, 6), "6月": (30, 5)}.items():
        sheet = book.create_sheet(name)
        for row in (
            ["店舗", "売上（千円）", None],
            [None, "食品", "雑貨"],
            ["北店", values[0], values[1]],
            ["南店", 1, 2],
            ["合計", values[0] + 1, values[1] + 2],
        ):
            sheet.append(row)
        for cells in ("A1:A2", "B1:C1"):
            sheet.merge_cells(cells)
        for row in sheet["A1:C2"]:
            for cell in row:
                cell.font = Font(bold=True)
    del book["Sheet"]
    folder = tmp_path / "docs"
    folder.mkdir()
    book.save(folder / "店舗別売上.xlsx")
    desk.open(folder)
    assert desk.first_line("4月の北店の食品の売上はいくらですか").startswith("**10千円**")
    assert desk.first_line("食品の売上の合計はいくらですか").startswith("**63千円**")
    assert desk.first_line("5月の雑貨の売上の合計は").startswith("**8千円**")
    found = desk.ask("月別の食品の売上の合計は")
    assert found.table is not None
    assert [row.cells for row in found.table.rows] == [
        ("4月", "11千円"),
        ("5月", "21千円"),
        ("6月", "31千円"),
    ]


def test_a_table_that_was_cut_gives_no_figure(
    desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "MAX_TABLE_CELLS", 100)
    rows = "".join(f"P-{n},{n}\n" for n in range(400))
    desk.open(_folder(tmp_path, parts_csv="Part,Weight (kg)\n" + rows))
    text = desk.ask("What is the total weight of the parts?").text
    assert "larger than what is stored" in text and "50 rows" in text
    assert desk.first_line("What is the weight of P-7?").startswith("**7 kg**")


def test_ranges_and_steps_take_a_number(desk, tmp_path: Path) -> None:
    desk.open(
        _folder(
            tmp_path,
            discounts_csv="Pieces,Discount\n1-49,0%\n50-99,4%\n100+,9%\n",
            freight_csv="From,To,Freight (EUR)\n1,9,5\n10,99,12\n100,500,40\n",
        )
    )
    assert desk.first_line("Which discount is there for 60 pieces?").startswith("**4%**")
    assert desk.first_line("Which discount is there for 5000 pieces?").startswith("**9%**")
    assert desk.first_line("What is the freight for 99?").startswith("**EUR 12**")
    assert "No row" in desk.ask("What is the freight for 900?").text


def test_differences_of_rows_columns_and_sheets(desk, tmp_path: Path) -> None:
    desk.open(
        _folder(
            tmp_path,
            plan_csv="Team,Budget (EUR),Spent (EUR)\nNorth,900,650\nSouth,400,520\nWest,300,90\n",
            prices_csv="Model,Price\nKX-1,EUR 20\nKX-2,GBP 30\nKX-3,EUR 50\nKX-3,EUR 55\n",
        )
    )
    ask = desk.first_line
    assert ask("What is the difference in budget between North and South?").startswith(
        "**EUR 500**"
    )
    assert ask("What is the difference between budget and spent for South?").startswith(
        "**EUR 120**"
    )
    text = desk.ask("What is the price difference between KX-1 and KX-2?").text
    assert "different units" in text
    text = desk.ask("What is the price difference between KX-1 and KX-3?").text
    assert "several rows" in text


def test_tables_that_differ_are_told_side_by_side(desk, tmp_path: Path) -> None:
    desk.open(
        _folder(
            tmp_path,
            price_list_csv="Part,Price (GBP),Fits\nP-1 hose,10,Pump A\nP-2 valve,30,Pump B\n",
            stock_csv="Part,Price (GBP),Fits,Shelf\nP-1 hose,10,Pump A,1\nP-9 motor,95,Pump A,2\n",
        )
    )
    dearest = desk.ask("Which part is the most expensive?").text
    assert "P-2 valve: GBP 30" in dearest and "P-9 motor: GBP 95" in dearest
    fitting = desk.ask("Which parts fit Pump A?")
    assert fitting.text.count("P-1 hose") == 1 and "P-9 motor" in fitting.text
    assert {c.document for c in fitting.citations} == {"price_list.csv", "stock.csv"}


def test_of_two_named_columns_the_one_beside_the_superlative_is_meant(desk, tmp_path: Path) -> None:
    text = "Department,Budget (GBP),Spent (GBP)\nSales,900,100\nService,500,450\n"
    desk.open(_folder(tmp_path, budget_csv=text))
    spent = desk.ask("Which department spent the most of its budget?")
    assert spent.text.startswith("**Service: GBP 450**")
    assert spent.plan is not None and spent.plan.column == "Spent (GBP)"

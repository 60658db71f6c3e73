from __future__ import annotations

import pytest
from document_builders import save_xlsx, texts
from office_parts import save_raw_xlsx

from engine.documents import read_document
from engine.documents.office.formulas.evaluate import Evaluator, Formula
from engine.documents.office.formulas.functions import FormulaError
from engine.documents.office.formulas.grammar import NotSimple
from engine.wording.notices import english

CELLS = {
    (0, 0): "Item", (0, 1): "Count", (0, 2): "Price",
    (1, 0): "Gasket", (1, 1): 40.0, (1, 2): 12.5,
    (2, 0): "Elbow", (2, 1): 16.0, (2, 2): 31.0,
    (3, 0): "Seal", (3, 2): 2.675,
}  # fmt: skip


def result(text, cells=CELLS, **others):
    grids = {"": {**cells, (9, 9): Formula(text)}, **others}
    return Evaluator(grids.__getitem__).result("", (9, 9))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("B2*C2", 500.0),
        ("$B$2*C2+1", 501.0),
        ("1+2*3-4/2", 5.0),
        ("-2^2", 4.0),
        ("2^3^2", 64.0),
        ("(1+2)*3", 9.0),
        ("10%*50", 5.0),
        ("SUM(B2:B4)", 56.0),
        ("SUM(B:B)", 56.0),
        ("AVERAGE(B2:B4)", 28.0),
        ("SUM(B2:B3,4,C3)", 91.0),
        ("SUMPRODUCT(B2:B3,C2:C3)", 996.0),
        ("MAX(C2:C4)-MIN(C2:C4)", 28.325),
        ("COUNT(A1:C4)", 5.0),
        ("COUNTA(A2:A4)", 3.0),
        ("ROUND(C4,2)", 2.68),
        ("ROUNDDOWN(-1.19,1)", -1.1),
        ("INT(-1.5)", -2.0),
        ("MOD(-3,2)", 1.0),
        ('A2&" "&B2', "Gasket 40"),
        ('"a ""b"""', 'a "b"'),
        ('IF(B2>20,"many","few")', "many"),
        ('IF(B4="","none",B4)', "none"),
        ("IFERROR(1/0,7)", 7.0),
        ('IF(AND(B2>1,NOT(B3>20)),"ok")', "ok"),
        ('SUMIF(A2:A4,"Elbow",B2:B4)', 16.0),
        ('COUNTIF(C2:C4,">=12.5")', 2.0),
        ('VLOOKUP("elbow",A2:C4,3,FALSE)', 31.0),
        ("SUBTOTAL(9,B2:B4)", 56.0),
        ('TEXT(B2*C2,"#,##0")', "500"),
        ('LEFT("ABC",2)&RIGHT("ABC")&MID("ABC",2,1)', "ABCB"),
        ("B4+1", 1.0),
        ("Other!A1*2", 14.0),
        ("'Unit prices'!A1+1", 4.0),
    ],
)
def test_results(formula, expected):
    others = {"Other": {(0, 0): 7.0}, "Unit prices": {(0, 0): 3.0}}
    assert result(formula, **others) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("formula", "shown"),
    [("1/0", "#DIV/0!"), ('"a"+1', "#VALUE!"), ("9^999", "#NUM!"), ("SQRT(-1)", "#NUM!")],
)
def test_errors_are_what_the_cell_shows(formula, shown):
    with pytest.raises(FormulaError, match=shown.replace("?", "\\?")):
        result(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "J10+1",  # itself
        "TODAY()",
        "RAND()",
        "WEBSERVICE(A1)",
        "Price*2",
        "[1]Book!A1",
        "Gone!A1",
        "B2:B3*2",
        "{1,2}",
        "SUM(",
        "1 2",
        "ROUND()",
        "",
        "(" * 500,
        "+" * 1_900,
        "9" * 3_000,
    ],
)
def test_what_is_not_calculated(formula):
    with pytest.raises(NotSimple):
        result(formula)


def test_a_long_chain_and_a_huge_range_end():
    chain = {(row, 0): Formula(f"A{row}+1") for row in range(1, 5_000)} | {(0, 0): 1.0}
    evaluator = Evaluator({"": chain}.__getitem__)
    with pytest.raises(NotSimple):
        evaluator.result("", (4_999, 0))
    ordered = Evaluator({"": chain}.__getitem__)
    assert [ordered.result("", (row, 0)) for row in range(5_000)][-1] == 5_000.0
    wide = {(row, 0): Formula("SUM(A1:Z9999999)") for row in range(2)}
    with pytest.raises(NotSimple):
        Evaluator({"": wide}.__getitem__).result("", (0, 0))


def test_a_workbook_without_results_is_calculated_and_says_so(tmp_path):
    def fill(book):
        sheet = book.active
        sheet.title = "Order"
        rows = (
            ["Item", "Count", "Price", "Total"],
            ["Gasket", 40, 12.5, "=B2*C2"],
            ["Elbow", 16, 31, "=B3*C3"],
            ["All", None, None, "=SUM(D2:D3)"],
            ["Today", None, None, "=TODAY()"],
        )
        for row in rows:
            sheet.append(row)
        for row in (2, 3, 4):
            sheet[f"D{row}"].number_format = '#,##0.00" kr"'

    document = read_document(save_xlsx(tmp_path / "order.xlsx", fill))
    said = "\n".join(texts(document))
    assert "Total: 500.00 kr" in said
    assert "Total: 996.00 kr" in said
    assert "=TODAY()" in said
    assert sorted(english(note) for note in document.notes) == [
        "sheet Order: 1 formulas have no stored result and were not calculated; saved once in "
        "Excel, the file has them",
        "sheet Order: the file holds no results for 3 formulas; they were calculated here",
    ]


def test_shared_formulas_and_stored_results(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><v>3</v></c>'
        '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1*$A$1</f></c>'
        '<c r="C1"><f>A1+1</f><v>99</v></c></row>'
        '<row r="2"><c r="A2"><v>5</v></c><c r="B2"><f t="shared" si="0"/></c>'
        '<c r="C2" t="str"><f>""</f><v></v></c></row>'
    )
    document = read_document(save_raw_xlsx(tmp_path / "a.xlsx", cells))
    assert texts(document) == ["3 | 9 | 99", "5 | 15"]
    assert [note.code for note in document.notes] == ["formulas-calculated"]


@pytest.mark.parametrize(
    ("told", "other", "expected"),
    [
        ('<calcPr fullCalcOnLoad="1"/>', "0", ["3 | 12 | =TODAY()"]),
        ('<calcPr fullCalcOnLoad="1"/>', "7", ["3 | 0 | 7"]),
        ("", "0", ["3 | 0 | 0"]),
    ],
)
def test_zeros_that_stand_for_results(tmp_path, told, other, expected):
    cells = (
        '<row r="1"><c r="A1"><v>3</v></c><c r="B1"><f>A1*4</f><v>0</v></c>'
        f'<c r="C1"><f>TODAY()</f><v>{other}</v></c></row>'
    )
    assert (
        texts(read_document(save_raw_xlsx(tmp_path / "a.xlsx", cells, workbook=told))) == expected
    )

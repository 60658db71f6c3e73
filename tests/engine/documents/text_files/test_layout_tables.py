"""Tables within tables that only lay a page out keep the names of their columns."""

from __future__ import annotations

import time
from email.message import EmailMessage
from pathlib import Path

from document_builders import texts

from engine.documents import read_document

ORDER = (
    "<table><tr><th>Article</th><th>Pieces</th></tr>"
    "<tr><td>Lantern</td><td>3</td></tr><tr><td>Wick</td><td>12</td></tr></table>"
)
WRAPPED = (
    f"<table><tr><td><p>Dear Ms Oduya,</p></td></tr><tr><td><table><tr><td>{ORDER}</td></tr>"
    "</table></td></tr><tr><td>Kind regards</td></tr></table>"
)
EXPECTED = [
    "Dear Ms Oduya,",
    "Article: Lantern | Pieces: 3",
    "Article: Wick | Pieces: 12",
    "Kind regards",
]


def read(tmp_path: Path, html: str) -> list[str]:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{html}</body></html>", encoding="utf-8")
    return texts(read_document(path))


def test_a_table_in_a_table_of_one_column(tmp_path: Path) -> None:
    assert read(tmp_path, WRAPPED) == EXPECTED


def test_a_table_beside_the_links_of_the_page(tmp_path: Path) -> None:
    html = f"<table><tr><td>Home<br>News</td><td><h2>Order</h2>{ORDER}</td></tr></table>"
    assert read(tmp_path, html) == ["Home\nNews", "Order", *EXPECTED[1:3]]


def test_a_table_with_names_of_its_own_stays_one(tmp_path: Path) -> None:
    html = (
        "<table><tr><th>Order</th><th>Contents</th></tr>"
        f"<tr><td>77</td><td>{ORDER}</td></tr></table>"
    )
    found = read(tmp_path, html)
    assert len(found) == 1 and found[0].startswith("Order: 77 | Contents: Article")


def test_mails_that_are_laid_out_with_tables(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Your order"
    mail.set_content(WRAPPED, subtype="html")
    path = tmp_path / "order.eml"
    path.write_bytes(mail.as_bytes())
    assert texts(read_document(path))[1:] == EXPECTED


def test_many_nested_tables_cost_little(tmp_path: Path) -> None:
    started = time.monotonic()
    html = "<table><tr><td>a<td>" * 300 + ORDER + "</table>" * 300
    assert "Lantern" in " ".join(read(tmp_path, html * 20))
    assert time.monotonic() - started < 10

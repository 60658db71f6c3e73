"""Markdown of an answer as drawn: what it may do, and what a hostile document may not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument, QTextTable

from app.models.answer_markdown import marked_markdown
from app.views.rich_text import RichText


@pytest.fixture
def text(qtbot) -> RichText:
    made = RichText()
    qtbot.addWidget(made)
    made.resize(480, 10)
    made.show()
    return made


def drawn(text: RichText, markdown: str, n_passages: int = 9) -> str:
    text.show_markdown(marked_markdown(markdown, (), n_passages))
    return text.toPlainText()


def links(text: RichText) -> list[str]:
    """Return where the text leads."""
    found = []
    for position in range(1, text.document().characterCount()):
        cursor = text.textCursor()
        cursor.setPosition(position)
        if cursor.charFormat().isAnchor():
            found.append(cursor.charFormat().anchorHref())
    return found


def test_lists_headings_and_bold_are_drawn(text: RichText) -> None:
    shown = drawn(text, "## Offices\n\n- **Osaka** [1]\n- Kyoto [2]\n\n1. first\n2. second")
    assert shown.split("\n") == ["Offices", "Osaka \ufffc", "Kyoto \ufffc", "first", "second"]
    assert text.document().findBlockByNumber(1).textList() is not None
    assert links(text) == ["cite:1", "cite:2"]


def test_lines_of_a_composed_answer_stay_lines(text: RichText) -> None:
    assert drawn(text, "Sum: 12\nOf 4 rows").split("\n") == ["Sum: 12", "Of 4 rows"]


def test_a_chip_is_clicked(qtbot, text: RichText) -> None:
    drawn(text, "- Osaka [2]")
    with qtbot.waitSignal(text.chip_clicked) as clicked:
        text.anchorClicked.emit(QUrl("cite:2"))
    assert clicked.args == [2]


def test_selected_chips_are_copied_as_markers(text: RichText) -> None:
    drawn(text, "- Osaka [1]\n- Kyoto [2]")
    text.selectAll()
    assert text.createMimeDataFromSelection().text() == "Osaka [1]\nKyoto [2]"


def test_tables_are_as_wide_as_the_text_and_wrap(text: RichText) -> None:
    drawn(text, f"| Item | Price |\n|---|--:|\n| {'long words ' * 40} | 12 |")
    (table,) = text.document().rootFrame().childFrames()
    assert isinstance(table, QTextTable) and table.columns() == 2
    assert text.document().size().width() <= 480


@pytest.mark.parametrize("width", [240, 480, 1100])
def test_code_and_long_words_do_not_widen_the_text(text: RichText, width: int) -> None:
    text.resize(width, 10)
    drawn(text, "```\n" + "x" * 400 + "\n```\n\n" + "y" * 400)
    assert text.document().size().width() <= width
    assert text.height() >= text.document().size().height()


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("[Reset password](http://evil.example/login)", "Reset password"),
        ("[click](cite:1)", "click"),
        ("<http://evil.example>", "http://evil.example"),
        ("see www.evil.example now", "see www.evil.example now"),
        ("![a picture](http://evil.example/x.png)", "a picture"),
        ("![local](file:///etc/hostname)", "local"),
        ('<img src="http://evil.example/x.png">', '<img src="http://evil.example/x.png">'),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[![x](http://e.example/a.png)](http://e.example)", "x"),
        ("Amount [1](http://evil.example)", "Amount \ufffc(http://evil.example)"),
        ("**[bold](javascript:alert(1))**", "bold"),
    ],
)
def test_nothing_but_citations_leads_anywhere(text: RichText, hostile: str, shown: str) -> None:
    assert drawn(text, hostile).strip() == shown
    assert all(link.startswith("cite:") for link in links(text))
    assert len(links(text)) == shown.count("\ufffc")


def test_a_line_that_begins_with_a_citation_defines_no_link(text: RichText) -> None:
    assert drawn(text, "[1]: http://evil.example") == "\ufffc: http://evil.example"


def test_nothing_is_loaded(text: RichText, tmp_path) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(b"no picture")
    kind = QTextDocument.ResourceType.ImageResource.value
    assert text.document().resource(kind, QUrl.fromLocalFile(str(picture))).isEmpty()


def test_odd_markdown_is_survived(text: RichText) -> None:
    for odd in ("", "```", "|", "|||\n|-|", "#" * 9, "> " * 50, "- " * 80, "*" * 500, "[1]" * 99):
        drawn(text, odd)
        text.refresh_theme()


def test_a_long_answer_is_drawn_at_once(text: RichText) -> None:
    drawn(text, "\n".join(f"- item {n} [{n}]" for n in range(1, 400)), 400)
    assert len(links(text)) == 399

"""The pages are read inside the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QImage, QTextDocument

from app.views.dialogs.manual import ManualDialog, pages, title_of
from engine.paths import docs_dir


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages, one of them in two languages, and a wide picture."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# All pages")
    (docs / "guide.md").write_text("# Guide\n\nSee the [rooms](rooms.md).\n\n![p](wide.png)\n")
    (docs / "guide.ja.md").write_text("# 手引き\n\n本文です。\n")
    (docs / "rooms.md").write_text("# Rooms\n\nOne way. " + "Far down.\n\n" * 90 + "Needle here.")
    picture = QImage(3000, 20, QImage.Format.Format_RGB32)
    picture.fill(0)
    picture.save(str(docs / "wide.png"))
    return docs


@pytest.fixture
def dialog(qtbot, folder: Path) -> ManualDialog:
    """The manual over these pages."""
    made = ManualDialog(folder=folder)
    qtbot.addWidget(made)
    made.show()
    return made


def names(dialog: ManualDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_the_manual_comes_first_and_is_shown(dialog: ManualDialog) -> None:
    assert names(dialog) == ["Guide", "Rooms"]
    assert dialog.browser.page().name == "guide.md"
    assert "See the rooms." in dialog.browser.toPlainText()


def test_a_link_leads_to_its_page_and_back(dialog: ManualDialog, folder: Path) -> None:
    dialog.browser.setSource(QUrl.fromLocalFile(str(folder / "rooms.md")))
    assert dialog.browser.page().name == "rooms.md"
    assert dialog.list.currentItem().text() == "Rooms"
    dialog.back_button.click()
    assert dialog.browser.page().name == "guide.md"
    assert dialog.list.currentItem().text() == "Guide"


@pytest.mark.parametrize("target", ["https://example.org/", "../secret.md", "missing.md"])
def test_a_link_that_leads_elsewhere_is_not_followed(
    dialog: ManualDialog, folder: Path, target: str
) -> None:
    (folder.parent / "secret.md").write_text("# Not a page")
    dialog.browser.setSource(dialog.browser.source().resolved(QUrl(target)))
    assert dialog.browser.page().name == "guide.md"
    assert "See the rooms." in dialog.browser.toPlainText()


def test_a_wide_picture_shrinks_to_the_page(dialog: ManualDialog, folder: Path) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    image = dialog.browser.loadResource(kind, QUrl.fromLocalFile(str(folder / "wide.png")))
    assert image.width() <= max(dialog.browser.viewport().width(), 200)


def test_words_are_found_from_the_top_again(dialog: ManualDialog) -> None:
    dialog.list.setCurrentRow(1)
    dialog.find_edit.setText("needle")
    dialog.find_next()
    first = dialog.browser.textCursor().selectedText()
    dialog.find_next()
    assert first == dialog.browser.textCursor().selectedText() == "Needle"


def test_a_page_is_shown_in_the_language_of_the_interface(qtbot, folder: Path) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("ja"))
    try:
        dialog = ManualDialog(folder=folder)
        qtbot.addWidget(dialog)
        assert "本文です。" in dialog.browser.toPlainText()
        assert names(dialog) == ["手引き", "Rooms"]
        assert dialog.list.currentRow() == 0
    finally:
        QLocale.setDefault(before)


def test_the_programs_own_pages_are_there() -> None:
    found = pages(docs_dir())
    assert found[0].stem == "guide"
    assert all(title_of(page) for page in found)

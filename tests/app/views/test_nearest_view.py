from __future__ import annotations

import pytest

from app.i18n import Words
from app.views.nearest_view import MOST, NearestView
from engine.records import DocumentRef, Location, Passage, RetrievedPassage


def passages(n: int) -> tuple[RetrievedPassage, ...]:
    found = []
    for number in range(1, n + 1):
        document = DocumentRef(number, f"d{number}.txt", f"/d{number}.txt", "", 0.0, "text/plain")
        passage = Passage(number, document, 0, 0, 10, "x" * 10, "", Location("page", number))
        found.append(RetrievedPassage(number, passage, 0.1))
    return tuple(found)


@pytest.fixture
def view(qtbot) -> NearestView:
    made = NearestView(Words())
    qtbot.addWidget(made)
    return made


def test_the_nearest_passages_are_folded_away_until_asked_for(qtbot, view: NearestView) -> None:
    view.show_passages(passages(5))
    assert not view.isHidden() and not view.is_unfolded and view._list.isHidden()
    view.fold.click()
    assert view.is_unfolded and not view._list.isHidden()
    assert view.places == ["d1.txt · Page 1", "d2.txt · Page 2", "d3.txt · Page 3"]
    assert len(view.places) == MOST


def test_a_passage_opens_and_the_user_may_insist(qtbot, view: NearestView) -> None:
    view.show_passages(passages(2))
    view.fold.click()
    second = view._rows.itemAt(1).layout().itemAt(0).widget()
    with qtbot.waitSignal(view.opened) as opened:
        second.click()
    assert opened.args == [2]
    with qtbot.waitSignal(view.insisted):
        view.insist.click()


def test_nothing_is_offered_where_nothing_is_near(view: NearestView) -> None:
    view.show_passages(())
    assert view.isHidden()

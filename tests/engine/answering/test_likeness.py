"""What is decided by likeness, with the real embedding model and with a measure of our own."""

from __future__ import annotations

import pytest
from test_citations import Shelf

from engine.answering.citations import CitationResolver
from engine.answering.likeness import likeness_of
from engine.embedding import Embedder
from engine.errors import ModelMissing
from engine.models import ModelLibrary
from engine.paths import DataPaths

RENT = "* The rent is GBP 4,350 a month.\nThe tenant has paid a deposit of GBP 13,050."


def shared_characters(text: str, others: list[str]) -> list[float]:
    return [len(set(text) & set(other)) / len(set(text) | set(other)) for other in others]


def test_without_a_measure_words_decide() -> None:
    shelf = Shelf(RENT)
    made = CitationResolver(shelf.passages(), shelf, "賃料はいくらですか。")
    assert not made.of_text("賃料は月額4,350ポンドです。")[0].verified


def test_few_claims_of_an_answer_are_compared() -> None:
    asked = []

    def likeness(text: str, others: list[str]) -> list[float]:
        asked.append(text)
        return [0.0] * len(others)

    shelf = Shelf(RENT)
    made = CitationResolver(shelf.passages(), shelf, "賃料はいくらですか。", likeness)
    made.of_text("賃料は月額4,350ポンドです。" * 9)
    assert len(asked) == 4


def test_what_is_less_alike_than_required_is_not_supported() -> None:
    shelf = Shelf(RENT)
    made = CitationResolver(shelf.passages(), shelf, "賃料はいくらですか。", shared_characters)
    assert not made.of_text("賃料は月額4,350ポンドです。")[0].verified


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    paths = DataPaths(tmp_path_factory.mktemp("data"))
    try:
        return Embedder(ModelLibrary(paths).find("multilingual-e5-small", kind="embedding"))
    except ModelMissing:
        pytest.skip("the embedding model is not installed")


@pytest.mark.slow
@pytest.mark.models
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("賃料は月額4,350ポンドです。", True),
        ("賃料は月額13,050ポンドです。", False),
        ("賃料は月額4,450ポンドです。", False),
    ],
)
def test_an_answer_in_another_language_is_from_the_sentence_most_like_it(
    embedder: Embedder, claim: str, expected: bool
) -> None:
    shelf = Shelf(RENT)
    made = CitationResolver(
        shelf.passages(), shelf, "賃料はいくらですか。", likeness_of(lambda: embedder)
    )
    assert made.of_text(claim)[0].verified is expected

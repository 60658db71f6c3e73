from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import BadData, PathMissing
from engine.records import DocumentRef, Location, Passage, RetrievedPassage
from engine.workshop.evaluation.golden import evaluate_golden, read_golden


class FixedSearch:
    """An engine whose search results are written down."""

    def __init__(self, results: dict[str, list[str]]) -> None:
        self.results = results

    def search(self, query: str, collection: str, *, top_k: int, retriever: str):
        assert (collection, top_k, retriever) == ("Documents", 3, "hybrid")
        return tuple(found(n, name) for n, name in enumerate(self.results[query], start=1))


def found(number: int, name: str) -> RetrievedPassage:
    document = DocumentRef(number, name, f"/docs/{name}", name, 0.0, "text/plain")
    passage = Passage(number, document, 0, 0, 1, "x", "", Location("line", 1))
    return RetrievedPassage(number, passage, 1.0)


def test_hits_are_counted_per_language_and_misses_are_named(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(
        '{"lang":"en","question":"a","sources":["docs/one.pdf"]}\n'
        '{"lang":"en","question":"b","sources":["two.pdf","deux.pdf"]}\n'
        '{"lang":"ja","question":"c","sources":["三.pdf"]}\n',
        "utf-8",
    )
    results = {
        "a": ["one.pdf", "x", "y"],
        "b": ["x", "y", "deux.pdf"],
        "c": ["x", "y", "z"],
    }
    scores = evaluate_golden(FixedSearch(results), "Documents", path)  # type: ignore[arg-type]
    assert (scores.n, scores.n_top1, scores.n_top3) == (3, 1, 2)
    assert (scores.languages["en"].n_top1, scores.languages["en"].n_top3) == (1, 2)
    assert scores.languages["ja"].n_top3 == 0
    assert scores.kinds["fact"].n == 3
    (miss,) = scores.misses
    assert (miss.question, miss.expected, miss.found) == (
        "c",
        ("三.pdf",),
        ("/docs/x", "/docs/y", "/docs/z"),
    )


@pytest.mark.parametrize(
    "line",
    [
        '{"lang":"en","question":"a"}',
        '{"lang":"en","question":"a","sources":[]}',
        '{"lang":"en","question":"a","sources":[1]}',
        '{"question":"a","sources":["x"]}',
        '{"lang":"en","question":null,"sources":["x"]}',
        "nonsense",
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(BadData, match="line 1"):
        read_golden(path)


def test_a_missing_or_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        read_golden(tmp_path / "none")
    (tmp_path / "empty").write_text("")
    with pytest.raises(BadData):
        read_golden(tmp_path / "empty")


def test_a_name_that_only_ends_alike_is_no_hit(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text('{"lang":"en","question":"a","sources":["one.pdf","other/x"]}\n', "utf-8")
    engine = FixedSearch({"a": ["twenty-one.pdf", "x", "y"]})
    assert evaluate_golden(engine, "Documents", path).n_top3 == 0  # type: ignore[arg-type]


def test_a_follow_up_is_searched_with_what_it_follows(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(
        '{"lang":"en","kind":"follow-up","question":"And in Leeds?","sources":["x"],'
        '"history":[{"question":"Who sells in York?","answer":"Ann."}]}\n'
        '{"lang":"en","kind":"unanswerable","question":"Who sells in Rome?"}\n',
        "utf-8",
    )
    engine = FixedSearch({"Who sells in Leeds?": ["x"]})
    scores = evaluate_golden(engine, "Documents", path)  # type: ignore[arg-type]
    assert scores.n == 1
    assert scores.kinds["follow-up"].n_top1 == 1

"""Of two versions the one in force comes first, unless the other is meant."""

from __future__ import annotations

import pytest

from engine.records import DocumentRef, Location, Passage, RetrievedPassage
from engine.retrieval.versions import current_first


def found(*documents: tuple[str, str]) -> tuple[RetrievedPassage, ...]:
    names = list(dict.fromkeys(documents))
    refs = {
        pair: DocumentRef(at, pair[0], f"/d/{pair[0]}", pair[1], 0.0, "text/plain")
        for at, pair in enumerate(names)
    }
    return tuple(
        RetrievedPassage(n, Passage(n, refs[pair], n, 0, 1, "x", "", Location("page", 1)), 1.0 / n)
        for n, pair in enumerate(documents, 1)
    )


def names(ranked: tuple[RetrievedPassage, ...]) -> list[str]:
    return [item.passage.document.name for item in ranked]


OLD, NEW, OTHER = ("travel-2023.pdf", ""), ("travel-2025.docx", ""), ("canteen.txt", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, NEW),
        (("旅費規程_2023年版.html", "旅費規程（2023年版・廃止）"), ("旅費規程.html", "旅費規程")),
        (("就業規則_2019年度.pdf", ""), ("就業規則_2024年度版.pdf", "")),
        (("Price list FY2024.xlsx", ""), ("Price list FY2025 final.xlsx", "")),
        (("terms.pdf", "Terms of sale 2021"), ("terms new.pdf", "Terms of sale 2024")),
        (("security policy (old).docx", ""), ("security policy.docx", "")),
        (("旧_通勤手当規程.docx", ""), ("通勤手当規程.docx", "")),
    ],
)
def test_the_version_in_force_comes_first(old, new):
    ranked = found(old, OTHER, new, old)
    assert names(current_first("What is paid per kilometre?", ranked)) == [
        OTHER[0],
        new[0],
        old[0],
        old[0],
    ]


@pytest.mark.parametrize(
    "question",
    [
        "How much was paid under the old rules?",
        "What did the rules of 2023 pay?",
        "What was the rate before it was raised?",
        "以前の規程ではいくらでしたか。",
        "2023年版ではいくらですか。",
        "2025年の規程ではいくらですか。",
    ],
)
def test_who_names_a_version_gets_the_ranking_as_it_is(question):
    ranked = found(OLD, OTHER, NEW)
    assert current_first(question, ranked) == ranked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("minutes-2025-07-03.docx", "minutes-2025-07-17.docx"),
        ("議事録_20250703.docx", "議事録_20250717.docx"),
        ("report_2024-01.pdf", "report_2025-01.pdf"),
        ("travel-2023.pdf", "expenses-2025.pdf"),
        ("2023.pdf", "2025.pdf"),
        ("KF-2023.pdf", "KF-2024-B.pdf"),
    ],
)
def test_what_is_no_version_of_the_other_stays(one, other):
    ranked = found((one, ""), (other, ""))
    assert current_first("What was agreed?", ranked) == ranked


def test_nothing_is_lost_and_the_rest_keeps_its_order():
    ranked = found(OTHER, OLD, NEW, OLD, NEW, OTHER)
    ordered = current_first("How much?", ranked)
    assert names(ordered) == [each[0] for each in (OTHER, NEW, OLD, NEW, OLD, OTHER)]
    assert sorted(item.number for item in ordered) == [1, 2, 3, 4, 5, 6]

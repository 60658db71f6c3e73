"""Which documents are versions of one, which of them holds, and which are only alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.lock import DataFolderLock
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, ParsedDocument
from engine.retrieval.families import Families, date_in

RULES = "Employees take 20 days of leave. Requests go to the office. Nobody works on Sundays."
勤務 = "従業員の休暇は20日とする。申請は総務部に提出する。日曜日は休日とする。"


@pytest.fixture
def catalogue(tmp_path) -> Iterator[Catalogue]:
    paths = DataPaths(tmp_path)
    lock = DataFolderLock(paths, exclusive=True)
    opened = Catalogue(paths, writable=True)
    yield opened
    opened.close()
    lock.release()


def families(catalogue: Catalogue, *documents: tuple[str, str, str]) -> Families:
    """Store documents by file name, title and text."""
    collection = catalogue.collections.create("Documents").id
    for name, title, text in documents:
        place = Location("line", 1)
        catalogue.files.store_document(
            collection,
            Fingerprint(f"/d/{name}", len(text), 0, name.encode()),
            ParsedDocument(title, (Block(text, place),), "text/plain"),
            text,
            [Chunk(0, len(text), text, "", place)],
        )
    return Families(catalogue, collection)


def family(found: Families, name: str) -> list[str]:
    document = next(d for d in found.documents if d.name == name)
    return [version.document.name for version in found.of(document)]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("leave-2021.txt", "leave-2024.txt", RULES),
        ("leave v1.txt", "leave v2.txt", RULES),
        ("leave v9.txt", "leave v10.txt", RULES),
        ("leave-rev-A.txt", "leave-rev-B.txt", RULES),
        ("leave (old).txt", "leave.txt", RULES),
        ("leave draft.txt", "leave final.txt", RULES),
        ("旧_休暇規程.txt", "休暇規程.txt", 勤務),
        ("休暇規程_第1版.txt", "休暇規程_第2版.txt", 勤務),
        ("休暇規程_第九版.txt", "休暇規程_第十二版.txt", 勤務),
        ("休暇規程_令和3年度.txt", "休暇規程_令和6年度.txt", 勤務),
        ("休暇規程.txt", "休暇規程_改定案.txt", 勤務),
    ],
)
def test_versions_are_one_family_and_the_older_one_comes_first(catalogue, old, new, text):
    found = families(catalogue, (new, "", text), (old, "", text), ("menu.txt", "", "Soup. Bread."))
    assert family(found, old) == family(found, new) == [old, new]
    assert family(found, "menu.txt") == ["menu.txt"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("contract-lakeside.txt", "contract-harbour.txt"),
        ("minutes-may.txt", "minutes-june.txt"),
        ("minutes-2025-05-04.txt", "minutes-2025-06-01.txt"),
        ("議事録_20250703.txt", "議事録_20250717.txt"),
        ("invoice-101.txt", "invoice-102.txt"),
        ("契約書_北斗.txt", "契約書_南星.txt"),
    ],
)
def test_siblings_of_one_template_are_no_versions(catalogue, one, other):
    found = families(catalogue, (one, "Contract", RULES), (other, "Contract", RULES))
    assert family(found, one) == [one]


def test_one_name_for_two_different_things_is_no_family(catalogue):
    soup = "Tomato soup with basil. Bread rolls. Apple cake and cream."
    found = families(catalogue, ("notes-2023.txt", "", RULES), ("notes-2024.txt", "", soup))
    assert family(found, "notes-2023.txt") == ["notes-2023.txt"]


def test_titles_that_state_their_edition_make_a_family_of_files_with_other_names(catalogue):
    found = families(
        catalogue,
        ("scan 3.txt", "Leave policy 2021", RULES),
        ("leave policy.txt", "Leave policy 2024", RULES),
    )
    assert family(found, "scan 3.txt") == ["scan 3.txt", "leave policy.txt"]


@pytest.mark.parametrize(
    ("old", "new", "replaced"),
    [
        ("leave-2021.txt", "leave-2024.txt", True),
        ("sales-report-2021.txt", "sales-report-2024.txt", False),
        ("決算報告書_2021.txt", "決算報告書_2024.txt", False),
        ("leave-2021.txt", "leave-2024-draft.txt", False),
        ("休暇規程.txt", "休暇規程_改正案.txt", False),
    ],
)
def test_only_what_is_in_force_takes_the_place_of_another(catalogue, old, new, replaced):
    found = families(catalogue, (old, "", RULES), (new, "", RULES))
    document = next(d for d in found.documents if d.name == old)
    successor = found.successor(document)
    assert (successor is not None and successor.document.name == new) == replaced


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("Printed 3 May 2020. In force from 1 April 2025.", "2025-04-01"),
        ("Valid from: 2024-04-01\nValid until: 2025-03-31", "2024-04-01"),
        ("この規則は、2024年10月1日から施行する。", "2024-10-01"),
        ("施行日：令和6年4月1日", "2024-04-01"),
        ("Made on 18 March 2024 between two parties", "2024-03-18"),
        ("No date at all", ""),
    ],
)
def test_a_document_says_from_when_on_it_holds(head, date):
    assert date_in(head) == date

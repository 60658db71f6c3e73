"""Pages that cannot drift: what has a name is documented, and what a page names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.attention.registry import ATTENTION, PREFILLS
from engine.cli.program import VERBS
from engine.cli.reference import page
from engine.errors import SabunError
from engine.records import SkipReason
from engine.records.notices import NOTICES
from engine.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")
_TO_BE_WRITTEN = {"engine/documents/office/open_text.py"}
"""Files that a page on how to add something tells to write."""

_NAMED_FILE = re.compile(r"`((?:app|engine|kernels|assets|tests|docs|scripts|locks)/[\w./-]+)`")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_reference_is_up_to_date() -> None:
    written = (DOCS / "reference.md").read_text("utf-8")
    assert written == page(), "run: python -m engine.cli.reference docs/reference.md"


def codes(kind: type[SabunError]) -> set[str]:
    below = kind.__subclasses__()
    own = {each.code for each in below if "code" in vars(each)}
    return own.union(*(codes(each) for each in below))


@pytest.mark.parametrize(
    ("what", "names", "where"),
    [
        ("setting", [setting.name for setting in Settings.all()], "reference.md"),
        ("error", sorted(codes(SabunError)), "reference.md"),
        ("notice", sorted(NOTICES), "reference.md"),
        ("skip reason", [str(reason) for reason in SkipReason], "reference.md"),
        ("attention mode", ATTENTION.names, "reference.md"),
        ("attention mode", ATTENTION.names, "guide.md"),
        ("attention mode", ATTENTION.names, "guide.ja.md"),
        ("way to read", PREFILLS.names[1:], "guide.md"),
        ("way to read", PREFILLS.names, "reference.md"),
    ],
)
def test_what_has_a_name_is_documented(what: str, names: list[str], where: str) -> None:
    text = (DOCS / where).read_text("utf-8")
    missing = [
        each for each in names if f"`{each}`" not in text and f"`--prefill {each}`" not in text
    ]
    assert missing == [], f"{what}: not in docs/{where}"


def test_every_event_is_documented() -> None:
    text = (DOCS / "reference.md").read_text("utf-8")
    for file in sorted((ROOT / "engine").rglob("events.py")):
        for event in re.findall(r"^class (\w+)", file.read_text("utf-8"), re.MULTILINE):
            if file.parent.name != "inference":  # steps of one generation, no verb yields them
                assert f"`{event}`" in text, f"{event} of {name(file)}"


def test_every_verb_is_documented() -> None:
    text = (DOCS / "cli.md").read_text("utf-8")
    assert [verb.name for verb in VERBS if f"\n## {verb.name}\n" not in text] == []


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_links_lead_somewhere(file: Path) -> None:
    for page_link, picture in _LINK.findall(file.read_text("utf-8")):
        target = page_link or picture
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (file.parent / target).exists(), f"{name(file)}: {target}"


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_files_that_a_page_names_are_there(file: Path) -> None:
    if file.parent.name == "decisions":
        return  # written on their day, about the tree of that day
    for target in _NAMED_FILE.findall(file.read_text("utf-8")):
        example = "xx" in target or "name" in target.lower() or target in _TO_BE_WRITTEN
        assert example or (ROOT / target).exists(), f"{name(file)}: {target}"


def test_decisions_are_numbered_in_order_and_listed() -> None:
    pages = sorted((DOCS / "decisions").glob("0*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    listed = (DOCS / "decisions" / "index.md").read_text("utf-8")
    dates = []
    for decision in pages:
        title, _, date = decision.read_text("utf-8").split("\n")[:3]
        number, text = re.fullmatch(r"# (\d+)\. (.+)", title).groups()  # type: ignore[union-attr]
        assert f"| {number} | {date} | [{text}]({decision.name}) |" in listed
        dates.append(date)
    assert dates == sorted(dates)


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 130

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents.chunking import MAX_COST, SHORT_COST, TARGET_COST, chunk, cost
from engine.records import Block, Location, ParsedDocument

PAGE = Location("page", 1, 1)


def document(*blocks, title="T"):
    return ParsedDocument(title, tuple(blocks), "text/plain")


locations = st.one_of(
    st.builds(lambda n: Location("page", n, n), st.integers(1, 3)),
    st.builds(lambda n: Location("paragraph", n, n), st.integers(1, 9)),
    st.builds(
        lambda n, c: Location("sheet", n, n, f"S!{c}{n}:D{n}"),
        st.integers(1, 99),
        st.sampled_from("AB"),
    ),
    st.builds(lambda t: Location("section", name=t), st.sampled_from(["", "A", "A > B", "C"])),
    st.builds(lambda t: Location("part", name=t), st.sampled_from(["body", "header"])),
)
pieces = st.text(alphabet=st.sampled_from("ab Z.!?。、契約のア\n\t12😀"), max_size=60)
blocks = st.builds(
    Block,
    text=st.builds(lambda text, n: (text * n)[:6000], pieces, st.sampled_from([1, 2, 30, 200])),
    location=locations,
    heading=st.sampled_from(["", "A", "A > B", "A > C", "C"]),
    joined=st.booleans(),
    atomic=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=12))
def test_offsets_are_exact_and_everything_is_covered_once(found):
    text, chunks = chunk(document(*found))
    end = 0
    covered = []
    for passage in chunks:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert passage.start >= end
        assert not text[end : passage.start].strip()
        assert cost(passage.text) <= MAX_COST + 20
        end = passage.end
        covered.append(passage.text)
    assert not text[end:].strip()
    assert re.sub(r"\s", "", "".join(covered)) == re.sub(r"\s", "", "".join(b.text for b in found))


@settings(max_examples=200, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=12))
def test_passages_stay_within_one_page_sheet_or_part(found):
    _, chunks = chunk(document(*found))
    places = {(b.location.kind, b.location.first) for b in found}
    for passage in chunks:
        if passage.location.kind in ("page", "slide"):
            assert passage.location.first == passage.location.last
            assert (passage.location.kind, passage.location.first) in places


def test_a_long_japanese_paragraph_without_a_space():
    sentence = (
        "本契約に基づく有効期間は契約締結日から起算して満二年間とし双方の合意により延長できる"
    )
    text = (sentence * 200)[:5000]
    full, chunks = chunk(document(Block(text, PAGE)))
    assert full == text
    assert "".join(passage.text for passage in chunks) == text
    assert all(cost(passage.text) <= MAX_COST for passage in chunks)
    assert len(chunks) >= 8


def test_sentences_are_kept_whole():
    english = " ".join(
        f"Sentence number {n} tells one more thing about the contract." for n in range(60)
    )
    _, chunks = chunk(document(Block(english, PAGE)))
    assert len(chunks) > 2
    assert all(
        passage.text.startswith("Sentence") and passage.text.endswith(".") for passage in chunks
    )
    assert all(SHORT_COST < cost(passage.text) <= MAX_COST for passage in chunks)
    japanese = "".join(
        f"第{n}条では契約の当事者が守るべきことを一つずつ定めている。" for n in range(60)
    )
    _, chunks = chunk(document(Block(japanese, PAGE)))
    assert all(passage.text.endswith("。") for passage in chunks)
    assert all(250 < len(passage.text) < 640 for passage in chunks[:-1])


def test_rows_gather_under_one_cell_range():
    rows = [
        Block(
            f"Item: thing {n} | Price: {n}",
            Location("sheet", n, n, f"Prices!A{n}:B{n}"),
            "Prices",
            atomic=True,
        )
        for n in range(2, 10)
    ]
    text, chunks = chunk(document(*rows, title="prices.xlsx"))
    assert [str(passage.location) for passage in chunks] == ["sheet Prices!A2:B9"]
    assert chunks[0].context == "prices.xlsx > Prices"
    assert text.count("\n") == 7
    many = [
        Block(
            "Item: a rather long thing | " * 4,
            Location("sheet", n, n, f"Prices!A{n}:B{n}"),
            "Prices",
            atomic=True,
        )
        for n in range(2, 40)
    ]
    _, chunks = chunk(document(*many))
    assert chunks[0].location.name.startswith("Prices!A2:B")
    assert all(passage.text.endswith("|") for passage in chunks)  # no row was cut


def test_pages_slides_and_sheets_are_never_mixed():
    for kind in ("page", "slide"):
        _, chunks = chunk(
            document(*(Block(f"Short {n}.", Location(kind, n, n)) for n in (1, 2, 3)))
        )
        assert [passage.location.first for passage in chunks] == [1, 2, 3]
    _, chunks = chunk(
        document(
            Block("a", Location("sheet", 1, 1, "One!A1")),
            Block("b", Location("sheet", 1, 1, "Two!A1")),
        )
    )
    assert [passage.location.name for passage in chunks] == ["One!A1", "Two!A1"]


def test_sections_stand_alone_unless_they_are_tiny():
    def section(name, text):
        trail = f"Rules > {name}"
        return [
            Block(name, Location("section", name=trail), trail),
            Block(text, Location("section", name=trail), trail),
        ]

    long = "This clause says a good deal about what the parties owe each other. " * 5
    _, chunks = chunk(document(*section("Term", long), *section("Fees", long), title="Contract"))
    assert [passage.location.name for passage in chunks] == ["Rules > Term", "Rules > Fees"]
    assert [passage.context for passage in chunks] == ["Contract > Rules"] * 2
    assert chunks[0].text.startswith("Term\n")
    _, chunks = chunk(document(*section("Term", "Two years."), *section("Fees", "Five percent.")))
    assert [passage.location.name for passage in chunks] == ["Rules"]


def test_numbered_places_span():
    paragraphs = [
        Block(f"Paragraph {n} is here.", Location("paragraph", n, n), "A") for n in (4, 5, 6)
    ]
    footnote = Block("A note.", Location("paragraph", 6, 6, "footnote"), "A")
    _, chunks = chunk(document(*paragraphs, footnote))
    assert [str(passage.location) for passage in chunks] == ["paragraphs 4-6"]
    lines = [Block("x", Location("line", 1, 3)), Block("y", Location("line", 5, 9))]
    assert str(chunk(document(*lines))[1][0].location) == "lines 1-9"


def test_a_stub_joins_the_passage_before_it():
    body = "One more sentence about the same matter follows here. " * 17
    _, chunks = chunk(document(Block(body.strip(), PAGE), Block("The end.", PAGE)))
    assert len(chunks) == 1
    assert TARGET_COST < cost(chunks[0].text) <= MAX_COST


def test_joined_blocks_have_no_boundary():
    text, _ = chunk(
        document(Block("half a wo", PAGE), Block("rd", Location("page", 2, 2), joined=True))
    )
    assert text == "half a word"


def test_huge_documents_are_cut_in_linear_time():
    text = "あ" * 300_000
    _, chunks = chunk(document(Block(text, PAGE)))
    assert sum(len(passage.text) for passage in chunks) == 300_000

from __future__ import annotations

import pytest
from document_builders import texts, whole_text
from hypothesis import given
from hypothesis import strategies as st

from engine.documents import read_document
from engine.documents.cleaning import chosen_title, clean, one_line, unwrap
from engine.documents.encoding import decode, is_binary
from engine.errors import FileUnreadable

JAPANESE = "有給休暇の申請は、三日前までに所属長へ提出してください。ｶﾅも混ざります。①②㈱"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv", ".log", ".json"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jis_2004", "iso2022_jp_ext"]
)
def test_japanese_text_in_every_encoding(tmp_path, suffix, encoding):
    text = (
        JAPANESE if encoding not in ("iso2022_jp_ext", "euc_jis_2004") else JAPANESE.split("ｶ")[0]
    )
    path = tmp_path / f"memo{suffix}"
    path.write_bytes(text.encode(encoding))
    assert whole_text(read_document(path)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Größe und Qualität prüfen – naïve façade", "cp1252"),
        ("plain ASCII only", "ascii"),
        ("계약 기간은 이 년으로 하며 당사자의 합의로 연장할 수 있다. " * 4, "euc-kr"),
        ("UTF-16 ohne Marke, nur Text und Zahlen 123", "utf-16-le"),
        ("UTF-16 big-endian without a mark", "utf-16-be"),
        ("Договор действует до конца года и продлевается автоматически на тот же срок.", "cp1251"),
    ],
)
def test_other_encodings(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_cut_in_the_middle_of_a_character():
    assert decode((JAPANESE * 3).encode()[:-1]).startswith(JAPANESE * 2)
    assert "所属長" in decode((JAPANESE * 3).encode("cp932")[:-1])


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "utf-8", "hex", "no-such", "iso-2022-jp", "utf-16"]),
)
def test_decoding_never_fails(data, declared):
    assert isinstance(clean(decode(data, declared)), str)
    assert is_binary(data) in (True, False)


@given(st.text(max_size=200))
def test_cleaned_text_can_be_stored(text):
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert "\r" not in cleaned
    assert clean(cleaned) == cleaned


def test_plain_text_paragraphs_have_line_numbers(tmp_path):
    path = tmp_path / "memo.txt"
    path.write_bytes(b"\r\nFirst line\r\nsecond line\r\n\r\n\r\nThird\x00 paragraph\f\n")
    document = read_document(path)
    assert texts(document) == ["First line\nsecond line", "Third paragraph"]
    assert [str(block.location) for block in document.blocks] == ["lines 2-3", "line 6"]
    assert document.title == "memo.txt"


def test_markdown_headings_tables_and_fences(tmp_path):
    path = tmp_path / "guide.md"
    path.write_text(
        "---\ntitle: ignored? no\n---\n# Guide #\nIntro\nmore\n\n## 手順\n\n"
        "| Key | Value |\n|---|:-:|\n"
        "| a \\| b | 1 |\n| c | 2 |\n\n```sh\n# not a heading\n```\n\nOld style\n=========\nEnd\n",
        encoding="utf-8",
    )
    document = read_document(path)
    assert document.title == "ignored? no"
    found = [(block.text, block.heading, str(block.location)) for block in document.blocks]
    assert found == [
        ("Guide", "Guide", "line 4"),
        ("Intro\nmore", "Guide", "lines 5-6"),
        ("手順", "Guide > 手順", "line 8"),
        ("Key: a | b | Value: 1", "Guide > 手順", "line 12"),
        ("Key: c | Value: 2", "Guide > 手順", "line 13"),
        ("```sh\n# not a heading\n```", "Guide > 手順", "lines 15-17"),
        ("Old style", "Old style", "lines 19-20"),
        ("End", "Old style", "line 21"),
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv", ".html", ".eml"])
def test_binary_data_is_no_text(tmp_path, suffix):
    path = tmp_path / f"data{suffix}"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(FileUnreadable) as caught:
        read_document(path)
    assert caught.value.reason == "wrong-type"


def test_small_tools():
    assert unwrap(["techni-", "cal data"]) == "technical data"
    assert unwrap(["Tokyo-", "Osaka"]) == "Tokyo- Osaka"
    assert unwrap(["see https://example.org/", "docs/a"]) == "see https://example.org/docs/a"
    assert one_line(" 改行\n  あり \n and so on ") == "改行あり and so on"
    assert (
        chosen_title("Untitled", "Microsoft Word - a.doc", " 契約\n書 ", name="f.pdf") == "契約書"
    )
    assert chosen_title("", name="f.pdf") == "f.pdf"

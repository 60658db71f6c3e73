from __future__ import annotations

import json
import unicodedata

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


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "us-ascii", "windows-1250"])
def test_utf8_goes_before_a_label_of_single_bytes(label):
    assert decode("Prüfgebühr 64 €".encode(), label) == "Prüfgebühr 64 €"
    assert decode("検査料は64円".encode(), label) == "検査料は64円"
    assert decode("Prüfgebühr".encode("cp1252"), label.replace("50", "52")) == "Prüfgebühr"


def test_json_escapes_are_undone_and_lines_kept(tmp_path):
    path = tmp_path / "export.json"
    said = '検査治具は八月二十日まで\n😀 "7714" C:\\new'
    path.write_text(json.dumps([{"text": said}, {"text": "b"}], indent=1), "ascii")
    document = read_document(path)
    assert '検査治具は八月二十日まで 😀 "7714" C:\\new' in whole_text(document)
    assert document.blocks[0].location.last == len(path.read_text().split("\n"))


def test_runs_of_escapes_in_a_log(tmp_path):
    path = tmp_path / "app.log"
    path.write_text(r'user="\u6797\u3055\u3093" path=C:\users\u6797 regex \\u6797\u3055', "ascii")
    assert whole_text(read_document(path)) == (
        r'user="林さん" path=C:\users\u6797 regex \\u6797\u3055'
    )


def test_xml_references_and_its_declared_encoding(tmp_path):
    path = tmp_path / "items.xml"
    text = (
        '<?xml version="1.0" encoding="{}"?>\n<item name="A &amp; B">&#26908;&#x67FB;&#10;済</item>'
    )
    path.write_bytes(text.format("Shift_JIS").encode("cp932"))
    assert '<item name="A & B">検査 済</item>' in whole_text(read_document(path))
    path.write_bytes(text.replace("済", "ł").format("iso-8859-2").encode("iso-8859-2"))
    assert "検査 ł" in whole_text(read_document(path))


def test_a_name_in_separate_accents_is_a_title_in_whole_letters(tmp_path):
    path = tmp_path / unicodedata.normalize("NFD", "プリンタ設定.txt")
    path.write_text("本文", "utf-8")
    assert read_document(path).title == "プリンタ設定.txt"


def test_lines_of_json(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text('{"text": "\\u6797\\u3055\\u3093"}\n{"text": "b"}\n', "ascii")
    assert '{"text": "林さん"}' in whole_text(read_document(path))


def test_colours_of_a_terminal_are_no_text(tmp_path):
    path = tmp_path / "build.log"
    path.write_text("\x1b[1;31mError\x1b[0m: 検収番号 4410\x1b[K\n", "utf-8")
    assert whole_text(read_document(path)) == "Error: 検収番号 4410"

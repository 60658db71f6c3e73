from __future__ import annotations

import struct
from pathlib import Path

import gguf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import BadModelFile
from engine.formats.gguf import read_gguf


def detail_of(path: Path) -> str:
    with pytest.raises(BadModelFile) as caught:
        read_gguf(path)
    return str(caught.value.data["detail"])


def test_reads_what_the_writer_wrote(tiny_gguf, tmp_path):
    path = tiny_gguf(tmp_path / "a.gguf", n_ctx=256)
    header = read_gguf(path)
    assert (header.version, header.architecture, header.context_length) == (3, "llama", 256)
    assert header.has_chat_template
    assert header.n_tensors == 3 + 2 * 9
    assert header.n_bytes_expected <= path.stat().st_size < header.n_bytes_expected + 64


def test_a_model_without_template_says_so(tiny_gguf, tmp_path):
    assert not read_gguf(tiny_gguf(tmp_path / "a.gguf", template=None)).has_chat_template


@pytest.mark.parametrize("kept", [0, 3, 4, 20, 100, 3000, 0.5, 0.99])
def test_a_truncated_copy_is_refused(tiny_gguf, tmp_path, kept):
    whole = tiny_gguf(tmp_path / "a.gguf").read_bytes()
    n_bytes = int(kept * len(whole)) if isinstance(kept, float) else kept
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(whole[:n_bytes])
    assert detail_of(cut)


def test_the_size_is_named_when_weights_are_missing(tiny_gguf, tmp_path):
    whole = tiny_gguf(tmp_path / "a.gguf").read_bytes()
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(whole[:-100_000])
    assert f"{len(whole) - 100_000:,} bytes" in detail_of(cut)
    assert "not copied completely" in detail_of(cut)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 and much more text than a header", "does not begin like one"),
        (b"GGUF" + struct.pack("<IQQ", 9, 1, 1) + bytes(64), "version 9"),
        (b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1) + bytes(64), "damaged"),
        (b"GGUF" + struct.pack("<IQQ", 3, 1, 1) + struct.pack("<Q", 1 << 62) + bytes(64), "ends"),
    ],
)
def test_other_content_is_refused(tmp_path, content, said):
    path = tmp_path / "x.gguf"
    path.write_bytes(content)
    assert said in detail_of(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    assert detail_of(tmp_path)
    assert detail_of(tmp_path / "nowhere.gguf")


def write_metadata(path: Path, **pairs: object) -> Path:
    writer = gguf.GGUFWriter(path, "llama")
    for key, value in pairs.items():
        name = key.replace("_", ".", 1)
        if isinstance(value, int):
            writer.add_uint16(name, value)
        else:
            writer.add_string(name, str(value))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_parts_adapters_and_vocabularies_are_refused(tmp_path):
    assert "one of 3 parts" in detail_of(write_metadata(tmp_path / "a.gguf", split_count=3))
    assert "no language model" in detail_of(
        write_metadata(tmp_path / "b.gguf", general_type="adapter")
    )
    assert "no weights" in detail_of(write_metadata(tmp_path / "c.gguf"))


def test_an_alignment_that_is_no_number_is_refused(tiny_gguf, tmp_path):
    whole = tiny_gguf(tmp_path / "a.gguf").read_bytes()
    before = struct.pack("<Q", 12) + b"general.name" + struct.pack("<IQ", 8, 4) + b"tiny"
    after = struct.pack("<Q", 17) + b"general.alignment" + struct.pack("<IQ", 8, 4) + b"tiny"
    assert before in whole
    (tmp_path / "b.gguf").write_bytes(whole.replace(before, after))
    assert "damaged" in detail_of(tmp_path / "b.gguf")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 5000), value=st.integers(0, 255))
def test_a_flipped_byte_never_raises_anything_else(tiny_gguf, tmp_path, at, value):
    path = tmp_path / "a.gguf"
    if not path.exists():
        tiny_gguf(path)
    damaged = bytearray(path.read_bytes())
    damaged[at] = value
    (tmp_path / "b.gguf").write_bytes(damaged)
    try:
        read_gguf(tmp_path / "b.gguf")
    except BadModelFile as error:
        assert error.data["detail"]

"""Files damaged at random: the file is to blame, never a reader of ours."""

from __future__ import annotations

import random
import re
import zipfile
import zlib

import pytest
from document_builders import with_members
from test_bad_input import KINDS, good_file

from engine.documents.reading import read_source
from engine.documents.source import Source
from engine.errors import FileUnreadable

N_MUTATIONS = 60
N_PDF_MUTATIONS = 12
"""A page whose text is damaged goes to OCR, which takes half a second."""
_TOKEN = re.compile(rb'"[^"]*"|<[^>]*>|[^<>"]+')
_STRANGE = (
    b"",
    b"-1",
    b"\xef\xbc\x91",
    b"\xc2\xb2",
    b"99999999999999999999",
    b"NaN",
    b"x" * 300,
    b"1e999",
)


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Change some bytes, cut some out, repeat some."""
    broken = bytearray(data)
    for _ in range(rng.randrange(1, 24)):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    if rng.random() < 0.3:
        start = rng.randrange(len(broken))
        del broken[start : start + rng.randrange(1, 200)]
    if rng.random() < 0.3:
        start = rng.randrange(max(len(broken), 1))
        broken[start:start] = broken[start : start + 100]
    return bytes(broken)


def rewritten(xml: bytes, rng: random.Random) -> bytes:
    """Keep the markup mostly well-formed and the values mostly wrong."""
    tokens = _TOKEN.findall(xml)
    for _ in range(rng.randrange(1, 12)):
        place = rng.randrange(len(tokens))
        if tokens[place].startswith(b'"'):
            tokens[place] = b'"' + rng.choice(_STRANGE) + b'"'
        elif not tokens[place].startswith(b"<"):
            tokens[place] = rng.choice(_STRANGE)
        elif rng.random() < 0.2:
            tokens[place] = b""
    return b"".join(tokens)


def faults_of(name: str, data: bytes) -> list[Exception]:
    """Return what of ours failed on a file."""
    reported: list[Exception] = []
    try:
        assert read_source(Source(name, data, name, report=reported.append)).blocks
    except FileUnreadable as error:
        assert (error.reason == "reader-failed") == bool(reported)
    return reported


@pytest.mark.parametrize("kind", KINDS)
def test_changed_bytes_are_damage(kind, tmp_path):
    data = good_file(kind, tmp_path).read_bytes()
    rng = random.Random(20261130)
    for _ in range(N_PDF_MUTATIONS if kind == "pdf" else N_MUTATIONS):
        assert faults_of(f"flipped.{kind}", flipped(data, rng)) == []


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_changed_parts_are_damage(kind, tmp_path):
    path = good_file(kind, tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n.endswith((".xml", ".rels"))}
    rng = random.Random(20261130)
    for _ in range(N_MUTATIONS):
        chosen = rng.sample(sorted(parts), 3)
        changed = {part: rewritten(parts[part], rng) for part in chosen}
        broken = with_members(path, tmp_path / f"changed.{kind}", changed)
        assert faults_of(broken.name, broken.read_bytes()) == []


def test_changed_streams_of_a_pdf_are_damage(tmp_path):
    data = good_file("pdf", tmp_path).read_bytes()
    rng = random.Random(20261130)
    start = data.index(b"stream") + 7
    for _ in range(N_PDF_MUTATIONS):
        broken = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            broken[start + rng.randrange(60)] = rng.randrange(256)
        assert faults_of("streams.pdf", bytes(broken)) == []
    assert zlib.decompress(data[start : data.index(b"endstream", start)].rstrip())

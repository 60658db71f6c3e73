from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from engine.errors import BadData, OfferUnknown
from engine.formats.gguf import read_gguf
from engine.models.embedded import EMBEDDED
from engine.models.library import CHAT_MODEL
from engine.models.offers import USES, catalogue, read_catalogue
from engine.paths import embedded_models_dir

HASH = "0123456789abcdef" * 4


def entry(name: str = "One", /, **changes: str) -> str:
    values = {
        "name": f'"{name}"',
        "file": f'"{name}.gguf"',
        "sha256": f'"{hashlib.sha256(name.encode()).hexdigest()}"',
        "n_bytes": "1_000",
        "licence": '"MIT"',
        "languages": '["en"]',
        "n_parameters": "10",
        "n_block_parameters": "8",
        "context": "512",
        "memory_mib": "1",
        "hub": '"https://hub.example/one.gguf"',
    }
    values |= changes
    return "\n".join(["[[model]]", *(f"{key} = {value}" for key, value in values.items()), ""])


def read(*blocks: str):
    return read_catalogue("# what this is\n\n" + "\n".join(blocks), Path("models.toml"))


def test_the_catalogue_of_the_program_is_without_fault():
    found = catalogue()
    assert found.faults == {}
    assert len(found.offers) >= 3
    for offer in found.offers:
        assert set(offer.good_for) <= set(USES)
        assert offer.n_block_parameters < offer.n_parameters
        assert offer.memory_mib << 20 > offer.n_bytes
        if offer.hub:
            assert offer.hub.endswith(".gguf")
            revision = offer.hub.split("/")[6]
            assert len(revision) == 40, f"{offer.name}: a branch may change"


def test_a_list_of_ones_own_has_the_embedded_model_too(tmp_path, monkeypatch):
    (tmp_path / "ours.toml").write_text(entry("Ours"))
    monkeypatch.setenv("SABUN_MODEL_CATALOGUE", str(tmp_path / "ours.toml"))
    assert [offer.name for offer in catalogue().offers] == [CHAT_MODEL, "Ours"]


def test_the_embedded_model_is_described_as_it_is():
    offer = catalogue().find(CHAT_MODEL)
    (made,) = (model for model in EMBEDDED if model.file == offer.file)
    assert (offer.embedded, offer.sha256) == (True, made.sha256)
    assert (offer.licence, offer.languages) == (made.sidecar.licence, made.sidecar.languages)


@pytest.mark.models
def test_the_embedded_model_has_the_size_and_weights_that_the_catalogue_says():
    offer = catalogue().find(CHAT_MODEL)
    path = embedded_models_dir() / offer.file
    header = read_gguf(path)
    assert path.stat().st_size == offer.n_bytes
    assert header.context_length == offer.context


def test_the_capable_models_have_parts():
    found = catalogue()
    for name, n_parts in (("0.5B", 6), ("1.5B", 22)):
        parts = found.find(f"Qwen2.5-Coder-{name}-Instruct-Q4_K_M").parts
        assert parts is not None
        assert len(parts.packages) == n_parts


@pytest.mark.parametrize(
    ("changes", "key", "detail"),
    [
        ({"sha256": '"' + "0" * 63 + '"'}, "sha256", "64 hexadecimal digits"),
        ({"sha256": '"' + HASH.upper() + '"'}, "sha256", "64 hexadecimal digits"),
        ({"file": '"../one.gguf"'}, "file", "plain file name"),
        ({"file": '"one.bin"'}, "file", "plain file name"),
        ({"n_bytes": "0"}, "n_bytes", "above 0"),
        ({"n_bytes": "1.5"}, "n_bytes", "expected int"),
        ({"context": "true"}, "context", "expected int"),
        ({"languages": '"en"'}, "languages", "languages"),
        ({"languages": "[]"}, "languages", "codes"),
        ({"languages": '["English"]'}, "languages", "codes"),
        ({"good_for": '["everything"]'}, "good_for", "everything"),
        ({"hub": '"http://hub.example/one.gguf"'}, "hub", "https"),
        ({"hub": '""'}, "name", "no source"),
        ({"parts.packages": '["one"]'}, "parts.packages", "name==version"),
        ({"parts.packages": '["-r==1"]'}, "parts.packages", "name==version"),
        ({"parts.packages": '["one==1", "one==1"]'}, "parts.packages", "twice"),
        ({"size": "1"}, "size", "no field size"),
    ],
)
def test_what_is_wrong_is_said_with_entry_and_line_and_the_others_work(changes, key, detail):
    block = entry("Bad", **changes)
    found = read(entry("One"), block, entry("Two"))
    assert [offer.name for offer in found.offers] == ["One", "Two"]
    (fault,) = found.faults.values()
    assert list(found.faults) == ["Bad"]
    assert detail in fault.data["detail"]
    assert str(fault.data["detail"]).startswith("Bad: ")
    whole = "# what this is\n\n" + "\n".join([entry("One"), block]).rstrip()
    line = whole.splitlines()[int(str(fault.data["line"])) - 1]
    assert line.split(" =")[0] == key
    with pytest.raises(BadData):
        found.find("Bad")


def test_a_broken_line_costs_its_entry_only():
    broken = entry("Bad").replace('licence = "MIT"', 'licence = "MIT')
    found = read(entry("One"), broken, entry("Two"))
    assert [offer.name for offer in found.offers] == ["One", "Two"]
    fault = found.faults["Bad"]
    text = ("# what this is\n\n" + "\n".join([entry("One"), broken])).splitlines()
    assert text[int(str(fault.data["line"])) - 1] == 'licence = "MIT'


def test_a_missing_field_and_a_missing_name_are_faults():
    nameless = entry("Bad").replace('name = "Bad"\n', "")
    found = read(nameless, entry("Two").replace('licence = "MIT"\n', ""), entry("One"))
    assert [offer.name for offer in found.offers] == ["One"]
    assert set(found.faults) == {"entry 1", "Two"}
    assert "licence" in str(found.faults["Two"])


@pytest.mark.parametrize("key", ["name", "file", "sha256"])
def test_two_entries_are_two_files(key):
    value = {
        "name": '"One"',
        "file": '"One.gguf"',
        "sha256": f'"{hashlib.sha256(b"One").hexdigest()}"',
    }[key]
    found = read(entry("One"), entry("Other", **{key: value}))
    assert [offer.name for offer in found.offers] == ["One"]
    assert f"its {key} is that of One too" in str(next(iter(found.faults.values())))


def test_an_entry_is_found_by_its_hash_and_a_name_that_is_not_there_is_an_error():
    found = read(entry("One"))
    assert found.of_hash(found.offers[0].sha256) == found.offers[0]
    assert found.of_hash(HASH) is None
    with pytest.raises(OfferUnknown):
        found.find("Two")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(BadData):
        catalogue(tmp_path / "away.toml")
    (tmp_path / "not text.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadData):
        catalogue(tmp_path / "not text.toml")

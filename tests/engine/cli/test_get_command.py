"""``sabun models get``, ``recommended``, ``add`` and ``remove`` as a person runs them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from model_server import Behaviour, serving

from engine.facade import Engine
from engine.models.machine import machine
from engine.models.reading_speed import ReadingSpeed, to_json
from engine.paths import DataPaths

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., subprocess.CompletedProcess[str]]

ENTRY = """
[[model]]
name = "{name}"
file = "{name}.gguf"
sha256 = "{sha256}"
n_bytes = {n_bytes}
licence = "MIT"
languages = ["en", "ja"]
n_parameters = {n_parameters}
n_block_parameters = {n_parameters}
context = 512
memory_mib = 1
"""


@pytest.fixture
def behaviour(tmp_path: Path, tiny_gguf: Callable[..., Path]) -> Behaviour:
    path = tiny_gguf(tmp_path / "served.gguf", seed=31)
    return Behaviour(path.read_bytes() + bytes(1 << 20))


@pytest.fixture
def machine_of(
    tmp_path: Path, behaviour: Behaviour, tiny_gguf: Callable[..., Path]
) -> Iterator[dict[str, str]]:
    """Variables of a machine with a tiny embedded model, a catalogue and a hub."""
    embedded = tmp_path / "embedded"
    embedded.mkdir()
    own = tiny_gguf(embedded / "SmolLM2-135M-Instruct-Q4_1.gguf", seed=30)
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    entries = ENTRY.format(
        name="SmolLM2-135M-Instruct-Q4_1", sha256=digest, n_bytes=1000, n_parameters=1000
    )
    entries += "embedded = true\n"
    entries += ENTRY.format(
        name="One",
        sha256=hashlib.sha256(behaviour.content).hexdigest(),
        n_bytes=len(behaviour.content),
        n_parameters=2000,
    )
    entries += 'ran_here = true\nhub = "https://huggingface.co/one.gguf"\n'
    entries += '\n[[model]]\nname = "Broken"\nsha256 = "12'
    (tmp_path / "models.toml").write_text(entries, "utf-8")
    with serving(behaviour) as address:
        data = DataPaths(tmp_path / "data")
        with contextlib.closing(Engine(data.root)) as engine:
            engine.settings.change(model_hub=address.removesuffix("/some/one.gguf"))
        data.models.mkdir()
        kept = data.models / ".reading-speed.json"
        kept.write_text(to_json(ReadingSpeed(machine(), {"Q4_K": 130e9, "Q5_0": 100e9})), "utf-8")
        yield {
            "SABUN_EMBEDDED_MODELS_DIR": str(embedded),
            "SABUN_MODEL_CATALOGUE": str(tmp_path / "models.toml"),
            "SABUN_DATA_DIR": str(data.root),
            "http_proxy": "",
            "HTTP_PROXY": "",
            "no_proxy": "*",
        }


def test_a_model_is_fetched_used_and_removed(
    sabun: Run, machine_of: dict[str, str], behaviour: Behaviour
) -> None:
    done = sabun("models", "recommended", **machine_of)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("One: the largest that reads a question within 8 s here")
    assert "sabun models get recommended" in done.stdout
    assert "Broken" in done.stderr and "line" in done.stderr, "the fault is said"
    done = sabun("models", "get", "recommended", **machine_of)
    assert done.returncode == 0, done.stderr
    assert "Fetching One (1 MiB)" in done.stderr and done.stdout.startswith("One is here")
    assert behaviour.ranges == [0]
    assert "Chat model: One (automatic)" in sabun("status", **machine_of).stdout
    listed = json.loads(sabun("models", "recommended", "--json", **machine_of).stdout)
    assert listed["recommended"] == "One"
    assert [each["installed"] for each in listed["models"]] == [True, False]
    checks = json.loads(sabun("doctor", "--json", **machine_of).stdout)["checks"]
    found = {check["name"]: check["detail"] for check in checks}
    assert found["chat model in use"] == "One (automatic)"
    assert found["attempts stopped"].startswith("0 ")
    assert found["connections for models"].startswith("1 ")

    again = sabun("models", "get", "recommended", "--if-missing", **machine_of)
    assert again.returncode == 0 and behaviour.ranges == [0], "the network is not asked again"
    assert sabun("settings", "set", "chat_model", "One", **machine_of).returncode == 0
    removed = sabun("models", "remove", "One", **machine_of)
    assert removed.returncode == 0 and removed.stdout.startswith("Removed One")
    assert "SmolLM2-135M-Instruct-Q4_1 answers" in removed.stderr
    status = sabun("status", **machine_of).stdout
    assert "SmolLM2-135M-Instruct-Q4_1 (the chosen One is not here any more)" in status


def test_what_cannot_be_had_is_one_sentence(
    sabun: Run, machine_of: dict[str, str], behaviour: Behaviour
) -> None:
    for arguments, words in (
        (("get", "Nobody"), "has no model"),
        (("get", "Broken"), "models.toml, line"),
        (("remove", "Nobody"), "not installed"),
        (("remove", "SmolLM2-135M-Instruct-Q4_1"), "comes with the program"),
    ):
        done = sabun("models", *arguments, **machine_of)
        assert done.returncode == 1 and words in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) == 1
    behaviour.wrong_byte = 5000
    done = sabun("models", "get", "One", "--json", **machine_of)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "download-damaged"
    assert "One.gguf.wrong" in done.stderr
    assert "Chat model: SmolLM2-135M-Instruct-Q4_1 (automatic)" in (
        sabun("status", **machine_of).stdout
    )


def test_killed_in_the_middle_it_goes_on_from_there(
    sabun: Run, machine_of: dict[str, str], behaviour: Behaviour
) -> None:
    behaviour.pause_s = 0.1
    models = Path(machine_of["SABUN_DATA_DIR"]) / "models"
    process = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "models", "get", "One"],
        env={**os.environ, **machine_of, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    whole = models / ".get-One" / "whole"
    limit = time.monotonic() + 60
    while not (whole.exists() and whole.stat().st_size > 300_000):
        assert time.monotonic() < limit and process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    here = whole.stat().st_size
    assert 300_000 < here < len(behaviour.content)
    behaviour.pause_s = 0.0
    done = sabun("models", "get", "One", **machine_of)
    assert done.returncode == 0, done.stderr
    assert behaviour.ranges == [0, here]
    assert (models / "One.gguf").read_bytes() == behaviour.content
    checked = sabun("models", "verify", **machine_of)
    assert "good  One" in checked.stdout


def test_a_file_and_a_folder_are_added(
    sabun: Run, machine_of: dict[str, str], behaviour: Behaviour, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "downloaded.gguf").write_bytes(behaviour.content)
    (stick / "broken.gguf").write_bytes(b"GGUF")
    done = sabun("models", "add", stick, "--json", **machine_of)
    assert done.returncode == 1
    result = json.loads(done.stdout)
    assert [model["name"] for model in result["models"]] == ["One"]
    assert result["model"]["licence"] == "MIT"
    assert [Path(each["path"]).name for each in result["not_added"]] == ["broken.gguf"]
    forged = tmp_path / "One.gguf"
    forged.write_bytes(behaviour.content + b"x")
    done = sabun("models", "add", forged, "--name", "Forged", **machine_of)
    assert done.returncode == 0 and "Added Forged" in done.stdout
    sabun("models", "remove", "One", **machine_of)
    done = sabun("models", "add", forged, **machine_of)
    assert done.returncode == 1 and "called like One" in done.stderr

"""``sabun adapters train`` and ``sabun eval answers``, as a person runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tiny_models import CHATML, write_tiny_model

from engine.cli.outcome import Outcome
from engine.cli.terminal import Terminal
from engine.paths import DataPaths

Run = Callable[..., subprocess.CompletedProcess[str]]

COLOURS = "red green blue white black grey brown pink".split()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose only model is tiny."""
    folder = tmp_path / "data"
    (folder / "models").mkdir(parents=True)
    write_tiny_model(folder / "models" / "tiny.gguf", n_ctx=8192, template=CHATML)
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """300 questions, so that a twentieth set aside is not nothing."""
    path = tmp_path / "questions.jsonl"
    lines = []
    for n in range(300):
        colour = COLOURS[n % len(COLOURS)]
        near = [f"Number {n} in the {side} street has no colour." for side in ("next", "last")]
        item = {
            "id": f"q{n}",
            "lang": "en",
            "question": f"What colour is house {n}?",
            "answers": [colour],
            "gold": [f"House {n} of the street is painted {colour}. Nobody knows by whom."],
            "distractors": near,
        }
        lines.append(json.dumps(item))
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def command(data: Path, questions: Path) -> list[str]:
    return [
        "adapters", "train", "houses", "--data", f"{questions}:1", "--model", "tiny",
        "--tokens", "9000", "--max-distractors", "1", "--data-dir", str(data),
    ]  # fmt: skip


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    names = ("SABUN_EMBEDDED_MODELS_DIR", "SABUN_EMBEDDED_ADAPTERS_DIR")
    return dict.fromkeys(names, str(tmp_path / "nowhere"))


def test_a_trained_adapter_is_listed_and_evaluated(
    sabun: Run,
    command: list[str],
    data: Path,
    questions: Path,
    nowhere: dict[str, str],
    tmp_path: Path,
) -> None:
    done = sabun(*command, "--rows-per-step", "3", "--json", **nowhere)
    assert done.returncode == 0, done.stderr
    assert "rows: 9,000 of 9,000 tokens made" in done.stderr
    shape = json.loads(done.stdout)
    record = json.loads((Path(shape["run"]) / "record.json").read_text())
    assert record["n_steps"] == -(-record["counts"]["n_rows"] // 3)
    assert shape["adapter"] == str(data / "adapters" / "houses.safetensors")
    assert (Path(shape["run"]) / "curve.png").is_file()
    listed = json.loads(sabun("adapters", "list", "--json", "--data-dir", data, **nowhere).stdout)
    assert [(a["name"], a["variant"], a["fits"]) for a in listed["adapters"]] == [
        ("houses", "difflora", ["tiny"])
    ]
    more = ["more" if word == "houses" else word for word in command]
    done = sabun(*more, "--start-from", "houses", **nowhere)
    assert done.returncode == 0, done.stderr
    report = tmp_path / "report.html"
    done = sabun(
        "eval", "answers", "--data", questions, "--model", "tiny", "--passages", "2",
        "--questions", "1", "--distractors", "0,1", "--no-extracts", "--work", tmp_path / "work",
        "--report", report, "--json", "--data-dir", data, **nowhere,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shape = json.loads(done.stdout)
    assert shape["arms"] == ["baseline", "houses", "more"]
    assert {"group", "measure", "arm", "against", "mean", "low", "high"} <= set(shape["cells"][0])
    assert "<svg" in report.read_text()
    assert "training tokens, seed 0" in report.read_text()  # of houses
    assert "training tokens after those of houses, seed 0" in report.read_text()
    assert json.loads(report.with_suffix(".json").read_text())["cells"] == shape["cells"]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_keeps_what_was_trained_and_the_same_command_goes_on(
    sabun: Run, command: list[str], nowhere: dict[str, str], data: Path
) -> None:
    arguments = [sys.executable, "-m", "engine.cli", *command]
    with subprocess.Popen(
        arguments, env={**os.environ, **nowhere}, stderr=subprocess.PIPE, text=True
    ) as process:
        curve = data / "training" / "houses" / "curve.csv"
        limit = time.monotonic() + 200
        while not curve.is_file() and time.monotonic() < limit:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        error = process.communicate(timeout=100)[1]
    assert process.returncode == 130, error
    assert "The same command goes on from there." in error
    n_before = len(curve.read_text().splitlines()) - 1
    done = sabun(*command, **nowhere)
    assert done.returncode == 0, done.stderr
    steps = [int(line.split(",")[0]) for line in curve.read_text().splitlines()[1:]]
    assert steps == list(range(1, len(steps) + 1)) and len(steps) > n_before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (["--variant", "lora", "--rescale"], "recipe-unusable"),
        (["--first-layer", "99"], "recipe-unusable"),
        (["--positive", "q,x"], "recipe-unusable"),
        (["--device", "cuda"], "recipe-unusable"),
        (["--data", "/nowhere.jsonl"], "path-missing"),
        (["--model", "nobody"], "model-missing"),
    ],
)
def test_what_cannot_be_trained_is_said_in_a_sentence(
    sabun: Run, command: list[str], nowhere: dict[str, str], changes: list[str], code: str
) -> None:
    if "cuda" in changes and torch.cuda.is_available():
        pytest.skip("this machine has a graphics card to train on")
    done = sabun(*command, *changes, "--json", **nowhere)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == code
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
    ],
)
def test_too_little_memory_is_no_fault_of_ours(
    error: Exception, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Outcome(Terminal(as_json=True), DataPaths(tmp_path)) as outcome:
        raise error
    assert outcome.status == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "memory-exhausted"
    assert "fault of our own" not in DataPaths(tmp_path).log.read_text("utf-8")

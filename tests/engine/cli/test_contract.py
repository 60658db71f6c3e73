"""Exit codes, one sentence per failure, exactly one JSON object: what scripts rely on."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.attention.registry import ATTENTION
from engine.catalogue import Catalogue, Fingerprint
from engine.catalogue.lock import DataFolderLock
from engine.facade import Engine
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, Notice, ParsedDocument

Run = Callable[..., subprocess.CompletedProcess[str]]

PASSAGE_KEYS = ["number", "document", "path", "location", "score", "text"]


def failed(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Assert exit 1, one sentence on stderr, nothing answered on stdout."""
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("sabun: ")
    for word in words:
        assert word in lines[0]
    if done.stdout:
        assert set(json.loads(done.stdout)) == {"error"}


def test_version_and_help(sabun: Run) -> None:
    assert sabun("--version").stdout.startswith("sabun ")
    done = sabun("--help")
    assert done.returncode == 0
    for verb in (
        "index",
        "status",
        "search",
        "ask",
        "models",
        "adapters",
        "settings",
        "eval",
        "bench",
        "doctor",
    ):
        assert verb in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("search",),
        ("search", "x", "--retriever", "magic"),
        ("search", "x", "--top-k", "0"),
        ("search", "x", "--top-k", "many"),
        ("ask", "x", "--attention", "imaginary"),
        ("ask", "x", "--prefill", "imaginary"),
        ("ask", "x", "--seed", "one"),
        ("models",),
        ("adapters",),
        ("eval", "retrieval"),
        ("bench", "nothing"),
    ],
)
def test_wrong_usage_exits_2_and_says_how(sabun: Run, arguments: tuple[str, ...]) -> None:
    done = sabun(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage: sabun" in done.stderr
    assert "Traceback" not in done.stderr


def test_search_json_has_exactly_its_keys(sabun: Run, data_dir: Path) -> None:
    done = sabun("search", "paid leave", "--retriever", "lexical", "--json", "--data-dir", data_dir)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert list(result) == ["passages"]
    (passage,) = result["passages"]
    assert list(passage) == PASSAGE_KEYS
    assert passage["number"] == 1
    assert passage["document"] == "leave.txt"
    assert passage["path"] == "/docs/leave.txt"
    assert passage["location"] == "line 1"
    assert passage["text"] == "Employees receive 20 days of paid leave."
    assert isinstance(passage["score"], float)


def test_two_character_japanese_words_are_found(sabun: Run, data_dir: Path) -> None:
    for word in ("契約", "有効期間"):
        done = sabun("search", word, "--retriever", "lexical", "--data-dir", data_dir)
        assert "契約.txt" in done.stdout


def test_the_data_folder_may_come_from_the_environment(sabun: Run, data_dir: Path) -> None:
    done = sabun("search", "leave", "--retriever", "lexical", SABUN_DATA_DIR=str(data_dir))
    assert "leave.txt" in done.stdout
    other = sabun("status", "--data-dir", data_dir, SABUN_DATA_DIR="/nonexistent/elsewhere")
    assert "2 files" in other.stdout


def test_status_json_has_exactly_its_keys(sabun: Run, data_dir: Path) -> None:
    result = json.loads(sabun("status", "--json", "--data-dir", data_dir).stdout)
    assert list(result) == ["files", "skipped", "partly_read", "passages", "seconds"]
    assert result["files"] == {"indexed": 2, "unchanged": 0, "skipped": 0}
    assert result["skipped"] == []
    assert result["partly_read"] == []
    assert result["passages"] == 2
    assert result["seconds"] >= 0


def test_status_names_what_is_missing_of_a_file(sabun: Run, data_dir: Path) -> None:
    notes = tuple(Notice("object-not-read", {"inserted": f"o{n}.bin"}) for n in range(7))
    place = Location("line", 1)
    parsed = ParsedDocument("plan.docx", (Block("text", place),), "text/plain", None, notes)
    file = Fingerprint("/docs/plan.docx", 4, 0, b"plan")
    with contextlib.closing(Catalogue(DataPaths(data_dir), writable=True)) as catalogue:
        collection = catalogue.collections.list()[0].id
        chunks = [Chunk(0, 4, "text", "", place)]
        catalogue.files.store_document(collection, file, parsed, "text", chunks)
    said = sabun("status", "--data-dir", data_dir).stdout
    assert "  in part /docs/plan.docx: embedded object o0.bin: not read; " in said
    assert said.count("embedded object") == 5
    assert "and 2 more" in said
    result = json.loads(sabun("status", "--json", "--data-dir", data_dir).stdout)
    [missing] = result["partly_read"]
    assert missing["path"] == "/docs/plan.docx"
    assert len(missing["missing"]) == 7


def test_status_for_people_names_what_waits(sabun: Run, data_dir: Path) -> None:
    done = sabun("status", "--data-dir", data_dir)
    assert "Documents: 2 files, 2 passages, 0 files skipped" in done.stdout
    assert "2 passages wait for their vectors" in done.stdout


@pytest.mark.parametrize("question", ["", "   ", "\n", "\u3000"])
def test_an_empty_question_is_refused(sabun: Run, data_dir: Path, question: str) -> None:
    failed(sabun("search", question, "--data-dir", data_dir), "empty")
    failed(sabun("ask", question, "--data-dir", data_dir), "empty")


def test_a_missing_collection_is_named(sabun: Run, data_dir: Path, tmp_path: Path) -> None:
    name = "no 'such' %s {x} 📁"
    for verb in ("search", "ask"):
        failed(sabun(verb, "x", "--collection", name, "--data-dir", data_dir), name, "sabun index")
    failed(sabun("status", "--collection", name, "--data-dir", data_dir), name)
    failed(sabun("search", "x", "--data-dir", tmp_path / "new"), "Documents")


def test_a_missing_path_is_named_and_nothing_is_indexed(
    sabun: Run, data_dir: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "not here"
    failed(sabun("index", gone, "--data-dir", data_dir), str(gone), "does not exist")
    failed(sabun("index", tmp_path, gone, "--data-dir", data_dir, "--json"), str(gone))
    result = json.loads(sabun("status", "--json", "--data-dir", data_dir).stdout)
    assert result["files"]["indexed"] == 2


@pytest.mark.parametrize("mode", ["difflora", "diff-v2", "selective", "lora"])
def test_attention_without_an_adapter_is_refused_and_nothing_is_answered(
    sabun: Run, data_dir: Path, tmp_path: Path, tiny_gguf: Callable[..., Path], mode: str
) -> None:
    models = {"SABUN_EMBEDDED_MODELS_DIR": str(tmp_path / "none")}
    DataPaths(data_dir).models.mkdir(exist_ok=True)
    tiny_gguf(DataPaths(data_dir).models / "tiny.gguf", seed=91)
    _choose(data_dir, "tiny")
    for more in (("--attention", mode), ("--compare", mode)):
        done = sabun("ask", "How many days?", *more, "--data-dir", data_dir, **models)
        failed(done, mode, "no adapter", "folder adapters")
        assert done.stdout == ""
    packed = sabun("ask", "x", "--attention", mode, "--json", "--data-dir", data_dir, **models)
    failed(packed, mode)
    assert json.loads(packed.stdout)["error"]["code"] == "adapter-missing"


@pytest.mark.parametrize("arguments", [("--attention", "contrast"), ("--prefill", "delta")])
def test_what_llama_cpp_has_not_is_refused_with_its_kernel(
    sabun: Run, data_dir: Path, tiny_gguf: Callable[..., Path], arguments: tuple[str, ...]
) -> None:
    DataPaths(data_dir).models.mkdir(exist_ok=True)
    tiny_gguf(DataPaths(data_dir).models / "tiny.gguf")
    _choose(data_dir, "tiny")
    done = sabun("ask", "x", *arguments, "--kernel", "llama.cpp", "--data-dir", data_dir)
    failed(done, arguments[1], "llama.cpp itself computes only baseline")


def test_a_comparison_is_only_exported_as_a_page_or_as_data(
    sabun: Run, data_dir: Path, tmp_path: Path
) -> None:
    target = tmp_path / "x.pdf"
    compare = ("ask", "x", "--compare", "contrast", "--data-dir", data_dir)
    failed(sabun(*compare, "--export", target), str(target), ".html")
    assert sabun("ask", "x", "--export", target, "--data-dir", data_dir).returncode == 2


def test_an_adapter_that_no_side_can_use_is_wrong_usage(sabun: Run, data_dir: Path) -> None:
    done = sabun(
        "ask",
        "x",
        "--attention",
        "baseline",
        "--adapter",
        "a",
        "--compare",
        "contrast",
        "--data-dir",
        data_dir,
    )
    assert done.returncode == 2
    assert "--adapter does nothing with baseline and contrast" in done.stderr


def test_a_data_folder_of_an_older_version_is_upgraded_for_a_reader(
    sabun: Run, data_dir: Path
) -> None:
    with sqlite3.connect(DataPaths(data_dir).catalogue) as database:
        for table in ("votes", "table_cells", "table_columns", "tables"):
            database.execute(f"DROP TABLE {table}")
        database.execute("ALTER TABLE files DROP COLUMN readers")
        database.execute("PRAGMA user_version = 1")
    database.close()
    lock = DataFolderLock(DataPaths(data_dir), exclusive=True)
    failed(sabun("status", "--data-dir", data_dir), "Another Sabun")
    lock.release()
    for _ in range(2):
        assert "2 files" in sabun("status", "--data-dir", data_dir).stdout
    assert len(list(DataPaths(data_dir).backups.iterdir())) == 1


def _choose(data_dir: Path, model: str) -> None:
    with contextlib.closing(Engine(data_dir)) as engine:
        engine.settings.change(chat_model=model)


def test_a_missing_model_is_said_and_lexical_search_goes_on(
    sabun: Run, data_dir: Path, tmp_path: Path
) -> None:
    nowhere = {"SABUN_EMBEDDED_MODELS_DIR": str(tmp_path / "none")}
    for retriever in ("hybrid", "dense"):
        done = sabun("search", "leave", "--retriever", retriever, "--data-dir", data_dir, **nowhere)
        failed(done, "multilingual-e5-small", "sabun models add")
    done = sabun("search", "leave", "--retriever", "lexical", "--data-dir", data_dir, **nowhere)
    assert done.returncode == 0
    assert "leave.txt" in done.stdout


def test_a_second_writer_is_refused_and_a_reader_is_not(
    sabun: Run, data_dir: Path, tmp_path: Path
) -> None:
    lock = DataFolderLock(DataPaths(data_dir), exclusive=True)
    try:
        failed(sabun("index", tmp_path, "--data-dir", data_dir), "Another Sabun", "--data-dir")
        done = sabun("search", "leave", "--retriever", "lexical", "--data-dir", data_dir)
        assert done.returncode == 0
    finally:
        lock.release()


def test_a_damaged_catalogue_is_said(sabun: Run, data_dir: Path) -> None:
    DataPaths(data_dir).catalogue.write_bytes(b"not a database" * 1000)
    failed(sabun("status", "--data-dir", data_dir), "damaged")


def test_a_newer_catalogue_is_refused(sabun: Run, data_dir: Path) -> None:
    with sqlite3.connect(DataPaths(data_dir).catalogue) as database:
        database.execute("PRAGMA user_version = 9999")
    database.close()
    failed(sabun("status", "--data-dir", data_dir), "newer Sabun")


def test_a_data_folder_that_is_a_file_is_said(sabun: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    failed(sabun("index", tmp_path, "--data-dir", tmp_path / "file"), "cannot be used")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "shift_jis"])
def test_a_terminal_without_unicode_does_not_crash(
    sabun: Run, data_dir: Path, encoding: str
) -> None:
    done = sabun(
        *("search", "契約 🙂", "--retriever", "lexical", "--json", "--data-dir", data_dir),
        PYTHONIOENCODING=encoding,
        PYTHONUTF8="0",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["passages"][0]["document"] == "契約.txt"


def test_a_reader_that_stops_early_is_no_failure(data_dir: Path) -> None:
    command = (
        'python -m engine.cli search "leave 契約" --retriever lexical --data-dir "$D" | head -c 1'
    )
    import sys

    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("python", sys.executable, 1)],
        capture_output=True,
        text=True,
        env={**os.environ, "D": str(data_dir), "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_an_unexpected_failure_is_one_sentence_and_a_log(data_dir: Path, sabun: Run) -> None:
    # A table that is not there is nothing a user can cause; it stands for a bug of ours.
    with sqlite3.connect(DataPaths(data_dir).catalogue) as database:
        database.execute("ALTER TABLE passages RENAME TO lost")
    database.close()
    done = sabun("search", "leave", "--retriever", "lexical", "--data-dir", data_dir)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_eval_retrieval_json_has_exactly_its_keys(sabun: Run, tmp_path: Path) -> None:
    rows = [
        {
            "id": str(n),
            "lang": language,
            "question": question,
            "answers": ["x"],
            "gold": [gold],
            "distractors": ["Lunch is at noon.", "昼食は正午です。"],
        }
        for n, (language, question, gold) in enumerate(
            [
                ("en", "How many days of leave?", "Employees receive 20 days of leave."),
                ("ja", "契約の有効期間は？", "契約の有効期間は2年です。"),
            ]
        )
    ]
    data = tmp_path / "q.jsonl.gz"
    data.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    done = sabun("eval", "retrieval", data, "--retriever", "lexical", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert list(result) == ["lexical"]
    metrics = ["recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10"]
    assert list(result["lexical"]) == [*metrics, "n", "intervals", "languages"]
    assert result["lexical"]["n"] == 2
    assert result["lexical"]["recall@1"] == 1
    assert list(result["lexical"]["intervals"]) == metrics
    assert set(result["lexical"]["languages"]) == {"en", "ja"}
    limited = sabun("eval", "retrieval", data, "--retriever", "lexical", "--json", "--limit", "1")
    assert json.loads(limited.stdout)["lexical"]["n"] == 1


def test_eval_retrieval_names_a_broken_line(sabun: Run, tmp_path: Path) -> None:
    data = tmp_path / "q.jsonl"
    data.write_text('{"id": 1}\n', "utf-8")
    failed(sabun("eval", "retrieval", data, "--retriever", "lexical"), "line 1")
    failed(sabun("eval", "retrieval", tmp_path / "none.jsonl"), "does not exist")
    failed(sabun("eval", "golden", data), "line 1")


def test_models_list_json(sabun: Run, tmp_path: Path) -> None:
    done = sabun("models", "list", "--json", "--data-dir", tmp_path)
    assert done.returncode == 0
    for model in json.loads(done.stdout)["models"]:
        assert model["kind"] in ("chat", "embedding")
        assert model["bytes"] > 0


def test_adding_what_is_no_model_is_refused(sabun: Run, tmp_path: Path) -> None:
    fake = tmp_path / "fake.gguf"
    fake.write_bytes(b"not a model")
    failed(sabun("models", "add", fake, "--data-dir", tmp_path / "data"), str(fake))
    failed(sabun("models", "add", tmp_path / "none", "--data-dir", tmp_path / "data"), "none")
    assert not list((tmp_path / "data").glob("models/*.gguf"))


def test_doctor_reports_every_area(sabun: Run, data_dir: Path) -> None:
    done = sabun("doctor", "--json", "--data-dir", data_dir)
    result = json.loads(done.stdout)
    assert {c["area"] for c in result["checks"]} == {
        "Program",
        "Data",
        "Models",
        "Devices",
        "Attention",
        "Network",
        "Environment",
    }
    by_name = {c["name"]: c for c in result["checks"]}
    assert by_name["offline guard"]["state"] == "good"
    assert set(ATTENTION.names) <= by_name.keys()
    assert by_name["attempts stopped"]["detail"].startswith("0 ")
    assert by_name["catalogue"]["state"] == "good"
    assert result["ok"] == all(c["state"] != "bad" for c in result["checks"])
    assert done.returncode == (0 if result["ok"] else 1)


def test_doctor_saves_a_report_and_replaces_none(
    sabun: Run, data_dir: Path, tmp_path: Path
) -> None:
    target = tmp_path / "report.zip"
    done = sabun("doctor", "--report", target, "--data-dir", data_dir)
    assert str(target) in done.stderr
    with zipfile.ZipFile(target) as archive:
        assert "checks.json" in archive.namelist()
        checked = json.loads(archive.read("checks.json"))
    assert {"Program", "Data", "Devices"} <= {each["area"] for each in checked}
    failed(sabun("doctor", "--report", target, "--data-dir", data_dir), str(target))

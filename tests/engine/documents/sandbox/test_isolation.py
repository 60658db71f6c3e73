"""The parser process: what happens in it stays in it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from email.message import EmailMessage
from pathlib import Path

import psutil
import pytest
from document_builders import english_pdf, save_docx, texts

from engine.cancel import CancelToken
from engine.documents import limits, read_document
from engine.documents.sandbox.isolation import ParserProcess
from engine.documents.sandbox.wire import packed, unpacked
from engine.errors import Cancelled, FileUnreadable
from engine.log import named
from engine.records import Notice
from engine.version import program_version

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")

# Stands where the real child module is looked up first: its own folder on PYTHONPATH.
SABOTAGE = """
import os, signal, time
from engine.documents import reading
from engine.documents.text_files import plain_text
real = plain_text.read
def read(source):
    if source.data.startswith(b"SEGV"): os.kill(os.getpid(), signal.SIGSEGV)
    if source.data.startswith(b"HANG"): time.sleep(600)
    if source.data.startswith(b"EXIT"): os._exit(3)
    if source.data.startswith(b"MEMORY"): return bytearray(1 << 40)
    if source.data.startswith(b"GROW"): reading.kept = b"x" * (800 * 1024 * 1024)
    if source.data.startswith(b"SLOW"):
        for _ in range(4):
            source.heartbeat(2.0)
            time.sleep(0.6)
    if source.data.startswith(b"BUG"): return source.data.decode().no_such_attribute
    if source.data.startswith(b"KEY"): return {}[source.data.decode()]
    return real(source)
plain = next(each for each in reading.FORMATS if each.read is real)
object.__setattr__(plain, "read", read)
"""


@pytest.fixture
def sabotaged(tmp_path, monkeypatch):
    """Make the parser misbehave on request, as broken native code would."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SABOTAGE)
    monkeypatch.syspath_prepend(str(folder))


def file(tmp_path, text, name="file.txt"):
    path = tmp_path / name
    path.write_text(text)
    return path


def reason_of(parser, path, **kwargs):
    with pytest.raises(FileUnreadable) as caught:
        parser.read(path, **kwargs)
    assert caught.value.data["path"] == str(path)
    return caught.value.reason


def test_same_result_as_in_process(tmp_path):
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(english_pdf([["One page"], ["Two pages"]], password="pw"))
    word = save_docx(
        tmp_path / "b.docx", lambda d: [d.add_heading("Kopf", 1), d.add_paragraph("契約")]
    )
    with ParserProcess() as parser:
        assert parser.read(pdf, "pw") == read_document(pdf, password="pw")
        assert parser.read(word) == read_document(word)
        assert reason_of(parser, pdf) == "encrypted"
        assert reason_of(parser, tmp_path / "gone.txt") == "vanished"
        assert parser.n_starts == 1


def test_results_survive_the_wire(tmp_path):
    document = read_document(file(tmp_path, 'a 😀\n\n契約 "x" \\ \u2028 end'))
    assert unpacked(packed(document)) == document


def test_no_process_is_left_behind(tmp_path):
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with ParserProcess() as parser:
        parser.read(file(tmp_path, "words"))
        child = psutil.Process(parser._child.process.pid)
    assert not child.is_running()
    assert {child.pid for child in psutil.Process().children(recursive=True)} <= before
    parser.close()


def test_the_child_is_light(tmp_path):
    with ParserProcess() as parser:
        parser.read(file(tmp_path, "words"))
        started = time.monotonic()
        parser.read(file(tmp_path, "words"))
        assert time.monotonic() - started < 5
        if sys.platform == "linux":
            loaded = Path(f"/proc/{parser._child.process.pid}/maps").read_text()
            assert not any(name in loaded for name in ("libtorch", "PySide6", "libQt", "faiss"))
        assert parser._child.resident_bytes() < 80 * limits.MIB


@posix
@pytest.mark.usefixtures("sabotaged")
def test_crashes_are_reported_and_the_next_file_is_read(tmp_path):
    with ParserProcess() as parser:
        with pytest.raises(FileUnreadable) as caught:
            parser.read(file(tmp_path, "SEGV"))
        assert caught.value.reason == "crashed"
        assert caught.value.detail == Notice("killed-by-signal", {"signal": int(signal.SIGSEGV)})
        assert texts(parser.read(file(tmp_path, "fine"))) == ["fine"]
        assert reason_of(parser, file(tmp_path, "EXIT")) == "crashed"
        assert texts(parser.read(file(tmp_path, "fine"))) == ["fine"]
        assert parser.n_starts == 3


@pytest.mark.usefixtures("sabotaged")
@pytest.mark.parametrize(
    ("text", "raised", "told"),
    [
        ("BUG", "AttributeError", "AttributeError: no_such_attribute of str"),
        ("KEY to the safe", "KeyError", "KeyError"),
    ],
)
def test_a_bug_of_ours_costs_one_file_and_leaves_a_trace(tmp_path, caplog, text, raised, told):
    with ParserProcess() as parser:
        with pytest.raises(FileUnreadable) as caught:
            parser.read(file(tmp_path, text, "secret.txt"))
        assert caught.value.reason == "reader-failed"
        assert caught.value.detail == Notice(
            "reader-fault", {"error": raised, "version": program_version()}
        )
        assert texts(parser.read(file(tmp_path, "fine"))) == ["fine"]
        assert parser.n_starts == 1
    (record,) = [each for each in caplog.records if each.levelname == "ERROR"]
    said = record.getMessage()
    assert "engine/documents/reading.py" in said
    assert said.rstrip().endswith(told)
    assert named(tmp_path / "secret.txt") in said
    assert "safe" not in said  # the key is text of the document


@pytest.mark.usefixtures("sabotaged")
def test_a_bug_on_an_attachment_leaves_the_mail_searchable(tmp_path, caplog):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Minutes"
    mail.set_content("The minutes.")
    mail.add_attachment(b"BUG", maintype="text", subtype="plain", filename="a.txt")
    path = tmp_path / "minutes.eml"
    path.write_bytes(mail.as_bytes())
    with ParserProcess() as parser:
        document = parser.read(path)
    assert "The minutes." in texts(document)
    (note,) = document.notes
    assert (note.code, note.data["reason"]) == ("attachment-skipped", "reader-failed")
    assert "AttributeError" in caplog.text


@pytest.mark.usefixtures("sabotaged")
def test_timeouts(tmp_path):
    with ParserProcess(file_timeout_s=0.7) as parser:
        parser.read(file(tmp_path, "warm up"))
        started = time.monotonic()
        assert reason_of(parser, file(tmp_path, "HANG")) == "timed-out"
        assert time.monotonic() - started < 5
        assert texts(parser.read(file(tmp_path, "fine"))) == ["fine"]
        # 2.4 s of work, announced step by step, is not a hang.
        assert texts(parser.read(file(tmp_path, "SLOW"))) == ["SLOW"]


@pytest.mark.usefixtures("sabotaged")
def test_memory_errors(tmp_path):
    with ParserProcess() as parser:
        assert reason_of(parser, file(tmp_path, "MEMORY")) == "out-of-memory"
        assert texts(parser.read(file(tmp_path, "fine"))) == ["fine"]
        assert parser.n_starts == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
@pytest.mark.usefixtures("sabotaged")
def test_the_address_space_is_limited(tmp_path):
    with ParserProcess(memory_limit_bytes=512 * limits.MIB) as parser:
        assert reason_of(parser, file(tmp_path, "GROW")) == "out-of-memory"


@pytest.mark.usefixtures("sabotaged")
def test_a_parser_that_grew_is_started_afresh(tmp_path):
    with ParserProcess() as parser:
        parser.read(file(tmp_path, "GROW"))
        parser.read(file(tmp_path, "fine"))
        assert parser.n_starts == 2


@pytest.mark.usefixtures("sabotaged")
def test_cancel_kills_at_once(tmp_path):
    token = CancelToken()
    with ParserProcess() as parser:
        parser.read(file(tmp_path, "warm up"))
        child = parser._child.process
        timer = threading.Timer(0.3, token.cancel)
        timer.start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            parser.read(file(tmp_path, "HANG"), cancel=token)
        assert time.monotonic() - started < 3
        timer.join()
        assert child.poll() is not None
        with pytest.raises(Cancelled):
            parser.read(file(tmp_path, "fine"), cancel=token)
        assert texts(parser.read(file(tmp_path, "fine"))) == ["fine"]


@posix
def test_a_parser_killed_between_files_is_replaced(tmp_path):
    with ParserProcess() as parser:
        parser.read(file(tmp_path, "words"))
        os.kill(parser._child.process.pid, signal.SIGKILL)
        parser._child.process.wait()
        assert texts(parser.read(file(tmp_path, "again"))) == ["again"]


@posix
@pytest.mark.usefixtures("sabotaged")
def test_the_child_dies_with_its_parent(tmp_path):
    import subprocess

    path = file(tmp_path, "HANG")
    program = (
        "import sys, time\nfrom pathlib import Path\n"
        "from engine.documents.sandbox.isolation import ParserProcess\n"
        "parser = ParserProcess()\nparser.read(Path(sys.argv[2]))\n"
        "print(parser._child.process.pid, flush=True)\nparser.read(Path(sys.argv[1]))\n"
    )
    search = os.pathsep.join(entry or "." for entry in sys.path)
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(path), str(file(tmp_path, "ok", "ok.txt"))],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": search},
    )  # fmt: skip
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    child.wait(10)
    assert not child.is_running()

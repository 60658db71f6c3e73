"""Reading files in a process that may be killed: hostile and broken files stop nothing."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import time
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

import psutil

from engine.cancel import CancelToken
from engine.documents import limits
from engine.documents.sandbox.parser_child import DOCUMENT, FAULT, HEARTBEAT, READY, TRACE
from engine.documents.sandbox.wire import notice_of, trace_of, unpacked
from engine.errors import FileUnreadable
from engine.log import named
from engine.records import Notice, ParsedDocument, SkipReason

_LOG = logging.getLogger(__name__)

_POLL_S = 0.05
"""How often a waiting parent looks at its cancel token; answers wake it at once."""


class _Child:
    """One running parser with its two pipes."""

    def __init__(self, memory_limit_bytes: int) -> None:
        child_receives, self.requests = Pipe(duplex=False)
        self.answers, child_sends = Pipe(duplex=False)
        ends = [child_receives.fileno(), child_sends.fileno()]
        command = [sys.executable, "-m", "engine.documents.sandbox.parser_child", *map(str, ends)]
        command += [str(os.getpid()), str(memory_limit_bytes)]
        self.process = _popen(command, ends)
        child_receives.close()
        child_sends.close()
        self.n_files = 0

    def resident_bytes(self) -> int:
        """Return the memory it holds; 0 if it is gone."""
        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self) -> int:
        """End it at once and return its exit status."""
        with contextlib.suppress(OSError):
            self.process.kill()
        status = self.process.wait()
        self.requests.close()
        self.answers.close()
        return status


def _popen(command: list[str], ends: list[int]) -> subprocess.Popen[bytes]:
    """Start the parser so that it inherits its two pipe ends and nothing else."""
    search_path = os.pathsep.join(str(Path(entry or ".").resolve()) for entry in sys.path)
    environment = {**os.environ, "PYTHONPATH": search_path, "OMP_NUM_THREADS": "2"}
    silent = subprocess.DEVNULL
    if sys.platform == "win32":
        for end in ends:
            os.set_handle_inheritable(end, True)
        information = subprocess.STARTUPINFO(lpAttributeList={"handle_list": ends})
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return subprocess.Popen(
            command, env=environment, stdin=silent, stdout=silent, stderr=silent,
            close_fds=True, startupinfo=information, creationflags=flags,
        )  # fmt: skip
    return subprocess.Popen(
        command, env=environment, stdin=silent, stdout=silent, stderr=silent, pass_fds=ends
    )


class ParserProcess:
    """A parser for many files, started when first needed, restarted when it fails.

    Use it from one thread, as a context manager; it leaves no process behind.

    Args:
        memory_limit_bytes: Address space of the parser, where the system can limit it.
        file_timeout_s: Time for any file, before what its size and OCR add.
    """

    def __init__(
        self,
        *,
        memory_limit_bytes: int = limits.MEMORY_LIMIT_BYTES,
        file_timeout_s: float = limits.FILE_TIMEOUT_S,
    ) -> None:
        self._memory_limit_bytes = memory_limit_bytes
        self._file_timeout_s = file_timeout_s
        self._child: _Child | None = None
        self.n_starts = 0

    def __enter__(self) -> ParserProcess:
        """Return itself; the process starts with the first file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process. Safe to call twice; :meth:`read` would start another."""
        self._end()

    def read(
        self, path: Path, password: str | None = None, cancel: CancelToken | None = None
    ) -> ParsedDocument:
        """Read one file.

        Raises:
            FileUnreadable: As :func:`engine.documents.read_document`, or ``timed-out``,
                ``crashed``, ``out-of-memory``; the next file gets a fresh parser.
            Cancelled: The token was set; the parser was killed at once.
        """
        token = cancel or CancelToken()
        token.raise_if_cancelled()
        try:
            return self._read(Path(path), password, token)
        except (EOFError, OSError) as error:
            raise self._crashed(path) from error
        except BaseException as error:
            # Whatever it was busy with must not answer the next question.
            if not (isinstance(error, FileUnreadable) and error.reason != SkipReason.OUT_OF_MEMORY):
                self._end()
            raise

    def _read(self, path: Path, password: str | None, token: CancelToken) -> ParsedDocument:
        child = self._ready_child(token)
        child.requests.send_bytes(json.dumps([str(path), password]).encode())
        deadline = time.monotonic() + self._file_timeout_s + _seconds_for_size(path)
        while True:
            message = self._awaited(child.answers, deadline, token)
            if message is None:
                self._end()
                raise _fault(path, SkipReason.TIMED_OUT, Notice("too-slow"))
            kind, body = message[:1], message[1:]
            if kind == HEARTBEAT:
                granted = min(float(json.loads(body)), limits.OCR_PAGE_TIMEOUT_S)
                deadline = max(deadline, time.monotonic() + granted)
                continue
            if kind == TRACE:
                _LOG.error("The reader of %s failed.\n%s", named(path), trace_of(body))
                continue
            if kind == FAULT:
                reason, *notice = json.loads(body)
                self._recycle_if_large(child)
                raise _fault(path, SkipReason(reason), notice_of(notice))
            if kind == DOCUMENT:
                document = unpacked(body)
                self._recycle_if_large(child)
                return document

    def _ready_child(self, token: CancelToken) -> _Child:
        if self._child is not None and self._child.process.poll() is None:
            return self._child
        self._end()
        self._child = _Child(self._memory_limit_bytes)
        self.n_starts += 1
        deadline = time.monotonic() + limits.START_TIMEOUT_S
        if self._awaited(self._child.answers, deadline, token) != READY:
            raise EOFError("the parser process does not start")
        return self._child

    def _awaited(
        self, answers: Connection[bytes, bytes], deadline: float, token: CancelToken
    ) -> bytes | None:
        """Return the next message, or None at the deadline."""
        while True:
            left = deadline - time.monotonic()
            if answers.poll(max(0.0, min(_POLL_S, left))):
                return answers.recv_bytes()
            token.raise_if_cancelled()
            if left <= 0:
                return None

    def _recycle_if_large(self, child: _Child) -> None:
        child.n_files += 1
        many = child.n_files >= limits.RECYCLE_AFTER_FILES
        if many or child.resident_bytes() > limits.RECYCLE_ABOVE_BYTES:
            self._end()

    def _end(self) -> int:
        child, self._child = self._child, None
        return child.kill() if child is not None else 0

    def _crashed(self, path: Path) -> FileUnreadable:
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.process.wait(1.0)  # its pipe closes just before it is gone
        status = self._end()
        _LOG.error("The reader of %s ended with status %d.", named(path), status)
        notice = Notice("ended-with-status", {"status": status})
        if status < 0:
            notice = Notice("killed-by-signal", {"signal": -status})
        return _fault(path, SkipReason.CRASHED, notice)


def _fault(path: Path, reason: SkipReason, detail: Notice) -> FileUnreadable:
    return FileUnreadable(path=str(path), reason=reason.value, detail=detail)


def _seconds_for_size(path: Path) -> float:
    try:
        return path.stat().st_size / limits.MIB * limits.TIMEOUT_PER_MIB_S
    except OSError:
        return 0.0

"""The parser process: reads one file at a time and answers on a pipe.

Started by :mod:`engine.documents.sandbox.isolation`; imports neither Qt nor torch. It may die on
any file; its parent starts another.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from engine.documents import limits
from engine.documents.reading import read_document
from engine.documents.sandbox.wire import packed
from engine.errors import FileUnreadable
from engine.offline import forbid_network
from engine.records import Notice, SkipReason
from engine.traces import trace

READY, HEARTBEAT, DOCUMENT, FAULT, TRACE = b"R", b"H", b"D", b"F", b"T"
"""First byte of a message to the parent; the rest is JSON."""


def _open_pipe(handle: int, *, writable: bool) -> Any:
    from multiprocessing import connection

    if sys.platform == "win32":
        return connection.PipeConnection(handle, readable=not writable, writable=writable)
    return connection.Connection(handle, readable=not writable, writable=writable)


def _limit_memory(n_bytes: int) -> None:
    """Cap the address space (POSIX) and leave no core files behind."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS refuses RLIMIT_AS
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))


def _die_with_parent(parent: int) -> None:
    """Watch the parent from a thread: a file that never ends must not outlive the program."""

    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(1.0)
        os._exit(1)

    if sys.platform != "win32":
        threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _fault(error: FileUnreadable) -> bytes:
    return FAULT + json.dumps([error.reason, error.detail.code, dict(error.detail.data)]).encode()


def _answer(request: bytes, to_parent: Any) -> bytes:
    path, password = json.loads(request)

    def heartbeat(seconds: float) -> None:
        to_parent.send_bytes(HEARTBEAT + json.dumps(seconds).encode())

    def report(error: BaseException) -> None:
        to_parent.send_bytes(TRACE + json.dumps(trace(error)).encode())

    try:
        document = read_document(Path(path), password=password, heartbeat=heartbeat, report=report)
        return DOCUMENT + packed(document)
    except FileUnreadable as error:
        return _fault(error)
    except MemoryError:
        reason, notice = SkipReason.OUT_OF_MEMORY, Notice("memory-needed")
        return _fault(FileUnreadable(path=path, reason=reason.value, detail=notice))


def main() -> None:
    """Serve requests until the parent closes its end."""
    receive, send, parent, memory_limit = (int(argument) for argument in sys.argv[1:5])
    from_parent = _open_pipe(receive, writable=False)
    to_parent = _open_pipe(send, writable=True)
    _limit_memory(memory_limit or limits.MEMORY_LIMIT_BYTES)
    _die_with_parent(parent)
    forbid_network()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        to_parent.send_bytes(READY)
        while True:
            to_parent.send_bytes(_answer(from_parent.recv_bytes(), to_parent))


if __name__ == "__main__":
    main()

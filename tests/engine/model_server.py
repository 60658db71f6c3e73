"""A web server on this machine that serves one file, well or badly."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from engine.models.offers import Offer, PackageParts


@dataclass
class Behaviour:
    """What the server does with the file; changed while it runs.

    Attributes:
        content: The file.
        drops_after: Bytes after which each answer's connection is cut; None for never.
        n_drops: How many answers are cut.
        statuses: Statuses to answer with before the file is served, in order.
        retry_after: Seconds that such an answer asks to wait.
        wrong_byte: Offset of a byte to serve wrongly.
        length_error: Added to the length that is announced.
        knows_ranges: Whether a range is honoured.
        page: A web page to serve instead.
        chunked: Whether the body comes in chunks, without a length.
        redirects: Times that a request is sent on to another path.
        pause_s: Between blocks of 64 KiB.
        ranges: Offsets that were asked for, in order.
        paths: Request lines' targets, in order.
    """

    content: bytes
    drops_after: int | None = None
    n_drops: int = 10**9
    statuses: list[int] = field(default_factory=list)
    retry_after: int = 0
    wrong_byte: int | None = None
    length_error: int = 0
    knows_ranges: bool = True
    page: str = ""
    chunked: bool = False
    redirects: int = 0
    pause_s: float = 0.0
    ranges: list[int] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behaviour: Behaviour

    def log_message(self, *_arguments: object) -> None:
        pass

    def do_CONNECT(self) -> None:
        self.behaviour.paths.append(self.path)
        self.send_error(403)

    def do_GET(self) -> None:
        b = self.behaviour
        b.paths.append(self.path)
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        b.ranges.append(int(found[1]) if found else -1)
        self.close_connection = True
        if b.statuses:
            self.send_response(b.statuses.pop(0))
            if b.retry_after:
                self.send_header("Retry-After", str(b.retry_after))
            self._end(b"")
        elif b.redirects:
            b.redirects -= 1
            self.send_response(302)
            self.send_header("Location", f"/moved/{b.redirects}.gguf")
            self._end(b"")
        elif b.page:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self._end(b.page.encode())
        else:
            self._serve(int(found[1]) if found and b.knows_ranges else 0, bool(found))

    def _serve(self, offset: int, ranged: bool) -> None:
        b = self.behaviour
        content = bytearray(b.content)
        if b.wrong_byte is not None:
            content[b.wrong_byte] ^= 1
        body = bytes(content[offset:])
        if ranged and b.knows_ranges and offset >= len(content):
            self.send_response(416)
            self._end(b"")
            return
        self.send_response(206 if ranged and b.knows_ranges else 200)
        if ranged and b.knows_ranges:
            self.send_header("Content-Range", f"bytes {offset}-{len(content) - 1}/{len(content)}")
        if b.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(body) + b.length_error))
        self.end_headers()
        drop = b.drops_after if b.n_drops > 0 else None
        with contextlib.suppress(OSError):
            for at in range(0, len(body), 1 << 16):
                block = body[at : at + (1 << 16)]
                if drop is not None and at + len(block) > drop:
                    b.n_drops -= 1
                    self.wfile.write(block[: drop - at])
                    return
                self.wfile.write(self._framed(block))
                time.sleep(b.pause_s)
            if b.chunked:
                self.wfile.write(b"0\r\n\r\n")

    def _framed(self, block: bytes) -> bytes:
        return b"%x\r\n%b\r\n" % (len(block), block) if self.behaviour.chunked else block

    def _end(self, body: bytes) -> None:
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def handler_of(behaviour: Behaviour) -> type[BaseHTTPRequestHandler]:
    """Return what answers requests as the behaviour says."""
    return type("Handler", (_Handler,), {"behaviour": behaviour})


@contextlib.contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """Serve while the block runs; gives the address of the file."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(behaviour))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/some/one.gguf"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def offer_of(content: bytes, hub: str = "", parts: PackageParts | None = None) -> Offer:
    """Return an entry of the catalogue for a file."""
    return Offer(
        name="One",
        file="one-official.gguf",
        sha256=hashlib.sha256(content).hexdigest(),
        n_bytes=len(content),
        licence="MIT",
        languages=("en", "ja"),
        n_parameters=1000,
        n_block_parameters=800,
        context=512,
        memory_mib=1,
        ran_here=True,
        hub=hub,
        parts=parts,
    )

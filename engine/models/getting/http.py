"""One HTTP request for one file, read in small pieces that a cancel interrupts.

``http.client`` cannot go on after a read that timed out, so a stop would have to wait for the
server. This reads the socket itself: short waits, a poll between them, and a limit for silence.
"""

from __future__ import annotations

import base64
import http.client
import io
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from engine.offline import connect_once
from engine.version import program_version

CONNECT_S = 10.0
"""Longest wait for one address to answer a connection."""

SILENCE_S = 30.0
"""Longest wait for the next bytes."""

POLL_S = 0.2
BLOCK = 1 << 18
MAX_HEAD = 1 << 16
MAX_REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Broken(Exception):
    """The connection or the answer broke off; trying again may help. The text says how.

    Attributes:
        wait_s: Seconds after which the server asks to be asked again; 0 if it does not say.
    """

    def __init__(self, text: str, wait_s: float = 0.0) -> None:
        super().__init__(text)
        self.wait_s = wait_s


class Unreachable(Broken):
    """There was no connection at all."""


@dataclass(frozen=True)
class Request:
    """What is asked of a server.

    Attributes:
        url: ``http`` or ``https``.
        offset: First byte that is wanted.
        proxy: Address of a proxy, empty for none.
        purpose: Why, for the network log.
        poll: Called between waits; may raise to stop.
    """

    url: str
    offset: int
    proxy: Callable[[str], str]
    purpose: str
    poll: Callable[[], None]


class Reply:
    """What a server answered.

    Attributes:
        status: HTTP status.
        url: Where it came from, behind all redirects.
        headers: By name, in any case.
    """

    def __init__(self, stream: _Stream, url: str) -> None:
        self._stream = stream
        self.url = url
        self.status, self.headers = stream.read_head()

    @property
    def n_bytes(self) -> int | None:
        """Bytes of the body, None where the server does not say."""
        said = self.headers.get("Content-Length", "")
        return int(said) if said.isdecimal() else None

    @property
    def retry_after_s(self) -> float:
        """Seconds after which the server asks to be asked again; 0 if it does not say."""
        said = self.headers.get("Retry-After", "")
        return float(said) if said.isdecimal() else 0.0

    def blocks(self) -> Iterator[bytes]:
        """Yield the body.

        Raises:
            Broken: It ends too early, or nothing comes any more.
        """
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            yield from self._stream.read_chunks()
            return
        left = self.n_bytes
        while left is None or left > 0:
            block = self._stream.read_some(BLOCK if left is None else min(BLOCK, left))
            if not block:
                if left is None:
                    return
                raise Broken(f"the connection ended {left:,} bytes too early")
            left = None if left is None else left - len(block)
            yield block

    def close(self) -> None:
        """Hang up."""
        self._stream.close()


def ask(request: Request) -> Reply:
    """Send a request and follow redirects.

    Raises:
        Unreachable: There is no connection.
        Broken: The answer broke off, or leads in circles, or from https to http.
    """
    url = request.url
    for _ in range(MAX_REDIRECTS + 1):
        reply = Reply(_send(request, url), url)
        location = reply.headers.get("Location")
        if reply.status not in _REDIRECTS or not location:
            return reply
        reply.close()
        following = urljoin(url, location)
        if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
            raise Broken(f"it leads from https to {following}")
        url = following
    raise Broken("it leads in circles")


def _send(request: Request, url: str) -> _Stream:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable(f"{url} is no web address")
    proxy = request.proxy(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Host": parts.netloc.rpartition("@")[2],
        "User-Agent": f"sabun/{program_version()}",
        "Accept": "*/*",
        "Accept-Encoding": "identity",  # the bytes of the file, and their count
        "Connection": "close",
        "Range": f"bytes={request.offset}-",
    }
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if proxy and parts.scheme == "https":
        stream = _connect(request, proxy)
        stream.tunnel(parts.hostname, port, _authorisation(proxy))
    elif proxy:
        stream = _connect(request, proxy)
        path = url
        headers |= _authorisation(proxy)
    else:
        stream = _Stream(_socket(request, parts.hostname, port), request.poll)
    if parts.scheme == "https":
        stream.encrypt(parts.hostname)
    stream.write(f"GET {path} HTTP/1.1", headers)
    return stream


def _connect(request: Request, proxy: str) -> _Stream:
    parts = urlsplit(proxy)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable(f"the proxy {_without_password(proxy)} is no http address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    stream = _Stream(_socket(request, parts.hostname, port), request.poll)
    if parts.scheme == "https":
        stream.encrypt(parts.hostname)
    return stream


def _without_password(proxy: str) -> str:
    return re.sub(r"//[^@/]*@", "//", proxy)


def _authorisation(proxy: str) -> dict[str, str]:
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Proxy-Authorization": "Basic " + base64.b64encode(known.encode()).decode()}


def _socket(request: Request, host: str, port: int) -> socket.socket:
    request.poll()
    try:
        return connect_once(host, port, request.purpose, timeout_s=CONNECT_S)
    except OSError as error:
        raise Unreachable(f"{host}: {error.strerror or error}") from error


class _Stream:
    """A connection that is read with short waits."""

    def __init__(self, connection: socket.socket, poll: Callable[[], None]) -> None:
        self._connection = connection
        self._poll = poll
        self._ahead = b""

    def close(self) -> None:
        self._connection.close()

    def encrypt(self, host: str) -> None:
        context = ssl.create_default_context()
        try:
            self._connection = context.wrap_socket(self._connection, server_hostname=host)
        except (OSError, ValueError) as error:
            self.close()
            raise Unreachable(f"{host}: {error}") from error

    def tunnel(self, host: str, port: int, headers: dict[str, str]) -> None:
        name = f"[{host}]" if ":" in host else host
        self.write(f"CONNECT {name}:{port} HTTP/1.1", {"Host": f"{name}:{port}", **headers})
        status, _headers = self.read_head()
        if status != 200:
            self.close()
            raise Unreachable(f"the proxy answered {status} {http.client.responses.get(status)}")

    def write(self, line: str, headers: dict[str, str]) -> None:
        text = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        try:
            self._connection.settimeout(SILENCE_S)
            self._connection.sendall(f"{line}\r\n{text}\r\n".encode("latin-1"))
            self._connection.settimeout(POLL_S)
        except OSError as error:
            raise Broken(str(error.strerror or error)) from error

    def read_head(self) -> tuple[int, http.client.HTTPMessage]:
        """Return status and headers of an answer; what follows them is kept."""
        while b"\r\n\r\n" not in self._ahead:
            block = self._receive(BLOCK)
            self._ahead += block
            if not block or len(self._ahead) > MAX_HEAD + BLOCK:
                raise Broken("the answer is no HTTP")
        head, _, self._ahead = self._ahead.partition(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        found = re.match(rb"HTTP/1\.[01] (\d{3})", line)
        if found is None:
            raise Broken("the answer is no HTTP")
        try:
            message = http.client.parse_headers(io.BytesIO(rest + b"\r\n\r\n"))
        except http.client.HTTPException as error:
            raise Broken(f"the answer is no HTTP ({error})") from error
        return int(found[1]), message

    def read_some(self, n_bytes: int) -> bytes:
        """Return at least one byte; none at the end."""
        if not self._ahead:
            return self._receive(n_bytes)
        taken, self._ahead = self._ahead[:n_bytes], self._ahead[n_bytes:]
        return taken

    def read_chunks(self) -> Iterator[bytes]:
        while True:
            size = self._read_line().split(b";")[0].strip()
            try:
                left = int(size, 16)
            except ValueError:
                raise Broken("the answer's chunks are damaged") from None
            if not left:
                return
            while left:
                block = self.read_some(min(left, BLOCK))
                if not block:
                    raise Broken("the connection ended too early")
                left -= len(block)
                yield block
            self._read_line()

    def _read_line(self) -> bytes:
        while b"\n" not in self._ahead:
            block = self._receive(BLOCK)
            if not block or len(self._ahead) > MAX_HEAD + BLOCK:
                raise Broken("the connection ended too early")
            self._ahead += block
        line, _, self._ahead = self._ahead.partition(b"\n")
        return line

    def _receive(self, n_bytes: int) -> bytes:
        waited = 0.0
        while True:
            self._poll()
            try:
                return self._connection.recv(n_bytes)
            except TimeoutError:
                waited += POLL_S
                if waited >= SILENCE_S:
                    raise Broken(f"nothing came for {SILENCE_S:.0f} seconds") from None
            except OSError as error:
                raise Broken(str(error.strerror or error)) from error

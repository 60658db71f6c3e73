"""Fetching over TLS, directly and through a proxy that tunnels: as a real hub is reached."""

from __future__ import annotations

import contextlib
import select
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from model_server import Behaviour, handler_of, offer_of

from engine.errors import SourceUnreachable
from engine.models.events import DownloadRetried, ModelAdded
from engine.models.fetcher import ModelFetcher
from engine.models.getting import hub
from engine.models.getting.reach import Reach
from engine.models.library import ModelLibrary
from engine.paths import DataPaths


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """A certificate of ``localhost`` that nobody else signed, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    what = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    whose = "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = ["openssl", *what.split(), *whose.split(), *files]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def address(behaviour: Behaviour, certificate, monkeypatch) -> Iterator[str]:
    """A TLS server of the model, whose certificate is trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(behaviour))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that hangs up at the handshake is meant
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    for name in ("https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(hub, "FIRST_WAIT_S", 0.01)
    yield f"https://localhost:{server.server_address[1]}/some/one.gguf"
    server.shutdown()
    server.server_close()
    thread.join()


@contextlib.contextmanager
def tunnelling() -> Iterator[tuple[str, list[str]]]:
    """A proxy that opens tunnels; gives its address and the targets it was asked for."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def carry(client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        target = head.split()[1].decode()
        asked.append(target + (" known" if b"Proxy-Authorization: Basic" in head else ""))
        host, _, port = target.rpartition(":")
        with client, socket.create_connection((host, int(port))) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with contextlib.suppress(OSError):
                while True:
                    for ready in select.select([client, server], [], [], 5)[0]:
                        block = ready.recv(1 << 16)
                        if not block:
                            return
                        (server if ready is client else client).sendall(block)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=carry, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        listener.close()


def fetcher_by(tmp_path: Path, reach: Reach) -> ModelFetcher:
    paths = DataPaths(tmp_path / "data")
    return ModelFetcher(paths, ModelLibrary(paths), lambda: reach)


def test_a_model_comes_over_tls_however_slowly(address, behaviour, tmp_path):
    behaviour.pause_s, behaviour.drops_after, behaviour.n_drops = 0.3, 200_000, 1
    offer = offer_of(behaviour.content, address)
    events = []
    for event in fetcher_by(tmp_path, Reach()).get(offer):
        events.append(event)
        if isinstance(event, DownloadRetried):
            behaviour.pause_s = 0.0
    assert isinstance(events[-1], ModelAdded)
    assert behaviour.ranges == [0, 200_000]


def test_a_certificate_that_nobody_trusts_is_refused(address, behaviour, tmp_path, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    with pytest.raises(SourceUnreachable, match="certificate"):
        list(fetcher_by(tmp_path, Reach()).get(offer_of(behaviour.content, address)))
    assert behaviour.ranges == []


def test_a_proxy_tunnels_to_the_hub(address, behaviour, tmp_path):
    with tunnelling() as (proxy, asked):
        reach = Reach(proxy=proxy.replace("//", "//user:secret@"))
        events = list(fetcher_by(tmp_path, reach).get(offer_of(behaviour.content, address)))
    assert isinstance(events[-1], ModelAdded)
    assert asked == [address.split("/")[2] + " known"]

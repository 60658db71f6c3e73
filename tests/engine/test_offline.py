"""The guard is permanent in a process, so each case runs in its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_connection_is_refused_with_a_typed_error_and_logged(tmp_path: Path) -> None:
    log = tmp_path / "network.log"
    code = """
import socket, sys
from pathlib import Path
from engine.errors import NetworkForbidden
from engine.offline import forbid_network, network_attempts
forbid_network(Path(sys.argv[1]))
for address, family in (("192.0.2.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6)):
    try:
        socket.socket(family, socket.SOCK_STREAM).connect((address, 443))
    except NetworkForbidden as error:
        print(error)
try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.2", 53))
except NetworkForbidden as error:
    print(error)
print(len(network_attempts()))
"""
    done = run(code, str(log))
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert len(lines) == 4
    assert lines[0].startswith("A part of the program tried to reach 192.0.2.1:443")
    assert lines[3] == "3"
    assert [line.split("\t")[1:] for line in log.read_text().splitlines()] == [
        ["socket.connect", "192.0.2.1:443"],
        ["socket.connect", "2001:db8::1:443"],
        ["socket.sendto", "192.0.2.2:53"],
    ]


def test_names_are_not_looked_up() -> None:
    code = """
import urllib.request
from engine.errors import NetworkForbidden
from engine.offline import forbid_network
forbid_network()
try:
    urllib.request.urlopen("http://example.invalid/")
except NetworkForbidden as error:
    print(error.data["target"])
"""
    assert run(code).stdout.strip() == "example.invalid"


def test_loopback_and_unix_sockets_work() -> None:
    code = """
import socket
from engine.offline import forbid_network, network_attempts
forbid_network()
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(("localhost", server.getsockname()[1]))
peer, _ = server.accept()
client.sendall(b"hello")
a, b = socket.socketpair()
a.send(b"x")
print(peer.recv(5).decode(), b.recv(1).decode(), len(network_attempts()))
"""
    done = run(code)
    assert done.stdout.strip() == "hello x 0", done.stderr


def test_model_libraries_are_told_to_stay_offline_and_nothing_is_blocked_before() -> None:
    code = """
import os
from engine.offline import forbid_network, network_forbidden
print(network_forbidden())
forbid_network(); forbid_network()
print(network_forbidden(), os.environ["HF_HUB_OFFLINE"], os.environ["TRANSFORMERS_OFFLINE"])
"""
    assert run(code).stdout.split() == ["False", "True", "1", "1"]


_OPENED = """
import socket, sys, threading
from pathlib import Path
from engine.errors import NetworkForbidden
from engine.offline import connect_once, forbid_network, network_attempts
forbid_network(Path(sys.argv[1]))
real = socket.getaddrinfo
"""


def test_one_connection_that_was_asked_for_is_let_through_and_logged(tmp_path: Path) -> None:
    log = tmp_path / "network.log"
    # 192.0.2.1 is an address that nobody has: what is let through times out or finds no way.
    code = (
        _OPENED
        + """
try:
    connect_once("192.0.2.1", 443, "model One", timeout_s=0.2)
except NetworkForbidden:
    print("refused")
except OSError as error:
    print("let through")
def elsewhere():
    try:
        socket.create_connection(("192.0.2.1", 443), 0.2)
    except NetworkForbidden:
        print("other thread refused")
thread = threading.Thread(target=elsewhere); thread.start(); thread.join()
for host in ("192.0.2.1", "192.0.2.9"):
    try:
        socket.create_connection((host, 443), 0.2)
    except NetworkForbidden:
        print("afterwards refused")
print(len(network_attempts()))
"""
    )
    done = run(code, str(log))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "let through",
        "other thread refused",
        "afterwards refused",
        "afterwards refused",
        "3",
    ]
    lines = [line.split("\t")[1:] for line in log.read_text().splitlines()]
    assert lines[0] == ["opened", "192.0.2.1:443", "model One"]
    assert {line[0] for line in lines[1:]} <= {"socket.connect", "socket.getaddrinfo"}


def test_only_the_addresses_of_the_name_are_let_through(tmp_path: Path) -> None:
    code = (
        _OPENED
        + """
def resolved(host, port, *rest, **more):
    if host == "models.example":
        sys.audit("socket.getaddrinfo", host, port, 0, 0, 0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", port))]
    return real(host, port, *rest, **more)
socket.getaddrinfo = resolved
tried = []
class Spy(socket.socket):
    def connect(self, address):
        tried.append(address[0])
        try:
            socket.create_connection(("192.0.2.8", 443), 0.1)
        except NetworkForbidden:
            print("another address refused meanwhile")
        raise ConnectionRefusedError
socket.socket = Spy
try:
    connect_once("models.example", 443, "model One", timeout_s=0.2)
except OSError:
    print(tried)
"""
    )
    done = run(code, str(tmp_path / "network.log"))
    assert done.stdout.splitlines() == ["another address refused meanwhile", "['192.0.2.7']"], (
        done.stderr
    )

"""The process-wide network guard: documents never leave this machine.

An audit hook sees every connection that Python code tries, whichever library tries it,
before a packet is sent. It cannot see native code that opens sockets by itself; of the
libraries in use none does. Loopback and local (Unix) sockets stay open: event loops and
process pools need them.

What a person asked to be fetched, a model and nothing else, goes through :func:`connect_once`:
one connection of one thread to one address, written to the same log.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from engine.errors import NetworkForbidden

LOG = logging.getLogger("sabun.offline")

_LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})
_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_OFFLINE_SWITCHES = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


@dataclass(frozen=True)
class NetworkAttempt:
    """One connection that was stopped.

    Attributes:
        time: Seconds since the epoch.
        event: Audit event, e.g. ``socket.connect``.
        target: Host and port as asked for.
    """

    time: float
    event: str
    target: str


class _Guard:
    """State of the one hook; a hook can never be removed, so it asks ``active``."""

    def __init__(self) -> None:
        self.active = False
        self.installed = False
        self.log_file: Path | None = None
        self.attempts: list[NetworkAttempt] = []
        self.lock = threading.Lock()
        self.opening = threading.local()  # .hosts: what this thread is just now connecting to

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        """Raise on a connection that leaves the machine; called by the interpreter."""
        if not self.active or not event.startswith("socket."):
            return
        if event in _CONNECTS:
            target = arguments[1] if len(arguments) > 1 else None
        elif event in _LOOKUPS:
            target = (arguments[0],)
        else:
            return
        if not _is_local(target) and not self.is_open_to(target):
            self.refuse(event, _label(target))

    def is_open_to(self, target: object) -> bool:
        """Tell whether this thread is just now opening a connection to a target."""
        if not isinstance(target, tuple) or not target:
            return False
        host = target[0].decode("ascii", "replace") if isinstance(target[0], bytes) else target[0]
        return host in getattr(self.opening, "hosts", ())

    def refuse(self, event: str, target: str) -> None:
        """Record the attempt and raise."""
        attempt = NetworkAttempt(time.time(), event, target)
        with self.lock:
            self.attempts.append(attempt)
        LOG.warning("stopped %s to %s", event, target)
        self.write(event, target)
        raise NetworkForbidden(target=target)

    def write(self, *fields: str) -> None:
        """Append a line to the log, if its folder is there."""
        if self.log_file is None or not self.log_file.parent.is_dir():
            return
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        with self.log_file.open("a", encoding="utf-8") as log:
            log.write("\t".join((stamp, *fields)) + "\n")


_GUARD = _Guard()


def forbid_network(log_file: Path | None = None) -> None:
    """Stop every connection from this process to another machine; call once at the start.

    Args:
        log_file: Where stopped attempts are appended, one line each; skipped while its
            folder does not exist. None keeps them in memory only.

    Later calls only change ``log_file``. The switches that keep model libraries from
    trying are set as well, so that they fail early and with their own words.
    """
    os.environ.update(_OFFLINE_SWITCHES)
    with _GUARD.lock:
        if log_file is not None:
            _GUARD.log_file = log_file
        if not _GUARD.installed:
            sys.addaudithook(_GUARD.hook)
            _GUARD.installed = True
        _GUARD.active = True


def network_forbidden() -> bool:
    """Tell whether the guard stands."""
    return _GUARD.active


def network_attempts() -> tuple[NetworkAttempt, ...]:
    """Return what was stopped since the start of this process."""
    with _GUARD.lock:
        return tuple(_GUARD.attempts)


OPENED = "opened"
"""Second field of a line in the log about a connection that was let through."""


def connect_once(host: str, port: int, purpose: str, *, timeout_s: float) -> socket.socket:
    """Return a connection to another machine that a person asked for.

    The guard lets exactly this one through, in this thread, and the log has it. The connection
    itself may be used from then on; a second one needs a second call.

    Args:
        host: Name or address.
        port: TCP port.
        purpose: Why, for the log: ``model NAME``.
        timeout_s: How long to wait for each of the addresses that the name stands for.

    Raises:
        OSError: The name is not known, or nothing answers.
    """
    note_opening(f"{host}:{port}", purpose)
    failure = OSError(f"{host} has no address")
    opening = _GUARD.opening
    opening.hosts = {host}
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _name, address in found:
            opening.hosts = {str(address[0])}
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(timeout_s)
            try:
                connection.connect(address)
            except OSError as error:
                connection.close()
                failure = error
            else:
                return connection
    finally:
        opening.hosts = frozenset()
    raise failure


def note_opening(target: str, purpose: str) -> None:
    """Write to the log that another machine is reached for something a person asked for."""
    LOG.info("opened %s for %s", target, purpose)
    _GUARD.write(OPENED, target, purpose)


def _is_local(target: object) -> bool:
    if target is None or isinstance(target, str | bytes):
        return True  # a connected socket's send; a Unix socket's path
    if not isinstance(target, tuple) or not target:
        return False
    host = target[0]
    if host is None:
        return True
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return isinstance(host, int)  # netlink and other local families use numbers
    if host.lower() in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _label(target: object) -> str:
    if isinstance(target, tuple):
        return ":".join(str(part) for part in target[:2])
    return str(target)

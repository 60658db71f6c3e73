"""``sabun index``: read, store and embed files and folders."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.options import CommonOptions, option, positional
from engine.cli.outcome import INTERRUPTED
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.errors import PathMissing
from engine.events import (
    FileIndexed,
    FileRemoved,
    FileSkipped,
    IndexEvent,
    IndexFinished,
    IndexProgressed,
    ScanFinished,
    SourceOffline,
)
from engine.facade import Engine
from engine.json_shapes import summary_shape
from engine.settings import DEFAULT_COLLECTION
from engine.text.shortening import shortened
from engine.wording.notices import english

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass(frozen=True, kw_only=True)
class IndexOptions(CommonOptions):
    """What ``sabun index`` is asked.

    Attributes:
        paths: Files and folders; none looks again at all sources.
        collection: Name.
        watch: Go on as files change.
        retry_skipped: Read files again that were skipped.
        password: Files whose password is asked for.
    """

    paths: tuple[str, ...] = positional((), metavar="PATH", help="none: look again at all sources")
    collection: str = option(DEFAULT_COLLECTION, metavar="NAME", help="which collection")
    watch: bool = option(False, help="go on as files change, until Ctrl-C")
    retry_skipped: bool = option(False, help="read files again that were skipped")
    password: tuple[str, ...] = option(
        (),
        metavar="FILE",
        help="ask for this file's password (a terminal), or read it from standard input",
    )


def run(options: IndexOptions, terminal: Terminal) -> int:
    """Index once, or until Ctrl-C with ``--watch``."""
    for path in [*options.paths, *options.password]:
        if not Path(path).exists():
            raise PathMissing(path=path)
    # abspath, not resolve: passwords are looked up under the names that the scan finds.
    passwords = {os.path.abspath(n): _ask_password(n) for n in options.password}  # noqa: PTH100
    retry = options.retry_skipped or bool(passwords)
    cancel = CancelToken()
    with Engine(options.data_dir) as engine, interruptible(cancel, "file"):
        if not options.paths:
            engine.library.collection(options.collection)  # says so if it is missing
        events = engine.index(
            options.paths,
            options.collection,
            cancel=cancel,
            retry_skipped=retry,
            passwords=passwords,
        )
        finished = _follow(events, terminal)
        if options.watch and not finished.cancelled:
            _watch(engine, options, terminal, cancel)
            finished = _latest(finished)
    return _report(finished, terminal)


VERB = verb("index", "index files and folders", IndexOptions, run)


def _latest(finished: IndexFinished) -> IndexFinished:
    """A watch is ended by Ctrl-C; that is its normal end, not a cancelled run."""
    return IndexFinished(finished.summary, cancelled=False)


def _ask_password(name: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"Password for {name}: ", stream=sys.stderr)
    return sys.stdin.readline().rstrip("\r\n")


def _follow(events: Iterator[IndexEvent], terminal: Terminal) -> IndexFinished:
    finished: IndexFinished | None = None
    with terminal.progress() as progress:
        task = progress.add_task("scan", total=None, eta="")
        for event in events:
            if isinstance(event, IndexFinished):
                finished = event
            else:
                _show(event, progress, task)
                _log(event, terminal, progress)
    if finished is None:
        raise RuntimeError("indexing ended without its last event")
    return finished


def _show(event: IndexEvent, progress: Progress, task: TaskID) -> None:
    if isinstance(event, ScanFinished):
        progress.update(task, description="read", total=event.n_files)
    elif isinstance(event, IndexProgressed):
        eta = "" if event.eta_s is None else f"about {_duration(event.eta_s)} left"
        name = shortened(Path(event.current).name, 30) if event.current else ""
        progress.update(
            task,
            description=f"{event.stage} {name}".strip(),
            completed=event.n_done,
            total=event.n_total,
            eta=eta,
        )


def _log(event: IndexEvent, terminal: Terminal, progress: Progress) -> None:
    """Write one line per file on stderr: its final state."""
    line = ""
    if isinstance(event, FileIndexed):
        notes = f" ({'; '.join(map(english, event.notes))})" if event.notes else ""
        line = f"indexed {event.path}: {event.n_passages} passages{notes}"
    elif isinstance(event, FileSkipped):
        line = f"skipped {event.file.path}: {event.file.reason} ({english(event.file.detail)})"
    elif isinstance(event, FileRemoved):
        line = f"removed {event.path}: the file is gone"
    elif isinstance(event, SourceOffline):
        line = f"away    {event.path}: its index is kept"
    if line and progress.disable:
        terminal.note(line)
    elif line:
        progress.console.print(line, markup=False)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"


def _report(finished: IndexFinished, terminal: Terminal) -> int:
    summary = finished.summary
    if terminal.as_json:
        terminal.result(summary_shape(summary))
    else:
        terminal.line(
            f"{summary.n_indexed} indexed, {summary.n_unchanged} unchanged, "
            f"{len(summary.skipped)} skipped, {summary.n_removed} removed; "
            f"{summary.n_passages} passages, {summary.duration_s:.1f} s"
        )
        for file in summary.skipped:
            terminal.line(f"  skipped {file.path}: {file.reason} ({english(file.detail)})")
    if finished.cancelled:
        terminal.note("sabun: Stopped. What was finished is kept; index again to go on.")
        return INTERRUPTED
    return 0


def _watch(engine: Engine, options: IndexOptions, terminal: Terminal, cancel: CancelToken) -> None:
    """Rescan when files under the sources change, until cancelled."""
    from watchfiles import watch

    collection = engine.library.collection(options.collection)
    folders = _watchable([s.path for s in engine.library.sources(collection.id) if s.online])
    terminal.note(f"Watching {len(folders)} sources; Ctrl-C ends.")
    # 1.6 s: one rescan for a burst of changes such as an unpacked archive.
    for changes in watch(
        *folders,
        stop_event=_StopEvent(cancel),
        debounce=1600,
        rust_timeout=500,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        if changes and not cancel.cancelled:
            _follow(engine.index((), options.collection, cancel=cancel), terminal)


def _watchable(paths: Sequence[str]) -> list[str]:
    return [path for path in paths if Path(path).exists()]


class _StopEvent:
    """The event that ``watchfiles`` polls, answered by the cancel token."""

    def __init__(self, cancel: CancelToken) -> None:
        self._cancel = cancel

    def is_set(self) -> bool:
        """Whether to stop watching."""
        return self._cancel.cancelled

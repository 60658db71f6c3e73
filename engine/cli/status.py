"""``sabun status``: what is indexed, what is not, and why."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine.cli.options import CommonOptions, option
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.errors import ModelMissing
from engine.facade import Engine
from engine.json_shapes import status_shape
from engine.records import Collection, PartlyReadFile, SkippedFile
from engine.wording.notices import english

_MOST_NOTES = 5
"""Of one file, in a line; ``--json`` has all."""


@dataclass(frozen=True, kw_only=True)
class StatusOptions(CommonOptions):
    """What ``sabun status`` is asked.

    Attributes:
        collection: Name; None for all.
    """

    collection: str | None = option(None, metavar="NAME", help="only this one (default: all)")


def run(options: StatusOptions, terminal: Terminal) -> int:
    """Print the state of one collection or of all."""
    started = time.monotonic()
    with Engine(options.data_dir, writable=False) as engine:
        if options.collection is None:
            collections = engine.library.collections()
        else:
            collections = (engine.library.collection(options.collection),)
        skipped = {c.name: engine.library.skipped_files(c.id) for c in collections}
        partly = {c.name: engine.library.partly_read_files(c.id) for c in collections}
        sources = {c.name: engine.library.sources(c.id) for c in collections}
        settings = engine.settings.current
        chat_model = _chat_model(engine)
    seconds = time.monotonic() - started
    if terminal.as_json:
        files = [file for group in skipped.values() for file in group]
        incomplete = [file for group in partly.values() for file in group]
        terminal.result(status_shape(collections, files, incomplete, seconds))
        return 0
    if not collections:
        terminal.line("Nothing is indexed yet. Begin with: sabun index PATH")
    for collection in collections:
        _print_collection(collection, skipped[collection.name], terminal)
        _print_partly_read(partly[collection.name], terminal)
        for source in sources[collection.name]:
            away = "" if source.online else "  (away; its index is kept)"
            terminal.line(f"  source  {source.path}{away}")
    terminal.line(f"Embedding model: {settings.embedding_model}")
    terminal.line(f"Chat model: {chat_model}")
    return 0


def _chat_model(engine: Engine) -> str:
    """Return which chat model is in use, and why that one."""
    chosen = engine.settings.current.chat_model
    try:
        used = engine.loaded.chat_model_file().name
    except ModelMissing as error:
        return str(error)
    if not chosen:
        return f"{used} (automatic)"
    return used if used == chosen else f"{used} (the chosen {chosen} is not here any more)"


VERB = verb("status", "counts, skipped files, versions", StatusOptions, run)


def _print_collection(
    collection: Collection, skipped: tuple[SkippedFile, ...], terminal: Terminal
) -> None:
    terminal.line(
        f"{collection.name}: {collection.n_documents} files, {collection.n_passages} passages, "
        f"{len(skipped)} files skipped"
    )
    if collection.n_pending:
        terminal.line(f"  {collection.n_pending} passages wait for their vectors")
    for file in skipped:
        terminal.line(f"  skipped {file.path}: {file.reason} ({english(file.detail)})")


def _print_partly_read(files: tuple[PartlyReadFile, ...], terminal: Terminal) -> None:
    for file in files:
        said = [english(note) for note in file.notes[:_MOST_NOTES]]
        if len(file.notes) > _MOST_NOTES:
            said.append(f"and {len(file.notes) - _MOST_NOTES} more")
        terminal.line(f"  in part {file.path}: {'; '.join(said)}")

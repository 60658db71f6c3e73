"""``sabun search``: ranked passages."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cli.numbers import positive
from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.facade import Engine
from engine.json_shapes import passage_shape
from engine.records import RetrievedPassage, Retriever
from engine.settings import DEFAULT_COLLECTION
from engine.text.shortening import shortened


@dataclass(frozen=True, kw_only=True)
class SearchOptions(CommonOptions):
    """What ``sabun search`` is asked.

    Attributes:
        query: Words or a question.
        collection: Name.
        top_k: Passages to list.
        retriever: Way to find them.
    """

    query: str = positional(
        help='words; file: folder: type: after: before: and "exact words" narrow it'
    )
    collection: str = option(DEFAULT_COLLECTION, metavar="NAME", help="which collection")
    top_k: int = option(10, parse=positive, metavar="N", help="passages to list")
    retriever: Retriever = option("hybrid", help="by words, by meaning (dense), or both")


def run(options: SearchOptions, terminal: Terminal) -> int:
    """Search and print."""
    with Engine(options.data_dir, writable=False) as engine:
        found = engine.search(
            options.query,
            options.collection,
            top_k=options.top_k,
            retriever=options.retriever,
        )
    if terminal.as_json:
        terminal.result({"passages": [passage_shape(passage) for passage in found]})
    else:
        print_passages(found, terminal)
        if not found:
            terminal.line("Nothing was found.")
    return 0


VERB = verb("search", "list the passages that fit best", SearchOptions, run)


def print_passages(found: tuple[RetrievedPassage, ...], terminal: Terminal) -> None:
    """Print passages for people: number, place, beginning of the text."""
    for item in found:
        passage = item.passage
        also = "".join(f"; also in {twin.document.name}" for twin in item.also_in)
        terminal.line(f"[{item.number}] {passage.document.name}, {passage.location}{also}")
        terminal.line(f"    {shortened(passage.text, 200)}")

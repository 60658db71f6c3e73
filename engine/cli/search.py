"""``sabun search``: ranked passages."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from engine.cli.numbers import positive
from engine.cli.terminal import Terminal, shortened
from engine.facade import Engine
from engine.json_shapes import passage_shape
from engine.settings import DEFAULT_COLLECTION

if TYPE_CHECKING:
    from engine.records import RetrievedPassage

RETRIEVERS = ("hybrid", "dense", "lexical")


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("search", parents=[common], help="list the passages that fit best")
    parser.add_argument("query", help="words or a question; file:NAME narrows it to some files")
    parser.add_argument("--collection", default=DEFAULT_COLLECTION, metavar="NAME")
    parser.add_argument("--top-k", type=positive, default=10, metavar="N")
    parser.add_argument("--retriever", choices=RETRIEVERS, default="hybrid")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Search and print."""
    with Engine(arguments.data_dir, writable=False) as engine:
        found = engine.search(
            arguments.query,
            arguments.collection,
            top_k=arguments.top_k,
            retriever=arguments.retriever,
        )
    if terminal.as_json:
        terminal.result({"passages": [passage_shape(passage) for passage in found]})
    else:
        print_passages(found, terminal)
        if not found:
            terminal.line("Nothing was found.")
    return 0


def print_passages(found: tuple[RetrievedPassage, ...], terminal: Terminal) -> None:
    """Print passages for people: number, place, beginning of the text."""
    for item in found:
        passage = item.passage
        also = "".join(f"; also in {twin.document.name}" for twin in item.also_in)
        terminal.line(f"[{item.number}] {passage.document.name}, {passage.location}{also}")
        terminal.line(f"    {shortened(passage.text, 200)}")

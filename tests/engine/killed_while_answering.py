"""Answers a question once per moment, each time in a process of its own that ends there.

Run as ``python killed_while_answering.py FOLDER... `` with one copy of a data folder per
moment of :data:`MOMENTS`; ``--replace`` regenerates the stored answer instead of asking a first
question. The engine is the real one with a tiny chat model; only the embedder needs none.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from bag_of_words import BagOfWords

from engine.facade import Engine
from engine.inference.chat_model import ChatModel  # loads llama.cpp once, before the processes
from engine.records import AskRequest, AttentionChoice

__all__ = ["ChatModel"]

QUESTION = "How many days of paid leave does every employee have?"
COLLECTION = "Documents"
N_STATEMENTS = 6
"""Of the transaction that keeps an answer, at least; the last one commits."""

MOMENTS: tuple[tuple[str, int], ...] = (
    ("PassagesRetrieved", 1),
    ("ExtractsFound", 1),
    ("PromptPrefilled", 1),
    ("TokensGenerated", 1),
    ("TokensGenerated", 3),
    *(("statement", number) for number in range(1, N_STATEMENTS + 1)),
    ("AnswerFinished", 1),
)
"""The event after which, or the statement of the transaction before which, the process ends."""


def end() -> None:
    """End as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def open_engine(folder: Path) -> Engine:
    """Open a data folder with an embedder that needs no model."""
    engine = Engine(folder)
    engine.loaded.embedder = BagOfWords  # type: ignore[method-assign, assignment]
    return engine


def request_of(engine: Engine, *, replace: bool) -> AskRequest:
    """Return a first question, or the question whose stored answer is to be replaced."""
    choice = AttentionChoice(kernel="llama.cpp")
    first = AskRequest(QUESTION, COLLECTION, choice, keep=True)
    if not replace:
        return first
    (conversation,) = engine.conversations.list(engine.library.collection(COLLECTION).id)
    (turn,) = engine.conversations.turns(conversation.id)
    return AskRequest(
        QUESTION,
        COLLECTION,
        choice,
        seed=1,
        conversation_id=conversation.id,
        keep=True,
        replaces=turn.id,
    )


def run_until(folder: Path, what: str, number: int, *, replace: bool) -> None:
    """Ask, and end at a moment."""
    engine = open_engine(folder)
    request = request_of(engine, replace=replace)
    left = number

    def count(_statement: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            end()

    if what == "statement":
        engine._catalogue._store._writer.conn.set_trace_callback(count)  # type: ignore[union-attr]
    for event in engine.ask(request):
        if type(event).__name__ == what:
            count("")


def main(arguments: list[str]) -> None:
    """Run every moment in a process of its own and print how each ended."""
    replace = "--replace" in arguments
    folders = [Path(each) for each in arguments if each != "--replace"]
    for folder, (what, number) in zip(folders, MOMENTS, strict=True):
        child = os.fork()
        if not child:
            run_until(folder, what, number, replace=replace)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(what, number, os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""What a trial of layouts has done so far, in a hidden folder: a killed trial goes on later."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine.errors import DataFolderInUse
from engine.formats.atomic_files import remove, replacing
from engine.inference.measure import Speed
from engine.records import ModelFile

PATIENCE_S = 5.0
"""How long to wait for another process: a background trial that is being stopped ends sooner."""

Round = dict[str, dict[int, Speed]]
"""Per layout one measurement per number of threads, made within seconds of each other."""


class TrialFolder:
    """Copies and measured rounds of one model that no one else may take for a model yet.

    What another machine, another llama.cpp or another file of that name left is removed.

    Args:
        folder: Where the chosen copy will go.
        model: The original.
        machine: What the measurements depend on; see :func:`engine.models.optimise.machine`.

    Raises:
        DataFolderInUse: Another process tries the layouts of this model.
    """

    def __init__(self, folder: Path, model: ModelFile, machine: str) -> None:
        self.path = folder / f".trial-{model.name}"
        self._key = {"sha256": model.sha256, "bytes": model.n_bytes, "machine": machine}
        self._lock = FileLock(str(self.path / "lock"), timeout=PATIENCE_S, thread_local=False)
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout:
            raise DataFolderInUse(path=str(self.path)) from None
        stored = self._read()
        if stored.get("key") != self._key:
            for copy in self.path.glob("*.gguf"):
                remove(copy)
            stored = {}
        self.rounds: list[Round] = _rounds(stored)
        self._write()

    def copy_path(self, layout: str) -> Path:
        """Return where the copy in a layout lies; it is whole if it is there."""
        return self.path / f"{layout}.gguf"

    def add_round(self, speeds: Round) -> None:
        """Store one more round, whole or not at all."""
        self.rounds.append(speeds)
        self._write()

    def release(self) -> None:
        """Let another process go on; what was done stays."""
        self._lock.release()

    def remove(self) -> None:
        """Forget all of it."""
        self.release()
        remove(self.path)

    def _notes(self) -> Path:
        return self.path / "rounds.json"

    def _read(self) -> dict[str, Any]:
        try:
            stored = json.loads(self._notes().read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}

    def _write(self) -> None:
        rounds = [
            {
                layout: {n: asdict(speed) for n, speed in by_threads.items()}
                for layout, by_threads in item.items()
            }
            for item in self.rounds
        ]
        with replacing(self._notes()) as partial:
            partial.write_text(json.dumps({"key": self._key, "rounds": rounds}), "utf-8")


def _rounds(stored: dict[str, Any]) -> list[Round]:
    """Return the stored rounds; none if anything about them is not as we write it."""
    try:
        return [
            {
                str(layout): {
                    int(n_threads): Speed(
                        float(speed["prefill_tokens_per_second"]),
                        float(speed["decode_tokens_per_second"]),
                    )
                    for n_threads, speed in by_threads.items()
                }
                for layout, by_threads in item.items()
            }
            for item in stored.get("rounds", [])
        ]
    except (AttributeError, KeyError, TypeError, ValueError):
        return []

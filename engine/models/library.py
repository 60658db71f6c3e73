"""The models on this machine: those that came with the program and those that were added."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.cancel import CancelToken
from engine.errors import BadModelFile, ModelBuiltIn, ModelMissing, PathMissing
from engine.formats.atomic_files import remove
from engine.inference.cores import Threads
from engine.models.adding import Adding, holds_models, model_files
from engine.models.automatic import automatic, reading_speed
from engine.models.events import (
    AddEvent,
    LayoutMeasured,
    ModelAdded,
    ModelNotAdded,
    OptimiseEvent,
)
from engine.models.listing import check, models_in
from engine.models.sidecar import Sidecar, read_sidecar, sidecar_path
from engine.paths import DataPaths, embedded_models_dir
from engine.records import ModelFile

if TYPE_CHECKING:
    from engine.models.idle_trial import TrialEnd
    from engine.models.quiet import OtherLoad

ModelKind = Literal["chat", "embedding"]

CHAT_MODEL = "SmolLM2-135M-Instruct-Q4_1"
"""Name of the chat model that comes with the program, as shipped."""


class ModelLibrary:
    """Finds, adds, checks and optimises model files.

    Args:
        paths: The data folder; added models lie in its ``models`` folder.
    """

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths
        self._folder = paths.models
        self._settled = ""

    # --- looking up ------------------------------------------------------------------

    def list(self) -> tuple[ModelFile, ...]:
        """Return all models, embedded ones first, by name; a name occurs once."""
        found: dict[str, ModelFile] = {}
        for folder, embedded in ((embedded_models_dir(), True), (self._folder, False)):
            for model in models_in(folder, embedded=embedded):
                found.setdefault(model.name, model)
        return tuple(found.values())

    def find(self, name: str, *, kind: ModelKind) -> ModelFile:
        """Return a model by name.

        Args:
            name: As in :meth:`list`. Empty with ``chat``: the largest model of the catalogue that
                is here and suits this machine, else the embedded one, in the layout that was
                measured to be the fastest. Once found it stays the same for this library until a
                model is added or removed: a trial in the background never changes the model
                between the questions of one sitting.
            kind: Which kind is needed; a model of another kind is not found.

        Raises:
            ModelMissing: There is none of that name and kind.
        """
        known = {model.name: model for model in self.list() if model.kind == kind}
        wanted = name
        if not name and kind == "chat":
            if self._settled not in known:
                self._settled = self._fastest(automatic(known, self._folder) or CHAT_MODEL, known)
            wanted = self._settled
        if wanted not in known:
            raise ModelMissing(name=wanted or kind)
        return known[wanted]

    def has(self, name: str, *, kind: ModelKind) -> bool:
        """Tell whether there is a model of a name and kind."""
        return any(model.name == name and model.kind == kind for model in self.list())

    def _fastest(self, name: str, known: Mapping[str, ModelFile]) -> str:
        """Return the layout of a model that was measured to be the fastest here."""
        fastest = self._notes(known[name]).fastest if name in known else ""
        return fastest if fastest in known else name

    def settle_anew(self) -> None:
        """Look again, at the next question, which model is used where none is chosen."""
        self._settled = ""

    def measurements(self, name: str) -> tuple[LayoutMeasured, ...]:
        """Return the speeds that :meth:`optimise` measured for a model; none if it did not.

        Raises:
            ModelMissing: There is no such model.
        """
        stored = self._notes(self.find(name or CHAT_MODEL, kind="chat")).measurements
        return tuple(LayoutMeasured(**item) for item in stored)

    def _notes(self, model: ModelFile) -> Sidecar:
        """Return the notes of a model; those in the data folder go before those beside it.

        An embedded model may lie where the user cannot write.
        """
        ours = read_sidecar(self._folder / model.path.name)
        return ours if ours.fastest else read_sidecar(model.path)

    # --- adding ----------------------------------------------------------------------

    def add(
        self, path: Path | str, name: str | None = None, *, kind: ModelKind | None = None
    ) -> ModelFile:
        """Add a model and return it; :meth:`adding` does the same with progress."""
        for event in self.adding(path, name, kind=kind):
            if isinstance(event, ModelAdded):
                return event.model
        raise AssertionError("adding() ends with ModelAdded or raises")

    def adding(
        self,
        path: Path | str,
        name: str | None = None,
        *,
        kind: ModelKind | None = None,
        cancel: CancelToken | None = None,
    ) -> Iterator[AddEvent]:
        """Check a model and copy it into the library, recording its SHA-256.

        Args:
            path: GGUF file; folder of GGUF files, all of which are added under their own names;
                or sentence-transformers folder with safetensors weights.
            name: What to call it; None takes the catalogue's name for a file of the catalogue,
                else the file name without ``.gguf``.
            kind: What it must be; None takes a file for a chat model and a folder for an
                embedding model.
            cancel: Stops between blocks; nothing is left behind.

        Yields:
            ``ModelCopied`` while copying, then ``ModelAdded``; ``ModelNotAdded`` for a file of a
            folder that could not be added.

        Raises:
            PathMissing: There is nothing at ``path``.
            BadModelFile: It is not a usable model, the name is taken or unusable, or it carries a
                name of the catalogue and is another file. Of a folder: none could be added.
            DiskFull: It does not fit on the disk.
            Cancelled: It was stopped.
        """
        source = Path(path).expanduser()
        if not source.exists():
            raise PathMissing(path=str(source))
        token = cancel or CancelToken()
        if source.is_dir() and kind != "embedding" and holds_models(source):
            yield from self._adding_all(source, token)
            return
        found_kind: ModelKind = "embedding" if source.is_dir() else "chat"
        if kind not in (None, found_kind):
            expected = "a folder" if kind == "embedding" else "a GGUF file"
            raise BadModelFile(path=str(source), detail=f"a model for {kind} is {expected}")
        adding = Adding(self._folder, self._is_taken, token)
        copying = adding.folder if source.is_dir() else adding.file
        yield from copying(source, name)
        yield self._added(adding.target)

    def _adding_all(self, folder: Path, cancel: CancelToken) -> Iterator[AddEvent]:
        """Add every model file of a folder; raise only where none could be added."""
        failures: list[BadModelFile] = []
        files = model_files(folder)
        for path in files:
            try:
                yield from self.adding(path, cancel=cancel)
            except BadModelFile as error:
                failures.append(error)
                yield ModelNotAdded(path, error)
        if len(failures) == len(files):
            raise failures[0]

    def _is_taken(self, name: str) -> bool:
        return any(model.name == name for model in self.list())

    def _added(self, path: Path) -> ModelAdded:
        self.settle_anew()  # a better one may be here now
        return ModelAdded(next(model for model in self.list() if model.path == path))

    # --- removing --------------------------------------------------------------------

    def remove(self, name: str) -> tuple[ModelFile, ...]:
        """Remove a model with the copies in other layouts that were made from it.

        Returns:
            What was removed, the model itself first.

        Raises:
            ModelMissing: There is none of that name.
            ModelBuiltIn: It came with the program.
        """
        models = self.list()
        model = next((each for each in models if each.name == name), None)
        if model is None:
            raise ModelMissing(name=name)
        if model.embedded:
            raise ModelBuiltIn(name=name)
        made = [m for m in models if m.optimised_from == name and not m.embedded]
        for each in (model, *made):
            remove(each.path)
            remove(sidecar_path(each.path))
        self.settle_anew()
        return (model, *made)

    # --- checking --------------------------------------------------------------------

    def verify(self, cancel: CancelToken | None = None) -> Iterator[tuple[ModelFile, bool, str]]:
        """Compare each model with its recorded SHA-256 and read its header.

        Yields:
            ``(model, ok, detail)``, one per model; ``detail`` is an English sentence.
        """
        for model in self.list():
            if cancel is not None:
                cancel.raise_if_cancelled()
            yield (model, *check(model))

    # --- optimising ------------------------------------------------------------------

    def optimise(
        self,
        name: str = "",
        cancel: CancelToken | None = None,
        *,
        again: bool = False,
        load: OtherLoad | None = None,
    ) -> Iterator[OptimiseEvent]:
        """Make the layout of a chat model that gives the first token soonest here.

        See :func:`engine.models.optimise.optimise`.

        Args:
            name: Name of the original; empty: the embedded model.
            cancel: Stops between steps; the original and earlier results stay as they are.
            again: Measure anew even if a measurement on this machine exists.
            load: Tells whether the machine is quiet enough to measure on.

        Raises:
            ModelMissing: There is no such model.
        """
        from engine.models.optimise import optimise

        model = self.find(name or CHAT_MODEL, kind="chat")
        events = optimise(
            model, self._notes_folder(model), cancel or CancelToken(), again=again, load=load
        )
        return self._then_used(events)

    def trying(self, name: str, load: OtherLoad) -> Iterator[OptimiseEvent]:
        """Measure a model as :meth:`try_layouts` does, in this process.

        Copies are made of the embedded model only: of others they would take the disk unasked.

        Raises:
            ModelMissing: There is no such model.
        """
        from engine.models.optimise import optimise

        if name == CHAT_MODEL:
            return self.optimise(name, load=load)
        model = self.find(name, kind="chat")
        return optimise(model, self._notes_folder(model), CancelToken(), layouts=(), load=load)

    def _notes_folder(self, model: ModelFile) -> Path:
        return model.path.parent if os.access(model.path.parent, os.W_OK) else self._folder

    def _then_used(self, events: Iterator[OptimiseEvent]) -> Iterator[OptimiseEvent]:
        yield from events
        self._settled = ""  # asked for, so used from now on

    def threads(self, model: ModelFile) -> Threads | None:
        """Return the threads that were measured to be the fastest with a model on this machine.

        A copy has those that were measured of it beside its original. None if nobody measured
        them here.
        """
        from engine.models.optimise import is_measured

        chats = {item.name: item for item in self.list() if item.kind == "chat"}
        notes = self._notes(chats.get(model.optimised_from, model))
        if not is_measured(notes):
            return None
        for item in (LayoutMeasured(**stored) for stored in notes.measurements):
            if item.name == model.name and item.n_threads:
                return Threads(item.n_threads, item.n_threads_batch)
        return None

    def reading_speed(self, model: ModelFile) -> float | None:
        """Return the tokens of a prompt that a chat model reads a second here, roughly.

        Told from the self-test of the machine and the size of the model; the same until the
        machine is measured anew, however busy it is. None if it was not measured, or only while
        other programs ran.
        """
        return reading_speed(model, self._folder)

    def try_layouts(self, cancel: CancelToken, name: str = "") -> Iterator[TrialEnd]:
        """Measure the model in use in a process of low priority, if that is still due.

        Of the embedded model layouts and threads are tried, of another one only threads. The
        result is used from the next start on.

        Args:
            cancel: Ends the process.
            name: Of the model in use; empty: the embedded one.

        Yields:
            How the trial ended; nothing if it was not due.

        Raises:
            Cancelled: It was stopped; the next trial goes on from there.
        """
        from engine.models.idle_trial import run_trial

        due = self._due(name)
        if due:
            yield from run_trial(self._paths.root, due, cancel)

    def _due(self, name: str) -> str:
        """Return the name of the original that is to be tried; empty if none is."""
        from engine.inference.cores import find_cores
        from engine.models.optimise import PERPLEXITY_LIMITS, is_measured

        chats = {item.name: item for item in self.list() if item.kind == "chat"}
        used = chats.get(name or CHAT_MODEL)
        model = chats.get(used.optimised_from, used) if used else None
        if model is None:
            return ""
        if model.name == CHAT_MODEL:
            return "" if is_measured(self._notes(model), tuple(PERPLEXITY_LIMITS)) else model.name
        nothing_to_try = len(find_cores().candidates) == 1
        return "" if nothing_to_try or is_measured(self._notes(model)) else model.name

"""Typed errors: each says who can act, and carries data instead of a sentence.

The class tells who can act: :class:`EnvironmentFault` the person who runs the
machine, :class:`FileFault` the owner of one file, :class:`Refusal` nobody (it was
asked for and cannot be had), :class:`InputFault` the person who typed. Anything
that is not a :class:`SabunError` is our bug.

``str(error)`` is the English sentence: what happened, then what to do. The window
translates by ``error.code`` and ``error.data``.
"""

from __future__ import annotations

from typing import ClassVar

from engine.records import Notice
from engine.wording.notices import english


class SabunError(Exception):
    """Base of every expected failure.

    Attributes:
        code: Stable identifier, kebab-case; what translations and ``--json`` key on.
        data: Values that the sentence mentions (paths, sizes, names, a reason as a notice).
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, **data: object) -> None:
        self.data = data
        words = {
            name: english(value) if isinstance(value, Notice) else value
            for name, value in data.items()
        }
        super().__init__(self.sentence.format(**words))


class EnvironmentFault(SabunError):
    """The machine or the installation must change (disk, model, lock, driver)."""


class FileFault(SabunError):
    """One document cannot be read; indexing goes on with the others."""


class Refusal(SabunError):
    """Asked for, understood, and not to be had; never replaced silently."""


class InputFault(SabunError):
    """What the user typed or passed cannot be used."""


# --- environment -------------------------------------------------------------------


class DataFolderInUse(EnvironmentFault):
    code = "data-folder-in-use"
    sentence = (
        "Another Sabun is using the data folder {path}. "
        "Close it, or choose another folder with --data-dir."
    )


class DataFolderUnusable(EnvironmentFault):
    code = "data-folder-unusable"
    sentence = "The data folder {path} cannot be used ({detail}). Choose another with --data-dir."


class CatalogueTooNew(EnvironmentFault):
    code = "catalogue-too-new"
    sentence = (
        "The data folder {path} was written by a newer Sabun (version {found}; this one "
        "reads up to {supported}). Update Sabun, or choose another folder with --data-dir."
    )


class CatalogueDamaged(EnvironmentFault):
    code = "catalogue-damaged"
    sentence = (
        "The catalogue {path} is damaged ({detail}). Restore it from a backup, or move it "
        "away and index again."
    )


class DiskFull(EnvironmentFault):
    code = "disk-full"
    sentence = (
        "There is no space left on the disk that holds {path}. Free some space and start "
        "again; what was finished is kept."
    )


class ModelMissing(EnvironmentFault):
    code = "model-missing"
    sentence = "The model {name} is not installed. Add one with: sabun models add FILE"


class ModelDamaged(EnvironmentFault):
    code = "model-damaged"
    sentence = (
        "The model file {path} is not what it should be ({detail}). Remove it and add it again."
    )


class ModelTooLarge(EnvironmentFault):
    code = "model-too-large"
    sentence = (
        "The model {name} needs about {needed_mib} MiB of memory and {free_mib} MiB are free. "
        "Close other programs or choose a smaller model."
    )


class SourceUnreachable(EnvironmentFault):
    code = "source-unreachable"
    sentence = (
        "{source} cannot be reached ({detail}). Check the connection and the proxy, then start "
        "again; what was fetched is kept."
    )


class SourceRefused(EnvironmentFault):
    code = "source-refused"
    sentence = (
        "{source} does not give the model {name}: {detail}. Try another source, or add the file "
        "by hand with: sabun models add FILE"
    )


class DownloadDamaged(EnvironmentFault):
    code = "download-damaged"
    sentence = (
        "What was fetched is not the model {name}: its SHA-256 is {found}, not {expected}. It is "
        "kept aside as {path} and not used. Start again to fetch it anew."
    )


class ModelBeingFetched(EnvironmentFault):
    code = "model-being-fetched"
    sentence = "Another Sabun is fetching the model {name} just now. Wait for it, or stop it."


class ExportFailed(EnvironmentFault):
    code = "export-failed"
    sentence = "{path} cannot be written ({detail}). Choose another folder, or free some space."


class LogUnwritable(EnvironmentFault):
    code = "log-unwritable"
    sentence = (
        "The log {path} cannot be written ({detail}). Sabun works on without it; free some space "
        "or correct the permissions of the folder to get one."
    )


class MemoryExhausted(EnvironmentFault):
    code = "memory-exhausted"
    sentence = (
        "There is not enough free memory. Close other programs and do the same again; "
        "what was finished is kept."
    )


class TrainingDiverged(EnvironmentFault):
    code = "training-diverged"
    sentence = (
        "Training ended at step {step}: the loss is no number any more. Lower the learning rate "
        "and start again; what was saved in {path} is kept."
    )


class CheckpointUnusable(EnvironmentFault):
    code = "checkpoint-unusable"
    sentence = (
        "The work in {path} cannot be gone on with: {detail}. Choose another folder, or move "
        "this one away to start from the beginning."
    )


# --- one file ----------------------------------------------------------------------


class FileUnreadable(FileFault):
    """A file was skipped; ``reason`` is one of :class:`engine.records.SkipReason`."""

    code = "file-unreadable"
    sentence = "{path} cannot be read: {reason} ({detail})."

    def __init__(self, *, path: str, reason: str, detail: Notice) -> None:
        super().__init__(path=path, reason=reason, detail=detail)
        self.reason = reason
        self.detail = detail


# --- refusals ----------------------------------------------------------------------


class NetworkForbidden(Refusal):
    code = "network-forbidden"
    sentence = (
        "A part of the program tried to reach {target} over the network and was stopped: "
        "Sabun works offline. Nothing was sent."
    )


class AttentionUnsupported(Refusal):
    """``reason`` says why, as a notice."""

    code = "attention-unsupported"
    sentence = (
        "This attention cannot run here: {reason}. Use --attention baseline; nothing was answered."
    )

    def __init__(self, reason: Notice) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class AdapterMissing(Refusal):
    """``reason`` says the same as a notice."""

    code = "adapter-missing"
    sentence = (
        'There is no adapter for attention mode "{mode}" that fits the model {model}. '
        "Copy one into the folder adapters of the data folder, or use --attention baseline; "
        "nothing was answered."
    )

    def __init__(self, *, mode: str, model: str) -> None:
        super().__init__(mode=mode, model=model)
        self.reason = Notice("no-adapter", {"mode": mode, "model": model})


class AdapterMismatch(Refusal):
    code = "adapter-mismatch"
    sentence = (
        "The adapter {adapter} was trained for {base} and does not fit the model {model}. "
        "Choose that model, or an adapter for this one (see sabun adapters list)."
    )


class ExportUnsupported(Refusal):
    code = "export-unsupported"
    sentence = (
        "The adapter {adapter} cannot be written into an ordinary GGUF model: {detail}. "
        "Nothing was written; use it in Sabun with --attention."
    )


class ModelBuiltIn(Refusal):
    code = "model-built-in"
    sentence = "The model {name} comes with the program and cannot be removed."


class VoteImpossible(Refusal):
    code = "vote-impossible"
    sentence = "A vote needs two answers that were written with two different attention modes."


class NoChatTemplate(Refusal):
    code = "no-chat-template"
    sentence = (
        "The model {name} has no chat template, so it cannot be asked questions. "
        "Choose an instruction-tuned model."
    )


class ModelUnsupported(Refusal):
    code = "model-unsupported"
    sentence = "The model {name} cannot be used: {detail}. Choose another model."


# --- input -------------------------------------------------------------------------


class EmptyQuestion(InputFault):
    code = "empty-question"
    sentence = "The question is empty. Type a question about your documents."


class FilterUnreadable(InputFault):
    code = "filter-unreadable"
    sentence = 'The filter "{filter}" cannot be read. A date is a year, month or day: 2024-04-30.'


class PlanTableMissing(InputFault):
    code = "plan-table-missing"
    sentence = "The plan names a table that is not in the collection any more: {name}. Ask again."


class PlanColumnMissing(InputFault):
    code = "plan-column-missing"
    sentence = 'The tables of the plan have no column "{name}". They have: {known}.'


class NothingFits(InputFault):
    code = "nothing-fits"
    sentence = "Nothing in the collection fits {filters}. Change the filter, or leave it out."


class QuestionTooLong(InputFault):
    code = "question-too-long"
    sentence = (
        "The question has {n_tokens} tokens and the model can take {limit}. Shorten it, or "
        "put the long text into a file and index it."
    )


class CollectionMissing(InputFault):
    code = "collection-missing"
    sentence = 'There is no collection "{name}". Create it with: sabun index PATH --collection NAME'


class CollectionNameTaken(InputFault):
    code = "collection-name-taken"
    sentence = 'A collection named "{name}" already exists. Choose another name.'


class BlankName(InputFault):
    code = "blank-name"
    sentence = "The name is empty. Type a name with at least one visible character."


class CollectionEmpty(InputFault):
    code = "collection-empty"
    sentence = 'The collection "{name}" has no documents yet. Add some with: sabun index PATH'


class PathMissing(InputFault):
    code = "path-missing"
    sentence = "{path} does not exist. Check the spelling, or connect the drive it is on."


class OutputExists(InputFault):
    code = "output-exists"
    sentence = "{path} already exists and is not replaced. Choose another file name."


class ExportFormatUnknown(InputFault):
    code = "export-format-unknown"
    sentence = "{path} ends neither in .html nor in .json. Choose a file name that does."


class OfferUnknown(InputFault):
    code = "offer-unknown"
    sentence = (
        'The catalogue has no model "{name}". See which there are with sabun models recommended.'
    )


class BadModelFile(InputFault):
    code = "bad-model-file"
    sentence = "{path} is not a usable GGUF model: {detail}."


class AdapterDamaged(InputFault):
    code = "adapter-damaged"
    sentence = (
        "The adapter file {path} cannot be used: {detail}. "
        "Remove it, or replace it with a good copy."
    )

    def __init__(self, *, path: str, detail: str) -> None:
        super().__init__(path=path, detail=detail)
        self.detail = detail


class AdapterUnknown(InputFault):
    code = "adapter-unknown"
    sentence = 'There is no adapter "{name}". See which there are with sabun adapters list.'


class SettingUnknown(InputFault):
    code = "setting-unknown"
    sentence = 'There is no setting "{name}". See which there are with sabun settings list.'


class SettingUnusable(InputFault):
    code = "setting-unusable"
    sentence = 'The setting {name} cannot be "{value}": it must be {allowed}. Nothing was changed.'


class BadData(InputFault):
    code = "bad-data"
    sentence = "{path}, line {line}: {detail}. Correct the line and run again."


class TrainingDataTooSmall(InputFault):
    code = "training-data-too-small"
    sentence = (
        "There is nothing to train on: of {n_questions} questions, {n_unusable} have no short "
        "answer in their passages and the others do not fit. Give more data."
    )


class RecipeUnusable(InputFault):
    code = "recipe-unusable"
    sentence = "An adapter cannot be trained like this: {detail}."


class Cancelled(SabunError):
    """The user pressed stop; what was finished is kept."""

    code = "cancelled"
    sentence = "Stopped. What was finished is kept."

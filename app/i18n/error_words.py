"""The engine's errors as sentences, keyed by ``error.code`` and filled from ``error.data``."""

from __future__ import annotations

from PySide6.QtCore import QObject


class ErrorWords(QObject):
    """Sentences for every error code the engine has."""

    def sentence(self, code: str, data: dict[str, object], english: str) -> str:
        """Return the translated sentence; the engine's English one for an unknown code."""
        template = self.templates().get(code)
        if template is None:
            return english
        try:
            return template.format(**data)
        except (KeyError, IndexError):
            return english

    def templates(self) -> dict[str, str]:
        """Return the sentence of each code in the language in force."""
        return {**self._environment(), **self._refusals(), **self._input()}

    def _environment(self) -> dict[str, str]:
        return {
            "error": self.tr("Something went wrong."),
            "data-folder-in-use": self.tr(
                "Another Sabun is already using the data folder {path}. Switch to its window, "
                "or close it and start again."
            ),
            "data-folder-unusable": self.tr(
                "The data folder {path} cannot be used ({detail}). Check that you may write there, "
                "or start Sabun with another folder."
            ),
            "catalogue-too-new": self.tr(
                "The data folder {path} was written by a newer Sabun (version {found}; this one "
                "reads up to {supported}). Please update Sabun."
            ),
            "catalogue-damaged": self.tr(
                "The catalogue {path} is damaged ({detail}). Restore it from a backup, or move it "
                "away and index your documents again."
            ),
            "disk-full": self.tr(
                "There is no space left on the disk that holds {path}. Free some space and start "
                "again; what was finished is kept."
            ),
            "log-unwritable": self.tr(
                "The log {path} cannot be written ({detail}). Sabun works on without it; free "
                "some space or correct the permissions of the folder."
            ),
            "model-missing": self.tr(
                'The model "{name}" is not installed. Add its file under Tools > Models.'
            ),
            "model-damaged": self.tr(
                "The model file {path} is not what it should be ({detail}). Remove it and add it "
                "again under Tools > Models."
            ),
            "model-too-large": self.tr(
                'The model "{name}" needs about {needed_mib} MiB of memory and {free_mib} MiB are '
                "free. Close other programs, or choose a smaller model in the settings."
            ),
            "source-unreachable": self.tr(
                "{source} cannot be reached ({detail}). Check the connection and the proxy, then "
                "go on; what was fetched is kept."
            ),
            "source-refused": self.tr(
                "{source} does not give the model {name}: {detail}. Fetch the file by other means "
                "and add it here."
            ),
            "download-damaged": self.tr(
                "What was fetched is not the model {name}: its SHA-256 is {found}, not {expected}. "
                "It is kept aside as {path} and not used. Get the model again."
            ),
            "model-being-fetched": self.tr(
                "Another Sabun is fetching the model {name} just now. Wait for it, or stop it."
            ),
            "memory-exhausted": self.tr(
                "There is not enough free memory. Close other programs and do the same again; "
                "what was finished is kept."
            ),
            "training-diverged": self.tr(
                "Training ended at step {step}: the loss is no number any more. Lower the "
                "learning rate and start again; what was saved in {path} is kept."
            ),
            "checkpoint-unusable": self.tr(
                "Training cannot go on from {path}: {detail}. Choose another run folder, or move "
                "this one away to start from the beginning."
            ),
            "export-failed": self.tr(
                "{path} cannot be written ({detail}). Choose another folder, or free some space."
            ),
            "file-unreadable": self.tr("{path} cannot be read. {detail}"),
        }

    def _refusals(self) -> dict[str, str]:
        return {
            "attention-unsupported": self.tr(
                "This attention cannot run here. {reason} Nothing was answered; choose Baseline to "
                "get an answer."
            ),
            "adapter-missing": self.tr(
                'There is no adapter for the attention mode "{mode}" that fits the model '
                '"{model}". Nothing was answered; choose another mode, or copy an adapter into the '
                "folder adapters of the data folder."
            ),
            "adapter-mismatch": self.tr(
                'The adapter "{adapter}" was trained for "{base}" and does not fit the model '
                '"{model}". Choose that model, or another adapter.'
            ),
            "export-unsupported": self.tr(
                'The adapter "{adapter}" cannot be written into an ordinary GGUF model: {detail}. '
                "Nothing was written."
            ),
            "vote-impossible": self.tr(
                "A vote needs two answers that were written with two different kinds of attention."
            ),
            "model-built-in": self.tr(
                "The model {name} comes with the program and cannot be removed."
            ),
            "network-forbidden": self.tr(
                "A part of the program tried to reach {target} over the network and was stopped: "
                "Sabun works offline. Nothing was sent."
            ),
            "no-chat-template": self.tr(
                'The model "{name}" has no chat template, so it cannot be asked questions. Choose '
                "an instruction-tuned model in the settings."
            ),
            "model-unsupported": self.tr(
                'The model "{name}" cannot be used: {detail}. Choose another one in the settings.'
            ),
        }

    def _input(self) -> dict[str, str]:
        return {
            "empty-question": self.tr("The question is empty. Type a question first."),
            "filter-unreadable": self.tr(
                'The filter "{filter}" cannot be read. A date is a year, month or day: 2024-04-30.'
            ),
            "plan-table-missing": self.tr(
                "The plan names a table that is not in the collection any more: {name}. Ask again."
            ),
            "plan-column-missing": self.tr(
                'The tables of the plan have no column "{name}". They have: {known}.'
            ),
            "nothing-fits": self.tr(
                "Nothing in the collection fits {filters}. Change the filter, or leave it out."
            ),
            "question-too-long": self.tr(
                "The question is too long: {n_tokens} tokens, and the model can take {limit}. "
                "Shorten it, or put the long text into a file and add that file."
            ),
            "collection-missing": self.tr('There is no collection "{name}" any more.'),
            "collection-name-taken": self.tr(
                'There is already a collection named "{name}". Choose another name.'
            ),
            "blank-name": self.tr(
                "The name is empty. Type a name with at least one visible character."
            ),
            "collection-empty": self.tr(
                'The collection "{name}" has no documents yet. Drop files or folders on the window.'
            ),
            "path-missing": self.tr(
                "{path} does not exist. Check the spelling, or connect the drive it is on."
            ),
            "output-exists": self.tr(
                "{path} already exists and is not replaced. Choose another file name."
            ),
            "export-format-unknown": self.tr(
                "{path} ends neither in .html nor in .json. Choose a file name that does."
            ),
            "offer-unknown": self.tr('The catalogue has no model "{name}".'),
            "bad-model-file": self.tr("{path} is not a usable GGUF model: {detail}."),
            "adapter-damaged": self.tr(
                "The adapter file {path} cannot be used: {detail}. Remove it, or replace it with a "
                "good copy."
            ),
            "adapter-unknown": self.tr('There is no adapter "{name}" any more.'),
            "setting-unknown": self.tr('There is no setting "{name}" in this Sabun.'),
            "setting-unusable": self.tr(
                'The setting {name} cannot be "{value}". Nothing was changed; choose another value.'
            ),
            "bad-data": self.tr("{path}, line {line}: {detail}. Correct the line and try again."),
            "training-data-too-small": self.tr(
                "There is nothing to train on: of {n_questions} questions, {n_unusable} have no "
                "short answer in their passages and the others do not fit. Give more data."
            ),
            "recipe-unusable": self.tr("An adapter cannot be trained like this: {detail}."),
            "cancelled": self.tr("Stopped. What was finished is kept."),
        }

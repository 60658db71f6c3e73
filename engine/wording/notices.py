"""Notices in English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.records import Notice
from engine.records.notices import STORED_TEXT
from engine.wording.files import CONTENTS, FILES

ANSWERS: Mapping[str, str] = {
    "language-not-written": (
        "The chat model {model} does not write the language of the question, so the answer is "
        "quoted from the documents without generated text."
    ),
    "no-usable-text": (
        "The chat model produced no usable text; the answer is quoted from the documents."
    ),
    "looped": "The chat model began to repeat itself; its text was cut there.",
    "cut": "The answer was cut at its length limit.",
    "unsupported-marked": "Sentences marked [?] are not supported by the documents.",
    "nothing-supported": (
        "The documents support nothing of what the chat model wrote; only the quotations are shown."
    ),
    "found-nothing": (
        "The chat model found no answer in these passages; only the quotations are shown."
    ),
    "insisted": "The passages seem not to answer this; it was answered all the same, as asked.",
    "question-too-long": (
        "The question has {n_tokens} tokens and the model can take {limit}, so only the quotations "
        "are shown."
    ),
    "own-translation": (
        "This is the translation of {model} itself: the sources show what was translated, and "
        "prove nothing of it."
    ),
    "figures-changed": "Figures of the source that the translation lacks: {figures}.",
    "chosen-model-gone": (
        "The chosen chat model {name} is not here any more; {model} answered instead."
    ),
    "documents-disagree": "The documents disagree: “{quote}” stands in {document} [{number}].",
    "older-version": "This is from an older version, {document}; {newer} took its place.",
    "newer-version-says": (
        "This is from an older version, {document}; {newer}, which took its place, says: “{quote}”."
    ),
    "left-out": "Generated sentences that the documents do not support were left out.",
}

REFUSED_ATTENTION: Mapping[str, str] = {
    "mode-unknown": "there is no attention mode {mode}",
    "prefill-unknown": "there is no way to read prompts named {prefill}",
    "no-adapter": 'there is no adapter for attention mode "{mode}" that fits the model {model}',
    "adapter-of-other-mode": "the adapter {adapter} is for {variant}, not {mode}",
    "architecture-unsupported": (
        "models of the architecture {architecture} are not supported by our kernels"
    ),
    "not-in-llama-cpp": (
        "llama.cpp itself computes only baseline attention, not {mode} with {prefill} prefill"
    ),
    "model-refused": "the model {model} cannot use it: {detail}",
    "kernel-unusable": "the kernel {kernel} cannot be used: {detail}",
    "self-test-failed": "{device} failed its self-test: {detail}",
}
"""Clauses: they end an error's sentence or that of another notice."""

ATTENTION: Mapping[str, str] = {
    "own-attention": "Attention is llama.cpp's own: {cause}.",
    "second-keys-rebuilt": "Second keys are rebuilt from a latent to save memory.",
    "read-densely": (
        "The prompt was read densely: it has {n_tokens} tokens; {prefill} helps from {least} on."
    ),
}

TEMPLATES: Mapping[str, str] = {
    STORED_TEXT: "{text}",
    **ANSWERS,
    **REFUSED_ATTENTION,
    **ATTENTION,
    **FILES,
}
"""The English of each code of :data:`engine.records.notices.NOTICES`."""


def grouped(value: object) -> object:
    """Return a large whole number with commas; anything else as it is."""
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else value


def english(notice: Notice) -> str:
    """Return a notice in English; one of a newer program as its code and data."""
    values: dict[str, object] = {name: grouped(value) for name, value in notice.data.items()}
    if "content" in values:
        values["content"] = CONTENTS.get(str(values["content"]), values["content"])
    cause = notice.cause()
    if cause is not None:
        values["cause"] = english(cause)
    try:
        return TEMPLATES[notice.code].format(**values)
    except KeyError:
        return " ".join([notice.code, *(f"{name}={value}" for name, value in values.items())])

"""What the engine has to say, as data; the command line and the window word it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.records.file_notices import FILE_NOTICES

STORED_TEXT = "stored-text"
"""Code of a sentence that an earlier program stored in its own words; shown as it is."""

NOTICES: Mapping[str, tuple[str, ...]] = {
    STORED_TEXT: ("text",),
    # On an answer.
    "language-not-written": ("model",),
    "no-usable-text": (),
    "looped": (),
    "cut": (),
    "unsupported-marked": (),
    "nothing-supported": (),
    "found-nothing": (),
    "left-out": (),
    "documents-disagree": ("document", "number", "quote"),
    "older-version": ("document", "newer"),
    "newer-version-says": ("document", "newer", "quote"),
    "chosen-model-gone": ("name", "model"),
    "insisted": (),
    "question-too-long": ("n_tokens", "limit"),
    "own-translation": ("model",),
    "figures-changed": ("figures",),
    # Why an attention mode cannot run.
    "mode-unknown": ("mode",),
    "prefill-unknown": ("prefill",),
    "no-adapter": ("mode", "model"),
    "adapter-of-other-mode": ("adapter", "variant", "mode"),
    "architecture-unsupported": ("architecture",),
    "not-in-llama-cpp": ("mode", "prefill"),
    "model-refused": ("model", "detail"),
    "kernel-unusable": ("kernel", "detail"),
    "self-test-failed": ("device", "detail"),
    # What happened otherwise than was asked for.
    "own-attention": ("cause",),
    "second-keys-rebuilt": (),
    "read-densely": ("n_tokens", "prefill", "least"),
    # On a file that was read or skipped.
    **FILE_NOTICES,
}
"""Every code with the fields of its data, in the order of the sentences that name them.

``mode`` and ``variant`` are attention modes, ``prefill`` a prefill mode, ``kernel`` a kernel;
``detail`` is what a driver or a library said, in its words. ``cause`` is the code of another
notice whose own fields lie beside it.
"""


@dataclass(frozen=True)
class Notice:
    """One thing that a person should know.

    Attributes:
        code: What it is, in words joined by hyphens: ``cut``, ``read-densely``; see ``NOTICES``.
        data: What its wording names, by field: a model, a count, a limit, the code of a cause.
    """

    code: str
    data: Mapping[str, str | int | float] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, frozenset(self.data.items())))

    @classmethod
    def caused(cls, code: str, cause: Notice, **fields: str | int | float) -> Notice:
        """Return a notice of something that happened because of another, with its own fields."""
        return cls(code, {**cause.data, **fields, "cause": cause.code})

    def cause(self) -> Notice | None:
        """Return the notice that led to this one; None if none did."""
        if "cause" not in self.data:
            return None
        rest = {name: value for name, value in self.data.items() if name != "cause"}
        return Notice(str(self.data["cause"]), rest)

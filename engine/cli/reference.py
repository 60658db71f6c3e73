"""The page that lists everything with a name: settings, modes, errors, notices, reasons, events.

``python -m engine.cli.reference docs/reference.md`` writes it from the declarations; a test
fails when it is out of date, so nothing can be added without being on it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from types import ModuleType

from engine import errors, events
from engine.attention.registry import ATTENTION, PREFILLS
from engine.cli.markdown import table, write
from engine.models import events as model_events
from engine.records import SkipReason
from engine.records.notices import NOTICES
from engine.settings import Settings
from engine.wording.files import REASONS
from engine.wording.notices import TEMPLATES
from engine.workshop.training import events as training_events

_HEAD = """\
# Reference

<!-- Made by `python -m engine.cli.reference docs/reference.md`; do not edit. -->

Everything that has a name, as the program declares it. Verbs and options are on the page about the
[command line](cli.md).
"""

_NOTICES = """
## Notices

What Sabun notes about a file, an answer or the attention it ran with, and why something could not
be had: a code with data. The window words them in its language, the command line and the exports in
English. `sabun ask --json` gives an answer's own notices under `notices`, each as `{"code", "data",
"text"}`, and those on attention as sentences under `attention.notes`. `mode` and `variant` are
attention modes, `prefill` is a way to read prompts; `detail` is what a driver or a library said in
its own words; `cause` is the code of another notice, whose data lie beside it.

"""

_WHO_ACTS = {
    errors.EnvironmentFault: "the machine or the installation",
    errors.FileFault: "the file",
    errors.Refusal: "nobody: it cannot be had",
    errors.InputFault: "what was typed",
}


def page() -> str:
    """Return the page as Markdown."""
    parts = [
        _HEAD,
        "\n## Settings\n\n`sabun settings get NAME`, `sabun settings set NAME VALUE`.\n\n",
        table(("setting", "what it does", "may be", "default"), _settings()),
        "\n## Attention modes\n\n`--attention MODE`; [how to add one](add-a-variant.md).\n\n",
        table(("mode", "title", "what to expect", "needs an adapter"), _modes()),
        "\n## Ways to read a prompt\n\n`--prefill MODE`.\n\n",
        table(("mode", "title"), _prefills()),
        "\n## Why a file was skipped\n\nThe `reason` in `sabun status --json`.\n\n",
        table(("reason", "what it means"), _reasons()),
        _NOTICES,
        table(("code", "data", "in English"), _notices()),
        "\n## Errors\n\nThe `code` of a failure, who can act, and the sentence on the command "
        "line.\n\n",
        table(("code", "who can act", "sentence"), _errors()),
        "\n## Events\n\nWhat the verbs of the engine yield while they work.\n\n",
        table(("event", "what happened"), _events(events, model_events, training_events)),
    ]
    return "".join(parts)


def _settings() -> Iterator[Sequence[str]]:
    for setting in Settings.all():
        cost = setting.declared.cost.sentence
        what = f"{setting.declared.title}. {setting.declared.help} {cost}"
        default = f"`{setting.default}`" if setting.default != "" else "empty"
        yield f"`{setting.name}`", what, setting.allowed, default


def _modes() -> Iterator[Sequence[str]]:
    for mode in ATTENTION:
        yield f"`{mode.name}`", mode.title, mode.help, "yes" if mode.needs_adapter else "no"


def _prefills() -> Iterator[Sequence[str]]:
    return ((f"`{mode.name}`", mode.title) for mode in PREFILLS)


def _reasons() -> Iterator[Sequence[str]]:
    return ((f"`{reason}`", REASONS[reason]) for reason in SkipReason)


def _notices() -> Iterator[Sequence[str]]:
    for code, names in NOTICES.items():
        yield f"`{code}`", ", ".join(f"`{name}`" for name in names), TEMPLATES[code]


def _errors() -> Iterator[Sequence[str]]:
    for error in sorted(_below(errors.SabunError), key=lambda kind: kind.code):
        kinds = (text for kind, text in _WHO_ACTS.items() if issubclass(error, kind))
        actor = next(kinds, "nobody: it was asked for")
        yield f"`{error.code}`", actor, error.sentence


def _below(kind: type[errors.SabunError]) -> Iterator[type[errors.SabunError]]:
    """Yield the errors below a class that have a code of their own."""
    for each in kind.__subclasses__():
        if "code" in vars(each):
            yield each
        yield from _below(each)


def _events(*modules: ModuleType) -> Iterator[Sequence[str]]:
    for module in modules:
        for name, kind in vars(module).items():
            if inspect.isclass(kind) and kind.__module__ == module.__name__:
                yield f"`{name}`", (inspect.getdoc(kind) or "").split("\n\n")[0]


if __name__ == "__main__":
    write(page)

"""``sabun settings``: what can be changed, what it is now, and what a change costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import VerbGroup, WrongUsage, verb
from engine.facade import Engine
from engine.settings import Setting, Settings, StoredSettings


@dataclass(frozen=True, kw_only=True)
class GetOptions(CommonOptions):
    """What ``sabun settings get`` is asked.

    Attributes:
        name: Of the setting.
    """

    name: str = positional(metavar="NAME", help="of the setting, as sabun settings list has it")


@dataclass(frozen=True, kw_only=True)
class SetOptions(CommonOptions):
    """What ``sabun settings set`` is asked.

    Attributes:
        name: Of the setting.
        value: As typed.
    """

    name: str = positional(metavar="NAME", help="of the setting, as sabun settings list has it")
    value: str = positional(metavar="VALUE", help="on or off, a number, or a text")


@dataclass(frozen=True, kw_only=True)
class ResetOptions(CommonOptions):
    """What ``sabun settings reset`` is asked.

    Attributes:
        names: Of the settings.
        all: All of them, with what other versions stored.
    """

    names: tuple[str, ...] = positional((), metavar="NAME", help="of the settings")
    all: bool = option(False, help="every setting, and what other versions of Sabun stored")


def run_list(options: CommonOptions, terminal: Terminal) -> int:
    """Print every setting: value, range, meaning, cost of a change."""
    with Engine(options.data_dir, writable=False) as engine:
        stored = engine.settings.stored()
    if terminal.as_json:
        terminal.result(
            {
                "settings": [_shape(each, stored) for each in Settings.all()],
                "unused": [
                    {"name": row.name, "value": row.value, "message": str(row)}
                    for row in stored.unused
                ],
            }
        )
        return 0
    for each in Settings.all():
        changed = "" if each.name in stored.changed else "  (default)"
        terminal.line(f"{each.name} = {_value(each, stored.settings)}{changed}")
        terminal.line(f"    {each.declared.title}: {each.declared.help}")
        terminal.line(f"    {each.allowed.capitalize()}. {each.declared.cost.sentence}")
    for row in stored.unused:
        terminal.note(f"sabun: {row}")
    return 0


def run_get(options: GetOptions, terminal: Terminal) -> int:
    """Print the value of one setting."""
    setting = Settings.find(options.name)
    with Engine(options.data_dir, writable=False) as engine:
        stored = engine.settings.stored()
    if terminal.as_json:
        terminal.result(_shape(setting, stored))
    else:
        terminal.line(_value(setting, stored.settings))
    for row in stored.unused:
        if row.name == setting.name:
            terminal.note(f"sabun: {row}")
    return 0


def run_set(options: SetOptions, terminal: Terminal) -> int:
    """Change one setting; a value that it cannot have changes nothing."""
    setting = Settings.find(options.name)
    value = setting.parse(options.value)
    with Engine(options.data_dir) as engine:
        if setting.declared.model and value != setting.default:
            engine.models.find(str(value), kind=setting.declared.model)  # says if it is missing
        before = _value(setting, engine.settings.current)
        engine.settings.change(**{setting.name: value})
        stored = engine.settings.stored()
    if terminal.as_json:
        terminal.result(_shape(setting, stored))
    else:
        now = _value(setting, stored.settings)
        terminal.line(f"{setting.name} = {now} (was {before}). {setting.declared.cost.sentence}")
    return 0


def run_reset(options: ResetOptions, terminal: Terminal) -> int:
    """Put settings back to their defaults, and remove what is not used."""
    if options.all == bool(options.names):
        raise WrongUsage("name the settings to reset, or give --all")
    with Engine(options.data_dir) as engine:
        unused = {row.name for row in engine.settings.stored().unused}
        if options.all:
            names = [*(each.name for each in Settings.all()), *sorted(unused)]
        else:
            names = [name if name in unused else _known(name) for name in options.names]
        engine.settings.reset(*names)
        stored = engine.settings.stored()
    declared = [each for each in Settings.all() if each.name in names]
    if terminal.as_json:
        terminal.result({"settings": [_shape(each, stored) for each in declared]})
        return 0
    for each in declared:
        terminal.line(f"{each.name} = {_value(each, stored.settings)}")
    return 0


VERB = VerbGroup(
    "settings",
    "what can be changed: list, get, set, reset",
    (
        verb("list", "every setting, its value and what a change costs", CommonOptions, run_list),
        verb("get", "the value of one setting", GetOptions, run_get),
        verb("set", "change one setting", SetOptions, run_set),
        verb("reset", "put settings back to their defaults", ResetOptions, run_reset),
    ),
)


def _known(name: str) -> str:
    """Return a declared name.

    Raises:
        SettingUnknown: It is none.
    """
    return Settings.find(name).name


def _value(setting: Setting, settings: Settings) -> str:
    """Return a value as ``settings set`` reads it, with its name where it is not plain."""
    value = getattr(settings, setting.name)
    named = {choice.value: choice.title for choice in setting.declared.named}
    if value == "":
        named |= {choice.value: choice.title for choice in setting.declared.choices}
    text = setting.shown(value) or '""'
    return f"{text} ({named[value]})" if value in named else text


def _shape(setting: Setting, stored: StoredSettings) -> dict[str, Any]:
    """Return one setting as JSON."""
    declared = setting.declared
    return {
        "name": setting.name,
        "value": getattr(stored.settings, setting.name),
        "default": setting.default,
        "changed": setting.name in stored.changed,
        "type": setting.kind.__name__,
        "choices": [choice.value for choice in declared.choices] or None,
        "minimum": declared.minimum,
        "maximum": declared.maximum,
        "title": declared.title,
        "help": declared.help,
        "cost": declared.cost.sentence,
    }

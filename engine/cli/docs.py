"""The page on the command line, made from the declarations that make the parsers.

``python -m engine.cli.docs docs/cli.md`` writes it; a test fails when it is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import MISSING

from engine.cli.markdown import cell, write
from engine.cli.options import CommonOptions, Declared, declared
from engine.cli.program import DESCRIPTION, VERBS
from engine.cli.verb import Verb, VerbGroup
from engine.settings import Settings

_HEAD = f"""\
# The command line

<!-- Made by `python -m engine.cli.docs docs/cli.md`; do not edit. -->

`sabun VERB [OPTION]...` {DESCRIPTION[0].lower()}{DESCRIPTION[1:]}
The window has its own command, `sabun-desktop`.

Results go to standard output, everything else to standard error. Exit status: 0 done; 1 failed,
with one sentence on standard error; 2 wrong usage; 130 ended by Ctrl-C, with what was finished
kept.

Every verb understands:

"""

EMPTY = '""'


def page() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD, _table(declared(CommonOptions)), "\n"]
    parts += [_index(), "\n"]
    for verb in VERBS:
        parts.extend(_verb(verb))
    parts.append(_settings())
    return "".join(parts)


def _index() -> str:
    rows = [f"| [`{verb.name}`](#{_anchor(verb.name)}) | {cell(verb.help)} |" for verb in VERBS]
    return "\n".join(["| verb | what it does |", "|---|---|", *rows]) + "\n"


def _verb(verb: Verb | VerbGroup) -> Iterator[str]:
    yield f"## {verb.name}\n\n{_sentence(verb.help)}\n\n"
    if isinstance(verb, Verb):
        yield _usage(verb.name, verb)
        return
    for action in verb.actions:
        yield f"### {verb.name} {action.name}\n\n{_sentence(action.help)}\n\n"
        yield _usage(f"{verb.name} {action.name}", action)


def _usage(name: str, verb: Verb) -> str:
    common = {each.name for each in declared(CommonOptions)}
    own = [each for each in declared(verb.options) if each.name not in common]
    own.sort(key=lambda each: bool(each.argument.flag))
    words = [_word(each) for each in own if not each.argument.flag or each.argument.required]
    optional = any(each.argument.flag and not each.argument.required for each in own)
    line = " ".join(["sabun", name, *words, *(["[OPTION]..."] if optional else [])])
    text = f"```text\n{line}\n```\n\n"
    return text + (f"{_table(own)}\n" if own else "")


def _table(arguments: Sequence[Declared]) -> str:
    rows = ["| option | meaning | default |", "|---|---|---|"]
    section = one_of = ""
    for each in arguments:
        title = each.argument.section.title if each.argument.section else ""
        if title != section:
            section = title
            rows.append(f"| **{cell(title)}** | {cell(_description(each))} | |")
        meaning = _meaning(each)
        if each.argument.one_of:
            meaning += " (this, or the option after it)" if not one_of else ""
            one_of = each.argument.one_of
        rows.append(f"| `{_option(each)}` | {cell(meaning)} | {cell(_default(each))} |")
    return "\n".join(rows) + "\n"


def _description(each: Declared) -> str:
    return each.argument.section.description if each.argument.section else ""


def _option(each: Declared) -> str:
    if not each.argument.flag:
        return _word(each)
    flags = each.argument.flag
    if each.argument.negatable:
        flags += f", --no-{flags.removeprefix('--')}"
    return flags if each.kind is bool else f"{flags} {_value(each)}"


def _word(each: Declared) -> str:
    """Return how an argument is written in a line of usage."""
    if each.argument.flag:
        return f"{each.argument.flag} {_value(each)}"
    if each.several:
        return f"[{_value(each)}]..."
    return _value(each) if each.default is MISSING else f"[{_value(each)}]"


def _value(each: Declared) -> str:
    return each.argument.metavar or (each.name.upper() if each.choices is None else "WORD")


def _meaning(each: Declared) -> str:
    parts = [each.argument.help]
    if each.choices is not None:
        parts.append("one of " + ", ".join(f"`{choice}`" for choice in each.choices))
    if each.several and each.argument.flag and "several times" not in each.argument.help:
        parts.append("may be given several times")
    return "; ".join(part for part in parts if part)


def _default(each: Declared) -> str:
    """Return the default, where there is one and the meaning does not tell it already."""
    if each.argument.required or (not each.argument.flag and each.default is MISSING):
        return "must be given"
    nothing = each.default is None or each.default is False or each.default in ("", ())
    if nothing or "default" in each.argument.help:
        return ""
    return f"`{each.default}`"


def _settings() -> str:
    """Return the table of all settings, from their declarations."""
    rows = []
    for each in Settings.all():
        words = each.declared
        default = each.shown(each.default) or EMPTY
        named = [f"`{each.shown(c.value) or EMPTY}`: {c.title}" for c in words.named]
        values = "; ".join([each.allowed, *named])
        cells = (f"{words.title}. {words.help}", values, f"`{default}`", words.cost.sentence)
        rows.append(f"| `{each.name}` | {' | '.join(map(cell, cells))} |")
    head = ["| setting | meaning | values | default | a change |", "|---|---|---|---|---|"]
    intro = "## All settings\n\nThe window shows most of them in its settings (Ctrl+,).\n\n"
    return intro + "\n".join([*head, *rows]) + "\n"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _anchor(text: str) -> str:
    return text.lower().replace(" ", "-")


if __name__ == "__main__":
    write(page)

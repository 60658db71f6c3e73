"""What was decided, and who has to do what by when: rows of tables, and sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.composed import Statement
from engine.answering.summary.extract import cut
from engine.answering.summary.outline import Line, Outline
from engine.answering.summary.workbook import cells_of
from engine.languages import PROFILES, LanguageProfile, any_of
from engine.records import AnswerRow, AnswerTable
from engine.text import is_cjk, normalise

_RULES = tuple(profile.summaries for profile in PROFILES)
_OWNER = re.compile(any_of(rules.owner for rules in _RULES))
_WORK = re.compile(any_of(rules.work for rules in _RULES))
_DEADLINE = re.compile(any_of(rules.deadline for rules in _RULES))
_DECIDED = re.compile(any_of(rules.decided for rules in _RULES))
_SAYS_DECIDED = re.compile(any_of(rules.says_decided for rules in _RULES))
_TASKS = tuple(re.compile(text) for rules in _RULES for text in rules.task)
_PRESENT = re.compile(any_of(rules.present for rules in _RULES))
_DUE = tuple(re.compile(rules.due) for rules in _RULES if rules.due)
_MARKUP = re.compile(r"\*\*|__|^\s*[-*•・]\s*|^\s*\d{1,2}[.)．]\s*")
_SHORT_WORK = 8
"""Characters of a task in a script without spaces that name no object: then the sentence does."""


@dataclass(frozen=True)
class Item:
    """Something that was decided or is to be done.

    Attributes:
        line: Where it stands.
        what: The task or decision.
        who: Who has to do it; empty if nobody is named.
        when: By when; empty if that is not said.
        task: Whether somebody has to do it.
    """

    line: Line
    what: str
    who: str = ""
    when: str = ""
    task: bool = False


def items_of(read: Outline) -> list[Item]:
    """Return the decisions and tasks of a document, in order, each line once."""
    found: list[Item] = []
    goes_on: Line | None = None
    present = " ".join(line.text for line in read.lines if _PRESENT.search(normalise(line.text)))
    for line in read.lines:
        item = _of_row(line) if line.row else _of_sentence(line, goes_on, present)
        if item is not None:
            found.append(item)
        said = _SAYS_DECIDED.search(_bare(line.text))
        goes_on = line if said or (item and goes_on and not item.task) else None
    return found


def _of_row(line: Line) -> Item | None:
    who = what = when = ""
    for name, value in cells_of(line.text):
        label = normalise(name)
        if not who and _OWNER.fullmatch(label):
            who = value
        elif not when and _DEADLINE.fullmatch(label):
            when = value
        elif not what and _WORK.fullmatch(label) and not value.isdigit():
            what = value
    return Item(line, what, who, when, task=True) if what and (who or when) else None


def _of_sentence(line: Line, goes_on: Line | None, present: str) -> Item | None:
    text = _bare(line.text)
    when = next((m["when"] for pattern in _DUE if (m := pattern.search(text))), "")
    for match in (each for pattern in _TASKS for each in pattern.finditer(text)):
        said = {name: (value or "").strip() for name, value in match.groupdict().items()}
        if said.get("name") and said["name"] not in present:
            continue  # whatever does something, it is nobody who was there
        what = f"{said.get('what', '')}{said.get('rest', '')}".strip("、, ")
        if len(what) < _SHORT_WORK and (not what or is_cjk(what[0])):
            what = text
        who = said.get("who") or said.get("name", "")
        return Item(line, what, who, said.get("when", "") or when, task=True)
    follows = goes_on is not None and _is_behind(line, goes_on)
    if _DECIDED.search(text) or follows:
        return Item(line, text, "", when)
    return None


def _is_behind(line: Line, before: Line) -> bool:
    """Tell whether a sentence stands in the same paragraph as the one before it."""
    one, other = before.source, line.source
    if one.passage.id != other.passage.id:
        return False
    start = one.passage.start
    return "\n" not in one.passage.text[one.end - start : other.start - start]


def _bare(text: str) -> str:
    return _MARKUP.sub("", text).strip()


def told(
    items: Sequence[Item], profile: LanguageProfile, *, decisions: bool, tasks: bool
) -> tuple[list[Statement], list[Item]]:
    """Return the statements about decisions and tasks, and the items that the table has.

    Args:
        items: From :func:`items_of`.
        profile: Language of the answer.
        decisions: Tell what was decided.
        tasks: Tell who has to do what.
    """
    words = profile.summary_wording
    made: list[Statement] = []
    listed: list[Item] = []
    groups = [
        (words.decided, decisions, [item for item in items if not item.task]),
        (words.tasks, tasks or decisions, [item for item in items if item.task]),
    ]
    for title, asked, some in groups:
        if not asked or not some:
            continue
        made.append(Statement(f"**{title}**", before="\n\n"))
        made += [Statement(f"- {_line(item, profile)}", (item.line.source,)) for item in some]
        listed += some
    return made, listed


def _line(item: Item, profile: LanguageProfile) -> str:
    extra = [part for part in (item.who, item.when) if part]
    if not item.task or not extra or not item.line.row:
        return cut(_bare(item.line.text))
    comma, brackets = ("、", "（）") if profile.code == "ja" else (", ", "()")
    return f"{cut(item.what)} {brackets[0]}{comma.join(extra)}{brackets[1]}"


def table_of(
    items: Sequence[Item], numbers: dict[int, int], profile: LanguageProfile
) -> AnswerTable:
    """Return who has to do what by when; decisions stand there without a person."""
    return AnswerTable(
        profile.summary_wording.columns,
        tuple(
            AnswerRow((item.who, cut(item.what), item.when), numbers[item.line.source.passage.id])
            for item in items
        ),
    )

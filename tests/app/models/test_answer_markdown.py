from __future__ import annotations

from app.models.answer_markdown import CHIP, CHIP_END, DOUBT, DOUBT_END, marked_markdown
from engine.records import Citation


def test_markers_become_marks_that_mean_nothing_in_markdown() -> None:
    marked = marked_markdown("- **Osaka** [1]\n- Kyoto [12] [9999]", (), 12)
    assert marked == f"- **Osaka** {CHIP}1{CHIP_END}  \n- Kyoto {CHIP}12{CHIP_END} [9999]  "


def test_marks_in_the_text_itself_are_dropped() -> None:
    assert marked_markdown(f"a{CHIP}7{CHIP_END}{DOUBT}b", (), 9) == "a7b  "


def test_doubtful_sentences_are_marked() -> None:
    doubt = Citation(0, "It is blue.", "", verified=False)
    assert marked_markdown("- It is blue. [?]", (doubt,), 1) == f"- {DOUBT}It is blue.{DOUBT_END}  "


def test_lines_stay_lines_but_not_in_tables_and_code() -> None:
    text = "one\ntwo\n\n| a |\n|---|\n\n```\ncode\n```\nend"
    assert marked_markdown(text, (), 1) == ("one  \ntwo  \n\n| a |\n|---|\n\n```\ncode\n```\nend  ")

"""What list questions are taken apart into, both languages."""

from __future__ import annotations

import pytest

from engine.answering.listing.wanted import class_words, wanted


@pytest.mark.parametrize(
    ("question", "form", "noun", "topic"),
    [
        ("List all hotel caps.", "things", "hotel caps", ""),
        ("Which courses did Elin Hargest take?", "things", "courses", "did Elin Hargest take"),
        ("What kinds of family leave are there?", "things", "family leave", ""),
        ("How do I open the service menu?", "steps", "", "open the service menu"),
        ("List what is not covered by the warranty.", "section", "", None),
        ("Which contracts mention arbitration?", "documents", "contracts", "arbitration"),
        ("How many documents mention the KF-200?", "documents", "documents", "the KF-200"),
        ("仕入先の一覧", "things", "仕入先", ""),
        ("7月3日の生産会議の出席者は誰ですか。", "things", "出席者", "7月3日の生産会議の"),
        ("どんな資格に祝い金が出ますか。", "things", "資格", "に祝い金が出ますか"),
        ("特別休暇の種類をすべて挙げて。", "things", "特別休暇", ""),
        ("不合格品の処置の手順を教えてください。", "steps", "", "不合格品の処置"),
        ("KF-200に触れている文書を全部", "documents", "文書", "KF-200"),
        ("仲裁について書かれた契約書はどれですか。", "documents", "契約書", "仲裁"),
    ],
)
def test_questions_are_taken_apart(question, form, noun, topic):
    found = wanted(question)
    assert found is not None
    assert (found.form, found.noun) == (form, noun)
    assert topic is None or found.topic == topic


@pytest.mark.parametrize("question", ["list how many", "?", "Welche Lieferanten haben wir?"])
def test_what_names_nothing_is_no_list_of_documents(question):
    found = wanted(question)
    assert found is None or found.form != "documents"


def test_numbers_of_things_are_told_from_lists():
    assert wanted("How many suppliers do we have?").counts
    assert wanted("仕入先は何社ありますか。").counts
    assert not wanted("Which suppliers do we have?").counts


def test_a_class_has_names_in_every_language():
    classes = wanted("Which suppliers do we have?").classes
    assert classes == wanted("仕入先の一覧").classes
    assert {"suppliers", "仕入先"} & set(class_words(classes))

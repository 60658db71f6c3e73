from __future__ import annotations

import inspect
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import engine.errors
from app.i18n import LanguageManager, Words
from app.i18n import compile as translations
from app.i18n.error_words import ErrorWords
from app.i18n.translator import LANGUAGES, TRANSLATIONS_DIR
from engine.errors import AdapterMissing, CollectionNameTaken, FileUnreadable, SabunError
from engine.records import AnswerStats, Coverage, Location, SkipReason


def messages(path: Path) -> dict[tuple[str, str, str], ElementTree.Element]:
    found = {}
    for context in ElementTree.parse(path).getroot():
        name = context.findtext("name") or ""
        for message in context.findall("message"):
            key = (name, message.findtext("source") or "", message.findtext("comment") or "")
            found[key] = message
    return found


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> Path:
    """The translations as lupdate would leave them now."""
    folder = tmp_path_factory.mktemp("ts")
    for language in LANGUAGES:
        shutil.copy(TRANSLATIONS_DIR / f"sabun_{language}.ts", folder)
    translations.update(folder)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(extracted, language):
    now = messages(extracted / f"sabun_{language}.ts")
    kept = messages(TRANSLATIONS_DIR / f"sabun_{language}.ts")
    assert now.keys() == kept.keys(), "run: python -m app.i18n.compile --update"
    unfinished = [
        key
        for key, message in now.items()
        for each in [message.find("translation")]
        if each is None or each.get("type") or not "".join(each.itertext()).strip()
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_place_holders_survive_translation(language):
    import re

    for (_, source, _), message in messages(TRANSLATIONS_DIR / f"sabun_{language}.ts").items():
        translation = message.find("translation")
        assert translation is not None
        forms = [f.text or "" for f in translation.findall("numerusform")] or [
            translation.text or ""
        ]
        for form in forms:
            wanted = set(re.findall(r"\{\w+\}|%n", source))
            assert set(re.findall(r"\{\w+\}|%n", form)) == wanted, (source, form)


def test_the_compiled_files_are_up_to_date(tmp_path):
    for made in translations.compile_translations(tmp_path):
        kept = TRANSLATIONS_DIR / made.name
        assert kept.read_bytes() == made.read_bytes(), "run: python -m app.i18n.compile"


# --- what the engine reports ------------------------------------------------------------


@pytest.fixture
def language(qapp):
    manager = LanguageManager(qapp, "en")
    yield manager
    manager.close()


def all_errors() -> list[type[SabunError]]:
    return [
        kind
        for _, kind in inspect.getmembers(engine.errors, inspect.isclass)
        if issubclass(kind, SabunError) and "code" in vars(kind)
    ]


def test_every_error_code_has_a_sentence(language):
    templates = ErrorWords().templates()
    assert {kind.code for kind in all_errors()} == templates.keys()


def test_error_sentences_use_only_data_that_the_error_has(language):
    import re

    templates = ErrorWords().templates()
    for kind in all_errors():
        has = set(re.findall(r"\{(\w+)\}", kind.sentence))
        needs = set(re.findall(r"\{(\w+)\}", templates[kind.code]))
        assert needs <= has, kind.code


def test_errors_speak_the_language_in_force(language):
    words, error = Words(), CollectionNameTaken(name="契約")
    assert words.error(error) == (
        'There is already a collection named "契約". Choose another name.'
    )
    language.choose("ja")
    assert "「契約」という名前のコレクションはすでにあります" in words.error(error)


def test_codes_become_names_in_error_sentences(language):
    words = Words()
    assert "DiffLoRA attention" in words.error(AdapterMissing(mode="difflora", model="m"))
    damaged = FileUnreadable(path="/a.pdf", reason="damaged", detail="bad xref")
    assert words.error(damaged).startswith("/a.pdf cannot be read. The file is damaged.")


def test_an_unknown_code_falls_back_to_the_engines_sentence(language):
    class Strange(SabunError):
        code = "strange"
        sentence = "Strange {thing}."

    assert Words().error(Strange(thing="things")) == "Strange things."


def test_braces_in_data_do_no_harm(language):
    assert "{x}" in Words().error(CollectionNameTaken(name="{x}"))


def test_plurals(language):
    words = Words()
    assert words.documents(1) == "1 document"
    assert words.documents(2) == "2 documents"
    assert words.unreadable(1) == "1 file could not be read"
    assert words.coverage(Coverage(22, 1)) == "Searched 22 of 23 files · 1 unreadable"
    assert words.coverage(Coverage(5, 0)) == "Searched all 5 files"
    narrowed = Coverage(5, 0, filters=("type:pdf", '"half day"'))
    assert words.coverage(narrowed) == 'Searched all 5 files · type:pdf "half day"'
    language.choose("ja")
    assert words.coverage(Coverage(22, 1)) == ("23 件中 22 件のファイルを検索 · 1 件は読み取り不可")


@pytest.mark.parametrize(
    ("location", "english", "japanese"),
    [
        (Location("page", 3, 3), "Page 3", "3 ページ"),
        (Location("page", 3, 4), "Pages 3–4", "3–4 ページ"),
        (Location("paragraph", 2), "Paragraph 2", "第 2 段落"),
        (Location("sheet", 2, 9, "Prices!A2:D9"), "Sheet Prices!A2:D9", "シート Prices!A2:D9"),
        (Location("slide", 5, 5), "Slide 5", "スライド 5"),
        (Location("part", 0, 0, "body"), "Mail: body", "メール: body"),
        (Location("section", 0, 0, "2 > 2.1"), "Section 2 > 2.1", "セクション 2 > 2.1"),
        (Location("line", 1, 8), "Lines 1–8", "1–8 行目"),
    ],
)
def test_places_in_both_languages(language, location, english, japanese):
    words = Words()
    assert words.location(location) == english
    language.choose("ja")
    assert words.location(location) == japanese


def test_measurements_leave_out_what_was_not_measured(language):
    words = Words()
    full = AnswerStats(400, 50, 12.0, 480.0, 500.0, 23.44, 0)
    assert words.stats(full, "SmolLM2", "Baseline") == (
        "Baseline · SmolLM2 · 23.4 tokens/s · first token after 0.5 s"
    )
    none = AnswerStats(0, 0, 120.0, None, None, None, 0)
    assert words.stats(none, "", "Baseline") == "Baseline · found in 0.1 s"


def test_every_reason_is_translated(language):
    words = Words()
    english = [words.skip_reason(reason) for reason in SkipReason]
    language.choose("ja")
    japanese = [words.skip_reason(reason) for reason in SkipReason]
    assert all(a != b for a, b in zip(english, japanese, strict=True))


def test_an_unknown_language_is_the_systems(qapp):
    manager = LanguageManager(qapp, "xx")
    assert manager.language in LANGUAGES
    manager.close()

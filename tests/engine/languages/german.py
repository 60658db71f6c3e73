"""A third language, as somebody would add it: one file."""

from __future__ import annotations

from dataclasses import replace

from engine.languages import ENGLISH
from engine.languages.profile import (
    Asked,
    FactRules,
    FollowUpRules,
    PromptWording,
    SalientRules,
    SentenceRules,
    TokenRules,
    Wording,
)

_PROMPT = PromptWording(
    system="Du antwortest aus dem Text.",
    passages="{passages}",
    extracts="Wichtige Sätze:\n{extracts}",
    question="Frage: {question}",
)

GERMAN = replace(
    ENGLISH,
    code="de",
    name="Deutsch",
    tokens=TokenRules(
        stop_words=frozenset("wie viele hat ein der die das es ist nicht und für alle".split()),
        suffixes=("en", "er", "e"),
    ),
    sentences=SentenceRules(
        stops=".!?", end=r"[.!?]+[\"”]*(?=\s)", abbreviations=r"\b(?:z\.B|bzw|Nr)\.$"
    ),
    facts=FactRules(
        units={"day": ("tag", "tage", "urlaubstage")},
        negation=r"\b(?:nicht|kein\w*|nie)\b",
    ),
    kinds={"days": Asked(r"\bwie viele \w*tage", r"\b\w*tage?\b")},
    follow_up=FollowUpRules(
        leans=lambda question, n_content: question.startswith("Und "),
        points_back=lambda question: "dafür" in question,
    ),
    salient=SalientRules(),
    wording=Wording(
        refusal="In den Dokumenten nicht gefunden. {searched} Am nächsten: {nearest}.",
        searched="Durchsucht: {files} Dateien, {passages} Stellen.",
        unreadable=" Nicht lesbar: {files}.",
        separator=", ",
        nowhere="nichts",
        quotation=("„", "“ "),
        brief=_PROMPT,
        full=_PROMPT,
        prompt_echoes=("\nFrage:",),
        gap_question="Was fehlt hier: {gapped}",
    ),
)

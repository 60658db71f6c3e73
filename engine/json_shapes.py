"""The JSON objects of ``--json`` and of exports: their keys are a contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.records import (
    Answer,
    AnswerTable,
    AttentionUse,
    Citation,
    Collection,
    Comparison,
    IndexSummary,
    Notice,
    PartlyReadFile,
    RetrievedPassage,
    Scanned,
    SkippedFile,
    SourceAttention,
    TablePlan,
)
from engine.wording.notices import english


def passage_shape(found: RetrievedPassage) -> dict[str, Any]:
    """Return ``{number, document, path, location, score, text}``."""
    passage = found.passage
    return {
        "number": found.number,
        "document": passage.document.name,
        "path": passage.document.path,
        "location": str(passage.location),
        "score": found.score,
        "text": passage.text,
    }


def citation_shape(citation: Citation) -> dict[str, Any]:
    """Return ``{number, sentence, quote, verified, lack, document, path, location}``."""
    return {
        "number": citation.number,
        "sentence": citation.sentence,
        "quote": citation.quote,
        "verified": citation.verified,
        "lack": citation.lack,
        "document": citation.document,
        "path": citation.path,
        "location": str(citation.location) if citation.location else "",
    }


def attention_shape(use: AttentionUse) -> dict[str, Any]:
    """Return ``{mode, prefill, kernel, device, adapter, notes}``."""
    return {
        "mode": use.mode,
        "prefill": use.prefill,
        "kernel": use.kernel,
        "device": use.device,
        "adapter": use.adapter,
        "notes": [english(note) for note in use.notes],
    }


def notice_shape(notice: Notice) -> dict[str, Any]:
    """Return ``{code, data, text}``; the text is English."""
    return {"code": notice.code, "data": dict(notice.data), "text": english(notice)}


def answer_shape(answer: Answer) -> dict[str, Any]:
    """Return the object of ``ask --json``.

    ``score`` says how sure it is that the passages answer, from 0 to 1; null if that was not
    judged. ``passages`` of a refused answer are the nearest ones, and nothing is cited.
    ``left_out`` are sentences of the model that the documents do not support. ``scanned`` and
    ``rows`` are null where a few passages were read and no table was; ``plan`` is how rows of
    tables were computed with, and null without.
    """
    return {
        "question": answer.question,
        "answer": answer.text,
        "kind": answer.kind,
        "refused": answer.refused,
        "refusal_reason": answer.refusal_reason,
        "score": answer.score,
        "attention": attention_shape(answer.attention),
        "passages": [passage_shape(found) for found in answer.passages],
        "citations": [citation_shape(citation) for citation in answer.citations],
        "left_out": [{"sentence": each.sentence, "lack": each.lack} for each in answer.left_out],
        "coverage": {
            "files_searched": answer.coverage.n_files_searched,
            "files_unreadable": answer.coverage.n_files_unreadable,
            "passages": answer.coverage.n_passages,
            "filters": list(answer.coverage.filters),
        },
        "stats": {
            "prompt_tokens": answer.stats.prompt_tokens,
            "completion_tokens": answer.stats.completion_tokens,
            "time_to_first_token_ms": answer.stats.time_to_first_token_ms,
            "prefill_tokens_per_second": answer.stats.prefill_tokens_per_second,
            "decode_tokens_per_second": answer.stats.decode_tokens_per_second,
            "seed": answer.stats.seed,
        },
        "notices": [notice_shape(notice) for notice in answer.notices],
        "scanned": _scanned(answer.scanned),
        "rows": _rows(answer.table),
        "plan": _plan(answer.plan),
    }


def _scanned(scanned: Scanned | None) -> dict[str, Any] | None:
    if scanned is None:
        return None
    return {
        "files": scanned.n_files,
        "passages": scanned.n_passages,
        "exhaustive": scanned.exhaustive,
    }


def _plan(plan: TablePlan | None) -> dict[str, Any] | None:
    """Return ``{tables, operation, column, filters, group, descending, limit}``."""
    if plan is None:
        return None
    return {
        "tables": [{"id": table.id, "name": table.name} for table in plan.tables],
        "operation": plan.operation,
        "column": plan.column,
        "filters": [
            {"column": each.column, "relation": each.relation, "value": each.value}
            for each in plan.filters
        ],
        "group": plan.group,
        "descending": plan.descending,
        "limit": plan.limit,
    }


def _rows(table: AnswerTable | None) -> list[dict[str, Any]] | None:
    """Return ``[{cells{column: text}, number, possible}]``."""
    if table is None:
        return None
    return [
        {
            "cells": dict(zip(table.columns, row.cells, strict=True)),
            "number": row.number,
            "possible": row.possible,
        }
        for row in table.rows
    ]


def comparison_shape(comparison: Comparison) -> dict[str, Any]:
    """Return the object of ``ask --compare --json``: ``answers`` over identical ``passages``.

    ``source_attention`` holds per answer ``{numbers, shares, mass}``, ``mass`` by layer and
    passage; null where it was not measured.
    """
    first, second = comparison.answers
    return {
        "question": first.question,
        "passages": [passage_shape(found) for found in first.passages],
        "answers": [answer_shape(first), answer_shape(second)],
        "source_attention": [_looked(looked) for looked in comparison.source_attention],
        "seed": first.stats.seed,
        "prompt_sha256": comparison.prompt_sha256,
        "model": first.model or second.model,
    }


def _looked(looked: SourceAttention | None) -> dict[str, Any] | None:
    if looked is None:
        return None
    return {
        "numbers": list(looked.numbers),
        "shares": list(looked.shares()),
        "mass": [list(row) for row in looked.mass],
    }


def skipped_shape(files: Iterable[SkippedFile]) -> list[dict[str, str]]:
    """Return ``[{path, reason, detail}]``."""
    return [{"path": f.path, "reason": str(f.reason), "detail": english(f.detail)} for f in files]


def partly_read_shape(files: Iterable[PartlyReadFile]) -> list[dict[str, Any]]:
    """Return ``[{path, missing: [...]}]``."""
    return [{"path": f.path, "missing": [english(note) for note in f.notes]} for f in files]


def summary_shape(summary: IndexSummary) -> dict[str, Any]:
    """Return the object of ``index --json``."""
    return {
        "files": {
            "indexed": summary.n_indexed,
            "unchanged": summary.n_unchanged,
            "skipped": len(summary.skipped),
        },
        "skipped": skipped_shape(summary.skipped),
        "passages": summary.n_passages,
        "seconds": round(summary.duration_s, 3),
    }


def status_shape(
    collections: Iterable[Collection],
    skipped: Iterable[SkippedFile],
    partly_read: Iterable[PartlyReadFile],
    seconds: float,
) -> dict[str, Any]:
    """Return the object of ``status --json``: ``indexed`` counts searchable files.

    ``unchanged`` is a count of one run of ``index``; nothing runs here, so it is 0.
    """
    known = list(collections)
    files = skipped_shape(skipped)
    return {
        "files": {
            "indexed": sum(c.n_documents for c in known),
            "unchanged": 0,
            "skipped": len(files),
        },
        "skipped": files,
        "partly_read": partly_read_shape(partly_read),
        "passages": sum(c.n_passages for c in known),
        "seconds": round(seconds, 3),
    }

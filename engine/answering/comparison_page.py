"""A comparison as one web page that needs nothing else: no scripts, no pictures, no network."""

from __future__ import annotations

from html import escape

from engine.answering.comparison_marks import marked_texts
from engine.answering.wording import quoted
from engine.records import Answer, AttentionUse, Citation, Comparison, SourceAttention
from engine.text import language_of
from engine.version import program_version

_STYLE = """
:root{color-scheme:light dark;--text:#1d2129;--muted:#5d6673;--back:#fff;--card:#f6f7f9;
--line:#d9dde3;--bar:#8fb4ee;--below:#efb88a;--mark:#ffe58a;--heat:40,100,200;--cold:200,90,20}
@media(prefers-color-scheme:dark){:root{--text:#e7e9ed;--muted:#9aa3af;--back:#16181c;
--card:#1f2228;--line:#353a43;--bar:#35598f;--below:#7d4c22;--mark:#6b5713;--heat:110,165,255;
--cold:255,150,80}}
body{font:15px/1.55 system-ui,"Noto Sans CJK JP",sans-serif;color:var(--text);
background:var(--back);max-width:1100px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .5rem}h3{font-size:1rem;margin:0 0 .5rem}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
@media(max-width:760px){.sides{grid-template-columns:1fr}}
section,article{background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:.9rem 1rem;overflow-x:auto}article{margin:.6rem 0}
.text{white-space:pre-wrap}small,.muted{color:var(--muted)}mark{background:var(--mark);
color:inherit}blockquote{margin:.2rem 0 .6rem;padding-left:.7rem;
border-left:3px solid var(--bar)}.row{display:grid;grid-template-columns:11rem 1fr 4rem;
gap:.6rem;align-items:center}.row span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.track{background:var(--line);height:.7rem;border-radius:3px}.track div{background:var(--bar);
height:100%;border-radius:3px}.track div.below{background:var(--below)}
table{border-collapse:collapse;font-size:11px}td,th{padding:.1rem .35rem;text-align:right;
font-weight:normal}td{background:rgba(var(--heat),var(--a));min-width:2.6rem}
td.below{background:rgba(var(--cold),var(--a))}
"""


def comparison_page(comparison: Comparison) -> str:
    """Return the HTML text; everything out of documents, models and questions is escaped."""
    first, second = comparison.answers
    language = language_of(first.question)
    limit = max(
        (abs(v) for s in comparison.source_attention if s for r in s.mass for v in r), default=0
    )
    sides = "".join(
        _side(answer, marked, looked, limit)
        for answer, marked, looked in zip(
            comparison.answers,
            marked_texts(first, second),
            comparison.source_attention,
            strict=True,
        )
    )
    evidence = "".join(_passage(number, first) for number in range(len(first.passages)))
    quotes = escape(quoted(first.extracts, language)) or escape(first.text)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(first.question)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(first.question)}</h1>"
        f'<p class="text">{quotes}</p>'
        f'<h2>Answers</h2><p class="muted">Words that only one answer has are marked.</p>'
        f'<div class="sides">{sides}</div>'
        f"<h2>Evidence, the same for both</h2>{evidence}"
        f"<h2>How it was made</h2>{_made(comparison)}</body></html>\n"
    )


def _side(answer: Answer, marked: str, looked: SourceAttention | None, limit: float) -> str:
    text = f'<p class="text">{marked}</p>' if marked else '<p class="muted">No generated text.</p>'
    notes = "".join(
        f"<li>{escape(note)}</li>" for note in (*answer.attention.notes, *answer.notices)
    )
    return (
        f"<section><h3>{escape(_name(answer.attention))}</h3>{text}"
        f"<p><small>{escape(_use(answer.attention))}<br>{escape(_speed(answer))}</small></p>"
        f"{f'<ul>{notes}</ul>' if notes else ''}"
        f"<h3>Citations</h3>{''.join(map(_citation, answer.citations)) or '<p>None.</p>'}"
        f"<h3>Attention on the sources</h3>{_bars(answer, looked)}{_heat(looked, limit)}</section>"
    )


def _name(use: AttentionUse) -> str:
    return use.mode if use.prefill == "dense" else f"{use.mode}, {use.prefill} prefill"


def _use(use: AttentionUse) -> str:
    parts = [f"prefill {use.prefill}"]
    if use.kernel:
        parts.append(f"kernel {use.kernel} on {use.device}")
    if use.adapter:
        parts.append(f"adapter {use.adapter}")
    return ", ".join(parts)


def _speed(answer: Answer) -> str:
    stats = answer.stats
    if not stats.prompt_tokens:
        return "No model ran."
    parts = [f"{stats.prompt_tokens} prompt tokens", f"{stats.completion_tokens} generated"]
    if stats.time_to_first_token_ms is not None:
        parts.append(f"first token after {stats.time_to_first_token_ms / 1000:.2f} s")
    if stats.prefill_tokens_per_second:
        parts.append(f"reads {stats.prefill_tokens_per_second:.0f} tokens/s")
    if stats.decode_tokens_per_second:
        parts.append(f"writes {stats.decode_tokens_per_second:.1f} tokens/s")
    return ", ".join(parts) + (", stopped" if answer.stopped else "")


def _citation(citation: Citation) -> str:
    if not citation.number:
        return f"<p>{escape(citation.sentence)} <small>not supported by the documents</small></p>"
    place = f", {citation.location}" if citation.location else ""
    state = "verified" if citation.verified else "not verified"
    return (
        f"<p>{escape(citation.sentence)} <small>[{citation.number}] "
        f"{escape(citation.document + place)} ({state})</small></p>"
        f"<blockquote>{escape(citation.quote)}</blockquote>"
    )


def _passage(index: int, answer: Answer) -> str:
    found = answer.passages[index]
    label = f"[{found.number}] {found.passage.document.name}, {found.passage.location}"
    text = escape(found.passage.text)
    return f'<article><h3>{escape(label)}</h3><div class="text">{text}</div></article>'


def _bars(answer: Answer, looked: SourceAttention | None) -> str:
    if looked is None:
        return '<p class="muted">Not measured.</p>'
    names = {found.number: found.passage.document.name for found in answer.passages}
    rows = []
    for number, share in zip(looked.numbers, looked.shares(), strict=True):
        below = ' class="below"' if share < 0 else ""
        width = min(100.0, 100 * abs(share))
        rows.append(
            f'<div class="row"><span>[{number}] {escape(names.get(number, ""))}</span>'
            f'<div class="track"><div{below} style="width:{width:.1f}%"></div></div>'
            f"<span>{100 * share:.1f} %</span></div>"
        )
    return "".join(rows)


def _heat(looked: SourceAttention | None, limit: float) -> str:
    if looked is None or not looked.mass:
        return ""
    head = "".join(f"<th>[{number}]</th>" for number in looked.numbers)
    rows = "".join(
        f"<tr><th>{layer}</th>{''.join(_cell(value, limit) for value in row)}</tr>"
        for layer, row in enumerate(looked.mass, start=1)
    )
    return (
        "<h3>By layer, in % of all attention</h3>"
        f"<table><tr><th>layer</th>{head}</tr>{rows}</table>"
    )


def _cell(value: float, limit: float) -> str:
    below = ' class="below"' if value < 0 else ""
    alpha = 0.85 * abs(value) / limit if limit else 0.0
    return f'<td{below} style="--a:{alpha:.2f}">{100 * value:.1f}</td>'


def _made(comparison: Comparison) -> str:
    first, second = comparison.answers
    coverage = first.coverage
    lines = [
        f"Model: {first.model or second.model or 'none ran'}",
        f"Seed: {first.stats.seed}",
        f"Prompt, SHA-256 of its tokens: {comparison.prompt_sha256 or 'none'}",
        f"Searched for: {first.search_query}",
        f"Files searched: {coverage.n_files_searched}; unreadable: {coverage.n_files_unreadable}",
        f"Sabun {program_version()}",
    ]
    return f"<p>{'<br>'.join(map(escape, lines))}</p>"

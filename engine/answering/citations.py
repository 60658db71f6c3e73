"""Ties each sentence of a generated text to stored text, or says that nothing supports it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from engine.answering.claims import bare, parts_of, sentences_of_answer
from engine.answering.likeness import Likeness, most_alike
from engine.answering.statements import Claim, Rarity, StoredSentence
from engine.answering.support import Judge
from engine.answering.units import units_of
from engine.languages import PROFILES, any_of
from engine.records import Citation, Extract, Lack, RetrievedPassage

UNSUPPORTED_MARK = "[?]"
"""Follows a sentence that no passage supports."""

MAX_UNDECIDED = 4
"""Claims of an answer that are compared by likeness; more would be felt as waiting."""

PAIR_BONUS = 0.1
"""Two sentences are quoted only if they support this much better than one."""

_WORDINGS = tuple(profile.wording for profile in PROFILES)
_OWN_MARKER = re.compile(
    rf"\s*(?:[\[【]\s*(?:{any_of(wording.citation_words for wording in _WORDINGS)})?"
    r"\s*\d+(?:\s*[,、;\-–]\s*\d+)*\s*[\]】]"
    rf"|{any_of(wording.own_citation for wording in _WORDINGS)})",
    re.IGNORECASE,
)


_LEAD_IN = re.compile(rf"^(?:{any_of(wording.lead_in for wording in _WORDINGS)})", re.IGNORECASE)
"""What a small model says instead of beginning to answer."""


class StoredText(Protocol):
    """Where the texts of documents are kept: the catalogue, or a test's dictionary."""

    def span(self, document_id: int, start: int, end: int) -> str:
        """Return ``document_text[start:end]``."""


def strip_markers(text: str) -> str:
    """Remove the ``[n]`` that the model wrote (it cannot be trusted with them) and lead-ins."""
    return _LEAD_IN.sub("", _OWN_MARKER.sub("", text).strip()).strip()


class CitationResolver:
    """Finds the stored sentence behind each sentence of an answer.

    Args:
        passages: The evidence, numbered.
        stored: Where every quote is looked up again before it counts as verified.
        question: What is answered: a claim is judged together with it.
        likeness: Compares a claim with sentences that have its facts and other words; None
            decides by words alone.
    """

    def __init__(
        self,
        passages: Sequence[RetrievedPassage],
        stored: StoredText,
        question: str = "",
        likeness: Likeness | None = None,
    ) -> None:
        self._passages = {item.number: item for item in passages}
        self._stored = stored
        self._question = question
        self._likeness = likeness
        self._n_compared = 0
        self._evidence = units_of(passages)
        self._judge = Judge(self._evidence, Rarity(unit.text for unit in self._evidence))

    def of_extracts(self, extracts: Sequence[Extract]) -> tuple[Citation, ...]:
        """Return one citation per extract, checked against the stored text all the same."""
        return tuple(
            self._citation(
                item.quote, StoredSentence(item.number, item.start, item.end, item.quote, "")
            )
            for item in extracts
        )

    def of_text(self, text: str) -> tuple[Citation, ...]:
        """Return one citation per sentence of a generated text, in order.

        A sentence that nothing supports gets number 0 and ``verified`` False.
        """
        plain = strip_markers(text)
        return tuple(self._resolve(sentence) for sentence in sentences_of_answer(plain))

    def _resolve(self, sentence: str) -> Citation:
        said = bare(sentence)
        best, lack = self._best(Claim(said, self._question))
        best = best or self._by_parts(said)
        if best is None:
            return _unsupported(sentence, lack)
        return self._citation(sentence, best)

    def _best(self, claim: Claim) -> tuple[StoredSentence | None, Lack]:
        """Return what supports a claim best; or None, and what the nearest one lacks."""
        best, best_score = None, 0.0
        undecided: list[tuple[float, StoredSentence]] = []
        lack: Lack = "words"
        nearest = 0.0
        for unit in self._evidence:
            found = self._judge.verdict(claim, unit)
            score = found.score
            if score and not unit.single:
                score -= PAIR_BONUS
            if score > best_score:
                best, best_score = unit, score
            if found.coverage > nearest:
                lack, nearest = found.lack, found.coverage
            if found.undecided and unit.single:
                undecided.append((found.coverage, unit))
        if best is None and undecided:
            best = self._alike(claim, undecided)
        return best, lack

    def _alike(
        self, claim: Claim, undecided: list[tuple[float, StoredSentence]]
    ) -> StoredSentence | None:
        if self._likeness is None or self._n_compared >= MAX_UNDECIDED:
            return None
        self._n_compared += 1
        ranked = [unit for _, unit in sorted(undecided, key=lambda pair: -pair[0])]
        return most_alike(claim, ranked, self._judge.rivals(claim), self._likeness)

    def disagreement(self, citations: Sequence[Citation]) -> Citation | None:
        """Return a sentence of another document that answers with another figure, if one does."""
        for cited in citations:
            claim = Claim(bare(cited.sentence), self._question)
            for unit in self._evidence:
                if cited.verified and (unit.number, unit.start) == (cited.number, cited.start):
                    other = self._judge.other_values(claim, unit)
                    if other is not None:
                        return self._citation(cited.sentence, other)
        return None

    def _by_parts(self, sentence: str) -> StoredSentence | None:
        """Return what supports the first part, if each part of a sentence has its support."""
        parts = parts_of(sentence)
        found = [self._best(Claim(part, self._question))[0] for part in parts]
        return found[0] if len(parts) > 1 and all(found) else None

    def _citation(self, sentence: str, unit: StoredSentence) -> Citation:
        found = self._passages.get(unit.number)
        if found is None:
            return _unsupported(sentence)
        passage = found.passage
        stored = self._stored.span(passage.document.id, unit.start, unit.end)
        if not stored or stored != unit.text:
            # The document changed since the search: what was read is no longer there.
            return _unsupported(sentence)
        return Citation(
            number=unit.number,
            sentence=sentence,
            quote=stored,
            verified=True,
            passage_id=passage.id,
            document=passage.document.name,
            path=passage.document.path,
            location=passage.location,
            start=unit.start,
            end=unit.end,
        )


def _unsupported(sentence: str, lack: Lack = "") -> Citation:
    return Citation(number=0, sentence=sentence, quote="", verified=False, lack=lack)


def mark(citations: Sequence[Citation]) -> str:
    """Put a generated text together again, with a marker after each sentence.

    Args:
        citations: From :meth:`CitationResolver.of_text`.
    """
    marked: list[str] = []
    for item in citations:
        if item.verified:
            marked.append(_with_marker(item.sentence, f"[{item.number}]"))
        else:
            marked.append(_with_marker(item.sentence, UNSUPPORTED_MARK))
    return "".join(
        text if not at or _japanese_end(marked[at - 1]) else f" {text}"
        for at, text in enumerate(marked)
    )


def _with_marker(sentence: str, marker: str) -> str:
    return f"{sentence}{marker}" if _ends_japanese(sentence) else f"{sentence} {marker}"


def _ends_japanese(sentence: str) -> bool:
    return sentence[-1:] in "。！？」』"


def _japanese_end(marked: str) -> bool:
    return _ends_japanese(marked.rpartition("[")[0].rstrip())

"""Which two documents, or parts of one, a question puts side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import PurePath

from engine.answering.asked import Asked
from engine.answering.differences.sides import (
    LEAST_NAMED,
    LEAST_NAMED_ONE,
    MIN_FILE_NAME,
    N_LOOKED_AT,
    SHORTER,
    TWO,
    VERSIONS,
    Chosen,
    days_in,
    numbers_in,
    sides_of,
    terms_of,
)
from engine.answering.gathering import Resources
from engine.catalogue.name_text import names_of
from engine.records import DocumentRef
from engine.retrieval import retrieve
from engine.retrieval.families import Families, Version, ordered
from engine.retrieval.query import parse_query
from engine.retrieval.terms import held_tokens
from engine.retrieval.versions import is_draft, year_of, years_in
from engine.text import normalise


class Chooser:
    """Finds what a question compares.

    Args:
        asked: The question.
        resources: Catalogue and search.

    Attributes:
        text: The question in comparable form, without its filters.
    """

    def __init__(self, asked: Asked, resources: Resources) -> None:
        query = parse_query(asked.query)
        self._asked, self._resources, self._query = asked, resources, query
        self._families = Families(resources.catalogue, asked.request.collection_id)
        self.text = normalise(query.text).rstrip("?？。. ")

    @cached_property
    def documents(self) -> tuple[DocumentRef, ...]:
        """The documents that the question's filters admit."""
        return tuple(d for d in self._families.documents if self._query.admits(d))

    def choose(self) -> Iterator[Chosen]:
        """Yield what may be meant, the likeliest first; parts need a look into the text."""
        sides = sides_of(self.text)
        pair = self._pair_by_files() or self._pair_of(sides) or self._pair_by_years()
        if pair:
            yield self._chosen(*pair)
            return
        for document in self.nearest()[:N_LOOKED_AT] if sides else ():
            parts = self._parts(sides, document)
            if parts:
                version = self._families.version(document)
                yield Chosen(version, version, parts)
        pair = self._two() if sides and not self.means_versions else self._any_versions()
        if pair:
            yield self._chosen(*pair)

    @property
    def means_versions(self) -> bool:
        """Whether the question speaks of versions, years or two of a kind."""
        return bool(VERSIONS.search(self.text) or TWO.search(self.text) or years_in(self.text))

    def _any_versions(self) -> tuple[Version, Version] | None:
        return self._family() or self._two() or self._family_found()

    def nearest(self) -> tuple[DocumentRef, ...]:
        """Return the documents that the question names best, else those it finds."""
        terms = terms_of(self.text)
        shares = {d: self._share(terms, d) for d in self.documents}
        years = years_in(self.text)

        def fit(document: DocumentRef) -> tuple[float, bool]:
            return -shares[document], year_of(document) not in years

        named = sorted((d for d in shares if shares[d] > 0), key=fit)
        return tuple(dict.fromkeys((*named[:N_LOOKED_AT], *self._found)))

    @property
    def named(self) -> DocumentRef | None:
        """The document that the question calls by its name; None if it names none."""
        terms = terms_of(self.text)
        best = max(self.documents, key=lambda d: self._share(terms, d), default=None)
        return best if best and self._share(terms, best) >= LEAST_NAMED else None

    @cached_property
    def _found(self) -> tuple[DocumentRef, ...]:
        passages = retrieve(
            self._resources.catalogue,
            self._resources.vectors,
            self._resources.embedder,
            self._asked.query,
            self._asked.request.collection_id,
            top_k=12,
        )
        return tuple(dict.fromkeys(item.passage.document for item in passages))

    def _share(self, terms: Sequence[str], document: DocumentRef) -> float:
        names = f"{names_of(document.path, document.title)}\n{document.name}"
        return len(held_tokens(terms, names)) / len(terms) if terms else 0.0

    def _pair_by_files(self) -> tuple[Version, Version] | None:
        """Return the two documents whose file names stand in the question, if there are two."""
        rest, found = self.text, list[tuple[int, DocumentRef]]()
        stems = {d: normalise(PurePath(d.name).stem) for d in self.documents}
        for document in sorted(stems, key=lambda d: -len(stems[d])):
            at = rest.find(stems[document])
            if at >= 0 and len(stems[document]) > MIN_FILE_NAME:
                found.append((at, document))
                rest = rest.replace(stems[document], " " * len(stems[document]))
        if len(found) != 2:
            return None
        (_, one), (_, other) = sorted(found, key=lambda item: item[0])
        return self._in_order(one, other)

    def _pair_of(self, sides: tuple[str, str] | None) -> tuple[Version, Version] | None:
        """Return the two documents that two parts of a question name, if they name two."""
        if sides is None:
            return None
        terms = [terms_of(side) for side in sides]
        years = [years_in(side) for side in sides]
        inherited = [
            own if own else (*own, *(t for t in other if t not in own))
            for own, other in (terms, terms[::-1])
        ]
        chosen: list[DocumentRef] = []
        for at, side in enumerate(sides):
            scored = [
                (self._score(inherited[at], years[at], side, document), document)
                for document in self.documents
                if document not in chosen
            ]
            best, document = max(scored, key=lambda item: item[0], default=(0.0, None))
            if document is None or best + SHORTER < LEAST_NAMED:
                return None
            chosen.append(document)
        one, other = chosen
        apart = self._tells_apart(sides, years, terms, one, other)
        return self._in_order(one, other) if apart else None

    def _score(
        self, terms: Sequence[str], years: frozenset[str], side: str, document: DocumentRef
    ) -> float:
        score = self._share(terms, document)
        if not score:
            return 0.0
        version = self._families.version(document) if score >= LEAST_NAMED_ONE else None
        if version is None:
            return score
        # Of two that hold the words of a side it is the one whose name says no more.
        score -= min(SHORTER, len(document.name) / 2000)
        if years:
            score += 0.6 if version.date[:4] in years else -0.6
        days = days_in(side)
        if days and version.date[4:]:
            score += 0.6 if version.date[4:] in days else -0.6
        numbers = numbers_in(side)
        if numbers and version.edition:
            score += 0.6 if ".".join(map(str, version.edition)) in numbers else -0.6
        if re.search(r"\bdraft\b|草案|案$", side):
            score += 0.4 if is_draft(document) else -0.4
        return score

    def _tells_apart(
        self,
        sides: tuple[str, str],
        years: Sequence[frozenset[str]],
        terms: Sequence[Sequence[str]],
        one: DocumentRef,
        other: DocumentRef,
    ) -> bool:
        """Tell whether the two sides name these two, not the same document twice."""
        if all(years) and years[0] != years[1]:
            return True
        days = [days_in(side) for side in sides]
        if all(days) and days[0] != days[1]:
            return True
        editions = [numbers_in(side) for side in sides]
        numbered = [v for v in map(self._families.version, (one, other)) if v.edition]
        if all(editions) and editions[0] != editions[1] and len(numbered) == 2:
            return True
        own = [t for t in terms[0] if t not in terms[1]], [t for t in terms[1] if t not in terms[0]]
        if not own[0] and not own[1]:
            return other.id in {version.document.id for version in self._families.of(one)}
        shares = self._share(own[0], one), self._share(own[1], other)
        crossed = self._share(own[0], other), self._share(own[1], one)
        return sum(shares) > sum(crossed) and (
            min(shares) >= LEAST_NAMED or (not all(own) and max(shares) >= LEAST_NAMED)
        )

    def _pair_by_years(self) -> tuple[Version, Version] | None:
        years = years_in(self.text)
        if len(years) < 2:
            return None
        for document in self.nearest()[:N_LOOKED_AT]:
            family = self._families.of(document)
            meant = [v for v in family if v.date[:4] in years]
            if len(meant) >= 2:
                return meant[0], meant[-1]
        return None

    def _family(self) -> tuple[Version, Version] | None:
        """Return the newest version and the one before it of what a question names."""
        terms = terms_of(self.text)
        shares = [(self._share(terms, d), d) for d in self.documents]
        best = max((share for share, _ in shares), default=0.0)
        if best < LEAST_NAMED_ONE:
            return None
        for share, document in shares:
            if share >= best - 0.01:
                pair = self._newest_of(document)
                if pair:
                    return pair
        return None

    def _family_found(self) -> tuple[Version, Version] | None:
        """Return versions of what a search finds, where no name is told and versions are meant."""
        terms = terms_of(self.text)
        called = any(self._share(terms, document) > 0.99 for document in self.documents)
        if called or not VERSIONS.search(self.text):
            return None
        for document in self._found[:N_LOOKED_AT]:
            pair = self._newest_of(document)
            if pair:
                return pair
        return None

    def _newest_of(self, document: DocumentRef) -> tuple[Version, Version] | None:
        family = self._families.of(document)
        if len(family) < 2:
            return None
        years = years_in(self.text)
        named = [n for n, version in enumerate(family) if version.date[:4] in years]
        if named and named[-1] < len(family) - 1:
            return family[named[-1]], family[-1]
        return family[-2], family[-1]

    def _two(self) -> tuple[Version, Version] | None:
        """Return the only two documents of one name, if a question speaks of two."""
        terms = terms_of(TWO.sub(" ", self.text))
        shares = sorted(((self._share(terms, d), d.path, d) for d in self.documents), reverse=True)
        if len(shares) == 2 and not terms:
            return self._in_order(shares[1][2], shares[0][2])
        if len(shares) < 2 or shares[1][0] < LEAST_NAMED:
            return None
        third = shares[2][0] if len(shares) > 2 else 0.0
        if not TWO.search(self.text) and third >= shares[1][0]:
            return None
        return self._in_order(shares[0][2], shares[1][2])

    def _in_order(self, one: DocumentRef, other: DocumentRef) -> tuple[Version, Version]:
        """Return two documents, the older one first; in the order of the question if none is."""
        family = self._families.of(one)
        if other.id in {version.document.id for version in family}:
            first, second = (v for v in family if v.document.id in (one.id, other.id))
            return first, second
        first, second = map(self._families.version, (one, other))
        if first.date and second.date and first.date != second.date:
            first, second = ordered((first, second))
        return first, second

    def _parts(
        self, sides: tuple[str, str] | None, document: DocumentRef
    ) -> tuple[tuple[str, ...], ...]:
        """Return what two parts of a document are called; nothing if the question names none."""
        if sides is None:
            return ()
        terms = [terms_of(side) for side in sides]
        held = held_tokens([*terms[0], *terms[1]], names_of(document.path, document.title))
        one = tuple(t for t in terms[0] if t not in terms[1] and t not in held)
        other = tuple(t for t in terms[1] if t not in terms[0] and t not in held)
        return (one, other) if one and other else ()

    def _chosen(self, old: Version, new: Version) -> Chosen:
        plain = TWO.sub(" ", self.text)
        names = "\n".join(names_of(v.document.path, v.document.title) for v in (old, new))
        terms = terms_of(plain)
        held = held_tokens(terms, f"{names}\n{old.document.name}\n{new.document.name}")
        return Chosen(old, new, topics=tuple(term for term in terms if term not in held))

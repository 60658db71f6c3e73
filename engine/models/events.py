"""What the verbs of the model library yield while they work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import SabunError
from engine.models.reading_speed import ReadingSpeed
from engine.models.recommend import Recommendation
from engine.records import ModelFile


@dataclass(frozen=True)
class ModelCopied:
    """Progress of bringing a file into the library.

    Attributes:
        n_done: Bytes copied or hashed.
        n_total: Bytes in all.
    """

    n_done: int
    n_total: int


@dataclass(frozen=True)
class ModelAdded:
    """The model is in the library, checked and recorded."""

    model: ModelFile


@dataclass(frozen=True)
class LayoutStarted:
    """A copy in another quantisation layout is being written.

    Attributes:
        layout: ``Q8_0``, ``Q4_0``.
    """

    layout: str


@dataclass(frozen=True)
class LayoutMeasured:
    """How one layout does on this machine.

    Attributes:
        name: Name of the model file.
        layout: ``as shipped``, ``Q8_0``, ``Q4_0``.
        n_bytes: Size on disk.
        prefill_tokens_per_second: Median over interleaved rounds, with the threads below.
        decode_tokens_per_second: Likewise.
        perplexity: Of the fixed texts in ``assets/prompts/perplexity.txt``.
        perplexity_ratio: Over that of the original; 1.0 for the original.
        n_threads: Threads that decode fastest; 0 in notes from before these were measured.
        n_threads_batch: Threads that read the prompt fastest; 0 likewise.
    """

    name: str
    layout: str
    n_bytes: int
    prefill_tokens_per_second: float
    decode_tokens_per_second: float
    perplexity: float
    perplexity_ratio: float
    n_threads: int = 0
    n_threads_batch: int = 0


@dataclass(frozen=True)
class MachineBusy:
    """Other programs kept the processor busy: a round of measurements does not count.

    Attributes:
        n_cores: Cores that they kept busy, on average over the round.
    """

    n_cores: float


@dataclass(frozen=True)
class OptimisationFinished:
    """Last event of ``optimise``.

    Attributes:
        original: Name of the model that was asked for; its file is untouched.
        chosen: Name of the file that gives the first token soonest; may be ``original``.
        reason: English sentence: why this one.
        prefill_ratio: Prefill speed of the chosen file over the original's.
        measurements: One per layout, the original first.
        reused: True if an earlier measurement on this machine still holds.
        put_off: True if the machine was too busy to measure: what was chosen before is kept,
            or the original, and ``measurements`` are those of that time, if any.
    """

    original: str
    chosen: str
    reason: str
    prefill_ratio: float
    measurements: tuple[LayoutMeasured, ...]
    reused: bool = False
    put_off: bool = False


@dataclass(frozen=True)
class ModelNotAdded:
    """One file of a folder could not be added; the others are.

    Attributes:
        path: The file.
        error: Why.
    """

    path: Path
    error: SabunError


@dataclass(frozen=True)
class DownloadStarted:
    """Fetching begins, or goes on where it was left.

    Attributes:
        name: Of the model.
        source: Host of the hub, or ``packages``.
        n_done: Bytes that are here already.
        n_total: Bytes in all.
    """

    name: str
    source: str
    n_done: int
    n_total: int


@dataclass(frozen=True)
class DownloadProgressed:
    """Progress of fetching a model.

    Attributes:
        n_done: Bytes that are here.
        n_total: Bytes in all.
        bytes_per_second: Over the last seconds; 0 while unknown.
        seconds_left: At that speed; infinite while unknown.
    """

    n_done: int
    n_total: int
    bytes_per_second: float
    seconds_left: float


@dataclass(frozen=True)
class DownloadRetried:
    """The connection broke; it is made again after a pause.

    Attributes:
        reason: What happened, in the words of the network or the server.
        attempt: Which one comes, counted from 2.
        wait_s: The pause.
    """

    reason: str
    attempt: int
    wait_s: float


@dataclass(frozen=True)
class SourceFailed:
    """One source of a model cannot be used; the next one is tried.

    Attributes:
        source: Host of the hub, or ``packages``.
        error: Why.
    """

    source: str
    error: SabunError


@dataclass(frozen=True)
class DownloadChecked:
    """Progress of hashing what was fetched.

    Attributes:
        n_done: Bytes hashed.
        n_total: Bytes in all.
    """

    n_done: int
    n_total: int


@dataclass(frozen=True)
class SpeedMeasured:
    """A round of the self-test is done.

    Attributes:
        speed: The best so far.
    """

    speed: ReadingSpeed


@dataclass(frozen=True)
class ModelRecommended:
    """Last event of ``recommending``: what suits this machine."""

    recommendation: Recommendation


RecommendEvent = SpeedMeasured | ModelRecommended
AddEvent = ModelCopied | ModelNotAdded | ModelAdded
GetEvent = (
    DownloadStarted
    | DownloadProgressed
    | DownloadRetried
    | SourceFailed
    | DownloadChecked
    | ModelAdded
)
OptimiseEvent = LayoutStarted | LayoutMeasured | MachineBusy | OptimisationFinished

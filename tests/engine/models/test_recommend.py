from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.models import automatic as automatic_module
from engine.models import reading_speed
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.models.machine import machine
from engine.models.offers import catalogue
from engine.models.reading_speed import ReadingSpeed, measure, stored_speed
from engine.models.recommend import LONGEST_READ_S, best_installed, recommend
from engine.paths import DataPaths
from engine.records import ModelFile

GIB = 1 << 30
HALF, ONE_AND_A_HALF = (f"Qwen2.5-Coder-{size}-Instruct-Q4_K_M" for size in ("0.5B", "1.5B"))


def chosen(tokens_per_second: float, memory: int = 16 * GIB, *, busy: bool = False) -> str:
    found = recommend(catalogue().offers, ReadingSpeed("m", tokens_per_second, busy), memory)
    assert found is not None
    return found.chosen.name


def test_the_largest_that_reads_a_question_in_time_is_recommended():
    assert chosen(290) == HALF, "two AVX2 cores"
    assert chosen(290 * 4) == ONE_AND_A_HALF, "eight cores"
    assert chosen(50) == CHAT_MODEL, "an old machine"


def test_memory_limits_it():
    assert chosen(5000, 4 * GIB) == ONE_AND_A_HALF
    assert chosen(5000, 2 * GIB) == HALF
    assert chosen(5000, GIB) == CHAT_MODEL


def test_what_we_never_ran_is_offered_and_not_recommended():
    found = recommend(catalogue().offers, ReadingSpeed("m", 10_000), 64 * GIB)
    assert found is not None
    assert found.chosen.name == ONE_AND_A_HALF
    assert found.advice[0].offer is found.chosen
    verdicts = {each.offer.name: each.verdict for each in found.advice}
    assert verdicts[ONE_AND_A_HALF] == "recommended" and verdicts[HALF] == "suits"
    assert verdicts[CHAT_MODEL] == "built-in"
    larger = {each.verdict for each in found.advice if not each.offer.ran_here}
    assert larger == {"untried"}
    small = recommend(catalogue().offers, ReadingSpeed("m", 290), 4 * GIB)
    assert small is not None
    verdicts = {each.offer.name: each.verdict for each in small.advice}
    assert verdicts[ONE_AND_A_HALF] == "slow" and verdicts["Phi-4-mini-Instruct-Q4_K_M"] == "large"


def test_seconds_grow_with_the_weights_and_are_the_reason():
    found = recommend(catalogue().offers, ReadingSpeed("m", 290), 16 * GIB)
    assert found is not None
    seconds = {each.offer.name: each.seconds for each in found.advice}
    assert seconds[HALF] < LONGEST_READ_S < seconds[ONE_AND_A_HALF]
    assert 3 < seconds[ONE_AND_A_HALF] / seconds[HALF] < 4


def test_a_busy_machine_is_not_believed():
    assert chosen(50, busy=True) == HALF, "at least the smallest"
    assert chosen(1200, busy=True) == ONE_AND_A_HALF, "it is at least that fast"


def model_of(name: str, *, embedded: bool = False) -> ModelFile:
    offer = catalogue().find(name)
    path = Path(offer.stored_as)
    return ModelFile(name, path, "chat", offer.n_bytes, offer.sha256, embedded, offer.languages)


def test_the_best_installed_model_that_suits_is_used():
    fast = recommend(catalogue().offers, ReadingSpeed("m", 2000), 16 * GIB)
    slow = recommend(catalogue().offers, ReadingSpeed("m", 290), 16 * GIB)
    assert fast is not None and slow is not None
    half, large = model_of(HALF), model_of(ONE_AND_A_HALF)
    both = {half.sha256: half, large.sha256: large}
    assert best_installed(fast, both) == large
    assert best_installed(slow, both) == half
    assert best_installed(fast, {half.sha256: half}) == half
    embedded = model_of(CHAT_MODEL, embedded=True)
    assert best_installed(fast, {embedded.sha256: embedded}) is None


def test_what_was_measured_holds_for_its_machine(tmp_path):
    for speed, holds in (
        (ReadingSpeed(machine(), 300.0), True),
        (ReadingSpeed("another", 300.0), False),
        (ReadingSpeed(machine(), 300.0, busy=True), True),
    ):
        (tmp_path / ".reading-speed.json").write_text(reading_speed.to_json(speed))
        assert stored_speed(tmp_path) == (speed if holds else None)
    (tmp_path / ".reading-speed.json").write_text("{")
    assert stored_speed(tmp_path) is None


class Rounds:
    """A self-test whose rounds are given."""

    def __init__(self, *rounds: tuple[float, float]) -> None:
        self._rounds = rounds
        self.n_taken = 0

    def __call__(self, *_arguments: object, n_rounds: int, **_options: object):
        from engine.inference.measure import ReadingRound

        for number in range(n_rounds):
            self.n_taken += 1
            yield ReadingRound(*self._rounds[min(number, len(self._rounds) - 1)])


@pytest.mark.parametrize(
    ("rounds", "expected", "n_taken", "busy"),
    [
        ([(300.0, 0.98), (310.0, 0.99), (290.0, 0.97)], 310.0, 4, False),
        # A busy moment hits single rounds, and the best counts.
        ([(100.0, 0.4), (300.0, 0.97), (120.0, 0.5)], 300.0, 4, False),
        # Never alone: more rounds, and then the result is not kept.
        ([(100.0, 0.4), (150.0, 0.5)], 150.0, 8, True),
        # Alone at last.
        ([(100.0, 0.4)] * 5 + [(300.0, 0.97)], 300.0, 6, False),
    ],
)
def test_the_best_of_several_short_rounds_counts(
    tmp_path, monkeypatch, rounds, expected, n_taken, busy
):
    from engine.cancel import CancelToken
    from engine.inference import measure as measuring

    fake = Rounds(*rounds)
    monkeypatch.setattr(measuring, "reading_rounds", fake)
    model = model_of(CHAT_MODEL, embedded=True)
    *_, found = measure(model, tmp_path, CancelToken())
    assert (found.tokens_per_second, found.busy, fake.n_taken) == (expected, busy, n_taken)
    assert stored_speed(tmp_path) == found
    monkeypatch.setattr(measuring, "reading_rounds", Rounds((90.0, 0.3)))
    *_, worse = measure(model, tmp_path, CancelToken())
    assert worse.busy
    assert stored_speed(tmp_path) == (worse if busy else found), "a quiet moment counts for more"


def test_automatic_is_the_embedded_model_until_something_better_is_here(
    tmp_path, monkeypatch, tiny_gguf
):
    embedded = tmp_path / "embedded"
    embedded.mkdir()
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(embedded))
    tiny_gguf(embedded / f"{CHAT_MODEL}.gguf", seed=3)
    paths = DataPaths(tmp_path / "data")
    library = ModelLibrary(paths)
    assert library.find("", kind="chat").name == CHAT_MODEL
    paths.models.mkdir(parents=True)
    tiny_gguf(paths.models / f"{HALF}.gguf", seed=4)
    from engine.models.sidecar import Sidecar, write_sidecar

    large = paths.models / f"{ONE_AND_A_HALF}.gguf"
    tiny_gguf(large, seed=6)
    write_sidecar(large, Sidecar(sha256=catalogue().find(ONE_AND_A_HALF).sha256))
    write_sidecar(paths.models / f"{HALF}.gguf", Sidecar(sha256=catalogue().find(HALF).sha256))
    library.settle_anew()
    assert library.find("", kind="chat").name == HALF, "the smallest, as nothing was measured"
    kept = paths.models / ".reading-speed.json"
    monkeypatch.setattr(automatic_module, "memory_bytes", lambda: 16 * GIB)
    for speed, name in ((50.0, CHAT_MODEL), (290.0, HALF)):
        kept.write_text(reading_speed.to_json(ReadingSpeed(machine(), speed)))
        before = library.find("", kind="chat").name
        assert before != name, "the same for the whole sitting"
        library.settle_anew()
        assert library.find("", kind="chat").name == name
    library.remove(HALF)
    assert library.find("", kind="chat").name == CHAT_MODEL


def test_what_was_measured_on_a_busy_machine_is_measured_again(tmp_path, monkeypatch, tiny_gguf):
    from engine.inference import measure as measuring
    from engine.models.events import SpeedMeasured
    from engine.models.fetcher import ModelFetcher

    embedded = tmp_path / "embedded"
    embedded.mkdir()
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(embedded))
    tiny_gguf(embedded / f"{CHAT_MODEL}.gguf", seed=3)
    paths = DataPaths(tmp_path / "data")
    fetcher = ModelFetcher(paths, ModelLibrary(paths))

    def n_rounds(*rounds: tuple[float, float], again: bool = False) -> int:
        monkeypatch.setattr(measuring, "reading_rounds", Rounds(*rounds))
        events = fetcher.recommending(again=again)
        return sum(isinstance(event, SpeedMeasured) for event in events)

    assert n_rounds((100.0, 0.3)) == 8
    assert n_rounds((100.0, 0.3)) == 8
    assert n_rounds((290.0, 0.99)) == 4
    assert n_rounds((290.0, 0.99)) == 0
    assert n_rounds((290.0, 0.99), again=True) == 4


@pytest.mark.models
def test_the_self_test_measures_the_embedded_model(tmp_path):
    from engine.models.events import ModelRecommended, SpeedMeasured
    from engine.models.fetcher import ModelFetcher

    paths = DataPaths(tmp_path)
    events = list(ModelFetcher(paths, ModelLibrary(paths)).recommending())
    assert isinstance(events[-1], ModelRecommended)
    measured = [e.speed for e in events if isinstance(e, SpeedMeasured)]
    assert len(measured) >= 2 and measured[-1].tokens_per_second > 0
    assert measured[-1].machine == machine()


def test_the_reading_speed_of_a_model_follows_its_size(tmp_path, monkeypatch):
    paths = DataPaths(tmp_path)
    library = ModelLibrary(paths)
    embedded = library.find("", kind="chat")
    assert library.reading_speed(embedded) is None
    paths.models.mkdir(parents=True, exist_ok=True)
    stored = reading_speed.to_json(ReadingSpeed(machine(), 300.0))
    (paths.models / ".reading-speed.json").write_text(stored)
    assert library.reading_speed(embedded) == pytest.approx(300.0)
    half = next(offer for offer in catalogue().offers if offer.name == HALF)
    known = library.reading_speed(replace(embedded, sha256=half.sha256, n_bytes=half.n_bytes))
    unknown = library.reading_speed(replace(embedded, sha256="", n_bytes=half.n_bytes))
    assert known is not None and unknown is not None
    assert 50 < unknown < known < 150
    busy = reading_speed.to_json(ReadingSpeed(machine(), 50.0, busy=True))
    (paths.models / ".reading-speed.json").write_text(busy)
    assert library.reading_speed(embedded) is None, "a busy moment makes no prompt shorter"

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.models import automatic as automatic_module
from engine.models import reading_speed
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.models.machine import machine
from engine.models.offers import catalogue
from engine.models.probe import LAYOUTS, write_probe
from engine.models.reading_speed import ReadingSpeed, measure, stored_speed
from engine.models.recommend import LONGEST_READ_S, best_installed, recommend
from engine.paths import DataPaths
from engine.records import ModelFile

GIB = 1 << 30
HALF, ONE_AND_A_HALF = (f"Qwen2.5-Coder-{size}-Instruct-Q4_K_M" for size in ("0.5B", "1.5B"))


def speed_of(rate: float, *, of: str = "m", busy: bool = False) -> ReadingSpeed:
    """A machine that reads so many thousand million weights a second, in Q4_K a little faster."""
    return ReadingSpeed(of, {"Q4_K": rate * 1.3e9, "Q5_0": rate * 1e9}, busy)


def chosen(rate: float, memory: int = 16 * GIB, *, busy: bool = False) -> str:
    found = recommend(catalogue().offers, speed_of(rate, busy=busy), memory)
    assert found is not None
    return found.chosen.name


def test_the_largest_that_reads_a_question_in_time_is_recommended():
    assert chosen(32) == HALF, "two AVX2 cores"
    assert chosen(32 * 4) == ONE_AND_A_HALF, "eight cores"


def test_a_smallest_model_that_reads_slowly_is_better_than_none_that_writes_japanese():
    assert chosen(12) == HALF
    assert chosen(5) == CHAT_MODEL, "an old machine"


def test_a_layout_that_the_processor_likes_better_is_read_sooner():
    offers = catalogue().offers
    found = recommend(offers, ReadingSpeed("m", {"Q4_K": 130e9, "Q5_0": 42e9}), 16 * GIB)
    assert found is not None and found.chosen.name == ONE_AND_A_HALF
    seconds = {each.offer.name: each.seconds for each in found.advice}
    assert seconds[ONE_AND_A_HALF] < 1.5 * seconds[HALF], "with three times the weights"


def test_memory_limits_it():
    assert chosen(500, 4 * GIB) == ONE_AND_A_HALF
    assert chosen(500, 2 * GIB) == HALF
    assert chosen(500, GIB) == CHAT_MODEL


def test_what_we_never_ran_is_offered_and_not_recommended():
    found = recommend(catalogue().offers, speed_of(1000), 64 * GIB)
    assert found is not None
    assert found.chosen.name == ONE_AND_A_HALF
    assert found.advice[0].offer is found.chosen
    verdicts = {each.offer.name: each.verdict for each in found.advice}
    assert verdicts[ONE_AND_A_HALF] == "recommended" and verdicts[HALF] == "suits"
    assert verdicts[CHAT_MODEL] == "built-in"
    larger = {each.verdict for each in found.advice if not each.offer.ran_here}
    assert larger == {"untried"}
    small = recommend(catalogue().offers, speed_of(32), 4 * GIB)
    assert small is not None
    verdicts = {each.offer.name: each.verdict for each in small.advice}
    assert verdicts[ONE_AND_A_HALF] == "slow" and verdicts["Phi-4-mini-Instruct-Q4_K_M"] == "large"


def test_seconds_grow_with_the_weights_and_are_the_reason():
    found = recommend(catalogue().offers, speed_of(32), 16 * GIB)
    assert found is not None
    seconds = {each.offer.name: each.seconds for each in found.advice}
    assert seconds[HALF] < LONGEST_READ_S < seconds[ONE_AND_A_HALF]
    assert 2.5 < seconds[ONE_AND_A_HALF] / seconds[HALF] < 4


def test_a_busy_machine_is_not_believed():
    assert chosen(5, busy=True) == HALF, "at least the smallest"
    assert chosen(130, busy=True) == ONE_AND_A_HALF, "it is at least that fast"


def model_of(name: str, *, embedded: bool = False) -> ModelFile:
    offer = catalogue().find(name)
    path = Path(offer.stored_as)
    return ModelFile(name, path, "chat", offer.n_bytes, offer.sha256, embedded, offer.languages)


def test_the_best_installed_model_that_suits_is_used():
    fast = recommend(catalogue().offers, speed_of(200), 16 * GIB)
    slow = recommend(catalogue().offers, speed_of(32), 16 * GIB)
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
        (speed_of(30, of=machine()), True),
        (speed_of(30, of="another"), False),
        (speed_of(30, of=machine(), busy=True), True),
        (ReadingSpeed(machine(), {"Q4_K": 3e10}), False),
    ):
        (tmp_path / ".reading-speed.json").write_text(reading_speed.to_json(speed))
        assert stored_speed(tmp_path) == (speed if holds else None)
    for text in ("{", f'{{"machine": "{machine()}", "tokens_per_second": 290.0, "busy": false}}'):
        (tmp_path / ".reading-speed.json").write_text(text)
        assert stored_speed(tmp_path) is None, "as earlier versions wrote it"
    assert stored_speed(tmp_path) is None


class Rounds:
    """A self-test whose rounds are given, the same for each layout."""

    def __init__(self, *rounds: tuple[float, float]) -> None:
        self._rounds = rounds
        self.n_taken = 0

    def __call__(self, path: Path, *, n_rounds: int, **_options: object):
        from engine.inference.measure import ReadingRound

        assert path.stat().st_size > 1 << 20, "the model to read with is there"
        for number in range(n_rounds):
            self.n_taken += 1
            yield ReadingRound(*self._rounds[min(number, len(self._rounds) - 1)])


@pytest.mark.parametrize(
    ("rounds", "expected", "n_taken", "busy"),
    [
        ([(1000.0, 0.98), (1100.0, 0.99), (900.0, 0.97)], 1100.0, 4, False),
        # A busy moment hits single rounds, and the best counts.
        ([(400.0, 0.4), (1000.0, 0.97), (500.0, 0.5)], 1000.0, 4, False),
        # Never alone: more rounds, and then the result is not kept.
        ([(400.0, 0.4), (600.0, 0.5)], 600.0, 8, True),
        # Alone at last.
        ([(400.0, 0.4)] * 5 + [(1000.0, 0.97)], 1000.0, 6, False),
    ],
)
def test_the_best_of_several_short_rounds_counts(
    tmp_path, monkeypatch, rounds, expected, n_taken, busy
):
    from engine.cancel import CancelToken
    from engine.inference import measure as measuring

    fake = Rounds(*rounds)
    monkeypatch.setattr(measuring, "reading_rounds", fake)
    *_, found = measure(tmp_path, CancelToken())
    assert (found.busy, fake.n_taken) == (busy, n_taken * len(LAYOUTS))
    for layout in LAYOUTS:
        n_weights = write_probe(tmp_path / "probe.gguf", layout)
        assert found.weights_per_second[layout] == expected * n_weights
    assert stored_speed(tmp_path) == found
    monkeypatch.setattr(measuring, "reading_rounds", Rounds((90.0, 0.3)))
    *_, worse = measure(tmp_path, CancelToken())
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
    for rate, name in ((5, CHAT_MODEL), (32, HALF)):
        kept.write_text(reading_speed.to_json(speed_of(rate, of=machine())))
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


def test_the_self_test_measures_this_machine(tmp_path):
    from engine.models.events import ModelRecommended, SpeedMeasured
    from engine.models.fetcher import ModelFetcher

    paths = DataPaths(tmp_path)
    events = list(ModelFetcher(paths, ModelLibrary(paths)).recommending())
    assert isinstance(events[-1], ModelRecommended)
    measured = [e.speed for e in events if isinstance(e, SpeedMeasured)]
    assert len(measured) >= 2 and measured[-1].machine == machine()
    assert all(rate > 1e8 for rate in measured[-1].weights_per_second.values())


def test_the_reading_speed_of_a_model_follows_its_size(tmp_path):
    paths = DataPaths(tmp_path)
    library = ModelLibrary(paths)
    half, large = model_of(HALF), model_of(ONE_AND_A_HALF)
    assert library.reading_speed(half) is None
    paths.models.mkdir(parents=True, exist_ok=True)
    stored = reading_speed.to_json(speed_of(32, of=machine()))
    (paths.models / ".reading-speed.json").write_text(stored)
    known, slower = library.reading_speed(half), library.reading_speed(large)
    assert known is not None and slower is not None
    assert 60 < known < 90 and known > 2 * slower
    unknown = library.reading_speed(replace(half, sha256=""))
    assert unknown is not None and 0.5 * known < unknown < known
    busy = reading_speed.to_json(speed_of(5, of=machine(), busy=True))
    (paths.models / ".reading-speed.json").write_text(busy)
    assert library.reading_speed(half) is None, "a busy moment makes no prompt shorter"

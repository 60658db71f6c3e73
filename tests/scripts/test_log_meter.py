from __future__ import annotations

import pytest
from log_meter import LogMeter

NATIVE = """@phase 0.75 0
Processing ./llama_cpp_python-0.3.36.tar.gz
  Running command Building wheel for llama-cpp-python (pyproject.toml)
  -- The CXX compiler identification is GNU 12.2.0
  [1/4] /usr/bin/g++ -DGGML_BUILD -DGGML_SCHED_MAX_COPIES=4 -c -o ggml.o ggml.cpp
  [2/4] /usr/bin/gcc -DGGML_BUILD -c -o ggml-alloc.o ggml-alloc.c
  [3/4] : && /usr/bin/g++ -fPIC -shared -o bin/libggml-base.so
  [4/4] : && /usr/bin/g++ -fPIC -shared -o bin/libllama.so
Successfully built llama-cpp-python
@phase 0.05 0
Installing collected packages: llama-cpp-python
@phase 0.2 0
  [1/2] /usr/bin/c++ -o variant.o kernels/src/cpu/variant.cpp
  [2/2] : && /usr/bin/c++ -shared -o _native.so
"""

PACKAGES = """@phase 0.8 4
Collecting anyio==4.16.0 (from -r locks/python.lock (line 7))
  Downloading anyio-4.16.0-py3-none-any.whl (116 kB)
Requirement already satisfied: idna==3.20 in ./.venv/lib (from -r locks/python.lock (line 571))
Collecting mpmath==1.3.0 (from -r locks/python.lock (line 1061))
Collecting tqdm==4.70.1 (from -r locks/python.lock (line 2264))
Installing collected packages: mpmath, tqdm, idna, anyio
"""


def fractions_of(log: str, meter: LogMeter) -> list[float]:
    found = []
    for line in log.splitlines(keepends=True):
        meter.feed(line)
        found.append(meter.fraction)
    return found


def test_what_the_compiler_counts_is_the_share_of_its_phase(tmp_path):
    found = fractions_of(NATIVE, LogMeter(tmp_path))
    assert found[0] == found[3] == 0.0
    assert found[4:8] == pytest.approx([0.1875, 0.375, 0.5625, 0.75])
    assert found[9] == pytest.approx(0.75) and found[11] == pytest.approx(0.8)
    assert found[12] == pytest.approx(0.9)
    assert found[13] == 0.99, "only the end of the process is all of it"
    assert found == sorted(found)


def test_packages_count_when_they_are_fetched_and_when_they_are_in_place(tmp_path):
    (tmp_path / "pip-23.2.1.dist-info").mkdir()
    meter = LogMeter(tmp_path)
    found = fractions_of(PACKAGES, meter)
    assert found[1] == pytest.approx(0.8 * 0.5 / 4)
    assert found[-1] == pytest.approx(0.8 * 0.5)
    for number, name in enumerate(("mpmath-1", "tqdm-4", "anyio-4"), start=1):
        (tmp_path / f"{name}.dist-info").mkdir()
        assert meter.fraction == pytest.approx(0.8 * (0.5 + 0.5 * number / 4))
    meter.feed("@phase 0.2 1\n")
    assert meter.fraction == pytest.approx(0.8)


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_a_log_may_be_read_in_pieces_of_any_size(tmp_path, size):
    meter = LogMeter(tmp_path)
    for at in range(0, len(NATIVE), size):
        meter.feed(NATIVE[at : at + size])
    assert meter.fraction == 0.99


def test_a_count_that_goes_back_is_not_shown_as_less(tmp_path):
    meter = LogMeter(tmp_path)
    meter.feed("@phase 1 0\n[8/10] g++\n[2/10] re-run\n")
    assert meter.fraction == pytest.approx(0.8)


def test_a_log_without_phases_is_at_its_beginning(tmp_path):
    meter = LogMeter(tmp_path)
    meter.feed("hello\n[1/0] nonsense\n")
    assert meter.fraction == 0.0

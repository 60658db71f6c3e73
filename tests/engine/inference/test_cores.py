from __future__ import annotations

from pathlib import Path

import pytest

from engine.inference.cores import Cores, Threads, all_cores, choose_threads, find_cores


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", "utf-8")


def machine(devices: Path, siblings: dict[int, str], name: str = "core_cpus_list") -> Path:
    """Lay out what Linux says of cores: per logical core those that share its physical one."""
    for cpu, shared in siblings.items():
        write(devices / f"system/cpu/cpu{cpu}/topology/{name}", shared)
    return devices


def test_two_threads_a_core_are_one_physical_core(tmp_path):
    devices = machine(tmp_path, {0: "0,4", 1: "1,5", 4: "0,4", 5: "1,5"})
    assert find_cores(devices, {0, 1, 4, 5}) == Cores(logical=4, physical=2, performance=2)
    assert find_cores(devices, {0, 1, 4, 5}).candidates == (2, 4)


def test_older_kernels_use_another_name(tmp_path):
    devices = machine(tmp_path, {0: "0-1", 1: "0-1"}, "thread_siblings_list")
    assert find_cores(devices, {0, 1}) == Cores(2, 1, 1)


def test_intels_fast_cores_are_told_from_the_slow_ones(tmp_path):
    """Two fast cores with two threads each, four slow ones."""
    shared = {0: "0-1", 1: "0-1", 2: "2-3", 3: "2-3"} | {cpu: str(cpu) for cpu in range(4, 8)}
    devices = machine(tmp_path, shared)
    write(devices / "cpu_core/cpus", "0-3")
    assert find_cores(devices, range(8)) == Cores(logical=8, physical=6, performance=2)
    assert find_cores(devices, range(8)).candidates == (2, 6, 8)
    assert find_cores(devices, range(4, 8)) == Cores(4, 4, 4), "only slow ones may be used"


def test_arm_states_how_much_each_core_can_do(tmp_path):
    devices = machine(tmp_path, {cpu: str(cpu) for cpu in range(6)})
    for cpu in range(6):
        write(devices / f"system/cpu/cpu{cpu}/cpu_capacity", "1024" if cpu < 2 else "480")
    assert find_cores(devices, range(6)) == Cores(6, 6, 2)


def test_only_the_cores_that_we_may_use_count(tmp_path):
    devices = machine(tmp_path, {0: "0,2", 1: "1,3", 2: "0,2", 3: "1,3"})
    assert find_cores(devices, {0, 2}) == Cores(2, 1, 1)


def test_without_linux_the_system_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("psutil.cpu_count", lambda logical: 4)
    assert find_cores(tmp_path, range(8)) == Cores(8, 4, 4)
    assert find_cores(tmp_path, range(2)) == Cores(2, 2, 2)
    monkeypatch.setattr("psutil.cpu_count", lambda logical: None)
    assert find_cores(tmp_path, range(8)) == Cores(8, 8, 8)


def test_this_machine_has_cores():
    here = find_cores()
    assert 1 <= here.performance <= here.physical <= here.logical == all_cores()


def test_names_of_machines_tell_them_apart():
    kinds = [Cores(8, 8, 8), Cores(8, 4, 4), Cores(8, 6, 2), Cores(6, 6, 2), Cores(8, 6, 6)]
    assert len({str(item) for item in kinds}) == len(kinds)


@pytest.mark.parametrize("measured", [None, Threads(4, 8)])
def test_what_the_user_set_goes_before_what_was_measured(measured):
    assert choose_threads(3, measured) == Threads(3, 3)


def test_what_was_measured_goes_before_a_guess():
    assert choose_threads(0, Threads(4, 8)) == Threads(4, 8)
    n_fast = find_cores().performance
    assert choose_threads(0, None) == Threads(n_fast, n_fast)

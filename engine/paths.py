"""Where things lie on disk."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

ASSETS_DIR = Path(__file__).resolve().parents[1] / "assets"
"""Read-only data that belongs to the program: icons, prompts, translations, samples."""


OWN_CATALOGUE = ASSETS_DIR / "models.toml"
"""The program's own list of models that can be fetched."""


def docs_dir() -> Path:
    """Return the folder of the program's own pages: inside an installation, or beside it."""
    installed = ASSETS_DIR / "docs"
    return installed if installed.is_dir() else ASSETS_DIR.parent / "docs"


def embedded_models_dir() -> Path:
    """Return the folder of the models that set-up installed with the program."""
    override = os.environ.get("SABUN_EMBEDDED_MODELS_DIR")
    return Path(override) if override else Path(sys.prefix) / "share" / "sabun" / "models"


def embedded_adapters_dir() -> Path:
    """Return the folder of the adapters that come with the program."""
    override = os.environ.get("SABUN_EMBEDDED_ADAPTERS_DIR")
    return Path(override) if override else ASSETS_DIR / "adapters"


def model_catalogue() -> Path:
    """Return the list of models that can be fetched; a company may have its own."""
    override = os.environ.get("SABUN_MODEL_CATALOGUE")
    return Path(override) if override else OWN_CATALOGUE


@dataclass(frozen=True)
class DataPaths:
    """The layout of one data folder.

    Attributes:
        root: The data folder itself.
    """

    root: Path

    @classmethod
    def resolve(cls, data_dir: Path | str | None = None) -> DataPaths:
        """Choose the data folder: argument, then ``SABUN_DATA_DIR``, then the platform's."""
        chosen = data_dir or os.environ.get("SABUN_DATA_DIR") or platformdirs.user_data_dir("sabun")
        return cls(Path(chosen).expanduser().resolve())

    @property
    def catalogue(self) -> Path:
        """The SQLite file, the truth."""
        return self.root / "catalogue.sqlite3"

    @property
    def vectors(self) -> Path:
        """FAISS caches; safe to delete."""
        return self.root / "vectors"

    @property
    def models(self) -> Path:
        """Models that the user added."""
        return self.root / "models"

    @property
    def adapters(self) -> Path:
        """Adapters that the user trained or added."""
        return self.root / "adapters"

    @property
    def backups(self) -> Path:
        """Copies of the catalogue made before a migration."""
        return self.root / "backups"

    @property
    def log(self) -> Path:
        """What window and command line log; older parts lie beside it."""
        return self.root / "logs" / "sabun.log"

    @property
    def lock(self) -> Path:
        """Held by the one process that may write."""
        return self.root / "sabun.lock"

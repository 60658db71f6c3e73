"""How the machine reaches the outside: mirror and proxy, from the settings and the environment."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.errors import SabunError
from engine.paths import DataPaths
from engine.settings import Settings

HUB = "https://huggingface.co"
"""What the catalogue's hub addresses begin with, and a mirror takes the place of."""


@dataclass(frozen=True)
class Reach:
    """Where models come from and by which way.

    Attributes:
        mirror: Address that stands for :data:`HUB`; empty for the hub itself.
        proxy: ``http://[user:password@]host:port``; empty asks the environment.
    """

    mirror: str = ""
    proxy: str = ""

    def address(self, hub: str) -> str:
        """Return where a hub address of the catalogue is fetched from."""
        if self.mirror and hub.startswith(f"{HUB}/"):
            return self.mirror.rstrip("/") + hub.removeprefix(HUB)
        return hub

    def proxy_for(self, url: str) -> str:
        """Return the proxy for an address; empty for none.

        The environment is read as everywhere: ``https_proxy``, ``http_proxy``, ``all_proxy`` and
        ``no_proxy``, in either case, or what the system says on Windows and macOS.
        """
        parts = urlsplit(url)
        if self.proxy:
            return self.proxy
        if not parts.hostname or urllib.request.proxy_bypass(parts.hostname):
            return ""
        known = urllib.request.getproxies()
        found = known.get(parts.scheme) or known.get("all") or ""
        return found if not found or "://" in found else f"http://{found}"


def reach_of(settings: Settings) -> Reach:
    """Return what the settings say."""
    return Reach(settings.model_hub.strip(), settings.proxy.strip())


def stored_settings(paths: DataPaths) -> Settings:
    """Return the settings of a data folder, without holding it.

    Where there is no catalogue, or none that can be read, the defaults: models must be had then
    too.
    """
    from engine.catalogue import Catalogue

    if not paths.catalogue.exists():
        return Settings()
    try:
        catalogue = Catalogue(paths, writable=False)
    except SabunError:
        return Settings()
    try:
        return catalogue.settings.current
    finally:
        catalogue.close()

"""Where the two font families are found: Debian's fonts-ipafont-gothic and fonts-dejavu-core."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path("/usr/share/fonts")
GOTHIC = _ROOT / "opentype/ipafont-gothic/ipag.ttf"
SANS = _ROOT / "truetype/dejavu/DejaVuSans.ttf"
SANS_BOLD = _ROOT / "truetype/dejavu/DejaVuSans-Bold.ttf"
SERIF = _ROOT / "truetype/dejavu/DejaVuSerif.ttf"
SERIF_BOLD = _ROOT / "truetype/dejavu/DejaVuSerif-Bold.ttf"


def check_installed() -> None:
    """Say which package is missing, if one is."""
    for path, package in ((GOTHIC, "fonts-ipafont-gothic"), (SERIF_BOLD, "fonts-dejavu")):
        if not path.exists():
            raise SystemExit(f"{path.name} is missing: install the Debian package {package}")

"""Update and compile the translations: ``python -m app.i18n.compile [--update]``.

The compiled files are kept beside the sources, so that the program needs no Qt tools;
a test fails when they are out of date.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from app.i18n.setting_words import as_source
from app.i18n.translator import LANGUAGES, SOURCE_LANGUAGE, TRANSLATIONS_DIR

APP_DIR = TRANSLATIONS_DIR.parent


def _tool(name: str) -> str:
    beside_python = Path(sys.executable).parent / name
    return str(beside_python) if beside_python.exists() else name


def update(target_dir: Path = TRANSLATIONS_DIR) -> None:
    """Collect the strings of the program into the ``.ts`` files of a folder."""
    with TemporaryDirectory() as folder:
        declared = Path(folder) / "settings.py"
        declared.write_text(as_source(), "utf-8")
        _update([*sorted(APP_DIR.rglob("*.py")), declared], target_dir)


def _update(sources: Sequence[Path], target_dir: Path) -> None:
    for language in LANGUAGES:
        options = ["-no-obsolete", "-locations", "none"]
        if language == SOURCE_LANGUAGE:
            options.append("-pluralonly")
        target = target_dir / f"sabun_{language}.ts"
        subprocess.run(
            [_tool("pyside6-lupdate"), *options, *map(str, sources), "-ts", str(target)],
            check=True,
            capture_output=True,
        )


def compile_translations(target_dir: Path = TRANSLATIONS_DIR) -> list[Path]:
    """Compile every ``.ts`` file of the program into a folder; return what was made."""
    made = []
    for language in LANGUAGES:
        source = TRANSLATIONS_DIR / f"sabun_{language}.ts"
        target = target_dir / f"sabun_{language}.qm"
        subprocess.run(
            [_tool("pyside6-lrelease"), str(source), "-qm", str(target)],
            check=True,
            capture_output=True,
        )
        made.append(target)
    return made


def main() -> None:
    """Run from the command line."""
    if "--update" in sys.argv:
        update()
    compile_translations()


if __name__ == "__main__":
    main()

"""``sabun doctor``: what this machine and this installation can do."""

from __future__ import annotations

from engine.cli import checks
from engine.cli.options import CommonOptions
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.paths import DataPaths


def run(options: CommonOptions, terminal: Terminal) -> int:
    """Run every check; exit 1 if one of them found something that must be mended."""
    paths = DataPaths.resolve(options.data_dir)
    found = [finding for check in checks.ALL for finding in check(paths)]
    if terminal.as_json:
        terminal.result(
            {
                "ok": all(f.state != "bad" for f in found),
                "checks": [
                    {"area": f.area, "name": f.name, "state": f.state, "detail": f.detail}
                    for f in found
                ],
            }
        )
    else:
        _print(found, terminal)
    bad = [f for f in found if f.state == "bad"]
    if bad:
        terminal.note(f"sabun: {len(bad)} of {len(found)} checks found a fault: {bad[0].detail}")
    return 1 if bad else 0


VERB = verb("doctor", "devices, kernel self-test, models, environment, network", CommonOptions, run)


def _print(found: list[checks.Finding], terminal: Terminal) -> None:
    marks = {"good": "good", "note": "note", "bad": "BAD "}
    area = ""
    for finding in found:
        if finding.area != area:
            area = finding.area
            terminal.line(area)
        terminal.line(f"  {marks[finding.state]}  {finding.name}: {finding.detail}")

"""``sabun doctor``: what this machine and this installation can do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.cli.options import CommonOptions, option
from engine.cli.terminal import Terminal
from engine.cli.verb import verb
from engine.diagnosis import checks, save_report
from engine.errors import OutputExists
from engine.paths import DataPaths


@dataclass(frozen=True, kw_only=True)
class DoctorOptions(CommonOptions):
    """What ``sabun doctor`` is asked.

    Attributes:
        report: Where to save a report for support; None for none.
    """

    report: Path | None = option(
        None,
        metavar="FILE",
        help="save log, versions and hardware as a zip archive, without any document text",
    )


def run(options: DoctorOptions, terminal: Terminal) -> int:
    """Run every check; exit 1 if one of them found something that must be mended."""
    paths = DataPaths.resolve(options.data_dir)
    if options.report is not None and options.report.exists():
        raise OutputExists(path=str(options.report))
    found = [finding for check in checks.ALL for finding in check(paths)]
    if options.report is not None:
        save_report(paths, options.report, found)
        terminal.note(f"The report was saved as {options.report}. Look at it before you send it.")
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


VERB = verb("doctor", "devices, kernel self-test, models, environment, network", DoctorOptions, run)


def _print(found: list[checks.Finding], terminal: Terminal) -> None:
    marks = {"good": "good", "note": "note", "bad": "BAD "}
    area = ""
    for finding in found:
        if finding.area != area:
            area = finding.area
            terminal.line(area)
        terminal.line(f"  {marks[finding.state]}  {finding.name}: {finding.detail}")

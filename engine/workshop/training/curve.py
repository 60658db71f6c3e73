"""The curve of a run: one line of CSV per step, and a picture."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from engine.formats.atomic_files import replacing


@dataclass(frozen=True)
class Point:
    """One step.

    Attributes:
        step: From 1.
        n_tokens: Trained so far.
        loss: Mean cross-entropy of the step's answer tokens, in nats.
        gradient_norm: Before clipping.
        mean_lambda: Mean magnitude of lambda.
        seconds: Since the run began, pauses between sessions left out.
        development_loss: Measured after this step; NaN where it was not.
    """

    step: int
    n_tokens: int
    loss: float
    gradient_norm: float
    mean_lambda: float
    seconds: float
    development_loss: float


_NAMES = tuple(item.name for item in fields(Point))


def append_point(path: Path, point: Point) -> None:
    """Add a line, and the header to a new file."""
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        if new:
            writer.writerow(_NAMES)
        writer.writerow([f"{x:.6g}" if isinstance(x, float) else x for x in astuple(point)])


def read_curve(path: Path) -> list[Point]:
    """Return the points of a file; a line that was cut short ends them."""
    if not path.is_file():
        return []
    points: list[Point] = []
    with path.open(newline="", encoding="utf-8") as stream:
        for row in list(csv.reader(stream))[1:]:
            try:
                step, n_tokens, *rest = row
                points.append(Point(int(step), int(n_tokens), *map(float, rest)))
            except (ValueError, TypeError):
                break
    return points


def cut_curve(path: Path, n_steps: int) -> None:
    """Leave the first ``n_steps`` steps: later ones were lost with their checkpoint."""
    kept = [point for point in read_curve(path) if point.step <= n_steps]
    path.unlink(missing_ok=True)
    for point in kept:
        append_point(path, point)


def draw_curve(path: Path, points: Sequence[Point], title: str) -> None:
    """Draw loss over tokens as PNG: each step, their running mean, development loss."""
    from PIL import Image, ImageDraw

    width, height, margin = 900, 420, 48
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    measured = [
        (p.n_tokens, p.development_loss) for p in points if p.development_loss == p.development_loss
    ]
    steps = [(p.n_tokens, p.loss) for p in points]
    top = max((loss for _, loss in steps + measured), default=1.0) or 1.0
    right = max((n for n, _ in steps), default=1)

    def place(n_tokens: float, loss: float) -> tuple[float, float]:
        x = margin + n_tokens / right * (width - 2 * margin)
        return x, height - margin - loss / top * (height - 2 * margin)

    draw.line([place(0, top), place(0, 0), place(right, 0)], fill="#444444")
    for x, y in (place(*step) for step in steps):
        draw.point((x, y), fill="#9aa7b5")
    smooth = [place(n, mean) for n, mean in _running_mean(steps)]
    if len(smooth) > 1:
        draw.line(smooth, fill="#2458a6", width=2)
    for x, y in (place(*item) for item in measured):
        draw.ellipse((x - 3, y - 3, x + 3, y + 3), fill="#c2571a")
    draw.text((margin, 12), f"{title}: loss (blue: mean, orange: development)", fill="#222222")
    draw.text((4, place(0, top)[1] - 6), f"{top:.2f}", fill="#222222")
    draw.text((width - margin - 70, height - margin + 8), f"{right:,} tokens", fill="#222222")
    with replacing(path) as partial:
        picture.save(partial, format="PNG")


def _running_mean(steps: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    mean, points = steps[0][1] if steps else 0.0, []
    for n_tokens, loss in steps:
        mean += 0.1 * (loss - mean)
        points.append((n_tokens, mean))
    return points

"""Reading pictures of pages with the PP-OCR models that come inside the rapidocr package.

The paths of the three model files are passed explicitly, so the package's downloader is
never reached; a missing file is reported, not fetched.
"""

from __future__ import annotations

import functools
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.documents import limits
from engine.documents.pdf.page_lines import Line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    """``[height, width, 3]``, uint8, BGR."""

_MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}
_MIN_SCORE = 0.5
_INK_SHARE = 0.00003
"""A page counts as blank below this share of dark pixels: about one letter on A4."""


class OcrUnavailable(Exception):
    """rapidocr, ONNX Runtime or one of the model files is missing."""


class OcrFailed(Exception):
    """The package failed on this picture; carries the name of what it raised."""


@functools.cache
def _ocr_errors() -> tuple[type[Exception], ...]:
    """Return what rapidocr, OpenCV and ONNX Runtime raise on pictures they do not expect."""
    import cv2
    from onnxruntime.capi import onnxruntime_pybind11_state as runtime

    own = [each for each in vars(runtime).values() if isinstance(each, type)]
    of_python = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError)
    return (
        *of_python,
        RuntimeError,
        TypeError,
        ValueError,
        cv2.error,
        *(each for each in own if issubclass(each, Exception)),
    )


@functools.cache
def _engine() -> Any:
    try:
        import rapidocr
    except ImportError as error:
        raise OcrUnavailable(str(error)) from error
    folder = Path(rapidocr.__file__).parent / "models"
    paths = {key: folder / name for key, name in _MODELS.items()}
    for path in paths.values():
        if not path.is_file():
            raise OcrUnavailable(f"{path.name} is missing")
    n_threads = max(1, min(4, os.cpu_count() or 1))
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return rapidocr.RapidOCR(
        params={
            **{key: str(path) for key, path in paths.items()},
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": n_threads,
        }
    )


def draw(page: Any) -> Picture:
    """Draw a PDF page for OCR."""
    width, height = max(page.get_width(), 1.0), max(page.get_height(), 1.0)
    scale = limits.OCR_WIDTH_PX / min(width, height)
    scale = min(scale, (limits.MAX_RENDER_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    try:
        picture: Picture = bitmap.to_numpy()[:, :, :3].copy()
    finally:
        bitmap.close()
    return picture


def is_blank(picture: Picture) -> bool:
    """Tell whether a page has hardly a dark pixel on it."""
    darkest = picture.min(axis=2)
    return float((darkest < darkest.max() * 0.75).mean()) < _INK_SHARE


def recognise(picture: Picture) -> list[Line]:
    """Return the lines of text in a picture in reading order, in pixels.

    Raises:
        OcrUnavailable: The OCR package or its models are not installed.
        OcrFailed: It cannot read this picture.
    """
    engine = _engine()
    try:
        result = engine(picture)
    except _ocr_errors() as error:
        raise OcrFailed(type(error).__name__) from error
    if result is None or result.boxes is None or not result.txts:
        return []
    lines = []
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score < _MIN_SCORE or not text.strip():
            continue
        left, top = (float(value) for value in box.min(axis=0))
        right, bottom = (float(value) for value in box.max(axis=0))
        lines.append(Line(text.strip(), left, top, right, bottom, bottom - top))
    return _in_reading_order(lines)


def _in_reading_order(lines: list[Line]) -> list[Line]:
    """Sort into rows from top to bottom, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]

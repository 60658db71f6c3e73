"""Makes pages that look scanned: text drawn as a picture, slightly turned and noisy."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from scripts.samples import fonts
from scripts.samples.markup import Text, load
from scripts.samples.pdf import compose

_SIZE = (1240, 1754)  # A4 at 150 dots per inch
_MARGIN = 130

MEMO = """\
# MEMO
To: all staff in Derby
From: Nadia Brockwell, Calibration Laboratory
Date: 1 July 2025

## Laboratory closed for air-conditioning work

The calibration laboratory will be closed from
Monday 14 July to Friday 18 July 2025 while the
air-conditioning plant is replaced.

Please hand in instruments no later than noon on
Wednesday 9 July if you need them back before the
closure.

During that week two technicians will work in room
B-204. They accept urgent pressure work only. There
will be no flow or temperature calibrations.

The reference balance PB-3 travels to the national
laboratory on 11 July and returns on 1 August. Until
then our upper limit for pressure is 7 MPa.

Loan instruments are on shelf C. Sign the blue book
when you take one.

From 21 July the room will be kept at 20.0 degrees,
plus or minus 0.5 degrees.

Thank you for your patience.

N. Brockwell, extension 4417
"""

REPORT = """\
# 防災訓練の結果
## １．実施の概要
日時　　２０２５年９月１日（月）１０時３０分
想定　　震度６弱の地震、食堂からの出火
参加者　本社および松本工場　２１３名

## ２．避難の結果
集合場所　第二駐車場
避難完了までの時間　４分３８秒（目標５分）
安否確認の完了　　　９分１０秒（目標８分）

## ３．気付いた点
・検査棟の２階では放送が聞き取りにくかった。
・台車が西階段の前に置かれ、通路が狭かった。
・来客３名の名簿が守衛所にしかなかった。

## ４．改善すること
・検査棟にスピーカーを２台増設する（１０月末）。
・西階段の前を駐車禁止の表示にする。
・来客名簿を受付でも見られるようにする。

## ５．次回の予定
２０２６年３月１１日（水）　夜間を想定した訓練

　　　　　　　　　報告者　総務部　藤代 恵
"""


def write_scan(target: Path) -> None:
    """Write a PDF whose only page is a picture of the memo."""
    sheet = FPDF(format="A4")
    sheet.set_creation_date(load("bousai-cover").date)
    sheet.set_title("Scan_20250701_0932")
    sheet.add_page()
    _place(sheet, MEMO, fonts.SERIF, fonts.SERIF_BOLD, seed=7, angle=0.7)
    sheet.output(str(target))


def write_mixed(target: Path) -> None:
    """Write a PDF with a page of text in front of a scanned one."""
    cover: Text = load("bousai-cover")
    sheet = compose(cover)
    sheet.set_auto_page_break(False)
    sheet.header = sheet.footer = lambda: None  # type: ignore[method-assign]
    sheet.add_page()
    _place(sheet, REPORT, fonts.GOTHIC, fonts.GOTHIC, seed=11, angle=-0.5)
    sheet.output(str(target))


def _place(sheet: FPDF, text: str, font: Path, bold: Path, *, seed: int, angle: float) -> None:
    picture = _age(_draw(text, font, bold), seed, angle)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=52)
    buffer.seek(0)
    sheet.image(buffer, x=0, y=0, w=210, h=297)


def _draw(text: str, font: Path, bold: Path) -> Image.Image:
    page = Image.new("L", _SIZE, 252)
    pen = ImageDraw.Draw(page)
    y = 150
    for line in text.splitlines():
        marks = len(line) - len(line.lstrip("#"))
        size = {0: 34, 1: 58, 2: 38}[marks]
        face = ImageFont.truetype(str(bold if marks else font), size)
        pen.text((_MARGIN, y), line.lstrip("# "), font=face, fill=28)
        y += int(size * (1.5 if line else 0.75))
    return page


def _age(page: Image.Image, seed: int, angle: float) -> Image.Image:
    """Turn, blur and speckle a page the way an office scanner does."""
    turned = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=250)
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
    noise = np.random.default_rng(seed)
    soft += noise.normal(0, 5, soft.shape)
    soft -= np.linspace(0, 10, soft.shape[1])[None, :]  # the lamp is weaker at one side
    return Image.fromarray(soft.clip(0, 255).astype(np.uint8))

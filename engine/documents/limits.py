"""Every limit of the readers in one place, each with its reason."""

from __future__ import annotations

MIB = 1024 * 1024

MAX_FILE_BYTES = 256 * MIB
"""Larger files are not opened; office documents stay far below this."""

MAX_TEXT_FILE_BYTES = 64 * MIB
"""Plain text, HTML, CSV and mail are held whole, several times over, while decoding."""

MAX_TEXT_CHARACTERS = 20_000_000
"""Text of one document; about 10,000 pages. Beyond, it is a data set, not a document."""

MAX_UNPACKED_BYTES = 1024 * MIB
"""Sum over the members of an Office package, as declared and as really unpacked."""

MAX_MEMBER_BYTES = 256 * MIB
"""One XML part; its tree takes several times that in memory."""

MAX_COMPRESSION_RATIO = 400
"""Real sheets reach about 60:1; deflate's ceiling, which bombs use, is about 1,000:1."""

RATIO_MATTERS_ABOVE_BYTES = 16 * MIB
"""Small parts may compress as well as they like."""

MAX_ARCHIVE_MEMBERS = 20_000
"""A presentation of 2,000 slides has about 8,000 members."""

MAX_SHEET_CELLS = 2_000_000
"""Filled cells over all sheets of a workbook; the rest is left out with a note."""

MAX_SHEET_COLUMNS = 512
"""Columns of a row that are read."""

MAX_TAG_DEPTH = 400
"""Nesting of one HTML tag; the parser's time grows with the square of the depth."""

MAX_ATTACHMENT_DEPTH = 3
"""A mail in a mail in a mail."""

MAX_PDF_PAGES = 20_000
"""Pages of one PDF."""

MAX_OCR_PAGES = 300
"""Pages of one PDF that are read by OCR (seconds each); the rest is noted."""

OCR_WIDTH_PX = 1_600
"""Pages are drawn this wide for OCR: about 190 dpi on A4, enough for 8 pt type."""

MAX_RENDER_PIXELS = 40_000_000
"""A drawn page; guards against pages that claim to be kilometres long."""

# --- the parser process --------------------------------------------------------------

START_TIMEOUT_S = 30.0
"""Starting Python and importing the protocol; far below a second on an idle machine."""

FILE_TIMEOUT_S = 60.0
"""Any file gets this long ..."""

TIMEOUT_PER_MIB_S = 4.0
"""... and this much more per MiB ..."""

OCR_PAGE_TIMEOUT_S = 45.0
"""... and this much per page that goes to OCR, granted when the page begins."""

MEMORY_LIMIT_BYTES = 4096 * MIB
"""Address space of the parser (POSIX). ONNX Runtime maps about 1 GiB of it."""

RECYCLE_ABOVE_BYTES = 700 * MIB
"""Resident memory after a file beyond which the parser is started afresh."""

RECYCLE_AFTER_FILES = 5_000
"""And after this many files in any case: slow leaks in native libraries."""

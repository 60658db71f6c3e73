"""Names for attachments that have none, or one that says nothing of their content."""

from __future__ import annotations

from pathlib import PurePath

from engine.documents.detection import detect

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_BY_TYPE = {
    "application/pdf": ".pdf",
    f"{_OPEN_XML}.wordprocessingml.document": ".docx",
    f"{_OPEN_XML}.presentationml.presentation": ".pptx",
    f"{_OPEN_XML}.spreadsheetml.sheet": ".xlsx",
    "application/json": ".json",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "message/rfc822": ".eml",
}
_BY_CONTENT = {"pdf": ".pdf", "docx": ".docx", "pptx": ".pptx", "xlsx": ".xlsx"}
_SAY_NOTHING = frozenset({"", ".bin", ".dat", ".att", ".attachment", ".tmp", ".file"})


def is_archive(data: bytes) -> bool:
    """Tell whether an attachment is a zip archive of files, not a document in zip form."""
    return detect(data) == "zip"


def named(name: str, media_type: str, data: bytes) -> str:
    """Return a name with the suffix of what an attachment is, where its own has none.

    Args:
        name: As the mail gives it.
        media_type: As the mail states it; believed where the content does not tell.
        data: The content.
    """
    if PurePath(name).suffix.lower() not in _SAY_NOTHING:
        return name
    return name + (_BY_CONTENT.get(detect(data)) or _BY_TYPE.get(media_type, ""))

"""Immutable values that cross threads and rooms.

Offsets are in Unicode code points, half-open, into the stored text of a document
(``document_text[start:end] == passage.text``, always). Scores are higher-better.
Times are UTC seconds since the epoch unless the name says otherwise.
"""

from engine.records.adapters import Adapter, AdapterInfo
from engine.records.answers import (
    Answer,
    AnswerStats,
    Citation,
    Comparison,
    Conversation,
    Lack,
    Preference,
    RefusalReason,
    SourceAttention,
    Turn,
    VoteTally,
)
from engine.records.attention import (
    AttentionChoice,
    AttentionMode,
    AttentionUse,
    KernelChoice,
    PrefillMode,
)
from engine.records.collections import (
    Collection,
    FileState,
    IndexSummary,
    PartlyReadFile,
    SkippedFile,
    WatchedSource,
)
from engine.records.documents import (
    Block,
    Chunk,
    DocumentRef,
    Location,
    LocationKind,
    ParsedDocument,
    Passage,
    SkipReason,
    TableHead,
    TableRow,
)
from engine.records.models import ModelFile
from engine.records.notices import Notice
from engine.records.questions import (
    QUESTION_KINDS,
    AnswerRow,
    AnswerTable,
    QuestionKind,
    Scanned,
)
from engine.records.requests import AskRequest, CompareRequest
from engine.records.retrieval import Coverage, Extract, RetrievedPassage, Retriever
from engine.records.tables import (
    Relation,
    RowFilter,
    TableName,
    TableOperation,
    TablePlan,
    TypedColumn,
)

__all__ = [
    "QUESTION_KINDS",
    "Adapter",
    "AdapterInfo",
    "Answer",
    "AnswerRow",
    "AnswerStats",
    "AnswerTable",
    "AskRequest",
    "AttentionChoice",
    "AttentionMode",
    "AttentionUse",
    "Block",
    "Chunk",
    "Citation",
    "Collection",
    "CompareRequest",
    "Comparison",
    "Conversation",
    "Coverage",
    "DocumentRef",
    "Extract",
    "FileState",
    "IndexSummary",
    "KernelChoice",
    "Lack",
    "Location",
    "LocationKind",
    "ModelFile",
    "Notice",
    "ParsedDocument",
    "PartlyReadFile",
    "Passage",
    "Preference",
    "PrefillMode",
    "QuestionKind",
    "RefusalReason",
    "Relation",
    "RetrievedPassage",
    "Retriever",
    "RowFilter",
    "Scanned",
    "SkipReason",
    "SkippedFile",
    "SourceAttention",
    "TableHead",
    "TableName",
    "TableOperation",
    "TablePlan",
    "TableRow",
    "Turn",
    "TypedColumn",
    "VoteTally",
    "WatchedSource",
]

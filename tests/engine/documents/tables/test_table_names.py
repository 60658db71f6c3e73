"""Documents of invented companies: every value under the name that a person reads there."""

from __future__ import annotations

from pathlib import Path

import last_table_documents  # noqa: F401
import more_table_documents  # noqa: F401
import pytest
from table_documents import FOUND, TableDocument
from table_scores import score


@pytest.mark.parametrize("document", FOUND, ids=lambda document: document.name)
def test_values_stand_under_their_names(document: TableDocument, tmp_path: Path) -> None:
    counts, problems, lines = score(document, tmp_path)
    assert counts.n_right == counts.n_cells, "\n".join(problems + lines)
    assert counts.n_lost == 0, "\n".join(problems)

"""English: questions about tables."""

from __future__ import annotations

from engine.languages.tabular import BoundRules, TabularRules

TABULAR = TabularRules(
    bounds=BoundRules(
        at_least=(
            r"(?:from|at least|minimum(?: of)?|min\.?|no less than|>=|≥)",
            r"(?:\+|or (?:more|over|above|higher|greater|longer|older|later)"
            r"|and (?:more|over|above|up)|up(?:wards)?\b)",
        ),
        at_most=(
            r"(?:up to|at most|maximum(?: of)?|max\.?|not? (?:more|greater|higher) than|<=|≤)",
            r"or (?:less|fewer|under|below|lower|shorter)|and (?:under|below|less)",
        ),
        more=(
            r"(?:more than|over|above|greater than|higher than|exceed(?:s|ing)?|longer than|>)",
            "",
        ),
        less=(r"(?:less than|fewer than|under|below|lower than|cheaper than|shorter than|<)", ""),
        between=r"-|~|to|and",
    ),
    unit=r"(?:all )?(?:units?|amounts|figures) ?(?::|in) ?",
)

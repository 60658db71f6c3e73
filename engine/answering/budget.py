"""How long a prompt may be: as much evidence as is read before a person loses patience."""

from __future__ import annotations

LEAST_TOKENS = 512
"""Two or three passages: less would leave out the one that answers, however slow the machine."""

MOST_TOKENS = 2048
"""Six passages of usual length; more is never retrieved for one answer."""

READ_SECONDS = 4.0
"""Of the time to the first word, beside searching and the first word itself."""

STEP_TOKENS = 128


def prompt_budget(tokens_per_second: float | None) -> int:
    """Return how many tokens a prompt may have.

    Args:
        tokens_per_second: At which the model reads here, measured once and stored: the same
            question gets the same evidence however busy the machine is. None if nobody measured.
    """
    read = (tokens_per_second or 0.0) * READ_SECONDS
    return max(LEAST_TOKENS, min(MOST_TOKENS, int(read // STEP_TOKENS) * STEP_TOKENS))

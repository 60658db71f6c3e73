"""What a question wants: its kind, and what is said to the program itself."""

from engine.questions.kinds import recognise
from engine.questions.small_talk import small_talk

__all__ = ["recognise", "small_talk"]

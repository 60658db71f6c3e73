"""Questions about tables: a plan by rules, computed by SQLite, told with the cells it rests on.

``wanted`` (with ``limits``) reads what a question asks for, ``groups`` puts tables of the same
columns together,
``names`` and ``values`` find which columns and cells the question names, ``matching`` says how
much of the question a table explains, ``filters``, ``targets`` and ``operations`` make a plan of
that and ``planning`` chooses one, ``checking`` compares a plan with the tables there are,
``computing`` (with ``conditions`` and ``apart``) carries it out, and ``telling`` writes the answer.
"""

from engine.answering.tabular.planning import ScoredPlan, plan_for
from engine.answering.tabular.route import answer_table

__all__ = ["ScoredPlan", "answer_table", "plan_for"]

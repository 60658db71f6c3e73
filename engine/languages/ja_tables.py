"""Japanese: questions about tables."""

from __future__ import annotations

from engine.languages.tabular import BoundRules, TabularRules

TABULAR = TabularRules(
    bounds=BoundRules(
        at_least=("(?:最低)", r"(?:以上|以降|[~〜]$|から$)"),
        at_most=("(?:最大)", r"(?:以下|以内|まで)"),
        more=("", r"(?:超(?!過)|を?(?:超え|上回)(?:る|た|て)?|より(?:大きい|多い|高い|長い))"),
        less=("", r"(?:未満|を下回る|より(?:小さい|少ない|安い|低い|短い))"),
        between=r"-|~|〜|から|以上",
    ),
    unit=r"単位 ?[:：は]? ?",
)

"""English: what tells a sentence that answers."""

from __future__ import annotations

from engine.languages.profile import QuoteRules

_NUMBER = (
    r"(?:\d[\d.,]*\)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty|forty|fifty|sixty|ninety|hundred|half|first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth)"
)

QUOTES = QuoteRules(
    asks_date=(
        r"^(?:and |so |but )?(?:since |until |by |from )?when\b|\b(?:what|which) (?:date|day)\b"
        r"|\bwhen (?:do|does|did|is|are|was|were|will|must|can|should|has|have)\b"
    ),
    asks_person=r"^(?:and |so |but )?(?:by |to |for |with )?who(?:m|se)?\b",
    no_date=(
        r"\b(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"(?!(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b)[A-Za-z]+"
        r"|(?<!\d )(?<!in )(?<!of )\bmay\b(?! \d)"
    ),
    asks_period=(
        r"\bhow (?:long|soon|often)\b|\bhow far (?:ahead|in advance|back)\b"
        r"|\bhow (?:much|many \w+) (?:notice|beforehand)"
        r"|\bwhat (?:is the )?(?:notice|period|term|duration|interval)\b"
        r"|\b(?:until|by|till|from) wh(?:en|ich day)\b|\b(?:delivery|lead) time\b|\bwithin\b"
    ),
    period=(
        rf"\b{_NUMBER}(?:[ -]\w+)?[ -](?:second|minute|hour|day|week|month|quarter|year)s?\b"
        r"|\b(?:daily|weekly|monthly|quarterly|yearly|annually|every \w+)\b|\(weeks\): \d"
    ),
    counted=r"\bhow many (?:[\w-]+ (?:of|for) )?(?P<what>[a-z]{3,})",
    money_label=r"\b(?:prices?|costs?|fees?|rent|charges?|total|amount|gbp|eur|usd|jpy)\b",
    mail_head=r"(?:from|to|cc|bcc|date|sent|subject|reply-to|message-id)",
    asks_mail=r"\b(?:wrote|writes?|sent|send|sends|mail|e-?mail|message|copied|addressed)\b",
    leans_back=(
        r"(?:it|its|they|their|these|this|that|those|he|she|until then|during that|then|there"
        r"|the (?:same|latter)|after that|afterwards|for that)\b"
    ),
)

"""English: questions about tables."""

from __future__ import annotations

from engine.languages.tabular import BoundRules, Superlative, TabularRules, TabularWords

_CONCEPTS = {
    "money": (
        r"\b(?:price|cost|charge|fee|rate|amount|salary|wage|rent|budget|spen[dt]|spending"
        r"|expens(?:e|es)"
        r"|paid|pay|premium|value|allowance|cap|revenue|sales|turnover|profit|tariff|deposit)s?\b"
    ),
    "quantity": (
        r"\b(?:quantit(?:y|ies)|qty|pieces?|pcs|units?|number|count|volume|output"
        r"|produced)\b"
    ),
    "stock": r"\b(?:(?:in )?stock|on hand|inventory|left over|available)\b",
    "date": r"\b(?:date|day|due|when|received|issued|starts?|started|begins?|ends?|expires?|expiry"
    r"|valid|since|until|deadline|joined|hired|delivered|delivery|ordered|renewal)\b",
    "person": r"\b(?:who|whom|whose|name|person|contact|manager|owner|responsible"
    r"|employees?|people|persons?|staff|members?|assignee"
    r"|approved by|supervisor|lead)\b",
    "place": r"\b(?:where|place|location|city|town|country|site|room|shelf|office|branch|region"
    r"|address|warehouse)\b",
    "duration": r"\b(?:how long|duration|length|lead times?|turnaround|term|period)\b",
    "phone": r"\b(?:phone|telephone|tel|ext(?:ension)?)\b",
    "mobile": r"\b(?:mobile|cell phone)\b",
    "discount": r"\b(?:discount|rebate|reduction)s?\b",
    "department": r"\b(?:department|dept|division|team|section|unit)s?\b",
    "length": r"\b(?:height|width|depth|tall)\b",
    "hours": r"\b(?:hours?|overtime)\b",
    "weight": r"\b(?:weigh(?:t|s)?|mass|heavy)\b",
    "status": r"\b(?:status|state|result)\b",
    "currency": r"\b(?:currency|currencies)\b",
    "unit": r"\b(?:uom|unit of measure)\b",
    "customer": r"\b(?:customer|client|account|buyer)s?\b",
    "supplier": r"\b(?:supplier|vendor|manufacturer)s?\b",
    "product": r"\b(?:product|item|article|model|part|goods?|device|instrument|machine)s?\b",
    "age": r"\b(?:age|years old|old is)\b",
    "email": r"\b(?:e-?mail)\b",
}

_WORDS = TabularWords(
    operations={
        "look-up": "{column} of {row}",
        "list": "{n} rows",
        "count": "rows counted",
        "sum": "sum of {column}",
        "mean": "mean of {column}",
        "minimum": "lowest {column}",
        "maximum": "highest {column}",
        "top": "the first {n} by {column}",
        "group": "sum of {column}",
        "difference": "difference of {column}",
    },
    relations={
        "=": "{column} is {value}",
        "!=": "{column} is not {value}",
        "<": "{column} below {value}",
        "<=": "{column} at most {value}",
        ">": "{column} above {value}",
        ">=": "{column} at least {value}",
        "contains": "{column} has “{value}”",
        "covers": "{column} covers {value}",
    },
    also=", ",
    based="{rows} rows of {table}",
    colon=": ",
    units={
        "percent": "%",
        "yen": "JPY",
        "euro": "EUR",
        "dollar": "USD",
        "pound": "GBP",
        "franc": "CHF",
        "person": "people",
        **{each: f"{each}s" for each in ("day", "week", "month", "year", "hour", "minute")},
        **{each: each for each in ("kg", "g", "mm", "cm", "m", "km", "l", "w", "kw", "pcs")},
    },
    sentences={
        "sheet": "table",
        "by": "by {column}",
        "missing": "{n} of the rows have no number in {column} and do not count.",
        "words": "{n} cells of {column} hold words ({examples}) and do not count.",
        "mixed": "{column} holds different units, which are not added together.",
        "not-numbers": "{column} holds no numbers to compute with but words, such as {examples}.",
        "empty": "The row of {table} has nothing in {column} ({filters}).",
        "no-rows": "No row of {table} fits: {filters}.",
        "cut": "{table} is larger than what is stored of it: the first {stored} rows are, and a"
        " figure over them would not be that of the whole table.",
        "no-column": "{table} has no column “{column}”. It has: {columns}.",
        "no-table": "The table that the plan names is not there any more.",
        "open-dates": "{column} has dates that can be read in two ways ({examples}), so it is not"
        " certain which rows count.",
        "undated": "{n} cells of {column} name no full date and do not count.",
        "two-needed": "A difference needs two rows or columns, and the plan does not name two.",
        "own-total": "This is what the table states itself; its rows add up to another figure.",
        "mixed-sides": "The two sides are in different units ({column}), so they have"
        " no difference.",
        "several-rows": "{column} stands in several rows that fit ({filters}), so it is not certain"
        " which two are meant.",
        "ties": "{n} rows share this value.",
        "several-tables": "Several tables have this, and they differ:",
    },
)

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
        joint="to",
    ),
    unit=r"(?:all )?(?:units?|amounts|figures) ?(?::|in) ?",
    count=r"\bhow many\b|(?:^|\b(?:the|total|a) )number of\b|\bcount\b",
    totals=r"(?:net|gross)(?: (?:amount|total|sum))?|value added tax\b.{0,20}|amount payable|all",
    measured=r"\bhow many (?:hours|days|weeks|months|years|minutes|kg|pounds|euros|yen|dollars)\b",
    upper=r"to|up to|max|maximum",
    steps=r"from|min|minimum|at least|up to|to|max|maximum",
    qualifiers=(
        r"\b(?:new|old|previous|previously|former|formerly|planned|expected|estimated"
        r"|next year|last year"
        r"|other than|except|excluding|without|not|never|instead|again|if)\b"
    ),
    sum=(
        r"\b(?:total(?:s|led)?|sum|altogether|in all|overall|combined|add(?:s|ed)? up"
        r"|(?:all )?together|taken together)\b"
    ),
    mean=r"\b(?:average|mean|averaged)\b",
    difference=(
        r"\b(?:difference|how (?:much|many) (?:\w+ )?(?:more|less|fewer|higher|lower|cheaper|longer"
        r"|shorter|heavier)|how much (?:did|has|have) .{1,60}\b(?:change|rise|risen|fall"
        r"|fallen|increase|decrease|grow|grown|go up"
        r"|go down)\w*|(?:increase|decrease|change|rise|growth|drop) (?:in|of|from|between))\b"
    ),
    listing=r"\b(?:list|show|name|give) (?:me )?(?:all|the|every)\b"
    r"|\bwhich\b|\bwhat are\b|\bwho are\b",
    superlatives=(
        Superlative(
            r"\b(?:most expensive|dearest|priciest|costliest|highest[- ]paid)\b", "money", "high"
        ),
        Superlative(r"\b(?:cheapest|least expensive|lowest[- ]priced)\b", "money", "low"),
        Superlative(r"\b(?:newest|latest|most recent(?:ly)?|last)\b", "date", "high"),
        Superlative(r"\b(?:earliest|oldest|first|least recent(?:ly)?)\b", "date", "low"),
        Superlative(r"\b(?:soonest|next)\b", "date", "low"),
        Superlative(r"\blongest\b", "duration", "high"),
        Superlative(r"\b(?:shortest|quickest|fastest)\b", "duration", "low"),
        Superlative(r"\b(?:heaviest)\b", "weight", "high"),
        Superlative(r"\b(?:lightest)\b", "weight", "low"),
        Superlative(
            r"\b(?:highest|largest|biggest|greatest|maximum|max|most|best|top)\b", "", "high"
        ),
        Superlative(r"\b(?:lowest|smallest|least|fewest|minimum|min|worst)\b", "", "low"),
    ),
    top=(
        r"\b(?:top|first|best|highest|largest|cheapest|lowest"
        r"|smallest)[ -](?P<n>\d{1,3})\b(?! (?:yen|eur|usd|gbp))"
        r"|\b(?P<m>\d{1,3}) (?:most|highest|largest|biggest|cheapest|lowest|smallest|best|least"
        r"|longest|shortest|newest|oldest|latest|earliest|heaviest)\b"
    ),
    group=(
        r"\b(?:per|by|for each|for every|each|every|in each|at each|broken down by|grouped by)"
        r" (?P<by>[a-z][\w -]{1,30})"
    ),
    months=r"\bmonth(?:ly|s)?\b",
    years=r"\byear(?:ly|s)?\b",
    sheets=r"\b(?:sheet|month|quarter|table|tab)s?\b",
    rates=r"\b(?:price|rate|per|cap|each|unit|share|ratio|percent(?:age)?|limit|age|average)\b|%",
    concepts=_CONCEPTS,
    asks=(
        (r"\bhow much\b(?! (?:time|stock|space))", "money"),
        (r"\bwhen\b|\bwhat (?:date|day)\b|\bby when\b|\bwhich day\b", "date"),
        (r"\bwho(?:m|se)?\b", "person"),
        (r"\bwhere\b|\bwhich (?:shelf|room|city|site)\b", "place"),
        (r"\bhow long\b|\bhow many (?:days|weeks|months|working days)\b", "duration"),
        (r"\bhow many hours\b", "hours"),
        (r"\bhow (?:long|tall|high|wide|deep)\b", "length"),
    ),
    fillers=(
        r"\b(?:an order of|orders? of|a year|per year|works?|working|came|comes from|logged"
        r"|own(?:s|ed)?|stay(?:s|ed)?|live[sd]?|holds?|keeps?|runs? out"
        r"|registered|happened|entered|belongs?|went|a month|a week|each year|annually"
        r"|according to|recorded"
        r"|list(?:ed)?|table|spreadsheet|sheet|workbook|file|document|record|have|has|had|get"
        r"|give|tell|show|me|us"
        r"|our|we|company|please|there|altogether|together|entry|entries|row|column|cell"
        r"|value|figure|number|many|much|long|per|each|every"
        r"|than|more|less|over|under|between|compared|respect(?:ive)?ly|currently|current|now"
        r"|today|need|needs|want|take|takes|took|cost|costs"
        r"|come|comes|stand|stands|say|says|said|made|make|makes|did|does|do|was|were|been"
        r"|being|all|any|only|also|still|just|out|up|so|far|least"
        r"|most|name|kind|type|one|two|ones|single|whole|entire|across|within|during|which"
        r"|what|who|whom|whose|when|where|how|the|a|an|of|in|on"
        r"|at|for|to|from|by|with|and|or|is|are|be|it|its|that|this|these|those|i|you|they"
        r"|their|his|her|not|no|if|as|into|apply|applies|applied|used|use)\b"
    ),
    before=(r"(?:before|earlier than|prior to)\s*$", ""),
    since=(r"(?:since|after|from|as of|starting|later than|on or after)\s*$", ""),
    until=(r"(?:until|by|up to|through|till|no later than|on or before)\s*$", ""),
    words=_WORDS,
)

"""Words by which English questions are told apart, as patterns."""

from __future__ import annotations

PLEASE = (
    r"^(?:(?:please|pls|kindly|hi|hello|hey|ok|so|and|now|can you|could you|would you|will you"
    r"|can i have|could i have|i need|i'd like|i would like|i want|we need|help me|you to|to"
    r"|quickly|just|briefly)\b[,!]? ?)*"
)
LANGUAGE = r"(?:english|japanese|german|french|spanish|chinese|korean|italian|dutch|portuguese)"
PAPER = (
    r"(?:documents?|files?|pdfs?|e-?mails?|mails?|reports?|chapters?|folders?|guidelines?"
    r"|guides?|polic(?:y|ies)|contracts?|agreements?|leases?|spreadsheets?|sheets?|letters?|minutes"
    r"|pages?|sections?|clauses?|appendi(?:x|ces)|annex(?:es)?|manuals?|handbooks?|presentations?"
    r"|slides?|forms?|templates?|regulations?|rules|by-?laws|price lists?|notices?|memos?|papers?"
    r"|certificates?|quotations?|quotes?|offers?|invoices?|orders?|drafts?|versions?|editions?"
    r"|revisions?|terms|statutes?|records?|protocols?|procedures?|specifications?|specs?"
    r"|data ?sheets?|release notes|ndas?|plans?|tenders?|correspondence|articles?|attachments?"
    r"|confirmations?|confirmation|paragraphs?|assessments?|surveys?|studies|study|questionnaires?)"
)
VERSIONED = PAPER.replace("|plans?", "").replace("|orders?", "|orders|order")
TOLD = (
    r"(?:says?|mentions?|contains?|holds?|explains?|describes?|covers?|deals?|states?|talks?"
    r"|speaks?|defines?|lists?|shows?|includes?|tells?|governs?|regulates?|discuss(?:es)?"
    r"|refers?|sets? out|specif(?:y|ies)|has the|have the|has our|is about|are about|is it in"
    r"|do i find|can i find|do we have|would i find|should i read|is it|are on|is on|concerns?"
    r"|addresses)"
)
GROUPS = (
    r"(?:regions?|months?|departments?|employees?|customers?|clients?|branch(?:es)?|products?"
    r"|quarters?|years?|teams?|suppliers?|stores?|sites?|countr(?:y|ies)|persons?|people|machines?"
    r"|categor(?:y|ies)|projects?|plants?|lines?|shops?|offices?|salesperson|models?|weeks?"
    r"|vehicles?|routes?|cost cent(?:re|er)s?)"
)
FIGURES = (
    r"(?:sales|revenues?|turnover|costs?|expenses|hours|spend(?:ing)?|orders|income|profits?"
    r"|output|production|headcount|budgets?|quantit(?:y|ies)|stock|complaints|overtime|amounts?"
    r"|salar(?:y|ies)|purchases|consumption|units|visitors|figures|margins?|totals?)"
)
SUPERLATIVE = (
    r"(?:(?:the|our|your|have|has|had|with|bought|sold|used|earns?|spent|costs?|got|get|made"
    r"|most|is) )"
    r"?(?:most expensive|cheapest|dearest|highest|lowest|largest|biggest|smallest|longest|shortest"
    r"|heaviest|lightest|fastest|slowest|oldest|youngest|costliest|best-?selling|top-?selling"
    r"|least|fewest|greatest|worst|priciest|busiest)"
)
MEASURED = (
    r"(?:(?:working|business|calendar|paid|unpaid|full|extra|sick|square|whole|additional|vacation"
    r"|holiday|annual|consecutive|leave|training|parental|maximum|minimum|hot|cold|spare) )*"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|seconds?|percent|per cent|%|characters?"
    r"|digits?|kilomet(?:re|er)s?|km|met(?:re|er)s|cm|mm|lit(?:re|er)s?|kilos?|kilograms?|kg|grams?"
    r"|tonnes?|tons?|degrees?|euros?|pounds?|dollars?|yen|points?|times|pages|copies|volts?|watts?"
    r"|amps?|bytes?|mb|gb|bar|nights?|instal(?:l)?ments|signatures?|witnesses|layers?|coats?"
    r"|stars?)"
    r"\b"
)
SOLD = r"(?:s[oe]ll|sold|produced?|manufactured?|shipped|ship|delivered?|order(?:ed)?|bought|buy)"
WISHED = (
    r"(?:must|(?<!in )(?<!of )(?<!since )may|can|could|should|need(?:s|ed)?|required?|requires"
    r"|allowed|permitted|entitled"
    r"|has to|have to|had to|hope|plan(?:ned)?|expect(?:ed)?|aim|promise[ds]?|per|is it"
    r"|does it take|will)"
)
STATED = (
    r"(?:(?:opening|working|office|business|core|visiting|delivery) )?(?:hours|times|fees?|costs"
    r"|charges|terms|dimensions|rates|prices|consequences|chances|odds|key|main|total|results"
    r"|limits|details|minutes|status|address|conditions of payment|wages|savings|news|earnings)\b"
)
"""What has the form of several things and is one that is stated."""

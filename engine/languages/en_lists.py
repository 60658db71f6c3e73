"""English: questions for lists, numbers of things and documents."""

from __future__ import annotations

from engine.languages.list_rules import ListRules, ListWording

_FILLER = (
    r"(?:(?:all|every|each|any|both|of|the|our|us|those|these|different|various|available"
    r"|existing|complete|full|single|me|other|possible|individual) )*"
)
_END = (
    r"do|does|did|is|are|was|were|has|have|had|can|could|may|must|should|shall|will|would|that"
    r"|which|who|whom|whose|where|when|in|on|at|for|from|of|to|with|by|under|about|after|before"
    r"|between|during|within|over|across|through|per|without|we|i|you|they|there|it|exists?"
    r"|mention\w*|contain\w*|says?|needs?|costs?|appl(?:y|ies)|belong\w*|c[ao]me|made|given|shown"
    r"|fits?|covers?|deals?|talks?|speaks?|names?|states?|refers?|concerns?|relat\w+|held|taken"
    r"|he|she|my|our|allow\w*|offer\w*|support\w*|require\w*|attend\w*|take|took|sold|bought"
    r"|not|you|people|one|and how|describ\w*|explain\w*|define\w*|use|used|set|still|written"
)

LISTS = ListRules(
    lead=(
        r"(?:all|every|each) "
        + _FILLER
        + r"|(?:(?:and|so|please|kindly|can you|could you|would you|i need|i want|i'd like) )*"
        r"(?:to see )?"
        r"(?:(?:list|show|give|name|enumerate|tell|find|get|print|count)(?: me| us)?(?: out)?"
        r"|what (?:are|were)|which (?:are|were)|what(?: all)?|which|how many|who (?:are|were)"
        r"|is there (?:a|an|any)|are there(?: any)?|do we have(?: any)?|what's)\b "
        + _FILLER
        + r"(?:(?:an? |the )?(?:complete |full )?(?:list|overview|number|names) of )?"
        + _FILLER
    ),
    tail=(
        r"(?: (?:are there|do we have|do you have|have we|exist|are known|are listed"
        r"|in (?:total|all)"
        r"|altogether|please|at all|can you find|completely|there are|are mentioned))+$"
    ),
    counts=r"^(?:\w+ )?how many\b|\bhow many\b|\bnumber of\b|^count\b",
    kinds=r"^(?:kinds?|types?|sorts?|names?|titles?) of ",
    noun=rf"^(?P<noun>(?!(?:{_END})\b)\S+(?: (?!(?:{_END})\b|\S+ed\b)\S+)*)(?P<topic>.*)$",
    anything=r"what|things?|points?|items?|everything|anything|entries|what else|whatever",
    general=(
        r"(?:\w+ )?(?:conditions?|principles?|rules?|requirements?|fields?|options?|reasons?"
        r"|features?"
        r"|topics?"
        r"|aspects?|examples?|criteria|elements?|characteristics|advantages?|disadvantages?|goals?|duties"
        r"|obligations|measures?|methods?|ways?|kinds?|types?|sections?|chapters?|modes?|names?)"
    ),
    compares=(
        r"\b(?:over|above|below|under|(?:more|less|fewer|higher|lower|cheaper|longer|older|later"
        r"|earlier) than|at least|at most|exceeding|before|after|since|until)"
        r" (?:the )?(?:[A-Z]{3} )?[£$€¥]? ?\d"
    ),
    persons=r"^who\b(?! (?:are|were) (?:the|our|all)\b)",
    steps=(
        r"^(?:(?:what|which|list|show|give|tell)\b.{0,20}?)?\b(?:steps?|procedure|instructions)\b"
        r"(?: \w+)? (?:to|for|of|when)\b(?P<topic>.+)"
        r"|^how (?:to|(?:do|can|should|must|would) (?:i|we|you|one))\b"
        r"(?P<topic2>.+)"
    ),
    documents=r"(?:documents?|files?|papers?|texts?|records?|pages?|docs|places)",
    mentions=(
        r"\b(?:mention\w*|contain\w*|say(?:s|ing)?|speak\w* of|talk\w* (?:of|about)|deal\w* with"
        r"|refer\w* to|nam(?:e|es|ing)|concern\w*|discuss\w*|about|describ\w*|cover\w*|includ\w*"
        r"|(?:is|are) (?:found|mentioned|named|used|described) in|relat\w+ to|with the words?|on"
        r"|have to do with|touch\w* (?:on|upon))\b"
    ),
    genres={
        "contract": r"contracts?|agreements?|amendments?|leases?|ndas?",
        "minutes": r"minutes|meetings?|protocols?",
        "mail": r"e-?mails?|mails?|letters?|messages?",
        "invoice": r"invoices?|bills?",
        "quotation": r"quotations?|quotes?|offers?|estimates?",
        "price list": r"price ?lists?|fees?|tariffs?",
        "policy": r"polic(?:y|ies)|rules|regulations?|handbooks?|terms|guidelines?",
        "report": r"reports?|reviews?",
        "specification": r"specifications?|data ?sheets?",
        "form": r"forms?|templates?|questionnaires?",
        "notice": r"notices?|announcements?|memos?",
        "manual": r"manuals?|guides?|instructions?|faqs?",
        "plan": r"plans?|schedules?",
        "presentation": r"presentations?|slides?|decks?",
        "spreadsheet": r"spreadsheets?|workbooks?|excel (?:files|sheets)",
    },
    weak=(
        r"rules|terms|fees?|tariffs?|plans?|schedules?|meetings?|offers?|estimates?|messages?|bills?"
        r"|instructions?|guidelines?|notices?|regulations?|reviews?|amendments?"
    ),
    yes=r"yes|x|true|✓|✔",
    no=r"no|-|false|n/a|",
    classes={
        "attendee": r"\bpresent\b|attend(?:ees?|ed|ing|ance)|participants?|took part|take part"
        r"|\bwas (?:at|in)\b",
        "absentee": r"\babsent|apolog(?:y|ies)|\bmissing\b",
        "supplier": r"\bsuppliers?\b|\bvendors?\b|subcontractors?",
        "customer": r"\bcustomers?\b|\bclients?\b|\bbuyers?\b",
        "person": r"\bwho\b|\bpersons?\b|\bpeople\b|\bstaff\b|\bemployees?\b|\bname\b|colleagues?",
        "member": r"\bmembers?\b|\bteam\b",
        "deadline": r"\bdeadlines?\b|\bdue\b|by when|time limits?|\buntil\b|milestones?",
        "action": r"\bactions?\b|\btasks?\b|\bto-?dos?\b|action items?",
        "decision": r"\bdecisions?\b|\bdecided\b|\bresolutions?\b",
        "part": r"\b(?:spare )?parts?\b",
        "product": r"\bproducts?\b|\bmodels?\b|\binstruments?\b",
        "department": r"\bdepartments?\b|\bdivisions?\b",
        "risk": r"\brisks?\b|\bdangers?\b|\bhazards?\b",
        "course": r"\bcourses?\b|\btrainings?\b|\bseminars?\b",
        "phone": r"\b(?:tele)?phone\b|\bext(?:ensions?|\.)|\btel\b|\bcall\b",
        "address": r"\baddress(?:es)?\b|\blocations?\b|\bsites?\b",
        "room": r"\brooms?\b",
        "service": r"\bservices?\b",
        "price": r"\bprices?\b|\bfees?\b|\bcosts?\b|\brates?\b|\bcharges?\b",
        "discount": r"\bdiscounts?\b|\brebates?\b",
        "warden": r"\bwardens?\b",
        "complaint": r"\bcomplaints?\b|\bclaims?\b",
        "signatory": r"\bsign(?:ed|atory|atories)\b",
        "ingredient": r"\bingredients?\b|\bcomponents?\b|\bcomposition\b",
        "country": r"\bcountr(?:y|ies)\b|\bregions?\b",
        "benefit": r"\bbenefits?\b",
        "city": r"\bcit(?:y|ies)\b|\btowns?\b",
        "currency": r"\bcurrenc(?:y|ies)\b",
        "budget": r"\bbudgets?\b|\bexpen[sd]\w*",
        "change": r"\bchang(?:es?|ed)\b|\brevis(?:ions?|ed)\b",
        "fault": r"\bfaults?\b|\berrors?\b|\bdefects?\b",
        "condition": r"\bconditions?\b|\bterms\b|\brequirements?\b",
        "leave": r"\bleave\b|\bholidays?\b|\bvacation\b",
        "project": r"\bprojects?\b",
        "machine": r"\bmachines?\b|\bequipment\b|\bdevices?\b|\bvehicles?\b",
    },
    values={
        "phone": r"(?:tele)?phone numbers?|extensions?|numbers to call",
        "email": r"e-?mail address(?:es)?|e-?mails? of",
        "date": r"deadlines?|due dates?|dates?|time limits?",
        "percent": r"percentages?|percent rates?",
        "money": r"amounts?|penalt(?:y|ies)|sums? of money",
    },
    empty=(
        r"\b(?:have|has|had|do|does|did|exist|are|is|was|were|there|we|our|need|use|used|can|could"
        r"|may|must|should|will|get|take|took|made|make|given|give|gave|listed|named|mentioned|come"
        r"|came|belong|company|documents?|collection|list|total|found|held|offer|offered|know|known"
        r"|name|names|contain|contains|include|includes|included|apply|applies|kind|kinds|different|own|owns|owned|sell|which|what|all)\b"
    ),
    separators=r", and | and |, or | or |, |; ",
    last=r",? (?:and|or) ",
    intro=(
        r"\b(?:are|is|includes?|including|such as|consists? of|comprises?|namely|made of"
        r"|offers?|supports?"
        r"|measures?|covers?|contains?|have|has|needs?|following|brings?|sells?|makes?"
        r"|in|with|of|e\.g\.)\b:? "
        r"|[:?] "
    ),
    outro=r"[.;:]?$|,? (?:which|who|that|by|for|from|to|in|on|at|with|if|when|unless|because) .*$",
    due=r"\b(?:until|by|no later than|not later than|within|before|due|deadline|latest|expires?)\b",
    bounds=r"\sand\s",
    asks=r"\?",
    forms={
        "phone": r"(?<=extension )\d{3,5}|(?<=ext\. )\d{3,5}",
        "percent": r"\d+(?:[.,]\d+)?\s?(?:percent|per cent)",
        "money": r"\d[\d,.]*\s?(?:euros?|pounds?|yen|kronor|dollars?)",
    },
    periods=(
        r"\b\d+\)?[- ](?:working |business |calendar )?(?:days?|weeks?|months?|years?|hours?)\b"
    ),
    wording=ListWording(
        found="{what}: {n} found.",
        counted="**{n}** {what}.",
        looked_at="All {files} files ({passages} passages) were looked at.",
        partly="Only a part was looked at: {files} files ({passages} passages).",
        unread="{n} files could not be read.",
        pending="{n} passages could be compared by their words only.",
        possible="Possibly also:",
        rest="{n} more are in the table.",
        stated="A document gives the number itself: “{quote}”",
        nothing="Nothing was found for this.",
        documents="documents",
        steps="steps",
        things="entries",
        columns=("Item", "Document", "Place"),
    ),
)

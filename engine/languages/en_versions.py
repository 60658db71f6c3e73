"""English: versions of documents, and what is said of two that are compared."""

from engine.languages.profile import ComparedWording, CompareRules, VersionRules

VERSIONS = VersionRules(
    withdrawn=(
        r"\b(?:superseded|withdrawn|obsolete|repealed|outdated|expired|archived?"
        r"|no longer (?:valid|in force)|old)\b"
    ),
    edition=(
        r"\b(?:v(?:er(?:sion)?)?\.? ?\d+(?:\.\d+)*|(?:rev(?:ision)?|issue)\.? ?(?:\d+|[a-h])"
        r"|\d+(?:st|nd|rd|th) (?:edition|version|revision)"
        r"|(?:first|second|third|fourth|fifth) (?:edition|version|draft)"
        r"|version|edition|revision|rev|new|current|final|fiscal|fy|year|valid|from"
        r"|draft|proposed|proposal for|revised|updated|amended|signed|copy(?: of)?)\b|\(\d\)"
    ),
    asks_former=(
        r"\b(?:former(?:ly)?|previous(?:ly)?|old|earlier|superseded|withdrawn|used to|back then"
        r"|in the past|last year(?:'?s)?|until now|(?:was|were|did)\b[^?]*\bbefore)\b"
    ),
    draft=r"\bdraft\b",
    proposed=r"\b(?:proposed|proposal for)\b",
    number=(
        r"\bv(?:er(?:sion)?)?\.? ?(?P<number>\d+(?:\.\d+)*)\b",
        r"\b(?:rev(?:ision)?|issue)\.? ?(?P<number>\d+|[a-h])\b",
        r"\b(?P<number>\d+)(?:st|nd|rd|th) (?:edition|version|revision)",
        r"\bedition (?P<number>\d+)\b",
    ),
    periodic=(
        r"\b(?:minutes|meeting|reports?|reviews?|records?|results?|figures|accounts|sales|orders"
        r"|invoices?|statements?|payslips?|complaints?|stock|inventory|log|timesheets?|newsletter"
        r"|attendance|survey|audit|actuals|receipts?)\b"
    ),
    dated=(
        r"(?:effective|in force|valid|applies|applicable|with effect|as of|as from|dated|made on"
        r"|date|issued|revised|updated|approved|version of|edition of|since|status)"
        r"(?: (?:from|on|as of|date|since))?[:,]?\s*$",
        r"^\s*(?:edition|version)\b",
    ),
    history=(
        r"(?:what has changed|change log|changelog|changes? (?:since|from|to|against)"
        r"|(?:revision|version|document|change) history|amendments? history|history of changes)"
    ),
    clause=r"(?:Article|Clause|Section) \d+(?:\.\d+)*",
    page=r"(?:.{0,60}\b)?(?:page ?)?\d+ ?(?:/|of) ?\d+|page \d+",
)

COMPARES = CompareRules(
    sides=(
        r"\b(?:between|compare|comparing)\b (?P<one>.+?) (?:and|with|against|versus|vs\.?)"
        r" (?P<other>.+)",
        r"\bcompar(?:e|ing) (?P<one>.+?) to (?P<other>.+)",
        r"(?P<one>.+?) (?:versus|vs\.?|compared (?:with|to)|as against) (?P<other>.+)",
        r"\b(?:does|do|is|are|has|have) (?P<one>.+?) (?:differ|different|changed?|vary|deviate)"
        r" (?:from|to|against) (?P<other>.+)",
        r"\bfrom (?P<one>.+?) to (?P<other>.+)",
        r"\bof (?P<one>.+?) and (?:of )?(?P<other>.+)",
    ),
    two=r"\b(?:two|both)\b",
    words=(
        r"\b(?:what|which|how|changed?|changes|differ(?:s|ent|ences?|ently)?|compar(?:e|es|ed|ing"
        r"|ison)|between|versus|vs|against|list|show|all|every|new|newer|newest|old|older|latest"
        r"|current|previous|former|earlier|version|versions|edition|editions|revision|revised"
        r"|updated|since|from|two|both|document|documents|file|files|clause|clauses|everything"
        r"|anything|something|changing|same|side|draft|final|originals?|one|ones|there|amended"
        r"|tell|please|me|give|overview|terms|become|became|dearer|year|point|points|modified"
        r"|replaced|replaces|last|before|after|now|then|than|in|did|do|does)\b"
    ),
    versions=(
        r"\b(?:chang(?:e|es|ed|ing)|versions?|editions?|revis(?:ed|ions?)|drafts?|amended|updated?"
        r"|old|older|previous|former|earlier|superseded|newer|newest|latest|originals?)\b"
    ),
    alike=(
        (r"shall|must|(?:is|are) (?:to|required to|obliged to)|ha(?:s|ve) to|needs? to", "must"),
        (r"may|can|(?:is|are) (?:allowed|permitted|entitled) to", "may"),
        (r"employees?|staff(?: members?)?|workers?|colleagues?", "staff"),
        (r"submit(?:ted|s)?|handed in|hand(?:s)? in|handed|lodge[sd]?|filed?|sent|send", "submit"),
        (r"receives?|gets?|granted|entitled to|given|is due", "get"),
        (r"commences?|begins?|starts?", "start"),
        (r"terminates?|ends?|ceases?|expires?", "end"),
        (r"requests?|applications?|appl(?:y|ies)", "request"),
        (r"prior to|before|ahead|beforehand|in advance", "before"),
        (r"additional|further|extra|more", "more"),
        (r"within|no later than|not later than|at the latest", "within"),
        (r"informs?|notif(?:y|ies|ied)|tells?|told|informed", "tell"),
        (r"maximum of|at most|up to|no more than|not exceeding", "up to"),
        (r"purchases?|buys?|bought|acquires?", "buy"),
        (r"provides?|supply|supplies|supplied|provided", "provide"),
        (r"reimburse[sd]?|refunds?|refunded|pays? back|repa(?:y|id)", "refund"),
        (r"as well as|and|along with|together with", "and"),
        (r"per year|a year|annually|each year|per annum|every year|yearly", "a year"),
        (r"per month|a month|monthly|each month|every month", "a month"),
        (r"obtains?|needs?|requires?|required|needed|necessary", "need"),
        (r"firm|company|employer|business", "company"),
    ),
    wording=ComparedWording(
        topic="Topic",
        title="What differs between {old} and {new}:",
        dated="{document} ({date})",
        heading="**{topic}**: ",
        changed="{old} → {new}",
        added="only in {document}: {new}",
        removed="only in {document}: {old}",
        reworded="Only worded differently: {n}.",
        same="The same in both: {n}.",
        none="There are no differences between {old} and {new}; clauses compared: {n}.",
        no_second="No second version of {document} was found.",
        nothing="There are no two documents here that the question could mean.",
        nearest="Documents nearest to it: {documents}.",
        in_part="The documents are long: the first {n} clauses of each were compared.",
        narrowed="{n} of {of} differences are about what you asked.",
        further="Further differences that are not shown: {n}.",
        across=(
            "The documents are in two languages: clauses were put together by meaning, and only "
            "other figures and dates count as differences."
        ),
    ),
)

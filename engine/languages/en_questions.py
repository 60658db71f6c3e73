"""What English questions want."""

from __future__ import annotations

from engine.languages.en_question_words import (
    FIGURES,
    GROUPS,
    LANGUAGE,
    MEASURED,
    PAPER,
    PLEASE,
    SOLD,
    SUPERLATIVE,
    TOLD,
    VERSIONED,
    WISHED,
)
from engine.languages.profile import QuestionRules, any_of

QUESTIONS = QuestionRules(
    kinds=(
        # A statement for a database is a text like any other here.
        (
            "fact",
            r"\bselect\b.+\bfrom\b|\binsert into\b|\bdelete from\b|\bdrop (?:table|database)\b"
            r"|\bupdate \w+ set\b|\bunion (?:all )?select\b",
        ),
        # Said to do: nothing else in the sentence counts.
        ("translate", PLEASE + r"translat(?:e|ion)\b|\btranslate (?:it|this|that)\b"),
        ("count", r"\bhow many\b(?=.*\b(?:polic(?:y|ies)|documents?) (?:mention|contain))"),
        ("summary", PLEASE + r"(?:summar|sum up|condense|outline|recap|digest|abstract)"),
        ("summary", r"\btl ?;? ?dr\b|\bin a nutshell\b|\bthe gist\b|\bsummar(?:y|ies) of\b"),
        ("compare", PLEASE + r"(?:compare|contrast)\b"),
        (
            "compare",
            any_of(
                (
                    rf"\bhow (?:did|has|have|do|does)\b.*\bchanged?\b.*\b(?:between|from|in) "
                    rf"(?:the )?(?:two |[\w-]+ )?(?:{VERSIONED}|(?:19|20)\d\d (?:to|and) )",
                    r"\bbefore and after the (?:change|amendment|revision|reform|update)\b",
                    r"\bthe (?:old|former|previous) and the (?:new|current|present)\b"
                    r"|\bthe (?:new|current|present) and the (?:old|former|previous)\b",
                )
            ),
        ),
        # Figures that are set against each other are computed.
        (
            "table",
            any_of(
                (
                    r"\bhow much (?:more|less|higher|lower|cheaper|longer|bigger)\b",
                    r"\bby (?:how much|how many|what percent(?:age)?|which percent(?:age)?)\b",
                    r"\b(?:difference|increase|decrease|growth|change|rise|drop|fall|gap)s? "
                    rf"(?:in|of|between) (?:the )?(?:\w+ )?(?:prices?|{FIGURES})\b",
                    r"\bprice difference\b",
                    rf"\b{FIGURES}\b.* (?:compared (?:with|to)|versus|vs\.?|against) "
                    r"(?:last|the (?:previous|prior|same)|q\d|\d{4})",
                    r"\b(?:which|who|what)\b.*\b(?:is|are|was|were|costs?|has|have|had|sold|made) "
                    r"(?:the )?(?:cheaper|more expensive|larger|bigger|heavier|faster|dearer)\b",
                )
            ),
        ),
        (
            "compare",
            any_of(
                (
                    r"\bwhat(?:'s| has| have| is| was| were| did| got)?(?: been| they| it| we)? "
                    r"(?:changed?|updated|amended|revised|removed|added)\b(?! (?:to|for) the)",
                    r"\bwhich (?:[\w-]+ ){1,6}(?:was|were|have been|has been|got|did) "
                    r"(?:\w+ )?(?:changed?|amended|revised|removed|added|deleted|modified)\b",
                    r"\bwhat(?:'s| is| are)? (?:new|different)\b|\banything (?:new|different)\b",
                    rf"\bnew in (?:the )?(?:[\w-]+ )*{PAPER}\b",
                    r"\bside by side\b|\bdiff\b|\bcontradict|\bdiscrepanc|\bdeviat|\binconsisten",
                    r"\bconflict(?:s|ing)? (?:with|between)\b",
                    r"\bin what (?:way|respect)s?\b.*\bdiffer",
                    rf"(?<!how many )\bdiffer(?:s|ent|ences?|ing)?\b(?=.*\b{VERSIONED}\b)",
                    rf"\b{VERSIONED}\b.*\bdiffer(?:s|ent|ences?|ing)?\b",
                    r"\bdiffer(?:s|ent|ences?)?\b(?=.*\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b)",
                    r"\b(?:changes?|amendments?|modifications?) "
                    r"(?:between|in|to|from|since|made to) ",
                    r"\b(?:old|former|previous) (?:vs\.?|versus|against) (?:the )?(?:new"
                    r"|current)\b",
                    rf"\bcompar(?:e|es|ed|ing|ison)\b(?=.*\b{VERSIONED}\b)",
                    r"\b(?:19|20)\d\d (?:versus|vs\.?|against|or) (?:the )?(?:19|20)\d\d\b",
                    rf"\b(?:19|20)\d\d (?:and|vs\.?|versus|to|with) (?:the )?(?:19|20)\d\d\b"
                    rf"(?=.*\b{VERSIONED}\b).*\bchange",
                )
            ),
        ),
        (
            "translate",
            any_of(
                (
                    r"\bhow (?:do|would|can|could|should) (?:you|i|we|one) say\b",
                    rf"\bwhat(?:'s| is) the {LANGUAGE} (?:for|word|term|expression)\b",
                    rf"\bwhat (?:does|do|would|is|are)\b.*\b(?:mean|be|called|say) in"
                    rf" {LANGUAGE}\b",
                    rf"\b{LANGUAGE} (?:version|translation|rendering) (?:of|for)\b",
                    rf"\b(?:in|into|to) (?:plain |simple |good )?{LANGUAGE}[ ?.!]*$",
                    rf"^(?:in|into|to) {LANGUAGE} ?:",
                    rf"\b(?:put|render|turn|write|rewrite|give|have|convert)\b.*\b(?:in|into) "
                    rf"(?:plain )?{LANGUAGE}\b",
                    rf"\btranslat(?:e|ion)\b.*\b(?:in|into|to) {LANGUAGE}\b",
                )
            ),
        ),
        # Counting goes before listing: "list how many".
        (
            "table",
            any_of(
                (
                    rf"\bhow (?:many|much) (?!orders?\b)(?!.*\b{WISHED}\b).*\b{SOLD}\b"
                    r"(?=.*\b(?:january|february|march|april|may|june|july|august|september"
                    r"|october|november|december|quarter|half|year|month|week|q[1-4]|20\d\d"
                    r"|total|altogether|last|between)\b)",
                    r"\bhow (?:many|much) .*\bon average\b|\bhow many .*\bin total\b.*\b(?:from"
                    r"|in) ",
                )
            ),
        ),
        ("fact", rf"\bhow many (?:more )?{MEASURED}"),
        ("fact", rf"\bhow many [\w' -]+ {WISHED}\b"),
        (
            "fact",
            r"\bhow many (?!suppliers|vendors|customers|clients|contracts|complaints|documents"
            r"|files"
            r"|projects|branches|invoices|orders)[\w' -]+ does (?!our\b)",
        ),
        (
            "count",
            any_of(
                (
                    PLEASE + r"count\b",
                    r"\bhow many\b",
                    r"^(?:the |what(?:'s| is| was) the )?(?:total |overall )?number of\b",
                    r"^count of\b",
                )
            ),
        ),
        (
            "list",
            any_of(
                (
                    PLEASE + r"(?:list|enumerate|itemi[sz]e)\b",
                    r"\b(?:complete|full|whole) list\b|\b(?:a|the) list of (?!prices)",
                )
            ),
        ),
        (
            "summary",
            any_of(
                (
                    r"\b(?:key|main|essential|important|central|major) (?:points?|takeaways?"
                    r"|findings?|messages?|results?|conclusions?|topics|contents|arguments)\b",
                    r"\bhighlights of\b|\b(?:brief|short|quick) (?:summary|overview|description)\b",
                    rf"\boverview of (?!all\b|every)(?:the |our |this )?(?:[\w-]+ )*{PAPER}\b"
                    r"|\boverview of (?:the )?contents?\b",
                    r"\b(?:briefly|shortly) (?:describe|explain|tell)\b",
                    r"\b(?:describe|explain|tell me)\b.*\b(?:briefly|in short|in brief|shortly)\b",
                    r"\bdescribe (?:briefly )?what\b",
                    r"\bwhat(?:'s| is| are| was| were) (?!it\b)[\w' -]+ (?:all )?about[ ?.!]*$",
                    r"\bwhat (?:was|were|has been|have been|did)\b.*\b(?:decided?|agreed?(?: on"
                    r"| upon)?"
                    r"|discuss(?:ed)?|resolved?|concluded?|settled)\b(?! (?:how|when|who))",
                    r"\b(?:action items?|to-?dos?|decisions)\b(?!.*\bhow\b)",
                    r"\bwho (?:has to|have to|must|needs? to|should|is to|does|will|is supposed"
                    r" to) "
                    r"do what\b",
                    r"\b(?:bring|get) me up to (?:date|speed)\b|\b(?:fill|catch) me (?:in|up)\b",
                    r"\bwhat(?:'s| is| stands) in (?:it|there|here|this|that)\b",
                    rf"\bwhat(?:'s| is| stands) in (?:the|this|that|these) (?:[\w-]+ )*{PAPER}"
                    r"[ ?.!]*$",
                    r"\bin (?:a few|two|three|four|five|one|\d+|a couple of) "
                    r"(?:lines?|sentences?|words|bullets?|bullet points)\b",
                    rf"\bwhat (?:does|do) (?:the|this|that|our) (?:[\w-]+ )*{PAPER} cover\b",
                    rf"\bwhat (?:does|do) (?:the|this|that|our) (?:[\w-]+ )*{PAPER} say[ ?.!]*$",
                    r"\bmain ideas?\b|\bsummary$|^summary\b",
                )
            ),
        ),
        (
            "list",
            r"^(?:which|what) (?:of (?:our|the) )?(?:[\w-]+ ){0,2}[\w-]+s (?:that )?"
            r"(?:mention|name|refer to|speak of)\b"
            r"|^(?:which|what) (?:\w+ )?(?:equipment|furniture|hardware|clothing|software)"
            r" (?:is|are|do we)\b"
            r"|^what [\w-]+(?<![su])s (?:does|do|did) .*\b(?:name|list|mention|contain|include"
            r"|offer"
            r"|cover|identify|see|sell|make|stock|supply|carry|use|provide|describe)s?[ ?.!]*$",
        ),
        (
            "find",
            any_of(
                (
                    rf"\b(?:which|what|in which|in what) (?:(?!all\b|do\b|does\b|did\b)[\w-]+"
                    rf" ){{0,3}}{PAPER} "
                    rf"(?:that )?{TOLD}\b",
                    rf"\bin (?:which|what) (?:of (?:our|the) )?(?:[\w-]+ )?{PAPER}\b",
                    rf"\bwhich (?:[\w-]+ )?{PAPER} (?:is|are|was|were) [\w ]*\b"
                    r"(?:about|on the subject|concern(?:ing|ed))\b",
                    rf"\bwhere (?:is|are|can i find|could i find|do i find|do i get|did we (?:put"
                    r"|file|store|save|keep)|do we (?:keep|store|have)|can i get|might i find) "
                    rf"(?:[\w'-]+ ){{0,6}}{PAPER}\b",
                    r"\bwhere (?:is it|does it|is that|is this|do they) "
                    r"(?:written|stated|say|said|stand|regulated|defined|laid down|explained)\b",
                    r"\bwhere (?:can|could|do|should) (?:i|we|one) (?:read|look up|look)\b",
                    r"\bwhere (?:is|are|was|were) .*\b(?:written|described|documented|explained"
                    r"|mentioned|stated|regulated|filed)\b",
                    PLEASE + r"(?:find|locate|look for|search for|look up|search|fetch|pull up"
                    rf"|dig out) .*\b{PAPER}\b",
                    PLEASE + rf"open (?:the|our|my|this) .*\b{PAPER}\b",
                    PLEASE
                    + r"(?:show|send|give|get|bring|hand)(?: me| us| up)* (?:the|a|an|our|that) "
                    rf"(?:[\w-]+ ){{0,4}}{PAPER} (?:with|about|on|for|of|that|where|in which)\b",
                    rf"\b(?:i'm|i am|we're|we are|am|are) (?:looking|searching) for .*\b{PAPER}\b",
                    r"\b(?:is|are) there (?:a|an|any|some) "
                    rf"(?:[\w-]+ ){{0,3}}{PAPER} (?:on|about|for|that|with|covering|regarding)\b",
                    rf"\bdo (?:we|you) have (?:a|an|any|some|the) (?:[\w-]+ ){{0,3}}{PAPER} "
                    r"(?:on|about|for|that|with|covering|regarding)\b",
                    r"\b(?:anything|something) (?:(?:on file|written|in writing|here) )?"
                    r"(?:on|about|regarding) ",
                    PLEASE + rf"(?:the |a |our )(?:[\w-]+ ){{0,3}}{PAPER} (?:for|about|on) ",
                    r"^(?:i |we )?need (?:the|a|an|our) "
                    rf"(?:[\w-]+ ){{0,3}}{PAPER} (?:for|about|on|of|to) ",
                )
            ),
        ),
        (
            "table",
            any_of(
                (
                    rf"\b(?:which|who|what|whose|where)\b.*\b{SUPERLATIVE}\b(?! (?:of )?(?:we"
                    rf"|you))",
                    r"\b(?:which|who|whose)\b.*\bthe most\b|\b(?:which|who)\b.*\bmost often\b",
                    r"\bmost (?:\w+ )?(?:sold|sales|expensive|hours|orders|stock|units)\b",
                    rf"^(?:the |our |single )*{SUPERLATIVE}\b",
                    r"\b(?:sum|total|average|mean|median)(?:s)? (?:of|for|per)\b",
                    r"\b(?:what(?:'s| is| are| was| were)|calculate|compute|give me|tell me|show me"
                    r"|show|find) (?:the|our) (?:(?:combined|overall|grand) )?"
                    r"(?:sum|total|average|mean|median)\b",
                    r"^(?:and )?(?:the )?(?:total|sum|average|mean|median)\b(?! number of)",
                    r"\b(?:mean|average|median|total) (?:time|value|price|cost|salary|age|score"
                    r"|amount|duration|delivery|revenue|sales|turnover|number of|hours|stock)\b",
                    r"\badd (?:up|together)\b|\bin total\b|\baltogether\b|\bcalculate\b"
                    r"|\bcompute\b",
                    rf"\b{FIGURES}\b(?: \w+){{0,4}} (?:by|per|for each|for every|broken down by"
                    rf"|split by|grouped by) (?:the )?{GROUPS}\b",
                    rf"\bhow much\b.*\b(?:did|do|does|has) each\b|\bfor each {GROUPS}\b.*\btotal",
                    r"\bby (?:region|department|branch|quarter)\b(?: 20\d\d)?[ ?.]*$",
                    r"\b(?:top|bottom|first|last|best|worst) (?:\d+|three|five|ten|two)\b",
                    r"\b(?:two|three|four|five|ten|\d+) (?:\w+ ){0,2}(?:with )?(?:the )?"
                    r"(?:most|least|largest|biggest|cheapest|highest|lowest|fewest)\b",
                    r"\brank(?:ed|ing)?\b|\bsort(?:ed)? .*\bby\b|\border(?:ed)? .*\bby (?:price"
                    r"|date)",
                    r"\b(?:share|proportion|fraction|percentage) of\b.*\b(?:budget|sales|revenue"
                    r"|turnover|total|costs|went|orders|customers)\b",
                    r"\b(?:discount|rebate|price|rate|fee|surcharge|shipping|postage|tariff)\b.* "
                    r"(?:for|on|of|at|with) (?:an order of )?\d+[\w.,]* (?:pieces|pcs|units?|items"
                    r"|copies|kilos?|kg|lit(?:re|er)s?|boxes|people|guests|nights|tonnes|m2|km)\b",
                    r"\bwhat (?:do|would|does|will) \d+[\w.,]* .*\bcost\b",
                    r"\bhow much (?:do|would|will|does|are|is) \d+ ",
                    r"\bhow much (?:money )?(?:did|do|have|has|was|were)\b.*\b(?:spend|spent)\b",
                    r"\b(?:stock|price|cost|quantity|sales|revenue|balance|salary|weight"
                    r"|inventory)s?"
                    r"(?: level)? (?:is |are |of |was )?(?:less|more|fewer|greater|higher|lower"
                    r"|below|above|under|over|at least|at most)\b.*\d",
                    r"^(?:which|what) .*\b(?:cost|costs|weighs?) (?:less|more|under|over)"
                    r" (?:than )?",
                    r"\brevenue (?:in|for|of) 20\d\d\b.*\bgrow",
                    rf"\b(?:which|what) {GROUPS} (?:had|has|sold|made|grew|spent|earned|used"
                    rf"|booked)"
                    r" .*\bmost\b",
                )
            ),
        ),
        (
            "list",
            any_of(
                (
                    r"^(?:please )?(?:name|show|give|tell|get|send|display|i need|find|need)\b"
                    r".{0,24}\b(?:all|every|each|everyone|everything|the names of)\b",
                    r"\bcan you (?:name|show|give|tell|get)\b.{0,24}\b(?:all|every)\b",
                    r"^(?:all|every)\b|(?<!price )(?<!phone )(?<!stock )\blist[ ?.!]*$"
                    r"|\bplease name (?:the|all)\b",
                    r"^(?:what|who) (?:are|were) all\b|\bwhat are (?:the )?(?:names|different"
                    r"|various"
                    r"|members|types|kinds|steps|options|possible|available)\b",
                    r"^(?:and |so |but )?which (?:of (?:our|the|these) )?(?:[\w'&/.-]+ ){0,3}"
                    r"(?:[\w-]{2,}(?<!s)s|people|staff|children|men|women|clauses|addresses|classes"
                    r"|processes|businesses|glasses)\b"
                    r"(?= (?:are|were|have|do|did|can|need|must|should|may|will|fit|had|fail|still"
                    r"|belong|use|contain|work|attend|could|supply|expire|end|run|currently|failed"
                    r"|passed|require|offer|support|in|from|with|of|for|at|on|that|who|never|not"
                    r"|apply|exist|come|count|go|take|took|got|received|speak|live|sell)\b)",
                    r"^which (?:people|employees|customers|suppliers|parts|companies)\b",
                    r"^who (?:are|were) (?:the|our|all|its|your)\b|^who all\b",
                    r"^who (?:attended|took part|participated|was present|were present|came"
                    r"|has not yet|is missing|works in)\b",
                    r"^what (?!is\b|are\b|was\b|were\b|does\b|do\b|did\b|has\b|have\b|happens\b)"
                    r"(?:(?!does\b|is\b|was\b|of\b)[\w-]+ ){0,3}(?!does\b|is\b|was\b|has\b"
                    r"|happens\b)"
                    r"[\w-]{2,}(?<![su])s (?:are|do|can|have|may|were|must|should|need|did|will)\b",
                    r"^what (?:kinds?|sorts?|types?) of\b",
                    r"\bwhat (?:else )?can i (?:order|book|choose)\b",
                )
            ),
        ),
        # What is left and begins so is looked up.
        (
            "fact",
            r"^what [\w-]+(?<!s)(?: (?:of|per) [\w-]+)? (?:must|does|do|did|will|is|was|were|has"
            r"|should|can)\b|^(?:please )?(?:i need to know|i want to know|tell me|can you tell me"
            r"|could you tell me|i wonder) (?:who|when|by when|why|how|whether|if|where|what|which)"
            r"\b",
        ),
        (
            "fact",
            r"^(?:and |so |but |then |please )*(?:when|why|how|is|are|was|were|do|does|did|has|have"
            r"|can|could|may|must|should|will|would|am|since|until|by|at|from|to|on|in|for|under"
            r"|within|after|before|whose|whom|who|where|what(?:'s)? (?:is|was|does|did|happens|if"
            r"|do i|do we|should|must|would|time|date|year|day|the)|which [\w-]+ (?:is|was|has|does"
            r"|did|will|took|handles|should|must|do i|do we))\b",
        ),
    ),
    narrows=(
        r"(?:and |but |ok,? |now |then )*(?:only|just|but only|limit(?:ed)? (?:it|this|that) to"
        r"|restrict(?:ed)? (?:it|this|that) to|now only)\b.*"
        r"|(?:and |but |now |then |what about |how about |same )*(?:in|for|from|since|before|after"
        r"|during|within|without|except|excluding) [^?]*\??"
        r"|(?:and|what about|how about) [^?]{1,60}\??"
    ),
)

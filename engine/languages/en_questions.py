"""What English questions want."""

from __future__ import annotations

from engine.languages.en_question_rows import FIGURES_ASKED, LISTS_ASKED
from engine.languages.en_question_words import (
    FIGURES,
    LANGUAGE,
    MEASURED,
    PAPER,
    PLEASE,
    SOLD,
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
            FIGURES_ASKED,
        ),
        (
            "list",
            LISTS_ASKED,
        ),
        # What is left and begins so is looked up.
        (
            "fact",
            r"^which (?:[\w-]+ ){0,2}[\w-]+(?<!s) [\w-]+(?<!s)s\b|"
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

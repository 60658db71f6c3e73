"""What English questions for figures from tables and for lists look like."""

from __future__ import annotations

from engine.languages.en_question_words import FIGURES, GROUPS, STATED, SUPERLATIVE
from engine.languages.profile import any_of

FIGURES_ASKED = any_of(
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
        r"\bwhat (?:does|would|do|will) (?:[\w-]+ ){1,4}\d+[\d.,]* ?(?:kg|g|kilos?"
        r"|pieces"
        r"|units|pcs|lit(?:re|er)s?|km|m2|pages|people|guests|nights"
        r"|hours)\b.*\bcost\b",
        r"^(?:which|list|show me|show|name) (?!.*\bfor (?:more|less|fewer|over"
        r"|under)\b)"
        r".*\b(?:less|more|fewer|longer|shorter|higher|lower|over|under|above|below"
        r"|at least|at most|exceed(?:s|ing)?) (?:than )?[£$€¥]?\d",
        r"\bwho (?:\w+ )?(?:joined|started|left|came|arrived|was hired)\b.*"
        r"\b(?:last|first|earliest|latest|most recently)\b",
        rf"\b(?:which|what) {GROUPS} (?:had|has|sold|made|grew|spent|earned|used"
        rf"|booked)"
        r" .*\bmost\b",
    )
)

LISTS_ASKED = any_of(
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
        # How something is done is a list of steps.
        r"^(?:and |so |but )?how (?:to|(?:do|can|should|would|must) (?:i|we|you|one)) "
        r"(?!know|reach|contact|get to|find|pronounce|recogni[sz]e|call|help|tell)\w",
        r"^(?:what are|where are|give me|show me|tell me|i need) (?:the |our |all "
        r"|your )"
        rf"(?:(?!{STATED})[\w'-]+ ){{0,3}}(?!{STATED})[\w-]{{2,}}(?<![su])s\b"
        r"(?! (?:of|'s))",
        rf"^what are (?:the |our )?(?:(?!{STATED})[\w-]+ ){{0,2}}(?!{STATED})"
        r"[\w-]+(?<![su])s (?:of|for|in|on|to|that)\b",
        rf"^what (?!{STATED})[\w-]{{3,}}(?<![su])s (?:do|does|did)\b",
        r"^what (?:is|was|'s) (?:included|contained|needed|required|listed"
        r"|excluded) (?:in|for"
        r"|on|with|from|to)\b|^what belongs (?:in|to)\b",
        r"^who (?:is|sits|are|was|were|belongs) (?:on|in|to|at|among|present at)"
        r" (?:the|our)\b",
        r"^who works (?:in|at|for|on)\b|^who (?:else )?(?:came|went|was invited"
        r"|were invited)\b",
        r"^where do we (?:have|operate|sell|rent)\b|^what do we (?:sell|offer|make"
        r"|rent|stock)\b",
        r"\bwhat (?:else )?can i (?:order|book|choose)\b",
    )
)

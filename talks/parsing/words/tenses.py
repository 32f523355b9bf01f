"""Phrases by which posts announce future events, report past ones, or name talks that the writer did not hear."""

import re

from talks.late_patterns import compile_late
from talks.parsing.words.word_sets import make_phrases, make_words, read_lists

_LISTS = read_lists("tenses.toml")
TO_COME = make_phrases(_LISTS["to_come"])
BEFORE_EVENT = make_phrases(_LISTS["before_event"])
PAST_WORDS = make_words(_LISTS["past_words"])

# What programmes say where a talk is not known yet.
NOT_YET_KNOWN = compile_late(
    r"[TtPpAaÀàFf](?<!\w.)(?:(?<=T)BA|(?<=[Tt])o be (?:announced|confirmed)"
    r"|(?:(?<=[Pp])or|(?<=[Aa])) (?:definir|confirmar|anunciar)|(?<=[Àà]) (?:définir|confirmer)|(?<=[Ff])olgt noch)\b"
)
# What stands above a list of talks that the writer did not hear.
MISSED_TALKS = compile_late(
    r"\b(?:heard (?:good|great) things|watch ?list|(?<!\bbe )missed"
    r"|(?:want|wanted|plan|like|hope|wish|wished|have yet|still have) to (?:see|watch|attend|catch)"
    r"|(?:did|could|was|were)(?:n['’]t| not) (?:\w+ )?(?:get to )?(?:see|attend|watch|make it|do everything)"
    r"|wish(?:ed)?(?: that)? (?:I|we)(?:['’]d| had) (?:\w+ )?(?:seen|attended|watched|been)"
    r"|nicht (?:gesehen|besucht|geschafft)|noch (?:an)?sehen|verpasst|pas (?:pu|vu)|raté|manqué|perdí|no pude|perdi"
    r"|gemist|przegapi\w+|prošvih\w*|nestihl\w*|zmeškal\w*|(?<!\bне )пропусти\w+)\b",
    re.IGNORECASE,
)
# What the writer of a sentence with a word for talks means to hear: "the talks I plan to attend".
_ADVERB = r"(?:\w+ly |just |still |also |all |most )?"
PLANNED_TALKS = compile_late(
    r"\b(?:"
    rf"(?:i|we)(?: am|['’]m| are|['’]re| would|['’]d)? {_ADVERB}"
    r"(?:plan|planning|want|wish|hope|hoping|intend|intending|like|love|going|keen)(?: on| to){0,2}"
    r" (?:see|seeing|attend|attending|watch|watching|hear|hearing|catch|catching|visit|visiting|check|checking)"
    rf"|(?:i|we)(?: am|['’]m| are|['’]re)? {_ADVERB}(?:look(?:ing)? forward to|leaning towards|interested in seeing)"
    rf"|(?:i|we)(?: will|['’]ll) {_ADVERB}(?:attend|watch|see|visit|catch up|be attending|be watching|be seeing|be at)"
    r"|tentative (?:schedule|agenda|itinerary|plan)|vorgemerkt|freu(?:e|en) (?:(?:ich|wir) )?(?:mich|uns)\b.{0,40}\bauf"
    r"|(?:möchten?|werden?|will|wollen) (?:ich|wir)\b.{0,120}\b(?:sehen|anschauen|besuchen|anhören|hören)"
    r"|(?:ich|wir) (?:möchten?|werden?|will|wollen)\b.{0,120}\b(?:sehen|anschauen|besuchen|anhören|hören)"
    r"|je (?:vais|compte|souhaite|voudrais|pense) (?:aller )?(?:voir|suivre|assister|regarder)"
    r"|(?:voy a|quiero|pienso|espero|me gustaría) (?:ver|asistir|ir)"
    r"|(?:vou|quero|pretendo|espero|gostaria de) (?:ver|assistir|ir)"
    r"|(?:vorrei|voglio|penso di|spero di) (?:vedere|seguire|ascoltare)"
    r"|(?:ik|we) (?:wil|willen|ga|gaan)\b.{0,120}\b(?:zien|bezoeken|bijwonen|volgen)"
    r")\b",
    re.IGNORECASE,
)
# What the writer picked from a programme, perhaps to report on it: "the talks that got my attention".
PICKED_TALKS = compile_late(
    r"\b(?:(?:got|caught) (?:my|our) (?:attention|eye|interest)|heraus(?:zu)?(?:ge)?such(?:t|en)|rausgesucht"
    r"|ma (?:première |petite )?sélection|mon (?:programme|planning|agenda))\b",
    re.IGNORECASE,
)
# What the writer of a sentence did hear, or has notes of: "the talks that I attended".
HEARD_TALKS = compile_late(
    rf"\b(?:(?:i|we) did {_ADVERB}(?:see|attend|watch|hear|visit)|(?:i|we)(?: have|['’]ve)? {_ADVERB}"
    r"(?:saw|seen|attended|went|visited|watched|enjoyed|liked|managed|got)|(?:my|our) notes"
    r"|(?:ich|wir)\b.{0,60}\b(?:gesehen|besucht|gehört) hab(?:e|en)|meine notizen"
    r"|j['’]ai (?:vu|suivi|assisté)|mes notes"
    r"|que (?:vi|vimos|asistí|asistimos|assisti)|mis notas|minhas notas)\b",
    re.IGNORECASE,
)
# Talks that the writer gave: "talks that I have given", "my recent talks".
_TALKS = r"(?:talks|presentations|sessions|lectures|workshops|keynotes|slides)"
OWN_TALKS = compile_late(
    rf"\b(?:{_TALKS}\b.{{0,40}}\b(?:i|we)(?: have|['’]ve)? {_ADVERB}(?:given?|gave|presented|delivered|held)"
    rf"|(?:i|we)(?: have|['’]ve)? {_ADVERB}(?:given?|gave|presented|delivered|held) (?:\w+ ){{0,2}}{_TALKS}"
    rf"|(?:i|we)(?: have|['’]ve)? {_ADVERB}spoken? (?:in|at) (?:\w+ ){{0,4}}(?:conferences|countries|events|meetups)"
    rf"|my (?:(?:own|recent|most|past|previous|latest|public|conference|published|upcoming) ){{0,3}}{_TALKS}"
    r"|meine[rn]? (?:eigenen |letzten )?vorträgen?|vorträgen?,? die ich (?:\w+ )?gehalten"
    r"|mes (?:dernières )?(?:conférences|présentations)|que j['’]ai (?:données|donnés|présentées)"
    r"|mis (?:charlas|ponencias)|minhas palestras|i miei talk|мо(?:и|их) (?:доклад|выступлени)\w+)\b",
    re.IGNORECASE,
)
# A whole title of a page of talks that the writer gave.
SPEAKING = compile_late(r"(?:(?:my|public) )?speaking(?: (?:engagements?|events|history|schedule))?", re.IGNORECASE)
# How a sentence begins that says what comes next: "Here are".
POINTS_AHEAD = compile_late(
    r"\W*(?:\w+,? ){0,2}(?:here|these|below|following|hier|diese?|folgende|voici|estas|estos|estes|aqui|ecco)\b",
    re.IGNORECASE,
)
# What says that somebody was not at an event.
ABSENT = compile_late(
    r"\b(?:ca(?:n['’]t|nnot)|could(?:n['’]t| not)|unable to|(?:was|were)(?:n['’]t| not) able to|did(?:n['’]t| not)"
    r"|won['’]t) (?:be able to |get to |manage to )?"
    r"(?:attend|make it|be there|(?:go|come)(?! (?:in|into|over|through|deep|on|up|back)\b))\b",
    re.IGNORECASE,
)
# A whole heading above talks that the writer did not see: "Missed", "Check later", "Still to watch".
SEEN_LATER = compile_late(
    r"\s*(?:(?:talks|sessions|videos|things)\s+)?(?:(?:still )?to (?:watch|check|see)(?: out)?(?: later)?"
    r"|(?:check|watch)(?: out)? later|watch ?list|(?:what i |things i )?(?:missed|skipped)(?: out| opportunities)?"
    r"|not (?:seen|attended)|did(?:n['’]?t| not) (?:see|attend|go)"
    r"|(?:(?:what|things) )?(?:i )?wish(?:ed)? (?:i|we)(?:['’]d| had) (?:seen|attended|watched)"
    r"|.{0,50}\b(?:want|wanted|mean|plan) to (?:check|try|look)(?: (?:out|into|at))?(?: later)?)[\s:.!]*\Z",
    re.IGNORECASE,
)
# A whole heading in brackets: "(missed Ann's talk)".
MISSED_HEADING = compile_late(
    r"\s*[(\[]\s*(?:missed|skipped|not (?:seen|attended)|did(?:n['’]t| not) (?:see|attend)|verpasst|raté|manqué)\b"
    r"[^()\[\]]*[)\]]\s*\Z",
    re.IGNORECASE,
)
# All that is noted of a talk that the writer did not hear: "- Absent".
ONLY_MISSED = compile_late(
    r"[\W_]*(?:absent|(?:i )?(?:missed|skipped)(?: (?:it|this|this one))?|not (?:seen|attended)"
    r"|(?:i )?(?:did(?:n['’]t| not)|could(?:n['’]t| not)) (?:see|watch|attend|go|make it)(?: to)?(?: (?:it|this)"
    r"(?: (?:one|talk|session))?)?(?:,? (?:but|though|due|because|since) .*)?"
    r"|verpasst|nicht besucht|raté|manqué|欠席|見てない)[\W_]*\Z",
    re.IGNORECASE,
)

"""Phrases by which posts announce future events, report past ones, or name talks that the writer did not hear."""

import re

from talks.parsing.words.word_sets import make_phrases, make_words

TO_COME = make_phrases(
    en="""
        will be|will speak|will give|will host|will have|will present|will take place|will talk|i ll be|we ll be
        i will|we will|join us|register now|register|call for papers|call for proposals|call for speakers|cfp
        tickets|upcoming|is coming|are coming|see you there|meet us|stop by|going to be|speaking at|next week
        next month|save the date|sign up|early bird|submit|announcing|approaching|looking forward
        come see|come and see|come join|have your say
    """,
    de="""
        wird stattfinden|werden wir|werde ich|ich werde|wir werden|anmelden|anmeldung|wir freuen uns auf|demnächst
        nächste woche|nächsten monat|tickets gibt|jetzt anmelden|einreichen
    """,
    fr="je vais|nous serons|aura lieu|rejoignez|inscrivez|inscription|inscriptions|appel à|rendez vous|venez",
    es="tendrá lugar|se celebrará|voy a|vamos a|inscríbete|inscripción|entradas|estaremos|nos vemos",
    pt="vou participar|vou falar|vou ter|estarei|estaremos|será|acontecerá|inscrições|inscreva|ingressos|nos vemos",
    it="si terrà|saremo|iscriviti|biglietti|parteciperò",
    nl="zal|zullen|schrijf je in|aanmelden",
    ja="開催します|開催されます|募集|参加します|登壇します|お申し込み",
    zh="将于|将在|报名|征集",
)
PAST_WORDS = make_words(
    en="was were attended went gave talked showed presented spoke saw heard met enjoyed learned learnt had took came",
    de="war waren hatte hatten besuchte besucht ging gab sprach zeigte",
    fr="était étaient avait avons ai étions suis",
    es="fue fueron estuve estuvo asistí asistimos pude vimos había era",
    pt="foi foram estive assisti participei teve tive era",
    it="stato stata era erano",
    nl="waren bezocht ging gaf",
)

# What programmes say where a talk is not known yet.
NOT_YET_KNOWN = re.compile(
    r"\b(?:TBA|[Tt]o be (?:announced|confirmed)|(?:[Pp]or|[Aa]) (?:definir|confirmar|anunciar)"
    r"|[Àà] (?:définir|confirmer)|[Ff]olgt noch)\b"
)
# What stands above a list of talks that the writer did not hear.
MISSED_TALKS = re.compile(
    r"\b(?:heard (?:good|great) things|watch ?list|missed"
    r"|(?:want|wanted|plan|like|hope|wish|wished|have yet|still have) to (?:see|watch|attend|catch)"
    r"|(?:did|could|was|were)(?:n['’]t| not) (?:\w+ )?(?:see|attend|watch|make it)"
    r"|nicht (?:gesehen|besucht|geschafft)|noch (?:an)?sehen|verpasst|pas (?:pu|vu)|raté|perdí|no pude|perdi)\b",
    re.IGNORECASE,
)
# A whole heading above talks that the writer did not see: "Missed", "Check later", "Still to watch".
SEEN_LATER = re.compile(
    r"\s*(?:(?:talks|sessions|videos|things)\s+)?(?:(?:still )?to (?:watch|check|see)(?: out)?(?: later)?"
    r"|(?:check|watch)(?: out)? later|watch ?list|(?:what i |things i )?missed(?: out)?"
    r"|.{0,50}\b(?:want|wanted|mean|plan) to (?:check|try|look)(?: (?:out|into|at))?(?: later)?)[\s:.!]*\Z",
    re.IGNORECASE,
)
# A whole heading in brackets: "(missed Ann's talk)".
MISSED_HEADING = re.compile(
    r"\s*[(\[]\s*(?:missed|skipped|not (?:seen|attended)|did(?:n['’]t| not) (?:see|attend)|verpasst|raté|manqué)\b"
    r"[^()\[\]]*[)\]]\s*\Z",
    re.IGNORECASE,
)

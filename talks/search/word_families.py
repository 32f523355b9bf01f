"""Corrects the stemmer for English: related words with different stems, and unrelated words with equal stems. Pure.

The stemmer looks at endings only. It does not know irregular verbs, nor that "customer" is no inflection of "custom".
"""

import re
from collections.abc import Iterator
from functools import cache

from talks.search.tokens import DEFAULT_LANGUAGE as ENGLISH
from talks.search.tokens import stem

_FAMILIES = """
    accident accidental accidentally; accurate accuracy; adviser advisor; analyze analyse analysis analytics
    analyst; appendix appendices; architect architecture; argue argument; artifact artefact; assume assumption;
    async asynchronous asynchronously; awake awoke awoken; beat beaten; become became; begin began begun; bend bent;
    bleed bled; blow blew blown; break broke broken breakage; breed bred; bring brought; build built; bundle
    bundler; burn burnt; buy bought; catalog cataloged catalogued cataloguing; catch caught; center centered centred
    centring; child children; choose chose chosen choice; collide collision; come came; complex complexity; comply
    compliance; conclude conclusion; consume consumption; convert conversion; crawl crawler; crisis crises;
    criterion criteria; cryptography cryptographic; deal dealt; debug debugger; decide decision; deep depth; define
    definition; deliver delivery; deny denial; describe description; destroy destruction; dig dug; discover
    discovery; diverse diversity; divide division; draw drew drawn; dream dreamt; drink drank drunk; drive drove
    driven; eat ate eaten; evolve evolution; exclude exclusion; expand expansion; explain explanation; fail failure;
    fall fell fallen; feed fed; fight fought; flexible flexibility; fly flew flown; foot feet; forbid forbade
    forbidden; foresee foresaw foreseen; forget forgot forgotten; forgive forgave forgiven; formula formulae; freeze
    froze frozen; frequent frequency; fuzz fuzzer; gray grey; grow grew grown growth; guide guidance; hack hacker;
    hang hung; hear heard; hide hid hidden; high height; history historical; hold held; hungry hunger; hypothesis
    hypotheses; impostor imposter; index indices; introduce introduction; judgment judgement; keep kept; know knew
    known knowledge; lay laid; lead leader leadership led; leap leapt; learn learner learnt; lend lent; lint linter;
    lose lost loss; maintain maintenance; make made; man men; matrix matrices; mean meant; meet met; mentor
    mentorship; minify minifier; mistake mistook mistaken; mouse mice; multiply multiplication; occur occurrence;
    overcome overcame; override overrode overridden; overwrite overwrote overwritten; owner ownership; parameter
    parametrize parametrise; parse parser; pay paid payment; permit permission; persist persistence; practice
    practise; private privacy; program programme; prove proof proven; rebuild rebuilt; receive receiver; recover
    recovery; redo redid redone; reduce reduction; rely reliable reliability; replicate replica replication; require
    requirement; resolve resolution; respond response; rethink rethought; reuse reusable reusability; rewrite
    rewrote rewritten; ride rode ridden; run ran; safe safety; say said; scale scalable scalability; scrape scraper;
    seek sought; sell sold; send sent; shake shook shaken; show shown; shrink shrank shrunk; simple simplicity
    simplify simpler; sing sang sung; sink sank sunk; skeptic sceptic; sleep slept; slide slid; solve solution;
    speak spoke spoken; spell spelt; spend spent; spill spilt; spin spun; stand stood; steal stole stolen; stick
    stuck; strategy strategic; strike struck; strong strength; submit submission; subscribe subscription; succeed
    success; suspend suspension; swear swore sworn; sweep swept; swim swam swum; swing swung; sync synchronous
    synchronously; take took taken; teach taught teacher; tell told; thesis theses; think thought; thirsty thirst;
    throw threw thrown; tooth teeth; transmit transmission; understand understood; undo undid undone; usable
    usability; vertex vertices; visible visibility; wake woke woken; warm warmth; wear wore worn; weave wove woven;
    wide width; win won; withdraw withdrew withdrawn; woman women; write wrote written writer
"""
_STRANGERS = """
    access accessed accesses accessing accessor | accessibility accessible accessibly;
    account accounts | accountability accountable | accountant accountants accounting;
    activate activated activates activating activation | active actively | activities activity;
    animal animals | animate animated animates animating animation animations;
    authentic authentically authenticity | authenticate authenticated authenticates authenticating authentication
    authentications authenticator;
    author authored authoring authors | authorities authority | authorise authorised authorization authorize
    authorized authorizes authorizing;
    aws | awful;
    business businesses | busy;
    candid candidly | candidate candidates;
    commit commits committed committing | commitment commitments;
    consist consisted consisting consists | consistency consistent consistently;
    construct constructed constructing construction constructor constructors | constructive constructively;
    contain contained containing contains | container containers containerise containerised containerize
    containerized;
    continuation continuations | continue continued continues continuing | continuous continuously;
    critic critics criticism | critical critically;
    custom customs | customer customers | customise customization customize customized customizing;
    digit digits | digital digitally;
    direct directed directly | direction directions | directive directives;
    edit edited editing editor editors edits | edition editions;
    effect effects | effective effectively effectiveness;
    engine engines | engineer engineered engineering engineers;
    except excepted | exception exceptions | exceptional exceptionally;
    execute executed executes executing execution executions | executive executives;
    experience experienced experiences experiencing | experiment experiments;
    extend extended extending extends extensibility extensible extension extensions | extensive extensively;
    format formats formatted formatter formatting | formation formations formative;
    government governments | governance;
    identical identically | identities identity;
    import imported importer importing imports | importance important importantly;
    initial initially | initiate initiated initiates initiating | initiative initiatives;
    integral integrals | integrate integrated integrates integrating integration integrations | integrity;
    like liked likes liking | likely;
    local locally | localisation localise localised localization localize localized;
    market markets | marketing;
    mobile | mobility;
    object objects | objection objections | objective objectively objectives;
    optimism optimist optimistic optimistically | optimal optimally optimisation optimisations optimise optimised
    optimising optimization optimizations optimize optimized optimizing;
    organise organised organiser organisers organises organising organize
    organized organizer organizers organizes organizing | organisational organisations organizational organizations;
    personal personally | personalities personality | person persons;
    position positional positioned positions | positive positively positives;
    probabilistic probabilities probability | probable probably;
    product products | production productions | productive productively productivity;
    progress progressed progresses progressing | progressive progressively;
    relate related relates relating relation relations relational | relative relatively;
    responsibilities responsibility responsible responsibly | response responses | responsive responsiveness;
    several | severe severely severity;
    specific specifically | specification specifications;
    subject subjected subjects | subjective subjectively;
    terminal terminals | terminate terminated terminates terminating termination;
    transit | transition transitional transitions | transitive transitively
"""
_IFY = re.compile(r"(?<=..)if(?:y|ies|ied|ying|iers?|ication|ications)$")
# American and British ways to spell an ending, both ways.
_AFTER_IS = "(?=e$|ed$|es$|er$|ers$|ing$|able$|ation$|ations$)"
_BEFORE_OUR = "arm|behavi|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|rum|sav|tum|vap|vig"
_BEFORE_RE = "calib|cent|fib|lit|(?:centi|kilo|milli)?met|spect|theat"
_ENDINGS = (
    (re.compile(f"(?<=...)is{_AFTER_IS}"), "iz"),
    (re.compile(f"(?<=...)iz{_AFTER_IS}"), "is"),
    (re.compile(r"(?<=..)ys(?=e$|ed$|es$|er$|ers$|ing$)"), "yz"),
    (re.compile(r"(?<=..)yz(?=e$|ed$|es$|er$|ers$|ing$)"), "ys"),
    (re.compile(f"^((?:dis|mis|un)?(?:{_BEFORE_OUR}))our"), r"\1or"),
    (re.compile(f"^((?:dis|mis|un)?(?:{_BEFORE_OUR}))or(?!u)"), r"\1our"),
    (re.compile(r"(?<=[cd][ei]n|fen)c(?=e$|es$)"), "s"),
    (re.compile(r"(?<=[cd][ei]n|fen)s(?=e$|es$)"), "c"),
    (re.compile(r"(?<=alo|ial)gue(?=s?$)"), "g"),
    (re.compile(r"(?<=alo|ial)g(?=s?$)"), "gue"),
    (re.compile(f"^({_BEFORE_RE})re(?=s?$)"), r"\1er"),
    (re.compile(f"^({_BEFORE_RE})er(?=s?$)"), r"\1re"),
)


def list_stems(word: str) -> set[str]:
    """Return the stems of a folded word in all its spellings, and of its related words."""
    own = {stem(spelt, ENGLISH) for spelt in (word, *_respell(word))}
    if _IFY.search(word):
        own |= {stem(_IFY.sub(ending, word), ENGLISH) for ending in ("ify", "ification")}
    return own.union(*(_load_families().get(one, ()) for one in own))


def are_strangers(word: str, other: str) -> bool:
    """Whether two folded words with one stem are unrelated."""
    sides = _load_strangers()
    return word in sides and other in sides and sides[word] != sides[other]


def _respell(word: str) -> Iterator[str]:
    return (spelt for ending, other in _ENDINGS if (spelt := ending.sub(other, word)) != word)


@cache
def _load_families() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for family in _FAMILIES.split(";"):
        stems = {stem(word, ENGLISH) for word in family.split()}
        for one in stems:
            found.setdefault(one, set()).update(stems)
    return found


@cache
def _load_strangers() -> dict[str, int]:
    sides = re.split("[|;]", _STRANGERS)
    return {word: number for number, side in enumerate(sides) for word in side.split()}

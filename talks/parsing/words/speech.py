"""Words beside names of people in sentences."""

from talks.parsing.words.word_sets import make_words

# What speakers do, right after their name.
SPEECH_VERBS = make_words(
    en="""
        gave gives presented presents talked talks spoke speaks showed shows showcased explained explains
        introduced introduces discussed discusses shared shares demonstrated demonstrates demoed described
        describes walked walks opened kicked delivered delivers told tells covered covers argued taught
        teaches started starts closed led held presenting talking speaking describing explaining showing
        began begins took went compared outlined mentioned highlighted asked did does made makes said says
        announced guided gives provided provides encouraged addressed tackled
    """,
    de="""
        hielt hält sprach spricht zeigte zeigt erklärte erklärt stellte stellt berichtete berichtet erzählte
        erzählt präsentierte präsentiert führte
    """,
    fr="""
        présente présenté présentait parle parlé explique expliqué raconte montre montré nous a ont revient
        propose partage démontre introduit
    """,
    es="presentó presenta habló habla contó cuenta explicó explica mostró muestra dio dieron nos",
    pt="falou fala apresentou apresenta mostrou explicou contou deu",
    it="ha hanno presentato presenta parla parlato parlando racconta raccontato spiega spiegato illustrato mostrato",
    nl="vertelde vertelt liet gaf",
)
# Of these verbs, those for saying something within a talk, which introduce no talk.
SAYING_WORDS = make_words(
    en="mentioned said says asked told tells did does made makes announced highlighted encouraged",
    fr="explique expliqué raconte",
)
# Verbs whose object is the topic of a talk: "Ann Lee explained how moss grows".
TOPIC_VERBS = make_words(
    en="""
        explained explains showed shows showcased introduced introduces presented presents described describes
        demonstrated demonstrates demoed discussed discusses covered covers outlined compared tackled
    """,
    de="erklärte erklärt zeigte zeigt präsentierte präsentiert",
    es="presentó presenta explicó explica mostró muestra",
    pt="apresentou apresenta mostrou explicou",
)
# Words right before the name of a speaker.
STAGE_WORDS = make_words(
    en="""
        by from speaker presenter keynote talk session presentation workshop lecture featuring feat with
        hear heard saw see watch watched attended joined
    """,
    de="von vortrag sprecher referent mit",
    fr="par avec orateur conférence",
    es="por con ponente charla",
    pt="palestra palestrante com",
)
# Words right before the name of somebody who is not the speaker.
ASIDE_WORDS = make_words(
    en="""
        like as than thanks thank colleague colleagues met meet friend friends author authors book books
        quote quotes quoted citing cites cited unlike including photo image credit credits via after named
        called
    """,
    de="wie als danke",
    fr="comme",
    es="que colega gracias",
    pt="colegas obrigado",
)
# "A big shout-out to Ann Lee": the thanked person comes after the second word.
THANKS_WORDS = make_words(
    en="thanks thank thankful grateful shoutout shout out kudos credit credits applause props congrats congratulations",
    de="danke dank glückwunsch",
    fr="merci bravo",
    es="gracias",
    pt="obrigado obrigada",
)
TO_WORDS = make_words(en="to", de="an", fr="à", es="a", pt="ao")
PRONOUNS = make_words(
    en="he she they his her their it its this the that these there another also in",
    de="er sie es seine ihr",
    fr="il elle ils elles son sa ce cette",
    es="él ella ellos su sus este esta",
    pt="ele ela eles seu sua",
)
SELF_WORDS = make_words(
    en="me myself self", de="ich mich selbst", fr="moi", es="yo mí", pt="eu mim", it="io me", nl="ik mijzelf"
)
FIRST_PERSON = make_words(
    en="i we my our", de="ich wir", fr="je j nous", es="yo nosotros", pt="eu nós", it="io noi", nl="ik wij"
)

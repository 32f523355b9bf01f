"""Well-known series of events in their proper spelling, with other spellings that people use.

Case, spaces and signs do not matter: "re:Invent" also covers "reinvent" and "Re Invent".
"""

_KNOWN = """
    AWS re:Invent = reinvent, aws reinvent, amazon reinvent
    AWS Summit
    Google I/O = google io, googleio
    Google Cloud Next
    Microsoft Build = msbuild
    Microsoft Ignite = msignite
    WWDC = apple wwdc, apple worldwide developers conference, worldwide developers conference
    KubeCon = kube con, kubecon cloudnativecon, cloudnativecon kubecon
    KubeCon Europe = kubecon eu, kubecon cloudnativecon europe
    KubeCon North America = kubecon na, kubecon us, kubecon cloudnativecon north america
    CloudNativeCon
    DockerCon = docker con
    FOSDEM
    FrOSCon
    OSCON
    SREcon
    linux.conf.au = lca, linuxconfau
    Open Source Summit
    Linux Plumbers Conference = linux plumbers
    All Systems Go!
    NeurIPS = nips, neural information processing systems, conference on neural information processing systems
    ICML = international conference on machine learning
    ICLR = international conference on learning representations
    CVPR
    ECCV
    ICCV
    EMNLP
    NAACL
    SIGGRAPH
    SIGCOMM
    SOSP
    OSDI
    PLDI
    POPL
    ICFP
    OOPSLA
    VLDB
    CSUN
    RSA Conference = rsac, rsaconference
    Black Hat = blackhat, black hat usa
    DEF CON = defcon
    BSides
    Chaos Communication Congress = c3, ccc congress, chaos computer congress
    USENIX Security
    OWASP AppSec
    SXSW = south by southwest
    Strange Loop = strangeloop
    QCon
    GOTO
    YOW! = yow, yow conference
    NDC
    Devoxx
    Voxxed Days
    JavaOne = java one
    JavaZone
    JavaLand
    Jfokus
    J-Fall = jfall
    Spring I/O
    SpringOne = springone platform
    JBCNConf
    Codemotion
    Øredev = oredev
    Build Stuff
    Craft Conference = craftconf, craft conf
    LeadDev = lead dev
    Agile on the Beach
    DevOpsDays = devops days
    DevOps Enterprise Summit
    Monitorama
    ChefConf
    PuppetConf
    AnsibleFest
    HashiConf
    SaltConf
    PyCon
    PyData
    EuroPython
    SciPy
    DjangoCon
    DjangoCon Europe = djangocon eu
    RubyConf = ruby conf
    RubyKaigi
    RailsConf = rails conf
    EuRuKo
    wroc_love.rb = wroclove rb, wroclove
    GopherCon = gopher con
    dotGo
    RustConf = rust conf
    RustFest
    EuroRust
    CppCon = cpp con
    C++ Now = cppnow
    Meeting C++
    ACCU
    ElixirConf = elixir conf
    ElixirDaze
    Code BEAM = codebeam
    Erlang User Conference
    Erlang Factory
    LambdaConf
    LambdaDays = lambda days
    Clojure/conj = clojureconj, clojure conj
    Scala Days
    Curry On
    ReactConf = react conf
    React Europe
    React Summit
    JSConf
    JSNation
    NodeConf
    Node.js Interactive
    ng-conf = ngconf
    AngularConnect
    EmberConf
    VueConf
    Vue.js Amsterdam
    CSSconf = css conf
    Smashing Conf = smashingconf, smashing conference
    An Event Apart
    Beyond Tellerrand
    Fronteers
    FrontendConf = frontend conf
    performance.now() = performancenow, perfnow
    Chrome Dev Summit
    View Source
    GitHub Universe
    GitHub Satellite
    Dreamforce
    WordCamp = word camp
    DrupalCon = drupal con
    SymfonyCon
    SymfonyLive
    Laracon
    PHP Benelux
    droidcon = droid con
    Android Dev Summit
    try! Swift = tryswift
    NSSpain
    UIKonf
    AltConf
    GDC = game developers conference
    MongoDB World
    PGCon
    PGConf
    FOSS4G
    Percona Live
    Kafka Summit
    Spark Summit = spark ai summit
    Data + AI Summit
    Flink Forward
    Strata = strata data conference, strata hadoop world
    Berlin Buzzwords
    ElasticON = elastic on
    posit::conf = positconf, posit conf
    rstudio::conf = rstudioconf, rstudio conf
    JuliaCon = julia con
    Write the Docs = writethedocs
    Code4Lib = code for lib
    Samvera Connect
    Open Repositories
    Open Source Bridge = osbridge
    DLF Forum = digital library federation forum
    UX London
    Mind the Product = mtpcon
    Business of Software
    SaaStr
    Web Summit
    TechCrunch Disrupt
    LibrePlanet
    GUADEC
    Akademy
    DebConf = debian conference
    All Things Open
    SCALE = southern california linux expo, scale linux expo
    State of the Map
    RIPE Meeting
    IETF
    NANOG
    MozFest = mozilla festival
    Nordic.js
    Full Stack Fest
    BrightonSEO
"""

# Names of series that are words of their own, so that a title with such a word need not be about the event.
AMBIGUOUS_SERIES = frozenset({"accu", "build", "goto", "ignite", "lca", "next", "nips", "strata", "universe"})

# Events that are numbered rather than dated: from an edition on, its year, and how many there are in a year.
NUMBERED: dict[str, tuple[tuple[int, int, int], ...]] = {
    "c3": ((1, 1984, 1), (37, 2023, 1)),
    "defcon": ((1, 1993, 1),),
    "scale": ((1, 2003, 1), (19, 2022, 1)),
    "ietf": ((47, 2000, 3),),
    "nanog": ((48, 2010, 3),),
    "ripe": ((60, 2010, 2),),
}


def _read(text: str) -> dict[str, tuple[str, ...]]:
    known = {}
    for line in text.split("\n"):
        name, _, others = line.partition(" = ")
        if name.strip():
            known[name.strip()] = tuple(other.strip() for other in others.split(",") if other.strip())
    return known


KNOWN_SERIES = _read(_KNOWN)

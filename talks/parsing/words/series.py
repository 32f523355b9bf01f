"""Well-known series of events in their proper spelling, with other spellings that people use.

Case, spaces and signs do not matter: "re:Invent" also covers "reinvent" and "Re Invent".
"""

_KNOWN = """
    AWS re:Invent = reinvent, aws reinvent, amazon reinvent
    AWS Summit
    Google I/O = google io, googleio
    Google Cloud Next = gcp next, google next
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
    Fluent Conf = fluent conference, oreilly fluent
    Software Architecture Conference = oreilly software architecture | PHP UK = php uk conference | PHPNW
    SunshinePHP | International PHP Conference | Dutch PHP Conference | Longhorn PHP | phptek | Forum PHP
    Northeast PHP | BrazilJS | Campus Party | PyCon US
    PyCon UK | PyCon AU = pycon australia | PyCon APAC | PyCon JP | PyCon KR = 파이콘 | PyCon DE | PyCon Italia | PyOhio
    PyTexas | PyGotham | PyCascades | PyBay | EuroSciPy | DjangoCon US | DjangoCon Africa | DjangoDay | Wagtail Space
    JupyterCon | RubyConf Brasil = rubyconf brazil, rubyconf br | RubyConf AU | RedDotRubyConf | Balkan Ruby
    Rails World | Brighton Ruby | Rocky Mountain Ruby | GORUCO | Keep Ruby Weird | Madison+ Ruby | Baltic Ruby
    GopherCon UK | GopherCon EU = gophercon europe | Golab | FrenchKit | iOSDevUK | Swift by Northwest | Swiftable
    CocoaHeads | CocoaConf | 360iDev | try! Swift Tokyo | iOSDC Japan = iosdc | DroidKaigi | Droidcon Berlin
    KotlinConf | Mobile Era | Flutter Forward | JSConf EU = jsconf europe | JSConf US | JSConf Budapest | JSConf JP
    React Amsterdam | React Native EU | React Rally | React Advanced | Reactathon | React Day Berlin | ReasonConf
    ViteConf | VueConf US | VueConf EU | VueFes Japan | Nuxt Nation | Svelte Summit | RemixConf | Next.js Conf
    GraphQL Summit | GraphQL Conf | TypeScript Congress | TSConf | Node Summit | Nodevember | NodeConf EU
    NodeConf Remote | NEJS Conf | Midwest JS | CascadiaJS | EmpireJS | LibertyJS | Assert(js) | Web Directions
    Web Unleashed = fitc web unleashed | FITC Toronto | Generate Conference | Responsive Day Out | dConstruct
    Reasons to be Creative | From the Front | ffconf = full frontal | Render Conf | Front-Trends | CSS Day
    CSS Dev Conf | SmashingConf Freiburg | SmashingConf Barcelona | Clarity Conf | Config by Figma | UX Camp | UXLx
    axe-con | Accessibility Scotland | ID24 = inclusive design 24 | A11Y Camp | JavaCro | JavaBin | Jprime | JCON
    W-JAX | JAX London | Devnexus | Devoxx UK | Devoxx France = devoxx fr | Devoxx Belgium | Devoxx Poland
    Devoxx Morocco | Voxxed Days Luxembourg | BreizhCamp | Mix-IT | Riviera DEV | Sunny Tech | Bdx I/O
    DevFest Nantes | DevFest Toulouse | Snowcamp | Touraine Tech | Volcamp | GeeCON | 4Developers | Confitura
    Boiling Frogs | Infoshare | jDays | Oracle Code One = code one | Oracle OpenWorld | JBoss World | Red Hat Summit
    DevConf.cz | DevNation | Red Hat Forum | VMworld | VMware Explore | Cisco Live | IBM Think | IBM Impact
    SAP TechEd | SAP Sapphire | Salesforce TrailheaDX = trailheadx | TwilioCon | Twilio Signal = signal conf
    Stripe Sessions | Atlassian Summit | Atlassian Team | Adobe MAX | Adobe Summit | Google Developer Days | DevFest
    GDG DevFest | Facebook F8 = fbf8 | Microsoft TechEd | Microsoft Connect | Microsoft Inspire | SQLBits
    PASS Summit | DDD Europe = dddeu, domain driven design europe | DDD Perth | DDD Melbourne | DDD Reading
    Explore DDD | KanDDDinsky | NDC London | NDC Oslo | NDC Sydney | NDC Copenhagen | NDC Porto | NDC TechTown
    .NET Conf = dotnet conf, dotnetconf | dotJS | dotCSS | dotScale | dotSwift | dotAI | Techorama | Update Conference
    DevTernity | Swanseacon | CodeMash | Codegarden | KCDC = kansas city developer conference | That Conference
    StirTrek | Music City Code | RevolutionConf | CodeStock | Prairie.Code() | Open Source 101 | Ohio LinuxFest
    LinuxCon | ContainerCon | CloudOpen | Kernel Recipes | Embedded Linux Conference | Linux Foundation Member Summit
    Linux Storage, Filesystem, Memory-Management & BPF Summit = lsfmm | Netdev Conf
    XDC = x.org developers conference | Automotive Linux Summit | openSUSE Conference | Flock to Fedora | UbuCon
    DebCamp | EuroBSDcon | BSDCan | AsiaBSDCon | KubeCon China | KubeCon India | KubeCon Japan | KubeDay
    Kubernetes Community Days | ServiceMeshCon | PromCon | GrafanaCON | ObservabilityCON | EnvoyCon
    Cloud Native Rejekts | Open Infrastructure Summit | OpenStack Summit | Open Networking Summit | cdCon
    DevOps World = jenkins world | DevOps D-Day | DevOps Loop | All Day DevOps | o11ycon | Failover Conf | Chaos Conf
    SREcon EMEA | SREcon Americas | SREcon APAC = srecon asia | Surge Conference
    Config Management Camp = cfgmgmtcamp | FluxCon | GitOpsCon | GitLab Commit | Gitkon | Git Merge | Sensu Summit
    Splunk .conf | Dash by Datadog | New Relic FutureStack = futurestack | PagerDuty Summit | Serverlessconf
    ServerlessDays | Cassandra Summit | Hadoop Summit | DataWorks Summit | Snowflake Summit | Data Council
    DataEngConf | DataEngBytes | Coalesce by dbt | Current by Confluent | Neo4j GraphConnect = graphconnect
    Redis Conf | MongoDB.local | PGConf.EU = pgconf europe | PGConf US | PGDay Paris | Postgres Vision | FOSS4G Europe
    Esri User Conference | SotM US | useR! Conference | EARL Conference | Rust Nation UK | RustLab | Rust Belt Rust
    Zig Days | C++ on Sea | CppNorth | CppOnline | ACCU Conference | ItalianCpp | Code::Dive
    LLVM Developers' Meeting = llvm dev meeting | EuroLLVM | GNU Tools Cauldron | Haskell eXchange | ZuriHac
    Compose Conference | flatMap(Oslo) | Scala eXchange | ScalaIO | Scala World | ScalarConf | NE Scala | EuroClojure
    ClojureX | Clojure/West | ClojureTRE | ElixirConf EU | Empex | Code BEAM SF | Code BEAM STO | Lonestar ElixirConf
    Functional Conf | Lambda World | Bobkonferenz | ECOOP | ICSE | ESEC/FSE | ISSTA | ASPLOS | ISCA | EuroSys | NSDI
    USENIX ATC = usenix annual technical conference | USENIX Enigma | HotOS | HotCloud | SIGMOD | PODC | CIDR | RecSys
    AAAI | IJCAI | AISTATS | AKBC = automated knowledge base construction | SIGDIAL | INTERSPEECH | ICASSP | CoNLL
    COLING | ICRA | IROS | SIGCHI | CSCW | VISAPP | IEEE VIS | OpenVis Conf | EyeO Festival = eyeo
    NVIDIA GTC = gpu technology conference | Hot Chips | RSA Conference Asia | Black Hat Europe | Black Hat Asia
    BSidesLV = bsides las vegas | BSides London | hack.lu | Hack in the Box = hitb | HITCON | ShmooCon | DerbyCon
    SteelCon | 44CON | NorthSec | Nullcon | OffensiveCon | Virus Bulletin | SANS DFIR Summit | LocoMocoSec
    AppSec EU = owasp appsec eu, appsec europe | AppSec California | Chaos Communication Camp | EasterHegg
    Privacyweek | re:publica | Web Summit Rio | Collision Conf | Mobile World Congress | TNW Conference
    Lean Agile Scotland | Agile India | XP Days | XP Days Benelux | SPA Conference
    SoCraTes = software craft and testing | TestBash | European Testing Conference | Agile Testing Days | SeleniumConf
    StarEast | StarWest | EuroSTAR | Romanian Testing Conference | Øredev Malmö | Nordic Testing Days
    QA or the Highway | Craft Conf Budapest | LeadDev London | LeadDev New York | SRE NEXT
    Developers Summit = デブサミ
    builderscon | YAPC | YAPC Asia | PHPカンファレンス = php conference japan | CEDEC | JAWS DAYS | COSCUP
    SITCON | MOPCON
    HITCON CMT | JSDC | WebConf Taiwan | D2 前端技术论坛 | ArchSummit | GMTC | GIAC | FEConf | if(kakao) = 이프카카오
    DEVIEW = 데뷰 | INFCON = 인프콘 | WOOWACON = 우아콘 | HighLoad++ | HolyJS | JPoint | Joker Conf
    Mobius Conf | Heisenbug
    CodeFest | PiterPy | PyCon Russia | Pixels Camp | Codebits | OSCAL | SFSCon | Better Software | Codemotion Milan
    Codemotion Rome | Codemotion Berlin | Codemotion Madrid | T3chFest | Commit Conf | Pulpo Con | JSDay Canarias
    CAS Conference = cas2017 | access-u | Museums and the Web | Digital Preservation Coalition | iPRES | RDAP Summit
    IIIF Annual Conference | Museum Computer Network | AdaCon | Grace Hopper Celebration = ghc, grace hopper
    AlterConf | Write/Speak/Code | Lesbians Who Tech | Women Who Code Connect | Local-First Conf
    AI Engineer World's Fair | AI Engineer Summit | PyTorch Conference | TensorFlow World | TensorFlow Dev Summit
    ODSC = open data science conference | Strata Data = strata conf | MLconf | MLOps World | Rev by Domino
    Papers We Love | Handmade Seattle | Software You Can Love | Texas Linux Fest | SouthEast LinuxFest
    LinuxFest Northwest | Open Source Summit Europe | Open Source Summit Japan | PubConf | WordCamp US
    WordCamp Europe | DrupalCon Europe | DrupalCamp | MidCamp | BADCamp | Joomla World Conference | TYPO3 Conference
    Neos Conference | Magento Imagine | MageTitans | Craft CMS dot all | SearchLove | MozCon | Mind the Product London
    ProductCon | Game Developers Conference Europe | Nordic Game | Reboot Develop | Devcom | BoardGameGeek Con
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
    for line in text.replace(" | ", "\n").split("\n"):
        name, _, others = line.partition(" = ")
        if name.strip():
            known[name.strip()] = tuple(other.strip() for other in others.split(",") if other.strip())
    return known


KNOWN_SERIES = _read(_KNOWN)

"""Words for talks, kinds of talks and speakers, and the small words that join them."""

from talks.parsing.words.word_sets import make_words

TALK_WORDS = make_words(
    en="""
        talk talks session sessions keynote keynotes presentation presentations workshop workshops panel
        panels tutorial tutorials lecture lectures quickie quickies ignite demo speech speeches fireside bof
    """,
    de="vortrag vorträge vortrags vorträgen session präsentation",
    fr="conférence présentation exposé atelier plénière université quickie",
    es="charla charlas ponencia ponencias taller conferencia",
    pt="palestra palestras apresentação oficina",
    pl="wykład prezentacja prelekcja wystąpienie",
    it="intervento presentazione",
    nl="presentatie lezing praatje",
    da="foredrag",
    ru="доклад доклады",
    ja="セッション 講演 発表 基調講演 登壇",
    zh="演讲 主题演讲 分享 议题 專題 演講",
    ko="발표 세션",
)

# Words for several talks: a heading or sentence with one announces talks.
TALK_PLURALS = make_words(
    en="talks sessions keynotes presentations workshops panels tutorials lectures quickies speeches",
    de="vorträge vorträgen",
    fr="conférences présentations exposés ateliers",
    es="charlas ponencias talleres conferencias",
    pt="palestras apresentações oficinas",
    pl="prelekcje wykłady prezentacje prezentacji",
    it="presentazioni",
    nl="presentaties lezingen",
    ru="доклады",
    ja="セッション一覧 参加したセッション 聴講したセッション 聞いたセッション 発表一覧 講演一覧",
)

# Words by which posts call themselves notes of talks.
NOTE_WORDS = make_words(
    en="notes takeaways recap recaps roundup summaries liveblog",
    de="notizen mitschrift mitschriften zusammenfassungen",
    fr="notes compte-rendu résumés",
    es="notas apuntes resumen",
    pt="notas anotações resumo",
    it="appunti",
    nl="notities aantekeningen",
    pl="notatki relacja",
    ja="レポート 参加メモ 聴講 参加してきた 参加記",
    zh="笔记 记录 筆記 见闻",
)

# Kinds of talks, written before a title but no part of it ("Keynote: …").
KIND_WORDS = make_words(
    en="""
        keynote talk session notes note workshop quickie lightning tutorial panel presentation opening
        closing bof ignite lunch evening morning afternoon plenary invited university deep dive lab hands-on
        tools-in-action conference the first second third last final and case study live q&a
    """,
    de="vortrag eröffnungskeynote",
    fr="conférence atelier plénière première de",
    es="charla ponencia taller",
    pt="palestra",
    it="intervento",
    pl="prezentacja warsztat warsztaty",
)

BY_WORDS: dict[str, tuple[str, ...]] = {
    "en": (
        "presented by",
        "given by",
        "hosted by",
        "held by",
        "delivered by",
        "by",
        "with",
        "from",
        "featuring",
        "feat.",
    ),
    "de": ("vorgetragen von", "gehalten von", "von", "mit"),
    "fr": ("présenté par", "animé par", "par", "avec"),
    "es": ("impartida por", "presentada por", "por", "con"),
    "pt": ("apresentada por", "por", "com"),
    "it": ("presentato da", "di", "con"),
    "nl": ("gegeven door", "door", "van", "met"),
    "pl": ("prowadzi",),
}
AND_WORDS = ("and", "und", "et", "y", "e", "en", "i", "og", "och", "&", "+", "與", "和", "と", "및")
AT_WORDS = ("at", "of", "from", "@", "bei", "von", "chez", "de", "en", "na", "da", "van")

SPEAKER_LABELS = make_words(
    en="""speaker speakers presenter presenters presentor presentors presented who by host hosts panelist panelists
    panellists lecturer with moderator moderators facilitator facilitators""",
    de="sprecher sprecherin referent referentin referenten vortragende vortragender",
    fr="orateur orateurs oratrice intervenant intervenante intervenants intervenantes conférencier conférenciers",
    es="ponente ponentes orador oradora",
    pt="palestrante palestrantes",
    it="relatore relatori",
    nl="spreker sprekers",
    pl="prelegent prelegentka prelegenci prowadzący prowadząca",
    cs="přednášející",
    sv="talare föreläsare",
    da="foredragsholder oplægsholder",
    fi="puhuja puhujat",
    hu="előadó előadók",
    tr="konuşmacı konuşmacılar",
    ru="спикер спикеры докладчик докладчики докладчица ведущий лектор",
    uk="спікер доповідач",
    ja="登壇者 スピーカー 講演者 発表者 講師 話者",
    zh="演讲者 演讲人 讲师 嘉宾 分享人 分享者 主讲 主讲人 演讲嘉宾 分享嘉宾 讲者 发言人"
    " 演講者 講者 講者姓名 講師 發言人",
    ko="발표자 연사 강연자 스피커",
)
TITLE_LABELS = make_words(
    en="title topic subject name",
    de="thema titel",
    fr="titre sujet",
    es="título tema",
    it="titolo",
    ja="タイトル テーマ",
    zh="主题 题目 标题 议题 主題",
    pt="título tema nome",
    pl="tytuł temat",
    ru="тема название",
    ko="주제 제목",
)
TALK_TITLE_LABELS = frozenset(
    {"talk title", "title of the talk", "session title", "talk", "session", "vortrag", "charla"}
)
# What else is said of a talk beside its title: "Level: 200", "Room: B".
DETAIL_LABELS = make_words(
    en="track room stage level date day time slot timeslot duration length format type category tags topics"
    " language status rating score stars venue location event conference session code id difficulty audience",
    de="raum uhrzeit zeit datum dauer niveau bewertung ort",
    fr="salle horaire heure durée niveau note lieu",
    es="sala hora fecha duración nivel lugar",
    pt="horário data duração nível trilha",
    ja="日時 会場 時間",
    zh="时间 地点 日期 会场 原文 作者 译者 翻译 来源",
)
RESOURCE_LABELS = make_words(
    en="""
        slide slides slidedeck deck video videos recording recordings notes note link links code demo repo
        repository source github abstract resources resource references reference website site blog twitter
        linkedin mastodon youtube vimeo speakerdeck slideshare replay playlist podcast transcript paper papers here
        more details info presentation pdf watch read
    """,
    de="folien aufzeichnung präsentation",
    fr="diapositives diapos vidéo présentation captation lien liens",
    es="diapositivas transparencias vídeo",
    ja="スライド 資料 動画",
    zh="幻灯片 视频 资料 ppt",
)

# Chinese and Japanese words in titles and labels, and in no name of a person.
NAMELESS_WORDS = make_words(
    ja="""
        準備 紹介 参加 感想 発表 資料 概要 目的 背景 内容 会場 質疑 応答 懇親 勉強 設計 開発 運用 実装 環境 構築
        改善 入門 活用 基礎 応用 比較 課題 解決 自動 技術 言語 機能 性能 最適 検証 実践 事例 結論 総括 全体 最後 最初
        時間 登壇
    """,
    zh="""
        准备 介绍 总结 问题 目录 简介 概述 架构 设计 开发 实现 优化 技术 实践 应用 系统 数据 工具 方案 平台 分享 讨论
        测试 測試 架構 問題 討論 簡介
    """,
)

# Where at a venue a talk is given: "Room 2", "Hall B", "Track 1".
PLACE_WORDS = make_words(
    en="room hall ballroom auditorium stage track theater theatre amphitheater",
    de="raum saal bühne hörsaal",
    fr="salle amphi scène piste",
    es="sala auditorio",
    pt="sala trilha auditório palco",
    it="sala aula",
    nl="zaal",
    pl="sala ścieżka",
    cs="sál",
    sv="sal scen",
    da="sal scene",
    fi="sali",
    ru="зал аудитория секция поток сцена",
    uk="зала зал сцена",
    ko="트랙 룸",
)

HONORIFICS = frozenset(
    {"dr", "dr.", "prof", "prof.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "herr", "frau", "m.", "mme", "sir", "dame"}
    | {"señor", "sr.", "sra.", "ing.", "dipl.-ing.", "rev", "rev.", "reverend", "fr.", "capt.", "col.", "gen.", "sen."}
)
# "And" between two surnames of one person: "Ana Moss y Roca".
JOINING_PARTICLES = frozenset({"e", "i", "y"})
# Small words inside surnames.
PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "du",
        "del",
        "della",
        "dos",
        "das",
        "do",
        "la",
        "le",
        "el",
        "bin",
        "ibn",
    }
    | {"al", "ben", "ten", "ter", "te", "zu", "zur", "af", "av", *JOINING_PARTICLES, "st.", "o'", "d'"}
)
# Short names of universities, in capitals only: "Tu" is a surname, and "mit" German for "with".
UNIVERSITIES = frozenset({"UC", "TU", "ETH", "EPFL", "MIT", "UCL", "UCLA", "CMU"})
# Words in names of organisations, and in no name of a person.
ORGANISATION_WORDS = make_words(
    en="""
        university universities univ institute college school lab labs
        laboratory laboratories inc ltd llc corp corporation media foundation technologies technology
        systems solutions software research group consulting studio studios games bank library libraries
        museum agency academy ministry hospital networks industries magazine council committee
    """,
    de="universität hochschule institut gmbh ag stiftung verein",
    fr="université école institut laboratoire",
    es="universidad escuela instituto",
    pt="universidade escola instituto",
    it="università politecnico",
    pl="uniwersytet politechnika",
)
ROLE_WORDS = make_words(
    en="""
        cto ceo cio coo cfo vp president chief officer founder co-founder cofounder director manager head
        lead leader engineer engineering architect developer programmer designer advocate evangelist
        consultant scientist researcher professor lecturer author creator maintainer committer contributor
        student analyst specialist coach expert owner mgr senior principal staff fellow trainer partner dir eng arch
        svp evp cso pm writer blogger member organizer organiser organizers ambassador educator teacher editor
        journalist strategist postdoc freelancer administrator sysadmin entrepreneur technologist
    """,
    de="entwickler entwicklerin architekt leiter professor gründer berater",
    fr="développeur développeuse ingénieur architecte directeur directrice fondateur",
    es="ingeniero desarrollador director arquitecto fundador",
    pt="engenheiro desenvolvedor diretor arquiteto",
)

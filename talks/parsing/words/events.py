"""Words in and around the names of events."""

from talks.parsing.words.word_sets import make_words

EVENT_NOUNS = make_words(
    en="""
        conference conferences conf con summit unconference congress symposium convention hackathon camp
        barcamp meetup festival fest forum day days expo
    """,
    de="konferenz kongress tagung",
    fr="conférence congrès",
    es="conferencia congreso jornadas",
    pt="conferência congresso",
    pl="konferencja konferencji",
    nl="conferentie",
    da="konferens",
    ru="конференция",
    ja="カンファレンス",
    zh="大会 峰会",
)

# Of these words, those that no talk has as its title: "What a great conference!"
GATHERINGS = make_words(
    en="conference conferences conf summit congress symposium convention unconference",
    de="konferenz kongress tagung",
    pl="konferencja konferencji",
    nl="conferentie",
    ja="カンファレンス",
    zh="大会 峰会",
)

# Headings of columns that name an event in each row.
EVENT_COLUMNS = GATHERINGS | make_words(
    en="event events meetup",
    de="veranstaltung",
    fr="événement",
    es="evento",
    it="evento",
    ru="событие мероприятие конференция",
    ja="イベント",
)

# What stands before the name of the event in a row of its own: "Event: …".
EVENT_LABELS = make_words(
    en="conference conf event meetup summit convention symposium",
    de="konferenz veranstaltung tagung",
    fr="évènement événement",
    es="evento",
    it="evento",
    pl="konferencja wydarzenie",
    nl="conferentie evenement",
    sv="konferens",
    ru="конференция мероприятие",
    ja="イベント カンファレンス 勉強会",
    zh="会议 大会 活动 會議",
    ko="컨퍼런스 콘퍼런스 행사",
)

# Endings that show that a single word is the name of an event.
EVENT_ENDINGS = ("con", "conf", "fest", "summit", "camp", "days", "meetup", "kaigi", "hacks", "conference")

# Countries and continents, as written after the name of a series.
_REGIONS = """
    APAC AR AT AU BE BR CA CH CL CN CO CZ DE DK EMEA ES EU FI FR HK HU ID IE IL IN IT JP KE KR LATAM LT LV MX MY NA NG
    NL NO NZ PE PH PL PT RO RU SE SG TH TR TW UA UK US USA ZA
"""
EVENT_REGIONS = frozenset(_REGIONS.split())

# Names of countries and continents for folders inside that of a series: "FooConf/Italia/2025".
COUNTRIES = make_words(
    en="""
        africa america argentina asia australia austria belgium brazil canada chile china colombia croatia czechia
        denmark estonia europe finland france germany greece hungary india indonesia ireland israel italy japan kenya
        korea latvia lithuania malaysia mexico netherlands nigeria norway pakistan peru philippines poland portugal
        romania russia scotland serbia singapore slovakia slovenia spain sweden switzerland taiwan thailand turkey uk
        ukraine usa vietnam wales
    """,
    de="deutschland österreich schweiz",
    fr="belgique canada france suisse",
    es="españa italia méxico",
    pt="brasil",
    pl="polska",
    nl="nederland",
)

# Words before the name of an event in a title that are no part of it.
EVENT_LEADS = make_words(
    en="""
        takeaways takeaway notes note recap recaps report reports review reviews summary summaries
        highlights impressions experience experiences lessons learnings thoughts visit visiting visited
        attending attended attend my our your the a an this that these from of at on in to for about with
        and after before back i we was were is it's what how why when where day days part conference live
        liveblog liveblogging trip talk talks keynote keynotes session sessions speaking speaker speakers
        wrap-up retrospective favorite best some more first second third last next year annual edition th st
        nd rd join see meet going went hello welcome again great good just minutes schedule video videos
        slides slide blog post january february march april may june july august september october november
        december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
        saturday sunday spring summer autumn fall winter
    """,
    de="""
        rückblick rückschau nachlese nachbericht bericht reisebericht erfahrungsbericht eindruck eindrücke impressionen
        notizen zusammenfassung besuch die der das den dem des ein eine auf von vom zur zum bei im in am mein meine
        unsere unser jahr jahre
    """,
    fr="""
        mon ma mes notre nos le la les l un une du de des d au aux à compte-rendu cr retour sur bilan en résumé
        impressions année
    """,
    es="""
        el los las lo mi mis nuestro nuestra del al una resumen crónica balance evento eventos impresiones notas apuntes
        reseña visita viaje año
    """,
    pt="""
        como foi na no o os as um uma meu minha relato resumo impressões notas anotações resenha viagem cobertura ano
    """,
    it="resoconto racconto riassunto impressioni appunti riepilogo viaggio",
    nl="verslag samenvatting indrukken impressie terugblik notities aantekeningen reisverslag jaar",
    sv="sammanfattning intryck reserapport anteckningar återblick från rapport",
    da="opsummering indtryk referat rejsebrev noter oppsummering inntrykk notater reiserapport fra",
    fi="raportti yhteenveto muistiinpanot matkaraportti vuosi",
    pl="relacja relacje podsumowanie wrażenia wspomnienia sprawozdanie notatki wyjazd z ze w po moja moje rok",
    cs="shrnutí zhrnutie souhrn dojmy zápisky poznámky ohlédnutí reportáž zpráva",
    tr="özet özeti notlar notları izlenimler izlenimleri izlenimlerim yılı",
    ru="отчёт отчет обзор итоги впечатления заметки конспект репортаж поездка год года",
    uk="звіт враження підсумки нотатки огляд рік",
    ja="参加 参加記 参加報告 参戦記 感想 報告 まとめ レポート 参加レポート 参加メモ 振り返り",
    zh="""
        参会 参加 总结 回顾 记录 笔记 见闻 感想 感受 心得 游记 小记 有感 之旅
        参会笔记 参会总结 参会记录 参会感受 参会心得 總結 回顧 紀錄 筆記 報告 報導
    """,
    ko="후기 참가 참가기 참관기 참석 참석기 요약 회고 정리",
)

# Folders with these names contain a folder for each event.
GATHERING_FOLDERS = make_words(
    en="conference conferences confs event events meetup meetups gatherings",
    de="konferenz konferenzen",
    fr="conférence conférences",
    es="conferencia conferencias",
)

# Names of folders that say nothing of an event.
FOLDER_WORDS = GATHERING_FOLDERS | make_words(
    en="""
        note notes post posts blog blogs content contents doc docs docc documentation src source sources talk talks
        session sessions workshop workshops keynote keynotes lightning tutorial tutorials track tracks panel panels
        page pages article articles site website www web public static archive archives archived draft drafts misc
        miscellaneous other others attachments assets images img media files file data resource resources reference
        references vault obsidian wiki knowledge base journal journals daily inbox retired review reviews report
        reports technical academic personal work home main master repo repos projects project
        summary summaries writeup writeups trip trips travel schedule schedules agenda program programme slides video
        videos recordings recap recaps takeaways learning learnings lessons study reading hugo jekyll gatsby astro
        jbake entries entry item items day days week weeks year years month my the and of for from at in on tmp temp
        test tests part
    """,
    de="notizen vorträge berichte",
)

# Folders beside those of events in somebody's folder of events, that hold something else.
WORK_FOLDERS = make_words(
    en="""
        specs spec specification experiments experiment prototypes guidance guidelines guideline requirements
        exploration scripts script examples example demos ideas deferred analytics templates template configuration
        config admin marketing sponsors sponsorship budget books courses course papers organizing planning
    """,
)

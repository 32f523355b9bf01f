"""Headings and closing phrases of text that belongs to no talk."""

from talks.parsing.words.word_sets import make_phrases, make_words

OTHER_HEADINGS = make_phrases(
    en="""
        summary|conclusion|conclusions|introduction|intro|overview|wrap up|wrapping up|final thoughts
        closing thoughts|closing|final summary|the end|in conclusion|in summary|to conclude|tl dr|tldr|recap
        about|about the conference|about the event|the conference|conference itself|the event|venue|the venue
        location|the location|food|party|after party|afterparty|lunch|breakfast|dinner|coffee|break|coffee break
        registration|travel|networking|hallway track|community|sponsors|booths|booth|exhibition|expo|swag
        goodies|organization|organisation|organizers|atmosphere|thanks|thank you|a word of thanks
        acknowledgements|credits|related posts|related|further reading|references|resources|links|useful links
        photos|pictures|videos|slides|agenda|schedule|program|programme|lineup|line up|talks|the talks|sessions
        keynotes|lectures|presentations|workshops|visited talks|sessions attended|talks attended
        table of contents|contents|toc|what else|next|next steps|next stop|next year|see you next year
        until next time|what s next|my thoughts|thoughts|after thoughts|afterthoughts|final words|last words
        impressions|general impressions|overall|overall impression|opinion|lessons learned|key takeaways
        takeaways|the takeaway|highlights|my highlights|favorites|notes|misc|miscellaneous|other|others|q a
        questions|tools|book recommendations|books|reading list|action items|getting there|arrival|departure
        the city|day before|pre conference|why|how|what|who|tickets|prices|cost|contact|feedback|comments|share
        photos and videos|more|more information|read more|update|updates|disclaimer|sources|footnotes
        housekeeping|other talks|general|preparation|background|motivation|trends|news
        terminology|definitions|glossary|conference summary|exhibit hall|exhibition hall
        announcements|new products features|my talk|social event|social events|open spaces|morning|afternoon|evening
        unconference|unconferences|panels|lightning talks|exhibit hall|expo hall|side events|after the conference
        before the conference|first impressions|closing remarks|opening remarks|follow up|follow ups|open questions
        follow ups open questions|what i learned|what went well|what next|weather|hotel|accommodation
    """,
    de="""
        fazit|zusammenfassung|einleitung|überblick|ausblick|anreise|essen|organisation|rahmenprogramm|vorträge
        workshops|sonstiges|links|danke|eindrücke|resümee|abschluss|begrüßung|abendveranstaltung|mittagessen
        mittagspause|pause|kaffeepause|frühstück|abendessen|rückreise|abreise|hotel|unterkunft|verpflegung|location
        sponsoren|stände|aussteller|ausstellung|gesamteindruck|schlusswort|nachtrag|vorwort|weitere links|quellen
        rund um die konferenz|die konferenz|das event|teilnehmer|kritik|vormittag|nachmittag|abend|sonstige eindrücke
    """,
    fr="""
        conclusion|en conclusion|introduction|bilan|c est le bilan|le bilan|remerciements|en résumé|pour finir
        pour conclure|les stands|sommaire|le lieu|ambiance|les conférences|les talks|l organisation|l ambiance
        pause déjeuner|déjeuner|le déjeuner|pause café|petit déjeuner|accueil|les goodies|goodies|le village|stands
        mot de la fin|le mot de la fin|pour aller plus loin|liens|ressources|les sponsors|les à côtés|la soirée
        soirée|soirée communautaire|l événement|l évènement|avant propos|préambule|mon avis|ressenti|retour d expérience
        matin|matinée|après midi|le matin|l après midi
    """,
    es="""
        conclusiones|conclusión|introducción|resumen|organización|organización del evento|agradecimientos|comida
        charlas|lugar|almuerzo|desayuno|cena|descanso|pausa café|acreditación|registro|apertura|clausura
        ceremonia de apertura|ceremonia de clausura|cierre|patrocinadores|enlaces|recursos|opinión|valoración
        valoración general|lo mejor|lo peor|networking|la comida|el lugar|la organización|el evento|fotos|mañana|tarde
        alojamiento|viaje|el viaje|asistentes|ambiente|sorteo|sorteos|despedida|reflexiones|impresiones
    """,
    pt="""
        palestras|conclusão|introdução|resumo|organização|agradecimentos|palestrantes|as palestras|o evento|almoço
        coffee break|abertura|encerramento|considerações finais|o local|local|fotos|patrocinadores|sorteios|sorteio
        impressões|credenciamento|comida|a comida|viagem|a viagem|hospedagem|manhã|tarde|finalizando|concluindo
    """,
    ja="""
        まとめ|感想|はじめに|おわりに|終わりに|最後に|さいごに|概要|次回|次回は|参加の動機|ランチ|懇親会|会場|参考|目次|その他|所感|総括|会場の様子
        発表資料|資料|当日の資料|発表内容|発表内容振り返り|振り返り|ふりかえり|午前|午後|午前の部|午後の部|朝|昼|夜|おまけ|余談|雑感|全体の感想
        全体を通して|全体的な感想|参加して|参加した感想|参加してみて|参加の経緯|参加の目的|参加理由|きっかけ|目的|背景|当日|当日の様子|前日|前日の様子
        セッション|セッションについて|セッション紹介|聞いたセッション|気になったセッション|発表|発表一覧|講演|講演一覧|トーク|トークについて
        ブース|ブースについて|企業ブース|スポンサーブース|スポンサー|お昼|お昼休み|お弁当|弁当|昼食|昼休み|夕食|休憩|受付|開場|開会|閉会|オープニング
        クロージング|ノベルティ|グッズ|お土産|二次会|飲み会|アフターパーティー|リンク|リンク集|関連リンク|参考リンク|参考文献|追記|備考|宣伝|告知|謝辞
        学び|学んだこと|気づき|良かったこと|良かった点|よかったこと|今後|今後について|次に向けて|イベント概要|イベント情報|イベントについて|開催概要
        タイムテーブル|登壇者|会場について|懇親会について|移動|準備|事前準備|予習|結論|前置き|前書き|あとがき|写真|宿泊|ホテル|観光|あとで試す
    """,
    zh="""
        总结|小结|前言|后记|概述|写在最后|参考|总体感受|收获|目录|感想|结语|引言|参会感受|个人感受|心得|体会|会场|现场|茶歇|午餐|晚宴|午休|签到|合影
        花絮|议程|日程|会议议程|大会介绍|会议介绍|讲师介绍|嘉宾介绍|主办方|赞助商|参考资料|参考链接|相关链接|资料下载|写在前面|写在后面|后续|展台|展区|抽奖
    """,
    ko="""
        소개|들어가며|느낌|느낀점|느낀 점|후기|소감|총평|정리|요약|마무리|마치며|맺음말|결론|목차|개요|참고
        참가 후기|참석 후기|전체 후기|행사 후기|세션|발표|오프닝|클로징|부스|부스 투어|점심|점심시간|저녁|네트워킹
        굿즈|준비|참가 동기|참석 동기|신청|참가 신청|장소|사진|회고|배운 점
        아쉬운 점|좋았던 점|마지막으로|참고 자료|링크|기타|시작하며|글을 마치며|행사 소개
    """,
    pl="""
        podsumowanie|wstęp|zakończenie|organizacja|miejsce|jedzenie|prelekcje|wrażenia|impreza|nocleg|dojazd|linki
        atmosfera
    """,
    it="""
        conclusioni|introduzione|organizzazione|il luogo|pranzo|cena|ringraziamenti|considerazioni finali|i talk|il cibo
    """,
    nl="samenvatting|conclusie|inleiding|lunch|afsluiting|locatie|organisatie|sfeer|tot slot|de locatie|indruk",
    ru="""
        итоги|вывод|выводы|заключение|введение|вступление|организация|место|место проведения|обед|кофе брейк|афтепати
        доклады|впечатления|общие впечатления|ссылки|полезные ссылки|фото|фотографии|питание|подведение итогов
        благодарности|послесловие|предисловие|выставка|стенды|регистрация|дорога|проживание
    """,
    sv="sammanfattning|inledning|avslutning|lunch|mat|lokalen",
    cs="závěr|úvod|shrnutí|organizace|oběd|dojmy|odkazy",
    tr="sonuç|giriş|özet|değerlendirme|kapanış|açılış",
)

# A longer heading that begins with one of these is no talk's either: "Conclusion and next steps".
OTHER_OPENINGS = make_phrases(
    en="""
        summary|conclusion|conclusions|introduction|acknowledgements|related|credits|wrap up|final thoughts
        closing thoughts|about the conference|about the event|after party|coffee break|hallway track|thank you
        related posts|further reading|for more|useful links|table of contents|see you next year
        general impressions|key takeaways|social event|getting there|lunch and|lunch break|lunch networking
        registration|networking|photo taking|group photo|other resources|open space|open spaces|sponsor booth
        sponsor booths|sponsors
    """,
    de="fazit|zusammenfassung|bis nächstes jahr|bis zum nächsten",
    fr="""
        bilan|conclusion|remerciements|les stands|c est le bilan|pause déjeuner|pause café|à bientôt
        à l année prochaine
    """,
    es="""
        acreditación|ceremonia de|almuerzo|organización|conclusiones|resumen|agradecimientos|hasta el año
        hasta la próxima|hasta pronto|nos vemos
    """,
    pt="conclusão|organização",
    ja="まとめ",
    zh="总结",
)

# A heading that begins so is a title all the same: "Introduction to gardens".
TITLE_OPENINGS = make_phrases(
    en="introduction to|introduction into|introduction in",
    de="einführung in",
    fr="introduction à|introduction au|introduction aux",
    es="introducción a|introducción al",
    pt="introdução a|introdução ao|introdução à",
)

# What may stand before any of them: "The lunch", "Our conclusion".
ARTICLES = make_words(
    en="the our my", de="das der die unser mein", fr="le la les", es="el los las", it="il lo", pt="o os as"
)

# Events at a conference beside the talks.
SOCIAL_WORDS = make_words(
    en="""
        party afterparty food lunch breakfast dinner coffee drinks beer venue hotel city travel flight train swag
        goodies sponsors sponsor booth booths exhibit exhibition expo networking organisers organizers organization
        thanks thank conclusion conclusions summary introduction impressions thoughts weather stickers ticket tickets
        arrival departure getting atmosphere people community fun social
    """,
    de="essen anreise abreise stadt dank danke fazit mittagessen frühstück getränke hotel leute",
    fr="repas déjeuner stands stand ambiance bilan conclusion remerciements buffet organisation lieu",
    es="comida organización conclusiones conclusión lugar agradecimientos gracias gente patrocinadores",
    pt="almoço organização conclusão local agradecimentos festa",
    pl="podsumowanie jedzenie organizacja miejsce",
    it="conclusioni cibo organizzazione luogo",
    ja="懇親会 会場 ランチ 感想 まとめ",
    zh="总结 感想 会场",
    ru="итоги еда место организация",
)

# Headings with only these words occur below any subject, talk or not.
SEE_ALSO_WORDS = make_words(
    en="related posts articles reading further links references resources see also more read sources useful the",
    de="weiterführende links quellen",
    fr="liens ressources références",
    es="enlaces recursos referencias",
    pt="links recursos referências",
    ja="参考 関連記事 リンク",
    zh="参考 链接 相关",
)

# Words of headings and lines above a list of what to read or watch beside the talks.
SOURCE_WORDS = make_words(
    en="""
        resources references reading recommended recommendations related sources books papers articles bibliography
        further
    """,
    de="quellen literatur weiterführende weiterführendes empfehlungen bücher",
    fr="ressources références lectures livres bibliographie",
    es="recursos referencias lecturas libros bibliografía",
    pt="recursos referências leituras livros bibliografia",
    it="risorse riferimenti libri bibliografia",
    ja="参考 参考資料 関連 関連記事",
    zh="参考 资源 相关",
)

# Last words of titles of files, and names of folders, that collect things other than talks: "Dev books", "MOOCs".
COLLECTION_WORDS = make_words(
    en="""
        books book reading readings moocs courses bookmarks links resources cheatsheet cheatsheets glossary snippets
        recipes movies podcasts wishlist todo todos tools dotfiles templates exercises tutorials howto howtos faq setup
        terminology vocabulary acronyms abbreviations
    """,
    de="bücher kurse lesezeichen glossar rezepte werkzeuge aufgaben übungen",
    fr="livres cours signets glossaire recettes outils exercices",
    es="libros cursos enlaces glosario recetas herramientas ejercicios",
    pt="livros cursos glossário receitas ferramentas exercícios",
    it="libri corsi glossario ricette strumenti esercizi",
    ja="書籍 本 用語集",
    zh="书单 书籍 工具",
)
COLLECTED_THINGS = make_words(en="things thing stuff topics terms words ideas links papers tools technologies")
LATER_WORDS = make_words(en="into at up on out about more later after afterwards")
LATER_VERBS = make_words(en="look learn read check watch try research investigate google explore study")
"""Verbs of what one means to do later with what one collects, before one of the words above: "Stuff to look into"."""

# Headings of a README of software, several of which tell that there are no talks.
SOFTWARE_HEADINGS = make_phrases(
    en="""
        installation|installing|install|how to install|usage|how to use|quick start|quickstart|getting started|setup
        set up|setup guide|how to run|running|running locally|running the tests|running tests|tests|testing|client tests
        prerequisites|requirements|dependencies|configuration|environment variables|deployment|deploy|build|building
        building for production|development|local development|contributing|contribute|license|licence|project structure
        tech stack|technologies|technologies used|built with|features|how it works|roadmap|changelog|troubleshooting
    """,
    de="installation|verwendung|benutzung|voraussetzungen|lizenz|konfiguration|entwicklung|mitmachen",
    fr="installation|utilisation|prérequis|licence|configuration|fonctionnalités|contribuer|déploiement",
    es="instalación|uso|requisitos|licencia|configuración|funcionalidades|contribuir|despliegue|tecnologías",
    pt="""
        instalação|uso|como usar|como rodar|pré requisitos|requisitos|licença|configuração|funcionalidades
        funcionalidades do projeto|tecnologias|tecnologias utilizadas|técnicas e tecnologias utilizadas
        acesso ao projeto|abrir e rodar o projeto|como contribuir
    """,
    ja="インストール|使い方|ライセンス|セットアップ|動作環境",
    zh="安装|使用方法|快速开始|许可证|使用说明",
)

# Headings of what a programme says of a talk.
ABSTRACT_HEADINGS = make_phrases(
    en="abstract|description|talk abstract|talk description|official abstract|official description|from the program",
    de="beschreibung|ankündigung",
    fr="résumé|description",
    es="descripción",
    pt="descrição",
    ja="概要",
    zh="简介 摘要",
)

LINEUP_HEADINGS = make_phrases(
    en="""
        the talks|talks|lineup|line up|schedule|agenda|program|programme|sessions|my schedule|attended talks
        talks attended|contents|table of contents|visited talks|talks i attended|sessions i attended|speakers
        toc|index|overview|talk list|list of talks|all talks|session list
    """,
    de="vorträge|programm|besuchte vorträge|die vorträge",
    fr="conférences|programme|les conférences",
    es="charlas|agenda|programa",
    pt="palestras",
    ja="セッション一覧|参加したセッション|聴講したセッション|目次",
    zh="议程|目录",
)

SIGN_OFF: dict[str, tuple[str, ...]] = {
    "en": (
        *("wraps up", "wrap up", "wrapping up", "that's it", "that’s it", "that's all", "that’s all", "stay tuned"),
        *("see you", "next year", "all in all", "overall,", "in conclusion", "to conclude", "to sum up", "in summary"),
        *(
            "looking forward",
            "look forward",
            "until next time",
            "thanks for reading",
            "thanks to",
            "thank you",
            "stop back",
        ),
        *("day 1", "day 2", "day 3", "day two", "day three", "next post", "follow-up post", "great conference"),
        *("had a great time", "the conference was", "hope you", "let me know", "so much for"),
    ),
    "de": ("insgesamt", "fazit", "bis zum nächsten"),
    "fr": ("en conclusion", "pour conclure", "à bientôt"),
    "es": ("en resumen", "en definitiva", "hasta la próxima"),
    "pt": ("em resumo", "até a próxima"),
    "ja": ("以上", "まとめ"),
    "zh": ("总之", "总的来说"),
}

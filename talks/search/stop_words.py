"""Stop words, which say nothing about the topic of a text. Queries do not require them; phrases do."""

WORDS_BY_LANGUAGE = {
    "en": """
        a about after all also am an and any are as at be because been before being between both but by can could did
        do does doing don during each few for from further had has have having he her here him his how i if in into is
        it its just like me more most my no nor not of off on once only or other our out over own same she should
        so some such than that the their them then there these they this those through to too under until up use very
        was we were what when where which while who whom why will with would you your s t ll ve re
        across along among itself myself ourselves themselves upon within yourself
        talk talks talking somebody someone anybody anyone something anything say says said saying tell me
    """,
    "de": """
        aber als am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese diesem diesen
        dieser dieses du durch ein eine einem einen einer eines er es fur hat habe haben ich ihr ihre im in ist ja kann
        man mehr mein mit nach nicht noch nur oder ohne sich sie sind so uber um und uns unter vom von vor war
        waren warum was weil wenn wer werden wie wir wird wo wurde zu zum zur
    """,
    "fr": """
        a ai au aux avec ca ce ces cet cette comme comment d dans de des du elle elles en est et etait ete etre eu
        il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne nos notre nous on ont ou par pas plus
        pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t ta te tes toi
        ton tu un une vos votre vous y
    """,
    "es": """
        a al algo como con cual cuando de del desde donde e el ella ellos en entre era es esa ese eso esta este esto
        estos fue ha han hasta hay la las le les lo los mas me mi mis muy no nos o para pero por porque que quien se
        ser si sin sobre son su sus te tu un una uno unos y ya yo
    """,
    "pt": """
        a ao aos as ate com como da das de dela dele do dos e ela ele em entre era essa esse esta este eu foi ha isso
        isto ja la mais mas me mesmo meu minha muito na nao nas nem no nos nossa nosso num numa o os ou para pela
        pelo por porque qual quando que quem se sem ser seu so sua tambem te tem um uma umas uns voce
    """,
    "it": """
        a ad agli ai al alla alle anche che chi ci come con cosa cui da dal dalla dei del della delle di dove e ed era
        essere gli ha hanno i il in io la le lei lo loro lui ma mi ne nei nel nella noi non o per perche piu quale
        quando quella quello questa questo se si sono su sul sulla tra un una uno
    """,
    "nl": """
        aan als bij dan dat de der die dit door een en er het hij hoe hun ik in is je kan maar me men met mijn naar niet
        nog nu of om onder ons ook op over te tot uit van veel voor waar waarom was wat we wel werd wie wij worden zal
        ze zich zij zijn zo
    """,
    "ru": """
        а без более бы был была были было быть в вам вас весь во вот все всего вы где да даже для до его ее если есть
        еще же за и из или им их к как какая какой когда кто ли мне мы на над не него нее нет ни них но ну о об он она
        они от по под при с со так такой там то тоже только тот ты у уже чем что чтобы эта эти это этот я
    """,
    "ja": "です ます する こと もの ため から まで",
}

# Stop words that mean something beside another word: "say no", "scale out", "once more".
PAIRED_WORDS = """
    after again against all before down few more most never no not off on once only out over own same say said saying
    says tell under up
"""

# "Videos about Erlang", "a talk by Lisa Guo": what is looked for, and the words that lead from there to the subject.
NOTED_WORDS = """
    lecture lectures note notes presentation presentations recording recordings session sessions slides talk talks video
    videos
"""
LEADING_WORDS = "about by from of on with"

# Words that begin a question to a person.
ASKING_WORDS = """
    how what why when where which who whose whom is are was were does do did can could should would will has have
    wie was warum wann wer wo wohin welche welcher welches wieso weshalb kann soll sollte muss gibt hat
    comment pourquoi quand quel quelle quels quelles ou qui que qu faut peut dois doit combien
    como cual cuales cuando donde quien por puede debe cuanto qual quando onde quem porque pode deve
    che cosa dove chi perche quanto puo hoe wat waarom wanneer welke waar
"""

# In such a question these words help to rank results, and are not required: "what causes burnout" is about burnout.
# They are the commonest verbs, adjectives and nouns of each language that name no subject of their own.
EVERYDAY_WORDS = """
    add added allow ask avoid avoiding become becoming begin beginning believe bring call called care cause caused
    causes choose come comes compare consider create deal dealing decide depend describe difference different enough
    explain far fast faster feel few fewer figure find finding first follow full get gets getting give given gives
    giving go goes going good great half hand handle handling happen happened happening happens hard harder hear help
    helpful helps high idea important improve instead introduce involve issue keep keeping keeps kind know known knows
    large last late later learn learned learning least leave left less let like likely little live long longer look
    looking looks lose lot low made main make makes making matter matters maybe mean means meet might mistake mistakes
    move much must near necessary need needed needs never new next nice offer often okay old one other others part
    people perhaps person pick place point possible prefer pretty prevent probably problem problems proper properly
    provide purpose put question questions quick quickly rather reach real really reason reasons recent reduce remember
    require right run running runs see seem seen send set several short show simply single small solve someone
    sometimes soon spend spent start started starting starts stay stop such suggest sure take taken takes taking term
    think thing things time times tip tips together told topic true try trying turn two type understand use used useful
    uses using usual usually want wants way ways well whole win wise wish won without wonder work worked working works
    world worse worst worth wrong year years yet best better bad big able actually again almost already always another
    away back benefit benefits advantage advantages advice answer approach aspect case certain change changed changes
    clear common correct day done each early else especially even ever every exactly fact
    anymore anywhere everybody everyone everything everywhere nobody none nothing nowhere rid somewhere
    anders arbeiten besser beste brauchen bringen dinge einfach erklaren finden funktioniert funktionieren geben gehen
    gut guten kommen konnen lernen leute machen macht man mochte mussen neue neuen richtig sache sagen sehen sollen
    tun unterschied verstehen verwenden vermeiden wichtig wollen zeit
    aider aller ameliorer apprendre avoir bien bon bonne bonnes bons chose choses comprendre devoir difference dire
    donner etre eviter facon faire fait falloir fonctionne fonctionner grand gros mettre mieux moyen nouveau nouvelle
    passer pouvoir prendre problemes reduire savoir servir sert temps trouver utiliser voir vouloir
    aprender bueno cosa cosas dar debo deben decir diferencia encontrar entender evitar forma funciona funcionan
    hacen hacer hago manera mejor mejorar necesita necesito nuevo poder problema puedo reducir saber tener tiempo usar
    utilizar ver aprender boa bom coisa diferenca fazer faz funcionam jeito maneira melhor melhorar novo posso precisa
    reduzir tempo
    andare bene buono capire cose dare differenza dire evitare fare funziona fanno imparare migliore modo nuovo posso
    problema ridurre sapere serve trovare usare vedere beste doen gaan goed goede helpen kan kunnen leren maken moeten
    nieuwe nodig verschil vinden weten werkt
"""

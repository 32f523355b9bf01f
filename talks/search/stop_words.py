"""Words that say nothing of what a text is about. A question does not demand them; phrases keep them."""

WORDS_BY_LANGUAGE = {
    "en": """
        a about after all also am an and any are as at be because been before being between both but by can could did
        do does doing don during each few for from further had has have having he her here him his how i if in into is
        it its just like me more most my no nor not of off on once only or other our out over own same she should
        so some such than that the their them then there these they this those through to too under until up use very
        was we were what when where which while who whom why will with would you your s t ll ve re
        talk talks talking somebody someone anybody anyone something anything say says said tell me
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

# In a question that begins with an asking word these say nothing either: "what causes burnout" is about burnout.
ASKING_WORDS = """
    how what why when where which who whose wie was warum wann wer comment pourquoi que como cual come perche hoe
"""
WORDS_OF_QUESTIONS = """
    best better good bad cause causes caused deal dealing find get gets getting give gives giving go goes happen happens
    handle help helps keep learn long look looks make makes making mean means much need needs people right start take
    takes thing things use used uses using want way ways work works working happening
    gut besser machen macht man soll sollte faire fait bien hacer hace mejor fazer faz melhor fare
"""

"""Months, weekdays, days of a conference and small numbers."""

from talks.parsing.words.word_sets import make_words, number_words

MONTHS = number_words(
    "january february march april may june july august september october november december",
    "jan feb mar apr mai jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
) | {"sept": 9, "okt": 10, "dez": 12, "mrz": 3, "mär": 3}

WEEKDAYS = number_words(
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
)

DAY_WORDS = make_words(
    en="day",
    de="tag",
    fr="jour journée",
    es="día jornada",
    pt="dia",
    it="giorno giornata",
    nl="dag",
    pl="dzień",
    cs="den",
    sv="dag dagen",
    da="dag dagen",
    fi="päivä",
    ru="день",
    uk="день",
    tr="gün",
)

NUMBER_WORDS = number_words(
    "one two three four five six seven",
    "first second third fourth fifth sixth seventh",
    "1st 2nd 3rd 4th 5th 6th 7th",
    "eins zwei drei vier fünf sechs sieben",
    "erster zweiter dritter vierter fünfter sechster siebter",
    "erste zweite dritte vierte fünfte sechste siebte",
    "premier deuxième troisième quatrième cinquième sixième septième",
    "première seconde troisième quatrième cinquième sixième septième",
    "uno dos tres cuatro cinco seis siete",
    "primer segundo tercer cuarto quinto sexto séptimo",
    "um dois três quatro cinco seis sete",
    "primeiro segundo terceiro quarto quinto sexto sétimo",
    "primo secondo terzo quarto quinto sesto settimo",
    "eerste tweede derde vierde vijfde zesde zevende",
    "pierwszy drugi trzeci czwarty piąty szósty siódmy",
    "первый второй третий четвёртый пятый шестой седьмой",
    "один два три четыре пять шесть семь",
    "перший другий третій четвертий п'ятий шостий сьомий",
    "první druhý třetí čtvrtý pátý šestý sedmý",
    "första andra tredje fjärde femte sjätte sjunde",
    "første anden tredje fjerde femte sjette syvende",
    "ensimmäinen toinen kolmas neljäs viides kuudes seitsemäs",
    "jeden dwa trzy cztery pięć sześć siedem",
    "一 二 三 四 五 六 七",
) | {"четвертый": 4}

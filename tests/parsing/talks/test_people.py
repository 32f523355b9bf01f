import pytest

from talks.parsing import parse_post
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.talks.people import NOBODY, describe, read_people
from talks.parsing.web_addresses import is_profile


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Lisa Guo", [("Lisa Guo", None, None)]),
        ("Luke Marsden (@lmarsden)", [("Luke Marsden", None, "lmarsden")]),
        ("Lisa Guo (Instagram)", [("Lisa Guo", "Instagram", None)]),
        ("Colin Breck of Tesla", [("Colin Breck", "Tesla", None)]),
        ("Casey West @ Pivotal", [("Casey West", "Pivotal", None)]),
        ("Jeff Cole (@jcole) from iLean", [("Jeff Cole", "iLean", "jcole")]),
        ("Mark Reinhold, Chief Architect at Oracle", [("Mark Reinhold", "Oracle", None)]),
        ("Peter Pike, Daily Planet", [("Peter Pike", "Daily Planet", None)]),
        ("Kim Moss - OC Planet", [("Kim Moss", "OC Planet", None)]),
        ("Ann Lee - Bob Roy", [("Ann Lee", None, None), ("Bob Roy", None, None)]),
        ("Xuvo Moss van Acker", [("Xuvo Moss van Acker", None, None)]),
        ("Ann Moss van Acker", [("Ann Moss", "Acker", None)]),
        ("*Ann Lee, Globex* · [slides](https://a.example) · [video](https://b.example)", [("Ann Lee", "Globex", None)]),
        ("Ann Lee (FooConf 2019)", [("Ann Lee", None, None)]),
        ("Ann Lee — FooConf 2019", [("Ann Lee", None, None)]),
        ("Ann Lee (FOSDEM)", [("Ann Lee", None, None)]),
        ("Ann Lee (UB2.252A)", [("Ann Lee", None, None)]),
        ("Ann Lee, Moss devroom", [("Ann Lee", None, None)]),
        ("Ann Lee 🎉 and Bob Roy 🇩🇪", [("Ann Lee", None, None), ("Bob Roy", None, None)]),
        ("Ann Lee and Bob Roy", [("Ann Lee", None, None), ("Bob Roy", None, None)]),
        ("Anna Schmidt und Jonas Müller", [("Anna Schmidt", None, None), ("Jonas Müller", None, None)]),
        ("Ann LEE & Xuvo ROMERA", [("Ann LEE", None, None), ("Xuvo ROMERA", None, None)]),
        ("Ann Lee & Initech", [("Ann Lee", "Initech", None)]),
        ("Ann Lee, Dev Rel @ Initech", [("Ann Lee", "Initech", None)]),
        ("Ann Lee, Gardens Liaison, Initech", [("Ann Lee", "Initech", None)]),
        ("Ann Lee (Initech), Creator MossJS", [("Ann Lee", "Initech", None)]),
        ("Ann Lee, Xuvo K Romera", [("Ann Lee", None, None), ("Xuvo K Romera", None, None)]),
        ("Ann Lee, Bob Roy & Eve Moss", [("Ann Lee", None, None), ("Bob Roy", None, None), ("Eve Moss", None, None)]),
        ("Benoît CURDY, Michael MONNEY et Baptiste FREYDT",
         [("Benoît CURDY", None, None), ("Michael MONNEY", None, None), ("Baptiste FREYDT", None, None)]),
        ("Ann Lee Initech.com", [("Ann Lee", "Initech.com", None)]),
        ("Ann Lee - Lead of Growing, initech", [("Ann Lee", "initech", None)]),
        ("Kin Moss - @kinmoss - 6 May 2015", [("Kin Moss", None, "kinmoss")]),
        ("Kin Moss, cofounder of Initech", [("Kin Moss", "Initech", None)]),
        ("Anna d'Olive", [("Anna d'Olive", None, None)]),
        ("Tariq al-Rashid, Initech", [("Tariq al-Rashid", "Initech", None)]),
        ("João dos Santos e Silva", [("João dos Santos e Silva", None, None)]),
        ("Ana de Souza e Pedro", [("Ana de Souza", None, None), ("Pedro", None, None)]),
        ("Lehmann, Anna", [("Anna Lehmann", None, None)]),
        ("LEE, Ann", [("Ann LEE", None, None)]),
        ("van der Berg, Jan", [("Jan van der Berg", None, None)]),
        ("Lee, Ann; Roy, Bob", [("Ann Lee", None, None), ("Bob Roy", None, None)]),
        ("Ann, Bob", [("Ann", None, None), ("Bob", None, None)]),
        ("Ben Bao, Meta4", [("Ben Bao", "Meta4", None)]),
        ("Ann Lee [Initech]", [("Ann Lee", "Initech", None)]),
        ("Anneliese (Ann) Lee", [("Anneliese Lee", None, None)]),
        ("AM (Annie) Lee (Initech)", [("AM Lee", "Initech", None)]),
        ("Ann Lee (Head of Roofs @ Initech)", [("Ann Lee", "Initech", None)]),
        ("Ann Lee, VP of Roofs, Initech", [("Ann Lee", "Initech", None)]),
        ("Ann Lee (Senior Software Engineer at Initech)", [("Ann Lee", "Initech", None)]),
        ("Ann Lee, Head of Roofs", [("Ann Lee", "Head of Roofs", None)]),
        ("Dr. Stephen Cave", [("Stephen Cave", None, None)]),
        ("Theo van Hoesel", [("Theo van Hoesel", None, None)]),
        ("Philipp\u00a0Garbe", [("Philipp Garbe", None, None)]),
        ("@pinchito", [("pinchito", None, "pinchito")]),
        ("山田太郎さん", [("山田太郎", None, None)]),
        ("Ann Leeのお話", [("Ann Lee", None, None)]),
        ("黃小明 / Initech Research Scientist", [("黃小明", "Initech Research Scientist", None)]),
        ("吳小明 / 花園大學園藝系教授", [("吳小明", "花園大學園藝系教授", None)]),
        ("Ann Lee, core gardner and Roof Council member",
         [("Ann Lee", "core gardner and Roof Council member", None)]),
        ("Ann Lee, developer and Bob Roy, designer", [("Ann Lee", "developer", None), ("Bob Roy", "designer", None)]),
        ("Ann Lee, Editor-in-Chief, Roof Magazine", [("Ann Lee", "Roof Magazine", None)]),
        ("Jishnu Das, University of Moss", [("Jishnu Das", "University of Moss", None)]),
        ("[Ann Lee](https://twitter.com/annlee), [Initech](https://initech.example/)",
         [("Ann Lee", "Initech", "annlee")]),
        ("[Ann Lee](https://twitter.com/annlee), [Robert](https://github.com/robert)",
         [("Ann Lee", None, "annlee"), ("Robert", None, None)]),
        ("Ann Lee -- twitter @annlee --company: Initech", [("Ann Lee", "Initech", "annlee")]),
        ("Rev. Ann Lee", [("Ann Lee", None, None)]),
        ("Ann Lee, engineer at Initech (in Moss, WI)", [("Ann Lee", "Initech (in Moss, WI)", None)]),
        ("Rev Mossi", [("Rev Mossi", None, None)]),
        ("Ann Seymour-Lock", [("Ann Seymour-Lock", None, None)]),
        ("Ann Lee - Lead Gardener and Engineer, Roof Inc.", [("Ann Lee", "Roof Inc", None)]),
        ("Sunjit Mossi - Sr Engineer, Roofs - Initech", [("Sunjit Mossi", "Initech", None)]),
        ("Ann Lee's", [("Ann Lee", None, None)]),
        ("Effi Mossi (Roof Foundation), Alexandros Kin (Roof Foundation)",
         [("Effi Mossi", "Roof Foundation", None), ("Alexandros Kin", "Roof Foundation", None)]),
        ("Blasi Mossa y Roca (Initech Research)", [("Blasi Mossa y Roca", "Initech Research", None)]),
        ("Ana Mossa y Roca de Initech", [("Ana Mossa y Roca", "Initech", None)]),
        ("Josep Moss i Roca", [("Josep Moss i Roca", None, None)]),
        ("Ana Mossa y Luis Roca", [("Ana Mossa", None, None), ("Luis Roca", None, None)]),
        ("Ana Mossa y Pedro", [("Ana Mossa", None, None), ("Pedro", None, None)]),
        ("Susan E Moss", [("Susan E Moss", None, None)]),
        ("ANA Y LUIS", [("ANA", None, None), ("LUIS", None, None)]),
        ("Kin Moss, Round Off", [("Kin Moss", "Round Off", None)]),
        ("まずは主催者山田君の発表", [("山田", None, None)]),
        ("두번째는 김민수님", [("김민수", None, None)]),
        ("はるかさん", [("はるか", None, None)]),
        ("苔尾 剛 さん", [("苔尾 剛", None, None)]),
        ("苔部　光行氏", [("苔部 光行", None, None)]),
        ("株式会社モス 山田 太郎さん", [("山田 太郎", "株式会社モス", None)]),
        ("富士苔 山田さん", [("山田", "富士苔", None)]),
        ("開発部 苔尾さん", [("苔尾", "開発部", None)]),
        ("Initech 山田さん、田中さん", [("山田", "Initech", None), ("田中", None, None)]),
        ("@mossistさん", [("mossist", None, "mossist")]),
        ("@mossist 김민수", [("김민수", None, "mossist")]),
        ("Initech Roofs 김민수/이영희", [("김민수", "Initech Roofs", None), ("이영희", None, None)]),
        ("모스코리아 박서연", [("박서연", "모스코리아", None)]),
        ("山田 太郎", [("山田 太郎", None, None)]),
        ("Štěpán Moss, Vít Rocha", [("Štěpán Moss", None, None), ("Vít Rocha", None, None)]),
    ],
)  # fmt: skip
def test_names_with_company_and_handle_are_read(text, people):
    found = read_people(text)
    assert [(s.name, s.affiliation, s.handle) for s in found.speakers] == people
    assert found.score >= 0.45


@pytest.mark.parametrize(
    "text",
    [
        "Kubernetes",
        "Java, Scala, Go, C",
        "Reactive Spring",
        "A bus tour through the core",
        "the Go Team",
        "Node.js and React",
        "QCon London",
        "GitHub",
        "West Ballrooms",
        "Wide JPEGs",
        "DOM Mosses",
        "United States",
        "2017",
        "事前準備",
        "Roofsを用いてMossesを育てる",
        "苔の会の終了後に開催されたmossさん",
        "지붕 최적화",
        "",
        "a" * 5000,
    ],
)
def test_phrases_that_are_no_names_hardly_score_as_people(text):
    assert read_people(text).score < 0.55


@pytest.mark.parametrize(
    ("text", "affiliation"), [("Sunjit Mossi, UC Acme", "UC Acme"), ("Kin Moss, Initech", "Initech")]
)
def test_a_company_after_an_unknown_name_is_recognised(text, affiliation):
    (speaker,) = read_people(text).speakers
    assert speaker.affiliation == affiliation


def test_a_role_in_chinese_describes_the_person_before_it():
    assert [speaker.name for speaker in read_people("陈连平，独立研究员、顾问").speakers] == ["陈连平"]


def test_a_sentence_after_a_name_is_no_company():
    assert [each.affiliation for each in read_people("Ann Lee, a gardener gave a talk on").speakers] == [None]


@pytest.mark.parametrize("remark", ["about moss in winter", "whom I asked a lot", "Ann's talk was long"])
def test_a_remark_on_the_talk_is_no_company(remark):
    assert [each.affiliation for each in read_people(f"Ann Lee, {remark}").speakers] == [None]
    assert describe(ParsedSpeaker("Ann Lee"), remark).affiliation is None


def test_companies_called_about_you_or_in_groupe_are_affiliations():
    assert [describe(ParsedSpeaker("Ann"), name).affiliation for name in ("About You", "IN Groupe", "In-Q-Tel")] == [
        "About You",
        "IN Groupe",
        "In-Q-Tel",
    ]


def test_a_nickname_in_quotes_is_part_of_the_name():
    assert [each.name for each in read_people('Zorana "Moss" Quist, Initech').speakers] == ['Zorana "Moss" Quist']
    assert weigh_name('Zorana "Moss" Quist') == weigh_name("Zorana Quist")
    assert weigh_name('Gardens "in" winter') == 0


def test_a_country_after_a_name_is_no_company():
    assert [speaker.affiliation for speaker in read_people("Tel Moss, Israel").speakers] == [None, None]


def test_links_of_names_give_people_their_addresses_and_handles():
    (speaker,) = read_people('[Ann Lee](https://twitter.com/annlee){:target="_blank"}').speakers
    assert (speaker.name, speaker.url, speaker.handle) == ("Ann Lee", "https://twitter.com/annlee", "annlee")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://twitter.com/annlee", True),
        ("https://www.linkedin.com/in/ann-lee/", True),
        ("https://github.com/annlee", True),
        ("https://github.com/annlee/project", False),
        ("https://example.org/annlee", False),
        ("https://example.org/2019/speakers/ann-lee/", True),
        ("https://example.org/speakers/#ann-lee", True),
        ("https://example.org/speakers/", False),
        ("https://example.org/speakers/ann-lee/moss", False),
    ],
)
def test_only_addresses_of_personal_profiles_are_recognised_as_profiles(url, expected):
    assert is_profile(url) is expected


def test_known_names_weigh_most_and_terms_least():
    assert weigh_name("Ann Lee") > weigh_name("Xyzzy Plugh") > weigh_name("Data Mesh")


@pytest.mark.parametrize("initial", ["A.", "C.", "I.", "O.", "W.", "Z."])
def test_initials_that_are_also_words_begin_names(initial):
    """ "A" is an article and "C" a language."""
    assert weigh_name(f"{initial} Lindqvist") == weigh_name("B. Lindqvist") > 0.5


@pytest.mark.parametrize("text", ["A Lindqvist", "I Lindqvist", "The Lindqvist"])
def test_articles_and_pronouns_begin_no_names(text):
    assert weigh_name(text) == 0


def test_everyday_words_are_surnames_behind_known_given_names_alone():
    assert weigh_name("Xyzzy Worldwide") < 0.2 < weigh_name("Xyzzy Plugh")
    assert weigh_name("Ann Worldwide") > 0.9


@pytest.mark.parametrize("surname", ["Basic", "Bridges", "Bring", "Cutting", "Lacks", "Must", "Parent"])
def test_surnames_that_are_also_words_follow_unknown_given_names(surname):
    assert weigh_name(f"Xyzzy {surname}") == weigh_name("Xyzzy Plugh")


@pytest.mark.parametrize("name", ["Сергей Рощин", "Пётр Рощин", "Петр Рощин", "Séverine Roche", "Jean-François Roche"])
def test_given_names_are_known_with_their_accents_and_without(name):
    assert weigh_name(name) > 0.9


@pytest.mark.parametrize("name", ["Brenda", "Nigel", "Maureen", "Corentin", "Carlota", "Harinder", "Iryna", "Rutger"])
def test_given_names_of_many_languages_are_known(name):
    assert weigh_name(f"{name} Plugh") > 0.9


@pytest.mark.parametrize(
    "text", ["Edit Gardens", "Loan Words", "Kenya Airways", "ESA Rosetta", "Nur Mut", "Kalman Filters"]
)
def test_names_that_begin_with_an_ordinary_word_are_less_sure(text):
    assert weigh_name(text) < 0.9


def test_acronyms_begin_no_name_but_names_may_be_in_capitals():
    assert weigh_name("DOM Trees") < 0.5
    assert [weigh_name(name) > 0.9 for name in ("LEE Ann", "ANN Lee", "ANN LEE")] == [True, True, True]


def test_full_names_score_higher_than_first_names():
    assert weigh_name("Ann Lee") > weigh_name("Ann")


@pytest.mark.parametrize(("text", "name"), [("Dr Lee", "Lee"), ("Mr Shannon", "Shannon"), ("M. Shannon", "M. Shannon")])
def test_honorifics_without_a_full_stop_belong_to_no_name(text, name):
    assert [speaker.name for speaker in read_people(text).speakers] == [name]


def test_a_surname_that_looks_like_a_university_is_a_persons():
    assert [speaker.name for speaker in read_people("Ann Lee & Stephen Tu").speakers] == ["Ann Lee", "Stephen Tu"]
    assert [speaker.affiliation for speaker in read_people("Ann Lee & Bob Roy, MIT").speakers] == [None, "MIT"]


def test_initials_before_a_surname_are_a_name():
    text = "# GardenConf 2019\n\n## Moss in winter (J.R. Smith)\n\n* green\n\n## Roses for all - Eve Stein\n\n* red\n"
    (talk, _) = parse_post(text, name="gardenconf-2019.md").talks
    assert (talk.title, [each.name for each in talk.speakers]) == ("Moss in winter", ["J.R. Smith"])


def test_a_known_given_name_stays_known_behind_initials():
    assert weigh_name("Prof. Ann Moss. Nice") == 0.0 < weigh_name("Prof. Dr. Ann Lee")
    assert weigh_name("P. Ann Lee") == weigh_name("Ann Lee") > weigh_name("P. Q. Lee") > 0.5


def test_an_affiliation_ends_before_a_verb_in_small_letters():
    found = [read_people(f"Ann Lee from Acme Gardens {verb} on ferns").speakers for verb in ("talked", "Talks")]
    assert [speaker.affiliation for [speaker] in found] == ["Acme Gardens", "Acme Gardens Talks on ferns"]


def test_a_label_before_a_handle_is_no_name():
    assert [(each.name, each.handle) for each in read_people("Twiter: @annlee").speakers] == [("annlee", "annlee")]
    assert [(each.name, each.handle) for each in read_people("Ann: @annlee").speakers] == [("Ann", "annlee")]


def test_quoted_titles_in_a_persons_description_are_no_second_person():
    text = 'Ann Lee, President at Moss Studios, author of "Green Walls", "Silent Stones"'
    assert [speaker.name for speaker in read_people(text).speakers] == ["Ann Lee"]


@pytest.mark.parametrize("text", ["TBA", "Unknown", "Unknown Speaker", "N/A", "TBD", "Various", "Various Speakers"])
def test_words_for_an_unknown_speaker_name_nobody(text):
    assert read_people(text) == NOBODY
    talk = f"# MossConf 2019\n\n## Walls of moss\n\nSpeaker: {text}\n\n* moss is green\n\n"
    first, _ = parse_post(talk + "## Ferns - Ann Lee\n\n* ferns are old", name="moss.md").talks
    assert first.speakers == ()
    matter = f"---\ntitle: Walls of moss\nevent: MossConf 2019\nspeaker: {text}\n---\n\n* moss is green"
    assert [talk.speakers for talk in parse_post(matter, name="moss.md").talks] == [()]


def test_an_article_before_a_lowercase_word_begins_no_name():
    assert read_people("les mousses").speakers == ()
    assert read_people("(https://moss.example)").speakers == ()
    assert [speaker.name for speaker in read_people("ann mousse").speakers] == ["ann mousse"]


@pytest.mark.parametrize("text", ["陈连平，独立研究员、顾问", "宫静，海云苔，技术专家"])
def test_company_and_role_behind_a_chinese_name_are_no_people(text):
    assert [speaker.name for speaker in read_people(text).speakers] == [text.partition("，")[0]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Initech's Ann Lee", [("Ann Lee", "Initech")]),
        ("Moss Robots’ Ann Lee", [("Ann Lee", "Moss Robots")]),
        ("김민수 모스코리아 CTO", [("김민수", "모스코리아 CTO")]),
        ("Кай Веттер, Университет Акме", [("Кай Веттер", "Университет Акме")]),
        ("Acme U", []),
        ("U of Acme", []),
        ("U South Acme", []),
    ],
)
def test_companies_before_a_genitive_and_universities_are_no_people(text, people):
    assert [(speaker.name, speaker.affiliation) for speaker in read_people(text).speakers] == people


def test_remarks_in_braces_behind_names_do_not_belong_to_them():
    people = read_people("Ann Lee, Zora Quillby and Bob Roy {best paper}").speakers
    assert [(each.name, each.affiliation) for each in people] == [
        ("Ann Lee", None),
        ("Zora Quillby", None),
        ("Bob Roy", None),
    ]


@pytest.mark.parametrize("slot", ["9:15 am", "13:00", "10:30 - 11:15", "2:15pm"])
def test_the_time_of_a_talk_behind_names_is_no_company(slot):
    [speaker] = read_people(f"Ann Lee, {slot}").speakers
    assert (speaker.name, speaker.affiliation) == ("Ann Lee", None)
    assert describe(ParsedSpeaker("Ann Lee", affiliation="Initech"), slot).affiliation == "Initech"


def test_a_company_with_numbers_is_no_time():
    assert [describe(ParsedSpeaker("Ann"), name).affiliation for name in ("37 Gardens", "Meta4", "Level 9 Ltd")] == [
        "37 Gardens",
        "Meta4",
        "Level 9 Ltd",
    ]


@pytest.mark.parametrize("text", ["Last December", "Moss Automatically", "External Mosses", "Mossy Coroutines"])
def test_phrases_with_common_words_are_no_names(text):
    assert weigh_name(text) == 0


@pytest.mark.parametrize(
    "text", ["Ярослав Кравченко и Иван Петров", "Anna Nowak oraz Piotr Kowalski", "Mehmet Yılmaz ve Ayşe Kaya"]
)
def test_names_are_joined_in_russian_polish_and_turkish(text):
    assert len(read_people(text).speakers) == 2

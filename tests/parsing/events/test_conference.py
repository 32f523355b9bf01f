import pytest

from talks.parsing import parse_post
from talks.parsing.metadata.folder_facts import FolderFacts, read_head, weigh_folder
from talks.parsing.metadata.path_events import BESIDE_YEAR, PathEvent
from talks.parsing.records import ParsedConference


def conference(title: str, body: str = "Text of talks.", name: str = "post.md", **front: str):
    lines = [f"title: {title!r}".replace('"', "'"), *(f"{key}: {value}" for key, value in front.items())]
    found = parse_post("\n".join(["---", *lines, "---", body]), name=name).conference
    return found and (found.series, found.year)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Takeaways from QCon London 2017 – Day 2", ("QCon London", 2017)),
        ("PyCon US 2015: my notes", ("PyCon US", 2015)),
        ("GOTO Berlin 2015 – Day 1", ("GOTO Berlin", 2015)),
        ("re:Invent '19 recap", ("AWS re:Invent", 2019)),
        ("My 2018 DjangoCon US in review", ("DjangoCon US", 2018)),
        ("PGCon2010 — Day Two", ("PGCon", 2010)),
        ("devoxx Belgium 2017 - Day 1", ("Devoxx Belgium", 2017)),
        ("Retour sur Devoxx France 2019", ("Devoxx France", 2019)),
        ("Rückblick auf die JavaLand 2018", ("JavaLand", 2018)),
        ("Google I/O 2018に参加しました", ("Google I/O", 2018)),
        ("QCon 北京 2018 参会笔记", ("QCon 北京", 2018)),
        ("wroc_love.rb 2017 part 1", ("wroc_love.rb", 2017)),
        ("The Perl and Raku Conference 2024", ("Perl and Raku Conference", 2024)),
        ("Spring I/O 2016", ("Spring I/O", 2016)),
        ("PyCon AU 2015 Wrap Up", ("PyCon AU", 2015)),
        ("FooCon + BarCon North America 2020", ("FooCon + BarCon North America", 2020)),
        ("CR Foo Conférence 2015", ("Foo Conférence", 2015)),
        ("Eve #FooKaigi 2019 Day3", ("FooKaigi", 2019)),
        ("glassmorze - konferencja o morzu 2013", ("glassmorze", 2013)),
        ("GardenCon2014China: report", ("GardenCon China", 2014)),
        ("MOSS19 Oslo", ("MOSS Oslo", 2019)),
        ("NMOS najaarsconferentie 2022", ("NMOS", 2022)),
        ("#30g3 Day 1 2013", ("30g3", 2013)),
        ("#30c3 Day 1", ("Chaos Communication Congress", 2013)),
        ("What I saw at DEF CON 24", ("DEF CON", 2016)),
        ("Chrome dev summit 2018 - Day 2", ("Chrome Dev Summit", 2018)),
        ("Modern Web Summit 2016", ("Modern Web Summit", 2016)),
        ("2017/11/10 人工花園年會 Day 2", ("人工花園年會", 2017)),
        ("DjangoCon EU 2019", ("DjangoCon Europe", 2019)),
        ("2014年9月海边技术沙龙深圳场活动回顾", ("海边技术沙龙", 2014)),
        ("Evento–GardenStack 2015", ("GardenStack", 2015)),
        ("Day 1—MossLand 2019", ("MossLand", 2019)),
        ("2019-Moss-Summit", ("Moss Summit", 2019)),
        ("WWDC22: what is new", ("WWDC", 2022)),
        ("GardenConf'19 in short", ("GardenConf", 2019)),
        ("SCaLE 11x, my notes", ("SCALE", 2013)),
        ("IETF 95 notes", ("IETF", 2016)),
        ("Podsumowanie MossFest Oslo 2014", ("MossFest Oslo", 2014)),
        ("Dojmy MossFest Oslo 2014", ("MossFest Oslo", 2014)),
        ("Sammanfattning MossFest 2014", ("MossFest", 2014)),
        ("Surviving MossFest '14", ("MossFest", 2014)),
        ("Digesting MossFest 2014", ("MossFest", 2014)),
        ("Verslag MossFest 2014", ("MossFest", 2014)),
        ("Impressioni MossFest 2014", ("MossFest", 2014)),
        ("Впечатления MossFest 2014", ("MossFest", 2014)),
        ("参加記 MossFest 2014", ("MossFest", 2014)),
        ("参会总结 MossFest 2014", ("MossFest", 2014)),
        ("Primeiro dia de MossFest 2014", ("MossFest", 2014)),
        ("Zážitky z MossExpo 2014", ("MossExpo", 2014)),
        ("Laporan MossFest 2014", ("MossFest", 2014)),
        ("GardenCon19China: report", ("GardenCon China", 2019)),
        ("Systems@Scale 2019", ("Systems@Scale", 2019)),
        ("Retour sur le Forum PHP 2018", ("Forum PHP", 2018)),
        ("BarCamp Oslo 2014", ("BarCamp Oslo", 2014)),
        ("Último dia do FISL11", ("FISL", 2010)),
        ("Moss.py 20160421 Meetup Note", ("Moss.py", 2016)),
        ("Some Musings From Moss Stage 2021", ("Moss Stage", 2021)),
        ("Eve's JavaLand 2022 Session Picks", ("JavaLand", 2022)),
        ("Moss conference Oslo 2017", ("Moss Oslo", 2017)),
        ("Oracle Code One 2019", ("Oracle Code One", 2019)),
        ("2012 Conferences", None),
        ("Looking back at 2013", None),
        ("MossLand im Jahr 2014", None),
    ],
)
def test_the_conference_is_read_from_the_title(title, expected):
    assert conference(title) == expected


@pytest.mark.parametrize(
    ("title", "body", "date", "expected"),
    [
        ("FooConf recap", "Text.", "2016-05-05", ("FooConf", 2016)),
        ("BarCamp Oslo 7", "My first BarCamp.\n\n# Un-conference\n\nText.", "2009-11-09", ("BarCamp Oslo", 2009)),
        ("What I saw at BarCamp", "Text.", "2006-10-03", ("BarCamp", 2006)),
        ("Strange Gardens recap", "Text.", "2016-05-05", ("Strange Gardens", 2016)),
        ("Strange Gardens: Day 2", "Text.", "2016-05-05", ("Strange Gardens", 2016)),
        ("Notes from Strange Gardens", "Text.", "2016-05-05", ("Strange Gardens", 2016)),
        ("Notes from last week", "Text.", "2016-05-05", None),
        ("Release notes", "Text.", "2016-05-05", None),
        ("Raw Notes: roses in winter", "Text.", "2016-05-05", None),
        ("Previous conferences", "Text.", "2016-05-05", None),
        ("MGN Report: roses in winter", "Text.", "2016-05-05", ("MGN", 2016)),
        ("Progress report: roses in winter", "Text.", "2016-05-05", None),
        ("Smashing conference", "I went to Smashing conference.", "2012-10-02", ("Smashing Conf", 2012)),
        ("Moss", "In Moss Maker 1996 the conference of roses was drawn.", "2015-08-21", None),
        ("GardenConf report", "In Bar I saw what GardenConf 1999 only hoped for.", "2019-11-04", ("GardenConf", 2019)),
        ("RubyConf links", "RubyConf was good. The 2016 conference will be in Bar.", "2015-12-08", ("RubyConf", 2015)),
        ("FooConf Oslo - 2019", "Text.\n\n## Speak at FooConf 2020", "2020-01-09", ("FooConf", 2019)),
        ("在Moss Gathering", "Text.", "2016-05-05", ("Moss Gathering", 2016)),
        ("Moss Garden Daysに参加してきました", "Text.", "2016-05-05", ("Moss Garden Days", 2016)),
        ("Ann's conference notes", "Text.", "2016-05-05", None),
        ("Repository for conference notes", "Text.", "2016-05-05", None),
        ("What 2016's Moss Changes mean", "At a conference.", "2016-05-05", None),
        ("What I learnt", "Last week I went to FooFest 2015 in Bar.", "2015-06-01", ("FooFest", 2015)),
        (
            "code.talks: code & nachos",
            "We attended the `code.talks` developer conference.",
            "2015-10-28",
            ("code.talks", 2015),
        ),
    ],
)
def test_the_title_or_text_names_the_conference(title, body, date, expected):
    assert conference(title, body, date=date) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Roses", 2022), ("Roses at WWDC 2021", 2021)],
)
def test_an_edition_in_the_text_does_not_override_folders_year(title, expected):
    """An edition that only the text tells of is not the one that a post in the folder of an event is about."""
    text = f"# {title}\n\nRoses were new in WWDC 2021.\n\n- Water less\n"
    assert parse_post(text, name="wwdc-notes/2022/roses.md").conference.year == expected


def test_the_file_name_gives_the_year_behind_the_event():
    text = "# Roses\n\nSpringOne is old: in 2006 nobody knew it.\n\n- Water less\n"
    assert parse_post(text, name="notes/spring-one-2019-roses.md").conference.year == 2019


@pytest.mark.parametrize(
    "rows",
    [
        "- Speaker: Ann Lee\n- Conference: Moss Days 2019",
        "Speaker: Ann Lee\nEvent: Moss Days 2019",
        "**Event:** Moss Days, 2019",
        "> Ann Lee @ Moss Days 2019",
        "- Ann Lee\n- Moss Days 2019",
        "Veranstaltung: Moss Days 2019",
    ],
)
def test_rows_at_the_top_name_the_event(rows):
    text = f"# Gardens in winter\n\n{rows}\n\n## Notes\n\n- Water less\n"
    found = parse_post(text, name="talks/x.md").conference
    assert (found.series, found.year) == ("Moss Days", 2019)


@pytest.mark.parametrize(
    "row", ["Event: click", "- Meetup: tbd", "Conference: <https://moss.example/2019>", "Rivals: Moss Days"]
)
def test_rows_at_the_top_without_a_name_are_no_event(row):
    assert parse_post(f"# Gardens in winter\n\n{row}\n\n## Notes\n\n- Water less\n", name="x.md").conference is None


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("tags: [fosdem]", ("FOSDEM", 2020)),
        ("tags: [gardenconf2019]", ("gardenconf", 2019)),
        ("categories: MossMeeting2017", ("MossMeeting", 2017)),
        ("categories: [meetups/moss-evening]", ("Moss Evening", 2020)),
        ("categories: [North Sea Moss meeting]", ("North Sea Moss meeting", 2020)),
        ('categories: "gardens, FOSDEM"', ("FOSDEM", 2020)),
        ("categories: [Team meeting]", None),
        ("tags: [conference, python]", None),
        ("tags: [pycon, djangocon]", None),
        ("categories: [notes, 2017]", None),
    ],
)
def test_tags_name_the_event_if_just_one_is_a_name(front, expected):
    text = f"---\ntitle: Gardens in winter\ndate: 2020-02-02\n{front}\n---\n\n- Water less\n"
    found = parse_post(text, name="x.md").conference
    assert (found and (found.series, found.year)) == expected


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("The Garden", "The Garden (1999) is a film of plants."),
        ("Predictions for 2026", "Plants will grow."),
        ("The importance of gardens in 2026", "Plants will grow."),
        ("Why pruning is over", "Eve Moss's 2009 pyramid of trees is over."),
    ],
)
def test_a_year_beside_words_does_not_make_them_an_event(title, body):
    assert conference(title, body) is None


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Testing Days 2019", ("Testing Days", 2019)), ("Predictions for 2026", None), ("The Garden (1999)", None)],
)
def test_name_and_year_in_the_first_heading_are_an_event(heading, expected):
    found = parse_post(f"# {heading}\n\n## Boxes on Ships\n\n- Small ones sink\n", name="x.md").conference
    assert (found and (found.series, found.year)) == expected


@pytest.mark.parametrize(
    "path", ["topics/adaptive-gardens_2025.md", "conference-notes/tall-moss-and-green-soil-2025.md"]
)
def test_files_named_after_title_and_year_name_no_event(path):
    assert parse_post("# How we water\n\nby Ann Lee\n\n- Less\n", name=path).conference is None


def test_known_series_in_a_title_count_unless_in_small_letters():
    """A series such as "strange loop" is also words, which only capitals make a name."""
    assert conference("My FOSDEM in pictures", date="2020-02-02") == ("FOSDEM", 2020)
    assert conference("We build gardens, then goto bed", date="2020-02-02") is None


def test_a_name_after_the_word_conference_is_the_event():
    body = "La conférence [Jar-DIN](https://jardin.example) s'est tenue en avril 2013. C'était bien."
    assert conference("Jar-DIN, c'était bien", body, date="2013-05-08") == ("Jar-DIN", 2013)


@pytest.mark.parametrize(
    ("title", "body", "tags", "expected"),
    [
        ("Garden Kaigi on Rails", "Text.", "gardenkaigionrails", ("Garden Kaigi on Rails", 2019)),
        ("We are at MAA", "See [MAA](http://maa2018.example/session).", "x", ("MAA", 2018)),
        ("We are at Moss on Trees", "See <https://mossontrees.example/2018/>.", "x", ("Moss on Trees", 2018)),
        ("We are at MAA", "See [MAA](http://maa.example/2018/moss).", "x", None),
        ("We are at MAA", "See [it](http://trees2018.example/).", "x", None),
        ("Mossland, la plus ancienne des conférences", "Text.", "mossland", ("Mossland", 2019)),
        ("Mossland, what a conference", "Text.", "mossland", None),
        ("Resumo do 15 Encontro Mossland", "Text.", "x", ("Encontro Mossland", 2019)),
        ("XIV Jornadas de Moss Libre", "Text.", "x", ("Jornadas de Moss Libre", 2019)),
        ("FOSDEM Japan is near", "Text.", "x", ("FOSDEM Japan", 2019)),
        ("Opinion: Moss in MA 2018", "I was at [*Moss in MA*][1].", "x", ("Moss in MA", 2018)),
        (
            "Review of MossCampus Oslo",
            "Another edition of **[MossCampus](http://m.example)**.",
            "talks",
            ("MossCampus", 2019),
        ),
        ("Review of Soil Almanac", "I read the third edition of Soil Almanac.", "books", None),
        ("Wednesday at #MGA19", "Text.", "talks", ("MGA", 2019)),
        ("Wednesday at #MGA17", "Text.", "talks", None),
        ("大苔Ruby会議03に参加してきた", "RubyKaigi のメモ", "rubykaigi", ("大苔Ruby会議", 2019)),
        ("苔ガーデン勉強会 #3 メモ", "メモ", "x", ("苔ガーデン勉強会", 2019)),
        ("[Moss]moss.tokyo #11 参加メモ #mosstokyo", "メモ", "x", ("moss.tokyo", 2019)),
        ("Green Moss Growers JP 第1回勉強会 参加メモ", "メモ", "x", ("Green Moss Growers JP", 2019)),
        ("Green Moss Online #1 に参加して水やりを学んだ", "メモ", "x", ("Green Moss Online", 2019)),
        ("Moss 10 Year Party in Tokyo参加メモ", "メモ", "x", ("Moss 10 Year Party in Tokyo", 2019)),
        ("Moss入門 第3章を読んだ", "メモ", "x", None),
        ("苔ガーデン会議 10のコツ", "メモ", "x", None),
        ("苔ガーデン会議5選", "メモ", "x", None),
    ],
)
def test_addresses_emphasis_or_tags_confirm_an_events_name_in_titles(title, body, tags, expected):
    assert conference(title, body, date="2019-05-08", tags=f"[{tags}]") == expected


def test_a_long_name_in_title_outdoes_its_repeated_first_word():
    body = "The GardenCon conference! I went to GardenCon. GardenCon is good. GardenCon again."
    assert conference("A recap of GardenCon UK 2019", body, tags="[GardenCon]") == ("GardenCon UK", 2019)


def test_a_title_ending_in_conference_needs_a_date_below():
    text = "# Dry moss and lichens conference\n\nOslo, September 28, 2018\n\n## Ann Lee\n\n* Moss is green\n"
    found = parse_post(text, name="moss.md").conference
    assert (found.series, found.year) == ("Dry moss and lichens conference", 2018)
    assert parse_post(text.replace("Oslo, September 28, 2018", "A text."), name="moss.md").conference is None
    assert parse_post(text.replace("Dry", "How to plan a"), name="moss.md").conference is None


def test_days_of_the_event_in_top_headings_give_the_year():
    rows = ("## Open Moss Conference", "### The 6th edition", "#### April 15th and 16th, 2019", "#### Day 1")
    text = "\n\n".join(rows)
    found = parse_post(text, name="moss.md").conference
    assert (found.series, found.year) == ("Open Moss Conference", 2019)


def test_a_file_called_by_event_and_year_overrides_its_folder():
    text = "# MGA 2020\n\n* Moss\n"
    for name, expected in (("Eve_Conference_Notes/MGA2020.md", "MGA"), ("Eve_Conference_Notes/a.md", "Eve Conference")):
        assert parse_post(text, name=name).conference.series == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Initech October 2018: moss was found.", None),
        ("It was in Zeit Ende 2006/Anfang 2007.", None),
        ("In 2018 we were at GardenConf October 2018.", ("GardenConf", 2018)),
    ],
)
def test_years_behind_months_or_seasons_tell_of_no_event(text, expected):
    assert conference("Talks on moss", text) == expected


@pytest.mark.parametrize(
    "opening", ["2015-05-11 10:00\nAnn Lee", "11.05.2015", "- 19/11/2015, room 2", "Monday, May 11, 2015"]
)
def test_a_date_in_the_first_rows_gives_the_conferences_year(opening):
    found = parse_post(f"# Moss in winter\n\n{opening}\n\n## Soil\n\n- wet\n", name="gardenconf/x.md").conference
    assert (found.series, found.year) == ("Gardenconf", 2015)


def test_a_folder_above_days_is_an_event_if_speakers_follow():
    text = "# Day 2 - September 25th, 2018\n\n## Moss in winter\n\n- **Speaker**: Ann Lee\n- Water less\n"
    found = parse_post(text, name="annlee2009/MossWorld_X/Day_02/README.md").conference
    assert (found.series, found.year) == ("MossWorld X", 2018)
    text = "# Day 2\n\n## Loops\n\n- They end\n"
    assert parse_post(text, name="annlee2009/MossCourse/Day_02/README.md").conference is None


@pytest.mark.parametrize(
    "title",
    [
        *("2011/10/22 Knowing Things", "October 22, 2011 Knowing Things", "22 October 2011 Knowing Things"),
        *("2017 Retrospect", "Since 2019"),
    ],
)
def test_words_behind_dates_or_about_years_name_no_event(title):
    assert conference(title, "The talk was about moss.") is None


def test_addresses_in_the_row_of_an_event_are_no_names():
    body = "* Event: https://example.org/Moss-Night/events/60/\n\n## Moss\n\n* Speaker: Ann Lee\n"
    assert conference("May 23, 2012", body) is None
    assert conference("May 23, 2012", body.replace("Event: ", "Event: MossNight ")) == ("MossNight", 2012)


def test_a_name_in_the_path_alone_is_no_event():
    text = "---\ntitle: Nachlese Gartenpflege\n---\nEs war ein Vortrag.\n"
    assert parse_post(text, name="2007/02/2007-02-05-nachlese_garten/index.md").conference is None


def test_a_person_after_the_word_conference_is_no_event():
    assert conference("Deux jours à Lyon", "La conférence Bruno Dupont m'a plu.", date="2013-05-08") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [("GR2014_June11.md", ("GR", 2014)), ("june-11.md", None), ("GR2015.md", None)],
)
def test_two_capitals_name_an_event_if_heading_and_file_agree(name, expected):
    """Together they name an event only if the name of the file has them too."""
    found = parse_post("## GR 2014 - June 11\n\n### Moss\n\n* It is green\n", name=name).conference
    assert (found and (found.series, found.year)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("spring-one-2019-moss.md", ("SpringOne", 2019)), ("spring-2019-one-moss.md", None)],
)
def test_only_neighbouring_words_in_file_names_are_a_known_series(name, expected):
    found = parse_post("Ann Lee\n===\n\n* Moss is green\n", name=f"notes/{name}").conference
    assert (found and (found.series, found.year)) == expected


def test_a_person_beside_a_year_does_not_override_paths_event():
    text = "# How moss grows\n\nBetter than what Uncle Bob 2012 had.\n"
    found = parse_post(text, name="2015-11-16-gardenconf-how-moss-grows.md").conference
    assert (found.series, found.year) == ("Gardenconf", 2015)


def test_titles_of_name_and_year_override_folders_of_unknown_series():
    assert conference("Mossview 2019", name="seminar/mosveiw2019/README.md") == ("Mossview", 2019)
    assert conference("Mossview 2019", name="seminar/pycon2019/README.md") == ("PyCon", 2019)


def test_a_doubtful_event_needs_both_folder_and_heading():
    text = "# MossPHP: Pruning\n\nAnn Lee\n\n* cut\n"
    found = parse_post(text, name="2016/MossPHP/Day 2/Pruning.md").conference
    assert (found.series, found.year) == ("MossPHP", 2016)
    assert parse_post(text, name="Pruning.md").conference is None


@pytest.mark.parametrize(("tag", "expected"), [("mossview", ("Mossview", 2020)), ("moss", None)])
def test_only_tags_that_are_whole_names_support_events_in_texts(tag, expected):
    text = f"---\ntitle: Three days of moss\ndate: 2020-02-02\ntags: [{tag}]\n---\nI was at Mossview this week.\n"
    found = parse_post(text, name="x.md").conference
    assert (found and (found.series, found.year)) == expected


def test_a_title_without_the_conferences_name_gives_its_year():
    text = "---\ntitle: A 2015 of moss\n---\nI was at FooConf.\n\n## Moss by Ann Lee\n\n- Moss is green\n"
    found = parse_post(text, name="fooconf.md").conference
    assert (found.series, found.year) == ("FooConf", 2015)


def test_the_conference_is_read_from_the_path():
    assert conference("Keynote", name="notes/qcon-london-2017/day-2.md") == ("QCon London", 2017)


@pytest.mark.parametrize(
    "title", ["How to bake bread", "My year in books", "March 2017", "Constructive Code Review", "File PDF con Moss"]
)
def test_posts_without_an_event_name_have_no_conference(title):
    assert conference(title) is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("notes/gardenconf/On the beauty of moss.md", ("Gardenconf", None)),
        ("notes/2015-11-15-gardenconf-on-the-beauty-of-moss.md", ("Gardenconf", 2015)),
        ("notes/beacon/On the beauty of moss.md", None),
        ("notes/tobacco/On the beauty of moss.md", None),
    ],
)
def test_a_path_names_an_event_only_by_an_unmistakable_word(path, expected):
    found = parse_post("# On the beauty of moss\n\nAnn Lee\n\n* It is green\n", name=path).conference
    assert (found and (found.series, found.year)) == expected


@pytest.mark.parametrize("address", ["https://2015.fooconf.example/", "https://fooconf.example/2015/"])
def test_the_address_of_a_conferences_site_gives_its_year(address):
    found = parse_post(f"# <{address}>\n\n- Moss is green", name="fooconf.md").conference
    assert (found.series, found.year) == ("Fooconf", 2015)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://annlee.example/slides/2015-10-GardenConf-Moss/", ("GardenConf", 2015)),
        ("https://annlee.example/slides/2015-10-Moss/", ("GardenConf", None)),
    ],
)
def test_addresses_give_years_only_beside_the_conferences_name(address, expected):
    found = parse_post(f"# GardenConf\n\n## Moss\n\nSlides: {address}\n\n* green\n", name="x.md").conference
    assert (found.series, found.year) == expected


@pytest.mark.parametrize(
    "address", ["https://www.video.example/watch?channel=GardenConf", "www.moss.example/GardenCon"]
)
def test_names_within_addresses_in_the_text_are_no_events(address):
    assert parse_post(f"# Moss\n\n{address}\n\n* green\n", name="x.md").conference is None


def test_a_title_that_is_a_date_gives_the_conferences_year():
    found = parse_post("# 20201013\n\n## Keynote: Roses\n\n- red", name="RoseFest.md").conference
    assert (found.series, found.year) == ("RoseFest", 2020)


def test_addresses_of_linked_articles_give_no_year():
    found = parse_post("# FooConf\n\nSee https://blog.example/2015/moss", name="x.md").conference
    assert (found.series, found.year) == ("FooConf", None)


def test_spring_or_building_may_begin_an_events_name():
    assert conference("Spring I/O 2019 recap", tags="[io]") == ("Spring I/O", 2019)
    assert conference("Building IoT 2019", tags="[iot]") == ("Building IoT", 2019)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("conference: FooConf\nyear: 2019", ("FooConf", 2019)),
        ("event: FooConf\nevent_year: 2019", ("FooConf", 2019)),
        ("conference: {name: FooConf, year: 2019}", ("FooConf", 2019)),
        ("conference: FooConf '19", ("FooConf", 2019)),
        ("conference: FooConf 2019, Helsinki", ("FooConf", 2019)),
        ("conference: FooConf Helsinki 2019\nyear: 2020", ("FooConf Helsinki", 2019)),
        ("conference: Rock 'n' Roll Conf 2019", ("Rock 'n' Roll Conf", 2019)),
    ],
)
def test_front_matter_names_conference_and_year(front, expected):
    post = parse_post(f"---\ntitle: Notes\n{front}\n---\n\n## Gardens by Ann Lee\n\n* a\n", name="x.md")
    assert (post.conference.series, post.conference.year) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("by: me", [("Ann Lee", None)]),
        ("by: Moi", [("Ann Lee", None)]),
        ("by: Bob Roy", [("Bob Roy", None)]),
        ("speaker: {name: Bob Roy, company: Initech}", [("Bob Roy", "Initech")]),
        (
            "speakers:\n  - {name: Bob Roy, affiliation: Initech}\n  - Cy Dow",
            [("Bob Roy", "Initech"), ("Cy Dow", None)],
        ),
    ],
)
def test_speakers_named_in_front_matter_override_those_in_headings(front, expected):
    post = parse_post(
        f"---\ntitle: Gardens\n{front}\nconference: FooConf 2019\n---\n\n# Gardens by Ann Lee\n\n* a\n* b\n",
        name="x.md",
    )
    assert [(speaker.name, speaker.affiliation) for talk in post.talks for speaker in talk.speakers] == expected


@pytest.mark.parametrize("title", ["How to organize a meetup", "Junio 2025", "June 2025"])
def test_months_and_phrases_such_as_how_to_are_no_events(title):
    assert parse_post(f"---\ntitle: {title}\n---\nText.\n", name="post.md").conference is None


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("39C3 (Hamburg)", ("Chaos Communication Congress", 2025)),
        ("SCaLE 11x", ("SCALE", 2013)),
        ("IETF 95", ("IETF", 2016)),
    ],
)
def test_numbers_of_editions_in_front_matter_give_the_year(named, expected):
    assert conference("Gardens", event=named) == expected


def of_heading(heading: str, body: str = "", name: str = "post.md"):
    found = parse_post(f"# {heading}\n\n{body}\n\n## Grüße\n\nText.\n", name=name).conference
    return found and (found.series, found.year)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Google I/O Extended 2018 Seoul", ("Google I/O Extended Seoul", 2018)),
        ("GardenConf 2019 서울", ("GardenConf 서울", 2019)),
        ("GardenConf 2019 Extended Mini Oslo", ("GardenConf Extended Mini Oslo", 2019)),
        ("GardenConf 2019 Recap Oslo", ("GardenConf", 2019)),
        ("GardenConf 2019, Oslo", ("GardenConf", 2019)),
        ("GardenConf 2019 Oslo Norway", ("GardenConf Oslo", 2019)),
        ("GardenConf 2019 Austin – walls of moss", ("GardenConf Austin", 2019)),
        ("GardenConf 2019 Sydney Recap", ("GardenConf Sydney", 2019)),
        ("GardenConf 2019 Austin Moss on walls", ("GardenConf", 2019)),
        ("GardenConf 2019 Sydney Lee", ("GardenConf", 2019)),
        ("GardenConf 2019 Ann Paris – walls of moss", ("GardenConf", 2019)),
        ("GardenConf 2019 Phoenix LiveView", ("GardenConf", 2019)),
    ],
)
def test_cities_behind_the_first_headings_year_belong_to_event_names(heading, expected):
    assert of_heading(heading) == expected


HELD = "- 🗓 일시 : 2019. 05. 04\n- 💁 주최 : 모스 모임\n- ⛳ 장소 : 모스홀"


@pytest.mark.parametrize(
    ("heading", "body", "expected"),
    [
        ("Moss Night 2019", "- Date: 4 May 2019\n- Venue: Moss Hall", ("Moss Night", 2019)),
        ("모스 가든 위크 2019", "- 일시 : 2019. 05. 04\n- 날씨 : 맑음", None),
        ("모스 가든 위크 2019", HELD, ("모스 가든 위크", 2019)),
        ("모스 가든 위크 2019", "", None),
        ("Moss and rain", "- Date: 4 May 2019\n- Organiser: Moss Society", ("Moss and rain", 2019)),
        ("Moss and rain: Walls", "- Datum: 4.5.2019\n- Veranstalter: Moos e. V.", ("Moss and rain", 2019)),
        ("moss(rain)2019", HELD, ("moss(rain)", 2019)),
        ("Moss and rain", "- Date: 4 May 2019\n- Venue: Moss Hall", None),
        ("Moss and rain", "- Organiser: Moss Society\n- Host: Oslo\n- Date: 4 May 2019", ("Moss and rain", 2019)),
        ("Moss and rain", "- Date: 4 May 2019\n- Organiser: Moss Society\n- Speaker: Ann Lee", None),
        ("Moss and rain", "- Organiser: Moss Society", None),
        (
            "모스의 밤 2019",
            "## 이끼\n\n- 🎤 발표자 : 김민수\n- 물\n\n## 비\n\n- 🎤 발표자 : 이영희\n- 비",
            ("모스의 밤", 2019),
        ),
        ("모스의 밤 2019", "## 이끼\n\n- 색 : 초록\n- 물\n\n## 비\n\n- 색 : 파랑\n- 비", None),
    ],
)
def test_rows_of_date_and_organiser_make_the_heading_an_event(heading, body, expected):
    assert of_heading(heading, body) == expected


@pytest.mark.parametrize(
    ("heading", "name", "expected"),
    [
        ("PYCON KOREA 2019", "2019/0817_pycon/notes.md", ("PyCon Korea", 2019)),
        ("PyCon Korea 2019", "pycon-2019/notes.md", ("PyCon Korea", 2019)),
        ("GardenFest Oslo 2019", "MossCamp/notes.md", ("GardenFest Oslo", 2019)),
        ("GardenConf Conference 2019", "gardenconf-2019/notes.md", ("GardenConf", 2019)),
        ("Roses 2019", "gardenconf-2019/notes.md", ("Gardenconf", 2019)),
    ],
)
def test_a_title_of_event_and_year_alone_overrides_the_folder(heading, name, expected):
    assert of_heading(heading, name=name) == expected


@pytest.mark.parametrize(
    ("heading", "series"),
    [
        ("MossBash 2019 - Day 1", "MossBash"),
        ("Notes from mossBash", "mossBash"),
        ("MOSSBASH 2019 - Day 1", "Mossbash"),
        ("mossbash, day 1", "Mossbash"),
        ("MossBasher 2019 - Day 1", "Mossbash"),
    ],
)
def test_the_title_spells_the_name_in_the_path(heading, series):
    """But not all in capitals, nor all in small letters, since a name may be written so anywhere."""
    text = "\n".join(f"## {title}\n\n- one\n- two\n" for title in ("Moss on walls - Ann Lee", "Ferns - Bob Roy"))
    assert of_heading(heading, text, name="mossbash-2019/day1.md") == (series, 2019)


@pytest.mark.parametrize("title", ["Meetup Ogród (16 – 17 Czerwiec 2016)", "Meetup, 15 – 16 Октябрь 2016"])
def test_polish_or_russian_months_before_a_year_are_no_events(title):
    text = f"---\ntitle: {title}\n---\nThe talks were about roses.\n"
    assert parse_post(text, name="post.md").conference is None


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("2019/11/09 苔蘚年會 Day 1", "苔蘚年會"),
        ("2019 花園論壇", "花園論壇"),
        ("Remembering MossCamp Oslo 2019", "MossCamp Oslo"),
        ("Reflecting on MossCamp 2019", "MossCamp"),
    ],
)
def test_events_are_read_behind_remembering_and_in_traditional_chinese(title, series):
    conference = parse_post(f"# {title}\n\n- red\n", name="post.md").conference
    assert conference == ParsedConference(series, 2019)


def test_german_words_for_firmly_are_no_festivals():
    text = "---\ntitle: Im Garten\ndate: 2019-05-06\n---\nSchon stand der Entschluss fest, und der Vortrag begann.\n"
    assert parse_post(text, name="post.md").conference is None


@pytest.mark.parametrize("word", ["Nowadays", "Weekdays", "Birthdays"])
def test_nowadays_or_birthdays_beside_a_year_name_no_event(word):
    text = f"# Faster gardens\n\nGardens began in 1996. {word} they are used for many talks, in 1996 they were not.\n"
    assert parse_post(text, name="post.md").conference is None


@pytest.mark.parametrize(
    ("heading", "name", "expected"),
    [
        ("Agile & Beyond 2019", "notes/aab/2019/index.md", ("Agile & Beyond", 2019)),
        ("Common Sense Works 2019", "notes/csw/2019/index.md", ("Common Sense Works", 2019)),
        ("Agile & Beyond 2019", "notes/moss/2019/index.md", None),
        ("Agile & Beyond", "notes/aab/2019/index.md", ("Agile & Beyond", 2019)),
        ("Virtual Garden Works [short!]", "notes/vgw/2019/moss.md", ("Virtual Garden Works", 2019)),
        ("MossDC", "notes/mossdc/2019/index.md", ("MossDC", 2019)),
        ("MossDC", "notes/moss/2019/index.md", None),
        ("Gardens", "notes/gardens/index.md", None),
        ("Testing", "notes/testing/2019/index.md", None),
    ],
)
def test_titles_of_common_words_need_a_folder_with_their_initials(heading, name, expected):
    """Such a title names an event only if the folder is called by the initials of its words."""
    assert of_heading(heading, name=name) == expected


def test_long_titles_of_dated_folders_are_no_events():
    name = "notes/20190506_{}/README.md"
    assert of_heading("Growing Moss Indoors", "- a", name=name.format("GrowingMoss_Indoors")) is None
    assert of_heading("MossGarden", "- a", name=name.format("Moss_Garden")) == ("MossGarden", 2019)


def test_an_event_in_the_text_alone_needs_talks():
    told = "At GardenConf 2019 somebody told me of moss.\n\n"
    assert conference("Moss on stones", f"{told}It is green.") is None
    assert conference("Moss on stones", f"{told}## Soil by Ann Lee\n\n* a\n\n## Trees by Bob Roy\n\n* b") == (
        "GardenConf",
        2019,
    )


@pytest.mark.parametrize(
    ("title", "text", "front"),
    [
        ("Moss at GardenConf", "At GardenConf 2019 somebody told me of moss.", {}),
        ("Moss on stones", "I went to GardenConf 2019 and saw moss.", {}),
        ("Moss on stones", "At GardenConf 2019 somebody told me of moss.", {"tags": "[gardenconf]"}),
    ],
)
def test_a_post_without_talks_may_name_its_event(title, text, front):
    assert conference(title, text, **front) == ("GardenConf", 2019)


@pytest.mark.parametrize(
    ("title", "text", "front", "found"),
    [
        ("Oslo Moss Growers #17", "- wet", {"category": "Meetup"}, "Oslo Moss Growers"),
        (
            "Oslo Moss Growers #17: Stones",
            "See <https://www.meetup.com/moss/events/1/>\n\n- wet",
            {},
            "Oslo Moss Growers",
        ),
        ("Moss Gathering #3 Stones at night", "- wet", {}, "Moss Gathering"),
        ("OsloMUG #3", "- wet", {}, "OsloMUG"),
        ("Oslo Moss Weekly #17", "- wet", {}, None),
        ("Bug #17", "See <https://example.com/bugs/17>\n\n- wet", {}, None),
    ],
)
def test_titles_that_count_meetups_name_them(title, text, front, found):
    read = conference(title, text, date="2019-05-04", **front)
    assert read == (found and (found, 2019))


def test_only_a_tag_makes_an_essay_of_no_event():
    read = lambda text, **place: conference("Moss on stones", text, tags="[GardenConf2019]", **place)  # noqa: E731
    assert read("Moss grows on stones.") is None
    assert read("- Moss grows on stones.") == ("GardenConf", 2019)
    assert read("My days at GardenConf.") == ("GardenConf", 2019)
    assert read("Moss grows on stones.", name="conferences/moss.md") == ("GardenConf", 2019)
    sorted_by = {"categories": "[meetups/garden-club]", "date": "2019-05-04"}
    assert conference("Moss on stones", "Moss grows on stones.", **sorted_by) == ("Garden Club", 2019)


def test_a_readme_without_talks_is_of_no_mentioned_event():
    head = read_head("README.md", "# My notes\n\nAt GardenConf 2019 I met Ann.\n")
    facts = weigh_folder("eve/", [head, read_head("a.md", "# Moss\n\n* a\n")], [head])
    read = lambda name: parse_post("# My notes\n\nMoss.\n", name=name, folder=facts).conference  # noqa: E731
    assert read("eve/README.md") is None
    assert read("eve/soil.md").series == "GardenConf"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("- 2022 인프콘\n- Ann Lee", ("INFCON", 2022)),
        ("if kakao 2022", ("if(kakao)", 2022)),
        ("Ann Lee<br>if kakao 2022", ("if(kakao)", 2022)),
        ("- if kakao 2021\n- if kakao 2022", None),
        ("- Roses 2019\n- Ann Lee", None),
    ],
)
def test_a_row_of_known_series_and_year_names_the_event(rows, expected):
    assert of_heading("Moss on stones", f"{rows}\n\n## Soil\n\n- red") == expected


def test_a_row_of_an_event_needs_talks_or_the_title():
    assert conference("My days at PyCon US 2019", "PyCon US 2019\n\nIt rained.") == ("PyCon US", 2019)
    assert conference("Moss on stones", "Some links:\n\n- if kakao 2022\n- https://moss.example") is None


def test_a_title_of_name_and_year_overrides_folders_beside_years():
    facts = FolderFacts(PathEvent("Moss", 2019, True, f"the folder “moss” {BESIDE_YEAR}"))
    read = lambda text: parse_post(text, name="moss/2019/index.md", folder=facts).conference  # noqa: E731
    assert read("# MossDeliver 2019\n\n## Soil by Ann Lee\n\n- red").series == "MossDeliver"
    assert read("# MossDeliver 2018\n\n## Soil by Ann Lee\n\n- red").series == "Moss"


def test_common_words_before_summit_do_not_override_the_folder():
    of_folder = lambda heading: of_heading(heading, "- a", name=f"notes/MossConf 2019/{heading}.md")  # noqa: E731
    assert of_folder("Community Summit") == ("MossConf", 2019)
    assert of_folder("Mossy Summit") == ("Mossy Summit", 2019)


def test_a_workshop_behind_an_event_is_not_its_name():
    assert conference("MossConf Workshop report", date="2019-05-05") == ("MossConf", 2019)


@pytest.mark.parametrize(
    ("text", "name", "series"),
    [
        ("# Bash Notes\n\nDump of Bash notes.\n", "garden/bash_notes.md", None),
        ("# Bash Notes\n\nDump of Bash notes.\n", "my-notes/bash_notes.md", None),
        ("# Bash Notes\n\nDump of Bash notes. All talks were recorded.\n", "garden/bash_notes.md", "Bash"),
        ("# Bash Notes\n\nDump of Bash notes.\n", "conferences/bash_notes.md", "Bash"),
        ("# BashConf Notes\n\nDump of BashConf notes.\n", "garden/bash_notes.md", "BashConf"),
        ("# Bash 2019 Notes\n\nDump of Bash notes.\n", "garden/bash_notes.md", "Bash"),
    ],
)
def test_notes_without_a_word_for_talks_are_of_no_event(text, name, series):
    conference = parse_post(text, name=name).conference
    assert (conference and conference.series) == series


@pytest.mark.parametrize(
    "title", ["Hello 2019", "Our garden party 2019", "Best passwords of 2019", "Garten und Jahr 2014"]
)
def test_a_year_alone_makes_no_event_without_talks(title):
    assert conference(title, "It rained all day.") is None


def test_a_year_and_a_word_for_events_make_an_event():
    assert conference("Agile Reef 2019", "A week ago I was at this conference. It rained.") == ("Agile Reef", 2019)
    assert conference("Agile Reef 2019", "* Moss by Ann Lee\n  * red\n* Soil by Bob Roy\n  * deep") == (
        "Agile Reef",
        2019,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Join us at MossConf 2019, we will be there. Register now.", None),
        ("Die Registrierung startet bald, der Termin der MossConf steht fest.", None),
        ("I went to MossConf 2019 and it rained.", ("MossConf", 2019)),
    ],
)
def test_a_post_without_talks_is_of_no_event_to_come(text, expected):
    assert conference("MossConf 2019 in Oslo", text) == expected


def test_posts_in_folders_of_events_may_announce_these():
    text = "# MossConf 2019\n\nJoin us at MossConf 2019, we will be there. Register now.\n"
    assert parse_post(text, name="conferences/moss/plans.md").conference.series == "MossConf"


def test_the_folder_of_one_post_names_no_event():
    text = "---\ntitle: Garden Issues\n---\nIt rained. A talk on moss was cancelled.\n"
    assert parse_post(text, name="blog/2015-07-19-garden-issues/index.md").conference is None


def test_a_german_noun_somebody_stood_on_is_no_event():
    assert conference("Moos", "Ich war auf der Wiese. Auf der Wiese waren alle.", date="2019-05-05") is None
    assert conference("Moos", "Ich war auf der MossCon, und es regnete.", date="2019-05-05") == ("MossCon", 2019)


def test_an_article_before_a_word_for_events_is_no_name():
    assert (
        conference("Wie plane ich einen Hackathon", "Man braucht Zeit.", "2018-02-05-wie-plane-ich-einen-hackathon.md")
        is None
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Digesting Strange Loop", ("Strange Loop", 2014)), ("Modern Strange Loop", None)],
)
def test_a_word_for_visits_may_stand_before_a_known_series(title, expected):
    text = "Moss is hot.\n\n* Moss by Ann Lee\n  * red\n* Soil by Bob Roy\n  * deep"
    assert conference(title, text, "blog/2014-09-26-stl/index.md", date="2014-09-26") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Two days before MossCamp", None),
        ("Zwei Tage vor dem MossCamp", None),
        ("MossCamp in Oslo", ("MossCamp", 2019)),
        ("Zwei Tage vor dem MossCamp: Notizen", ("MossCamp", 2019)),
    ],
)
def test_titles_lead_up_to_events_to_come(title, expected):
    assert conference(title, "The moss is green.", date="2019-05-05") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MossCamp is on 20 June 2019.", None),
        ("MossCamp is in June 2019.", None),
        ("MossCamp is on 6 May 2019.", ("MossCamp", 2019)),
        ("MossCamp was fun, and we had rain. I met old friends. It is back on 20 June 2019.", ("MossCamp", 2019)),
    ],
)
def test_a_date_after_the_posts_announces_an_event(text, expected):
    assert conference("MossCamp", text, date="2019-05-05") == expected


def test_folders_of_single_posts_called_conference_hold_no_events():
    text = "---\ntitle: I look forward to the Moss Conference\ndate: 2019-05-05\n---\nSee you at the Moss Conference.\n"
    read = lambda name: parse_post(text.replace("look", "am looking"), name=name).conference  # noqa: E731
    assert read("post/2019-05-05-the-moss-conference/index.md") is None
    assert read("conferences/moss.md") == ParsedConference("Moss Conference", 2019)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("For Gardeners: notes", None),
        ("Gardens: notes on roses", None),
        ("Walks in Gardens: notes", None),
        ("Strange Gardens recap", ("Strange Gardens", 2019)),
        ("GardenConf: notes", ("GardenConf", 2019)),
    ],
)
def test_titles_of_notes_alone_name_no_event_without_talks(title, expected):
    assert conference(title, "Roses are red.", date="2019-05-05") == expected


@pytest.mark.parametrize("title", ["Ann Lee 2019", "Ann Lee: notes", "Ann Lee & Mary Smith 2019"])
def test_names_of_people_are_no_events(title):
    assert conference(title, "A keynote.\n\n- red\n- blue", date="2019-05-05") is None


def test_names_of_events_end_where_a_line_is_broken():
    text = "# Roses\n\nAnn Lee, Public Gardens  \n[Moss Garden Camp](https://foo.example)\n\n- red\n- blue\n"
    assert parse_post(text, name="talks/2019-05-05-roses.md").conference == ParsedConference("Moss Garden Camp", 2019)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Notizen von der MossCC-Konferenz", ("MossCC Konferenz", 2019)),
        ("Notizen zur Public-Moss-Tagung", ("Public-Moss Tagung", 2019)),
        ("Notizen von der Presse-Konferenz", None),
        ("Moos-Notizen 2019-05-05: Beete", None),
    ],
)
def test_german_compounds_name_conferences(title, expected):
    assert conference(title, "Rosen sind rot.", date="2019-05-05") == expected


def test_small_german_words_end_names_in_paths():
    name = "post/2019-05-05-rosen-und-beete-beim-moos-forum-der-stadt/index.md"
    assert conference("Rosen", "Ein Vortrag.\n\n- rot", name=name, date="2019-05-05") == ("Moos", 2019)


def test_linked_names_with_small_words_are_read_whole():
    body = "Back from the [Moss that Grows Unconference](https://foo.example). A talk:\n\n- red"
    assert conference("Moss that Grows Unconference 2019", body) == ("Moss that Grows Unconference", 2019)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("fosdem 2020 (1-2 feb, brussels)", ("FOSDEM", 2020)),
        ("smashingconf freiburg sept 2023", ("SmashingConf Freiburg", 2023)),
        ("fosdem 2020 was good", None),
        ("fosdem 2020, fosdem 2021", None),
        ("build may 2020", None),
    ],
)
def test_a_first_line_in_small_letters_may_name_the_event(row, expected):
    text = f"{row}\n\nMoss at home - Ann Lee\n* a\n\nReeds - Bob Roy\n* b\n"
    found = parse_post(text, name="x.txt").conference
    assert (found and (found.series, found.year)) == expected


def test_meetups_are_named_before_an_edition_or_a_month():
    assert conference("Meetup report: Oslo Moss Growers #17", date="2019-05-06") == ("Oslo Moss Growers", 2019)
    notes = "## Moss - Ann Lee\n\n- a\n\n## Reeds - Bob Roy\n\n- b\n"
    assert conference("Moss Club Oslo, May 2019", notes, tags="[meetup]") == ("Moss Club Oslo", 2019)
    assert conference("Moss Club Oslo, May 2019", notes, tags="[moss]") is None


@pytest.mark.parametrize(
    ("category", "name", "expected"),
    [
        ("Moss Studies Society 2019", "moss-notes/_posts/roses.md", ("Moss Studies Society", 2019)),
        ("Moss Studies Society 2016", "moss-notes/_posts/roses.md", None),
        ("Moss Studies Society 2019", "blog/_posts/roses.md", None),
        ("Moss Studies Society", "moss-notes/_posts/roses.md", None),
    ],
)
def test_the_only_category_names_the_event_with_its_year(category, name, expected):
    text = "A talk by Ann Lee.\n\n- red\n- blue"
    assert conference("Roses", text, name, date="2019-05-05", categories=f"[{category}]") == expected


@pytest.mark.parametrize("name", ["2025 BSides Oslo.md", "bsides-oslo-2025.md"])
def test_a_file_names_city_belongs_to_its_well_known_series(name):
    found = parse_post("- Moss needs shade.\n", name=name).conference
    assert (found.series, found.year) == ("BSides Oslo", 2025)

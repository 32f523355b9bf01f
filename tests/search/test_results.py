"""The results of queries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from talks.derived import refresh_search_text
from talks.models import Post, Series
from talks.search import Results, search, spelling, suggest
from talks.search.results import read_passage
from tests.builders import (
    derive_once,
    make_citation,
    make_conference,
    make_day,
    make_post,
    make_source,
    make_speaker,
    make_tag,
    make_takeaway,
    make_talk,
)

pytestmark = pytest.mark.django_db


def read_titles(results: Results) -> list[str]:
    return [hit.talk.title for hit in results.load_talks(results.rows)]


def find(text, **options):
    return read_titles(search(text, **options))


def show(pieces):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.fixture
def talks():
    day = make_day(make_conference("QCon London", 2017), 2)
    make_talk(
        "Scaling Instagram", day, post=make_post(day=day), speakers=["Lisa Guo"], takeaways=["Django on C++ & .NET"]
    )
    later = make_day(make_conference("Devoxx", 2019), 1)
    talk = make_talk(
        "Café-driven Kafka",
        later,
        speakers=["Jonas Bonér"],
        tags=["Machine Learning"],
        takeaways=["日本語の話", "ガス"],
    )
    talk.appearances.update(affiliation="Lightbend 100%")
    refresh_search_text([talk.pk])


FOUND = {
    "instagram": ["Scaling Instagram"],
    "stagram": [],
    "lisa django": ["Scaling Instagram"],
    "guo, lisa": ["Scaling Instagram"],
    "qcon 2017": ["Scaling Instagram"],
    "qcon 2017 day 2": ["Scaling Instagram"],
    "how does instagram scale": ["Scaling Instagram"],
    "scaled": ["Scaling Instagram"],
    "cafe": ["Café-driven Kafka"],
    "CAFÉ": ["Café-driven Kafka"],
    "boner": ["Café-driven Kafka"],
    "lightbend": ["Café-driven Kafka"],
    "100%": ["Café-driven Kafka"],
    "machine": ["Café-driven Kafka"],
    "ML": ["Café-driven Kafka"],
    '"driven kafka"': ["Café-driven Kafka"],
    '"kafka driven"': [],
    '"kafka jonas"': [],
    "本語": ["Café-driven Kafka"],
    "語": ["Café-driven Kafka"],
    "語本": [],
    "ガス": ["Café-driven Kafka"],
    "カス": [],
    "c++": ["Scaling Instagram"],
    "c": [],
    ".net": ["Scaling Instagram"],
    "net": [],
    "insta*": ["Scaling Instagram"],
    "instagram OR kafka": ["Café-driven Kafka", "Scaling Instagram"],
    "instagram OR kafka -django": ["Café-driven Kafka"],
    "-kafka": ["Scaling Instagram"],
    "kafka -kafka": [],
    "year:2017": ["Scaling Instagram"],
    "year:2018..": ["Café-driven Kafka"],
    "year:2013": [],
    "day:1": ["Café-driven Kafka"],
    'tag:"machine learning"': ["Café-driven Kafka"],
    "tag:ml": ["Café-driven Kafka"],
    "speaker:guo": ["Scaling Instagram"],
    'speaker:"guo lisa"': ["Scaling Instagram"],
    "conference:qcon": ["Scaling Instagram"],
    'conference:"qcon london 2017"': ["Scaling Instagram"],
    'writer:"toby notemaker"': ["Scaling Instagram"],
    "lang:en": ["Scaling Instagram"],
    "lang:english": ["Scaling Instagram"],
    "lang:de": [],
    "no:speaker": [],
    "has:speaker": ["Café-driven Kafka", "Scaling Instagram"],
    "": [],
    "%": [],
    "_": [],
    "l_sa": [],
    "kafka\\": ["Café-driven Kafka"],
    "the": [],
}


@pytest.mark.usefixtures("talks")
def test_queries_find_the_expected_talks():
    assert {text: find(text) for text in FOUND} == FOUND


ODD = [
    *("\x00", "\ud800", "NEAR(a, b)", '"', '""', "'", "(", "^a", "1=1; DROP TABLE x --", "&|!<->", "%%%", "\\"),
    *("🤖", "ß", "x" * 100_000, "x " * 100_000, "\u202e", '" OR 1=1', "tag:", "year:9999999", "a*", "-", "- -"),
    "((((((((((((a",
]


@pytest.mark.usefixtures("talks")
def test_odd_queries_find_nothing_and_raise_no_exception(subtests):
    for text in ODD:
        with subtests.test(text=ascii(text[:100])):
            results = search(text)
            found = (results.load_talks(results.rows), results.posts, results.direct, suggest(text, staff=False))
            assert found == ([], [], [], [])
            assert isinstance(results.facets + results.chips + results.wider, list)
            assert isinstance(results.suggestion + results.understood, str)


@pytest.mark.slow
class AnyText(TestCase):
    """Any text can be searched for."""

    @settings(max_examples=60, deadline=None)
    @given(
        st.text(max_size=60)
        | st.lists(st.sampled_from(["kafka", " ", '"', "OR", "-", "(", ")", "*", "tag:", "ka"])).map("".join)
    )
    def test_any_text_can_be_searched_for(self, text):
        make_talk("Kafka", takeaways=["Kafka is a log"])
        results = search(text)
        assert len(results.load_talks(results.rows)) == results.total
        assert len(results.facets) >= 0
        assert search(results.understood).understood == results.understood


def test_only_visible_talks_are_found():
    make_talk("Kafka in public", post=make_post("One"))
    make_talk("Kafka in a draft", post=make_post("Two", visibility="draft"))
    make_talk("Kafka in private", post=make_post("Three", visibility="private"))
    make_talk("Kafka hidden", post=make_post("Four"), hidden=True)
    make_talk("Kafka withdrawn", post=make_post("Five"), withdrawn=True)
    make_talk("Kafka by hand")
    assert sorted(find("kafka")) == ["Kafka by hand", "Kafka in public"]
    seen = ["Kafka by hand", "Kafka in a draft", "Kafka in private", "Kafka in public"]
    assert sorted(find("kafka", staff=True)) == seen
    assert [named.title for named in suggest("kaf", staff=False)] == ["Kafka in public", "Kafka by hand"]


def test_drafts_affect_no_spelling_correction_count_or_suggestion():
    make_tag("Zookeeper")
    draft = make_post("Zebra notes", visibility="draft", intro="Zanzibar", writer="Zoe Zander")
    make_talk("Zookeeper", post=draft, speakers=["Zed Zeppelin"], tags=["Zookeeper"], takeaways=["Zigzag"])
    make_talk("Kafka", post=make_post("Open"), takeaways=["Log"])
    for text in (
        "zookeper",
        "zook",
        "zigzga",
        "zanzibra",
        "zook*",
        "speaker:zeppelin",
        "tag:zookeeper",
        "writer:zander",
    ):
        results = search(text)
        told = [results.corrections, results.direct, results.wider, results.posts, results.rows, results.suggestion]
        assert (text, told) == (text, [[], [], [], [], [], ""])
        assert not any("Z" in fault.message.replace(text, "") for fault in results.faults)
    assert suggest("z", staff=False) == suggest("zo", staff=False) == suggest("ze", staff=False) == []
    assert [facet.name for facet in search("kafka").facets] == []
    assert search("zookeper", staff=True).corrections[0].used == "zookeeper"


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("kuberntes", ["kubernetes"]),
        ("kuberntse", ["kubernetes"]),
        ("lubernetes", ["kubernetes"]),
        ("lubernetse", []),
        ("dafka", []),
        ("kafak", ["kafka"]),
        ("kfaak", []),
    ],
)
def test_misspelt_first_letters_are_corrected_in_long_words_only(typed, used):
    make_talk("Kafka on Kubernetes")
    assert [correction.used for correction in search(typed).corrections] == used


def test_equally_good_talks_are_ordered_latest_first():
    for year in (2017, None, 2019, 2018):
        make_talk(f"Kafka {year}", make_day(make_conference("QCon London", year), None))
    assert find("kafka") == ["Kafka 2019", "Kafka 2018", "Kafka 2017", "Kafka None"]
    assert find("kafka", order="oldest") == ["Kafka 2017", "Kafka 2018", "Kafka 2019", "Kafka None"]
    assert find("kafka", order="newest") == ["Kafka 2019", "Kafka 2018", "Kafka 2017", "Kafka None"]


def test_talks_about_a_word_rank_before_mentions_of_it():
    filler = [f"Word number {n} of many that say something else" for n in range(9)]
    make_talk("Mentions it", takeaways=["Kafka", *filler])
    make_talk("All about Kafka", takeaways=filler)
    make_talk("Says it often", takeaways=["Kafka is", "Kafka was", "Kafka will be"])
    assert find("kafka") == ["All about Kafka", "Says it often", "Mentions it"]


def test_talks_with_the_words_near_each_other_rank_higher():
    make_talk("Far", takeaways=["Budgets for errors", "and more", "Alerts for teams"])
    make_talk("Near", takeaways=["Alerts with budgets", "and more", "then errors"])
    make_talk("Beside", takeaways=["Alerts budgets", "and more", "then errors"])
    assert find("alerts budgets") == ["Beside", "Near", "Far"]


def test_talks_with_most_words_are_found_if_few_have_all():
    make_talk("One", takeaways=["garbage collection pauses"])
    make_talk("Two", takeaways=["garbage collection"])
    make_talk("Three", takeaways=["pauses"])
    results = search("garbage collection pauses")
    hits = results.load_talks(results.rows)
    assert [(hit.talk.title, hit.missing) for hit in hits] == [("One", []), ("Two", ["pauses"])]
    assert (results.total, len(results.full_rows)) == (2, 1)


def test_found_talks_name_the_tag_or_post_that_matched():
    tagged = make_post("Two days at a conference", tags=["Docker"])
    make_talk("In a tagged post", post=tagged, takeaways=["Nothing is shared"])
    make_talk("In its notes", post=tagged, takeaways=["Docker is a tool"])
    make_talk("Two days of Docker", post=tagged)
    titled = make_post("A day of Docker", day=tagged.days.get())
    make_talk("In a titled post", post=titled)
    make_talk("Tagged", tagged.days.get(), tags=["Docker"])
    results = search("docker")
    assert {hit.talk.title: hit.reasons for hit in results.load_talks(results.rows)} == {
        "In a tagged post": ["in a post tagged docker"],
        "In its notes": [],
        "Two days of Docker": [],
        "In a titled post": ["in a post with docker in its title"],
        "Tagged": ["tagged docker"],
    }


def test_a_sentence_is_searched_for_by_its_meaningful_words():
    make_talk("Fewer things", takeaways=["We get fewer of them"])
    make_talk("Alert fatigue", takeaways=["Alerts are for people"])
    make_talk("Better", takeaways=["How to get fewer alerts"])
    assert find("how can we get fewer alerts?") == ["Better", "Alert fatigue"]
    assert set(find("fewer alerts")) == {"Better", "Fewer things", "Alert fatigue"}


def test_everyday_words_count_if_a_query_has_no_others():
    make_talk("Work", takeaways=["People work"])
    make_talk("Else", takeaways=["People rest"])
    assert find("how do people work?") == ["Work"]


def test_results_of_a_sentence_may_begin_with_incomplete_matches():
    make_talk("Containers from scratch", takeaways=["Containers are processes"])
    make_talk("Cars", takeaways=["a container", "on the hood"] + ["other things altogether"] * 20)
    for number in range(6):
        make_talk(f"Other {number}")
    results = search("how do containers look under the hood?")
    hits = results.load_talks(results.rows)
    assert [(hit.talk.title, hit.missing) for hit in hits] == [("Containers from scratch", ["hood"]), ("Cars", [])]
    assert results.mixed
    assert [hit.talk.title for hit in results.load_talks(results.full_rows)] == ["Cars"]
    results = search("containers hood")
    assert (read_titles(results), results.mixed) == (["Cars", "Containers from scratch"], False)
    assert len(results.full_rows) == 1


def test_a_word_that_other_languages_ignore_affects_the_ranking():
    make_talk("One", make_day(make_conference("JSConf US", 2013), 1))
    make_talk("Two", make_day(make_conference("JSConf EU", 2013), 1))
    assert find("jsconf eu 2013") == ["Two", "One"]


def test_phrases_fields_and_exclusions_are_always_required():
    make_talk("One", takeaways=["garbage collection pauses"])
    make_talk("Two", takeaways=["garbage collection"])
    assert find('garbage collection "long pauses"') == []
    assert find("garbage collection pauses year:2013") == []
    assert find("garbage collection -pauses") == ["Two"]


def test_searching_for_an_alias_finds_the_tags_talks():
    make_tag("Kubernetes", aliases=["Kubi"])
    make_talk("K8s in anger", tags=["Kubernetes"])
    assert [find(word) for word in ("kubernetes", "kubi", "k8s", "KUBERNETES")] == [["K8s in anger"]] * 4


@pytest.mark.parametrize("text", ["internet of things", "Internet-of-Things", "iot", "what is the internet of things?"])
def test_the_whole_name_or_alias_finds_tagged_talks_first(text):
    """The name has several words."""
    make_tag("Internet of Things", aliases=["IoT"])
    make_talk("Sensors in cows", tags=["Internet of Things"])
    make_talk("Things of the past", takeaways=["Nothing happened on the internet"])
    assert find(text)[:1] == ["Sensors in cows"]


def test_everyday_words_that_name_a_tag_count_in_a_sentence():
    make_tag("Real Time")
    make_talk("Screens", tags=["Real Time"])
    make_talk("Time and screens")
    make_talk("Screens again")
    assert find("how do screens work in real time?")[0] == "Screens"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("learning to say no", ["The art of saying no", "Emails"]),
        ("saying no", ["The art of saying no", "Emails"]),
        ("say no", ["The art of saying no", "Emails"]),
        ("how do I say no to emails", ["Emails", "The art of saying no"]),
        ("learning to say", ["Learning Go"]),
        ("emails, no", ["Emails"]),
    ],
)
def test_pairs_with_a_stop_word_affect_the_ranking(text, expected):
    make_talk("The art of saying no", takeaways=["It is hard"])
    make_talk("Emails", takeaways=["She said no to most"])
    make_talk("Learning Go", takeaways=["No, they say", "Once more"])
    assert find(text) == expected


def test_small_words_beside_the_same_words_raise_talks():
    make_talk("Scale one", make_day(make_conference("Later", 2020), 1), takeaways=["Scaling is cheap, out"])
    make_talk("Scale two", make_day(make_conference("Earlier", 2019), 1), takeaways=["Scaling out is cheap"])
    assert find("scale out") == ["Scale two", "Scale one"]
    assert find("scale") == ["Scale one", "Scale two"]


def test_numbers_like_8_in_a_query_affect_the_ranking():
    make_talk("Modules", takeaways=["Java 8 was short of them"])
    make_talk("Moving a monolith to Java", takeaways=["It took 8 years"])
    make_talk("Numbers", takeaways=["8 to 17"])
    assert find("how to move from java 8 to 17") == ["Moving a monolith to Java", "Modules"]
    assert find("java 8") == ["Modules", "Moving a monolith to Java"]
    assert find("8 years") == ["Moving a monolith to Java"]


@pytest.mark.parametrize("text", ["d'écran", "écran", "D’ÉCRAN", "lecteur d'écran", "l'écran"])
def test_an_article_joined_by_apostrophe_is_ignored(text):
    make_talk("Un lecteur d'écran")
    assert find(text) == ["Un lecteur d'écran"]


@pytest.mark.parametrize(
    ("text", "expected", "included"),
    [
        ("infrastructure as code", ["Servers", "Terraform at home"], ["Terraform"]),
        ("IaC", ["Servers", "Terraform at home"], ["Terraform"]),
        ("terraform", ["Terraform at home"], []),
        ("tag:iac", ["Servers"], []),
        ("servers iac", ["Servers", "Terraform at home"], ["Terraform"]),
        ("home -iac", ["Terraform at home"], []),
    ],
)
def test_searching_a_tag_also_finds_talks_of_included_tags(text, expected, included):
    make_tag("Infrastructure as Code", aliases=["IaC"])
    make_talk("Servers", tags=["Infrastructure as Code"], takeaways=["IaC"])
    make_talk("Terraform at home", tags=["Terraform"])
    make_talk("Ansible in a draft", post=make_post(visibility="draft"), tags=["Ansible"])
    results = search(text)
    assert (read_titles(results), results.included) == (expected, included)


def test_searching_common_tags_finds_included_tags_in_titles_only():
    make_tag("Infrastructure as Code")
    for number in range(4):
        make_talk(f"Servers {number}", tags=["Infrastructure as Code"])
    make_talk("Terraform at home", tags=["Terraform"])
    make_talk("Homes", tags=["Terraform"], takeaways=["We tried Terraform"])
    assert sorted(find("infrastructure as code")) == [*(f"Servers {n}" for n in range(4)), "Terraform at home"]


def test_excerpts_mark_pairs_like_say_no_as_a_whole():
    make_talk("Emails", takeaways=["Say no, say it, no"])
    (hit,) = (results := search("learning to say no")).load_talks(results.rows)
    assert show(hit.excerpts[0].pieces) == "[Say no], say it, no"


def test_words_with_inner_signs_are_found_with_or_without_them():
    make_talk("AWS re:Invent")
    make_talk("Reinvent the wheel")
    make_talk("CI/CD")
    assert set(find("reinvent")) == set(find("re:invent")) == {"AWS re:Invent", "Reinvent the wheel"}
    assert find("cicd") == find("ci/cd") == ["CI/CD"]


@pytest.mark.parametrize(
    ("typed", "used"),
    [("kubernettes", "kubernetes"), ("elasticserch", "elasticsearch"), ("kubl", ""), ("kueblboeck", "kublbock")],
)
def test_a_misspelt_word_is_replaced_and_reported(typed, used):
    make_talk("Kubernetes and Elasticsearch", speakers=["Manuel Küblböck"])
    results = search(typed)
    assert read_titles(results) == ["Kubernetes and Elasticsearch"]
    assert [(c.typed, c.used, c.begun) for c in results.corrections] == [(typed, used or typed, not used)]


@pytest.mark.parametrize(("typed", "used"), [("internet of things", []), ("internat of things", ["intent"])])
def test_words_are_corrected_unless_they_are_of_a_known_name(typed, used):
    make_talk("The intend of intents", takeaways=["The intent of things"])
    assert [correction.used for correction in search(typed).corrections] == used


@pytest.mark.parametrize("text", ["zookeeper", "sourdough", "cat"])
def test_a_word_similar_to_no_other_finds_nothing(text):
    make_talk("The bookkeeper of Java", takeaways=["sourcing", "car"])
    results = search(text)
    assert (results.rows, results.corrections, results.nowhere) == ([], [], [text])


def test_joined_and_separate_spellings_find_each_other():
    make_talk("One", takeaways=["They burned out"])
    make_talk("Two", takeaways=["Microservices"])
    assert (find("burnout"), find("micro services")) == (["One"], ["Two"])
    make_talk("Three", make_day(make_conference("JSConf EU", 2019)))
    assert (find("jsconfeu"), find("burnouteu")) == (["Three"], [])
    assert (find("outburn"), find("burnoff")) == ([], [])


def test_a_rare_phrase_is_found_in_other_inflections_too():
    make_talk("One", takeaways=["Reverse engineering a protocol"])
    results = search('"reverse engineer"')
    assert (read_titles(results), results.inflected) == (["One"], ["reverse engineer"])
    make_talk("Two", takeaways=["They reverse engineer it"])
    results = search('"reverse engineer"')
    assert (read_titles(results), results.inflected) == (["Two", "One"], ["reverse engineer"])
    assert find('"reverse engineer" -"reverse engineering"') == ["Two"]
    assert find('protocol OR engineer -"reverse engineer"') == ["One"]
    for number in range(3):
        make_talk(f"More {number}", takeaways=["They reverse engineer it"])
    results = search('"reverse engineer"')
    assert (sorted(read_titles(results)), results.inflected) == (["More 0", "More 1", "More 2", "Two"], [])


def test_phrases_that_no_talk_has_exactly_match_other_inflections():
    make_talk("One", takeaways=["Reverse engineering a protocol"])
    make_post(intro="They reverse engineer it")
    results = search('"reverse engineer"')
    assert (read_titles(results), results.inflected) == (["One"], ["reverse engineer"])


def test_a_rare_spelling_suggests_a_common_one():
    for number in range(6):
        make_talk(f"Talk {number}", speakers=["Martin Kleppmann"])
    make_talk("Typo", takeaways=["Kleppman said so"])
    results = search("kleppman")
    assert (read_titles(results), results.suggestion) == (["Typo"], "kleppmann")


def test_an_unknown_name_is_reported_and_the_rest_searched():
    make_talk("Kafka", speakers=["Lisa Guo"], tags=["Docker"])
    results = search("kafka tag:dokcer")
    (fault,) = results.faults
    assert (fault.place, fault.message) == (7, "There is no such tag: dokcer. Did you mean Docker?")
    assert (read_titles(results), results.suggestion) == (["Kafka"], "kafka tag:Docker")
    assert search("speaker:gua").faults[0].message == "There is no such speaker: gua. Did you mean Lisa Guo?"
    assert search("writer:nobody").faults[0].message == "There is no such writer: nobody."


def test_a_query_that_is_a_name_links_to_its_page():
    make_talk("One", make_day(make_conference("QCon London", 2017), 1), speakers=["Lisa Guo"], tags=["Docker"])
    make_talk("Two", make_day(make_conference("QCon London", 2018), 1))
    post = make_post("Notes of mine")

    def name(text):
        return [(named.kind, named.title) for named in search(text).direct]

    assert name("lisa guo") == [("speaker", "Lisa Guo")]
    assert name("docker") == [("tag", "Docker")]
    assert name("QCon London") == [("series", "QCon London")]
    assert name("qcon london 2018") == [("conference", "QCon London 2018")]
    assert name("toby notemaker") == [("writer", "Toby Notemaker")]
    assert name("notes of mine") == [("post", post.title)]
    assert name("lisa") == name("lisa guo year:2017") == name("") == []


def test_facets_count_talks_and_narrow_the_query():
    day = make_day(make_conference("QCon London", 2017), 1)
    make_talk("Kafka one", day, speakers=["Lisa Guo"], tags=["Docker", "Kafka"])
    make_talk("Kafka two", day, speakers=["Eric Evans"], tags=["Kafka"])
    make_talk("Kafka three", make_day(make_conference("Devoxx", 2019), 1), speakers=["Lisa Guo"], tags=["Docker"])
    facets = {facet.name: [(c.label, c.count) for c in facet.choices] for facet in search("kafka").facets}
    assert facets == {
        "tag": [("Docker", 2), ("Kafka", 2)],
        "speaker": [("Lisa Guo", 2), ("Eric Evans", 1)],
        "conference": [("QCon London 2017", 2), ("Devoxx 2019", 1)],
        "year": [("2017", 2), ("2019", 1)],
    }
    for facet in search("kafka").facets:
        for choice in facet.choices:
            narrowed = search(choice.query)
            assert (choice.query, narrowed.total) == (choice.query, choice.count)
            assert [chip.query for chip in narrowed.chips] == ["kafka"]


def test_results_quote_best_takeaways_with_marked_words():
    one = make_talk(
        "One", takeaways=["A Kafka", "none", ("B kafkas", ["C kafka zoo"]), "D kafka", "x [this](https://kafka.org)"]
    )
    make_talk("Two", post=make_post(visibility="draft"), takeaways=["Kafka zoo"])
    (hit,) = search("kafka zoo").load_talks(search("kafka zoo").rows)
    assert hit.talk == one
    assert [(show(excerpt.pieces), excerpt.above) for excerpt in hit.excerpts] == [
        ("C [kafka] [zoo]", "B kafkas"),
        ("A [Kafka]", ""),
        ("D [kafka]", ""),
    ]


def test_a_search_needs_a_limited_number_of_queries(django_assert_max_num_queries):
    make_speaker("Someone")
    with derive_once():
        for number in range(12):
            make_talk(
                f"Kafka {number}", takeaways=["Kafka"] * 5, speakers=[f"Speaker {number}"], tags=[f"Tag {number}"]
            )
    search("kafka")
    with django_assert_max_num_queries(24):
        results = search("kafka")
        assert len(results.load_talks(results.rows)) == 12
        assert (len(results.facets), results.chips, results.posts, results.direct) == (2, [], [], [])


def test_without_results_queries_with_one_condition_less_are_offered():
    make_talk("Kafka", make_day(make_conference("QCon London", 2017), 1))
    results = search("kafka year:2013")
    assert [(wider.without, wider.query, wider.count) for wider in results.wider] == [("year:2013", "kafka", 1)]


def test_talks_are_found_by_the_kind_of_a_cited_reference():
    talk = make_talk("Kafka", post=make_post())
    make_citation(talk, "https://example.org/x", title="Harvest, Yield", kind="paper")
    refresh_search_text([talk.pk])
    assert find("harvest") == find("kind:paper") == find("has:paper") == ["Kafka"]
    assert find("kind:video") == find("no:paper") == []


def test_talks_are_found_by_an_alias_of_their_series():
    make_talk("Kafka", make_day(make_conference("QCon London", 2017), 1))
    Series.objects.update(aliases=["Quality Con"])
    refresh_search_text([talk.pk for talk in [hit.talk for hit in search("kafka").load_talks(search("kafka").rows)]])
    assert find('conference:"quality con"') == ["Kafka"]


def test_suggestions_are_names_with_the_typed_words():
    day = make_day(make_conference("QCon London", 2017), 1)
    make_talk("Scaling Instagram", day, speakers=["Lisa Guo"], tags=["Docker"])
    make_talk("Instagram at scale", day, post=make_post("x", visibility="draft"))

    def name(text, **options):
        return [(named.kind, named.title) for named in suggest(text, **{"staff": False, **options})]

    assert name("inst") == name("scaling inst") == [("talk", "Scaling Instagram")]
    assert name("inst", staff=True) == [("talk", "Scaling Instagram"), ("talk", "Instagram at scale")]
    assert name("gu") == [("speaker", "Lisa Guo")]
    assert name("do") == [("tag", "Docker")]
    assert name("lond") == [("series", "QCon London")]
    assert name("l") == name("stagram") == name("") == []


def test_words_only_in_a_drafts_title_find_no_public_talk():
    talk = make_talk("Kafka", post=make_post("Open"))
    make_source(talk, make_post("Shut", visibility="draft"))
    assert find("shut") == []
    assert find("open") == ["Kafka"]
    make_takeaway(talk, "More")
    assert find("more") == ["Kafka"]


def test_a_found_passage_of_a_post_ends_at_a_talk():
    post = Post(source="Before it all.\n## Secret talk\n- a hidden note\n", lines=[[1, 1, "intro"]])
    assert read_passage(post, 1) == "Before it all."


def test_a_passage_is_shown_without_its_markup():
    source = 'All use [Docker](https://docker.com){:target="_blank"} & *more* of\n`it`.\n'
    assert read_passage(Post(source=source, lines=[[1, 2, "intro"]]), 1) == "All use Docker & more of\nit."


def test_links_of_a_passage_are_resolved_by_the_posts_definitions():
    source = (
        "All use [Docker][d] and [Moss].\n\n## A talk\n\n[d]: https://docker.example\n[moss]: https://moss.example\n"
    )
    assert read_passage(Post(source=source, lines=[[1, 1, "intro"]]), 1) == "All use Docker and Moss."


def test_marks_of_tools_in_a_passage_are_read_as_markdown():
    source = "See [[People/Ann Lee|Ann]] and ==mosses== of [[Rain]].\n"
    assert read_passage(Post(source=source, lines=[[1, 1, "intro"]]), 1) == "See Ann and mosses of Rain."


def test_a_post_without_passage_is_left_out_below_its_talk():
    make_talk("Moss in rain", post=make_post("Moss in rain"))
    make_post("Moss and rain alone")
    assert [hit.post.title for hit in search("moss rain").posts] == ["Moss and rain alone"]


def test_looking_for_similar_words_locks_the_list_of_words(monkeypatch):
    make_talk("Kubernetes")
    held = []
    extract = spelling.process.extract

    def watch(*args, **kwargs):
        held.append(spelling._lock.locked())
        return extract(*args, **kwargs)

    monkeypatch.setattr(spelling.process, "extract", watch)
    assert spelling.list_near("kubernetos") == ["kubernetes"]
    assert set(held) == {True}


def test_words_of_mail_addresses_are_found():
    make_talk("Seeds", takeaways=["Write to ann.lee@moss.example", "or to <bob@fern.example>"])
    for text in ("lee", "moss", "ann.lee@moss.example", "bob@fern.example", "fern"):
        assert find(text) == ["Seeds"]


def test_similar_words_are_suggested_only_if_they_find_more():
    for number in range(6):
        make_talk(f"Talk {number}", takeaways=["Eat kelp"])
    make_talk("Typo", takeaways=["und a kilp"])
    assert [search(text).suggestion for text in ("kilp", "und kilp typo")] == ["kelp", ""]


def test_a_word_excluded_behind_another_can_be_searched_literally():
    make_talk("Deleting", takeaways=["Never type rm -rf here"])
    results = search("type rm -rf")
    (excluded,) = results.excluded
    assert (results.total, excluded.word, find(excluded.query)) == (0, "rf", ["Deleting"])
    assert (excluded.phrase, excluded.query) == ('"rm -rf"', 'type "rm -rf"')
    assert [search(text).excluded for text in ('rm -"r f"', "-rf rm", "rm NOT tag:rf", "rm - rf")] == [[], [], [], []]


def test_corrected_words_are_nowhere_if_nothing_was_found():
    make_talk("Sepulka")
    results = search("sepulke year:1990")
    assert ([c.used for c in results.corrections], results.total, results.nowhere) == (["sepulka"], 0, ["sepulke"])
    assert search("sepulke").nowhere == []


def test_a_long_query_may_find_talks_with_some_words():
    make_talk("Ferns", takeaways=["Water ferns on Monday"])
    make_talk("Frogs", takeaways=["Frogs sing"])
    for number, word in enumerate(("ladder", "bucket", "gravel", "sunlight", "compost")):
        make_talk(f"Tool {number}", takeaways=[word])
    text = "monday ladder bucket gravel sunlight compost ferns frogs"
    results = search(text)
    assert (read_titles(results), results.loose) == (["Ferns"], True)
    assert search("ferns monday water sunlight").loose is False
    assert find("ladder bucket gravel") == []

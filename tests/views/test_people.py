from datetime import date

import pytest

from tests import builders as make
from tests.views.rows import count_queries, make_base, make_many, read_links, read_text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def base(shared_rows):
    make_base()
    make.make_talk("More", speakers=["Ångström, Émile", "Lisa Guo"])


def names(response):
    return [row.name for row in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ångström, Émile", "Lisa Guo", "Philipp Garbe"]),
        ("order=count", ["Lisa Guo", "Ångström, Émile", "Philipp Garbe"]),
        ("letter=a", ["Ångström, Émile"]),
        ("letter=%C3%85", ["Ångström, Émile"]),
        ("letter=p&order=count", ["Philipp Garbe"]),
        ("letter=%25", []),
        ("letter=xyz", ["Ångström, Émile", "Lisa Guo", "Philipp Garbe"]),
        ("order=sideways", ["Ångström, Émile", "Lisa Guo", "Philipp Garbe"]),
    ],
)
def test_speakers_can_be_listed_by_letter_and_by_count(client, query, found):
    assert names(client.get(f"/speakers/?{query}")) == found


def test_filter_letters_are_initials_of_all_speakers_whichever_is_chosen(client):
    assert client.get("/speakers/?letter=p").context["letters"] == ["a", "l", "p"]


def test_many_letters_of_other_scripts_are_folded_behind_latin_ones(client):
    post = make.make_post("Names", key="names.md")
    make.make_talk("Many", post=post, speakers=[f"{letter}三" for letter in "王李张刘陈杨黄"])
    shown = client.get("/speakers/")
    assert shown.context["letters"] == ["a", "l", "p"]
    assert len(shown.context["other_letters"]) == 7
    assert "<details>" in shown.content.decode()
    assert "<summary>7 letters of other scripts</summary>" in shown.content.decode()
    chosen = client.get("/speakers/?letter=王")
    assert "<details open>" in chosen.content.decode()
    assert names(chosen) == ["王三"]


def test_a_speaker_shows_talks_by_year(client):
    response = client.get("/speakers/lisa-guo/")
    assert [talk.title for talk in response.context["page"]] == [
        "Containers at night",
        "Scaling Instagram Architecture",
        "More",
    ]
    assert "/tags/docker/" in read_links(response)


def test_lists_say_year_unknown_only_beside_known_years(client):
    make.make_talk("One", make.make_day(make.make_conference("Meetup", None)), speakers=["Ann Lee"])
    assert "1 talk Talks One" in read_text(client.get("/speakers/ann-lee/"))
    make.make_talk("Two", make.make_day(make.make_conference("Meetup", 2017)), speakers=["Ann Lee"])
    assert "Year unknown One" in read_text(client.get("/speakers/ann-lee/"))


def test_a_speaker_page_quotes_takeaways_of_the_talks(client):
    talk = make.make_talk("On caches", speakers=["Ann Lee"], tags=["Caching"])
    for text in ("Cache what is read often by many people", "Short", "Never cache what nobody will ever read again"):
        make.make_takeaway(talk, text)
    main = read_text(client.get("/speakers/ann-lee/")).partition(" Ann Lee ")[2]
    assert main.startswith(
        "1 talk 2017 On caches QCon London 2017, day 2 Cache what is read often by many people # In the notes "
        "Never cache what nobody will ever read again # In the notes Speaks of Caching"
    )


def test_the_unsafe_web_address_of_a_speaker_is_not_linked(client):
    make.make_talk("Odd", speakers=["Odd One"])
    make.make_speaker("Odd One").__class__.objects.filter(slug="odd-one").update(url="javascript:alert(1)")
    assert "javascript" not in client.get("/speakers/odd-one/").content.decode()


def test_speakers_handles_within_their_web_addresses_are_not_repeated(client):
    speaker = make.make_speaker("Lisa Guo")
    speaker.__class__.objects.update(url="https://social.example/@LisaGuo", handle="lisaguo")
    assert "social.example/@LisaGuo" in read_text(client.get("/speakers/lisa-guo/"))
    assert "· lisaguo" not in read_text(client.get("/speakers/lisa-guo/"))
    speaker.__class__.objects.update(handle="@guo")
    assert "· @guo" in read_text(client.get("/speakers/lisa-guo/"))


def test_writers_are_listed_by_name_with_years_and_events(client):
    draft = make.make_post(
        "A draft",
        writer="Second Writer",
        visibility="draft",
        published_on=date(2011, 1, 1),
        day=make.make_day(number=2),
    )
    make.make_talk("Unseen", post=draft)
    rows = client.get("/writers/").context["page"].object_list
    told = [(row.name, row.first_year, row.last_year, [str(event) for event in row.events]) for row in rows]
    assert told == [
        ("Second Writer", 2017, 2017, ["KubeCon 2019"]),
        ("Toby Notemaker", 2017, 2017, ["QCon London 2017"]),
    ]


def test_a_writer_page_shows_their_talks_and_posts(client):
    response = client.get("/writers/second-writer/")
    assert [talk.title for talk in response.context["page"]] == ["Containers at night"]
    assert "/posts/kubecon-notes/" in read_links(response)
    assert "Heard and noted 1 talk" in read_text(response)


@pytest.mark.parametrize(("count", "shown"), [(12, 12), (13, 12)])
def test_a_writer_page_shows_twelve_posts_and_links_to_all(client, count, shown):
    for number in range(count):
        make.make_post(f"Pods {number}", key=f"{number}.md", writer="Third Writer")
    links = read_links(client.get("/writers/third-writer/"))
    listed = [link for link in links if link.startswith("/posts/") and link != "/posts/"]
    assert (len(listed), listed[shown:]) == (count, ["/posts/?writer=third-writer"] * (count > shown))


def test_the_page_of_a_writer_without_talks_says_so(client):
    make.make_post("Packing my bag", key="bag.md", writer="Third Writer")
    text = read_text(client.get("/writers/third-writer/"))
    assert ("Third Writer No talk was found in the posts." in text, "0 talks" in text) == (True, False)


@pytest.mark.parametrize("address", ["/speakers/nobody/", "/writers/nobody/", "/writers/lisa-guo/"])
def test_pages_of_unknown_speakers_and_writers_are_404(client, address):
    assert client.get(address).status_code == 404


def test_speakers_with_only_hidden_talks_are_404(client):
    make.make_talk("Taken down", speakers=["Quiet One"], hidden=True)
    assert client.get("/speakers/quiet-one/").status_code == 404
    assert "Quiet One" not in client.get("/speakers/").content.decode()


def test_a_speaker_page_shows_chart_affiliations_and_partners(client):
    for year, affiliation in ((2011, "Acme"), (2013, "Acme"), (2016, "Initech")):
        day = make.make_day(make.make_conference("Series", year), 1)
        talk = make.make_talk(f"Talk of {year}", day, speakers=["Ann Lee", "Bob Roy"], tags=["Go"])
        talk.appearances.filter(speaker__name="Ann Lee").update(affiliation=affiliation)
    make.make_talk("Hidden", make.make_day(make.make_conference("Series", 2018), 1), speakers=["Ann Lee"], hidden=True)
    response = client.get("/speakers/ann-lee/")
    assert [(bar.year, bar.count) for bar in response.context["chart"].bars if bar.count] == [
        (2011, 1),
        (2013, 1),
        (2016, 1),
    ]
    assert "From Initech 2016 Acme 2011–2013 Speaks of Go 3 talks Together with Bob Roy 3 talks" in read_text(response)


@pytest.mark.any_database
def test_a_speaker_page_needs_at_most_twelve_queries(client):
    make_many(3)
    few = count_queries("/speakers/lisa-guo/")
    make_many(9, after=3)
    assert few == count_queries("/speakers/lisa-guo/") <= 12

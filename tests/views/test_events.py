import re

import pytest

from tests import builders as make
from tests.views.rows import count_queries, make_base, read_links, read_names, read_text

pytestmark = pytest.mark.django_db


def test_conferences_are_listed_by_year(client):
    make_base()
    make.make_talk("Undated", make.make_day(make.make_conference("Meetup", None), number=None))
    response = client.get("/conferences/")
    assert read_names(response) == ["KubeCon 2019", "QCon London 2017", "Meetup"]
    assert (
        "2019 KubeCon 2019 1 talk · 1 speaker On Docker"
        " 2017 QCon London 2017 2 talks · 2 speakers On Docker , AWS No year Meetup 1 talk Series"
    ) in read_text(response).replace(" Talks Conferences Series", " Series")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("series=kubecon", ["KubeCon 2019"]),
        ("year=2017", ["QCon London 2017"]),
        ("series=kubecon&year=2017", []),
        ("series=nothing", []),
        ("year=abc", ["KubeCon 2019", "QCon London 2017"]),
        ("year=99999999999999999999", ["KubeCon 2019", "QCon London 2017"]),
        ("series=%00", ["KubeCon 2019", "QCon London 2017"]),
        ("series=%ff", []),
    ],
)
def test_the_list_of_conferences_can_be_filtered(client, query, names):
    make_base()
    assert read_names(client.get(f"/conferences/?{query}")) == names


def test_a_conference_shows_its_days_talks_posts_and_tags(client):
    make_base()
    links = read_links(client.get("/conferences/qcon-london-2017/"))
    assert links == [
        "/conferences/",
        "/series/qcon-london/",
        "#posts",
        "#tags",
        "/conferences/qcon-london-2017/day-2/",
        "/talks/qcon-london-2017/deliver-docker-container-continuously-in-aws/",
        "/tags/docker/",
        "/tags/aws/",
        "/talks/qcon-london-2017/scaling-instagram-architecture/",
        "/posts/takeaways-from-qcon-london-2017-day-2/",
        "/writers/toby-notemaker/",
        "/tags/aws/",
        "/tags/docker/",
    ]


def test_conferences_with_days_say_which_talks_have_none(client):
    make.make_talk("Whenever", make.make_day(number=None))
    assert "Talks Whenever" in read_text(client.get("/conferences/qcon-london-2017/"))
    make.make_talk("On the second", make.make_day(number=2))
    shown = read_text(client.get("/conferences/qcon-london-2017/"))
    assert "Talks whose day is not noted Whenever Day 2 On the second" in shown


def test_a_conference_without_days_shows_intro_and_outro(client):
    day = make.make_day(make.make_conference("KubeCon", 2019), number=None)
    post = make.make_post(day=day, intro="Before all talks.")
    post.outro_html = "<p>After all talks.</p>"
    post.save()
    make.make_talk("Containers at night", post=post)
    make.make_talk("Pods by day", post=post)
    shown = read_text(client.get("/conferences/kubecon-2019/"))
    assert "Before all talks. Toby Notemaker Talks Containers at night Pods by day After all talks." in shown


def test_conference_pages_with_talks_omit_intros_of_singletalk_posts(client):
    """Those of posts without talks too."""
    day = make.make_day(make.make_conference("KubeCon", 2019), number=None)
    make.make_talk("Pods by day", post=make.make_post(day=day, intro="Of this talk."))
    make.make_post(day=day, intro="Things to read.", key="things.md")
    shown = read_text(client.get("/conferences/kubecon-2019/"))
    assert ("Of this talk." in shown, "Things to read." in shown) == (False, False)


@pytest.mark.parametrize(("count", "shown"), [(12, 12), (14, 12)])
def test_a_conference_shows_twelve_posts_and_a_link_to_all(client, count, shown):
    day = make.make_day(make.make_conference("KubeCon", 2019), number=None)
    for number in range(count):
        make.make_post(day=day, title=f"Pods {number}", key=f"{number}.md")
    page = client.get("/conferences/kubecon-2019/").content.decode()
    links = set(re.findall(r'href="(/posts/[^"]+)"', page))
    listed = "/posts/?series=kubecon&amp;year=2019"
    assert (len(links - {listed}), listed in links) == (shown, count > shown)
    assert client.get("/posts/", {"series": "kubecon", "year": "2019"}).content.decode().count("Pods ") >= count


def test_a_conference_page_omits_intros_that_are_headings_alone(client):
    day = make.make_day(make.make_conference("KubeCon", 2019), number=None)
    post = make.make_post(day=day, intro="# Lightning Talks\n\n## Pods\n")
    for title in ("Containers at night", "Pods by day"):
        make.make_talk(title, post=post)
    assert "<strong>Lightning Talks</strong>" in post.intro_html
    assert 'class="passage"' not in client.get("/conferences/kubecon-2019/").content.decode()


def test_conferences_without_talks_show_texts_and_links_of_posts(client):
    day = make.make_day(make.make_conference("Quiet", 2011), None)
    make.make_post("Silence", day=day, writer=None, intro="Nobody spoke.")
    shown = read_text(client.get("/conferences/quiet-2011/"))
    assert "No talk was found in the posts. Posts Nobody spoke. Silence" in shown


def test_conference_pages_omit_headings_at_the_end_of_intros(client):
    day = make.make_day(make.make_conference("Meetup", None), number=None)
    post = make.make_post(day=day, intro="# General\n\nBy the sea.\n\n## Session 1\n\n### Pods\n", writer="Ann Lee")
    for title in ("Pods by day", "Pods by night"):
        make.make_talk(title, post=post)
    text = read_text(client.get("/conferences/meetup/"))
    assert "General By the sea. Ann Lee Talks" in text


def test_intros_about_one_day_are_only_on_that_days_page(client):
    make_base()
    assert "Now for day 2" not in read_text(client.get("/conferences/qcon-london-2017/"))
    assert "Now for day 2" in read_text(client.get("/conferences/qcon-london-2017/day-2/"))


def test_a_day_shows_tags_of_posts_that_no_talk_has(client):
    make_base()
    text = read_text(client.get("/conferences/qcon-london-2017/day-2/"))
    assert text.partition("Tags of the posts")[2].startswith(" Conference Talks Conferences")


@pytest.mark.parametrize(
    "address",
    ["day-1/", "day-02/", "day-100/", "day--1/", "day-２/", "day-2/x/", "day-99999999999999999999/", "nothing/"],
)
def test_pages_of_unknown_days_are_404(client, address):
    make_base()
    assert client.get(f"/conferences/qcon-london-2017/{address}").status_code == 404


def test_the_list_of_series_shows_their_years(client):
    make_base()
    make.make_talk("Later", make.make_day(make.make_conference("QCon London", 2018), number=1))
    assert read_links(client.get("/series/")) == [
        "/conferences/",
        "/series/kubecon/",
        "/conferences/kubecon-2019/",
        "/tags/docker/",
        "/series/qcon-london/",
        "/conferences/qcon-london-2017/",
        "/conferences/qcon-london-2018/",
        "/tags/docker/",
        "/tags/aws/",
    ]
    assert read_names(client.get("/series/qcon-london/")) == ["2018", "2017"]


def test_events_with_nothing_but_drafts_are_404(client):
    draft = make.make_post(day=make.make_day(make.make_conference("Secret", 2020), number=1), visibility="draft")
    make.make_talk("Secret", post=draft)
    for address in ("/conferences/secret-2020/", "/conferences/secret-2020/day-1/", "/series/secret/"):
        assert client.get(address).status_code == 404
    assert "Secret" not in client.get("/conferences/").content.decode()


def test_a_series_shows_the_shares_of_its_tags_by_year(client):
    for year, tags in ((2011, ["Java"]), (2012, ["Java", "Go"])):
        day = make.make_day(make.make_conference("Series", year), 1)
        for number in range(12):
            make.make_talk(f"Talk {number}", day, tags=tags)
    day = make.make_day(make.make_conference("Series", 2013), 1)
    make.make_talk("A talk", day, tags=["Go"])
    response = client.get("/series/series/")
    assert "Tag 2011 2012 2013 Java 12 of 12 12 of 12 Go 12 of 12 1 of 1 The number says how many" in read_text(
        response
    )
    assert "Rising Go 0 of 12 talks before 2012, 13 of 13 since" in read_text(response)
    assert response.content.decode().count('class="hollow"') == 1


def test_a_tag_that_names_the_event_is_not_listed_there(client):
    for year in (2011, 2012):
        day = make.make_day(make.make_conference("Series", year), 1)
        for number in range(3):
            make.make_talk(f"Talk {number}", day, tags=["series", "Java"])
    for address in ("/series/series/", "/conferences/series-2011/", "/conferences/series-2011/day-1/"):
        response = client.get(address)
        assert [tag.name for tag in response.context["tags"]] == ["Java"]
    trends = client.get("/series/series/").context["trends"]
    assert [trend.tag.name for trend in trends.tags] == ["Java"]


def test_a_series_page_needs_at_most_twelve_queries(client):
    for year in (2010, 2011, 2012):
        make.make_talk("A talk", make.make_day(make.make_conference("Series", year), 1), tags=["Go"])
    few = count_queries("/series/series/")
    for year in range(2013, 2020):
        make.make_talk("A talk", make.make_day(make.make_conference("Series", year), 1), tags=["Go", f"Tag {year}"])
    assert few == count_queries("/series/series/") <= 12


@pytest.mark.parametrize(("length", "folded"), [(20, False), (400, True)])
def test_a_days_long_intro_is_folded_a_short_not(client, length, folded):
    day = make.make_day(number=2)
    make.make_post(day=day, intro="word " * length)
    html = client.get(day.get_absolute_url()).content.decode()
    assert ('<details class="passage"' in html) is folded
    assert ("Read all that Toby Notemaker says of this day" in html) is folded
    assert html.partition('<div class="words">')[2].partition("</div>")[0].count("word") == length


def test_a_conference_without_talks_is_listed_with_no_talk_noted(client):
    make.make_post(day=make.make_day(make.make_conference("Quiet", 2011), None))
    assert "Quiet 2011 no talk noted" in read_text(client.get("/conferences/"))

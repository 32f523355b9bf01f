import pytest

from talks.derived import renew
from talks.models import Tag, TagAlias, Talk
from talks.views import tags
from tests import builders as make
from tests.views.rows import count_queries, log_in_staff, make_base, make_many, read_links, read_names, read_text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def made(shared_rows):
    return make_base().pk


@pytest.fixture
def base(made):
    return Talk.objects.get(pk=made)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [("AWS", 1), ("Conference", 0), ("Docker", 2)]),
        ("order=count", [("Docker", 2), ("AWS", 1), ("Conference", 0)]),
        ("letter=d", [("Docker", 2)]),
    ],
)
def test_lists_of_tags_count_talks_and_can_be_filtered(client, query, found):
    """They can be sorted too."""
    assert [(tag.name, tag.talk_count) for tag in client.get(f"/tags/?{query}").context["page"]] == found


def test_a_tag_page_lists_its_talks_by_year(client):
    text = read_text(client.get("/tags/docker/")).partition(" Show ")[2]
    assert text.startswith(
        "2019 Containers at night Lisa Guo · KubeCon 2019 "
        "2017 Deliver Docker Container Continuously in AWS Philipp Garbe · QCon London 2017, day 2 "
        "Docker is not the whole story # In the notes "
        "References Deliver Docker Container Continuously in AWS "
        "Slides · example.org · in Deliver Docker Container Continuously in AWS · archived 2017 "
        "Related tags AWS 1 talk Speakers Lisa Guo Philipp Garbe "
        "Posts with this tag Takeaways from QCon London 2017 – Day 2"
    )


def test_a_nested_takeaway_is_quoted_with_its_parent(client, base):
    post = base.sources.get().post
    parent = make.make_takeaway(base, "Things to *know*", post=post)
    make.make_takeaway(base, "Docker, for one", post=post, parent=parent, tags=["Docker"])
    assert "Things to know Docker , for one #" in read_text(client.get("/tags/docker/"))


def test_parents_right_above_quoted_takeaways_are_not_repeated(client):
    talk = make.make_talk("One", speakers=["Ann Lee"])
    base = make.make_takeaway(talk, "Bases on Docker", tags=["Docker"])
    for text in ("Moss on Docker", "Oaks on Docker"):
        make.make_takeaway(talk, text, parent=base, tags=["Docker"])
    plants = make.make_takeaway(talk, "Plants")
    for text in ("Ferns on Docker", "Roses on Docker"):
        make.make_takeaway(talk, text, parent=plants, tags=["Docker"])
    text = read_text(client.get("/tags/docker/"))
    assert [text.count(each) for each in ("Bases on", "Moss on", "Oaks on", "Plants", "Ferns on", "Roses on")] == [
        1
    ] * 6
    excerpts = client.get("/search/?q=docker+ferns+roses").text
    assert excerpts.count('<p class="above">Plants</p>') == 1
    assert '<p class="above">' not in client.get("/search/?q=bases+moss+oaks").text


def test_a_tag_without_talks_lists_its_posts(client):
    response = client.get("/tags/conference/")
    assert "Conference 1 post Takeaways from QCon London 2017 – Day 2" in read_text(response)
    assert "/posts/takeaways-from-qcon-london-2017-day-2/" in read_links(response)


def test_a_tag_page_lists_talks_mentioning_it_in_a_takeaway(client, base):
    make.make_takeaway(base, "About podman", post=base.sources.get().post, tags=["Podman"])
    assert [talk.title for talk in client.get("/tags/podman/").context["page"]] == [base.title]


def test_several_tags_in_any_order_redirect_to_one_address(client):
    assert [talk.title for talk in client.get("/tags/aws+docker/").context["page"]] == [
        "Deliver Docker Container Continuously in AWS"
    ]
    for address in ("/tags/docker+aws/", "/tags/docker+aws+docker/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/tags/aws+docker/")


def test_a_tag_page_links_to_adding_or_removing_tags(client):
    assert "/tags/aws+docker/" in read_links(client.get("/tags/docker/"))
    links = read_links(client.get("/tags/aws+docker/"))
    assert [link for link in links if link.startswith("/tags/")][1:3] == ["/tags/docker/", "/tags/aws/"]


def test_up_to_four_tags_can_be_combined(client):
    talk = make.make_talk("All of them", tags=["A", "B", "C", "D", "E"])
    four = client.get("/tags/a+b+c+d/")
    assert [row.title for row in four.context["page"]] == [talk.title]
    assert "/tags/a+b+c+d+e/" not in read_links(four)
    assert client.get("/tags/a+b+c+d+e/").status_code == 404


@pytest.mark.parametrize(("address", "index"), [("a", True), ("a+b", True), ("a+b+c", False)])
def test_search_engines_must_not_index_pages_of_three_tags(client, address, index):
    make.make_talk("All of them", tags=["A", "B", "C"])
    html = client.get(f"/tags/{address}/").content.decode()
    assert ('<meta name="robots" content="noindex">' not in html) is index


@pytest.mark.parametrize(
    "slugs", ["nothing", "docker+nothing", "+", "docker+", "+docker", "docker++aws", "%00", "Docker", "a b", "a,b"]
)
def test_pages_of_unknown_tags_are_404(client, slugs):
    assert client.get(f"/tags/{slugs}/").status_code == 404


@pytest.mark.parametrize(
    ("slugs", "leads_to"),
    [
        ("amazon-web-services", "aws"),
        ("whale", "docker"),
        ("the-big-whale", "docker"),
        ("whale+aws", "aws+docker"),
        ("docker+whale", "docker"),
        ("docker+docker", "docker"),
    ],
)
def test_addresses_of_tag_aliases_redirect_to_the_tag(client, slugs, leads_to):
    for alias in ("Whale", "The big whale"):
        TagAlias.objects.create(tag=Tag.objects.get(name="Docker"), name=alias)
    response = client.get(f"/tags/{slugs}/")
    assert (response.status_code, response.headers["Location"]) == (301, f"/tags/{leads_to}/")


def test_aliases_of_invisible_tags_are_404(client):
    make.make_tag("Erlang", aliases=["Beam"])
    assert [client.get(f"/tags/{slugs}/").status_code for slugs in ("beam", "golang", "beam+docker")] == [404] * 3


def test_tags_such_as_c_sharp_have_readable_addresses(client):
    make.make_talk("Languages", tags=["C", "C++", "C#", "日本語", "!!!"])
    links = read_links(client.get("/tags/"))
    assert client.get("/tags/cpp/").context["title"] == "C++"
    assert [client.get(link).status_code for link in links if link.startswith("/tags/")] == [200] * 8


def test_pages_of_tags_with_only_drafts_are_404(client):
    draft = make.make_post("Draft", visibility="draft", key="d.md", tags=["Secret", "Docker"])
    talk = make.make_talk("Draft talk", post=draft, tags=["Hush"])
    make.make_takeaway(talk, "Docker in secret", post=draft, tags=["Docker", "Whisper"])
    for slug in ("secret", "hush", "whisper"):
        assert client.get(f"/tags/{slug}/").status_code == 404
    assert [tag.name for tag in client.get("/tags/").context["page"]] == ["AWS", "Conference", "Docker"]
    assert "secret" not in read_text(client.get("/tags/docker/")).lower()


def test_references_are_filtered_by_kind_and_host(client, base):
    make.make_citation(base, "https://arxiv.org/abs/1", title="Paxos Made Simple", kind="paper")
    response = client.get("/references/")
    assert read_names(response) == ["Paxos Made Simple", "Deliver Docker Container Continuously in AWS"]
    assert read_names(client.get("/references/?kind=slides")) == ["Deliver Docker Container Continuously in AWS"]
    assert read_names(client.get("/references/?host=arxiv.org")) == ["Paxos Made Simple"]
    assert read_names(client.get("/references/?kind=%00")) == [
        "Paxos Made Simple",
        "Deliver Docker Container Continuously in AWS",
    ]
    assert base.get_absolute_url() in read_links(response)


def test_references_titled_as_their_talk_name_only_its_conference(client, base):
    make.make_citation(base, "https://arxiv.org/abs/1", title=base.title, kind="paper")
    make.make_citation(base, "https://arxiv.org/abs/2", title="Clocks", kind="paper")
    text = read_text(client.get("/references/?kind=paper"))
    assert f"{base.title} arxiv.org/abs/1 · QCon London 2017 · archived 2017 " in text
    assert f"Clocks arxiv.org/abs/2 · archived 2017 {base.title} , QCon London 2017" in text


def test_reference_groups_of_several_from_one_host_are_wide(client, base):
    for number in range(3):
        make.make_citation(base, f"https://arxiv.org/abs/{number}", kind="paper")
    make.make_citation(base, "https://example.org/paper", kind="paper")
    sites = (
        client.get("/references/?kind=paper")
        .content.decode()
        .partition('<div class="sites">')[2]
        .partition("</section>")[0]
    )
    groups = sites.split("<h3")
    assert ['class="wide"' in group for group in groups[:-1]] == [True, False]
    assert [group.count("<li>") // 2 for group in groups[1:]] == [3, 1]


def test_a_tag_page_links_to_its_sections_below_the_talks(client, base):
    html = client.get("/tags/docker/").content.decode()
    for name in ("related", "speakers", "posts"):
        assert (html.count(f'href="#{name}"'), html.count(f'id="{name}"')) == (1, 1)


def test_references_with_an_unsafe_address_are_not_linked(client, base):
    citation = make.make_citation(base, "https://example.org/x", title="Click")
    type(citation.reference).objects.filter(pk=citation.reference.pk).update(url="javascript:alert(1)", name="Clocks")
    for address in ("/references/", base.get_absolute_url()):
        html = client.get(address).content.decode()
        assert 'href="javascript' not in html
        assert "Clocks" in html


def test_the_list_of_references_has_none_of_drafts(client):
    draft = make.make_post("Draft", visibility="draft", key="d.md")
    make.make_citation(make.make_talk("Draft talk", post=draft), "https://secret.example/")
    assert "secret.example" not in client.get("/references/").content.decode()


def test_a_references_name_comes_only_from_visible_notes(client, base):
    make.make_citation(base, "https://example.org/shared", title="Shared")
    draft = make.make_talk("Draft", post=make.make_post("Draft", visibility="draft", key="d.md"))
    for _ in range(3):
        make.make_citation(draft, "https://example.org/shared", title="What a draft calls it")
    assert read_names(client.get("/references/?kind=site")) == ["Shared"]


def test_references_are_grouped_by_kind_and_host(client, base):
    for url, kind in (
        ("https://b.example/", "site"),
        ("https://a.example/", "site"),
        ("https://arxiv.org/abs/1", "paper"),
        ("https://leanpub.com/a", "book"),
    ):
        make.make_citation(base, url, kind=kind)
    rows = client.get("/references/").context["page"]
    assert [(row.kind, row.host) for row in rows] == [
        ("paper", "arxiv.org"),
        ("book", "leanpub.com"),
        ("slides", "example.org"),
        ("site", "a.example"),
        ("site", "b.example"),
    ]


def test_references_of_most_speakers_come_first(client):
    for number in range(3):
        post = make.make_post(day=make.make_day(make.make_conference("Series", 2010 + number), 1))
        talk = make.make_talk(f"Talk {number}", post=post, speakers=[f"Speaker {number}"])
        make.make_citation(talk, "https://doi.org/10.1/a", title="Read by three", kind="paper")
        again = make.make_talk(f"Again {number}", post=post, speakers=["Speaker 0"])
        for _ in range(2):
            make.make_citation(again, "https://example.org/b", title="Erlang in Anger")
        make.make_citation(talk, "https://twitter.com/hashtag/series", title="#series")
        make.make_citation(talk, f"https://example.org/{number}", title="Only once")
    response = client.get("/references/")
    assert [(row.name, row.speaker_count, row.talk_count) for row in response.context["recommended"]] == [
        ("Read by three", 3, 3),
        ("Erlang in Anger", 1, 3),
    ]
    assert "Paper · doi.org · 3 talks by 3 speakers · archived 2017" in read_text(response)
    assert "https://web.archive.org/web/20170323/https://doi.org/10.1/a" in read_links(response)
    assert "recommended" in client.get("/references/").context
    assert client.get("/references/?kind=paper").context["recommended"] == []


def test_recommended_references_count_drafts_for_staff_alone(client):
    draft = make.make_post("Draft", visibility="draft", key="d.md")
    for number in range(2):
        talk = make.make_talk(f"Draft {number}", post=draft, speakers=[f"Speaker {number}"])
        make.make_citation(talk, "https://example.org/a", title="A paper of theirs")
    assert client.get("/references/").context["recommended"] == []
    found = log_in_staff().get("/references/").context["recommended"]
    assert [(row.url, row.speaker_count, row.talk_count) for row in found] == [("https://example.org/a", 2, 2)]


def test_recommended_references_do_not_count_drafts(client):
    for number, visibility in enumerate(["public", "public", "draft"]):
        day = make.make_day(make.make_conference("Series", 2010 + number), 1)
        post = make.make_post(f"Post {number}", day=day, visibility=visibility)
        talk = make.make_talk(f"Talk {number}", post=post, speakers=[f"Speaker {number}"])
        make.make_citation(talk, "https://doi.org/10.1/a", title="Aa" if visibility == "public" else "Z, a secret")
    response = client.get("/references/")
    assert [(row.name, row.speaker_count) for row in response.context["recommended"]] == [("Aa", 2)]
    assert "secret" not in read_text(response)


def test_a_tag_page_shows_a_chart_of_years(client):
    response = client.get("/tags/docker/")
    assert [(bar.year, bar.count) for bar in response.context["chart"].bars] == [(2017, 1), (2018, 0), (2019, 1)]
    assert "Docker 2 talks, 2017 to 2019" in read_text(response)
    assert "Talks a year, as a table Year Talks 2017 1 2019 1" in read_text(response)
    years = [link for link in read_links(response) if link.startswith("?year=")]
    assert years == ["?year=2017", "?year=2019"] * 2  # of bars, and of rows of the table
    assert client.get("/tags/aws/").context["chart"] is None


def test_mentions_of_the_tag_are_marked_on_its_page(client, base):
    make.make_tag("Docker", aliases=["moby"])
    post = base.sources.get().post
    make.make_takeaway(base, "What **moby** was: docker & more", post=post, tags=["Docker"])
    make.make_takeaway(base, "In micro-services", post=post, tags=["Microservices"])
    assert "In <mark>micro-services</mark>" in client.get("/tags/microservices/").content.decode()
    html = client.get("/tags/docker/").content.decode()
    assert "<mark>Docker</mark> is not the whole story" in html
    assert "What <strong><mark>moby</mark></strong> was: <mark>docker</mark> &amp; more" in html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("year=2019", ["Containers at night"]),
        ("series=qcon-london", ["Deliver Docker Container Continuously in AWS"]),
        ("speaker=lisa-guo", ["Containers at night"]),
        ("speaker=nobody", []),
        ("year=x&series=%00", ["Containers at night", "Deliver Docker Container Continuously in AWS"]),
    ],
)
def test_a_tag_page_can_be_filtered(client, query, titles):
    response = client.get(f"/tags/docker/?{query}")
    assert [talk.title for talk in response.context["page"]] == titles
    assert response.context["page"].paginator.count == len(titles)
    assert response.context["total"] == 2


def test_search_engines_must_not_index_filtered_tag_pages(client):
    html = client.get("/tags/docker/?year=2019&speaker=lisa-guo").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert '/tags/docker/?year=2019&amp;speaker=lisa-guo">' in html


def test_related_tags_are_ranked_by_share_not_count(client):
    with make.derive_once():
        for number in range(12):
            make.make_talk(f"Common {number}", tags=["Everywhere"])
    for number in range(4):
        make.make_talk(f"Both {number}", tags=["Podman", "Everywhere"])
    for number in range(3):
        make.make_talk(f"Near {number}", tags=["Podman", "Rootless"])
    assert [(tag.name, tag.talk_count) for tag in client.get("/tags/podman/").context["related"]] == [
        ("Rootless", 3),
        ("Everywhere", 4),
    ]


@pytest.mark.any_database
def test_a_tag_page_needs_at_most_twelve_queries(client, base):
    few = count_queries("/tags/docker/")
    make_many(12)
    assert (few, count_queries("/tags/docker/")) == (12, 12)
    assert count_queries("/tags/docker/?year=2000&speaker=lisa-guo") <= 12
    assert count_queries("/tags/docker+tag-03/") <= 12
    assert count_queries("/references/") <= 12


def test_speakers_and_filtered_related_tags_come_from_latest_talks(client, monkeypatch):
    monkeypatch.setattr(tags, "TALKS_WEIGHED", 3)
    for number in range(5):
        day = make.make_day(make.make_conference("Series", 2010 + number % 2), 1)
        make.make_talk(f"Talk {number}", day, tags=["Go", f"Tag {number}"], speakers=["Ann Lee", f"Speaker {number}"])
    context = client.get("/tags/go/").context
    assert (context["total"], context["page"].paginator.count) == (5, 5)
    assert sorted(tag.name for tag in context["related"]) == [f"Tag {number}" for number in range(5)]
    assert [speaker.name for speaker in context["speakers"][1:]] == ["Speaker 2", "Speaker 3", "Speaker 4"]
    context = client.get("/tags/go/?speaker=ann-lee").context
    assert sorted(tag.name for tag in context["related"]) == ["Tag 2", "Tag 3", "Tag 4"]
    for query, count in (("year=2010", 3), ("speaker=ann-lee", 5), ("series=series&year=2011", 2)):
        assert client.get(f"/tags/go/?{query}").context["page"].paginator.count == count


@pytest.mark.parametrize("field", ["hidden", "withdrawn"])
def test_a_parent_takeaway_is_quoted_only_if_visible(client, field):
    talk = make.make_talk("A talk", takeaways=[("Something above", ["Docker below"])])
    renew([talk.pk])
    assert b"Something above" in client.get("/tags/docker/").content
    talk.takeaways.filter(parent=None).update(**{field: True})
    renew([talk.pk])
    shown = client.get("/tags/docker/").content
    assert (b" below" in shown, b"Something above" in shown) == (True, False)

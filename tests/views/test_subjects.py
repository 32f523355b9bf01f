import pytest

from tests import builders as make
from tests.views.rows import make_base, read_links, read_names, read_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base():
    return make_base()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [("AWS", 1), ("Conference", 0), ("Docker", 2)]),
        ("order=count", [("Docker", 2), ("AWS", 1), ("Conference", 0)]),
        ("letter=d", [("Docker", 2)]),
    ],
)
def test_tags(client, query, found):
    assert [(tag.name, tag.talk_count) for tag in client.get(f"/tags/?{query}").context["page"]] == found


def test_a_tag_tells_by_year_what_was_said_of_it(client):
    text = read_text(client.get("/tags/docker/")).partition("2 talks ")[2]
    assert text.startswith(
        "2019 Containers at night Lisa Guo · KubeCon 2019 "
        "2017 Deliver Docker Container Continuously in AWS Philipp Garbe · QCon London 2017, day 2 "
        "Docker is not the whole story # In the notes Together with AWS 1 talk "
        "Posts with this tag Takeaways from QCon London 2017 – Day 2"
    )


def test_a_nested_takeaway_is_quoted_with_its_parent(client, base):
    post = base.sources.get().post
    parent = make.make_takeaway(base, "Things to *know*", post=post)
    make.make_takeaway(base, "Docker, for one", post=post, parent=parent, tags=["Docker"])
    assert "Things to know Docker, for one #" in read_text(client.get("/tags/docker/"))


def test_a_tag_of_posts_only_lists_them(client):
    response = client.get("/tags/conference/")
    assert "No talk that was noted is about this." in read_text(response)
    assert "/posts/takeaways-from-qcon-london-2017-day-2/" in read_links(response)


def test_a_tag_that_only_a_takeaway_mentions_finds_its_talk(client, base):
    make.make_takeaway(base, "About podman", post=base.sources.get().post, tags=["Podman"])
    assert [talk.title for talk in client.get("/tags/podman/").context["page"]] == [base.title]


def test_tags_cross_in_one_order(client):
    assert [talk.title for talk in client.get("/tags/aws+docker/").context["page"]] == [
        "Deliver Docker Container Continuously in AWS"
    ]
    for address in ("/tags/docker+aws/", "/tags/docker+aws+docker/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/tags/aws+docker/")


def test_tags_narrow_and_widen(client):
    assert "/tags/aws+docker/" in read_links(client.get("/tags/docker/"))
    links = read_links(client.get("/tags/aws+docker/"))
    assert [link for link in links if link.startswith("/tags/")][1:3] == ["/tags/docker/", "/tags/aws/"]


def test_up_to_four_tags_cross(client):
    talk = make.make_talk("All of them", tags=["A", "B", "C", "D", "E"])
    four = client.get("/tags/a+b+c+d/")
    assert [row.title for row in four.context["page"]] == [talk.title]
    assert "/tags/a+b+c+d+e/" not in read_links(four)
    assert client.get("/tags/a+b+c+d+e/").status_code == 404


@pytest.mark.parametrize(("address", "index"), [("a", True), ("a+b", True), ("a+b+c", False)])
def test_robots_read_two_tags_at_most(client, address, index):
    make.make_talk("All of them", tags=["A", "B", "C"])
    html = client.get(f"/tags/{address}/").content.decode()
    assert ('<meta name="robots" content="noindex">' not in html) is index


@pytest.mark.parametrize(
    "slugs", ["nothing", "docker+nothing", "+", "docker+", "+docker", "docker++aws", "%00", "Docker", "a b", "a,b"]
)
def test_unknown_tags_are_not_found(client, slugs):
    assert client.get(f"/tags/{slugs}/").status_code == 404


def test_signs_of_names_have_addresses(client):
    make.make_talk("Languages", tags=["C", "C++", "C#", "日本語", "!!!"])
    links = read_links(client.get("/tags/"))
    assert client.get("/tags/cpp/").context["title"] == "C++"
    assert [client.get(link).status_code for link in links if link.startswith("/tags/")] == [200] * 8


def test_tags_of_drafts_are_not_found(client):
    draft = make.make_post("Draft", visibility="draft", key="d.md", tags=["Secret", "Docker"])
    talk = make.make_talk("Draft talk", post=draft, tags=["Hush"])
    make.make_takeaway(talk, "Docker in secret", post=draft, tags=["Docker", "Whisper"])
    for slug in ("secret", "hush", "whisper"):
        assert client.get(f"/tags/{slug}/").status_code == 404
    assert [tag.name for tag in client.get("/tags/").context["page"]] == ["AWS", "Conference", "Docker"]
    assert "secret" not in read_text(client.get("/tags/docker/")).lower()


def test_references(client, base):
    make.make_citation(base, "https://arxiv.org/abs/1", title="A paper", kind="paper")
    response = client.get("/references/")
    assert read_names(response) == ["A paper", "The slides"]
    assert read_names(client.get("/references/?kind=slides")) == ["The slides"]
    assert read_names(client.get("/references/?host=arxiv.org")) == ["A paper"]
    assert read_names(client.get("/references/?kind=%00")) == ["A paper", "The slides"]
    assert base.get_absolute_url() in read_links(response)


def test_references_with_an_unsafe_address_are_not_linked(client, base):
    citation = make.make_citation(base, "https://example.org/x", title="Click")
    type(citation.reference).objects.filter(pk=citation.reference.pk).update(url="javascript:alert(1)", title="Click")
    for address in ("/references/", base.get_absolute_url()):
        html = client.get(address).content.decode()
        assert 'href="javascript' not in html
        assert "Click" in html


def test_references_of_drafts_are_not_shown(client):
    draft = make.make_post("Draft", visibility="draft", key="d.md")
    make.make_citation(make.make_talk("Draft talk", post=draft), "https://secret.example/")
    assert "secret.example" not in client.get("/references/").content.decode()


def test_a_reference_is_called_as_readers_may_see_it(client, base):
    citation = make.make_citation(base, "https://example.org/shared", title="Shared")
    type(citation.reference).objects.filter(pk=citation.reference.pk).update(title="What a draft calls it")
    assert read_names(client.get("/references/?kind=site")) == ["Shared"]

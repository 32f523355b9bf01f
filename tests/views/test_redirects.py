import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from talks.importing.post_identity import make_stem
from talks.models import SpeakerAlias, TalkAddress
from tests import builders as make
from tests.views.rows import log_in_staff, make_base, read_names, read_text

pytestmark = pytest.mark.django_db

POST = "/posts/takeaways-from-qcon-london-2017-day-2/"


@pytest.fixture(scope="module", autouse=True)
def base(shared_rows):
    make_base()


@pytest.mark.parametrize(
    "address",
    [
        "/2017/03/23/takeaways",
        "/2017/03/23/takeaways/",
        "/2017/03/23/takeaways/?utm=1",
        "/takeaways-from-qcon-london-2017-day-2.md",
        "/blog/takeaways-from-qcon-london-2017-day-2",
        "/blog/takeaways-from-qcon-london-2017-day-2/",
        "/blog/takeaways-from-qcon-london-2017-day-2.html",
        "/_posts/2017-03-23-takeaways-from-qcon-london-2017-day-2.md",
        "/blog/Takeaways from QCon London 2017 – Day 2",
    ],
)
def test_an_old_address_redirects_to_its_post(client, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, POST)


@pytest.mark.parametrize(
    "address",
    [
        "/blog/takeaways-from-qcon-london-2017-day-3",
        "/blog/",
        "/nothing",
        "/.git/config",
        "/.env",
        "/a/../../etc/passwd",
        "/%00",
        "/blog/%00",
        "/%0a",
        "/%ff%fe",
        "/%ED%A0%80",
        "/%2e%2e/secret",
        "/\\evil.example",
        "/http://evil.example/",
        "/" + "x" * 9000,
        "/wp-login.php",
        "/t/",
        "/t/%00/",
        "/talks/%00/%00/",
        "/speakers/a%2fb/",
    ],
)
def test_a_missing_page_is_404_without_cookies(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "Not here" in read_text(response)
    assert response.cookies == {}


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/", "///evil.example/talks", "//talks", "/\\\\evil.example"]
)
def test_no_old_address_redirects_to_another_site(client, path):
    assert client.get("/", PATH_INFO=path).status_code == 404
    assert client.get("/", PATH_INFO=f"{path}/takeaways-from-qcon-london-2017-day-2")["Location"] == POST


def test_the_404_page_names_the_requested_address(client):
    assert "/blog/takeaways-from-qcon-london-2017-day-3" in read_text(
        client.get("/blog/takeaways-from-qcon-london-2017-day-3")
    )


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/talks/qcon-london-2017/scaling-instagram-architectures/", ["Scaling Instagram Architecture"]),
        ("/conferences/qcon-london/", ["QCon London", "QCon London 2017"]),
        ("/tags/dockery/", ["Docker"]),
        ("/tags/do/", []),
        ("/speakers/lisa-guoo/", ["Lisa Guo"]),
        ("/2019/01/02/2019-01-02-kubecon-note.html", ["KubeCon notes", "KubeCon", "KubeCon 2019"]),
        ("/wholly/unlike/anything", []),
        ("/t/0000000000/", []),
    ],
)
def test_the_404_page_suggests_pages_with_similar_addresses(client, path, near):
    response = client.get(path)
    assert response.status_code == 404
    assert read_names(response) == near


def test_suggestions_of_the_404_page_name_their_kind(client):
    text = read_text(client.get("/talks/qcon-london-2017/scaling-instagram-architectures/"))
    assert "Scaling Instagram Architecture talk, QCon London 2017" in text
    assert "Docker tag" in read_text(client.get("/tags/dockery/"))


def test_the_404_page_suggests_drafts_to_staff_only(client):
    make.make_talk("Secret things", post=make.make_post("Hush", visibility="draft"), tags=["Secret"])
    assert read_names(client.get("/talks/secret-thing/")) == []
    assert read_names(log_in_staff().get("/tags/secrets/")) == ["Secret", "Secret things"]


@pytest.mark.parametrize(
    ("given", "key", "address"),
    [
        (None, "notes/moss.org", "/blog/moss.org"),
        (None, "notes/moss.ipynb", "/blog/moss.ipynb"),
        (None, "notes/fern-2017-03-23-moss.md", "/fern-2017-03-23-moss/"),
        ("2017-03-23-moss", "notes/day-2.md", "/blog/2017-03-23-moss/"),
        (None, f"notes/{'moss-and-fern-' * 8}.md", f"/blog/{'moss-and-fern-' * 8}/"),
    ],
)
def test_links_name_posts_by_the_stem_that_imports_store(client, given, key, address):
    post = make.make_post("Moss", key=key)
    post.stem = make_stem(given, None, key)
    post.save()
    assert client.get(address)["Location"] == post.get_absolute_url()


def test_a_file_name_of_two_posts_redirects_to_neither(client):
    make.make_post("One", key="a/same.md")
    make.make_post("Two", key="b/same.md")
    assert client.get("/blog/same").status_code == 404
    assert client.get("/a/same.md")["Location"] == "/posts/one/"


def test_links_of_vaults_lead_to_notes_by_name(client):
    """Also to a note whose front matter has the address of an event, and from another folder."""
    post = make.make_post("Moss", key="vault/Events/Moss Conf 2023.md")
    post.stem = make_stem(None, "https://moss.example/2023/", post.key)
    post.save()
    for folder in ("vault/Events", "vault/Talks", "vault/Talks/Events"):
        assert client.get(f"/{folder}/Moss%20Conf%202023")["Location"] == post.get_absolute_url()
    make.make_post("Ferns", key="vault/Talks/Moss Conf 2023.md")
    assert client.get("/vault/Talks/Moss%20Conf%202023")["Location"] == "/posts/ferns/"


def test_old_addresses_below_posts_lead_to_their_posts(client):
    """Blogs keep their posts below `/posts/` as this site does."""
    make.make_post("Moss on walls", key="content/posts/moss-2019.md", aliases=["/posts/old-moss"])
    make.make_post("Ferns", key="moss-in-summer.md")
    for address in ("/posts/moss-2019/", "/posts/old-moss/"):
        assert client.get(address)["Location"] == "/posts/moss-on-walls/"
    assert client.get("/posts/old-moss", follow=True).redirect_chain[-1] == ("/posts/moss-on-walls/", 302)
    assert client.get("/posts/ferns/").status_code == 200
    assert client.get("/posts/new-moss/").status_code == 404


def test_files_called_index_are_found_by_their_folder(client):
    make.make_post("Moss", key="content/moss-2019", aliases=["/old/index.html"])
    make.make_post("Start", key="content/_index.md")
    for address in ("/content/moss-2019/index.md", "/moss-2019/index.html", "/old/index.html"):
        assert client.get(address)["Location"] == "/posts/moss/"
    assert client.get("/ferns-2018/index.md").status_code == 404
    assert client.get("/content/_index.md")["Location"] == "/posts/start/"


def test_old_addresses_of_drafts_redirect_staff_only(client):
    make.make_post("Draft", key="hush.md", visibility="draft", aliases=["/hush"])
    for address in ("/hush", "/hush.md", "/blog/hush"):
        assert client.get(address).status_code == 404
        assert log_in_or_reuse().get(address)["Location"] == "/posts/draft/"


def log_in_or_reuse() -> Client:
    User.objects.filter(username="staff").delete()
    return log_in_staff()


def test_old_addresses_of_withdrawn_posts_are_404(client):
    make.make_post("Gone", key="gone.md", withdrawn=True, aliases=["/gone"])
    assert client.get("/gone").status_code == 404


@pytest.mark.parametrize("address", ["/talks", "/conferences/qcon-london-2017", "/tags/docker", "/search"])
def test_an_address_without_its_last_slash_redirects(client, address):
    response = client.get(f"{address}?q=1")
    assert (response.status_code, response["Location"]) == (301, f"{address}/?q=1")


def test_an_address_in_any_script_without_its_slash_redirects(client):
    make.make_talk("Talk", tags=["日本語"])
    assert client.get("/tags/日本語")["Location"] == "/tags/%E6%97%A5%E6%9C%AC%E8%AA%9E/"


def test_robots_txt_and_the_icon_are_served(client):
    robots = client.get("/robots.txt")
    assert (robots.status_code, robots["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.svg"


def test_a_request_without_csrf_token_gets_this_sites_error_page():
    response = Client(enforce_csrf_checks=True).post("/talks/")
    assert response.status_code == 403
    assert "Not allowed" in read_text(response)


def test_unexpected_errors_show_pages_that_hide_their_cause(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("talks.views.page_base.render", lambda *_, **__: 1 / 0)
    with override_settings(LOGGING_CONFIG=None):
        response = client.get("/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "Something broke" in text
    assert "ZeroDivisionError" not in text
    assert "Traceback" not in text


def test_a_request_with_a_foreign_host_name_is_refused(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize("log_in", [Client, log_in_or_reuse])
def test_browsers_ask_again_before_following_remembered_redirects(log_in):
    """What an editor did can be undone: the talk moves back, the speakers are split."""
    make.make_tag("Kubernetes", aliases=["k8s"])
    talk = make.make_talk("Moss", speakers=["Ann Lee"], tags=["Kubernetes"])
    TalkAddress.objects.create(talk=talk, conference_slug="mossconf", slug="moss-old")
    SpeakerAlias.objects.create(speaker=make.make_speaker("Ann Lee"), name="Anna Lee", slug="anna-lee")
    client = log_in()
    for address in [
        "/talks",
        "/talks/mossconf/moss-old/",
        "/talks/mossconf/moss-old.json",
        "/conferences/mossconf/",
        "/speakers/anna-lee/",
        "/tags/k8s/",
        "/tags/docker+aws/feed.atom",
    ]:
        response = client.get(address)
        assert (address, response.status_code, response["Cache-Control"]) == (address, 301, "no-cache")

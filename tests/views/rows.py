"""A small base in which all rows are linked, and functions that read pages."""

import re
from html import unescape

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from talks.models import Talk
from tests import builders as make
from tests.kept_rows import kept


@kept
@make.derive_once()
def make_base() -> Talk:
    """Make QCon London 2017, day 2, with two talks, and a talk of another year with the same tag."""
    day = make.make_day(number=2)
    post = make.make_post(
        "Takeaways from QCon London 2017 – Day 2",
        day=day,
        tags=["Docker", "Conference"],
        aliases=["/2017/03/23/takeaways"],
        intro="Now for *day 2*.",
    )
    first = make.make_talk(
        "Deliver Docker Container Continuously in AWS",
        post=post,
        speakers=["Philipp Garbe"],
        tags=["Docker", "AWS"],
        takeaways=["The state of the cluster is kept for you", ("There are two load balancers", ["One is newer"])],
    )
    mention = make.make_takeaway(first, "Docker is not the whole story", post=post, tags=["Docker"])
    make.make_citation(first, "https://example.org/slides.pdf", title="The slides", kind="slides", takeaway=mention)
    make.make_talk("Scaling Instagram Architecture", post=post, speakers=["Lisa Guo"], takeaways=["Measure first"])
    later = make.make_day(make.make_conference("KubeCon", 2019), number=None)
    other = make.make_post("KubeCon notes", day=later, writer="Second Writer", key="kubecon.md")
    make.make_talk("Containers at night", post=other, speakers=["Lisa Guo"], tags=["Docker"], takeaways=["Sleep"])
    return first


@make.derive_once()
def make_many(count: int, *, after: int = 0) -> None:
    """Make this many rows of everything that a page lists, each related to all others; `after` rows exist already."""
    day = make.make_day(number=1)
    for number in range(after, count):
        writer, tag = f"Writer {number:02}", f"Tag {number:02}"
        post = make.make_post(
            f"Post {number:02}", day=day, writer=writer, tags=["Docker", tag], aliases=[f"/a/{number}"]
        )
        talk = make.make_talk(
            f"Talk {number:02}", post=post, speakers=["Lisa Guo", f"Speaker {number:02}"], tags=["Docker", tag]
        )
        parent = make.make_takeaway(talk, "Docker above", post=post)
        below = make.make_takeaway(talk, f"Docker below {number}", post=post, parent=parent, tags=["Docker", tag])
        make.make_citation(talk, f"https://example.org/{number:02}", takeaway=below)
        edition = make.make_conference(f"Series {number:02}", 2000)
        make.make_talk(f"Elsewhere {number:02}", make.make_day(edition, number=1), tags=["Docker"])
        make.make_talk(
            f"Over the years {number:02}", make.make_day(make.make_conference("QCon London", 1950 + number), 1)
        )


def log_in_staff() -> Client:
    """Return a client of a staff member, who may see drafts."""
    client = Client()
    user = User.objects.create(username="staff", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def count_queries(address: str) -> int:
    """Return how many queries the page needs, without those that begin and end transactions."""
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT")) for query in queries)


def read_text(response) -> str:
    """Return the words of a page, with one space between them."""
    body = re.sub(r"<head>.*?</head>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read_links(response) -> list[str]:
    """Return the targets of the links in the page's main part, in order."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', main)]


def read_names(response) -> list[str]:
    """Return the names that a list page shows, in order."""
    pattern = r'<a class="name"[^>]*>\s*(?:<bdi>)?(.*?)(?:</bdi>)?\s*</a>'
    return [unescape(name) for name in re.findall(pattern, response.content.decode(), re.DOTALL)]

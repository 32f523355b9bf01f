"""Cached pages always equal freshly rendered pages, for every reader."""

import random
import re

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from talks import derived
from talks.backup import check_base
from talks.editing import merge_speakers
from talks.models import BaseChange, Conference, ImportRun, Post, Speaker, Tag, Takeaway, Talk, read_version
from talks.views import page_cache
from tests import builders as make
from tests.views.rows import log_in_staff, make_base

pytestmark = pytest.mark.django_db(transaction=True)

QCON = "qcon-london-2017"
PAGES = [
    "/",
    "/talks/",
    "/talks.json",
    "/conferences/",
    f"/conferences/{QCON}/",
    "/speakers/",
    "/speakers/lisa-guo/",
    "/tags/",
    "/tags/docker/",
    "/posts/",
    "/posts/takeaways-from-qcon-london-2017-day-2/",
    "/references/",
    "/series/",
    f"/talks/{QCON}/scaling-instagram-architecture/",
    f"/talks/{QCON}/scaling-instagram-architecture.md",
]


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.PAGES_KEPT = True
    cache.clear()
    yield
    cache.clear()


def read_page(address, **headers):
    response = Client().get(address, headers=headers)
    return response.status_code, re.sub(r'name="csrf\w+" value="[^"]+"', "", response.content.decode())


def read_anew(address, settings):
    settings.PAGES_KEPT = False
    page = read_page(address)
    settings.PAGES_KEPT = True
    return page


def test_answering_304_needs_one_query():
    make_base()
    for address in PAGES:
        first = Client().get(address)
        with CaptureQueriesContext(connection) as queries:
            again = Client().get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, len(queries)) == (304, b"", 1), address
        assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])


def test_a_cached_page_needs_one_query_and_is_identical():
    make_base()
    for address in PAGES:
        first = Client().get(address)
        with CaptureQueriesContext(connection) as queries:
            kept = Client().get(address)
        assert len(queries) == 1, address
        assert (kept.content, dict(kept.items())) == (first.content, dict(first.items())), address


def test_head_requests_are_answered_from_the_cache():
    make_base()
    page = Client().get("/talks/")
    head = Client().head("/talks/")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", page["ETag"])


def test_addresses_that_differ_in_unknown_parameters_share_one_cached_page():
    make_base()
    plain, unknown, known = (Client().get(f"/talks/{query}")["ETag"] for query in ("", "?utm=x", "?year=2017"))
    assert plain == unknown != known


def test_staff_requests_bypass_the_cache():
    make_base()
    post = make.make_post("A draft", day=make.make_day(number=2), visibility="draft")
    make.make_talk("Only for staff", post=post)
    staff = log_in_staff()
    Client().get("/talks/")
    page = staff.get("/talks/")
    assert ("Only for staff" in page.content.decode(), page["Cache-Control"]) == (True, "private, no-store")
    assert "Only for staff" not in read_page("/talks/")[1]


def test_searches_and_errors_are_not_cached():
    make_base()
    for address in ("/search/?q=docker", "/talks/none/none/", "/healthz"):
        Client().get(address)
    assert list(cache._cache) == []  # the memory's own


def test_changed_code_or_templates_invalidate_cached_pages(monkeypatch):
    make_base()
    before = Client().get("/talks/")["ETag"]
    monkeypatch.setattr(page_cache, "digest_program", lambda: "another")
    assert Client().get("/talks/")["ETag"] != before


def rename_talk(dice):
    talk = dice.choice(list(Talk.objects.all()))
    talk.title = f"Title {dice.random()}"
    talk.save()
    derived.renew([talk.pk])


def hide_takeaway(dice):
    takeaway = dice.choice(list(Takeaway.objects.all()))
    Takeaway.objects.filter(pk=takeaway.pk).update(hidden=not takeaway.hidden)
    derived.renew([takeaway.talk_id])


def publish_or_hide_post(dice):
    post = dice.choice(list(Post.objects.all()))
    post.visibility = dice.choice(["public", "draft", "private"])
    post.save()
    derived.renew(post.sources.values_list("talk", flat=True))


def describe_tag(dice):
    Tag.objects.filter(pk=dice.choice(list(Tag.objects.all())).pk).update(description=f"About {dice.random()}")


def rename_speaker(dice):
    speaker = dice.choice(list(Speaker.objects.all()))
    speaker.name = f"Somebody {dice.randrange(10**6)}"
    speaker.save()


def add_talk(dice):
    make.make_talk(f"Added {dice.random()}", make.make_day(number=2), takeaways=[f"Noted {dice.random()}"])


def merge_two_speakers(dice):
    speakers = list(Speaker.objects.order_by("pk"))
    if len(speakers) > 2:
        kept, gone = dice.sample(speakers, 2)
        merge_speakers(kept, [gone])


def take_back(dice):
    with transaction.atomic():
        rename_talk(dice)
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_after_any_edit_cached_pages_equal_fresh_ones(seed, settings):
    dice = random.Random(seed)
    make_base()
    edits = [rename_talk, hide_takeaway, publish_or_hide_post, describe_tag, rename_speaker, add_talk, take_back]
    for _ in range(8):
        edit = dice.choice([*edits, merge_two_speakers])
        edit(dice)
        for address in dice.sample(PAGES, 6):
            assert read_page(address) == read_anew(address, settings), (edit.__name__, address)


def test_every_transaction_changing_public_rows_changes_the_bases_version():
    make_base()
    before = read_version().number
    with transaction.atomic():
        Conference.objects.update(year=2018)
        with transaction.atomic():
            Talk.objects.update(title="Another")
    assert (BaseChange.objects.count() - int(before.split(".")[1]), read_version().number != before) == (1, True)


def test_writes_after_a_rolled_back_savepoint_change_the_version():
    make_base()
    count = BaseChange.objects.count()
    with transaction.atomic():
        with transaction.atomic():
            Talk.objects.update(title="Not kept")
            transaction.set_rollback(True)
        Talk.objects.update(title="Kept")
    assert BaseChange.objects.count() == count + 1


def test_writes_to_tables_of_no_page_keep_the_cache_valid():
    make_base()
    before = read_version().number
    ImportRun.objects.create()
    check_base()
    assert read_version().number == before


def test_old_version_marks_are_deleted(monkeypatch):
    monkeypatch.setattr("talks.models.base_version.MOST_MARKS", 10)
    numbers = set()
    for year in range(2000, 2040):
        make.make_conference("QCon London", year)
        numbers.add(read_version().number)
    assert (len(numbers), BaseChange.objects.count() <= 10 + 10 // 2) == (40, True)


def test_links_to_lines_open_their_page_despite_cached_pages(monkeypatch):
    monkeypatch.setattr("talks.views.talks_and_posts.PASSAGES_A_PAGE", 3)
    make_base()
    post = "/posts/takeaways-from-qcon-london-2017-day-2/"
    assert Client().get(post).status_code == 200
    assert Client().get(f"{post}?line=12").headers["Location"] == f"{post}?page=3"

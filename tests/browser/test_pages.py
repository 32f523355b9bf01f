"""The pages as readers see them: in light and dark, on phones and desktops."""

import re
from collections import Counter
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import expect

from talks.editing import move_talks
from talks.models import Takeaway
from tests import builders as make
from tests.kept_rows import kept
from tests.views.rows import make_base
from tests.views.test_valid_html import ERROR_TEMPLATES

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
PAGES = [
    "/",
    "/talks/",
    "/talks/?tag=docker&year=2017",
    "/talks/qcon-london-2017/deliver-docker-container-continuously-in-aws/",
    "/conferences/",
    "/conferences/qcon-london-2017/",
    "/conferences/qcon-london-2017/day-2/",
    "/series/",
    "/series/qcon-london/",
    "/speakers/",
    "/speakers/lisa-guo/",
    "/tags/",
    "/tags/docker/",
    "/tags/aws+docker/",
    "/references/",
    "/posts/",
    "/posts/takeaways-from-qcon-london-2017-day-2/",
    "/writers/",
    "/writers/toby-notemaker/",
    "/search/",
    "/search/?q=docker",
    "/search/?q=zyzzyva",
]


@kept
@make.derive_once()
def make_talk_with_takeaways_of_all_kinds():
    """Make a talk with every kind of takeaway, some of them wider than the screen of a phone, and lists of others."""
    talk = make_base()
    post = talk.sources.get().post
    long = "https://example.org/" + "a-very-long-path-without-a-break-" * 6
    make.make_takeaway(talk, f"See {long} and `{'wide_' * 40}`", post=post)
    many = [f"Subject{n:03}" for n in range(20)]
    make.make_takeaway(talk, "A takeaway whose tags fill several lines of a phone", post=post, tags=many)
    make.make_takeaway(talk, "> What was said", post=post, kind="quote")
    make.make_takeaway(talk, f"```\n{'one very long line of code ' * 12}\n```", post=post, kind="code", tags=["Docker"])
    table = "| " + " | ".join(f"column {n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n" + "| some words " * 9 + "|"
    make.make_takeaway(talk, table, post=post, kind="table")
    parent = None
    for depth in range(12):
        parent = make.make_takeaway(talk, f"A point at depth {depth}", post=post, parent=parent, tags=["Docker"])
    make.make_citation(talk, long)
    for year in range(2008, 2017):
        day = make.make_day(make.make_conference("QCon London", year), 1)
        for number in range(3):
            make.make_talk(f"Talk {number} of {year}", day, tags=["Docker", "AWS", "Architecture"])
    for number in range(30):
        make.make_talk(f"Talk {number}", talk.day, speakers=[f"Speaker {number}"], tags=[f"Tag {number}"])
    return talk


@pytest.fixture
def talk():
    with transaction.atomic():  # rows are copied within one alone
        return make_talk_with_takeaways_of_all_kinds()


@pytest.mark.parametrize("part", range(2))
def test_pages_are_accessible_and_fit_the_screen(page, live_server, talk, find_barriers_everywhere, part):
    found = {}
    for address in PAGES[part::2]:
        page.goto(live_server.url + address)
        found[address] = find_barriers_everywhere(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_readers_can_follow_links_between_all_kinds_of_pages(page, live_server):
    """Between conferences, talks, tags and posts."""
    call_command("import_posts", *sorted(SAMPLES.rglob("*qcon-london-2017*.md")), stdout=StringIO())
    page.goto(live_server.url)
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Conferences").click()
    page.get_by_role("link", name="QCon London 2017").click()
    page.get_by_role("heading", name="Day 2").get_by_role("link").click()
    expect(page).to_have_url(live_server.url + "/conferences/qcon-london-2017/day-2/")
    page.get_by_role("link", name="Why We Chose Erlang Over VS. Java, Scala, Go, C").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why We Chose Erlang Over VS. Java, Scala, Go, C")
    page.get_by_role("region", name="Tags").get_by_role("link", name="Python").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Python")
    page.locator("#results").get_by_role("link", name="Scaling Instagram Architecture").click()
    expect(page).to_have_url(live_server.url + "/talks/qcon-london-2017/scaling-instagram-architecture/")
    page.get_by_role("link", name="Takeaways from QCon London 2017 – Day 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takeaways from QCon London 2017 – Day 2")
    page.get_by_role("link", name="QCon London 2017 – Day 2", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="day 1", exact=True).click()
    expect(page).to_have_url(live_server.url + "/posts/takeaways-from-qcon-london-2017-day-1/")


def test_a_reader_searches_on_any_page_and_follows_a_takeaway(page, live_server, talk):
    page.goto(f"{live_server.url}/speakers/")
    page.get_by_label("Search talks, names and takeaways").fill("whole story")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 talk for")
    page.get_by_role("link", name="In the notes").first.click()
    takeaway = Takeaway.objects.get(text__contains="whole story")
    expect(page).to_have_url(live_server.url + talk.get_absolute_url() + f"#t-{takeaway.public_id}")
    expect(page.locator(f"#t-{takeaway.public_id}")).to_be_in_viewport()


def test_the_first_tab_key_offers_a_skip_link(page, live_server, talk):
    page.goto(live_server.url + talk.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="QCon London 2017", exact=True)).to_be_focused()


def test_error_pages_are_accessible(page, live_server, find_barriers_everywhere):
    found = {}
    pages = {name: render_to_string(name, {}, RequestFactory().get("/nothing-here")) for name in ERROR_TEMPLATES}
    answers = {f"{live_server.url}/{name}": {"body": html, "content_type": "text/html"} for name, html in pages.items()}
    page.route("**/*.html", lambda route: route.fulfill(**answers[route.request.url]))
    for name in pages:
        page.goto(f"{live_server.url}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found[name] = find_barriers_everywhere(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_home_page_of_an_empty_base_is_accessible(page, live_server, find_barriers_everywhere):
    page.goto(live_server.url)
    assert find_barriers_everywhere(page) == {}


@make.derive_once()
def make_talk_with_a_full_margin():
    """Make a talk with many takeaways, at first many and then few with new tags, and other talks that can be quoted."""
    talk = make.make_talk("Long", speakers=["Ann Lee"])
    said = "Never forget that whoever speaks of {} should say what it costs, and not only what it brings"
    parent = None
    for number in range(60):
        tags = [f"Tag number {number}", f"Kind {number}"] if (number % 3 if number < 30 else number % 6 == 0) else []
        words = f"Takeaway {number} has words" + " and more words" * (number * 7 % 11)
        row = make.make_takeaway(talk, words, tags=tags, parent=parent if number % 4 else None)
        parent = parent if number % 4 else row
    for year in range(2001, 2005):
        other = make.make_talk("Other", make.make_day(make.make_conference("Devoxx", year), 1), speakers=["Bob Roy"])
        for number in range(60):
            make.make_takeaway(other, said.format(f"number {number}"), tags=[f"Tag number {number}", f"Kind {number}"])
    return talk


PLACES_IN_THE_MARGIN = """
() => [...document.querySelectorAll(".beside")].map((entry) => {
  const words = entry.parentElement.querySelector(".words").getBoundingClientRect();
  const { top, bottom, left } = entry.getBoundingClientRect();
  return { off: Math.abs(top - words.top), top, bottom, right: left > words.right,
    quotes: entry.querySelector(".echo")?.checkVisibility() ?? false };
})
"""


def test_what_stands_in_the_margin_is_beside_its_takeaway(page, live_server):
    talk = make_talk_with_a_full_margin()
    for width in (1120, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(live_server.url + talk.get_absolute_url())
        check_margin(page)


def check_margin(page):
    places = page.evaluate(PLACES_IN_THE_MARGIN)
    assert (len(places), all(place["right"] for place in places)) == (25, True)
    assert max(place["off"] for place in places) < 8
    assert [one for one, after in pairwise(places) if one["bottom"] > after["top"] + 1] == []
    assert 4 <= sum(place["quotes"] for place in places) <= 12
    page.get_by_text("What 3 other talks say").first.click()
    assert [place["top"] for place in page.evaluate(PLACES_IN_THE_MARGIN)] == [place["top"] for place in places]


def test_takeaways_of_all_kinds_are_visible(page, live_server, talk):
    hidden = "all => all.filter(one => !one.checkVisibility()).map(one => one.className)"
    found = {}
    for width, media in ((390, "screen"), (1280, "screen"), (1280, "print")):
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + talk.get_absolute_url())
        page.emulate_media(media=media)
        expect(page.locator(".takeaway")).to_have_count(21)
        found[width, media] = page.eval_on_selector_all(".takeaway", hidden)
    assert [place for place, classes in found.items() if classes] == []


def test_a_permalink_shows_which_talk_its_takeaway_is_of(page, live_server, talk, find_barriers):
    takeaway = Takeaway.objects.get(text="A point at depth 9")
    here = page.locator(".here")
    page.goto(live_server.url + talk.get_absolute_url())
    expect(here).to_be_hidden()
    page.goto(live_server.url + takeaway.get_absolute_url())
    expect(here).to_contain_text("Philipp Garbe · QCon London 2017 · all 21 takeaways")
    lit = page.locator(f"#t-{takeaway.public_id} > .words")
    assert here.bounding_box()["y"] + here.bounding_box()["height"] <= lit.bounding_box()["y"]
    expect(here).to_be_in_viewport()
    assert find_barriers(page) == []
    here.get_by_role("link").click()
    expect(page.locator("#notes-1")).to_be_in_viewport()
    expect(here).to_be_hidden()


def test_a_browser_finds_a_talk_that_moved_and_moved_back(page, live_server, talk):
    old = live_server.url + talk.get_absolute_url()
    page.goto(old)
    move_talks([talk], "MossConf", 2019, None)
    page.goto(old)
    expect(page).to_have_url(re.compile("/talks/mossconf-2019/"))
    move_talks([talk], "QCon London", 2017, 2)
    page.goto(old)
    expect(page).to_have_url(old)


def test_printed_pages_fill_the_sheet_and_name_their_address(page, live_server, talk):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    found = Counter()
    for address in (talk.get_absolute_url(), "/tags/docker/", "/conferences/qcon-london-2017/"):
        page.goto(live_server.url + address)
        assert page.locator("main > header").bounding_box()["width"] == 718
        expect(page.locator(".printed")).to_have_text(re.compile(f"{address}$"))
        for wide in page.locator(".words.scrolls > pre").all():
            assert wide.evaluate("pre => pre.scrollWidth <= pre.clientWidth")
            assert wide.bounding_box()["width"] <= 718
            found["pre"] += 1
        for selector in (".chart summary", ".permalink", "a[href*='web.archive.org']"):
            for hidden in page.locator(selector).all():
                expect(hidden).to_be_hidden()
                found[selector] += 1
    assert len(found) == 4, found


def test_the_skip_link_covers_nothing(page, live_server, talk):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    skip, brand = (page.locator(name).bounding_box() for name in (".skip", ".brand"))
    assert (skip["x"], skip["y"] + skip["height"] <= brand["y"] + 8) == (brand["x"], True)


def test_talks_in_hebrew_are_laid_out_from_right_to_left(page, live_server):
    talk = make.make_talk("pytest בדיקות", post=make.make_post(language="he"), speakers=["דנה לוי"])
    above = make.make_takeaway(talk, "`pytest.fixture` מחליף את הכול", tags=["pytest"])
    make.make_takeaway(talk, "Docker מאט את הבדיקות", parent=above, tags=["Docker"])
    make.make_takeaway(talk, "ראו https://example.org/docs/")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(live_server.url + talk.get_absolute_url())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        check_right_to_left(page)


def test_posts_in_hebrew_have_their_bullets_at_the_right(page, live_server):
    post = make.make_post(language="he")
    talk = make.make_talk("בדיקות", post=post)
    above = make.make_takeaway(talk, "הכלי מחליף את הכול", post=post)
    make.make_takeaway(talk, "גם כאן", post=post, parent=above)
    place = "words => getComputedStyle(words, '::before')"
    page.goto(live_server.url + post.get_absolute_url())
    rights = page.locator(".became .point .words").evaluate_all(f"all => all.map({place}).map(style => style.right)")
    assert [float(right.removesuffix("px")) < 10 for right in rights] == [True, True]
    permalinks, points = (page.locator(f".became {kind}").all() for kind in (".permalink", ".point"))
    for permalink, point in zip(permalinks, points, strict=True):
        assert permalink.bounding_box()["x"] == point.bounding_box()["x"]


@pytest.mark.parametrize("address", ["/search/?q=docker", "/tags/docker/"])
def test_links_to_quoted_takeaways_are_wide_enough_for_a_finger(page, live_server, talk, address):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + address)
    boxes = [link.bounding_box() for link in page.locator(".mention .permalink").all()]
    assert boxes
    assert [box for box in boxes if box["width"] < 24 or box["height"] < 24] == []


def test_bars_of_charts_lead_to_talks_of_their_year(page, live_server, talk, find_barriers):
    page.goto(live_server.url + "/tags/docker/")
    page.locator(".drawing a", has_text="2012").locator("rect").click()
    expect(page).to_have_url(re.compile(r"/tags/docker/\?year=2012$"))
    assert find_barriers(page) == []


def check_right_to_left(page):
    right = page.locator("main > header").bounding_box()
    for selector in ("h1 bdi", ".takeaway > .words > :first-child", ".takeaway"):
        boxes = [each.bounding_box() for each in page.locator(selector).all()]
        assert boxes, selector
        for box in boxes:
            assert -1 <= right["x"] + right["width"] - box["x"] - box["width"] < 60
    first = page.locator(".words code").bounding_box()
    assert first["x"] > page.locator(".words").first.bounding_box()["x"] + 100  # the first word is at the right
    assert len({round(each.bounding_box()["x"]) for each in page.locator(".beside").all()}) == 1
    assert page.locator(".words a").evaluate("link => getComputedStyle(link).unicodeBidi") == "plaintext"


def test_the_margin_of_notes_in_another_direction_stays_on_pages(page, live_server):
    talk = make.make_talk("Gardens")
    for language, tag in (("en", "Docker"), ("he", "pytest")):
        post = make.make_post(f"Post in {language}", language=language)
        make.make_source(talk, post)
        make.make_takeaway(talk, f"{tag} and gardens", post=post, tags=[tag])
    page.goto(live_server.url + talk.get_absolute_url())
    text = page.locator("main > header").bounding_box()
    places = [each.bounding_box() for each in page.locator(".beside").all()]
    assert len(places) == 2
    assert [place for place in places if place["x"] < text["x"] + text["width"]] == []

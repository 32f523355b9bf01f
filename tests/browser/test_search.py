"""The search box and the page of results, as readers use them."""

import re

import pytest
from playwright.sync_api import expect

from tests import builders as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talks():
    day = make.make_day(make.make_conference("QCon London", 2017), 2)
    post = make.make_post(day=day)
    make.make_talk("Kafka at scale", day, post=post, speakers=["Lisa Guo"], takeaways=["Kafka is a log of events"])
    make.make_talk("Kafka for teams", day, post=post, speakers=["Eric Evans"], takeaways=["A team owns its topics"])
    make.make_talk("Rust", day, post=post, speakers=["Carol Nichols"], takeaways=["Borrow, then own"])


def expect_results(page, *titles):
    expect(page.locator("#results .heard h2")).to_have_text(titles)


def test_a_reader_searches_narrows_and_opens_a_result(page, live_server, talks, find_barriers):
    page.goto(f"{live_server.url}/search/")
    page.get_by_role("searchbox").press_sequentially("kafka", delay=20)
    expect(page.locator("#results .heard h2")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?q=kafka$"))
    assert find_barriers(page) == []
    page.get_by_role("complementary", name="Narrow the results").get_by_role("link", name="Lisa Guo").click()
    expect(page).to_have_url(re.compile("speaker%3A%22Lisa"))
    expect_results(page, "Kafka at scale")
    page.get_by_role("link", name=re.compile("take away")).click()
    expect_results(page, "Kafka at scale", "Kafka for teams")
    page.go_back()
    expect_results(page, "Kafka at scale")
    page.locator(".mention .permalink").first.click()
    expect(page.get_by_text("Kafka is a log of events")).to_be_visible()
    expect(page).to_have_url(re.compile("#t-"))


def test_keys_move_through_search_results(page, live_server, talks):
    page.goto(f"{live_server.url}/search/?q=kafka")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kafka for teams")
    page.go_back()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator("#results .heard")).to_have_count(0)


@pytest.mark.parametrize(("path", "box"), [("/talks/", "#quick"), ("/", "#q")])
def test_the_search_box_suggests_names_on_every_page(page, live_server, talks, find_barriers, path, box):
    page.goto(f"{live_server.url}{path}")
    page.locator(box).press_sequentially("ka", delay=20)  # asked once: one letter asks for nothing
    expect(page.locator("#suggestions a")).to_have_count(2)
    assert find_barriers(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kafka at scale")


def test_keys_choose_among_suggestions_and_close_them(page, live_server, talks):
    page.goto(f"{live_server.url}/talks/")
    page.keyboard.press("/")
    box, chosen = page.locator("#quick"), page.locator("#suggestions [aria-selected=true]")
    expect(box).to_be_focused()
    box.press_sequentially("ka", delay=20)
    expect(page.locator("#suggestions a")).to_have_count(2)
    for key, place in (("ArrowUp", 1), ("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", 0)):
        page.keyboard.press(key)
        expect(chosen).to_have_id(f"suggestion-{place + 1}")
        expect(box).to_have_attribute("aria-activedescendant", f"suggestion-{place + 1}")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(box).to_have_value("ka")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    box.press_sequentially("kafka", delay=20)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=kafka$"))
    expect_results(page, "Kafka at scale", "Kafka for teams")
    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/talks/")


def test_search_typing_keeps_sort_order_and_back_restores_results(page, live_server, talks):
    page.goto(f"{live_server.url}/search/?q=kafka")
    page.get_by_role("link", name="newest first").click()
    expect(page).to_have_url(re.compile("q=kafka&sort=newest$"))
    page.get_by_role("searchbox").press("End")
    page.get_by_role("searchbox").press_sequentially(" teams", delay=20)
    expect_results(page, "Kafka for teams")
    expect(page).to_have_url(re.compile(r"q=kafka(%20|\+)teams&sort=newest$"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kafka for teams")
    page.go_back()
    expect_results(page, "Kafka for teams")
    expect(page.get_by_role("searchbox")).to_have_value("kafka teams")
    page.go_back()
    expect_results(page, "Kafka at scale", "Kafka for teams")


def test_search_suggestions_stay_within_the_window(page, live_server, talks):
    for width in (320, 390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/talks/")
        page.locator("#quick").press_sequentially("ka", delay=20)  # asked once: one letter asks for nothing
        expect(page.locator("#suggestions a")).to_have_count(2)
        box = page.locator("#suggestions").bounding_box()
        assert (width, box["x"] >= 0, box["x"] + box["width"] <= width) == (width, True, True)


def test_search_results_are_accessible(page, live_server, talks, find_barriers_in_both_schemes):
    page.goto(f"{live_server.url}/search/?q=kafka+log+tag:nothing")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert find_barriers_in_both_schemes(page) == {}, width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_search_works_without_scripts(page_without_scripts, live_server, talks):
    page = page_without_scripts
    page.goto(f"{live_server.url}/search/")
    page.locator("#q").fill("kafka")
    page.locator("#q").press("Enter")
    expect_results(page, "Kafka at scale", "Kafka for teams")

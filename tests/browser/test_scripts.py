"""What scripts add to pages: keyboard shortcuts, copied permalinks, and filters without a new page."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests import builders as make
from tests.browser.conftest import watch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk():
    post = make.make_post()
    make.make_talk("Of another year", make.make_day(make.make_conference("KubeCon", 2019), 1))
    make.make_talk("Second of the day", post=post)
    return make.make_talk("Third of the day", post=post, takeaways=["First thing", "Second thing"])


@pytest.fixture
def page_with_a_clock(browser, width):
    """A page of its own, whose clock a test can stop and whose clipboard it can read."""
    permissions = ["clipboard-read", "clipboard-write"]
    with browser.new_context(permissions=permissions) as context, watch(context.new_page(), width) as page:
        page.clock.install()
        yield page


def read_focused(page):
    return page.evaluate("document.activeElement.parentElement.querySelector('.words').innerText.trim()")


def test_keys_move_through_takeaways_and_open_the_search(page, live_server, talk):
    page.goto(live_server.url + talk.get_absolute_url())
    seen = []
    for key in "jjjk":
        page.keyboard.press(key)
        seen.append(read_focused(page))
    assert seen == ["First thing", "Second thing", "Second thing", "First thing"]
    page.keyboard.press("/")
    expect(page.get_by_label("Search talks, names and takeaways")).to_be_focused()
    page.keyboard.type("j/k?")
    expect(page.get_by_label("Search talks, names and takeaways")).to_have_value("j/k?")


def test_keys_move_through_the_rows_of_a_list(page, live_server, talk):
    page.goto(f"{live_server.url}/talks/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second of the day")


def test_keyboard_shortcuts_are_listed_and_can_be_turned_off(page, live_server, talk, find_barriers):
    page.goto(f"{live_server.url}/talks/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("to the next takeaway")
    assert find_barriers(page) == []
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("checkbox")).not_to_be_checked()


def test_a_click_copies_a_takeaways_permalink(page_with_a_clock, live_server, talk):
    page = page_with_a_clock
    page.goto(live_server.url + talk.get_absolute_url())
    takeaway = talk.takeaways.get(text="Second thing")
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))  # else the message is gone after four seconds
    page.locator(f"#t-{takeaway.public_id} .permalink").click()
    expect(page.get_by_role("status")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == live_server.url + takeaway.get_absolute_url()
    expect(page).to_have_url(f"{live_server.url}{talk.get_absolute_url()}#t-{takeaway.public_id}")


def test_changing_a_filter_updates_the_list_in_place(page, live_server, talk, find_barriers):
    page.goto(f"{live_server.url}/talks/")
    page.evaluate("window.same = true")
    page.get_by_label("Year").select_option("2019")
    expect(page.locator(".name")).to_have_text(["Of another year"])
    expect(page).to_have_url(f"{live_server.url}/talks/?year=2019")
    expect(page.get_by_role("status")).to_contain_text("1 talk")
    assert find_barriers(page) == []
    assert page.evaluate("window.same")
    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/talks/")
    expect(page.locator(".name")).to_have_count(3)


def test_filters_work_without_scripts(page_without_scripts, live_server, talk):
    page = page_without_scripts
    page.goto(f"{live_server.url}/talks/")
    page.get_by_label("Year").select_option("2019")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".name")).to_have_text(["Of another year"])

"""The admin in a browser, under the public pages' security policy: choosing, adding rows, pop-ups, dates."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from talks.models import Conference, Day, ImportOutcome, ImportRun, Tag, Takeaway
from tests import builders as make
from tests.admin.rows import log_in, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page, live_server):
    """A browser page with a superuser logged in, and the address of the site."""
    cookie = log_in(superuser=True).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page, f"{live_server.url}/admin/talks"


def test_every_admin_page_opens_without_console_messages(desk):
    page, admin = desk
    make_world(1)
    names = "conference day importoutcome importrun post reference series speaker tag takeaway talk writer"
    wide = {}
    for name in names.split():
        page.goto(f"{admin}/{name}/")
        page.locator("#result_list tbody th a").first.click()
        expect(page.locator("#content h1")).to_have_text(re.compile("(Change|View) "))
        page.wait_for_load_state()
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            wide[name, width] = page.evaluate("document.documentElement.scrollWidth") > width
    assert [place for place, overflows in wide.items() if overflows] == []


def test_lists_fit_beside_both_bars_of_a_small_screen(desk):
    page, admin = desk
    title, key = "Notes on moss, on roses and on slow water " * 3, f"notes/2017/{'moss-and-roses-' * 6}.md"
    post = make.make_post(title, key=key, writer="Ann Margaret Lee", withdrawn=True)
    talk = make.make_talk(title, post=post, speakers=["Ann Margaret Lee", "Bob Roy"], takeaways=[title])
    make.make_citation(talk, f"https://example.org/{'moss-and-roses-' * 6}")
    run = ImportRun.objects.create(given=[key])
    ImportOutcome.objects.create(run=run, post=post, path=key, outcome="created")
    page.set_viewport_size({"width": 1280, "height": 844})
    wide = {}
    for name in ("importoutcome", "importrun", "post", "reference", "takeaway", "talk"):
        page.goto(f"{admin}/{name}/")
        expect(page.locator("#main")).to_have_class(re.compile("shifted"))
        wide[name] = page.locator(".results").evaluate("each => each.scrollWidth > each.clientWidth")
    assert [name for name, overflows in wide.items() if overflows] == []


def test_buttons_of_a_posts_form_do_not_cover_its_title(desk):
    page, admin = desk
    post = make.make_post(title="Notes on moss and roses " * 6)
    for width in (1280, 900):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{admin}/post/{post.pk}/change/")
        title, buttons = page.locator("#content > h2").bounding_box(), page.locator(".object-tools").bounding_box()
        assert buttons["y"] + buttons["height"] <= title["y"], width


def test_talks_can_be_edited_in_the_admin_on_phones(desk):
    page, admin = desk
    page.set_viewport_size({"width": 390, "height": 844})
    talk = make_world(1)
    other = make.make_day(make.make_conference("Strange Loop", 2013), 3)
    page.goto(f"{admin}/talk/{talk.pk}/change/")
    page.locator(".field-day .select2-selection").click()
    expect(page.get_by_role("option", name="Day").first).to_be_visible()
    page.locator(".select2-search__field").fill("strange 2013")
    expect(page.get_by_role("option", name="Day")).to_have_count(1)
    page.get_by_role("option", name="Strange Loop 2013 – Day 3").click()
    page.get_by_text("Add another Takeaway").click()
    page.locator("#id_takeaways-5-text").fill("By *hand*")
    page.get_by_text("Add another Tag").click()
    with page.expect_popup() as popup:
        page.locator("#tagged-group tr.form-row:not(.empty-form) a.add-related").click()
    popup.value.locator("#id_name").fill("Erlang")
    with popup.value.expect_event("close"):
        popup.value.locator("input[name=_save]").click()
    expect(page.locator("#tagged-1 .select2-selection__rendered")).to_contain_text("Erlang")
    page.locator("input[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
    talk.refresh_from_db()
    assert (talk.day, Takeaway.objects.get(post=None).html) == (other, "By <em>hand</em>")
    assert sorted(tag.name for tag in Tag.objects.filter(tagged_talks__content_object=talk)) == ["Erlang", "Tag 1"]


def test_conflicts_merges_and_history_are_accessible(desk, find_barriers):
    page, admin = desk
    talk = make_world(1)
    make.make_talk("Other", post=make.make_post(), speakers=["Spéaker 1"])
    barriers = {}
    for place in ("conflict/", "speaker/alike/", f"talk/{talk.pk}/history/"):
        page.goto(f"{admin}/{place}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            barriers[place, width] = find_barriers(page)
            assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [found for found in barriers.values() if found] == []
    page.goto(f"{admin}/conflict/")
    page.get_by_text("Edit", exact=True).click()
    page.get_by_label("What it shall say").fill("A third title")
    page.get_by_role("button", name="Save this").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.wait_for_load_state()
    page.goto(f"{admin}/talk/{talk.pk}/history/")
    expect(page.locator(".notes-text").first).to_have_text("Talk 1")
    page.goto(f"{admin}/speaker/alike/")
    page.get_by_role("button", name="Not the same person").click()
    expect(page.get_by_text("No two speakers look like one person.")).to_be_visible()
    page.wait_for_load_state()
    talk.refresh_from_db()
    assert talk.title == "A third title"


def test_a_date_can_be_chosen_from_the_calendar(desk):
    page, admin = desk
    page.goto(f"{admin}/conference/{make.make_conference().pk}/change/")
    page.locator("#id_days-0-number").fill("1")
    page.locator("#id_days-0-date").fill("22/03/2017")
    page.locator("#days-0 .date-icon").click()
    page.locator(".calendarbox:visible").get_by_role("link", name="24", exact=True).click()
    page.locator("input[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert str(Day.objects.get(conference=Conference.objects.get()).date) == "2017-03-24"

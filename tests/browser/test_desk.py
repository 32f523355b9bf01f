"""An editor corrects how a post is read, in a browser, with and without script."""

import os

import pytest
from django.conf import settings
from playwright.sync_api import expect

from talks.editing import add_corrections, list_doubts, make_version
from talks.importing import Content, import_posts
from talks.models import ImportRun, Post, Takeaway
from talks.parsing import Act, Correction
from tests.admin.rows import log_in
from tests.builders import make_tag
from tests.editing.test_corrections import FIRST, POST, SECOND, THIRD, bring_in, list_talks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page, live_server):
    """The page of a post's reading, and a member of staff who may correct it."""
    bring_in()
    cookie = log_in("view_post", "change_post").cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/talks/post/{Post.objects.get().pk}/change/")
    page.get_by_role("link", name="How it is read").click()
    expect(page.locator(".notes-take")).to_be_visible()  # the script has come
    return page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_missed_talk_is_corrected_in_few_clicks(desk, find_barriers, width):
    desk.get_by_label("13", exact=True).check()
    desk.get_by_label("Title:", exact=True).fill("Third Things")
    desk.get_by_role("button", name="Preview").first.click()
    expect(desk.get_by_role("status")).to_contain_text("nothing is saved yet")
    expect(desk.locator("tr.is-changed")).to_have_count(2)
    assert find_barriers(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    if shots := os.environ.get("PICTURES"):
        desk.locator("#content").screenshot(path=f"{shots}/preview-{width}.png")
    assert list_talks() == [FIRST, SECOND]
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".notes-desk .notes-preview")).to_contain_text("The post was read again")
    expect(desk.locator("#L13")).to_be_in_viewport()
    assert find_barriers(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    assert list_talks() == THIRD
    desk.get_by_role("button", name="Undo the last correction").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Taken back")
    assert list_talks() == [FIRST, SECOND]


def test_lines_between_two_clicks_are_ticked_with_shift(desk):
    desk.get_by_label("9", exact=True).click()
    desk.get_by_label("15", exact=True).click(modifiers=["Shift"])
    ticked = desk.locator("input[name=line]:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    assert ticked == ["9", "11", "13", "15"]


def test_lines_can_be_marked_as_talks_by_keyboard(desk):
    desk.get_by_label("9", exact=True).focus()
    for key in ("ArrowDown", "Space", "ArrowDown", "t", "p"):
        desk.keyboard.press(key)
    expect(desk.get_by_role("status")).to_contain_text("nothing is saved yet")
    assert desk.locator("input[name=line]:checked").evaluate_all("boxes => boxes.map(box => box.value)") == ["11", "13"]
    desk.get_by_label("13", exact=True).focus()
    desk.keyboard.press("s")
    expect(desk.locator(".messagelist .success")).to_contain_text("The post was read again")


def test_title_and_speaker_are_taken_from_selected_text(desk):
    line = desk.locator("#L13 .notes-code bdi")
    select = (
        "(element, [start, end]) => getSelection().setBaseAndExtent(element.firstChild, start, element.firstChild, end)"
    )
    for (start, end), name in (((0, 5), "is the title"), ((6, 12), "a speaker"), ((0, 5), "the affiliation")):
        line.evaluate(select, [start, end])
        desk.get_by_role("button", name=name, exact=True).click()
    assert desk.get_by_label("Title:", exact=True).input_value() == "Third"
    assert desk.locator("#id_speakers").input_value() == "things | Third"
    assert desk.locator("input[name=line]:checked").evaluate_all("boxes => boxes.map(box => box.value)") == ["13"]


@pytest.mark.parametrize("width", [390, 1280])
def test_talks_are_named_in_their_list(desk, find_barriers, width):
    desk.get_by_label("Title of talk 1").fill("Old Things")
    desk.get_by_label("Talk 2 is no talk").check()
    desk.get_by_role("button", name="Save the talks").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("2 corrections")
    assert (list_talks(), find_barriers(desk)) == ([("Old Things", 1)], [])


@pytest.mark.parametrize("width", [390, 1280])
def test_a_post_can_be_uploaded(page, live_server, find_barriers, width):
    cookie = log_in("view_post", "change_post").cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/talks/post/")
    page.get_by_role("link", name="Bring in posts").click()
    assert find_barriers(page) == []
    page.get_by_label("Post, in Markdown").fill(POST)
    expect(page.locator("#typed").get_by_text("Acme Conf 2019, 2 talks")).to_be_visible()
    assert find_barriers(page) == []
    page.get_by_role("button", name="Show what would be imported").click()
    expect(page.locator("pre").first).to_contain_text("+ post: Notes from Acme Conf 2019")
    page.get_by_label("Conference (without the year)").fill("Other Conf")
    page.get_by_label("Conference (without the year)").blur()
    expect(page.get_by_text("Other Conf 2019, 2 talks")).to_be_visible()
    assert find_barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if shots := os.environ.get("PICTURES"):
        page.locator("#content").screenshot(path=f"{shots}/upload-{width}.png")
    page.get_by_role("button", name="Import this").click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 created")
    assert str(Post.objects.get().conference) == "Other Conf 2019"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_doubt_is_dismissed_in_one_click(desk, find_barriers, width):
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate.")])
    desk.get_by_role("link", name="To look at").click()
    expect(desk.locator(".notes-doubts > li")).to_have_count(2)
    assert find_barriers(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    if shots := os.environ.get("PICTURES"):
        desk.screenshot(path=f"{shots}/doubts-{width}.png")
    desk.get_by_role("button", name="Not a problem").first.click()
    expect(desk.locator(".notes-doubts > li")).to_have_count(1)
    assert [doubt.kind for doubt in list_doubts()] == ["unnamed-event"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_diff_is_shown_before_a_file_is_written(page, live_server, tmp_path, find_barriers, width):
    (tmp_path / "a.md").write_text(POST)
    import_posts([tmp_path])
    Takeaway.objects.filter(text="One").update(text="Won", html="Won")
    cookie = log_in("view_post", "change_post").cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/talks/post/")
    page.get_by_role("link", name="Write back into the files").click()
    expect(page.locator(".notes-diff .is-added")).to_have_text("+* Won")
    assert find_barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Write into 1 file").click()
    expect(page.locator(".messagelist .success")).to_have_text("Written into 1 file.")
    assert (tmp_path / "a.md").read_text() == POST.replace("One", "Won")


@pytest.fixture
def editor(page, live_server):
    """A page in the browser of a superuser, beside a base with two tags, two posts and a rule."""
    for name in "ab":
        import_posts([Content(f"notes/{name}.md", POST.replace("Things", name).encode())])
        post = Post.objects.get(key=f"notes/{name}.md")
        said = Correction(Act.POST, post=(("series", "Other Conf"),))
        add_corrections(post, [said], made_by="ann", version=make_version(post))
    for name in ("Microservices", "Micro Services"):
        make_tag(name)
    cookie = log_in(superuser=True).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def choose_all(page, action):
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(action)
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("address", "action", "told"),
    [
        ("post/rules/", "", "2 posts were corrected so."),
        ("importrun/1/undo/", "", "No file is touched"),
        ("post/", "change_together", "This changes 2 posts:"),
        ("tag/", "merge", "0 talks would move"),
    ],
)
def test_other_pages_of_the_desk_have_no_barriers(editor, live_server, find_barriers, width, address, action, told):
    first = ImportRun.objects.earliest("pk").pk
    editor.goto(f"{live_server.url}/admin/talks/{address.replace('/1/', f'/{first}/')}")
    if action:
        choose_all(editor, action)
    expect(editor.locator("#content")).to_contain_text(told)
    assert find_barriers(editor) == []
    assert editor.evaluate("document.documentElement.scrollWidth") == width

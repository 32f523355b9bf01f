"""An editor corrects how a post is read, in a browser with and without scripts."""

import os
import re

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import expect

from talks.editing import (
    add_corrections,
    list_doubts,
    make_version,
    merge_series,
    merge_speakers,
    merge_tags,
    store_different_speakers,
)
from talks.importing import Content, import_posts
from talks.models import Conflict, ImportRun, Post, Series, Speaker, Tag, TaggedTalk, Takeaway, Talk
from talks.parsing import Act, Correction
from tests.admin.rows import log_in
from tests.builders import make_conference, make_day, make_tag, make_talk
from tests.editing.test_corrections import FIRST, POST, SECOND, THIRD, bring_in, list_talks
from tests.importing.image_files import make_png
from tests.parsing.talks.test_evidence import DOUBTFUL

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 844}


@pytest.fixture
def find_faults_on_both_screens(find_barriers_in_both_schemes):
    """Return a function that lists the faults of a page on a desktop and a phone, on which it leaves the page.

    With PICTURES in the environment it takes a picture of the page on each, under this name in that folder.
    """

    def find(page, picture=""):
        found = {}
        for screen in (DESKTOP, PHONE):
            page.set_viewport_size(screen)
            faults = find_barriers_in_both_schemes(page)
            if page.evaluate("document.documentElement.scrollWidth") > screen["width"]:
                faults["wide"] = ["too wide"]
            if picture and (folder := os.environ.get("PICTURES")):
                page.screenshot(path=f"{folder}/{picture}-{screen['width']}.png")
            found[screen["width"]] = faults
        return {width: faults for width, faults in found.items() if faults}

    return find


@pytest.fixture
def desk(page, live_server):
    """The page of a post's reading, opened by a staff member with permission to correct it."""
    with transaction.atomic():  # rows are copied within one alone
        bring_in()
    cookie = log_in("view_post", "change_post").cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/talks/post/{Post.objects.get().pk}/reading/")
    expect(page.locator(".notes-take")).to_be_visible()  # the script has come
    return page


def test_a_missed_talk_can_be_marked_previewed_saved_and_undone(desk, live_server, find_faults_on_both_screens):
    desk.set_viewport_size(PHONE)
    desk.goto(f"{live_server.url}/admin/talks/post/{Post.objects.get().pk}/change/")
    desk.get_by_role("link", name="How it is read").click()
    expect(desk.locator(".notes-take")).to_be_visible()
    desk.get_by_label("13", exact=True).check()
    desk.get_by_label("Title:", exact=True).fill("Third Things")
    desk.get_by_role("button", name="Preview").first.click()
    expect(desk.get_by_role("status")).to_contain_text("nothing is saved yet")
    expect(desk.locator("tr.is-changed")).to_have_count(2)
    assert find_faults_on_both_screens(desk, picture="preview") == {}
    assert list_talks() == [FIRST, SECOND]
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".notes-desk .notes-preview")).to_contain_text("The post was read again")
    expect(desk.locator("#L13")).to_be_in_viewport()
    assert find_faults_on_both_screens(desk) == {}
    assert list_talks() == THIRD
    desk.get_by_role("button", name="Undo the last save").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Taken back")
    assert list_talks() == [FIRST, SECOND]


LONG = POST + "".join(f"\n* Point {number}\n" for number in range(60))
COVERS = """id => { const row = document.getElementById(id), at = row.getBoundingClientRect();
    const top = document.elementFromPoint(at.left + at.width / 2, at.top + 2);
    return top === null || !row.contains(top); }"""


@pytest.mark.parametrize("width", [390, 1280])
def test_the_panel_does_not_cover_the_line_that_was_saved(desk, width):
    import_posts([Content("notes.md", LONG.encode())])
    desk.reload()
    desk.get_by_label("45", exact=True).check()
    desk.get_by_label("What is ticked").select_option("part")
    desk.locator("#lines").get_by_role("button", name="Save").click()
    expect(desk.locator("#lines .notes-preview")).to_contain_text("The post was read again")
    expect(desk.get_by_label("What is ticked")).to_have_value("part")
    expect_line_in_sight(desk, "L45")
    # In one step, so that the address changes before the page has noticed that the panel grew.
    desk.get_by_text("How this works").evaluate(
        "help => { help.click(); location.hash = '#L60'; location.hash = '#L45'; }"
    )
    expect_line_in_sight(desk, "L45")


def expect_line_in_sight(desk, line):
    expect(desk.locator(f"#{line}")).to_be_in_viewport()
    desk.wait_for_function(f"id => !({COVERS})(id)", arg=line)


def test_a_field_with_an_error_is_focused_and_described(desk, find_faults_on_both_screens):
    desk.set_viewport_size(PHONE)
    desk.locator("#id_act").select_option("no-talk")
    desk.get_by_label("13", exact=True).check()
    desk.locator("#id_post-year").fill("2018")
    desk.locator("#id_title").evaluate("field => { field.closest('div').hidden = false }")
    desk.locator("#id_title").fill("Third Things")
    desk.locator("#whole").get_by_role("button", name="Save").click()
    expect(desk.get_by_role("alert")).to_contain_text(
        "Title: A title and speakers are those of one line that is a talk."
    )
    expect(desk.locator("#id_title")).to_be_focused()
    expect(desk.locator("#id_title")).to_have_accessible_description(
        "A title and speakers are those of one line that is a talk."
    )
    expect(desk.locator("#id_title")).to_have_value("Third Things")
    expect(desk.locator("#id_post-year")).to_have_value("2018")
    assert desk.locator("input[name=line]:checked").evaluate_all("boxes => boxes.map(box => box.value)") == ["13"]
    assert find_faults_on_both_screens(desk, picture="error") == {}


BROKEN_LABELS = """() => [...document.querySelectorAll(".notes-line > div:not([hidden])")].flatMap(part => {
    const label = part.querySelector("label"), range = document.createRange();
    range.selectNodeContents(label);
    const box = range.getBoundingClientRect();
    return box.width > part.clientWidth || box.height > 24 ? [label.textContent] : []; })"""


def test_labels_of_line_fields_stand_above_these_in_one_row(desk):
    found = {}
    for width in (320, 390, 1280):
        desk.set_viewport_size({"width": width, "height": 844})
        found[width] = desk.evaluate(BROKEN_LABELS)
    assert found == {320: [], 390: [], 1280: []}


def test_guessed_titles_change_with_the_words_beginning_a_talk(desk):
    line = "Alpha Roses by Cy Dow; Beta Tulips by Di Eve; Gamma Moss by Ed Fox"
    import_posts([Content("notes.md", f"{POST}\n{line}\n\n* Five\n".encode())])
    desk.reload()
    for words, title in (("Beta Tulips", re.compile("Beta Tulips by")), ("Gamma Moss", "Gamma Moss")):
        desk.get_by_label("17", exact=True).check()
        desk.get_by_label("From these words").fill(words)
        desk.get_by_role("button", name="Preview").first.click()
        expect(desk.get_by_label("Title of talk 3")).to_have_value(title)


def test_shift_click_ticks_all_lines_between(desk):
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


SELECT = (
    "(element, [start, end]) => getSelection().setBaseAndExtent(element.firstChild, start, element.firstChild, end)"
)


def test_selected_text_becomes_title_or_speaker(desk):
    line = desk.locator("#L13 .notes-code bdi")
    for (start, end), name in (((0, 5), "is the title"), ((6, 12), "a speaker"), ((0, 5), "the affiliation")):
        line.evaluate(SELECT, [start, end])
        desk.get_by_role("button", name=name, exact=True).click()
    assert desk.get_by_label("Title:", exact=True).input_value() == "Third"
    assert desk.locator("#id_speakers").input_value() == "things | Third"
    assert desk.locator("input[name=line]:checked").evaluate_all("boxes => boxes.map(box => box.value)") == ["13"]


def test_selected_text_begins_a_talk_within_its_line(desk):
    desk.locator("#id_act").select_option("no-talk")
    desk.locator("#L13 .notes-code bdi").evaluate(SELECT, [6, 12])
    desk.get_by_role("button", name="begins a talk within the line").click()
    assert (desk.locator("#id_within").input_value(), desk.locator("#id_act").input_value()) == ("things", "talk")
    desk.locator("#reading_form button[name=save][value=lines]").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("The post was read again")
    assert list_talks() == [FIRST, ("Second Things", 2), ("things", 1)]


def test_selected_texts_begin_talks_within_their_lines(desk):
    for line, span in (("#L7", [2, 5]), ("#L13", [6, 12])):
        desk.locator(f"{line} .notes-code bdi").evaluate(SELECT, span)
        desk.get_by_role("button", name="begins a talk within the line").click()
    assert (desk.locator("#id_within").input_value(), desk.locator("#id_act").input_value()) == ("One; things", "each")
    assert desk.locator("input[name=line]:checked").evaluate_all("boxes => boxes.map(box => box.value)") == ["7", "13"]


def test_talks_can_be_renamed_in_the_list_of_talks(desk, find_faults_on_both_screens):
    desk.set_viewport_size(PHONE)
    says = "cells => cells.slice(0, 4).map(cell => getComputedStyle(cell, '::before').content)"
    cells = desk.locator("#talks tbody td").evaluate_all(says)
    assert cells == ['"line "', '"title"', '"speakers"', '"day "']
    desk.get_by_label("Title of talk 1").fill("Old Things")
    desk.get_by_label("Talk 2 is no talk").check()
    desk.get_by_role("button", name="Save the talks").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("2 corrections")
    assert (list_talks(), find_faults_on_both_screens(desk)) == ([("Old Things", 1)], {})


def test_a_post_can_be_uploaded(page, live_server, find_faults_on_both_screens):
    page.set_viewport_size(PHONE)
    cookie = log_in("view_post", "change_post").cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/talks/post/")
    page.get_by_role("link", name="Bring in posts").click()
    expect(page.get_by_label("Post, in Markdown")).to_be_visible()
    assert find_faults_on_both_screens(page) == {}
    page.get_by_label("Post, in Markdown").fill(POST)
    expect(page.locator("#typed").get_by_text("Acme Conf 2019, 2 talks")).to_be_visible()
    assert find_faults_on_both_screens(page) == {}
    page.get_by_role("button", name="Show what would be imported").click()
    expect(page.locator("pre").first).to_contain_text("+ post: Notes from Acme Conf 2019")
    page.get_by_label("Conference (without the year)").fill("Other Conf")
    page.get_by_label("Conference (without the year)").blur()
    expect(page.get_by_text("Other Conf 2019, 2 talks")).to_be_visible()
    assert find_faults_on_both_screens(page, picture="upload") == {}
    page.get_by_role("button", name="Import this").click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 created")
    assert str(Post.objects.get().conference) == "Other Conf 2019"


def test_correcting_a_post_works_without_scripts(page_without_scripts, live_server):
    page = page_without_scripts
    with transaction.atomic():
        bring_in()
    cookie = log_in("view_post", "change_post").cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/talks/post/")
    page.get_by_role("link", name="mend how Notes from Acme Conf 2019 is read").click()
    page.get_by_label("15", exact=True).check()
    page.get_by_label("What is ticked").select_option("notes")
    page.get_by_label("Of the talk").select_option(label="1: First Things")
    page.get_by_role("button", name="Preview").first.click()
    expect(page.get_by_role("status")).to_contain_text("1 line would be read otherwise")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".notes-desk .notes-preview")).to_contain_text("The post was read again")
    assert list_talks() == [("First Things", 2), ("Second Things", 1)]
    page.goto(f"{live_server.url}/admin/talks/post/bring-in/")
    page.get_by_label("Post, in Markdown").fill(POST.replace("Things", "Ideas"))
    page.get_by_role("button", name="Show what would be imported").click()
    page.get_by_label("Conference (without the year)").fill("Other Conf")
    page.get_by_role("button", name="Show it with these answers").click()
    expect(page.get_by_text("Other Conf 2019, 2 talks")).to_be_visible()
    page.get_by_role("button", name="Import this").click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 created")
    assert sorted(str(post.conference) for post in Post.objects.all()) == ["Acme Conf 2019", "Other Conf 2019"]


def test_a_doubt_is_dismissed_in_one_click(desk, find_faults_on_both_screens):
    desk.set_viewport_size(PHONE)
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate."), Content("tea.md", b"# Tea\n\nWe drank.")])
    desk.get_by_role("link", name="To look at").click()
    expect(desk.locator(".notes-doubts > li")).to_have_count(2)
    assert find_faults_on_both_screens(desk, picture="doubts") == {}
    desk.get_by_role("button", name="Not a problem").first.click()
    expect(desk.locator(".notes-doubts > li")).to_have_count(1)
    assert len(list_doubts()) == 1


@pytest.mark.parametrize("screen", [PHONE, {"width": 1280, "height": 900}])
def test_an_answer_leads_to_the_next_doubt(desk, live_server, screen):
    desk.set_viewport_size(screen)
    import_posts([Content(f"{n:02}.md", f"# Lunch {n}\n\nWe ate {n}.".encode()) for n in range(40)])
    desk.goto(f"{live_server.url}/admin/talks/post/doubts/")
    desk.get_by_role("button", name="Not a problem").nth(29).click()
    expect(desk.locator(".notes-doubts > li")).to_have_count(39)
    expect(desk.locator(".messagelist .success")).to_be_in_viewport()
    expect(desk.get_by_text("30.md")).to_be_in_viewport()


def test_one_click_moves_unplaced_notes_to_the_talk_above(desk, live_server, find_barriers):
    text = POST.replace("Third things\n\n", "## Lunch\n\n").replace("* Four", "* Four\n* Five")
    import_posts([Content("notes.md", f"{text}\n## Last Things by Cy Dow\n\n* Six\n".encode())])
    desk.goto(f"{live_server.url}/admin/talks/post/doubts/?kind=notes-outside")
    expect(desk.locator(".notes-doubts blockquote")).to_have_text("* Four * Five")
    assert find_barriers(desk) == []
    desk.get_by_role("button", name="Notes of the talk above").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Corrected")
    assert list_talks() == [FIRST, ("Second Things", 3), ("Last Things", 1)]


def test_editors_can_add_missing_images_in_the_list_of_doubts(desk, live_server, settings, tmp_path):
    desk.set_viewport_size(PHONE)
    settings.MEDIA_ROOT = tmp_path
    import_posts([Content("soup.md", POST.replace("* One", "* One ![Soup](soup.png)").encode())])
    desk.goto(f"{live_server.url}/admin/talks/post/doubts/?kind=image")
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": make_png()}
    desk.get_by_label("File for soup.png of soup.md").set_input_files(file)
    desk.get_by_role("button", name="Add it").click()
    expect(desk.locator(".messagelist .success")).to_have_text("Added 1 image: soup.png.")
    expect(desk.locator(".notes-doubts li")).to_have_count(0)
    desk.goto(f"{live_server.url}{Talk.objects.get(sources__post__key='soup.md', position=1).get_absolute_url()}")
    expect(desk.get_by_role("img", name="Soup")).to_have_js_property("naturalWidth", 1)


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
def editor(page, live_server, tmp_path):
    """A browser page of a superuser, with rows for every editors' page."""
    for name in "ab":
        import_posts([Content(f"notes/{name}.md", POST.replace("Things", name).encode())])
        post = Post.objects.get(key=f"notes/{name}.md")
        said = Correction(Act.POST, post=(("series", "Other Conf"),))
        add_corrections(post, [said], made_by="ann", version=make_version(post))
    (tmp_path / "c.md").write_text(DOUBTFUL)
    import_posts([tmp_path])
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate.\n\n![](soup.png)\n\n![](bread.png)")])
    Takeaway.objects.filter(post__key="c.md").update(text="Won", html="Won")
    talk = Talk.objects.earliest("pk")
    for name in ("Microservices", "Micro Services", "Wombats"):
        TaggedTalk.objects.create(tag=make_tag(name), content_object=talk, origin="editor")
    merge_tags(Tag.objects.get(name="Microservices"), [Tag.objects.get(name="Wombats")])
    for name in ("Other Conf!", "Another Conf"):
        make_talk("Alone", make_day(make_conference(name, 2019)))
    merge_series(Series.objects.get(name="Other Conf"), [Series.objects.get(name="Another Conf")])
    people = [
        Speaker.objects.create(name=name)
        for name in ("Ann L\u00e9e", "Ann B. Lee", "Somebody", "Jos\u00e9 Roe", "Jose Roe")
    ]
    merge_speakers(Speaker.objects.get(name="Ann Lee"), people[2:3])
    store_different_speakers(people[3:])
    Conflict.objects.create(post=post, talk=talk, field="title", ours=talk.title, theirs="Another title")
    cookie = log_in(superuser=True).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def choose_all(page, action):
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(action)
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()


def rename(page):
    page.locator("#id_name").fill("Another Name")
    page.locator("input[name=_save]").first.click()


def preview_line(page):
    page.locator("input[name=line]").last.check()
    page.get_by_role("button", name="Preview").first.click()


def bring_in_text(page):
    page.get_by_label("Post, in Markdown").fill(POST)
    page.get_by_role("button", name="Show what would be imported").click()


def open_text(page):
    page.get_by_text("Titles or speakers of all talks as text").click()


def say_of_folder(page):
    page.locator("#id_post-series").fill("Third Conf")
    page.locator("#id_post-scope").select_option("folder")
    page.locator("#whole button[name=save]").click()


PAGES = {
    "": (None, "Bring in posts"),
    "talks/post/": (None, "Select post"),
    "talks/post/{post}/history/": (None, "notes/a.md: updated"),
    "talks/post/{post}/reading/": (None, "Say what lines are"),
    "talks/post/{post}/reading/?line=13": (preview_line, "nothing is saved yet"),
    "talks/post/{post}/reading/?text": (open_text, "Titles, one a line"),
    "talks/post/{post}/reading/?of=folder": (say_of_folder, "This would be said of 2 posts:"),
    "talks/post/{doubtful}/reading/": (None, "It is a talk"),
    "talks/post/{lunch}/reading/": (None, "The whole post is one talk"),
    "talks/post/{lunch}/images/": (None, "All at once"),
    "talks/post/bring-in/": (None, "Nothing is written"),
    "talks/post/bring-in/?typed": (bring_in_text, "Import this"),
    "talks/post/doubts/": (None, "Perhaps a talk"),
    "talks/post/rules/": (None, "2 posts were corrected so."),
    "talks/post/write-back/": (None, "Write into 1 file"),
    "talks/importrun/{run}/undo/": (None, "No file is touched"),
    "talks/conflict/": (None, "Keep mine"),
    "talks/speaker/alike/": (None, "Told apart"),
    "talks/post/?change": ("change_together", "This changes 4 posts:"),
    "talks/talk/?change": ("change_together", "talks:"),
    "talks/tag/?merge": ("merge", "would move"),
    "talks/tag/?split": ("split", "Which name is something else?"),
    "talks/series/?merge": ("merge", "would move"),
    "talks/series/?split": ("split", "Which name is something else?"),
    "talks/speaker/?merge": ("merge", "would move"),
    "talks/speaker/?split": ("split", "Which name is something else?"),
    "talks/speaker/moving/?row={speaker}": (None, "talk"),
    "talks/speaker/{speaker}/change/": (rename, "would show the new name"),
    "talks/tag/{tag}/change/": (rename, "would show the new name"),
    "talks/series/{series}/change/": (rename, "would show the new name"),
}


def find_rows():
    rows = {
        "post": Post.objects.get(key="notes/a.md"),
        "doubtful": Post.objects.get(key="c.md"),
        "lunch": Post.objects.get(key="lunch.md"),
        "run": ImportRun.objects.earliest("pk"),
        "speaker": Speaker.objects.get(name="Ann Lee"),
        "tag": Tag.objects.get(name="Microservices"),
        "series": Series.objects.get(name="Other Conf"),
    }
    return {name: row.pk for name, row in rows.items()}


@pytest.mark.parametrize("part", range(2))
def test_all_pages_for_editors_are_accessible(editor, live_server, find_barriers_everywhere, part):
    pks, found = find_rows(), {}
    for address in list(PAGES)[part::2]:
        do, told = PAGES[address]
        choosing = isinstance(do, str)
        editor.goto(f"{live_server.url}/admin/{address.partition('?')[0] if choosing else address}".format(**pks))
        if choosing:
            choose_all(editor, do)
        elif do:
            do(editor)
        expect(editor.locator("#content")).to_contain_text(told)
        found[address] = find_barriers_everywhere(editor)
    assert {address: faults for address, faults in found.items() if faults} == {}

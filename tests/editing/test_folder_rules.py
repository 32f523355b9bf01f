"""A rule for a folder is offered where the corrections of its posts agree."""

import pytest

from talks.admin import folder_rules
from talks.editing import RuleEffect, add_corrections, find_rules, make_version, preview_rule
from talks.importing import Content, import_posts
from talks.models import Post
from talks.parsing import Act, Correction, make_anchor, read_anchor_lines, read_hints
from tests.admin.rows import log_in

pytestmark = pytest.mark.django_db
TEXT = "# Things {n}\n\n## One by Ann Lee\n\n* a\n\n#### Deep\n\n* b\n"


@pytest.fixture(autouse=True)
def _posts():
    import_posts([Content(f"notes/{n}.md", TEXT.format(n=n).encode()) for n in range(3)])


def correct(number, *corrections):
    post = Post.objects.get(key=f"notes/{number}.md")
    add_corrections(post, corrections, made_by="ann", version=make_version(post))


def answer(number, **answers):
    correct(number, Correction(Act.POST, post=tuple(sorted(answers.items()))))


def tell():
    return [(rule.folder, dict(rule.answers), rule.posts) for rule in find_rules()]


def test_equal_corrections_of_two_posts_in_folders_make_rules():
    answer(0, series="Acme Conf", year=2019)
    assert tell() == []
    answer(1, series="Acme Conf", year=2020)
    assert tell() == [("notes", {"series": "Acme Conf"}, ("notes/0.md", "notes/1.md"))]


def test_differing_corrections_in_a_folder_make_no_rule():
    answer(0, series="Acme Conf")
    answer(1, series="Acme Conf")
    answer(2, series="Other Conf")
    assert tell() == []


def test_correcting_headings_of_one_level_into_talks_makes_a_rule():
    for number in (0, 1):
        correct(number, Correction(Act.TALK, make_anchor(read_anchor_lines(TEXT), 7)))
    assert [answers for _, answers, _ in tell()] == [{"talk_level": 4}]


def test_the_suggested_confnotes_toml_is_valid():
    for number in (0, 1):
        answer(number, series='A "Conf"', holds_talks=True)
    [rule] = find_rules()
    hints, faults = read_hints(rule.text)
    assert (hints.series, hints.holds_talks, faults) == ('A "Conf"', True, ())


def test_the_preview_of_a_rule_lists_posts_it_would_change():
    for number in (0, 1):
        answer(number, series="Acme Conf")
    [rule] = find_rules()
    post = Post.objects.get(key="notes/2.md")
    [effect] = preview_rule(rule)
    assert (effect, Post.objects.get(pk=post.pk).conference.series) == (
        RuleEffect(post, ("", len(post.sources.all())), ("Acme Conf", effect.after[1])),
        None,
    )


def test_the_page_of_rules_shows_the_suggested_file():
    for number in (0, 1):
        answer(number, series="Acme Conf")
    html = log_in("view_post", "change_post").get("/admin/talks/post/rules/").content.decode()
    assert "series = &quot;Acme Conf&quot;" in html
    assert "Things 2" in html


def test_the_list_of_folder_rules_is_paged(monkeypatch):
    monkeypatch.setattr(folder_rules, "RULES_A_PAGE", 1)
    for folder in "ab":
        import_posts([Content(f"{folder}/{n}.md", TEXT.format(n=f"{folder}{n}").encode()) for n in (0, 1)])
        for post in Post.objects.filter(key__startswith=f"{folder}/"):
            said = Correction(Act.POST, post=(("series", f"Conf {folder}"),))
            add_corrections(post, [said], made_by="ann", version=make_version(post))
    client = log_in("view_post", "change_post")
    pages = [client.get(f"/admin/talks/post/rules/?page={page}").context_data for page in (1, 2)]
    assert [[rule.folder for rule, _ in page["rules"]] for page in pages] == [["a"], ["b"]]
    assert '<a href="?page=2">Next</a>' in client.get("/admin/talks/post/rules/").content.decode()

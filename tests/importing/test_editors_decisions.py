"""Decisions of editors survive imports: hidden, withdrawn, restored rows, and answered conflicts."""

from pathlib import Path

import pytest
from django.urls import reverse

from talks import search
from talks.backup import check_base
from talks.derived import renew
from talks.editing import merge_speakers
from talks.editing.conflicts import settle_conflict
from talks.models import Appearance, Conflict, Decision, Post, Speaker, Takeaway, Talk, name_subject
from tests.admin.rows import log_in
from tests.importing.conftest import DAY_1, LAYERS, ORDER, SMALL
from tests.importing.image_files import make_png

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(again):
    """Import `DAY_1`, and return a function that imports it again with replacements and then checks the base."""

    def import_again(*changes):
        report = again(*changes)
        assert check_base() == []
        return report

    return import_again


@pytest.fixture
def staff(client):
    return log_in(superuser=True)


def act(staff, rows, action):
    model = rows.model._meta.model_name
    chosen = [str(pk) for pk in rows.values_list("pk", flat=True)]
    data = {"action": action, "_selected_action": chosen}
    assert staff.post(reverse(f"admin:talks_{model}_changelist"), data).status_code == 302
    assert check_base() == []


def read_shown():
    return list(Takeaway.objects.visible().filter(talk__slug="boxes-on-ships").values_list("text", flat=True))


def test_a_takeaway_hidden_by_an_editor_stays_hidden(again, staff, client):
    act(staff, Takeaway.objects.filter(text=LAYERS), "hide")
    again((LAYERS, f"{LAYERS}, mostly"), (f"  * {ORDER}\n", f"  * {ORDER}\n  * Nobody has read this yet\n"))
    assert set(Takeaway.objects.filter(hidden=True).values_list("text", flat=True)) == {
        f"{LAYERS}, mostly",
        ORDER,
        "Nobody has read this yet",
    }
    assert read_shown() == [SMALL, "More of it is in [the manual](https://docs.docker.com/build/)"]
    talk = Talk.objects.get(slug="boxes-on-ships")
    for page in (talk.get_absolute_url(), Post.objects.get().get_absolute_url(), "/", "/search/?q=shared"):
        assert "shared between" not in client.get(page).content.decode()
    assert search.search("shared between builds").rows == []
    assert client.get(Takeaway.objects.get(text=ORDER).get_absolute_url()).status_code == 410
    act(staff, Takeaway.objects.filter(text=f"{LAYERS}, mostly"), "show")
    assert len(read_shown()) == 5


def test_a_takeaway_withdrawn_by_an_editor_stays_withdrawn(again, staff):
    act(staff, Takeaway.objects.filter(text=LAYERS), "withdraw")
    again((LAYERS, f"{LAYERS}, mostly"), (SMALL, f"{SMALL}, and few"))
    assert read_shown() == [f"{SMALL}, and few", "More of it is in [the manual](https://docs.docker.com/build/)"]
    act(staff, Takeaway.objects.filter(text=f"{LAYERS}, mostly"), "restore")
    assert Decision.objects.count() == 0
    again(("Labels are", "Labels were"))
    assert read_shown()[:3] == [f"{SMALL}, and few", f"{LAYERS}, mostly", ORDER]


def test_takeaways_restored_by_editors_stay_though_their_posts_lack_them(again, staff):
    again((f"* {LAYERS}\n  * {ORDER}\n", ""))
    act(staff, Takeaway.objects.filter(text=LAYERS), "restore")
    again((SMALL, f"{SMALL}, and few"))
    manual = "More of it is in [the manual](https://docs.docker.com/build/)"
    assert sorted(read_shown()) == sorted([f"{SMALL}, and few", manual, LAYERS, ORDER])
    assert Takeaway.objects.get(text=LAYERS).line is None
    again((f"* {SMALL}, and few\n", f"* {SMALL}, and few\n* {LAYERS}\n"))
    assert read_shown()[:2] == [f"{SMALL}, and few", LAYERS]
    assert Takeaway.objects.count() == 7


def test_talks_restored_by_editors_stay_though_their_posts_lack_them(again, staff):
    section = DAY_1[DAY_1.index("## Boxes") : DAY_1.index("## Herding")]
    again((section, ""))
    act(staff, Talk.objects.filter(slug="boxes-on-ships"), "restore")
    again(("Labels are", "Labels were"))
    assert Talk.objects.visible().count() == 2
    assert len(read_shown()) == 4


def test_a_post_withdrawn_by_an_editor_stays_withdrawn(again, staff):
    act(staff, Post.objects.all(), "withdraw")
    again((SMALL, "Keep them small"))
    assert Post.objects.get().withdrawn is True
    act(staff, Post.objects.all(), "restore")
    again(("Keep them small", SMALL))
    assert Post.objects.get().withdrawn is False
    assert Decision.objects.count() == 0


def make_conflicts(again):
    Takeaway.objects.filter(text=SMALL).update(text="Keep images small", html="Keep images small")
    Talk.objects.filter(slug="boxes-on-ships").update(title="Boxes!", sort_key="boxes")
    Post.objects.update(title="My title")
    renew(Talk.objects.values_list("pk", flat=True), Post.objects.values_list("pk", flat=True))
    again(
        (SMALL, "Docker images ought to be tiny ones"),
        ("Boxes on Ships", "Boxes on Big Ships"),
        ("Notes from", "More notes from"),
    )


def test_a_conflict_stores_both_texts_and_is_listed(again, staff):
    make_conflicts(again)
    assert sorted(Conflict.objects.values_list("field", "ours", "theirs", "line", "settled")) == [
        ("text", "Keep images small", "Docker images ought to be tiny ones", 16, ""),
        ("title", "Boxes!", "Boxes on Big Ships", 15, ""),
        ("title", "My title", "More notes from Testing Days 2019, day 1", 1, ""),
    ]
    page = staff.get(reverse("admin:talks_conflict_changelist")).content.decode()
    assert page.count("Keep mine") == page.count("Take the post’s") == 3
    assert "Docker images ought to be tiny ones" in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "text"),
    [("mine", "Keep images small"), ("post", "Docker images ought to be tiny ones"), ("edited", "Tiny *ones*")],
)
def test_an_answered_conflict_stays_answered(again, staff, how, text):
    make_conflicts(again)
    conflict = Conflict.objects.get(field="text")
    address = reverse("admin:talks_conflict_answer", args=[conflict.pk, how])
    assert staff.post(address, {f"text-{conflict.pk}": "Tiny *ones*"}).status_code == 302
    conflict.refresh_from_db()
    assert (conflict.settled, conflict.about.text) == (how, text)
    assert Decision.objects.values_list("subject", flat=True).get() == f"{name_subject(conflict.takeaway)} text"
    report = again(("Labels are", "Labels were"))
    assert report.totals.get("hand edits") is None
    assert Takeaway.objects.get(pk=conflict.takeaway_id).text == text
    assert Conflict.objects.filter(settled="", field="text").count() == 0
    assert check_base() == []
    assert staff.post(address).status_code == 404


def test_answered_conflicts_are_not_opened_again_for_the_same_texts(again, staff):
    make_conflicts(again)
    for conflict in Conflict.objects.all():
        staff.post(reverse("admin:talks_conflict_answer", args=[conflict.pk, "mine"]))
    tiny = "Docker images ought to be tiny ones"
    again((tiny, SMALL))
    Conflict.objects.filter(settled="").delete()
    report = again((SMALL, tiny))
    assert [said for outcome in report.outcomes for said in outcome.diagnostics] == []
    assert Conflict.objects.filter(settled="").count() == 0


def test_a_conflict_is_settled_when_post_and_row_agree(again):
    make_conflicts(again)
    again(("Docker images ought to be tiny ones", "Keep images small"))
    assert Conflict.objects.get(field="text").settled == "agreed"
    assert Conflict.objects.filter(settled="").count() == 2


def test_answering_a_conflict_needs_permission(again):
    make_conflicts(again)
    address = reverse("admin:talks_conflict_answer", args=[Conflict.objects.first().pk, "mine"])
    assert log_in("view_conflict").post(address).status_code == 403
    assert log_in("view_conflict").get(address).status_code == 405


def answer(staff, conflict, how):
    address = reverse("admin:talks_conflict_answer", args=[conflict.pk, how])
    assert staff.post(address).status_code == 302
    conflict.refresh_from_db()
    assert conflict.settled == how
    assert check_base() == []


def test_answering_with_the_posts_text_also_shows_its_images(again, staff):
    Path(Post.objects.get().path).with_name("boxes.png").write_bytes(make_png())
    Takeaway.objects.filter(text=SMALL).update(text="Keep images small", html="Keep images small")
    again((SMALL, "Small boxes: ![a box](boxes.png)"))
    conflict = Conflict.objects.get(field="text")
    answer(staff, conflict, "post")
    assert conflict.takeaway.text == "Small boxes: ![a box](boxes.png)"
    assert conflict.takeaway.html.count("<img") == 1


def read_people():
    rows = Appearance.objects.filter(talk__slug="boxes-on-ships").order_by("position")
    return list(rows.values_list("speaker__name", "affiliation"))


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("Ada B. Brown", [("Ada Brown", "")]),
        ("Ada B. Brown | Acme", [("Ada Brown", "Acme")]),
        ("Ada B. Brown\nAda Brown | Acme", [("Ada Brown", "")]),
        ("Eve Field\nAda B. Brown", [("Eve Field", ""), ("Ada Brown", "")]),
        ("Eve Field\nEVE  FIELD", [("Eve Field", "")]),
        ("", []),
    ],
)
def test_in_conflict_answers_a_merged_speakers_name_means_the_kept(again, staff, said, people):
    merge_speakers(Speaker.objects.get(name="Ada Brown"), [Speaker.objects.create(name="Ada B. Brown")])
    talk = Talk.objects.get(slug="boxes-on-ships")
    answer(staff, Conflict.objects.create(post=Post.objects.get(), talk=talk, field="speakers", theirs=said), "post")
    assert read_people() == people
    assert Speaker.objects.filter(name="Ada B. Brown").count() == 0


@pytest.mark.parametrize("about", ["post", "talk", "takeaway"])
def test_a_conflict_about_an_unknown_field_cannot_be_answered(again, about):
    make_conflicts(again)
    row = Conflict.objects.get(field="text")
    conflict = Conflict.objects.create(
        post=row.post,
        talk=row.takeaway.talk if about == "talk" else None,
        takeaway=row.takeaway if about == "takeaway" else None,
        field="mood",
    )
    before = list(Talk.objects.order_by("pk").values())
    with pytest.raises(LookupError, match="mood"):
        settle_conflict(conflict, "post", "Cheerful")
    assert list(Talk.objects.order_by("pk").values()) == before
    assert Conflict.objects.get(pk=conflict.pk).settled == ""

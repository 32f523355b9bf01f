"""Corrections in the base: imports apply them, and they can be undone and exported."""

import json

import pytest
from django.core.management import call_command

from talks.backup import check_base, export_base, import_base
from talks.backup.exported_columns import KINDS
from talks.editing import (
    NotCorrectedError,
    add_corrections,
    apply_correction,
    make_version,
    preview_corrections,
    switch_correction,
)
from talks.importing import Content, import_posts, read_corrected
from talks.models import Correction, Post, Takeaway, Talk, TalkSource
from talks.parsing import Act, ParsedSpeaker, make_anchor, read_anchor_lines
from talks.parsing import Correction as Said
from talks.write_back import write_back
from tests.admin.rows import log_in
from tests.kept_rows import kept

pytestmark = pytest.mark.django_db
POST = """---
title: Notes from Acme Conf 2019
---

## First Things by Ann Lee

* One

## Second Things by Ben Roe

* Three

Third things

* Four
"""
FIRST, SECOND = ("First Things", 1), ("Second Things", 2)
THIRD = [FIRST, ("Second Things", 1), ("Third Things", 1)]


@kept
def bring_in(text=POST, *, dry_run=False):
    return import_posts([Content("notes.md", text.encode())], dry_run=dry_run)


def say(act=Act.TALK, quote="Third things", title="Third Things", **more):
    lines = read_anchor_lines(POST)
    number = next(number for number, line in enumerate(lines, 1) if line.startswith(quote))
    return Said(act, make_anchor(lines, number), title=title, **more)


def correct(said=None):
    post = Post.objects.get()
    return add_corrections(post, [said or say()], made_by="ann", version=make_version(post))[0]


def list_talks():
    rows = Talk.objects.filter(withdrawn=False).order_by("position", "pk")
    return [(talk.title, talk.takeaways.filter(withdrawn=False).count()) for talk in rows]


def test_previewing_a_correction_parses_but_stores_nothing():
    bring_in()
    parsed = preview_corrections(Post.objects.get(), [say()])
    assert [talk.title for talk in parsed.talks] == ["First Things", "Second Things", "Third Things"]
    assert (list_talks(), Correction.objects.count()) == ([FIRST, SECOND], 0)


def test_a_correction_applies_at_once_and_in_later_imports():
    bring_in()
    row = correct()
    assert (list_talks(), row.made_by, str(row)) == (THIRD, "ann", "Third things is a talk")
    assert [outcome.outcome for outcome in bring_in().outcomes] == ["unchanged"]
    bring_in(POST.replace("* One", "* One\n* One more"))
    assert list_talks() == [("First Things", 2), *THIRD[1:]]
    assert check_base() == []


def test_takeaways_keep_their_permalinks_through_corrections():
    bring_in()
    before = list(Post.objects.get().takeaways.order_by("line").values_list("public_id", flat=True))
    correct()
    after = Post.objects.get().takeaways.filter(withdrawn=False).order_by("line").values_list("public_id", flat=True)
    assert list(after) == [before[0], before[1], before[2]]


def test_switching_a_correction_off_restores_the_former_reading():
    bring_in()
    row = correct()
    switch_correction(row, active=False, version=make_version(Post.objects.get()))
    assert list_talks() == [FIRST, SECOND]
    switch_correction(row, active=True, version=make_version(Post.objects.get()))
    assert list_talks() == THIRD
    assert check_base() == []


def test_a_dry_run_applies_corrections():
    bring_in()
    correct()
    report = bring_in(POST.replace("* One", "* Won"), dry_run=True)
    assert report.totals["talks"].get("withdrawn", 0) == 0


def test_a_correction_that_no_longer_fits_is_reported():
    bring_in()
    correct()
    report = bring_in(POST.replace("Third things", "Other things"))
    assert [said["code"] for said in report.outcomes[0].diagnostics if said["severity"] == "warning"] == [
        "correction-unfit"
    ]
    assert list_talks() == [FIRST, SECOND]
    bring_in()
    assert list_talks() == THIRD


def test_corrections_that_need_a_talk_above_are_refused_without_one():
    bring_in()
    with pytest.raises(NotCorrectedError, match="no talk stands above it"):
        correct(say(Act.ABOVE, "## First Things by Ann Lee", ""))
    assert (Correction.objects.count(), list_talks()) == (0, [FIRST, SECOND])


@pytest.mark.parametrize("meanwhile", ["import", "correction"])
def test_a_correction_of_a_changed_post_is_refused(meanwhile):
    bring_in()
    seen = make_version(Post.objects.get())
    if meanwhile == "import":
        bring_in(POST.replace("* One", "* Won"))
    else:
        correct(say(Act.DETAILS, "## First Things by Ann Lee", "", speakers=(ParsedSpeaker("Anne Lee"),)))
    with pytest.raises(NotCorrectedError, match="changed meanwhile"):
        add_corrections(Post.objects.get(), [say()], made_by="bob", version=seen)


def test_imports_into_a_restored_base_apply_its_corrections():
    bring_in()
    correct()
    kept = [line.encode() for line in export_base()]
    for kind in reversed(KINDS.values()):
        kind.model._default_manager.all().delete()
    import_base(kept)
    assert [line.encode() for line in export_base()] == kept
    assert [outcome.outcome for outcome in bring_in().outcomes] == ["unchanged"]
    bring_in(POST.replace("* One", "* Won"))
    assert list_talks() == THIRD


MOVED = [("First Things", 2), ("Second Things", 1)]


def move_four():
    lines = read_anchor_lines(POST)
    four, first = make_anchor(lines, 15), make_anchor(lines, 5)
    correct(Said(Act.NOTES, four, four, talk=first))


def test_takeaways_assigned_to_another_talk_survive_export_and_restore():
    bring_in()
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    move_four()
    assert (list_talks(), set(Takeaway.objects.values_list("public_id", flat=True))) == (MOVED, ids)
    bring_in(POST.replace("* One", "* Won").replace("* Three", "* Three\n* More"))
    assert list_talks() == [MOVED[0], ("Second Things", 2)]
    bring_in()
    kept = [line.encode() for line in export_base()]
    for kind in reversed(KINDS.values()):
        kind.model._default_manager.all().delete()
    import_base(kept)
    assert [outcome.outcome for outcome in bring_in().outcomes] == ["unchanged"]
    assert (list_talks(), check_base()) == (MOVED, [])


def test_takeaways_moved_from_below_do_not_extend_a_talk():
    bring_in()
    move_four()
    lines = list(TalkSource.objects.order_by("line").values_list("line", "end_line"))
    assert lines == [(5, 7), (9, 13)]


def test_import_preview_and_write_back_apply_a_posts_corrections(write):
    path = write("notes/notes.md", POST)
    import_posts([path.parent])
    correct()
    assert list_talks() == THIRD
    post = Post.objects.get()
    parsed = read_corrected(post, post.corrections.by_post()[post.pk])
    assert [talk.title for talk in parsed.talks] == ["First Things", "Second Things", "Third Things"]
    talk = Talk.objects.get(title="Third Things")
    unit = talk.takeaways.get()
    unit.text = "Four and five"
    unit.save()
    write_back([path.parent])
    assert path.read_text() == POST.replace("* Four", "* Four and five")
    assert [outcome.outcome for outcome in import_posts([path.parent]).outcomes] == ["unchanged"]


def test_changing_words_that_locate_a_correction_is_not_written_back(write):
    path = write("notes/notes.md", POST)
    import_posts([path.parent])
    correct(say(title=""))
    talk = Talk.objects.get(title="Third things")
    talk.title = "Other things"
    talk.save()
    [outcome] = write_back([path.parent]).outcomes
    assert [item.why for item in outcome.refused] == [
        "a correction of how the post is read is known by the words of this line"
    ]
    assert path.read_text() == POST


def test_parse_posts_with_base_applies_corrections(write, capsys):
    path = write("notes/notes.md", POST)
    import_posts([path.parent])
    correct()
    for options, count in (({}, 2), ({"base": True}, 3)):
        call_command("parse_posts", str(path), **options)
        assert len(json.loads(capsys.readouterr().out)["talks"]) == count


@pytest.mark.parametrize(
    ("name", "imported"),
    [("notes/2019/notes.md", "notes"), ("notes/2019/notes/index.md", "notes"), ("notes/notes.md", "notes/notes.md")],
)
def test_parse_posts_with_base_applies_corrections_restored_from_an_export(write, capsys, name, imported):
    path = write(name, POST)
    import_posts([path.parents[len(name.split("/")) - 1] / imported])
    correct()
    kept = [line.encode() for line in export_base()]
    for kind in reversed(list(KINDS.values())):
        kind.model._base_manager.all().delete()
    import_base(kept)
    call_command("parse_posts", str(path), base=True)
    assert len(json.loads(capsys.readouterr().out)["talks"]) == 3
    path.write_text(POST.replace("* One", "* Won"))
    other = write("elsewhere/notes.txt", POST)  # the same text in another place
    call_command("parse_posts", str(path), str(other), base=True)
    found = [json.loads(line)["talks"] for line in capsys.readouterr().out.splitlines()]
    assert list(map(len, found)) == [3, 3]


def test_corrections_of_posts_whose_files_changed_are_refused(write):
    path = write("notes/notes.md", POST)
    import_posts([path.parent])
    path.write_text(POST.replace("* One", "* Won"))
    with pytest.raises(NotCorrectedError, match="Import it first"):
        correct()


def test_a_post_keeps_its_corrections_when_its_file_moves(write):
    path = write("notes/notes.md", POST)
    import_posts([path.parent])
    correct()
    path.rename(path.with_name("moved.md"))
    import_posts([path.parent])
    assert list_talks() == THIRD


def test_an_editors_correction_of_a_post_overrides_its_front_matter(write):
    bring_in()
    correct(Said(Act.POST, post=(("series", "Other Conf"), ("visibility", "private"), ("year", 2018))))
    post = Post.objects.get()
    assert (str(post.conference), post.visibility) == ("Other Conf 2018", "private")


def test_posts_are_not_corrected_together_if_one_is_withdrawn():
    bring_in()
    seen = list(Post.objects.all())
    Post.objects.update(withdrawn=True)
    with pytest.raises(NotCorrectedError, match=r"notes\.md is withdrawn"):
        apply_correction(seen, Said(Act.POST, post=(("series", "Other Conf"),)), made_by="ann")
    assert (Correction.objects.count(), Post.objects.get().withdrawn) == (0, True)


def test_two_talks_on_one_line_survive_imports_and_restoring():
    text = "# Acme Conf 2019\n\nAnn Lee spoke about “Gardens in Winter”, and Ben Roe on “Roses in June”.\n\nBye.\n"
    bring_in(text)
    anchor = make_anchor(read_anchor_lines(text), 3)
    for words in ("", "Ben Roe"):
        correct(Said(Act.TALK, anchor, anchor, within=words))
    talks = [("Gardens in Winter", 0), ("Roses in June", 2)]
    assert (list_talks(), check_base()) == (talks, [])
    assert [outcome.outcome for outcome in bring_in(text).outcomes] == ["unchanged"]
    bring_in(f"{text}\nAt last.\n")
    assert list_talks() == [talks[0], ("Roses in June", 3)]
    kept = [line.encode() for line in export_base()]
    for kind in reversed(KINDS.values()):
        kind.model._default_manager.all().delete()
    import_base(kept)
    assert [line.encode() for line in export_base()] == kept
    bring_in(text)
    assert (list_talks(), check_base()) == (talks, [])


def test_write_back_leaves_lines_shared_by_two_talks_alone(write):
    text = "# Acme Conf 2019\n\nAnn Lee spoke about “Gardens in Winter”, and Ben Roe on “Roses in June”.\n\nBye.\n"
    path = write("notes/notes.md", text)
    import_posts([path.parent])
    anchor = make_anchor(read_anchor_lines(text), 3)
    for words in ("", "Ben Roe"):
        correct(Said(Act.TALK, anchor, anchor, within=words))
    unit = Talk.objects.get(title="Roses in June").takeaways.get(text="Bye.")
    unit.text = "Good bye."
    unit.save()
    write_back([path.parent])
    assert path.read_text() == text.replace("Bye.", "Good bye.")
    unit = Talk.objects.get(title="Roses in June").takeaways.get(text__startswith="Ben Roe")
    unit.text = "Ben Roe on roses."
    unit.save()
    write_back([path.parent])
    assert path.read_text() == text.replace("Bye.", "Good bye.")


def test_text_that_editors_took_out_of_talks_is_not_unplaced():
    """It is kept."""
    bring_in(POST.replace("* One", "* One\n\n* Soup"))
    correct(Said(Act.OUT, make_anchor(["* Soup"], 1), make_anchor(["* Soup"], 1)))
    post = Post.objects.get()
    assert [span for span in post.lines if span[2] in ("aside", "unplaced")] == [[9, 9, "aside"]]
    assert [said["code"] for said in post.diagnostics if "unplaced" in said["code"]] == []
    page = log_in(superuser=True).get(post.get_absolute_url()).content.decode()
    assert ("Belongs to no talk" in page, "unplaced" in page) == (True, False)
    assert check_base() == []


def list_held():
    return {row.number: row.details for row in Correction.objects.filter(active=True)}


def switch(number, *, active):
    row = Correction.objects.get(number=number)
    switch_correction(row, active=active, version=make_version(Post.objects.get()))


def test_corrections_replace_earlier_ones_of_their_lines_until_taken_back():
    bring_in()
    correct(say(Act.DETAILS, "## First Things by Ann Lee", "One Thing", day=2))
    correct(say(Act.DETAILS, "## First Things by Ann Lee", "A Thing"))
    assert list_held() == {2: ["“A Thing”", "day 2"]}
    correct(say(Act.DETAILS, "## First Things by Ann Lee", "", day=3))
    assert list_held() == {3: ["“A Thing”", "day 3"]}
    assert [title for title, _ in list_talks()] == ["A Thing", "Second Things"]
    switch(3, active=False)
    assert list_held() == {2: ["“A Thing”", "day 2"]}
    switch(2, active=False)
    assert (list_held(), list_talks()[0]) == ({1: ["“One Thing”", "day 2"]}, ("One Thing", 1))
    switch(2, active=True)
    assert list_held() == {2: ["“A Thing”", "day 2"]}
    assert check_base() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("earlier", "later", "told"),
    [
        ((Act.OUT, "* Three"), (Act.PART, "* Three"), [FIRST, ("Second Things", 1)]),
        ((Act.PART, "* Three"), (Act.UNITS, "* Three"), [FIRST, SECOND]),
        ((Act.TALK, "Third things"), (Act.NO_TALK, "Third things"), [FIRST, SECOND]),
        ((Act.NO_TALK, "## First Things by Ann Lee"), (Act.TALK, "## First Things by Ann Lee"), [FIRST, SECOND]),
        ((Act.DAY, "Third things"), (Act.DAY, "Third things"), [FIRST, ("Second Things", 1)]),
    ],
)
def test_a_new_correction_of_lines_replaces_the_earlier_one(earlier, later, told):
    bring_in()
    for day, (act, quote) in enumerate([earlier, later], 1):
        correct(say(act, quote, "", day=day if act is Act.DAY else None))
    assert (list(list_held()), list_talks()) == ([2], told)
    kept = [line.encode() for line in export_base()]
    bring_in(POST.replace("* One", "* The one"))
    assert (list(list_held()), list_talks()) == ([2], told)
    for kind in reversed(KINDS.values()):
        kind.model._default_manager.all().delete()
    import_base(kept)
    assert (list(list_held()), list_talks()) == ([2], told)
    switch(2, active=False)
    assert list(list_held()) == [1]


def test_corrections_on_other_lines_or_needed_later_are_kept():
    bring_in()
    correct(say())
    correct(say(Act.PART, "* Four", ""))
    correct(say(Act.PART, "* Three", ""))
    correct(say(title="Third"))
    assert list(list_held()) == [1, 2, 3, 4]


def test_talks_without_notes_keep_addresses_when_corrections_rename_them(client):
    bring_in(
        POST.replace("* Three\n\nThird things\n\n* Four\n", "").replace("Second Things", "Seedlings, a Long Account")
    )
    assert list_talks()[1] == ("Seedlings, a Long Account", 0)
    talk = Talk.objects.get(title__startswith="Seedlings")
    address = talk.get_absolute_url()
    post = Post.objects.get()
    lines = read_anchor_lines(post.source)
    number = next(number for number, line in enumerate(lines, 1) if "Seedlings" in line)
    said = Said(Act.DETAILS, make_anchor(lines, number), title="Sowing")
    row = correct(said)
    assert list_talks() == [FIRST, ("Sowing", 0)]
    assert Talk.objects.get(title="Sowing").pk == talk.pk
    assert client.get(address).status_code == 200
    switch_correction(row, active=False, version=make_version(Post.objects.get()))
    assert list_talks() == [FIRST, ("Seedlings, a Long Account", 0)]
    assert client.get(address).status_code == 200
    assert Talk.objects.count() == 2


def test_lines_moved_to_another_talk_may_be_no_takeaways_there():
    bring_in()
    lines = read_anchor_lines(POST)
    first = make_anchor(lines, 1 + lines.index("## First Things by Ann Lee"))
    correct(say(Act.NOTES, "Third things", "", talk=first, last=make_anchor(lines, lines.index("* Four") + 1)))
    correct(say(Act.PART, "Third things", ""))
    assert (list_talks(), check_base()) == ([("First Things", 2), ("Second Things", 1)], [])
    assert [13, 13, "talk 5"] in Post.objects.get().lines
    html = log_in().get(Post.objects.get().get_absolute_url()).content.decode()
    label = '<p class="label">Part of <a href="/talks/acme-conf-2019/first-things/"><bdi>First Things</bdi></a>, but no'
    assert html.count(label) == 1

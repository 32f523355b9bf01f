"""Write-back changes only the lines of files that editors' changes concern; an import afterwards changes nothing."""

import os
from pathlib import Path

import pytest

from talks import backup, names
from talks.editing.takeaway_order import set_takeaways_withdrawn
from talks.importing import import_posts
from talks.importing.sources import files, find_sources
from talks.models import Appearance, Conflict, ImportRun, Post, Speaker, SpeakerAlias, TaggedPost, Takeaway, Talk
from talks.write_back import render_write_back, write_back
from tests import builders
from tests.importing.conftest import DAY_1, bring_in_day_1, dump
from tests.importing.image_files import make_png

pytestmark = pytest.mark.django_db

SMALL = "Docker images ought to be small ones"
ORDER = "The order of the lines decides how well"


@pytest.fixture
def post(write) -> Path:
    path = write("day-1.md", DAY_1)
    bring_in_day_1(path)
    return path


def edit(text: str, new: str) -> None:
    row = Takeaway.objects.get(text=text)
    row.text = new
    row.html = new
    row.save()


def check_settled(path: Path) -> None:
    """Assert that an import changes nothing, the base is sound, and nothing is left to write back."""
    before = dump()
    report = import_posts([path])
    assert [outcome.outcome for outcome in report.outcomes] == ["unchanged"]
    assert dump() == before
    Post.objects.update(digest="read me again")
    report = import_posts([path])
    assert (report.totals["posts"]["unchanged"], "hand edits" in report.totals) == (1, False)
    assert [said for outcome in report.outcomes for said in outcome.diagnostics] == []
    assert backup.check_base() == []
    assert write_back().outcomes == ()


def test_without_edits_no_file_is_written(post):
    before, status = dump(), post.stat()
    report = write_back([post.parent])
    assert (report.outcomes, report.refused) == ((), False)
    assert (dump(), post.stat().st_mtime_ns, post.stat().st_ino) == (before, status.st_mtime_ns, status.st_ino)
    assert ImportRun.objects.count() == 1
    assert render_write_back(report) == "No edit made here is missing in the posts."


@pytest.mark.any_database
def test_an_edited_takeaway_changes_only_its_line(post):
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    edit(SMALL, "Docker images ought to be tiny")
    report = write_back()
    assert not report.refused
    assert post.read_text() == DAY_1.replace(SMALL, "Docker images ought to be tiny")
    assert set(Takeaway.objects.values_list("public_id", flat=True)) == ids
    check_settled(post)


def test_title_speakers_takeaways_and_tags_are_written_together(post):
    talk = Talk.objects.get(slug="boxes-on-ships")
    talk.title = "Crates on Trains"
    talk.save()
    Appearance.objects.filter(talk=talk).update(speaker=builders.make_speaker("Ada Browne"))
    edit(ORDER, "The order of lines decides")
    TaggedPost.objects.create(content_object=Post.objects.get(), tag=builders.make_tag("CI"))
    TaggedPost.objects.get(tag__name="Baking").delete()
    report = write_back([post])
    assert [item.what for item in report.outcomes[0].written] == ["talk's title", "talk's speakers", "takeaway", "tags"]
    expected = DAY_1.replace("Boxes on Ships with Ada Brown", "Crates on Trains with Ada Browne")
    expected = expected.replace(ORDER, "The order of lines decides").replace("Kubernetes, Baking]", "Kubernetes, CI]")
    assert post.read_text() == expected
    talk.refresh_from_db()
    assert (talk.slug, talk.title) == ("boxes-on-ships", "Crates on Trains")
    check_settled(post)


@pytest.mark.any_database
def test_talks_are_recognised_after_entirely_new_titles_were_written_back(post):
    Talk.objects.filter(slug="herding-cats").update(
        title="Quite Another Thing", sort_key=names.sort_key("Quite Another Thing")
    )
    ids = list(Talk.objects.order_by("pk").values_list("pk", "slug"))
    assert not write_back().refused
    assert "## Quite Another Thing with Carl Dent" in post.read_text()
    assert list(Talk.objects.order_by("pk").values_list("pk", "slug")) == ids
    check_settled(post)


@pytest.mark.any_database
def test_new_takeaways_use_the_list_marks_of_their_talk(post):
    talk = Talk.objects.get(slug="boxes-on-ships")
    first = builders.make_takeaway(talk, "Sign what you ship")
    builders.make_takeaway(talk, "and check the signature", parent=first)
    public_ids = set(Takeaway.objects.values_list("public_id", flat=True))
    assert not write_back().refused
    manual = "* More of it is in [the manual](https://docs.docker.com/build/)\n"
    assert post.read_text() == DAY_1.replace(manual, f"{manual}* Sign what you ship\n  * and check the signature\n")
    assert set(Takeaway.objects.values_list("public_id", flat=True)) == public_ids
    assert Takeaway.objects.filter(post=None).count() == 0
    check_settled(post)


@pytest.mark.any_database
def test_new_takeaways_of_talks_with_two_posts_are_refused(post, write):
    other = DAY_1.replace("Two talks and a lot of coffee.", "Another view of the same day, by somebody else.")
    other = other.replace("2019-05-02", "2019-05-03").replace("aliases:", "old:").replace(SMALL, "Small is fine")
    import_posts([write("other.md", other)])
    builders.make_takeaway(Talk.objects.get(slug="boxes-on-ships"), "Sign what you ship")
    report = write_back()
    assert {item.why for outcome in report.outcomes for item in outcome.refused} == {
        "several posts tell of this talk, so none of them is changed"
    }
    assert post.read_text() == DAY_1


@pytest.mark.any_database
def test_a_talk_in_two_posts_is_changed_in_the_first(post, write):
    other = DAY_1.replace("Two talks and a lot of coffee.", "Another view of the same day, by somebody else.")
    other = other.replace("2019-05-02", "2019-05-03").replace("aliases:", "old:").replace(SMALL, "Small is fine")
    second = write("other.md", other)
    import_posts([second])
    Talk.objects.filter(slug="herding-cats").update(title="Herding Lions", sort_key="herding lions")
    assert not write_back().refused
    assert post.read_text() == DAY_1.replace("Herding Cats", "Herding Lions")
    assert second.read_text() == other
    assert [o.outcome for o in import_posts([post.parent]).outcomes] == ["unchanged", "unchanged"]


@pytest.mark.any_database
def test_bytes_of_other_lines_are_unchanged(write):
    text = "\ufeff" + DAY_1.replace("\n", "\r\n").removesuffix("\r\n")
    path = write("day-1.md", text)
    path.chmod(0o640)
    import_posts([path])
    edit("Labels are the glue between all of its parts", "Labels glue its parts")
    assert not write_back().refused
    expected = text.replace("Labels are the glue between all of its parts", "Labels glue its parts")
    assert path.read_bytes() == expected.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(path.parent)) == ["confnotes.toml", "day-1.md"]
    check_settled(path)


@pytest.mark.any_database
def test_a_file_changed_since_its_import_is_left_alone(post):
    edit(SMALL, "Docker images ought to be tiny")
    changed = DAY_1 + "\nOne more line.\n"
    post.write_text(changed)
    before = dump()
    report = write_back()
    assert [outcome.fault for outcome in report.outcomes] == [
        "It has changed since it was imported. Import it first, and write back then."
    ]
    assert (report.refused, post.read_text(), dump()) == (True, changed, before)


@pytest.mark.any_database
def test_a_missing_file_is_reported(post):
    edit(SMALL, "Docker images ought to be tiny")
    post.unlink()
    [outcome] = write_back().outcomes
    assert outcome.fault == "There is no such file any more."


@pytest.mark.any_database
def test_edits_that_parse_differently_are_refused_and_others_written(post):
    edit(SMALL, "Two things:\n* this is a point of its own")
    edit(ORDER, "Order matters")
    report = write_back()
    assert [item.why for item in report.outcomes[0].refused] == [
        "“Two things: * this is a point of its own” would be read as “Two things:”"
    ]
    assert post.read_text() == DAY_1.replace(ORDER, "Order matters")
    assert import_posts([post]).outcomes[0].outcome == "unchanged"
    assert Takeaway.objects.filter(text__startswith="Two things").exists()


def test_a_dry_run_shows_the_edits_and_writes_nothing(post):
    edit(SMALL, "Docker images ought to be tiny")
    before = dump()
    report = write_back(dry_run=True)
    assert render_write_back(report).splitlines() == [
        f"{post}:16: takeaway",
        f"    - {SMALL}",
        "    + Docker images ought to be tiny",
        "1 edit would be written into 1 file. This was a dry run: nothing was written.",
    ]
    assert (post.read_text(), dump(), ImportRun.objects.count()) == (DAY_1, before, 1)


def test_rows_are_unchanged_if_the_file_cannot_be_replaced(post, monkeypatch):
    edit(SMALL, "Docker images ought to be tiny")
    before = dump()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", refuse)
    [outcome] = write_back().outcomes
    assert outcome.fault == "This cannot be read: No space left on device."
    assert (post.read_text(), dump()) == (DAY_1, before)
    assert sorted(os.listdir(post.parent)) == ["confnotes.toml", "day-1.md"]


def stop_before_commit(monkeypatch) -> None:
    """Write back as if the machine stopped: the file is replaced, and the transaction is lost."""

    def stop(folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, "sync_folder", stop)
        with pytest.raises(KeyboardInterrupt):
            write_back()


def edit_everything() -> str:
    """Edit a title and a takeaway, and write two takeaways; return the post's text as a write-back must leave it."""
    talk = Talk.objects.get(slug="boxes-on-ships")
    talk.title = "Crates on Trains"
    talk.save()
    edit(SMALL, "Docker images ought to be tiny")
    first = builders.make_takeaway(talk, "Sign what you ship")
    builders.make_takeaway(talk, "and check the signature", parent=first)
    manual = "* More of it is in [the manual](https://docs.docker.com/build/)\n"
    text = DAY_1.replace(SMALL, "Docker images ought to be tiny").replace("Boxes on Ships", "Crates on Trains")
    return text.replace(manual, f"{manual}* Sign what you ship\n  * and check the signature\n")


@pytest.mark.slow
@pytest.mark.parametrize("again", [write_back, lambda: import_posts([Path(Post.objects.get().path)])])
def test_an_interrupted_write_back_is_completed_later(post, monkeypatch, again):
    text, before = edit_everything(), dump()
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    stop_before_commit(monkeypatch)
    assert (post.read_text(), dump()) == (text, before)
    assert not again().refused
    assert post.read_text() == text
    assert set(Takeaway.objects.values_list("public_id", flat=True)) == ids
    assert not Takeaway.objects.filter(post=None).exists()
    check_settled(post)


@pytest.mark.any_database
def test_files_changed_after_an_interrupted_write_back_are_skipped(post, monkeypatch):
    text = edit_everything()
    stop_before_commit(monkeypatch)
    post.write_text(f"{text}\nOne more line.\n")
    assert [outcome.fault for outcome in write_back().outcomes] == [
        "It has changed since it was imported. Import it first, and write back then."
    ]


@pytest.mark.any_database
def test_temporary_files_of_a_crash_are_removed_later(post, monkeypatch):
    edit(SMALL, "Docker images ought to be tiny")

    def stop(descriptor: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", stop)
        patch.setattr(Path, "unlink", lambda *args, **options: None)
        with pytest.raises(KeyboardInterrupt):
            write_back()
    [left] = [path for path in post.parent.iterdir() if path.name.startswith(".")]
    assert [source.file for source in find_sources([post.parent])] == [post]
    assert not write_back().refused
    assert not left.exists()
    check_settled(post)


def test_write_back_of_given_paths_writes_only_their_posts(post, write):
    edit(SMALL, "Docker images ought to be tiny")
    other = write("other/day-2.md", "---\ntitle: Another\n---\nNothing here.\n")
    assert write_back([other]).outcomes == ()
    assert post.read_text() == DAY_1


@pytest.mark.any_database
def test_an_editors_speaker_is_written_as_the_row_spells_it(post):
    talk = Talk.objects.get(slug="herding-cats")
    Appearance.objects.create(
        talk=talk, speaker=Speaker.objects.create(name="Eve Ford"), affiliation="Acme", position=2
    )
    assert not write_back().refused
    assert "## Herding Cats with Carl Dent and Eve Ford (Acme)" in post.read_text()
    check_settled(post)


@pytest.mark.any_database
def test_write_back_keeps_dates_that_posts_have_from_paths(tmp_path):
    path = tmp_path / "2019" / "05" / "02-notes.md"
    path.parent.mkdir(parents=True)
    text = f"# Notes\n\n## Boxes on Ships with Ada Brown\n* {SMALL}\n\n## Herding Cats with Carl Dent\n* {ORDER}\n"
    path.write_text(text)
    import_posts([tmp_path])
    edit(SMALL, "Docker images ought to be tiny")
    before = Post.objects.values("key", "published_on", "title").get()
    assert not write_back().refused
    assert path.read_text() == text.replace(SMALL, "Docker images ought to be tiny")
    assert Post.objects.values("key", "published_on", "title").get() == before
    assert import_posts([tmp_path]).outcomes[0].outcome == "unchanged"


def test_fields_with_open_conflicts_are_not_written(post):
    edit(SMALL, "Docker images ought to be tiny")
    Talk.objects.filter(slug="boxes-on-ships").update(title="Crates on Ships", sort_key="crates on ships")
    text = DAY_1.replace(SMALL, "Docker images are small").replace("Boxes on Ships", "Boxes on Boats")
    post.write_text(text)
    import_posts([post])
    assert sorted(Conflict.objects.filter(settled="").values_list("field", flat=True)) == ["text", "title"]
    edit(ORDER, "The order of lines decides")
    report = write_back()
    assert [(item.what, item.why) for item in report.outcomes[0].refused] == [
        ("talk's title", "a conflict about it is open; settle it first"),
        ("takeaway", "a conflict about it is open; settle it first"),
    ]
    assert post.read_text() == text.replace(ORDER, "The order of lines decides")
    Conflict.objects.update(settled=Conflict.Settled.MINE)
    assert not write_back().refused
    expected = text.replace(ORDER, "The order of lines decides").replace("Boxes on Boats", "Crates on Ships")
    assert post.read_text() == expected.replace("Docker images are small", "Docker images ought to be tiny")
    check_settled(post)


def test_hidden_takeaways_are_neither_removed_from_the_file_nor_added(post):
    Takeaway.objects.filter(text=ORDER).update(hidden=True)
    new = builders.make_takeaway(Talk.objects.get(slug="boxes-on-ships"), "Taken down again")
    Takeaway.objects.filter(pk=new.pk).update(hidden=True)
    assert write_back().outcomes == ()
    assert post.read_text() == DAY_1


@pytest.mark.any_database
def test_speakers_new_names_are_not_written_where_posts_use_aliases(post):
    ada = Speaker.objects.get(name="Ada Brown")
    ada.name = "Ada Lovely"
    ada.save()
    SpeakerAlias.objects.create(speaker=ada, name="Ada Brown", folded="ada brown", slug="ada-brown-2")
    assert write_back().outcomes == ()
    talk = Talk.objects.get(slug="boxes-on-ships")
    Appearance.objects.create(talk=talk, speaker=builders.make_speaker("Eve Ford"), position=2)
    assert not write_back().refused
    assert post.read_text() == DAY_1.replace("with Ada Brown", "with Ada Brown and Eve Ford")
    check_settled(post)


@pytest.mark.any_database
def test_tags_that_editors_refused_are_removed_from_front_matter(post):
    TaggedPost.objects.filter(tag__name="Baking").update(origin="editor", refused=True)
    assert not write_back().refused
    assert post.read_text() == DAY_1.replace("Kubernetes, Baking]", "Kubernetes]")
    assert TaggedPost.everything.get(tag__name="Baking").refused
    check_settled(post)


@pytest.mark.any_database
def test_a_talks_new_title_replaces_linked_old_titles_in_takeaways(write):
    text = (
        "---\ntitle: Notes from Testing Days 2019\ndate: 2019-05-02\n---\n"
        "The first talk was [Boxes on Ships](https://example.org/1) by Ada Brown. Boxes on Ships are *small*.\n\n"
        "After that I went to [Herding Cats](https://example.org/2) by Carl Dent. It was about\r\nclusters.\n"
    )
    path = write("prose.md", text)
    import_posts([path])
    before = dict(Takeaway.objects.values_list("public_id", "pk"))
    for old, new in (("Boxes on Ships", "Boxes on Boats"), ("Herding Cats", "Herding Old Cats")):
        assert Talk.objects.filter(title=old).update(title=new, sort_key=names.sort_key(new))
    Appearance.objects.filter(speaker__name="Carl Dent").update(speaker=builders.make_speaker("Karl Dent"))
    [outcome] = write_back().outcomes
    assert ([item.what for item in outcome.written], outcome.refused) == (
        ["talk's title", "talk's title", "talk's speakers"],
        (),
    )
    assert [(item.line, item.new[:40]) for item in outcome.also_changed] == [
        (5, "The first talk was [Boxes on Boats](http"),
        (7, "After that I went to [Herding Old Cats]("),
    ]
    expected = text.replace("[Boxes on Ships]", "[Boxes on Boats]").replace("Carl Dent", "Karl Dent")
    assert path.read_bytes() == expected.replace("Herding Cats", "Herding Old Cats").encode()
    assert dict(Takeaway.objects.values_list("public_id", "pk")) == before
    assert "Boxes on Boats</a>" in Takeaway.objects.get(line=5).html
    check_settled(path)


@pytest.mark.any_database
def test_a_talks_new_title_replaces_the_old_in_edited_takeaways(write):
    text = (
        "---\ntitle: Notes from Testing Days 2019\ndate: 2019-05-02\n---\n"
        "The first talk was [Boxes on Ships](https://example.org/1) by Ada Brown. Keep images small.\n\n"
        "After that I went to [Herding Cats](https://example.org/2) by Carl Dent. It was about clusters.\n"
    )
    path = write("prose.md", text)
    import_posts([path])
    Talk.objects.filter(title="Boxes on Ships").update(title="Boxes on Boats", sort_key="boxes on boats")
    sentence = Takeaway.objects.get(line=5)
    edit(sentence.text, sentence.text.replace("small", "tiny"))
    sentence = Takeaway.objects.get(line=7)
    Conflict.objects.create(post=sentence.post, takeaway=sentence, field="text", ours="Mine", theirs=sentence.text)
    edit(sentence.text, "Mine")
    Talk.objects.filter(title="Herding Cats").update(title="Herding Dogs", sort_key="herding dogs")
    [outcome] = write_back().outcomes
    assert [(item.what, item.why) for item in outcome.refused] == [
        ("talk's title", "a talk would be read as “Herding Cats”"),
        ("takeaway", "a conflict about it is open; settle it first"),
    ]
    assert path.read_text() == text.replace("small", "tiny").replace("Boxes on Ships", "Boxes on Boats")
    assert Takeaway.objects.get(line=7).text == "Mine"
    assert import_posts([path]).outcomes[0].outcome == "unchanged"


@pytest.mark.any_database
@pytest.mark.parametrize("heading", ["# Boxes on Ships\n\n", ""])
def test_a_post_about_one_talk_is_retitled_with_it(write, heading):
    hints = "confnotes:\n  series: Testing Days\n  year: 2019"
    text = f"---\ntitle: 'Boxes on Ships' # ours\n{hints}\n---\n{heading}By Ada Brown\n\n* {SMALL}\n"
    path = write("boxes-on-ships.md", text)
    import_posts([path])
    talk = Talk.objects.get()
    Talk.objects.filter(pk=talk.pk).update(title="Boxes: on Boats", sort_key="boxes on boats")
    assert not write_back().refused
    assert path.read_text() == text.replace("Boxes on Ships", "Boxes: on Boats")
    assert (Talk.objects.get().pk, Post.objects.get().title) == (talk.pk, "Boxes: on Boats")
    check_settled(path)


def test_a_restored_takeaway_is_written_and_keeps_its_permalink(post):
    without = DAY_1.replace(f"  * {ORDER}\n", "").replace(f"* {SMALL}\n", "")
    post.write_text(without)
    import_posts([post])
    ids = dict(Takeaway.objects.values_list("text", "public_id"))
    gone = list(Takeaway.objects.filter(withdrawn=True).order_by("pk"))
    assert write_back().outcomes == ()
    set_takeaways_withdrawn(gone, withdrawn=False)
    edit(SMALL, "Docker images ought to be tiny")
    report = write_back()
    assert [item.what for item in report.outcomes[0].written] == ["restored takeaway", "restored takeaway"]
    last = "* More of it is in [the manual](https://docs.docker.com/build/)\n"
    expected = DAY_1.replace(f"* {SMALL}\n", "").replace(last, f"{last}* Docker images ought to be tiny\n")
    assert post.read_text() == expected
    assert Takeaway.objects.get(text=ORDER).public_id == ids[ORDER]
    assert Takeaway.objects.get(text="Docker images ought to be tiny").public_id == ids[SMALL]
    check_settled(post)


@pytest.mark.any_database
def test_takeaways_nested_by_editors_are_written_below_their_parents(post):
    layers = Takeaway.objects.get(text__startswith="Layers")
    small = Takeaway.objects.get(text=SMALL)
    builders.make_takeaway(layers.talk, "and never for long", parent=layers)
    builders.make_takeaway(layers.talk, "Smaller than you think", parent=small)
    builders.make_takeaway(layers.talk, "Sign what you ship")
    edit(ORDER, "Order matters")
    report = write_back()
    assert ([item.what for item in report.outcomes[0].written], report.refused) == (
        ["takeaway", "new takeaway", "new takeaway", "new takeaway"],
        False,
    )
    expected = DAY_1.replace(SMALL, f"{SMALL}\n  * Smaller than you think")
    expected = expected.replace(ORDER, "Order matters\n  * and never for long")
    manual = "* More of it is in [the manual](https://docs.docker.com/build/)\n"
    assert post.read_text() == expected.replace(manual, f"{manual}* Sign what you ship\n")
    check_settled(post)


def test_a_takeaway_below_one_that_the_file_lacks_is_refused(post):
    small = Takeaway.objects.get(text=SMALL)
    builders.make_takeaway(small.talk, "Smaller than you think", parent=small)
    Takeaway.objects.filter(pk=small.pk).update(hidden=True, post=None, line=None)
    report = write_back()
    assert [item.why for item in report.outcomes[0].refused] == ["what it is nested in stands in no line of the post"]
    assert post.read_text() == DAY_1


@pytest.mark.any_database
def test_images_are_shown_after_new_alt_texts_were_written_back(write):
    text = DAY_1.replace(f"* {SMALL}\n", f"* {SMALL}\n\n![A big whale](whale.png)\n\n")
    path = write("day-1.md", text)
    (path.parent / "whale.png").write_bytes(make_png())
    import_posts([path])
    image = Takeaway.objects.get(kind="image")
    assert "<img" in image.html
    edit(image.text, "![A small whale](whale.png)")
    edit(ORDER, "Order matters")
    assert not write_back().refused
    assert path.read_text() == text.replace("big whale", "small whale").replace(ORDER, "Order matters")
    image.refresh_from_db()
    assert ("<img" in image.html, "A small whale" in image.html) == (True, True)
    check_settled(path)

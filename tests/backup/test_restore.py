"""An export is restored as a whole, or nothing of it is."""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from talks.backup import BadLineError, NotEmptyError, check_base, export_base, import_base
from talks.backup.exported_columns import KINDS
from talks.importing import import_posts
from talks.models import Conflict, ImportRun, Media, Post, PostMedia, Series, Speaker, Tag, TaggedTalk, Takeaway, Talk
from tests.backup.whole_bases import clear_base, encode
from tests.builders import make_citation, make_post, make_series, make_source, make_tag, make_takeaway, make_talk

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "samples"
SLUG = "`slug` does not fit: Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."
pytestmark = pytest.mark.django_db


def edit_everything():
    """Change everything that only editors change, after an import."""
    talk = Talk.objects.order_by("pk").first()
    Talk.objects.filter(pk=talk.pk).update(hidden=True, title="Anders “genannt”", sort_key="anders “genannt”")
    note = Takeaway.objects.exclude(talk=talk).filter(parent=None).order_by("pk").first()
    Takeaway.objects.filter(pk=note.pk).update(text="*Reworded* by hand \u2028 日本", withdrawn=True)
    make_takeaway(talk, "Written here", tags=["By hand"])
    TaggedTalk.objects.create(
        content_object=talk, tag=make_tag("C++", aliases=["cpp", "see plus plus"]), origin="editor"
    )
    make_talk("By hand alone", talk.day, speakers=["Nobody Else"], takeaways=["One", ("Two", ["Below", ("x", ["y"])])])
    Post.objects.filter(pk=Post.objects.order_by("pk").last().pk).update(visibility="private")
    Series.objects.update(aliases=["Elsewhere", "a"])
    Speaker.objects.filter(pk=Speaker.objects.first().pk).update(handle="@x", url="https://example.org/é")
    of_post = {"post": note.post, "ours": "Mine", "theirs": "Yours"}
    Conflict.objects.create(**of_post, field="title", talk=note.talk, settled="mine")
    Conflict.objects.create(**of_post, field="text", takeaway=note)
    Conflict.objects.create(**of_post, field="title")


@pytest.mark.slow
def test_a_restored_base_exports_the_same_bytes():
    import_posts([SAMPLES])
    edit_everything()
    before = encode(export_base())
    clear_base()
    counts = import_base(before)
    assert encode(export_base()) == before
    assert sum(counts.values()) == len(before)


def test_the_former_origin_hand_of_tags_is_restored_as_editor():
    make_talk("Talk", tags=["Docker"])
    before = encode(export_base())
    clear_base()
    import_base([line.replace(b'"origin":"editor"', b'"origin":"hand"') for line in before])
    assert encode(export_base()) == before
    assert list(TaggedTalk.objects.values_list("origin", flat=True)) == ["editor"]


def test_exports_without_the_headings_of_takeaways_can_be_restored():
    talk = make_talk("Talk")
    make_takeaway(talk, "One")
    before = encode(export_base())
    clear_base()
    import_base([line.replace(b'"headings":"",', b"") for line in before])
    assert encode(export_base()) == before


@pytest.mark.slow
def test_after_a_restore_the_next_import_changes_nothing():
    import_posts([SAMPLES])
    make_talk("More", Talk.objects.first().day, takeaways=["See [it](/x) and **that**"])
    before = encode(export_base())
    html = dict(Takeaway.objects.values_list("public_id", "html"))
    clear_base()
    import_base(before)
    assert check_base() == []
    assert dict(Takeaway.objects.values_list("public_id", "html")) == html
    report = import_posts([SAMPLES])
    assert {outcome.outcome for outcome in report.outcomes} == {"unchanged"}
    assert encode(export_base()) == before


def test_restored_posts_are_recognised_by_ids_in_their_front_matter(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: Testing Days 2019\nconfnotes:\n  id: my-own\n---\n## Talk with Ada B\n* One\n"
    )
    import_posts([tmp_path])
    before = encode(export_base())
    clear_base()
    import_base(before)
    assert [outcome.outcome for outcome in import_posts([tmp_path]).outcomes] == ["unchanged"]
    assert encode(export_base()) == before
    assert Post.objects.get().path.endswith("a.md")


RESTORE = """
import django, io
from django.conf import settings
from django.core.management import call_command
from tests.unmigrated import MIGRATION_MODULES
settings.MIGRATION_MODULES = MIGRATION_MODULES
django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("import_base", "-", stdout=io.StringIO())
call_command("export_base")
"""


@pytest.mark.slow
def test_an_export_restores_into_another_database(tmp_path):
    import_posts([SAMPLES])
    edit_everything()
    before = b"".join(encode(export_base()))
    elsewhere = {"DATABASE_URL": "", "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "confnotes.settings"}
    command = [sys.executable, "-c", RESTORE]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | elsewhere, input=before, capture_output=True, timeout=600)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"".join(encode(export_base(counted=True)))


def test_exports_with_withdrawn_parents_after_their_children_can_be_restored():
    talk = make_talk("Talk", post=make_post())
    parent = make_takeaway(talk, "Above")
    make_takeaway(talk, "Below", parent=parent)
    Takeaway.objects.filter(pk=parent.pk).update(withdrawn=True)
    before = encode(export_base())
    clear_base()
    import_base(before)
    assert encode(export_base()) == before
    assert Takeaway.objects.get(text="Below").parent.text == "Above"


def test_restoring_into_a_base_that_is_not_empty_is_refused():
    make_series("Devoxx")
    before = encode(export_base())
    with pytest.raises(NotEmptyError):
        import_base(before)
    assert encode(export_base()) == before


def test_a_base_with_only_runs_counts_as_empty():
    ImportRun.objects.create(given=[])
    assert import_base([]) == {}


@cache
def make_small():
    """Return the lines of a small export; the base is empty again."""
    post = make_post("Day 2", key="day-2.md", tags=["Docker"], aliases=["/old"])
    talk = make_talk("Talk", post=post, speakers=["Lisa Guo"], takeaways=["One"])
    make_citation(talk, "https://example.org/b")
    make_source(talk, make_post("Also", key="also.md"))
    lines = encode(export_base())
    clear_base()
    return tuple(lines)


def change(lines, kind, **values):
    """Return the lines of an export with these values in the first line of the kind, and this line's number."""
    rows = [json.loads(line) for line in lines]
    number = next(number for number, row in enumerate(rows) if row["type"] == kind)
    rows[number] |= values
    return [json.dumps(row).encode() + b"\n" for row in rows], number + 1


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("series", {"name": None}, "`name` is empty"),
        ("series", {"name": 5}, "`name` is not a text"),
        ("series", {"name": "x" * 201}, "`name` has 201 characters, and 200 fit"),
        ("series", {"name": "a\0b"}, "it holds a zero character or half a surrogate pair, which no database stores"),
        ("series", {"name": "\ud800"}, "it holds a zero character or half a surrogate pair, which no database stores"),
        ("series", {"slug": ""}, "the series  is there already"),
        ("series", {"aliases": "x"}, "`aliases` is not a list"),
        ("series", {"colour": "red"}, "`colour` is not known here"),
        ("series", {"type": "serie"}, f"`type` is none of {', '.join(KINDS)}"),
        ("conference", {"series": "nowhere"}, "there is no series nowhere"),
        ("conference", {"series": []}, "`series` names no row"),
        ("conference", {"year": True}, "`year` is not a whole number"),
        ("conference", {"year": -1}, "`year` does not fit: Ensure this value is greater than or equal to 0."),
        ("day", {"date": "yesterday"}, "`date` is not a date like 2017-03-06"),
        ("speaker", {"url": "javascript:alert(1)"}, "`url` is no address of the web"),
        ("reference", {"url": "file:///etc"}, "`url` is no address of the web: file:///etc"),
        ("post", {"withdrawn": 1}, "`withdrawn` is not true or false"),
        ("post", {"visibility": "secret"}, "`visibility` is none of public, draft, private"),
        ("post", {"aliases": None}, "`aliases` is not a list"),
        ("post", {"aliases": [["x"]]}, "`path` is not a text"),
        ("post", {"tags": ["docker"]}, "`tags` holds what is no object"),
        ("post", {"tags": [{"tag": "none", "origin": "post", "refused": False}]}, "there is no tag none"),
        ("talk", {"talk": "qcon-london-2017/a b"}, SLUG),
        ("talk", {"day": 9}, "there is no day qcon-london-2017/9"),
        ("takeaway", {"public_id": "../etc"}, "`public_id` is no permalink: ../etc"),
        ("takeaway", {"parent": "0000000000"}, "there is no takeaway 0000000000"),
    ],
)  # fmt: skip
def test_an_invalid_line_is_reported_and_nothing_is_restored(kind, values, said):
    lines, number = change(make_small(), kind, **values)
    with pytest.raises(BadLineError) as error:
        import_base(lines)
    assert str(error.value) == f"line {number}: {said}."
    assert list(export_base()) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"\xff\n", "it is not UTF-8"),
        (b'{"type":"series","aliases":[],"na', "it is no JSON, or cut off"),
        (b"[" * 100_000, "it is no JSON, or cut off"),
        (b"[]\n", "it is no JSON object"),
        (b'{"type":["series"]}\n', f"`type` is none of {', '.join(KINDS)}"),
        (b'{"type":"series","aliases":[],"name":"Devoxx"}\n', "`slug` is missing"),
        (
            b'{"type":"series","aliases":[],"name":"X","slug":"qcon-london"}\n',
            "the series qcon-london is there already",
        ),
        (b"\n", "it is no JSON, or cut off"),
    ],
)
def test_restoring_broken_or_repeated_lines_is_refused(line, said):
    first = b'{"type":"series","aliases":[],"name":"QCon London","slug":"qcon-london"}\n'
    with pytest.raises(BadLineError) as error:
        import_base([first, line])
    assert str(error.value) == f"line 2: {said}."
    assert not Series.objects.exists()


def test_restoring_a_file_cut_off_between_lines_is_refused():
    import_base(make_small())
    lines = encode(export_base(counted=True))
    clear_base()
    for changed in (lines[:1], lines[:-1], [*lines, lines[-1]]):
        with pytest.raises(BadLineError):
            import_base(changed)
    with pytest.raises(BadLineError) as error:
        import_base(lines[:-1])
    said = f"line {len(lines) - 1}: the file ends here, though {len(lines) - 1} lines should follow the first"
    assert str(error.value) == f"{said}: it was cut off or changed; copy it again, or make a new export."
    assert list(export_base()) == []
    import_base(lines)
    assert encode(export_base(counted=True)) == lines


def test_restoring_lines_in_the_wrong_order_is_refused():
    lines = make_small()
    with pytest.raises(BadLineError) as error:
        import_base([*lines, lines[0]])
    assert str(error.value) == f"line {len(lines) + 1}: a series stands before each citation."


def test_a_line_that_the_database_refuses_is_named():
    lines = make_small()
    twin = lines[1].replace(b'"slug":"qcon-london-2017"', b'"slug":"another"')
    with pytest.raises(BadLineError) as error:
        import_base([lines[0], lines[1], twin])
    assert str(error.value).startswith("line 3: the database does not take it: ")
    assert not Series.objects.exists()


# The command


def test_import_base_prints_how_many_rows_it_restored(tmp_path, capsys):
    lines = make_small()
    (tmp_path / "base.jsonl").write_bytes(b"".join(lines))
    call_command("import_base", str(tmp_path / "base.jsonl"))
    assert capsys.readouterr().out == (
        "Restored: series 1, conference 1, day 1, writer 1, speaker 1, tag 1, reference 1, post 2, talk 1, source 2, "
        "takeaway 1, citation 1.\n"
    )
    assert tuple(encode(export_base())) == lines


def test_import_base_reports_each_failure_in_one_sentence(tmp_path):
    file = tmp_path / "base.jsonl"
    with pytest.raises(CommandError, match=r"could not be read: No such file or directory\.$"):
        call_command("import_base", str(file))
    file.write_text("{}\n")
    with pytest.raises(CommandError) as error:
        call_command("import_base", str(file))
    assert str(error.value) == f"{file}, line 1: `type` is none of {', '.join(KINDS)}. Nothing was stored."
    make_series("Devoxx")
    with pytest.raises(CommandError) as error:
        call_command("import_base", str(file))
    assert str(error.value) == "The base is not empty: an export is restored into a new one."
    with pytest.raises(CommandError) as error:
        call_command("import_base", str(file), media=tmp_path / "no")
    assert str(error.value) == f"There is no folder {tmp_path / 'no'}."


# Images


@pytest.fixture
def picture(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "store")
    content = b"not really a picture"
    image = Media.objects.create(digest=hashlib.sha256(content).hexdigest(), format="png", size=len(content))
    image.location.parent.mkdir(parents=True)
    image.location.write_bytes(content)
    PostMedia.objects.create(post=make_post(), media=image, path="/images/a.png", alt="A")
    return image


def test_images_are_exported_and_restored(picture, tmp_path, monkeypatch):
    output, folder = tmp_path / "base.jsonl", tmp_path / "images"
    call_command("export_base", output=output, media=folder)
    before = output.read_bytes()
    clear_base()
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "new")
    call_command("import_base", str(output), media=folder)
    assert b"".join(encode(export_base(counted=True))) == before
    assert Media.objects.get().location.read_bytes() == b"not really a picture"
    assert [path.name for path in (tmp_path / "new").rglob("*.*")] == [f"{picture.digest}.png"]


def test_a_base_without_images_restores_from_its_folder(tmp_path):
    make_post()
    output, folder = tmp_path / "base.jsonl", tmp_path / "images"
    call_command("export_base", output=output, media=folder)
    clear_base()
    call_command("import_base", str(output), media=folder)
    assert b"".join(encode(export_base(counted=True))) == output.read_bytes()


@pytest.mark.parametrize("content", [None, b"another"])
def test_a_missing_or_wrong_image_stops_the_restore(picture, tmp_path, monkeypatch, content):
    output, folder = tmp_path / "base.jsonl", tmp_path / "images"
    call_command("export_base", output=output, media=folder)
    clear_base()
    copy = folder / picture.digest[:2] / f"{picture.digest}.png"
    copy.unlink() if content is None else copy.write_bytes(content)
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "new")
    with pytest.raises(CommandError, match=r"^The image .* is (missing|not the one that its name says)\. Nothing"):
        call_command("import_base", str(output), media=folder)
    assert list(export_base()) == []
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []


def test_an_image_digest_that_is_a_path_is_refused(picture):
    lines, number = change(encode(export_base()), "media", digest="../" + "a" * 61)
    clear_base()
    with pytest.raises(BadLineError, match=f"^line {number}: `digest` is none"):
        import_base(lines)


def test_restoring_computes_folded_names_of_tags_again():
    make_tag("C++", aliases=["See Plus"])
    before = encode(export_base())
    clear_base()
    import_base(before)
    assert make_tag("c++") == Tag.objects.get()
    assert Tag.objects.get().aliases.get().folded == "see plus"

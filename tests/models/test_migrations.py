from contextlib import redirect_stdout
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from talks.derived import find_stale_listings, find_stale_search_text, renew
from talks.importing import Content, import_posts
from talks.models import Conference, EditorTouch, ImportOutcome, ImportRun, Post, Series, TaggedTalk, Takeaway, Talk
from talks.search import search
from tests.builders import make_conference, make_day, make_post, make_tag, make_talk

pytestmark = pytest.mark.slow


def trust_tables(settings):
    """Let the tables, which were made from the models, count as made by the migrations."""
    settings.MIGRATION_MODULES = {}
    call_command("migrate", fake=True, verbosity=0)


def migrate(name):
    call_command("migrate", "talks", *([name] if name else []), verbosity=0)
    loader = MigrationExecutor(connection).loader
    return loader.project_state([("talks", name)] if name else loader.graph.leaf_nodes("talks")).apps


def describe_tables():
    """Return the columns, indexes and constraints of each table of the app, with the names that models give them."""
    look, found = connection.introspection, {}
    models = apps.get_app_config("talks").get_models()  # migrations give tables that Django makes by itself smaller ids
    with connection.cursor() as cursor:
        for options in [model._meta for model in models if model._meta.db_table in look.table_names(cursor)]:
            names = {each.name for each in (*options.indexes, *options.constraints)}
            columns = [
                (c.name, c.type_code, c.null_ok, c.default)
                for c in look.get_table_description(cursor, options.db_table)
            ]
            rules = look.get_constraints(cursor, options.db_table).items()
            named = [(name if name in names else "", *rule.values()) for name, rule in rules]
            found[options.db_table] = (sorted(columns), sorted(map(str, named)))
    return found


@pytest.mark.django_db(transaction=True)
def test_migrations_make_the_tables_of_the_models(settings):
    trust_tables(settings)
    made_from_models = describe_tables()
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("talks").get_models():
            editor.delete_model(model)
    MigrationRecorder(connection).migration_qs.filter(app="talks").delete()
    assert not describe_tables()
    migrate("")
    assert describe_tables() == made_from_models


NOTES = """\
---
title: Acme Conf 2019
date: {}
confnotes: {{talk_level: 2}}
---
{}
"""


SOURCE = "A line — and 'another' \\x41 李\n" * 500


def make_rows():
    """Make the rows that migrations going back and forth are to change, or to leave alone."""
    tagged = make_talk("Talk on Mentioned", tags=["Given"])
    tagged.tagged.create(tag=make_tag("Mentioned"), origin="mention")
    tagged.tagged.create(tag=make_tag("Refused"), origin="editor", refused=True)
    for title, name, said in (
        ("Thoughts", "Thoughts", None),
        ("Touched", "Touched", None),
        ("Recap", "GardenConf", None),
        ("StoneConf", "StoneConf", ["StoneConf", None]),
    ):
        post = make_post(title, day=make_day(make_conference(name, None), number=None))
        make_talk(f"Talk of {title}", post=post, tags=["Docker"])
        Post.objects.filter(pk=post.pk).update(imported={"conference": said})
    make_talk("ガスの話", post=make_post(intro="Kafka"), speakers=["ガス"], takeaways=["プログラミング"])
    for key, date, titles in (
        ("a.md", "2019-01-01", ["Good things by Lisa Guo", "More by Bo Fox", "Last things by Cy Poe", "Own by Di Roe"]),
        ("b.md", "2019-02-01", ["Good Things by Lisa Guo and Ann Lee", "More by Bo Fox", "Last Things by Cy Poe"]),
    ):
        text = NOTES.format(date, "".join(f"## {title}\n\n* One of {key}\n\n" for title in titles))
        import_posts([Content(key, text.encode())])
    Talk.objects.filter(title="Last things").update(title="By an Editor")
    linked = "## On links by Eve Lux\n\n* See [the manual](https://example.org/manual) & more of it.\n"
    import_posts([Content("l.md", NOTES.format("2019-03-01", linked).encode())])
    talk = make_talk("Noted", post=make_post("Notes", key="n.md"), takeaways=["Same", "Edited"])
    make_talk("Escaped", takeaways=["<Escaped> & so"])
    Takeaway.objects.filter(text="Same").update(imported={"text": "Same", "kind": "point"})
    Takeaway.objects.filter(text="Edited").update(imported={"text": "Former", "kind": "point"})
    Takeaway.objects.create(talk=talk, text="Own", html="Own", position=9, public_id="0000000000")
    Post.objects.filter(key="n.md").update(source=SOURCE)
    for text in ("", "Former"):
        run = ImportRun.objects.create()
        ImportOutcome.objects.create(run=run, path="n.md", outcome="updated", former_text=text)
    renew(Talk.objects.values_list("pk", flat=True))


COMPACT = {
    "Post": ("key", "lines", "imported"),
    "TalkSource": ("id", "speakers", "imported"),
    "Reference": ("url", "key"),
    "Takeaway": ("public_id", "kind", "html"),
    "TaggedTalk": ("id", "origin"),
}


def read_compact(all_models):
    """Return by model the values of columns that are stored in fewer bytes since 0038."""
    rows = {name: all_models.get_model("talks", name)._base_manager.order_by("pk") for name in COMPACT}
    return {name: list(found.values_list(*COMPACT[name])) for name, found in rows.items()}


@pytest.fixture(scope="module")
def former(django_db_setup, django_db_blocker):
    """Migrate rows back to earlier versions and forth again, once for all tests; return what they were like there."""
    with django_db_blocker.unblock(), override_settings():
        trust_tables(settings)
        make_rows()
        found = {}
        try:
            found["compact"] = read_compact(apps)
            with redirect_stdout(StringIO()) as told:
                found["wide"] = read_compact(migrate("0037_runs_with_texts"))
            found["told"] = told.getvalue()
            migrate("")
            found["compact again"] = read_compact(apps)
            migrate("0036_runs_without_index")
            runs = migrate("0037_runs_with_texts").get_model("talks", "ImportRun").objects.order_by("pk")
            found["has_texts"] = list(runs.filter(outcomes__path="n.md").values_list("has_texts", flat=True))
            old = migrate("0031_posts_of_writer").get_model("talks", "Post").objects
            found["source"] = old.get(key="n.md").source
            old = migrate("0023_indexes_that_hold_all").get_model("talks", "Takeaway").objects
            noted = old.filter(talk__title="Noted")
            found["imported"] = dict(noted.values_list("text", "imported"))
            migrate("0021_speakers_before_merges")
            Post.objects.filter(key="a.md").update(withdrawn=True)
            old = migrate("0011_doubts")
            old.get_model("talks", "Talk").objects.filter(title="ガスの話").update(sort_key="カスの話")
            old.get_model("talks", "Speaker").objects.filter(name="ガス").update(sort_key="カス")
            old = migrate("0002_tag_listings").get_model("talks", "TaggedTalk").objects
            tagged = old.filter(content_object__title="Talk on Mentioned").order_by("pk")
            found["tagged"] = list(tagged.values_list("tag__name", "origin", "refused"))
            migrate("0007_reference_names")
            EditorTouch.record([Conference.objects.get(series__name="Touched")], "series")
        finally:
            migrate("")
        yield found
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.django_db
def test_migrating_renames_the_origin_hand_to_editor_and_back(former):
    assert former["tagged"] == [("Given", "hand", False), ("Mentioned", "mention", False), ("Refused", "hand", True)]
    tagged = TaggedTalk.everything.filter(content_object__title="Talk on Mentioned").order_by("pk")
    assert list(tagged.values_list("tag__name", "origin", "refused")) == [
        ("Given", "editor", False), ("Mentioned", "mention", False), ("Refused", "editor", True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_migrating_unnames_conferences_named_after_their_post(former):
    """Unless an editor touched them."""
    named = Talk.objects.filter(title__startswith="Talk of").values_list("title", "conference__series__name")
    assert dict(named) == {
        "Talk of Thoughts": None, "Talk of Touched": "Touched",
        "Talk of Recap": "GardenConf", "Talk of StoneConf": "StoneConf",
    }  # fmt: skip
    assert not Series.objects.filter(name="Thoughts").exists()
    assert (list(find_stale_listings()), find_stale_search_text()) == ([], [])


@pytest.mark.django_db
def test_migrating_indexes_the_base_and_sorts_voiced_kana(former):
    talk = Talk.objects.get(title="ガスの話")
    assert (talk.sort_key, talk.speakers.get().sort_key) == ("ガスの話", "ガス")
    assert find_stale_search_text() == []
    assert len(search("プログラミング").rows) == len(search("kafka").posts) == 1
    assert search("フロクラミンク").rows == []


@pytest.mark.django_db
def test_migrating_stops_talks_showing_titles_of_withdrawn_posts(former):
    told = [
        (talk.title, [str(each.speaker) for each in talk.appearances.order_by("position")])
        for talk in Talk.objects.filter(sources__post__key="a.md").order_by("pk")
    ]
    assert told == [
        ("Good Things", ["Lisa Guo", "Ann Lee"]),
        ("More", ["Bo Fox"]),
        ("By an Editor", ["Cy Poe"]),
        ("Own", ["Di Roe"]),
    ]


@pytest.mark.django_db
def test_migrating_keeps_imported_text_only_where_a_takeaway_was_edited(former):
    assert former["imported"] == {
        "Same": {"text": "Same", "kind": "point"}, "Edited": {"text": "Former", "kind": "point"}, "Own": {},
    }  # fmt: skip
    noted = Takeaway.objects.filter(talk__title="Noted")
    assert dict(noted.values_list("text", "imported")) == {"Same": {}, "Edited": {"text": "Former"}, "Own": {}}


@pytest.mark.django_db
def test_migrating_compresses_the_sources_of_posts_and_back(former):
    stored = Post.objects.get(key="n.md")
    assert (former["source"], stored.source) == (SOURCE, SOURCE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT LENGTH(source) FROM talks_post WHERE key = 'n.md'")
        assert cursor.fetchone()[0] < len(SOURCE) / 10


@pytest.mark.django_db
def test_migrating_stores_lists_choices_and_html_smaller_and_back(former):
    assert former["wide"] == former["compact"] == former["compact again"]
    assert ("point", "See <a hr") in {(kind, html[:9]) for _, kind, html in former["wide"]["Takeaway"]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COUNT(html) FROM talks_takeaway WHERE text IN ('Same', '<Escaped> & so')")
        assert cursor.fetchone() == (2, 0)


@pytest.mark.django_db  # it asks the database nothing, but runs beside the others: else two processes would migrate
def test_migrating_back_tells_to_run_rebuild(former):
    assert "manage.py rebuild" in former["told"]


@pytest.mark.django_db
def test_migrating_marks_the_runs_that_hold_former_texts(former):
    assert former["has_texts"] == [False, True]

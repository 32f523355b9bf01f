import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from talks.derived import find_stale_listings, find_stale_search_text, renew
from talks.importing import Content, import_posts
from talks.models import Conference, EditorTouch, Post, Series, TaggedTalk, Takeaway, Talk
from talks.search import search
from tests.builders import make_conference, make_day, make_post, make_tag, make_talk


@pytest.fixture(autouse=True)
def _tables_by_migrations(transactional_db, settings):
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
    models = apps.get_app_config("talks").get_models(include_auto_created=True)
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
def test_migrations_make_the_tables_of_the_models():
    made_from_models = describe_tables()
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("talks").get_models():
            editor.delete_model(model)
    MigrationRecorder(connection).migration_qs.filter(app="talks").delete()
    assert not describe_tables()
    migrate("")
    assert describe_tables() == made_from_models


@pytest.mark.django_db(transaction=True)
def test_migrating_renames_the_origin_hand_to_editor_and_back():
    talk = make_talk("Talk on Mentioned", tags=["Given"])
    talk.tagged.create(tag=make_tag("Mentioned"), origin="mention")
    talk.tagged.create(tag=make_tag("Refused"), origin="editor", refused=True)
    expected = [("Given", "editor", False), ("Mentioned", "mention", False), ("Refused", "editor", True)]
    try:
        old = migrate("0002_tag_listings").get_model("talks", "TaggedTalk")
        assert list(old.objects.order_by("pk").values_list("tag__name", "origin", "refused")) == [
            ("Given", "hand", False), ("Mentioned", "mention", False), ("Refused", "hand", True),
        ]  # fmt: skip
    finally:
        migrate("")
    assert list(TaggedTalk.everything.order_by("pk").values_list("tag__name", "origin", "refused")) == expected


@pytest.mark.django_db(transaction=True)
def test_migrating_unnames_invented_conferences_that_no_editor_touched():
    def make(title, name, *, said=None):
        day = make_day(make_conference(name, None), number=None)
        post = make_post(title, day=day)
        make_talk(f"Talk of {title}", post=post, tags=["Docker"])
        Post.objects.filter(pk=post.pk).update(imported={"conference": said})

    make("Thoughts", "Thoughts")
    make("Touched", "Touched")
    make("Recap", "GardenConf")
    make("StoneConf", "StoneConf", said=["StoneConf", None])
    EditorTouch.record([Conference.objects.get(series__name="Touched")], "series")
    renew(Talk.objects.values_list("pk", flat=True))
    try:
        migrate("0007_reference_names")
    finally:
        migrate("")
    named = Talk.objects.order_by("pk").values_list("title", "conference__series__name")
    assert dict(named) == {
        "Talk of Thoughts": None, "Talk of Touched": "Touched",
        "Talk of Recap": "GardenConf", "Talk of StoneConf": "StoneConf",
    }  # fmt: skip
    assert not Series.objects.filter(name="Thoughts").exists()
    assert (list(find_stale_listings()), find_stale_search_text()) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_migrating_indexes_the_base_and_sorts_voiced_kana():
    talk = make_talk("ガスの話", post=make_post(intro="Kafka"), speakers=["ガス"], takeaways=["プログラミング"])
    slug = talk.slug
    try:
        old = migrate("0011_doubts")
        old.get_model("talks", "Talk").objects.update(sort_key="カスの話")
        old.get_model("talks", "Speaker").objects.update(sort_key="カス")
    finally:
        migrate("")
    talk.refresh_from_db()
    assert (talk.sort_key, talk.slug, talk.speakers.get().sort_key) == ("ガスの話", slug, "ガス")
    assert find_stale_search_text() == []
    assert len(search("プログラミング").rows) == len(search("kafka").posts) == 1
    assert search("フロクラミンク").rows == []


@pytest.mark.django_db(transaction=True)
def test_migrating_stops_talks_showing_titles_of_withdrawn_posts():
    def bring_in(key, date, *talks):
        front = f"---\ntitle: Acme Conf 2019\ndate: {date}\nconfnotes: {{talk_level: 2}}\n---\n"
        body = "".join(f"## {talk}\n\n* One of {key}\n\n" for talk in talks)
        import_posts([Content(key, f"{front}{body}".encode())])

    bring_in(
        "a.md", "2019-01-01", "Good things by Lisa Guo", "More by Bo Fox", "Last things by Cy Poe", "Own by Di Roe"
    )
    bring_in("b.md", "2019-02-01", "Good Things by Lisa Guo and Ann Lee", "More by Bo Fox", "Last Things by Cy Poe")
    Talk.objects.filter(title="Last things").update(title="By an Editor")
    try:
        migrate("0021_speakers_before_merges")
        Post.objects.filter(key="a.md").update(withdrawn=True)
    finally:
        migrate("")
    told = [
        (talk.title, [str(each.speaker) for each in talk.appearances.order_by("position")])
        for talk in Talk.objects.order_by("pk")
    ]
    assert told == [
        ("Good Things", ["Lisa Guo", "Ann Lee"]),
        ("More", ["Bo Fox"]),
        ("By an Editor", ["Cy Poe"]),
        ("Own", ["Di Roe"]),
    ]
    assert find_stale_search_text() == []


@pytest.mark.django_db(transaction=True)
def test_migrating_stores_what_posts_said_of_takeaways_once_and_back():
    post = make_post("Post")
    talk = make_talk("Talk", post=post, takeaways=["Same", "Edited"])
    Takeaway.objects.filter(text="Same").update(imported={"text": "Same", "kind": "point"})
    Takeaway.objects.filter(text="Edited").update(imported={"text": "Former", "kind": "point"})
    own = Takeaway.objects.create(talk=talk, text="Own", position=9, public_id="0000000000")
    try:
        old = migrate("0023_indexes_that_hold_all").get_model("talks", "Takeaway").objects
        assert dict(old.values_list("text", "imported")) == {
            "Same": {"text": "Same", "kind": "point"}, "Edited": {"text": "Former", "kind": "point"}, own.text: {},
        }  # fmt: skip
    finally:
        migrate("")
    assert dict(Takeaway.objects.values_list("text", "imported")) == {
        "Same": {}, "Edited": {"text": "Former"}, own.text: {},
    }  # fmt: skip

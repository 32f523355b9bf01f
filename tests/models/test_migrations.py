import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from talks.models import TaggedTalk
from tests.builders import make_tag, make_talk


def migrate(name):
    call_command("migrate", "talks", *([name] if name else []), verbosity=0)
    loader = MigrationExecutor(connection).loader
    return loader.project_state([("talks", name)] if name else loader.graph.leaf_nodes("talks")).apps


@pytest.mark.django_db(transaction=True)
def test_tags_of_hands_become_tags_of_editors_and_back():
    talk = make_talk("Talk", tags=["Given"])
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

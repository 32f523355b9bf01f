"""Rows that are kept for later tests are those that the function would make anew."""

import pytest
from django.db import connection, transaction

from talks.importing import Content, import_posts
from talks.models import Post, SearchDocument, Series
from tests import builders as make
from tests.kept_rows import kept

pytestmark = pytest.mark.django_db
NOTES = b"# Acme Conf 2019\n\n## Roses by Ann Lee\n\n- Dig\n"


def in_new_base(act):
    """Return what the function returns in a base without rows, and leave the base without rows.

    On SQLite the base counts as new, although earlier tests of the process may have committed rows.
    """
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM sqlite_sequence")
        returned = act()
        transaction.set_rollback(True)
    return returned


@kept
def make_talk(title="Roses"):
    return make.make_talk(title, post=make.make_post())


@kept
def bring_in():
    return [import_posts([Content("notes.md", NOTES)]).outcomes]


def make_thrice():
    """Return what three tests with new bases read, and how often a kept function made its row for them."""
    made = []

    @kept
    def make_series():
        made.append("Roses")
        return make.make_series("Roses")

    def read():
        return make_series().name, Series.objects.get().name

    return [in_new_base(read) for _ in range(3)], len(made)


def test_rows_are_made_once_and_copied_afterwards():
    assert make_thrice() == ([("Roses", "Roses")] * 3, 1)


@pytest.mark.sqlite
def test_rows_are_copied_after_other_tests_have_committed_rows():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO sqlite_sequence VALUES ('talks_series', 5)")
    assert make_thrice() == ([("Roses", "Roses")] * 3, 1)


def test_rows_are_copied_into_tables_with_columns_in_another_order():
    def read():
        make_talk()
        return Series.objects.values_list("name", "slug").get()

    def read_after_moving_a_column():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE talks_series RENAME COLUMN name TO former")
            cursor.execute("ALTER TABLE talks_series ADD COLUMN name varchar(200) NOT NULL DEFAULT ''")
            cursor.execute("ALTER TABLE talks_series DROP COLUMN former")
        return read()

    assert in_new_base(read) == in_new_base(read_after_moving_a_column)


def test_rows_are_kept_only_after_derived_data_is_complete():
    def has_documents():
        make_talk()
        return SearchDocument.objects.exists()

    @make.derive_once()
    def has_documents_before_all_is_derived():
        return has_documents()

    assert (in_new_base(has_documents_before_all_is_derived), in_new_base(has_documents)) == (False, True)


def test_a_change_of_a_returned_row_reaches_no_later_test():
    def spoil():
        talk = make_talk("Tulips")
        talk.title = "Weeds"
        talk.delete()

    in_new_base(spoil)
    assert in_new_base(lambda: make_talk("Tulips").title) == "Tulips"


def test_a_change_of_a_returned_collection_reaches_no_later_test():
    assert in_new_base(lambda: len(bring_in().pop())) == 1
    assert in_new_base(lambda: len(bring_in().pop())) == 1


def test_the_first_test_gets_rows_as_stored_like_later_ones():
    @kept
    def make_series():
        series = make.make_series("Roses")
        series.name = "Weeds"
        return series

    assert [in_new_base(lambda: make_series().name) for _ in range(2)] == ["Roses", "Roses"]


def test_rows_are_kept_apart_for_each_set_of_settings(settings):
    @kept
    def bring():
        import_posts([Content("notes.md", NOTES)])
        return Post.objects.count()

    assert in_new_base(bring) == 1
    settings.POST_MAX_BYTES = 10
    assert in_new_base(bring) == 0


def test_rows_made_after_copied_ones_have_keys_of_their_own():
    @kept
    def make_series():
        return make.make_series("Roses")

    def make_both():
        return make_series().pk < make.make_series("Tulips").pk

    assert [in_new_base(make_both) for _ in range(2)] == [True, True]


@pytest.mark.postgresql
def test_new_rows_get_unused_keys_after_sequences_restart():
    in_new_base(make_talk)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE talks_series ALTER COLUMN id RESTART WITH 1")
    make_talk()
    copied = Series.objects.get().pk
    assert make.make_series("Moss").pk > copied

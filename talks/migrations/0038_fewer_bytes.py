import json
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import DatabaseError, migrations, models, transaction
from django.db.models import Q

from talks.compact_fields import (
    CompressedJSONField,
    CompressedTextField,
    DigestField,
    HTMLField,
    NumberedChoiceField,
    pack_json,
    unpack_json,
)

JSON = {"talks_post": ("lines", "imported"), "talks_talksource": ("speakers", "imported")}
LINES = "The roles of the lines that are no takeaway: [first, last, role], in order."
WORDS = "Its words, each once, with spaces between them."
NOUNS = ("post", "talk", "takeaway")
ORIGINS = ("mention", "post", "editor")
KINDS = ("point", "paragraph", "quote", "code", "table", "image")
ESCAPED = "REPLACE(REPLACE(REPLACE(text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"


def list_choices(values):
    return [(value, value.capitalize()) for value in values]


def number_values(table, column, values):
    """Turn texts into texts of their numbers, which the database turns into numbers with the column's type."""
    there, back = (
        " ".join(f"WHEN {column} = '{old}' THEN '{new}'" for old, new in pairs)
        for pairs in ([(value, n) for n, value in enumerate(values)], list(enumerate(values)))
    )
    sql = f"UPDATE {table} SET {column} = CASE {{}} END"
    return migrations.RunSQL(sql.format(there), sql.format(back))


def check_at_once(apps, schema_editor):
    """Let PostgreSQL check foreign keys at each change, since no table is altered while checks are pending."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def let_json_be_bytes(apps, schema_editor):
    change_types(schema_editor, "bytea USING convert_to({}::text, 'UTF8')")


def let_bytes_be_json(schema_editor):
    change_types(schema_editor, "jsonb USING convert_from({}, 'UTF8')::jsonb")


def change_types(schema_editor, to):
    """On PostgreSQL, give columns of JSON another type by a conversion that Django does not know."""
    if schema_editor.connection.vendor == "postgresql":
        for table, names in JSON.items():
            for name in names:
                schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {name} TYPE {to.format(name)}")


def compress_json(apps, schema_editor):
    rewrite(schema_editor, lambda value: pack_json(json.loads(value)))


def expand_json(apps, schema_editor):
    binary = schema_editor.connection.vendor == "postgresql"

    def expand(value):
        text = json.dumps(unpack_json(value))
        return text.encode() if binary else text

    rewrite(schema_editor, lambda value: expand(bytes(value)))
    let_bytes_be_json(schema_editor)


def rewrite(schema_editor, convert):
    with schema_editor.connection.cursor() as cursor:
        for table, names in JSON.items():
            cursor.execute(f"SELECT id FROM {table} ORDER BY id")
            keys = [pk for (pk,) in cursor.fetchall()]
            for start in range(0, len(keys), 200):
                some = ", ".join(map(str, keys[start : start + 200]))
                cursor.execute(f"SELECT {', '.join(names)}, id FROM {table} WHERE id IN ({some})")
                rows = [(*map(convert, values), pk) for *values, pk in cursor.fetchall()]
                changes = ", ".join(f"{name} = %s" for name in names)
                cursor.executemany(f"UPDATE {table} SET {changes} WHERE id = %s", rows)


def copy_keys(name, other):
    def copy(apps, schema_editor):
        references = apps.get_model("talks", "Reference").objects
        for row in references.only(name).order_by("pk").iterator(500):
            references.filter(pk=row.pk).update(**{other: getattr(row, name)})

    return copy


def empty_index(apps, schema_editor):
    for name in ("SearchDocument", "SearchPosting", "SearchWord", "SearchBlock"):
        apps.get_model("talks", name).objects.all().delete()


def leave_index_empty(apps, schema_editor):
    empty_index(apps, schema_editor)
    print(" (nothing is found until `python manage.py rebuild` of the older version)", end="")


def derive_anew(apps, schema_editor):
    """Compute all derived data anew, since this and earlier migrations changed its sources and the form of the index.

    A later migration that adds a column must do this again.
    """
    if not apps.get_model("talks", "Talk").objects.exists() and not apps.get_model("talks", "Post").objects.exists():
        return
    try:
        with transaction.atomic():
            call_command("rebuild", stdout=StringIO())
    except (CommandError, DatabaseError):
        print(" (run `python manage.py rebuild` to index what is there)", end="")


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0037_runs_with_texts"),
    ]

    operations = [
        migrations.RunPython(check_at_once, migrations.RunPython.noop),
        migrations.RunPython(let_json_be_bytes, migrations.RunPython.noop),
        migrations.AlterField("post", "lines", CompressedJSONField(default=list, editable=False, help_text=LINES)),
        migrations.AlterField("post", "imported", CompressedJSONField(default=dict, editable=False)),
        migrations.AlterField("talksource", "speakers", CompressedJSONField(default=list)),
        migrations.AlterField("talksource", "imported", CompressedJSONField(default=dict)),
        migrations.RunPython(compress_json, expand_json),
        migrations.RenameField("reference", "key", "digits"),
        migrations.AlterField("reference", "digits", models.CharField(default="", max_length=64)),
        migrations.AddField("reference", "key", DigestField(default=b"", editable=False)),
        migrations.RunPython(copy_keys("digits", "key"), copy_keys("key", "digits")),
        migrations.RemoveField("reference", "digits"),
        migrations.AlterField("reference", "key", DigestField(editable=False, unique=True)),
        migrations.AlterField("takeaway", "html", HTMLField(default="", editable=False, null=True)),
        migrations.RunSQL(
            f"UPDATE talks_takeaway SET html = NULL WHERE html = {ESCAPED}",
            f"UPDATE talks_takeaway SET html = {ESCAPED} WHERE html IS NULL",
        ),
        number_values("talks_takeaway", "kind", KINDS),
        migrations.AlterField(
            "takeaway", "kind", NumberedChoiceField(choices=list_choices(KINDS), default="point")
        ),
        *(migrations.RemoveConstraint(f"tagged{noun}", f"{noun}_tag_refused_by_editor") for noun in NOUNS),
        *(number_values(f"talks_tagged{noun}", "origin", ORIGINS) for noun in NOUNS),
        *(
            migrations.AlterField(
                f"tagged{noun}", "origin", NumberedChoiceField(choices=list_choices(ORIGINS), default="editor")
            )
            for noun in NOUNS
        ),
        *(
            migrations.AddConstraint(
                f"tagged{noun}",
                models.CheckConstraint(
                    condition=Q(refused=False) | Q(origin="editor"), name=f"{noun}_tag_refused_by_editor"
                ),
            )
            for noun in NOUNS
        ),
        migrations.RunPython(empty_index, leave_index_empty),
        migrations.AlterField("searchdocument", "words", CompressedTextField(help_text=WORDS)),
        migrations.RunPython(derive_anew, check_at_once),
    ]

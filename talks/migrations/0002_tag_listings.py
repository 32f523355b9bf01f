import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0001_initial"),
    ]

    operations = [
        migrations.RenameModel("TalkSubject", "TagListing"),
        migrations.RenameModel("SubjectPair", "TagPair"),
        migrations.RenameIndex("taglisting", "talks_of_tag", old_name="talks_of_subject"),
        migrations.RenameIndex("taglisting", "counts_of_tag", old_name="counts_of_subject"),
        migrations.RemoveConstraint("taglisting", "subject_once_a_talk"),
        migrations.AlterField(
            model_name="taglisting",
            name="tag",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="listings",
                to="talks.tag",
            ),
        ),
        migrations.AlterField(
            model_name="taglisting",
            name="talk",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Stays when the talk goes, until its counts are taken back.",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="listings",
                to="talks.talk",
            ),
        ),
        migrations.AddConstraint(
            "taglisting", models.UniqueConstraint(fields=["tag", "talk"], name="listing_once_a_talk")
        ),
        migrations.AlterField(
            model_name="importoutcome",
            name="changes",
            field=models.JSONField(
                default=list, editable=False, help_text="What became of the rows that have a history."
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="lines",
            field=models.JSONField(
                default=list,
                editable=False,
                help_text="The roles of the lines that are no takeaway: [first, last, role], in order.",
            ),
        ),
    ]

from django.db import migrations, models
import django.utils.timezone

ADDITION, CHANGE = 1, 2
CHUNK = 500
# By kind: columns of what a row is called, joined by a slash.
KEYS = {
    'series': ['slug'],
    'conference': ['slug'],
    'day': ['conference__slug', 'number'],
    'writer': ['slug'],
    'speaker': ['slug'],
    'tag': ['slug'],
    'reference': ['key'],
    'post': ['key'],
    'talk': ['conference__slug', 'slug'],
    'takeaway': ['public_id'],
}


def fill_from_log(apps, schema_editor):
    """Record as editors' touches what the log of the admin tells about rows that still exist."""
    entries = apps.get_model('admin', 'LogEntry').objects.filter(action_flag__in=[ADDITION, CHANGE])
    touches = apps.get_model('talks', 'EditorTouch').objects
    for kind, columns in KEYS.items():
        own = entries.filter(content_type__app_label='talks', content_type__model=kind).order_by('action_time')
        latest = {}
        for pk, flag, when in own.values_list('object_id', 'action_flag', 'action_time').iterator(CHUNK):
            if pk and pk.isascii() and pk.isdecimal():
                latest[int(pk), 'added' if flag == ADDITION else 'changed'] = when
        chosen = sorted({pk for pk, _ in latest})
        for start in range(0, len(chosen), CHUNK):
            rows = apps.get_model('talks', kind).objects.filter(pk__in=chosen[start:start + CHUNK]).order_by()
            made = []
            for pk, *parts in rows.values_list('pk', *columns):
                key = '/'.join('' if part is None else str(part) for part in parts)
                made += [
                    touches.model(kind=kind, key=key, what=what, touched_at=latest[pk, what])
                    for what in ('added', 'changed') if (pk, what) in latest
                ]
            touches.bulk_create(made, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('admin', '0003_logentry_add_action_flag_choices'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('talks', '0003_origin_editor'),
    ]

    operations = [
        migrations.CreateModel(
            name='EditorTouch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=600)),
                ('what', models.CharField(help_text='A field, or what was done.', max_length=100)),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now, help_text='The last time. Exports leave it out.', null=True)),
            ],
            options={
                'verbose_name_plural': 'editor touches',
                'ordering': ['kind', 'key', 'what'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'what'), name='editor_touch_once')],
            },
        ),
        migrations.RunPython(fill_from_log, migrations.RunPython.noop),
    ]

from datetime import date

from django.db import migrations

from talks import names

LIVE = {"withdrawn": False, "post__withdrawn": False}


def follow_leading_posts(apps, schema_editor):
    """Give talks whose first post is withdrawn the words of the first other post, where no editor changed them."""
    sources = apps.get_model("talks", "TalkSource").objects
    told = set(sources.filter(withdrawn=False, post__withdrawn=True).values_list("talk", flat=True))
    told &= set(sources.filter(**LIVE, talk__in=told).values_list("talk", flat=True))
    people = dict(apps.get_model("talks", "SpeakerAlias").objects.values_list("folded", "speaker__folded"))
    for talk in apps.get_model("talks", "Talk").objects.filter(pk__in=told).order_by("pk"):
        rows = sources.filter(talk=talk, withdrawn=False).select_related("post")
        rows = rows.only("title", "speakers", "imported", "post__key", "post__visibility", "post__published_on")
        former = min(rows, key=rank_source)
        lead = min(rows.filter(**LIVE), key=rank_source)
        if former.pk != lead.pk:
            show_words(apps, talk, former, lead, people)


def rank_source(source):
    post = source.post
    return post.visibility != "public", post.published_on or date.max, post.key


def show_words(apps, talk, former, lead, people):
    """Replace each field of a talk that still has what the withdrawn post said by what another post says."""
    changed = set()
    if lead.title != talk.title and names.fold(talk.title) == names.fold(former.title):
        talk.title, talk.sort_key = lead.title, names.sort_title(lead.title)
        changed |= {"title", "sort_key"}
    for name in ("video_url", "slides_url"):
        last, new = (source.imported.get(name) or "" for source in (former, lead))
        if getattr(talk, name) == last != new:
            setattr(talk, name, new)
            changed.add(name)
    if changed:
        talk.save(update_fields=sorted(changed))
    last, new = (list_people(source, people) for source in (former, lead))
    if last != new:
        replace_speakers(apps, talk, last, new)


def replace_speakers(apps, talk, last, new):
    """Replace a talk's speakers by those that another post names, unless an editor changed them."""
    appearances = apps.get_model("talks", "Appearance").objects
    now = appearances.filter(talk=talk).order_by("position", "pk").values_list("speaker__folded", "affiliation")
    if list(now) != [(folded, speaker["affiliation"] or "") for folded, speaker in last.items()]:
        return
    appearances.filter(talk=talk).delete()
    for position, (folded, speaker) in enumerate(new.items(), 1):
        row = find_speaker(apps, folded, speaker)
        appearances.create(talk=talk, speaker=row, affiliation=speaker["affiliation"] or "", position=position)


def find_speaker(apps, folded, said):
    speakers, aliases = (apps.get_model("talks", name).objects for name in ("Speaker", "SpeakerAlias"))
    if row := speakers.filter(folded=folded).first():
        return row
    taken = {*speakers.values_list("slug", flat=True), *aliases.values_list("slug", flat=True)}
    name = names.normalise(said["name"])
    slug = names.choose_slug(name, taken, fallback="speaker")
    more = {"handle": said.get("handle") or "", "url": said.get("url") or ""}
    return speakers.create(name=name, folded=folded, sort_key=names.sort_name(name), slug=slug, **more)


def list_people(source, people):
    """Return the speakers that a post names, by folded name, each person once."""
    said = {}
    for speaker in source.speakers or ():
        folded = names.fold_name(speaker["name"] or "")
        said.setdefault(people.get(folded, folded), {"affiliation": "", **speaker})
    return said


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0021_speakers_before_merges"),
    ]

    operations = [
        migrations.RunPython(follow_leading_posts, migrations.RunPython.noop),
    ]

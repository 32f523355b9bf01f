"""Counts and describes stored posts that a run left unchanged, for the report of the run."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from talks.importing.report import Told, find_place
from talks.importing.run_counts import Tally
from talks.models import Appearance, Citation, Post, Reference, Speaker, Takeaway, TalkSource
from talks.models.bulk import split_chunks
from talks.parsing.diagnostic_catalogue import NO_TALKS

_CHUNK = 5_000


def count_unchanged_posts(posts: Sequence[int], tally: Tally) -> dict[int, Told]:
    """Count posts that a run left unchanged in `tally`, with their conferences, days, talks, speakers and so on.

    `posts` are their primary keys. Return by primary key event, days and number of talks of each post.
    """
    told: dict[int, Told] = {}
    planned = [pk for pk in tally.things["talks"] if isinstance(pk, int)]  # a dry run does not change their speakers
    for chunk in split_chunks(posts, _CHUNK):
        told |= _count_posts(chunk, tally)
        sources = TalkSource.objects.filter(post__in=chunk, withdrawn=False)
        heard = Appearance.objects.filter(talk__in=sources.values("talk")).exclude(talk__in=planned)
        speakers = Speaker.objects.filter(pk__in=heard.values("speaker")).order_by()
        tally.note_unchanged("speakers", speakers.values_list("folded", flat=True))
        cited = Citation.objects.filter(post__in=chunk)
        references = Reference.objects.filter(pk__in=cited.values("reference")).order_by()
        tally.note_unchanged("references", references.values_list("key", flat=True))
        tally.takeaways["unchanged"] += Takeaway.objects.filter(post__in=chunk, withdrawn=False).count()
    return told


def _count_posts(posts: Sequence[int], tally: Tally) -> dict[int, Told]:
    """Count the posts in `tally` with their conferences, days and talks; return by primary key what each is about."""
    rows = Post.objects.filter(pk__in=posts).order_by()
    days: defaultdict[int, list[int | None]] = defaultdict(list)
    for post, number in rows.exclude(days=None).values_list("pk", "days__number"):
        days[post].append(number)
    sources = TalkSource.objects.filter(post__in=posts, withdrawn=False).order_by().values_list("post", "talk")
    talks = Counter(post for post, _ in sources)
    told, editions = {}, {}
    event = ("conference__series__folded", "conference__series__name", "conference__year")
    for post, path, key, folded, series, year in rows.values_list("pk", "path", "key", *event):
        editions[post] = (folded, year) if folded else (f"\0{key}", None)
        named = tuple(sorted(number for number in days[post] if number is not None))
        told[post] = Told((series, year) if folded else None, named, talks[post], place=find_place(path, key))
    bare = [post for post, each in told.items() if each.conference and not each.talks]
    for post, remarks in rows.filter(pk__in=bare).values_list("pk", "diagnostics"):
        if all(remark.get("code") != NO_TALKS.code for remark in remarks):
            told[post] = replace(told[post], is_settled=True)
    tally.note_unchanged("posts", posts)
    tally.note_unchanged("conferences", (editions[post] for post, each in told.items() if each.conference))
    tally.note_unchanged("days", ((*editions[post], number) for post, held in days.items() for number in held))
    tally.note_unchanged("talks", (talk for _, talk in sources))
    return told

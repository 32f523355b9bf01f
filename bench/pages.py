"""How long each page takes on a large base, and how many queries it asks.

    python bench/pages.py --talks 10000 --repeat 7

fills the database of DATABASE_URL, which must be empty, or a temporary SQLite file, and prints a table:
processor time of this process for a page made anew, a kept one and one that the reader has, as multiples of that of
a view that reads nothing; the milliseconds, the queries, and the size in bytes, whole and compressed. "first" is a page
made anew right after a change of the base, when not even the counts and choices that all lists share are kept. Of the
repeats the least counts: other work on the machine only adds. Nothing is asserted.
"""

import argparse
import gzip
import os
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Modules that import models are imported inside functions, once Django is set up.

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
CONSTANT = "/robots.txt"
TALKS_A_DAY, TAKEAWAYS_A_TALK, TAGS, SPEAKERS = 6, 15, 600, 4000
WORDS = [
    "cache", "queue", "cluster", "latency", "budget", "team", "deploy", "review", "index", "shard", "replica",
    "socket", "kernel", "compiler", "type", "test", "log", "metric", "trace", "alert", "pager", "root", "cause",
    "schema", "migration", "rollback", "feature", "flag", "canary", "token", "secret", "key",
]  # fmt: skip


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--talks", type=int, default=10_000)
    options.add_argument("--repeat", type=int, default=15)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "confnotes.settings"
        prepare()
        started = time.perf_counter()
        fill(given.talks)
        print(f"filled with {given.talks} talks in {time.perf_counter() - started:.0f} s\n")
        measure(given.repeat)


def prepare():
    django.setup()
    call_command("migrate", verbosity=0)
    from talks.models import Post

    if Post.objects.exists():
        sys.exit("There are posts in this database; it must be empty.")


def fill(talk_count):
    """Fill the empty base with this many talks, six in each post; each post is about a day of its own."""
    from talks import derived
    from talks.models import Talk

    dice = random.Random(1)
    tags, speakers, writers = make_named(dice)
    posts = make_posts(talk_count // TALKS_A_DAY + 1, writers)
    talks = make_talks(talk_count, posts, dice)
    make_notes(talks, posts, tags, speakers, dice)
    ids = list(Talk.objects.values_list("pk", flat=True))
    derived.refresh_listings(ids)
    derived.refresh_references(ids)
    derived.refresh_search_text(ids)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_named(dice):
    from talks.models import Speaker, Tag, Writer

    tags = [Tag(name=f"{dice.choice(WORDS)} {number}") for number in range(TAGS)]
    speakers = [Speaker(name=f"{dice.choice(WORDS).title()} Speaker {number}") for number in range(SPEAKERS)]
    writers = [Writer(name=f"Writer {number}") for number in range(40)]
    for rows, model in ((tags, Tag), (speakers, Speaker), (writers, Writer)):
        for row in rows:
            row.derive(())
        model.objects.bulk_create(rows)
    return tags, speakers, writers


def make_posts(count, writers):
    from talks.models import Conference, Day, Post, Series

    series = [Series(name=f"Series {number}") for number in range(count // 30 + 1)]
    for row in series:
        row.derive(())
    Series.objects.bulk_create(series)
    conferences = [
        Conference(series=series[n // 10], year=2010 + n % 10, slug=f"conference-{n}") for n in range(count // 3 + 1)
    ]
    Conference.objects.bulk_create(conferences)
    days = [Day(conference=conferences[number // 3], number=number % 3 + 1) for number in range(count)]
    Day.objects.bulk_create(days)
    posts = [
        Post(
            key=f"{number}.md",
            path=f"{number}.md",
            stem=f"post-{number}",
            slug=f"post-{number}",
            source="---\ntitle: x\n---\n" + "".join(f"* line {line}\n" for line in range(800)),
            title=f"Notes from day {number}",
            writer=writers[number % len(writers)],
            published_on=date(2010 + number % 10, 1 + number % 12, 1 + number % 28),
            language="en",
            conference=day.conference,
            lines=[[1, 3, "front-matter"]],
        )
        for number, day in enumerate(days)
    ]
    Post.objects.bulk_create(posts)
    Post.days.through.objects.bulk_create([Post.days.through(post=p, day=d) for p, d in zip(posts, days, strict=True)])
    return list(zip(posts, days, strict=True))


def make_talks(count, posts, dice):
    from talks.models import Talk, TalkSource

    talks = []
    for number in range(count):
        post, day = posts[number // TALKS_A_DAY]
        title = f"{' '.join(dice.choices(WORDS, k=4)).title()} {number}"
        talk = Talk(day=day, title=title, slug=f"talk-{number}", position=number % TALKS_A_DAY + 1)
        talk.derive(set())
        talk.post = post
        talks.append(talk)
    Talk.objects.bulk_create(talks)
    size = TAKEAWAYS_A_TALK + 2
    TalkSource.objects.bulk_create(
        TalkSource(
            talk=talk, post=talk.post, title=talk.title, position=talk.position,
            line=4 + (talk.position - 1) * size, end_line=3 + talk.position * size,
        )
        for talk in talks
    )  # fmt: skip
    return talks


def make_notes(talks, posts, tags, speakers, dice):
    from talks.models import Appearance, Citation, Reference, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway
    from talks.names import PERMALINK_BITS, make_permalink

    common = [1 / (place + 5) for place in range(len(tags))]
    appearances, takeaways, of_talks, of_takeaways = [], [], [], []
    for talk in talks:
        appearances.append(Appearance(talk=talk, speaker=dice.choice(speakers), position=1))
        chosen = {dice.choices(range(len(tags)), common)[0] for _ in range(6)}
        of_talks += [TaggedTalk(content_object=talk, tag=tags[place], origin="mention") for place in chosen]
        for position in range(1, TAKEAWAYS_A_TALK + 1):
            text = " ".join(dice.choices(WORDS, k=18))
            link = make_permalink(dice.getrandbits(PERMALINK_BITS))
            takeaway = Takeaway(
                public_id=link, talk=talk, post=talk.post, position=position, text=text, html=text,
                line=position + 4, end_line=position + 4,
            )  # fmt: skip
            takeaways.append(takeaway)
            if position % 2:
                tag = tags[dice.choice(list(chosen))]
                of_takeaways.append(TaggedTakeaway(content_object=takeaway, tag=tag, origin="mention"))
    Appearance.objects.bulk_create(appearances)
    Takeaway.objects.bulk_create(takeaways, batch_size=5_000)
    TaggedTalk.objects.bulk_create(of_talks, batch_size=5_000)
    TaggedTakeaway.objects.bulk_create(of_takeaways, batch_size=5_000)
    TaggedPost.objects.bulk_create(
        TaggedPost(content_object=post, tag=tags[number % len(tags)], origin="post")
        for number, (post, _) in enumerate(posts)
    )
    references = [
        Reference(key=f"{number:064x}", url=f"https://{host}/{number}", host=host)
        for number in range(len(talks))
        for host in [f"{number % 200}.example.org"]
    ]
    Reference.objects.bulk_create(references, batch_size=5_000)
    Citation.objects.bulk_create(
        [Citation(reference=reference, url=reference.url, talk=talk, post=talk.post, position=1)
         for reference, talk in zip(references, talks, strict=True)], batch_size=5_000,
    )  # fmt: skip


def addresses():
    from talks.models import Conference, Day, Post, Series, Speaker, Tag, Takeaway, Talk, Writer

    tag, second = Tag.objects.with_counts(staff=False).by_count()[:2]
    several = [Talk, Conference, Post, Series, Speaker, Writer, Takeaway]
    singles = [model.objects.order_by("pk")[model.objects.count() // 2].get_absolute_url() for model in several]
    lists = ["talks", "conferences", "posts", "series", "speakers", "writers", "tags", "references"]
    crossed = "+".join(sorted([tag.slug, second.slug]))
    asked = ["talks/?page=200", f"talks/?tag={tag.slug}", "speakers/?order=count", "tags/?order=count"]
    return [
        "/", *(f"/{name}/" for name in lists), *(f"/{name}" for name in asked), *singles,
        Day.objects.first().get_absolute_url(), tag.get_absolute_url(), f"/tags/{crossed}/",
        "/search/?q=cache", "/search/?q=cache+queue+latency", "/search/?q=nothinglikethis", "/blog/nothing-like-this",
    ]  # fmt: skip


class NoStore:
    """Takes the place of the cache of pages, and keeps none."""

    def get(self, key):
        return None

    def set(self, key, value, seconds):
        pass


def measure(repeat):
    from talks.views import page_cache

    client = Client(headers={"host": "127.0.0.1"})
    print(f"Times as multiples of {CONSTANT}, a view that reads nothing, in the same moment:\n")
    print(f"{'first':>7} {'anew':>6} {'kept':>6} {'304':>6} {'ms':>8} {'queries':>8} {'bytes':>8} {'gzip':>7}  page")
    for address in addresses():
        page_cache.store = NoStore()
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        asked = len(queries)
        anew, took = compare(client, address, repeat)
        first, _ = compare(client, address, repeat, kept=False)
        page_cache.store, settings.PAGES_KEPT = cache, True
        kept = unchanged = float("nan")
        if (etag := client.get(address).headers.get("ETag")) and response.headers.get("Last-Modified"):
            kept, _ = compare(client, address, 3 * repeat)
            unchanged, _ = compare(client, address, 3 * repeat, headers={"If-None-Match": etag})
        size, small = len(response.content), len(gzip.compress(response.content, 6))
        ratios = f"{first:7.0f} {anew:6.0f} {kept:6.1f} {unchanged:6.1f} {1000 * took:8.1f}"
        print(f"{ratios} {asked:8} {size:8} {small:7}  {address} {response.status_code}", flush=True)


def compare(client, address, repeat, *, kept=True, **options):
    """Return the least time of `repeat` answers: as a multiple of that of `/robots.txt`, and in seconds.

    If not `kept`, the site does not keep counts and choices either, which pages share.
    """
    times, constant = [], []
    for _ in range(repeat):
        settings.PAGES_KEPT = False
        constant += [time_answer(client, CONSTANT) for _ in range(5)]
        settings.PAGES_KEPT = kept
        times.append(time_answer(client, address, **options))
    return min(times) / min(constant), min(times)


def time_answer(client, address, **options):
    started = time.process_time()
    client.get(address, **options)
    return time.process_time() - started


if __name__ == "__main__":
    main()

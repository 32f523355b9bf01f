"""How long a search takes on a large base, beside what the database's own search takes for the same question.

    python bench/search.py --talks 60000 --repeat 15

fills the database of DATABASE_URL, which must be empty, or a temporary SQLite file, with talks whose words are as
unevenly spread as real ones, and prints for each class of questions: the median and the 95th percentile of the page and
of the engine with the talks shown and facets, in milliseconds; the median of the bare question (`order by rank`, or
`ts_rank_cd`, limit 20, and the same facets counted in SQL); and the ratio of the medians. The
bare question answers with keys alone; "rows" is what the engine takes for that, without loading the talks and cutting
their excerpts. With `--kept` the database
is one that an earlier run has filled. Times are processor time, of PostgreSQL's process too, since other work on the
machine does not change it much. Nothing is asserted.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import django
import pages
from django.db import connection
from django.test import Client

# Modules that import models are imported inside functions, once Django is set up.

COMMON, FIFTH, FIFTIETH, RARE = 150, 60, 1_200, 40_000
TEXT_LENGTH = pages.TAKEAWAYS_A_TALK * 18
COUNT = "SELECT {column}, COUNT(*) FROM {table} WHERE {talk} IN ({found}) GROUP BY {column} ORDER BY 2 DESC LIMIT 8"
FACETS = [
    {"column": "tag_id", "table": "talks_taglisting", "talk": "talk_id"},
    {"column": "speaker_id", "table": "talks_appearance", "talk": "talk_id"},
    {"column": "conference_id", "table": "talks_talk", "talk": "id"},
    {"column": "c.year", "table": "talks_talk t JOIN talks_conference c ON c.id = t.conference_id", "talk": "t.id"},
]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--talks", type=int, default=60_000)
    options.add_argument("--repeat", type=int, default=15)
    options.add_argument("--kept", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "confnotes.settings"
        if given.kept:
            django.setup()
        else:
            pages.prepare()
            pages.WORDS = spread_words()
            fill(given.talks)
            make_bare()
        measure(given.repeat)


def spread_words():
    """Return a list to draw the words of notes from, with common words repeated.

    Some words then occur in most talks, some in a fifth of them, some in a fiftieth, most in very few.
    """
    shares = [(COMMON, "common", 0.8), (FIFTH, "fifth", 0.2), (FIFTIETH, "fiftieth", 0.02), (RARE, "rare", 0.0004)]
    words = []
    for count, name, share in shares:
        times = round(2_000_000 * (1 - (1 - share) ** (1 / TEXT_LENGTH)))
        words += [f"{name}{spell(number)}" for number in range(count) for _ in range(max(1, times))]
    return words


def spell(number):
    """Return the number written in letters, so that a made-up word can end in it."""
    letters = ""
    while True:
        number, rest = divmod(number, 20)
        letters = "bcdfghjklmnpqrstvwxz"[rest] + letters
        if not number:
            return letters


def fill(talk_count):
    from talks import derived
    from talks.models import Post, SearchPosting, Talk

    started = time.perf_counter()
    dice = random.Random(1)
    tags, speakers, writers = pages.make_named(dice)
    posts = pages.make_posts(talk_count // pages.TALKS_A_DAY + 1, writers)
    talks = pages.make_talks(talk_count, posts, dice)
    pages.make_notes(talks, posts, tags, speakers, dice)
    ids = list(Talk.objects.order_by("pk").values_list("pk", flat=True))
    derived.refresh_listings(ids)
    print(f"filled with {talk_count:,} talks in {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    batch = 100 * pages.TALKS_A_DAY
    for place in range(0, len(ids), batch):
        derived.refresh_search_text(ids[place : place + batch])
    derived.refresh_passages(Post.objects.values_list("pk", flat=True))
    took = 1000 * (time.perf_counter() - started) / len(posts)
    rows = SearchPosting.objects.count()
    print(f"indexed in batches of 100 posts: {took:.1f} ms a post, {rows:,} rows of postings")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_bare():
    sql = "SELECT talk_id, text FROM talks_takeaway ORDER BY talk_id, position"
    with connection.cursor() as cursor:
        texts = {}
        for talk, title in cursor.execute("SELECT id, title FROM talks_talk") or cursor.fetchall():
            texts[talk] = [title]
        for talk, text in cursor.execute(sql) or cursor.fetchall():
            texts[talk].append(text)
        rows = [(talk, "\n".join(parts)) for talk, parts in texts.items()]
        if connection.vendor == "sqlite":
            cursor.execute("CREATE VIRTUAL TABLE bare USING fts5(words)")
            cursor.executemany("INSERT INTO bare (rowid, words) VALUES (%s, %s)", rows)
        else:
            cursor.execute("CREATE TABLE bare (id integer PRIMARY KEY, words tsvector)")
            cursor.executemany("INSERT INTO bare VALUES (%s, to_tsvector('simple', %s))", rows)
            cursor.execute("CREATE INDEX bare_words ON bare USING gin (words)")
            cursor.execute("ANALYZE bare")


def ask_bare(query):
    """Ask the query of the database's own search: the first twenty talks by rank, and the counts of facets."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = "SELECT rowid FROM bare WHERE bare MATCH %s"
            cursor.execute(f"{found} ORDER BY rank LIMIT 20", [query])
        else:
            query = "<->".join(query.strip('"').split()) if '"' in query else "&".join(query.split())
            query = query.replace("*", ":*")
            found = "SELECT id FROM bare WHERE words @@ %s::tsquery"
            ranked = f"{found} ORDER BY ts_rank_cd(words, %s::tsquery) DESC LIMIT 20"
            cursor.execute(ranked, [query, query])
        cursor.fetchall()
        for facet in FACETS:
            cursor.execute(COUNT.format(**facet, found=found), [query])
            cursor.fetchall()


def ask_engine(query, order="relevance"):
    from talks.search import search

    results = search(query, order=order)
    results.load_talks(results.rows[:20])
    return results.total, len(results.facets), len(results.posts)


def ask_rows(query, order="relevance"):
    """Ask the engine for what `ask_bare` reads: the keys of the first twenty talks, and facets, without excerpts."""
    from talks.search import search

    results = search(query, order=order)
    return results.rows[:20], len(results.facets)


def measure(repeat):
    from talks.search import search, suggest

    client = Client(headers={"host": "127.0.0.1"})
    started = read_clock()
    search("rarebc")
    print(f"first question of a process: {1000 * (read_clock() - started):.0f} ms\n")
    heads = ["talks", "page", "p95", "engine", "p95", "rows", "bare", "ratio", "rows/bare"]
    print(f"{'class':<18} " + " ".join(f"{head:>7}" for head in heads))
    for name, queries, bare in list_classes(repeat):
        order, sort = ("newest", {"sort": "newest"}) if name == "newest first" else ("relevance", {})
        page = clock(lambda query, sort=sort: client.get("/search/", {"q": query, **sort}), queries)
        engine = clock(lambda query, order=order: ask_engine(query, order), queries)
        rows = statistics.median(clock(lambda query, order=order: ask_rows(query, order), queries))
        other = statistics.median(clock(ask_bare, queries)) if bare else 0
        found = statistics.median(search(query).total for query in queries[:3])
        middle = statistics.median(engine)
        row = [statistics.median(page), percentile(page), middle, percentile(engine), rows]
        compared = f" {other:7.1f} {middle / other:7.2f} {rows / other:7.2f}" if other else ""
        print(f"{name:<18} {found:>7,.0f} " + " ".join(f"{value:7.1f}" for value in row) + compared)
    times = clock(
        lambda text: suggest(text, staff=False), ["fi", "com", "rareb", "fifthb", "common", "speaker 12"] * repeat
    )
    print(f"\nsuggestions: median {statistics.median(times):.1f} ms, p95 {percentile(times):.1f} ms")


def list_classes(repeat):
    """Return triples: a class of queries, `repeat` queries of it, and whether the database's own search takes them."""

    def pick(name, count, number):
        return [f"{name}{spell((number + place) % count)}" for place in range(repeat)]

    rare, fiftieth, fifth = pick("rare", RARE, 500), pick("fiftieth", FIFTIETH, 3), pick("fifth", FIFTH, 5)
    other = pick("fifth", FIFTH, 30)
    return [
        ("rare word", rare, True),
        ("2 % word", fiftieth, True),
        ("20 % word", fifth, True),
        ("two 20 % words", [f"{one} {two}" for one, two in zip(fifth, other, strict=True)], True),
        ("20 % and rare", [f"{one} {two}" for one, two in zip(fifth, fiftieth, strict=True)], True),
        ("phrase", [f'"{one} {two}"' for one, two in zip(fifth, other, strict=True)], True),
        ("prefix", [f"fiftieth{letter}*" for letter in "fghjklmnpqrstvwxz"[:repeat]], True),
        ("misspelling", [word[:-1] + "yq" for word in fifth], False),
        ("with a field", [f"{word} year:2012..2015" for word in fifth], False),
        ("newest first", fifth, False),
    ]


def clock(ask, queries):
    """Return the milliseconds that each of the queries takes; the first two are asked before, to fill caches."""
    for query in queries[:2]:
        ask(query)
    times = []
    for query in queries:
        started = read_clock()
        ask(query)
        times.append(1000 * (read_clock() - started))
    return times


def read_clock():
    """Return the seconds of processor time that this process, and PostgreSQL's process for it, have used so far."""
    if connection.vendor == "sqlite":
        return time.process_time()
    with connection.cursor() as cursor:
        server = Path(f"/proc/{cursor.connection.info.backend_pid}/schedstat").read_text()
    return time.process_time() + int(server.split()[0]) / 1e9


def percentile(times):
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


if __name__ == "__main__":
    main()

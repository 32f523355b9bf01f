"""What it costs that everything is related: pages of a frequent tag beside those of a rare one, and queries a page.

    .venv/bin/python bench/related.py                  6,000 talks with 90,000 takeaways
    .venv/bin/python bench/related.py --talks 60000    10,000 posts with 900,000 takeaways

The base is that of `bench/pages.py`: tags are as uneven as in real notes. A figure is the median of some answers;
a ratio says more than milliseconds, since it hardly depends on the machine.
"""

import argparse
import os
import statistics
import tempfile
import time

import pages
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Modules that import models are imported inside functions, once Django is set up.

MOST_QUERIES = 12


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--talks", type=int, default=6_000)
    options.add_argument("--repeat", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "confnotes.settings"
        pages.prepare()
        pages.fill(given.talks)
        measure(given.repeat)


def measure(repeat):
    from talks.models import Tag

    tags = list(Tag.objects.with_counts(staff=False).filter(talk_count__gte=settings.PAGE_SIZE).by_count())
    biggest, smallest = tags[0], tags[-1]
    times = {}
    print(f"{'ms':>8} {'queries':>8}  page")
    for name, address in addresses(biggest, smallest):
        times[name], queries = ask(address, repeat)
        warning = "  TOO MANY QUERIES" if queries > MOST_QUERIES else ""
        print(f"{times[name]:8.1f} {queries:8}  {name}{warning}")
    ratio = times["the biggest tag"] / times["a tag that fills a page"]
    print(f"\n{biggest.talk_count} talks take {ratio:.2f} times as long as {smallest.talk_count}")
    ratio = times["a talk on the biggest tag"] / times["a talk on a small one"]
    print(f"margins and related talks among them: {ratio:.2f} times as long")


def addresses(biggest, smallest):
    from talks.models import Series, Speaker, Talk

    yield "the biggest tag", biggest.get_absolute_url()
    yield "a tag that fills a page", smallest.get_absolute_url()
    yield "both", f"/tags/{'+'.join(sorted([biggest.slug, smallest.slug]))}/"
    yield "a talk on the biggest tag", Talk.objects.filter(tagged__tag=biggest).last().get_absolute_url()
    yield "a talk on a small one", Talk.objects.filter(tagged__tag=smallest).last().get_absolute_url()
    yield "a series", Series.objects.first().get_absolute_url()
    yield "a speaker", Speaker.objects.filter(appearances__isnull=False).first().get_absolute_url()
    yield "references", "/references/"


def ask(address, repeat):
    """Request the page `repeat` times; return the median milliseconds of an answer, and its number of queries."""
    client, times = Client(headers={"host": "127.0.0.1"}), []
    for _ in range(repeat):
        started = time.perf_counter()
        assert client.get(address).status_code == 200
        times.append(1000 * (time.perf_counter() - started))
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return statistics.median(times), len(queries)


if __name__ == "__main__":
    main()

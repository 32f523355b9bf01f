"""How fast texts are searched for all names of the vocabulary, and whether a larger one makes it slower.

    python bench/mentions.py --repeat 5 --base 60000

prints the time to compile the vocabulary, megabytes a second for it and for one of ten times its size with the
quotient of the two, and, for a base of so many takeaways in a temporary SQLite file, how long one new name and a
whole rebuild of the mentions take. Nothing is asserted.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django
from django.core.management import call_command

# Modules that import models are imported inside functions, once Django is set up.

ROOT = Path(__file__).resolve().parent.parent
FILLERS = ["we", "saw", "that", "one", "team", "then", "moved", "most", "of", "its", "work", "over", "there"]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--repeat", type=int, default=5)
    options.add_argument("--base", type=int, default=60_000, help="takeaways")
    chosen = options.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "confnotes.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"

        django.setup()
        measure_matcher(chosen.repeat)
        measure_base(chosen.base)


def measure_matcher(repeat):
    from talks.vocabulary.equal_spellings import read_plain, split_words
    from talks.vocabulary.mentions_in_text import Matcher
    from talks.vocabulary.tag_names import ShippedTag, load_shipped

    started = time.perf_counter()
    shipped = load_shipped()
    read = time.perf_counter()
    matcher = Matcher(shipped)
    print(f"vocabulary read in {read - started:.2f} s, compiled in {time.perf_counter() - read:.2f} s")
    dice = random.Random(1)
    more = [
        ShippedTag(f"{dice.choice(FILLERS)} {dice.getrandbits(24):x} {dice.choice(FILLERS)}")
        for _ in range(9 * len(shipped))
    ]
    larger = Matcher([*shipped, *more])
    texts = list_texts(dice)
    size = sum(map(len, texts)) / 1e6
    speeds = []
    for name, each in (("as shipped", matcher), ("ten times that", larger)):
        times = []
        for _ in range(repeat):
            started = time.perf_counter()
            for text in texts:
                each.read(split_words(read_plain(text)))
            times.append(time.perf_counter() - started)
        speeds.append(size / statistics.median(times))
        print(f"{name:>15}: {speeds[-1]:.2f} MB/s over {size:.1f} MB")
    print(f"{'quotient':>15}: {speeds[0] / speeds[1]:.2f} times slower")


def list_texts(dice):
    """Return 20,000 lines drawn at random from the samples."""
    lines = [
        line for path in sorted((ROOT / "samples").rglob("*.md")) for line in path.read_text().splitlines() if line
    ]
    return dice.choices(lines, k=20_000)


def measure_base(count):
    from talks import derived
    from talks.models import Conference, Day, Post, Series, Tag, Takeaway, Talk, TalkSource

    call_command("migrate", verbosity=0)
    dice = random.Random(2)
    texts = list_texts(dice)
    series = Series.objects.create(name="Series")
    conference = Conference.objects.create(series=series, year=2019)
    day = Day.objects.create(conference=conference, number=1)
    post = Post.objects.create(key="a.md", path="a.md", stem="a", title="Notes", conference=conference, source="")
    talks = [Talk(day=day, title=f"{dice.choice(texts)[:200]}", slug=f"t{number}") for number in range(count // 15)]
    for talk in talks:
        talk.derive(set())
    Talk.objects.bulk_create(talks, batch_size=2_000)
    TalkSource.objects.bulk_create(
        [
            TalkSource(talk=talk, post=post, title="T", position=n, line=n, end_line=n)
            for n, talk in enumerate(talks, 1)
        ],
        batch_size=2_000,
    )
    Takeaway.objects.bulk_create(
        [
            Takeaway(
                public_id=f"{n:010d}", talk=talks[n % len(talks)], position=n + 1, text=dice.choice(texts), html=""
            )
            for n in range(count)
        ],
        batch_size=5_000,
    )
    every = list(Talk.objects.values_list("pk", flat=True))
    time_it(f"mentions of {count:,} takeaways, all of them new", lambda: derived.refresh_mentions(every))
    time_it("the same again, all of them there", lambda: derived.refresh_mentions(every))
    tag = Tag.objects.create(name="Bread Machine")
    for alias in ("bakery", "latency budget", "Kubernetes cluster"):
        tag.aliases.create(name=alias)
        time_it(f"one new name, {alias}", lambda a=alias: derived.refresh_mentions(derived.find_talks_naming([a])))


def time_it(name, work):
    started = time.perf_counter()
    changed = len(work())
    print(f"{time.perf_counter() - started:8.2f} s  {name} ({changed:,} talks changed)")


if __name__ == "__main__":
    main()

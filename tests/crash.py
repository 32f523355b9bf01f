"""Imports that are killed, meet each other, or meet a base that takes nothing: the base must stay whole.

    python -m tests.crash [KILLS]

Works on the server that DATABASE_URL names, in databases of its own, or on SQLite files that are thrown away. Each
import runs in a forked process, so that it can be killed at any moment and starts at once.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

FIRST, SECOND = 4, 8  # posts in the base, and posts after the import that is disturbed
_WORDS = [
    "cache",
    "queue",
    "latency",
    "cluster",
    "build",
    "budget",
    "release",
    "habit",
    "network",
    "team",
    "index",
    "cloud",
]


class BrokenError(Exception):
    """The base is not what it must be."""


class Site:
    """A folder with posts in two versions, and a base that holds the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.posts = write_posts(folder / "second", SECOND, edited=True)
        self.template = folder / "template.sqlite3"
        self.exports: list[str] = []
        self.seconds = 0.0

    def prepare(self) -> None:
        """Make the base, and note what it holds after each post of an undisturbed import."""
        from django.core.management import call_command

        before = write_posts(self.folder / "first", FIRST, edited=False)
        self.make_template()

        def fill() -> None:
            call_command("migrate", verbosity=0)
            run_import(before)

        self.demand(fill)
        self.store_template()
        self.renew()
        self.demand(lambda: run_import(self.posts))  # once for the clock, with all files read and compiled
        self.renew()
        started = time.monotonic()
        self.demand(lambda: run_import(self.posts))
        self.seconds = time.monotonic() - started
        self.renew()
        self.demand(self._note_exports)
        self.exports = [path.read_text() for path in sorted(self.folder.glob("*.jsonl"))]

    def _note_exports(self) -> None:
        from talks.importing import import_posts

        (self.folder / "00.jsonl").write_text(export())
        import_posts([self.posts], on_progress=lambda done, *_: (self.folder / f"{done:02}.jsonl").write_text(export()))

    def demand(self, work: Callable[[], None]) -> None:
        """Do the work in a process of its own, which must end well."""
        if os.waitpid(fork(work), 0)[1]:
            raise BrokenError("a step that nobody disturbed failed: see above")

    def look(self) -> int:
        """How many posts of the second version the base holds, whole; it must be sound, and hold no half one."""
        place = self.folder / "found"

        def read() -> None:
            from talks.keeping import check_base

            faults = check_base()
            place.write_text("\n".join(faults) if faults else export())

        self.demand(read)
        found = place.read_text()
        if found not in self.exports:
            raise BrokenError(f"the base holds half a post, or is not sound: {found[:2_000]}")
        return self.exports.index(found)

    def make_template(self) -> None:
        """Work on the template."""
        use_database(str(self.template))

    def store_template(self) -> None:
        """Keep the template as it is."""

    def renew(self) -> None:
        """Take a copy of the template, and work on it."""
        for path in self.folder.glob("base.sqlite3*"):
            path.unlink()
        shutil.copy(self.template, self.folder / "base.sqlite3")
        use_database(str(self.folder / "base.sqlite3"))

    def clean(self) -> None:
        """The folder goes by itself."""


class PostgresSite(Site):
    """The same on a server, in two databases of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.names = [f"crash_{os.getpid()}_{part}" for part in ("template", "base")]

    def make_template(self) -> None:
        """Work on a new database."""
        self.ask(f"CREATE DATABASE {self.names[0]}")
        use_database(self.names[0])

    def renew(self) -> None:
        """Take a copy of the template, whoever is still connected to the last one."""
        self.ask(f"DROP DATABASE IF EXISTS {self.names[1]} WITH (FORCE)")
        self.ask(f"CREATE DATABASE {self.names[1]} TEMPLATE {self.names[0]}")
        use_database(self.names[1])

    def clean(self) -> None:
        """Leave nothing on the server."""
        for name in self.names:
            self.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def ask(self, statement: str) -> None:
        """Run a statement that no transaction may hold."""
        from django.db import connection, connections

        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
        connections.close_all()


@contextmanager
def open_site() -> Iterator[Site]:
    """A site on the database of the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")
    import django

    django.setup()
    from django.db import connection

    for room in ("talks.importing", "talks.keeping", "confnotes.urls"):  # once, not in each process that is forked
        import_module(room)
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        site = (PostgresSite if connection.vendor == "postgresql" else Site)(Path(folder))
        try:
            site.prepare()
            yield site
        finally:
            site.clean()


def use_database(name: str) -> None:
    """Let the default connection be one to this database from now on."""
    from django.db import connections

    connections.close_all()
    for settings in (connections["default"].settings_dict, connections.databases["default"]):
        settings["NAME"] = name


def fork(work: Callable[[], None]) -> int:
    """The id of a process that does the work and ends with 0, or 1 after an exception."""
    from django.db import connections

    connections.close_all()
    if pid := os.fork():
        return pid
    code = 1
    try:
        work()
        connections.close_all()  # SQLite then leaves nothing beside its file
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def export() -> str:
    """All that the base holds."""
    from talks.keeping import export_base

    return "".join(export_base())


def run_import(posts: Path) -> None:
    """An import that must take all posts."""
    from talks.importing import import_posts

    report = import_posts([posts])
    if report.refused:
        raise BrokenError("posts were refused")


def kill_imports(site: Site, kills: int, dice: random.Random) -> Counter[str]:
    """Kill imports at moments spread over their time; where the kills fell.

    Raises `BrokenError` where the base is broken then, or the next import leads elsewhere than an undisturbed one.
    """
    fell: Counter[str] = Counter()
    moments = [(number + dice.random()) / kills for number in range(kills)]
    dice.shuffle(moments)
    for number, moment in enumerate(moments, 1):
        site.renew()
        pid = fork(lambda: run_import(site.posts))
        time.sleep(site.seconds * moment)
        os.kill(pid, signal.SIGKILL)
        killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        done = site.look()
        fell["after the end" if not killed else "between the first post and the last" if done else "before"] += 1
        site.demand(lambda: run_import(site.posts))
        if site.look() != SECOND:
            raise BrokenError("the next import led elsewhere")
        if number % 10 == 0:
            print(f"{number} of {kills}: {tell(fell)}", file=sys.stderr, flush=True)
    return fell


def tell(fell: Counter[str]) -> str:
    """Where kills fell, in words."""
    return ", ".join(f"{count} {place}" for place, count in sorted(fell.items()))


def collide(site: Site) -> None:
    """Two imports at once: both end well, and the base is as after one."""
    site.renew()
    pids = [fork(lambda: run_import(site.posts)) for _ in range(2)]
    ends = [os.waitpid(pid, 0)[1] for pid in pids]
    if any(ends) or site.look() != SECOND:
        raise BrokenError("two imports at once broke something")


def refuse_writes(site: Site, *statements: str) -> str:
    """What the command says on a connection that these statements made refuse to write; what is there stays."""
    place = site.folder / "said"
    site.renew()

    def run() -> None:
        from django.core.management import CommandError, call_command
        from django.db import connection

        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        try:
            call_command("import_posts", str(site.posts), verbosity=0)
            place.write_text("")
        except CommandError as error:
            place.write_text(str(error))

    site.demand(run)
    site.look()
    return place.read_text()


def write_posts(folder: Path, count: int, *, edited: bool) -> Path:
    """Made-up posts; the edited ones have texts reworded, moved, added and left out."""
    folder.mkdir()
    (folder / "confnotes.toml").touch()
    for number in range(count):
        dice = random.Random(number)
        lines = [
            "---",
            f"title: Notes from Testing Days {2010 + number // 3}, day {number % 3 + 1}",
            "author: Ann Writer",
        ]
        lines += [f"tags: [{', '.join(dice.sample(_WORDS, 3))}]", "---", "Made up.", ""]
        for talk in range(3):
            speaker = f"{dice.choice(['Ada', 'Carl', 'Vera'])} {dice.choice(['Brown', 'Dent', 'Holz'])}"
            lines += [f"## The {dice.choice(_WORDS)} and the {dice.choice(_WORDS)} ({talk}) with {speaker}"]
            points = [f"* {' '.join(dice.choices(_WORDS, k=9))} ({point})" for point in range(8)]
            if edited:
                points = [points[3] + " too", *points[:3], *points[5:], f"* something new of {speaker}"]
            lines += [*points, ""]
        (folder / f"{number:02}.md").write_text("\n".join(lines))
    return folder


def main(kills: int) -> None:
    """Kill, collide, and say how it went."""
    with open_site() as site:
        started = time.monotonic()
        fell = kill_imports(site, kills, random.Random(kills))
        print(f"{kills} imports of {site.seconds:.2f} s killed ({tell(fell)}): each post whole or absent, base sound,")
        print(f"next import as if undisturbed; in {time.monotonic() - started:.0f} s.")
        collide(site)
        print("Two imports at once: as one.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

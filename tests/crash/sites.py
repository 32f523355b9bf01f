"""A folder with posts and a base, whose states can be stored and restored, for work in separate processes."""

import gc
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from tests.unmigrated import MIGRATION_MODULES

# Modules that import models are imported inside functions, once Django is set up.

Step = Callable[[], object]


class BrokenError(Exception):
    """The base is damaged."""


class Site:
    """Posts in `notes`, stored images, and a base on SQLite."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        self.media = folder / "media"
        self.base = folder / "base.sqlite3"

    def start(self) -> None:
        """Create an empty base and folder."""
        settings.MEDIA_ROOT = self.media
        settings.MIGRATION_MODULES = MIGRATION_MODULES
        self.make_base()
        for folder in (self.notes, self.media):
            folder.mkdir()
        call_command("migrate", run_syncdb=True, verbosity=0)

    def keep(self, name: str) -> None:
        """Store the present state under this name."""
        connections.close_all()
        for folder in (self.notes, self.media):
            shutil.copytree(folder, self.folder / f"{name}-{folder.name}")
        self.keep_base(name)

    def renew(self, name: str) -> None:
        """Restore the state stored under this name."""
        for folder in (self.notes, self.media):
            shutil.rmtree(folder)
            shutil.copytree(self.folder / f"{name}-{folder.name}", folder)
        self.renew_base(name)

    def demand(self, *steps: Step) -> None:
        """Run the steps in a process of its own; they must succeed."""
        if os.waitpid(fork(*steps), 0)[1]:
            raise BrokenError("a step that nobody disturbed failed: see above")

    def look(self, *steps: Step) -> str:
        """Return the content of base and files after these steps, and check that the base is sound."""
        place = self.folder / "found"

        def read() -> None:
            from talks.backup import check_base

            place.write_text("\n".join(check_base()) or self.read())

        self.demand(*steps, read)
        return place.read_text()

    def read(self) -> str:
        """Return the content of the base and of the files that an import would read."""
        from talks.backup import export_base

        # Writing back makes an editor's tag the post's; an import that finds the tag there leaves it the editor's.
        lines = [line.replace('"origin":"editor"', '"origin":"post"') for line in export_base()]
        return "".join([*lines, *self.read_files()])

    def read_files(self) -> list[str]:
        """Return the files in the posts' folder, except hidden ones."""
        files = [path for path in sorted(self.notes.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        return [f"{path.name}: {path.read_bytes()!r}\n" for path in files]

    def find_litter(self) -> list[str]:
        """Return temporary files left among the posts and images."""
        return [path.name for folder in (self.notes, self.media) for path in folder.rglob(".*")]

    def make_base(self) -> None:
        """Create a new base and connect to it."""
        use_database(str(self.base))

    def keep_base(self, name: str) -> None:
        """Copy the base."""
        shutil.copy(self.base, self.base.with_stem(name))

    def renew_base(self, name: str) -> None:
        """Restore the copy of the base."""
        for path in self.folder.glob("base.sqlite3*"):
            path.unlink()
        shutil.copy(self.base.with_stem(name), self.base)

    def clean(self) -> None:
        """Do nothing, since the folder is temporary."""


class PostgresSite(Site):
    """A site with its base on a PostgreSQL server, in databases of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.name = f"crash_{os.getpid()}"
        self.kept: list[str] = []

    def make_base(self) -> None:
        """Create a new base and connect to it."""
        self.ask(f"CREATE DATABASE {self.name}")
        use_database(self.name)

    def keep_base(self, name: str) -> None:
        """Copy the base."""
        self.kept.append(f"{self.name}_{name}")
        self.ask(f"CREATE DATABASE {self.kept[-1]} TEMPLATE {self.name}")

    def renew_base(self, name: str) -> None:
        """Restore the copy of the base, even if somebody is still connected to the base."""
        self.ask(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.name}_{name}",
        )

    def clean(self) -> None:
        """Drop the databases."""
        self.ask(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in (self.name, *self.kept)))

    def ask(self, *statements: str) -> None:
        """Run statements that are not allowed inside a transaction."""
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


@contextmanager
def open_site() -> Iterator[Site]:
    """Return a site on the database of the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")

    django.setup()

    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        site = (PostgresSite if connection.vendor == "postgresql" else Site)(Path(folder))
        try:
            site.start()
            yield site
        finally:
            site.clean()


def use_database(name: str) -> None:
    """Connect the default connection to this database."""
    connections.close_all()
    for options in (connections["default"].settings_dict, connections.databases["default"]):
        options["NAME"] = name


def fork(*steps: Step) -> int:
    """Return the id of a process that runs the steps and exits with 0, or with 1 after an exception."""
    connections.close_all()
    gc.freeze()  # what was loaded is shared, and not copied by counting it
    if pid := os.fork():
        return pid
    code = 1
    try:
        for step in steps:
            step()
        connections.close_all()  # SQLite then leaves nothing beside its file
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)

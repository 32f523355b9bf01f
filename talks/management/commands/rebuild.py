"""`manage.py rebuild`: makes all derived data anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError

from talks import backup
from talks.importing import hold_lock
from talks.models import describe_fault


class Command(BaseCommand):
    """Rebuilds derived data and prints how many rows were wrong."""

    help = "Make HTML, mentions of tags and the search index anew, and say what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--search", action="store_true", help="only the words by which talks and posts are found")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with hold_lock(self._say_wait):
                counts = backup.rebuild_search_text() if options["search"] else backup.rebuild_base()
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(describe_fault(error, "What was made anew before is kept.")) from error
        changed = {noun: count for noun, count in counts.items() if count}
        for noun, count in changed.items():
            self.stdout.write(f"{noun}: {count:,}")
        if not changed:
            self.stdout.write("Everything was as it should be.")

    def _say_wait(self) -> None:
        self.stderr.write("An import is running; waiting for it to end.")

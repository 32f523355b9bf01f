"""`manage.py rebuild`: computes all derived data again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from talks import backup
from talks.importing import hold_lock
from talks.management.command_failures import IMPORT_RUNS, explain_failures


class Command(BaseCommand):
    """Rebuilds derived data and prints how many rows were wrong."""

    help = "Make HTML, mentions of tags and the search index anew, and say what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--search", action="store_true", help="only the words by which talks and posts are found")

    def handle(self, *args: Any, **options: Any) -> None:
        wait = hold_lock(lambda: self.stderr.write(IMPORT_RUNS))
        with explain_failures("What was made anew before is kept."), wait:
            counts = backup.rebuild_search_text() if options["search"] else backup.rebuild_base()
        changed = {noun: count for noun, count in counts.items() if count}
        for noun, count in changed.items():
            self.stdout.write(f"{noun}: {count:,}")
        if not changed:
            self.stdout.write("Everything was as it should be.")

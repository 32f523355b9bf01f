"""`manage.py remove_posts PATH…`: removes posts for good, with the rows that only these posts used."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from talks.importing import Removal, remove_posts, render_removal
from talks.management.command_failures import IMPORT_RUNS, WRONG_USAGE, explain_failures


class Command(BaseCommand):
    """Shows what would be removed, asks for confirmation, and removes it."""

    help = "Remove posts for good, with all that came only from them, after showing what goes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or folder that posts came from")
        parser.add_argument("--run", type=int, metavar="N", help="all posts that this run had created")
        parser.add_argument("--dry-run", action="store_true", help="show what would go, remove nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, paths: list[str], run: int | None, verbosity: int, **options: Any) -> None:
        if bool(paths) == (run is not None):
            raise CommandError("Give the paths of posts, or --run with a run's number.", returncode=WRONG_USAGE)
        removal = self._remove(paths, run, dry_run=True)
        self.stdout.write(render_removal(removal, verbosity=verbosity))
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was removed.")
            return
        if not options["yes"] and not self._ask():
            raise CommandError("Nothing was removed.")
        self._remove(paths, run, expected=removal)
        self.stdout.write("Removed. An import would bring the posts back, at the same addresses.")

    def _remove(self, paths: list[str], run: int | None, **how: Any) -> Removal:
        with explain_failures("Nothing was removed."):
            return remove_posts(paths, run=run, on_wait=lambda: self.stderr.write(IMPORT_RUNS), **how)

    def _ask(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("This is no terminal to ask on: give --yes to remove all this.", returncode=WRONG_USAGE)
        self.stdout.write("Remove all this for good? Type yes: ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().casefold() == "yes"

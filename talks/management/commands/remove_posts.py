"""`manage.py remove_posts PATH…`: removes posts for good, with the rows that only they used."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError

from talks.importing import ChangedMeanwhileError, NotFoundError, Removal, remove_posts, render_removal
from talks.models import describe_fault

WRONG_USAGE = 2


class Command(BaseCommand):
    """Shows what will be removed, asks, and removes it."""

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
        try:
            return remove_posts(paths, run=run, on_wait=self._say_wait, **how)
        except NotFoundError as error:
            raise CommandError(str(error), returncode=WRONG_USAGE) from error
        except ChangedMeanwhileError as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(describe_fault(error, "Nothing was removed.")) from error

    def _ask(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("This is no terminal to ask on: give --yes to remove all this.", returncode=WRONG_USAGE)
        self.stdout.write("Remove all this for good? Type yes: ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().casefold() == "yes"

    def _say_wait(self) -> None:
        self.stderr.write("An import is running; waiting for it to end.")

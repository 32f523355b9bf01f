"""`manage.py undo_run N`: undoes one import run."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError

from talks.importing import ChangedMeanwhileError, NotFoundError, render_undoing, undo_run
from talks.models import describe_fault

WRONG_USAGE = 2


class Command(BaseCommand):
    """Undoes one run, or shows what undoing it would do."""

    help = "Undo one import: its creations, withdrawals and changes. What people touched since is kept, and listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="the number of the run, as the admin's address of it has it")
        parser.add_argument("--dry-run", action="store_true", help="show what would be undone, change nothing")

    def handle(self, *, run: int, dry_run: bool, **options: Any) -> None:
        try:
            undoing = undo_run(run, dry_run=dry_run, on_wait=self._say_wait)
        except NotFoundError as error:
            raise CommandError(str(error), returncode=WRONG_USAGE) from error
        except ChangedMeanwhileError as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(describe_fault(error, "Nothing was undone.")) from error
        self.stdout.write(render_undoing(undoing))
        if dry_run:
            self.stdout.write("This was a dry run: nothing was undone.")

    def _say_wait(self) -> None:
        self.stderr.write("An import is running; waiting for it to end.")

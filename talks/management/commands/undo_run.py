"""`manage.py undo_run [N]`: undoes one import run, or lists the latest."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from talks.importing import describe_latest_runs, render_undoing, undo_run
from talks.management.command_failures import IMPORT_RUNS, explain_failures


class Command(BaseCommand):
    """Undoes one import run, shows what undoing would change, or lists the latest runs."""

    help = "Undo one import: its creations, withdrawals and changes. What people touched since is kept, and listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, nargs="?", help="the number of the run; without it, list the latest runs")
        parser.add_argument("--dry-run", action="store_true", help="show what would be undone, change nothing")

    def handle(self, *, run: int | None, dry_run: bool, **options: Any) -> None:
        if run is None:
            self.stdout.write(describe_latest_runs())
            return
        with explain_failures("Nothing was undone."):
            undoing = undo_run(run, dry_run=dry_run, on_wait=lambda: self.stderr.write(IMPORT_RUNS))
        self.stdout.write(render_undoing(undoing))
        if dry_run:
            self.stdout.write("This was a dry run: nothing was undone.")

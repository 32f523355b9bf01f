"""`manage.py write_back [PATH…]`: writes editors' changes into the posts' files."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from talks.management.command_failures import IMPORT_RUNS, explain_failures
from talks.write_back import render_write_back, write_back


class Command(BaseCommand):
    """Writes editors' changes into files, and prints each change with its place in a file.

    Exits with 1 if a change was not written or, with --check, would have to be written.
    """

    help = "Write edits made in the admin into the markdown files, into the lines that they are about."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or folder; without any, all posts")
        parser.add_argument("--dry-run", action="store_true", help="show what would be written, write nothing")
        parser.add_argument("--check", action="store_true", help="the same; exit code 1 where files are behind")

    def handle(self, *, paths: list[str], dry_run: bool, check: bool, **options: Any) -> None:
        with explain_failures("What was written before is kept."):
            report = write_back(
                map(Path, paths), dry_run=dry_run or check, on_wait=lambda: self.stderr.write(IMPORT_RUNS)
            )
        self.stdout.write(render_write_back(report))
        if report.refused or (check and report.finds_files_behind):
            sys.exit(1)

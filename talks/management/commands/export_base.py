"""Export the base: `manage.py export_base`."""

import io
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from talks import backup


class Command(BaseCommand):
    """Writes to standard output, or to a file that is there whole or not at all."""

    help = "Print all content as JSON Lines. The same content gives the same bytes, on either database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("--output", type=Path, metavar="FILE", help="a file to write instead of standard output")
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="a folder to copy the images into")

    def handle(self, *args: Any, output: Path | None, media: Path | None, **options: Any) -> None:
        """Export the lines, then the images: one that came meanwhile is too much, and none too few."""
        self._export(output)
        if media:
            try:
                backup.save_images(media)
            except backup.ImageError as error:
                raise CommandError(f"{error}.") from error
            except OSError as error:
                raise CommandError(f"{media} could not be written: {error.strerror}.") from error

    def _export(self, output: Path | None) -> None:
        with closing(backup.export_base()) as lines:
            if output is None:
                self._print(lines)
                return
            try:
                _write_whole(output, lines)
            except OSError as error:
                raise CommandError(f"{output} could not be written: {error.strerror}.") from error

    def _print(self, lines: Iterable[str]) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # the same bytes whatever the terminal speaks
        try:
            for line in lines:
                self.stdout.write(line, ending="")
            self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough: nothing is left to say, not even at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)


def _write_whole(path: Path, lines: Iterable[str]) -> None:
    """Write beside the file and take its place at the end, so that a crash leaves the old one."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as file:
        try:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise

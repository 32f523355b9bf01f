"""`manage.py export_base`: exports all content of the base."""

import io
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from talks import backup
from talks.whole_files import write_whole


class Command(BaseCommand):
    """Writes the export to standard output or to a file; with `--media` it also copies the images into a folder.

    The file is written completely or not at all.
    """

    help = "Print all content as JSON Lines. The same content gives the same bytes, on either database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE", help="a file to write instead of standard output")
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="a folder to copy the images into")

    def handle(self, *args: Any, output: Path | None, media: Path | None, **options: Any) -> None:
        """Export the lines, then copy the images: so all images that the lines name are copied.

        An image that is added in between is copied too, which does no harm.
        """
        self._export(output)
        if media:
            try:
                backup.save_images(media)
            except backup.ImageError as error:
                raise CommandError(f"{error}.") from error
            except OSError as error:
                raise CommandError(f"{media} could not be written: {error.strerror}.") from error

    def _export(self, output: Path | None) -> None:
        with closing(backup.export_base(counted=True)) as lines:
            if output is None:
                self._print(lines)
                return
            try:
                with write_whole(output) as file:
                    file.writelines(map(str.encode, lines))
            except OSError as error:
                raise CommandError(f"{output} could not be written: {error.strerror}.") from error

    def _print(self, lines: Iterable[str]) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # the same bytes whatever the terminal's encoding
        for line in lines:
            self.stdout.write(line, ending="")
        self.stdout.flush()

"""`manage.py import_base`: restores an export."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from talks import backup
from talks.importing import hold_lock
from talks.management.command_failures import IMPORT_RUNS, WRONG_USAGE, explain_failures


class Command(BaseCommand):
    """Restores an export into an empty base, completely or not at all."""

    help = "Fill an empty base with what export_base wrote, whole or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="what export_base wrote, or - for standard input")
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="the folder that export_base --media filled")

    def handle(self, *args: Any, file: str, media: Path | None, **options: Any) -> None:
        if media and not media.is_dir():
            raise CommandError(f"There is no folder {media}.", returncode=WRONG_USAGE)
        with _open(file) as lines, _explain_faults(file), hold_lock(lambda: self.stderr.write(IMPORT_RUNS)):
            counts = backup.import_base(lines, media=media)
        told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
        self.stdout.write(f"Restored: {told or 'nothing, the file is empty'}.")
        if counts["media"] and not media:
            told = "The images are still to come: copy them into the media folder, or start over with --media."
            self.stderr.write(told)


def _open(file: str) -> AbstractContextManager[BinaryIO]:
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise CommandError(f"{file} could not be read: {error.strerror}.", returncode=WRONG_USAGE) from error


@contextmanager
def _explain_faults(file: str) -> Iterator[None]:
    """Turn each error by which a restore can fail into a `CommandError` with one sentence; nothing is stored then."""
    try:
        with explain_failures("Nothing was stored."):
            yield
    except backup.NotEmptyError as error:
        raise CommandError("The base is not empty: an export is restored into a new one.") from error
    except backup.BadLineError as error:
        raise CommandError(f"{'standard input' if file == '-' else file}, {error} Nothing was stored.") from error
    except backup.ImageError as error:
        raise CommandError(f"{error}. Nothing was stored.") from error
    except OSError as error:
        raise CommandError(f"{error.strerror} ({error.filename or file}). Nothing was stored.") from error

"""`manage.py check_base`: checks that the base is sound."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from talks import backup


class Command(BaseCommand):
    """Prints one sentence for each fault; exits with 1 if there are faults."""

    help = "Check that the base is sound: no orphan, no hole in positions, HTML and words to search as they must be."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = backup.check_base()
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write("The base is sound.")

"""`manage.py rebuild`: everything that follows from something else, made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from talks import keeping


class Command(BaseCommand):
    """Prints what was not as it should be."""

    help = "Make HTML, mentions of subjects and words to search anew, and say what changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild."""
        changed = {noun: count for noun, count in keeping.rebuild_base().items() if count}
        for noun, count in changed.items():
            self.stdout.write(f"{noun}: {count:,}")
        if not changed:
            self.stdout.write("Everything was as it should be.")

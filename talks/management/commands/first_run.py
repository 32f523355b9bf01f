"""`manage.py first_run [PATH…]`: prepares a new installation for a first look at the site."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from talks.counts_and_cut_texts import show_count
from talks.models import Post

SAMPLES = settings.BASE_DIR / "samples"
ADMIN = "admin"


class Command(BaseCommand):
    """Imports the given posts, or the samples if the base has no posts, and creates a superuser if it has no user."""

    help = "Import the given posts, or the samples where the base is empty, and make a login for the admin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="posts of your own instead of the samples")

    def handle(self, *, paths: list[str], **options: Any) -> None:
        count = Post.objects.count()
        if paths or not count:
            self._import(paths or [str(SAMPLES)])
        else:
            self.stdout.write(f"{show_count(count, 'post')} in the base.")
        users = get_user_model().objects
        if not users.exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser(username=ADMIN, password=password)
            self._show_login(password)

    def _import(self, paths: list[str]) -> None:
        """Import posts; continue if a post is refused, so that the others can be looked at."""
        try:
            call_command("import_posts", *paths, stdout=self.stdout, stderr=self.stderr)
        except SystemExit as leaving:
            if leaving.code != 1:
                raise

    def _show_login(self, password: str) -> None:
        lines = [
            "Your login for the admin. It is shown this once.",
            "",
            f"  address   {settings.SITE_URL}/admin/",
            f"  name      {ADMIN}",
            f"  password  {password}",
        ]
        width = max(map(len, lines))
        rule = f"+{'-' * (width + 2)}+"
        self.stdout.write("\n".join([rule, *(f"| {line:<{width}} |" for line in lines), rule]))

"""`manage.py list_doubts`: lists what an editor should decide."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from talks.editing import DOUBT_KINDS, choose_pressing, list_doubts
from talks.importing import escape, find_place
from talks.models import Post


class Command(BaseCommand):
    """Prints the doubts in the order of the admin, kind by kind; trifling kinds only if their kind is asked for."""

    help = "List what a person should look at: posts without a talk, conflicts, names that are nearly the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        kinds = [kind.name for kind in DOUBT_KINDS]
        parser.add_argument("--kind", choices=kinds, default="", help="only these; rare-tag is listed only so")

    def handle(self, *, kind: str, **options: Any) -> None:
        """Print a line for each doubt, or all doubts as one JSON list."""
        doubts = list_doubts(kind) if kind else choose_pressing(list_doubts())
        if options["format"] == "json":
            rows = [{"kind": d.kind, "post": d.post, "line": d.line, "text": d.text, "url": d.url} for d in doubts]
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        paths = {key: find_place(path, key) for key, path in Post.objects.values_list("key", "path")}
        for doubt in doubts:
            place = f"{paths.get(doubt.post) or doubt.post}:{doubt.line}: " if doubt.post else ""
            self.stdout.write(escape(f"{place}{doubt.kind}: {doubt.text}"))

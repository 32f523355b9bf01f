"""A story: writers, editors and commands work in turn on a folder and a base, which are checked after each step."""

import random
import shutil
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from talks.backup import export_base, import_base
from talks.importing import NotFoundError, import_posts, remove_posts
from talks.models import Takeaway, TalkSource
from talks.write_back import write_back
from tests.admin.rows import log_in
from tests.crash.sites import BrokenError, Site
from tests.stories.checks import Memory, find_faults
from tests.stories.editors import Editor
from tests.stories.posts import edit_posts, move_files, write_first


class Story:
    """One story; `deeds` lists the steps so far."""

    def __init__(self, site: Site, dice: random.Random) -> None:
        self.site = site
        self.dice = dice
        self.deeds: list[str] = []
        self.reader = Client()
        self.memory = Memory()
        self._empty()
        for folder in (site.notes, site.media):
            shutil.rmtree(folder)
            folder.mkdir()
        self.editor = Editor(self._log_in())
        write_first(site.notes, dice)

    def tell(self, steps: int) -> None:
        """Run the story, with checks after each step."""
        self._import(self.site.notes)
        acts = [self._write, self._write, self._work, self._work, self._work, self._bring, self._return, self._remove]
        for _ in range(steps):
            self.dice.choice(acts)()
            if faults := list(find_faults(self.memory, self.editor, self.reader, self.dice)):
                raise BrokenError("\n  ".join(faults[:12]))
        self._import(self.site.notes)
        self._return()
        self._restore()

    def _write(self) -> None:
        for _ in range(self.dice.randint(1, 3)):
            self.deeds.append(self.dice.choice([edit_posts, edit_posts, move_files])(self.site.notes, self.dice))
        if self.dice.random() < 0.8:
            self._bring()

    def _work(self) -> None:
        for _ in range(self.dice.randint(1, 3)):
            self.deeds.append(self.editor.work(self.dice))

    def _bring(self) -> None:
        paths = sorted(self.site.notes.rglob("*.md"))
        self._import(self.site.notes if self.dice.random() < 0.7 else self.dice.choice(paths))

    def _import(self, path: Path) -> None:
        self.deeds.append(f"import {path.name}")
        before = self._read()
        planned = import_posts([path], dry_run=True)
        self._demand_same(before, self._read(), "a dry run")
        done = import_posts([path])
        plans = [(one.outcomes, one.totals, one.gone, one.excluded) for one in (planned, done)]
        if plans[0] != plans[1]:
            raise BrokenError(f"The dry run said {plans[0]}, what was done is {plans[1]}.")
        self._forget_agreed()
        after = self._read()
        again = import_posts([path])
        self._demand_same(after, self._read(), "a second import")
        if again.count("created") + again.count("updated"):
            raise BrokenError(f"A second import said {again.outcomes}.")

    def _return(self) -> None:
        for path in self.site.notes.rglob("*-copy*.md"):  # a copy becomes another post where the edits go into one
            path.unlink()
        self._import(self.site.notes)
        report = write_back()
        self.deeds.append(f"write back: {report.outcomes}")
        self._forget_agreed()
        after = self._read()
        again = import_posts([self.site.notes])
        self._demand_same(after, self._read(), "an import after writing back")
        if again.count("created") + again.count("updated"):
            raise BrokenError(f"An import after writing back said {again.outcomes}.")

    def _remove(self) -> None:
        if self.dice.random() < 0.4:
            path = self.dice.choice(sorted(self.site.notes.rglob("*.md")))
            self.deeds.append(f"remove {path.name}")
            try:
                expected = remove_posts([path], dry_run=True)
                remove_posts([path], expected=expected)
            except NotFoundError:
                return
            self.memory.forget(self.editor)
        else:
            self._restore()

    def _restore(self) -> None:
        """Export the base, and continue with the export restored into an empty base."""
        self.deeds.append("restore")
        lines = list(export_base())
        self._empty()
        import_base(line.encode() for line in lines)
        self._demand_same(lines, self._read(), "restoring the export")
        self.editor.client = self._log_in()

    def _forget_agreed(self) -> None:
        """Forget editors' texts and titles that the posts now contain: a correction may read them otherwise."""
        for public_id, text, imported in Takeaway.objects.values_list("public_id", "text", "imported"):
            if imported.get("text") == text and self.editor.texts.get(public_id) == text:
                del self.editor.texts[public_id]
        for (conference, slug), title in list(self.editor.titles.items()):
            if TalkSource.objects.filter(talk__conference__slug=conference, talk__slug=slug, title=title).exists():
                del self.editor.titles[conference, slug]

    def _read(self) -> list[str]:
        return list(export_base())

    def _demand_same(self, before: list[str], after: list[str], what: str) -> None:
        if before != after:
            lost, new = [line for line in before if line not in after], [line for line in after if line not in before]
            raise BrokenError(
                "\n    ".join([f"Changed by {what}:", *(f"- {x}" for x in lost[:5]), *(f"+ {x}" for x in new[:5])])
            )

    def _empty(self) -> None:
        """Empty the base and the cache of pages, since the versions of an empty base begin again."""
        call_command("flush", interactive=False, verbosity=0)
        cache.clear()

    def _log_in(self) -> Any:
        return log_in(superuser=True)

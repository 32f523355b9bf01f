"""Conflicts between a post and an editor's change, and decisions of editors, which are never asked for again."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import models
from django.db.models import Q

from talks.models.editor_touches import KEY_LENGTH, EditorTouch, make_lasting_name
from talks.models.people import Speaker
from talks.models.posts import Post
from talks.models.runs import ImportRun
from talks.models.takeaways import Takeaway
from talks.models.talks import Talk


class Conflict(models.Model):
    """A field that an editor and the post changed to different values. The row keeps the editor's value meanwhile.

    The field is one of the takeaway, else of the talk, else of the post. `ours` and `theirs` are the editor's value and
    the post's, as editors type them; `settled` is empty while the conflict is open.
    """

    class Settled(models.TextChoices):
        """How a conflict was closed: by an editor's answer, or since post and row now have the same value."""

        MINE = "mine", "kept what was entered here"
        POST = "post", "took the post's"
        EDITED = "edited", "entered something else"
        AGREED = "agreed", "both say the same by now"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="conflicts")
    talk = models.ForeignKey(Talk, null=True, blank=True, on_delete=models.CASCADE, related_name="conflicts")
    takeaway = models.ForeignKey(Takeaway, null=True, blank=True, on_delete=models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=20)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    line = models.PositiveIntegerField(default=1)
    settled = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    run = models.ForeignKey(ImportRun, null=True, blank=True, editable=False, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["settled", "-pk"]

    def __str__(self) -> str:
        return f"{self.field} of {self.about}"

    @property
    def about(self) -> Post | Talk | Takeaway:
        """The row whose field is in conflict."""
        return self.takeaway or self.talk or self.post


class Decision(models.Model):
    """A decision of an editor, stored so that nobody is asked again. Exports include it.

    `subject` names what was decided, in a way that outlasts a restore: `takeaway:<public id>`, `talk:<conference's
    slug>/<slug>`, `post:<key>` or `speaker:<slug>`. For a conflict a space and the field follow. For two speakers who
    are different people it is both names in alphabetical order; a dismissed doubt has a subject made from its cause.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn"
        CONFLICT = "conflict"
        APART = "apart"
        DOUBT = "doubt"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=KEY_LENGTH)
    answer = models.JSONField()

    class Meta:
        ordering = ["kind", "subject"]
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


def name_subject(row: Post | Talk | Takeaway | Speaker) -> str:
    """Return the lasting name of a row, such as `talk:<conference's slug>/<slug>`, by which decisions refer to it."""
    return ":".join(make_lasting_name(row) or ())


@contextmanager
def keep_decisions(talks: Iterable[int]) -> Iterator[None]:
    """Rename decisions and touches of talks whose addresses change inside the `with` block.

    They name a talk by its address. Decisions and touches that had the new name before are deleted.
    """
    moved = list(talks)
    rows = Talk.objects.filter(pk__in=moved).select_related("conference")
    former = {talk.pk: name_subject(talk) for talk in rows} if moved else {}
    yield
    for talk in rows.all() if former else ():
        if (old := former[talk.pk]) != (new := name_subject(talk)):
            _rename_subject(old, new)


def _choose_subject(subject: str) -> Q:
    """Return the condition that selects decisions about the row with this lasting name or about one of its fields."""
    return Q(subject=subject) | Q(subject__startswith=f"{subject} ")


def _rename_subject(old: str, new: str) -> None:
    kind, former = old.split(":", 1)
    key = new.split(":", 1)[1]
    moved = list(Decision.objects.filter(_choose_subject(old)))
    Decision.objects.filter(_choose_subject(new)).delete()
    for decision in moved:
        decision.subject = new + decision.subject[len(old) :]
    Decision.objects.bulk_update(moved, ["subject"])
    EditorTouch.objects.filter(kind=kind, key=key).delete()
    EditorTouch.objects.filter(kind=kind, key=former).update(key=key)

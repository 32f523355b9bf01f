"""Questions that only a person can answer, and the answers, which are never asked for again."""

from django.db import models

from talks.models.notes import Post, Takeaway, Talk
from talks.models.people import Speaker
from talks.models.runs import ImportRun

SUBJECT_LENGTH = 600


class Conflict(models.Model):
    """A field that changed here and in the post, to different things. The row keeps what was entered here.

    It is about the takeaway, else the talk, else the post itself. `ours` and `theirs` are as the field is read and
    written by hand; `settled` is empty as long as it is open.
    """

    class Settled(models.TextChoices):
        """How it came to an end."""

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
        """The row that it is about."""
        return self.takeaway or self.talk or self.post


class Decision(models.Model):
    """A hand's answer that is never asked again: part of the content, like the rows that it is about.

    `subject` names a row for ever: `takeaway:` and a permalink, `talk:` and its conference's address, a slash and
    its own, `post:` and a key, `speaker:` and an address; for a conflict followed by a space and the field. Of two
    speakers who are told apart it names both, in order.
    """

    class Kind(models.TextChoices):
        """What was asked."""

        WITHDRAWN = "withdrawn"
        CONFLICT = "conflict"
        APART = "apart"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    answer = models.JSONField()

    class Meta:
        ordering = ["kind", "subject"]
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


def name_subject(row: Post | Talk | Takeaway | Speaker) -> str:
    """What decisions call the row."""
    if isinstance(row, Speaker):
        return f"speaker:{row.slug}"
    if isinstance(row, Takeaway):
        return f"takeaway:{row.public_id}"
    if isinstance(row, Talk):
        return f"talk:{row.conference.slug}/{row.slug}"
    return f"post:{row.key}"

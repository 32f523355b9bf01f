"""What searching, lists and counts read. All of it follows from other rows and can be made anew at any time."""

from django.db import models

from talks.models.events import Series
from talks.models.notes import Talk
from talks.models.subjects import Tag
from talks.querysets import Audience, SubjectPairQuerySet, TalkSubjectQuerySet


class SearchText(models.Model):
    """All words of a talk, folded as `talks.names.fold_accents` does, with a space before and after each.

    Rows are written by `talks.search` alone.
    """

    talk = models.OneToOneField(Talk, primary_key=True, on_delete=models.CASCADE, related_name="search_text")
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.talk)


class TalkSubject(models.Model):
    """A tag of a talk that is shown, with all that a list or a count of the tag's talks asks for.

    Rows are written by `talks.derived` alone.
    """

    talk = models.ForeignKey(
        Talk,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="subjects",
        help_text="Stays when the talk goes, until its counts are taken back.",
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="subjects", db_index=False)
    audience = models.PositiveSmallIntegerField(choices=Audience.choices)
    year = models.PositiveSmallIntegerField(null=True)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.BinaryField(max_length=100)

    objects = TalkSubjectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "talk"], name="subject_once_a_talk")]
        indexes = [
            models.Index(fields=["tag", "place", "audience"], name="talks_of_subject"),
            models.Index(fields=["tag", "audience", "year", "series"], name="counts_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.tag}: {self.talk}"


class SubjectPair(models.Model):
    """How many talks are on both tags; `tag` has the lower key. A tag's own talks are those on it and on itself.

    Rows are written by `talks.derived` alone.
    """

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    talks = models.IntegerField(default=0, help_text="Talks that everyone may see.")
    drafts = models.IntegerField(default=0, help_text="Further talks, that only staff may see.")

    objects = SubjectPairQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "other"], name="pair_once")]

    def __str__(self) -> str:
        return f"{self.tag} and {self.other}"

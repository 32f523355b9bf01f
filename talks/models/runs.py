"""Import runs, and the outcome of each post in a run."""

from django.db import models

from talks.names import PATH_LENGTH


class ImportRun(models.Model):
    """One import. `totals` maps a kind of row to counts: {"talks": {"created": 6, …}, …}."""

    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    given = models.JSONField(default=list, help_text="The paths that the run was given.")
    totals = models.JSONField(default=dict)
    undone_at = models.DateTimeField("undone", null=True, blank=True, editable=False)
    has_texts = models.BooleanField(
        default=False, editable=False, help_text="Some of its outcomes hold the former text of their post."
    )

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"Import of {self.started_at:%Y-%m-%d %H:%M}"


class ImportOutcome(models.Model):
    """What one import did with one post, and the diagnostics of the post."""

    class Outcome(models.TextChoices):
        CREATED = "created"
        UPDATED = "updated"
        UNCHANGED = "unchanged"
        REFUSED = "refused"
        SKIPPED = "skipped"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="outcomes")
    post = models.ForeignKey("talks.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="outcomes")
    path = models.CharField(max_length=PATH_LENGTH)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    diagnostics = models.JSONField(default=list)
    former_text = models.TextField(
        blank=True, default="", editable=False, help_text="Of a post that the run changed, for the last ten such runs."
    )
    changes = models.JSONField(default=list, editable=False, help_text="What became of the rows that have a history.")

    class Meta:
        ordering = ["run", "pk"]

    def __str__(self) -> str:
        return f"{self.path}: {self.outcome}"

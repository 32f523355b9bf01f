"""Withdraws posts whose files are gone from a searched folder, or excluded there, or that an uploaded folder lacks."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from django.db import transaction

from talks.derived import renew
from talks.importing.escaping import escape
from talks.importing.leading_posts import follow_leading_posts, list_talks_of
from talks.importing.sources import files
from talks.importing.sources.files import Content
from talks.importing.sources.finding import Found
from talks.models import Decision, ImportRun, Post, name_subject
from talks.models.bulk import split_chunks

_BATCH = 100


def withdraw_missing(
    given: Iterable[str | Path | Content], found: Found, met: Collection[int], run: ImportRun | None
) -> list[tuple[str, int]]:
    """Withdraw posts that are no longer below a given folder; return their places and primary keys, sorted by key.

    Posts whose files `exclude` leaves out are withdrawn, too.
    `met` are the primary keys of posts that the run recognised, also at other places. A folder in which the run found
    no post is ignored, since it may be a disk that is not mounted. A post that an editor restored stays. Without a run
    nothing is written.
    """
    searched = [Path(item).resolve() for item in given if not isinstance(item, Content) and Path(item).is_dir()]
    lying = [source.file for source in found.sources if source.file and not source.fault]
    folders = [f"{escape(str(folder))}/" for folder in searched if any(file.is_relative_to(folder) for file in lying)]
    there = {source.place for source in found.sources}
    gone = []
    for pk, path in Post.objects.filter(withdrawn=False).order_by().values_list("pk", "path"):
        below = any(path.startswith(folder) for folder in folders)
        is_missing = below and path not in there and not files.exists(path)
        if pk not in met and (is_missing or path in found.excluded):
            gone.append(pk)
    missing = _leave_out_restored(list(Post.objects.filter(pk__in=gone).only("key", "path").order_by("key")))
    if run:
        withdraw_absent(missing, run.pk)
    return [(post.path, post.pk) for post in missing]


def find_absent(names: Collection[str]) -> list[Post]:
    """Return stored posts whose first folder is that of an uploaded path in `names`, but whose path is not in `names`.

    A post that an editor restored is left out. Names without a folder are ignored.
    """
    folders = {name.split("/", 1)[0] for name in names if "/" in name}
    rows = Post.objects.filter(withdrawn=False).only("key", "path").order_by("key")
    absent = [post for post in rows if post.path.split("/", 1)[0] in folders and "/" in post.path]
    absent = [post for post in absent if post.path not in names]
    return _leave_out_restored(absent)


def withdraw_absent(posts: Sequence[Post], run: int | None) -> None:
    """Withdraw posts that are missing in their folder.

    A talk that also other posts have notes of then shows what the first of those posts says.
    """
    for batch in split_chunks(posts, _BATCH):
        with transaction.atomic():
            with follow_leading_posts(batch):
                Post.objects.filter(pk__in=[post.pk for post in batch]).update(withdrawn=True, run_id=run)
            renew(list_talks_of(batch), [post.pk for post in batch])


def _leave_out_restored(posts: Collection[Post]) -> list[Post]:
    """Return the posts except those that an editor restored after they had been withdrawn."""
    decided = Decision.objects.filter(kind=Decision.Kind.WITHDRAWN, subject__in=[name_subject(post) for post in posts])
    restored = {decision.subject for decision in decided if decision.answer is False}
    return [post for post in posts if name_subject(post) not in restored]

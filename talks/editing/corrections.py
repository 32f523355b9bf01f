"""Previews, saves and undoes corrections, by which an editor changes how the parser reads a post.

A correction says, for instance, that a line begins a talk. Saving a correction imports the post again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from talks import parsing
from talks.editing.page_stamps import make_stamp
from talks.editing.replaced_corrections import replace_corrections
from talks.importing import ImportRunningError, NotRereadError, read_corrected, reimport_posts
from talks.models import LOGIN_LENGTH, Correction, EditorTouch, Post

MOST_CORRECTIONS = 200
MOST_POSTS = 500
_STATEMENTS = frozenset({parsing.Act.POST, parsing.Act.IMAGE})


class NotCorrectedError(Exception):
    """The correction was not saved; the message says why, and what to do."""


class UnchangedError(NotCorrectedError):
    """The correction was not saved, since the post is read so already."""


class OutsideTalksError(NotCorrectedError):
    """The correction was not saved, since it calls a line a takeaway of its talk, but the line is in no talk."""


class OutdatedError(NotCorrectedError):
    """The correction was not saved, since the post changed after the editor saw it."""


def make_version(post: Post) -> str:
    """Return a digest of the post and its corrections, by which a page notices that they changed since it was shown."""
    rows = Correction.objects.filter(post=post).order_by("number").values_list("number", "active")
    made = ".".join(f"{number}" if active else f"{number}-" for number, active in rows)
    return make_stamp(post.digest, made)


def make_reading_url(post: int, line: int) -> str:
    """Return the address of the admin page that shows how this line of the post was read."""
    return f"{reverse('admin:talks_post_reading', args=[post])}?line={line}#L{line}"


def list_corrections(post: Post, *more: parsing.Correction) -> tuple[parsing.Correction, ...]:
    """Return the post's active corrections and the unsaved ones `more`, except active ones that `more` replace.

    What an unsaved correction does not say itself, such as the speakers, it takes over from those that it replaces.
    """
    held = Correction.objects.of_post(post.pk)
    new = replace_corrections(parsing.read_anchor_lines(post.source), held, more)
    gone = {number for each in new for number in each.numbers}
    return (*(each for each in held if each.number not in gone), *(each.correction for each in new))


def preview_corrections(
    post: Post, corrections: Sequence[parsing.Correction], before: parsing.ParsedPost | None = None
) -> parsing.ParsedPost:
    """Return the post as parsed with its active corrections and these unsaved ones; nothing is stored.

    `before` is the post as parsed without the unsaved ones; if it is not given, the post is parsed once more. Raises
    `NotCorrectedError` if an unsaved one does not fit the post; `OutsideTalksError` if one calls a line of no talk a
    takeaway; `UnchangedError` if all of them together change nothing, and none is worth saving nevertheless
    (`list_statements`).
    """
    parsed, before = preview_reading(post, *corrections), before or preview_reading(post)
    unfit = [said for said in parsed.diagnostics if said.code == "correction-unfit"]
    if len(unfit) > sum(said.code == "correction-unfit" for said in before.diagnostics):
        raise NotCorrectedError(unfit[-1].message)
    if line := _find_outside(post, parsed, corrections):
        raise OutsideTalksError(f"Line {line} is in no talk.")
    if not list_statements(post, corrections) and _is_same(parsed, before, corrections):
        raise UnchangedError("The post is read so already: nothing would be read otherwise.")
    return parsed


def list_statements(post: Post, corrections: Iterable[parsing.Correction]) -> list[parsing.Correction]:
    """Return those of the corrections that are worth saving even if the post is read so already.

    They are images, answers for the whole post, and the statement that a talk has no speakers, which ends the question
    who gave it. This statement is left out if an active correction makes it already.
    """
    held = Correction.objects.of_post(post.pk)
    nobody = {(said.first, said.within) for said in held if said.speakers == ()}
    return [
        said
        for said in corrections
        if said.act in _STATEMENTS or (said.speakers == () and (said.first, said.within) not in nobody)
    ]


def _find_outside(post: Post, parsed: parsing.ParsedPost, corrections: Iterable[parsing.Correction]) -> int | None:
    """Return the number of the first line that a correction calls a takeaway, but that is in no talk; None without one.

    Blank lines do not count, nor lines of comments, properties and footnotes.
    """
    lines = parsing.read_anchor_lines(post.source)
    hidden = (*parsed.comments, *parsed.properties, *parsed.footnotes)
    spans = [(part.line, part.end_line) for part in (*hidden, *(head for talk in parsed.talks for head in talk.head))]
    spans += [(unit.line, unit.end_line) for talk in parsed.talks for unit in talk.walk()]
    told = {line for first, last in spans for line in range(first, last + 1)}
    called = (line for said in corrections if said.act is parsing.Act.UNITS for line in said.find_lines(lines))
    return next((line for line in called if line not in told and lines[line - 1].strip("> \t")), None)


def _is_same(parsed: parsing.ParsedPost, before: parsing.ParsedPost, corrections: Iterable[parsing.Correction]) -> bool:
    """Whether two readings of a post are the same.

    If all corrections only give details of talks, it does not matter how certain the talks are.
    """
    if all(said.act is parsing.Act.DETAILS for said in corrections):
        parsed, before = (
            replace(post, talks=tuple(replace(talk, certainty=1.0) for talk in post.talks)) for post in (parsed, before)
        )
    return parsed == before


def preview_reading(post: Post, *more: parsing.Correction) -> parsing.ParsedPost:
    """Return the post as parsed with its active corrections and the unsaved ones `more`, whether these fit or not.

    Active ones that `more` replace are left out, as in `list_corrections`. Nothing is stored. Raises
    `NotCorrectedError` if the post cannot be read again.
    """
    try:
        return read_corrected(post, list_corrections(post, *more))
    except NotRereadError as fault:
        raise NotCorrectedError(str(fault)) from None


def add_corrections(
    post: Post, corrections: Sequence[parsing.Correction], *, made_by: str, version: str
) -> list[Correction]:
    """Save corrections, import the post again at once, and return the rows of the corrections.

    `version` is the digest of the post that the editor saw (see `make_version`). Saves none and raises an error as
    `preview_corrections` does, `OutdatedError` if the post changed since, `NotCorrectedError` if the import refuses or
    skips it.
    """
    preview_corrections(post, corrections)
    with transaction.atomic():
        _lock_post(post, version)
        rows = _store_corrections(post, corrections, made_by)
        _reimport_posts([post])
    return rows


def _store_corrections(post: Post, corrections: Sequence[parsing.Correction], made_by: str) -> list[Correction]:
    made = Correction.objects.filter(post=post)
    last = made.aggregate(last=Max("number"))["last"] or 0
    held = Correction.objects.of_post(post.pk)
    new = replace_corrections(parsing.read_anchor_lines(post.source), held, corrections)
    gone = [number for each in new for number in each.numbers]
    if len(held) - len(gone) + len(new) > MOST_CORRECTIONS:
        raise NotCorrectedError(f"A post has at most {MOST_CORRECTIONS} corrections: rather edit its file.")
    rows = [make_correction_row(post, number, each.correction, made_by) for number, each in enumerate(new, last + 1)]
    for row, each in zip(rows, new, strict=True):
        row.made_at = rows[0].made_at  # what is saved together is undone together
        row.value |= {"replaces": list(each.numbers)} if each.numbers else {}
    made.filter(number__in=gone).update(active=False)
    return Correction.objects.bulk_create(rows)


def make_correction_row(post: Post, number: int, correction: parsing.Correction, made_by: str) -> Correction:
    """Return an unsaved row for this correction of the post."""
    anchor, value = parsing.store_correction(correction)
    act = correction.act.value
    return Correction(post=post, number=number, act=act, anchor=anchor, value=value, made_by=made_by[:LOGIN_LENGTH])


def choose_posts(post: Post, scope: str) -> list[Post]:
    """Return the posts that an answer applies to: "one" post, those in its "folder", or all "unnamed" posts.

    Posts in folders below do not count, nor do withdrawn ones. "unnamed" posts name no conference. The posts are sorted
    by key. The list may be one longer than `MOST_POSTS`, as a sign that there are more.
    """
    posts = Post.objects.filter(withdrawn=False).order_by("key")
    if scope == "folder":
        folder = post.key.rpartition("/")[0]
        near = posts.filter(key__startswith=f"{folder}/") if folder else posts
        keys = [key for key in near.values_list("key", flat=True) if key.rpartition("/")[0] == folder]
        return list(posts.filter(key__in=keys[: MOST_POSTS + 1]))
    if scope == "unnamed":
        return list(posts.filter(conference__series=None)[: MOST_POSTS + 1])
    return [post]


def digest_posts(posts: Iterable[Post]) -> str:
    """Return a digest of the posts in this order, which changes if a post is added, removed or changed."""
    return make_stamp(*(f"{post.pk} {post.digest}" for post in posts))


def apply_correction(posts: Sequence[Post], correction: parsing.Correction, *, made_by: str) -> None:
    """Save the same correction for several posts and import all of them again.

    Raises `NotCorrectedError`, and changes no post, if there are more than `MOST_POSTS`, or if one is withdrawn or
    cannot be imported.
    """
    if len(posts) > MOST_POSTS:
        raise NotCorrectedError(f"At most {MOST_POSTS} posts at once: a confnotes.toml in the folder says it for all.")
    with transaction.atomic():
        rows = list(Post.objects.select_for_update().filter(pk__in=[post.pk for post in posts]).order_by("pk"))
        if gone := next((post for post in rows if post.withdrawn), None):
            raise NotCorrectedError(f"{gone.key} is withdrawn, and reading it again would restore it: leave it out.")
        for post in rows:
            _store_corrections(post, [correction], made_by)
        _reimport_posts(rows)


def switch_correction(correction: Correction, *, active: bool, version: str) -> None:
    """Make a correction active or inactive, and the corrections that it replaces the opposite; import the post again.

    Raises `OutdatedError` if the post changed since the editor saw it (`version`), `NotCorrectedError` if the import
    refuses or skips it.
    """
    _switch([correction], active=active, version=version)


def undo_last_save(post: Post, *, version: str) -> list[Correction]:
    """Make the corrections that were last saved together inactive, import the post again, and return these corrections.

    The corrections that they replaced are active again. Raises `OutdatedError` if the post changed since the editor saw
    it (`version`), `NotCorrectedError` if the import refuses or skips it, or if no correction is left.
    """
    rows = Correction.objects.filter(post=post).list_last_saved()
    if not rows:
        raise NotCorrectedError("No correction is left to undo.")
    _switch(rows, active=False, version=version)
    return rows


def _switch(corrections: Sequence[Correction], *, active: bool, version: str) -> None:
    post = corrections[0].post
    with transaction.atomic():
        _lock_post(post, version)
        for each in corrections:
            _switch_one(each, active=active)
        _reimport_posts([post])


def _switch_one(correction: Correction, *, active: bool) -> None:
    """Store that a correction is `active` or not, and the opposite for the corrections that it replaces.

    A correction that becomes active replaces, from now on, only those of them that were active.
    """
    others = Correction.objects.filter(post=correction.post).exclude(pk=correction.pk)
    replaced = others.filter(number__in=correction.replaces)
    if active:
        now = list(replaced.filter(active=True).values_list("number", flat=True))
        correction.value = {key: said for key, said in correction.value.items() if key != "replaces"}
        correction.value |= {"replaces": now} if now else {}
    Correction.objects.filter(pk=correction.pk).update(active=active, value=correction.value)
    replaced.filter(number__in=correction.replaces).update(active=not active)


def _lock_post(post: Post, version: str) -> None:
    list(Post.objects.select_for_update().filter(pk=post.pk).order_by().values_list("pk"))
    now = Post.objects.only("digest").get(pk=post.pk)
    if make_version(now) != version:
        raise OutdatedError(
            "The post was changed meanwhile, by an import or by somebody else, and nothing was saved. "
            "Look at it as it is now, and repeat what you wanted."
        )


def _reimport_posts(posts: Sequence[Post]) -> None:
    """Import corrected posts again, and record that an editor changed them.

    Raises `NotCorrectedError` if a post is refused or skipped, or while another import is running.
    """
    try:
        outcomes = reimport_posts(posts)
    except (NotRereadError, ImportRunningError) as fault:
        raise NotCorrectedError(str(fault)) from None
    for outcome in outcomes:
        if outcome.outcome in {"refused", "skipped"}:
            said = " ".join(str(remark["message"]) for remark in outcome.diagnostics)
            raise NotCorrectedError(f"{outcome.path} was not read again. {said}")
    EditorTouch.record(posts, "changed")

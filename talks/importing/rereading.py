"""Parses or imports a post of the base again, after an editor corrected how it is read.

For this it finds the source of a post: its file, if this still has the imported text, or the stored text alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F

from talks import parsing
from talks.importing.escaping import escape
from talks.importing.post_identity import digest_text, make_key
from talks.importing.report import PostOutcome
from talks.importing.run import Run, parse_source
from talks.importing.sources.files import Content, Source, exists
from talks.importing.sources.finding import find_sources
from talks.importing.sources.folders import Folders, cut_path
from talks.importing.sources.texts import is_converted, read_markdown, read_text
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.run_journal import close_run, open_run
from talks.models import Post
from talks.names import cut_stored_path
from talks.parsing import NO_FACTS, Diagnostic, ParsedPost

NO_ANSWERS: Mapping[str, Any] = {}


class NotRereadError(Exception):
    """The post cannot be parsed again now; the message says why, and what to do."""


class ImportRunningError(Exception):
    """Nothing was done, since another import is running; the message explains this to an editor."""


def make_lone_source(post: Post) -> Source:
    """Return the stored text of the post as a `Source` without a file, to parse or import it again."""
    name = cut_path(post.path)
    name = f"{name}.md" if is_converted(name) else name  # the text of the base is Markdown
    return Source(post.path, post.path, post.key, name, data=post.source.encode())


def make_former_source(post: Post, text: str) -> Source:
    """Return a former text of the post as a `Source` at the place of its file, so that facts about the folder apply.

    If the file is gone or cannot be read, return the text as a `Source` without a file.
    """
    lone = replace(make_lone_source(post), data=text.encode())
    if not exists(post.path):
        return lone
    source = next(iter(find_sources([post.path])), None)
    if source is None or source.fault:
        return lone
    name = lone.name if is_converted(source.name) else source.name  # the text of the base is Markdown
    return replace(lone, name=name, file=source.file, root=source.root, top=_find_top(post, source))


def _find_top(post: Post, source: Source) -> Path | None:
    """Return the folder to which the post's key is relative: the marked one, else the part of its path before the key.

    If the path does not end in the key, it is the `top` of `source`.
    """
    return source.root or (Path(post.path.removesuffix(post.key)) if post.path.endswith(f"/{post.key}") else source.top)


def find_post_of_file(file: Path | None, text: str, own_id: str = "") -> int | None:
    """Return the primary key of the post imported from this file, else of a post with this text; None without one.

    A post that was restored from an export has its key as its place until it is imported: it is found by `own_id`, the
    `id` in the text, or by the end of the file's path. Withdrawn posts are not looked at.
    """
    posts = Post.objects.filter(withdrawn=False)
    if file is not None:
        if found := posts.filter(path=cut_stored_path(escape(str(file)))).first():
            return found.pk
        parts = file.parts
        keys = [own_id, *(make_key("/".join(parts[n:]), folder=parts[n - 1]) for n in range(1, len(parts)))]
        stored = {post.key: post.pk for post in posts.filter(key__in=keys, path=F("key")).only("key")}
        if known := next((stored[key] for key in keys if key in stored), None):
            return known
    same = posts.filter(digest__startswith=digest_text(text)).first()
    return same.pk if same else None


def find_source(post: Post) -> Source:
    """Return the post's file as a `Source` if it still has the imported text; without a file, the stored text alone.

    Raises `NotRereadError` if the file now contains another text, or cannot be read.
    """
    lone = make_lone_source(post)
    if not exists(post.path):
        return lone
    source = next(iter(find_sources([post.path])), None)
    if source is None or source.fault:
        raise NotRereadError("The post's file cannot be read. Put it right and import it first.")
    text = read_markdown(source.name, read_text(source, settings.POST_MAX_BYTES))
    if text != post.source:
        raise NotRereadError("The post's file was changed since it was imported. Import it first.")
    return replace(source, key=post.key, top=_find_top(post, source))


def read_corrected(
    post: Post, corrections: Sequence[parsing.Correction], hints: Mapping[str, Any] = NO_ANSWERS
) -> ParsedPost:
    """Parse the post with these corrections, as an import would, and return it. Nothing is written.

    `hints` are applied as if the folder's `confnotes.toml` contained them, unless it already says something else.
    Raises `NotRereadError` if the post's file or that `confnotes.toml` cannot be read, or the file has another text,
    and `NotTakenError` if the parser crashes.
    """
    source, folders = find_source(post), Folders()
    folder = folders.read_hints(source.root)
    if folder.fault:
        raise NotRereadError(folder.fault.message)
    more = {name: value for name, value in hints.items() if getattr(folder.hints, name) is None}
    folder = replace(folder, hints=replace(folder.hints, **more))
    return parse_source(source, post.source, folder, folders.read_facts(source.file), tuple(corrections))


def make_content_source(content: Content) -> Source:
    return next(iter(find_sources([content])))


def read_content(content: Content, corrections: Sequence[parsing.Correction] = ()) -> tuple[str, ParsedPost] | None:
    """Parse a post without a file, as an import would; return None if it cannot be read as text. Nothing is written.

    The text to which lines of the parsed post refer comes first: it is Markdown, whatever format the post has. Raises
    `NotTakenError` if the parser crashes.
    """
    source = make_content_source(content)
    text = read_markdown(source.name, read_text(source, settings.POST_MAX_BYTES))
    if source.fault or isinstance(text, Diagnostic):
        return None
    return text, parse_source(source, text, Folders().read_hints(None), NO_FACTS, tuple(corrections))


def reimport_posts(posts: Sequence[Post]) -> list[PostOutcome]:
    """Import posts again from their files, or from their stored text if they have no file, in one run.

    Return the outcomes, in the order of the posts. Raises `NotRereadError`, before anything is written, if a post
    cannot be read, and `ImportRunningError` while another import is running.
    """
    sources = [find_source(post) for post in posts]
    with hold_lock(refuse_to_wait):
        return import_sources(sources)


def import_sources(sources: Sequence[Source]) -> list[PostOutcome]:
    """Import only these files and texts (`Source`), in one run; return their outcomes in order.

    The caller must hold the import lock.
    """
    row = open_run([source.path for source in sources])
    run = Run(sources, row, Folders(), strict=False)
    run.import_all(sources)
    run.finish(())
    close_run(row, run.unkept, run.tally.total())
    return run.outcomes


def refuse_to_wait() -> None:
    """Raise `ImportRunningError`, since an editor in a browser should not wait for another import."""
    raise ImportRunningError("An import is running. Try again when it has ended.")

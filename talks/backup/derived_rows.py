"""What is stored though it follows from something else: it must be what follows."""

import re
from collections.abc import Iterator
from typing import Any

from talks import names
from talks.derived import find_stale_references, read_resource
from talks.markup import NO_IMAGES, render
from talks.models import (
    Conference,
    EditorTouch,
    Media,
    Post,
    PostMedia,
    Reference,
    Series,
    Speaker,
    SpeakerAlias,
    Tag,
    TagAlias,
    Takeaway,
    Talk,
    Writer,
)

_CHUNK = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")


def derive_alias(alias: TagAlias | SpeakerAlias, line: dict[str, Any]) -> None:
    """Set the form under which another name of a tag or a speaker compares."""
    alias.folded = (names.fold_tag if isinstance(alias, TagAlias) else names.fold_name)(alias.name)


def derive_reference(reference: Reference, line: dict[str, Any]) -> None:
    """Set what follows from the address; raises ValueError where it is none of the web's."""
    resource = read_resource(reference.url)
    if not resource:
        raise ValueError(f"`url` is no address of the web: {reference.url[:100]}")
    reference.host, reference.key = resource.host, resource.key


def derive_media(media: Media, line: dict[str, Any]) -> None:
    """Nothing follows, but the digest is a path of the media store; raises ValueError where it is none."""
    if not _DIGEST.fullmatch(media.digest):
        raise ValueError(f"`digest` is none: {media.digest}")


def derive_post(post: Post, line: dict[str, Any]) -> None:
    """Set the HTML, but for images, of what stands around the talks. Where the file lies the next import tells."""
    post.path = post.key
    post.intro_html = render(post.intro, post=post.key).html
    post.outro_html = render(post.outro, post=post.key).html


def derive_talk(talk: Talk, line: dict[str, Any]) -> None:
    """Set the form by which the talk is sorted."""
    talk.sort_key = names.sort_title(talk.title)


def derive_takeaway(takeaway: Takeaway, line: dict[str, Any]) -> None:
    """Set the HTML, but for images; raises ValueError where the permalink is none."""
    if not names.is_permalink(takeaway.public_id):
        raise ValueError(f"`public_id` is no permalink: {takeaway.public_id}")
    takeaway.html = render(takeaway.text, post=line["post"], kind=takeaway.kind).html


def derive_touch(touch: EditorTouch, line: dict[str, Any]) -> None:
    """Leave open when an editor touched the row: exports hold no times."""
    touch.touched_at = None


def find_derived_faults() -> Iterator[str]:
    """HTML that is not its text's, keys that are not their name's, addresses that are none."""
    yield from _find_wrong_names()
    yield from _find_wrong_aliases()
    yield from _find_wrong_takeaways()
    yield from _find_wrong_posts()
    yield from _find_wrong_references()


def _find_wrong_names() -> Iterator[str]:
    for model in (Series, Speaker, Writer, Tag):
        fold, sort = (names.fold_tag, names.sort_tag) if model is Tag else (names.fold_name, names.sort_name)
        rows = model._default_manager.order_by("pk").values_list("slug", "name", "folded", "sort_key")
        for slug, name, folded, sort_key in rows.iterator(_CHUNK):
            if (folded, sort_key) != (fold(name), sort(name)):
                yield f"The {model._meta.verbose_name} {slug} is not compared and sorted by its name, {name}."
            if not slug:
                yield f"The {model._meta.verbose_name} {name} has no address."
    talks = Talk.objects.order_by("pk").values_list("conference__slug", "slug", "title", "sort_key")
    for conference, slug, title, sort_key in talks.iterator(_CHUNK):
        if sort_key != names.sort_title(title):
            yield f"The talk {conference}/{slug} is not sorted by its title, {title}."
        if not slug:
            yield f"The talk {title} of {conference} has no address."
    for unnamed in Conference.objects.filter(slug="").select_related("series"):
        yield f"The conference {unnamed} has no address."
    for key in Post.objects.filter(slug="").values_list("key", flat=True):
        yield f"The post {key} has no address."


def _find_wrong_aliases() -> Iterator[str]:
    for alias_of, fold in ((TagAlias, names.fold_tag), (SpeakerAlias, names.fold_name)):
        noun = alias_of._meta.verbose_name
        for name, folded in alias_of._default_manager.order_by("pk").values_list("name", "folded").iterator(_CHUNK):
            if folded != fold(name):
                yield f"The {noun} {name} is not compared by its name."
    for name in SpeakerAlias.objects.filter(folded__in=Speaker.objects.values("folded")).values_list("name", flat=True):
        yield f"{name} is a speaker, and another name of one."


def _find_wrong_takeaways() -> Iterator[str]:
    images = PostMedia.objects.all().addresses()
    rows = Takeaway.objects.order_by("pk").values_list("public_id", "text", "kind", "html", "post__key", "post")
    for public_id, text, kind, html, key, post in rows.iterator(_CHUNK):
        if not names.is_permalink(public_id):
            yield f"The takeaway {public_id} has no permalink of ten characters."
        if html != render(text, post=key, kind=kind, images=images.get(post, NO_IMAGES)).html:
            yield f"The HTML of the takeaway {public_id} is not that of its text."


def _find_wrong_posts() -> Iterator[str]:
    images = PostMedia.objects.all().addresses()
    rows = Post.objects.order_by("pk").values_list("pk", "key", "intro", "intro_html", "outro", "outro_html")
    for pk, key, intro, intro_html, outro, outro_html in rows.iterator(_CHUNK):
        for part, text, html in (("intro", intro, intro_html), ("outro", outro, outro_html)):
            if html != render(text, post=key, images=images.get(pk, NO_IMAGES)).html:
                yield f"The HTML of the {part} of the post {key} is not that of its text."


def _find_wrong_references() -> Iterator[str]:
    for key, host, url in Reference.objects.order_by("pk").values_list("key", "host", "url").iterator(_CHUNK):
        resource = read_resource(url)
        if not resource or (resource.key, resource.host) != (key, host):
            yield f"The reference {url} is not compared by its address."
    for url, due in find_stale_references():
        yield f"The reference {url} should be shown as {due}."

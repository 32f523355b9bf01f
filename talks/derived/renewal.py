"""Renews all derived data but HTML of talks and posts, after an import or an edit.

The order matters: mentions follow from the texts of talks, listings from tags and visibility, addresses of references
from who may see the citations, and the search text from all of these.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Model

from talks import markup, names
from talks.derived.listings import refresh_listings
from talks.derived.mentions import load_vocabulary, refresh_mentions
from talks.derived.new_talks import NO_NEW_TALKS, NewTalks
from talks.derived.reference_addresses import refresh_references
from talks.derived.search_text import refresh_passages, refresh_search_text
from talks.derived.texts_read import NOTHING_READ, ReadTexts
from talks.models import Conference, Post, PostMedia, Series, Tag, Takeaway, Talk, TalkSource, Writer
from talks.vocabulary import load_shipped, split_words

_PATHS_TO_NAMES: dict[type[Model], str] = {
    Post: "pk",
    Writer: "writer",
    Conference: "conference",
    Series: "conference__series",
    Tag: "tagged__tag",
}


def renew(
    talks: Iterable[int],
    posts: Iterable[int] = (),
    new: NewTalks = NO_NEW_TALKS,
    texts: ReadTexts = NOTHING_READ,
) -> None:
    """Renew mentions, listings, references and search text of these talks, and the search text of these posts.

    A deleted talk or post loses its derived data. `new` are those of the talks that this transaction made; `texts` are
    texts that were read before and are not read again. HTML is not rendered; see `render_takeaway`.
    """
    chosen = sorted(set(talks))
    vocabulary = replace(load_vocabulary(), known=texts.names)
    refresh_mentions(chosen, vocabulary, new)
    refresh_listings(chosen, new)
    refresh_references(chosen, new.talks)
    refresh_search_text(chosen, vocabulary, texts.notes, new)
    refresh_passages(posts)


def find_posts_naming(rows: Iterable[Model]) -> set[int]:
    """Return the ids of posts whose search text has the names of these rows: posts, writers, events or tags.

    Rows of other models are passed over.
    """
    found: set[int] = set()
    for row in rows:
        if path := _PATHS_TO_NAMES.get(type(row)):
            found.update(Post.objects.filter(**{path: row.pk}).values_list("pk", flat=True))
    return found


def renew_names(spellings: Iterable[str]) -> None:
    """Renew the mentions of talks that may mention these names; where mentions change, also listings and search text.

    Call it after the vocabulary gained or lost the names.
    """
    changed = refresh_mentions(find_talks_naming(spellings))
    refresh_listings(changed)
    refresh_search_text(changed)


def render_takeaway(takeaway: Takeaway) -> str:
    """Return the HTML of a takeaway's text; links and images are resolved relative to the takeaway's post."""
    images: Mapping[str, str] = markup.NO_IMAGES
    if takeaway.post_id and any(markup.find_images(takeaway.text)):
        images = PostMedia.objects.filter(post=takeaway.post_id).addresses().get(takeaway.post_id, images)
    post = takeaway.post.key if takeaway.post else ""
    return markup.render(takeaway.text, post=post, kind=takeaway.kind, images=images).html


def find_talks_naming(spellings: Iterable[str]) -> set[int]:
    """Return the ids of talks that may mention one of the names, in their own texts or in texts of their posts."""
    wanted = {parts for name in _add_shipped_spellings(spellings) if (parts := _list_parts(name))}
    found: set[int] = set()
    if not wanted:
        return found
    sources = TalkSource.objects.filter(withdrawn=False)
    for rows in (
        Talk.objects.values_list("pk", "title"),
        Takeaway.objects.filter(withdrawn=False).values_list("talk", "text"),
        sources.values_list("talk", "post__title"),
        sources.exclude(post__tagged=None).values_list("talk", "post__tagged__tag__name"),
    ):
        for talk, text in rows.order_by().iterator(5_000):
            folded = names.drop_accents(text).casefold()
            if any(all(part in folded for part in parts) for parts in wanted):
                found.add(talk)
    return found


def _add_shipped_spellings(spellings: Iterable[str]) -> set[str]:
    """Return the given names, and all spellings of each entry of the shipped vocabulary that has one as its name."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for spelling in spellings:
        wanted[names.fold(spelling)].add(spelling)
    for entry in load_shipped():
        if entry.key in wanted:
            wanted[entry.key] |= {way for way, _ in entry.list_spellings()}
    return {name for found in wanted.values() for name in found}


def _list_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name, longest first, each cut to what its singular and plural share; () for no words."""
    words = split_words(name)
    parts = {word.removesuffix("y") for word in words.singular}
    return tuple(sorted(parts, key=len, reverse=True))

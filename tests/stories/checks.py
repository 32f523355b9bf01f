"""What must hold whenever work is done: one sentence for each thing that does not."""

import random
from collections.abc import Iterator
from typing import Any

from django.utils.html import escape

from talks.keeping import check_base, rebuild_base
from talks.models import Conference, Post, Speaker, Tag, Takeaway, Talk, TalkAddress
from tests.stories.hands import Hand

_LOOKED_AT = 4  # pages of a kind, of all that there are
_PAGES = ["/", "/talks/", "/tags/", "/posts/", "/references/", "/series/", "/conferences/", "/speakers/", "/writers/"]


class Memory:
    """All addresses that there ever were. What was removed for good is forgotten."""

    def __init__(self) -> None:
        self.permalinks: set[str] = set()
        self.talks: set[tuple[str, str]] = set()

    def note(self) -> None:
        """Remember what there is now."""
        self.permalinks |= set(Takeaway.objects.values_list("public_id", flat=True))
        self.talks |= set(Talk.objects.values_list("conference__slug", "slug"))

    def forget(self, hand: Hand) -> None:
        """Keep what is there still, and let the hand do so."""
        self.permalinks = set(Takeaway.objects.values_list("public_id", flat=True))
        former = TalkAddress.objects.values_list("conference_slug", "slug")
        self.talks = set(Talk.objects.values_list("conference__slug", "slug")) | set(former)
        hand.texts = {public_id: text for public_id, text in hand.texts.items() if public_id in self.permalinks}
        hand.titles = {address: title for address, title in hand.titles.items() if address in self.talks}
        hand.hidden &= self.permalinks


def find_faults(memory: Memory, hand: Hand, reader: Any, dice: random.Random) -> Iterator[str]:
    """All that is wrong."""
    memory.note()
    yield from check_base()
    if changed := {name: count for name, count in rebuild_base().items() if count}:
        yield f"Rebuilding changed {changed}."
    yield from _find_lost(memory, hand)
    yield from _find_dead(memory, hand, reader, dice)
    yield from _find_shown(reader, dice)


def _find_lost(memory: Memory, hand: Hand) -> Iterator[str]:
    texts = dict(Takeaway.objects.values_list("public_id", "text"))
    for public_id, text in hand.texts.items():
        if texts.get(public_id) != text:
            yield f"The hand's text of {public_id}, {text!r}, became {texts.get(public_id)!r}."
    for address, title in hand.titles.items():
        talk = _find_talk(address)
        if talk is None or talk.title != title:
            yield f"The hand's title of {address}, {title!r}, became {talk and talk.title!r}."
    said = Post.objects.visible().values_list("title", "intro", "outro")
    shown = "\n".join([*visible.values_list("text", flat=True), *(text for post in said for text in post)])
    secret = [row for row in Takeaway.objects.exclude(pk__in=visible) if len(row.text) > 20 and row.text not in shown]
    listed = [Conference, Post, Speaker, Tag, Talk]
    pages = [*_PAGES, *(row.get_absolute_url() for model in listed for row in model.objects.visible())]
    pages += [f"/search/?q={row.text[:25]}" for row in secret[:3]]
    withdrawn = {row.pk for row in secret if row.withdrawn or row.post_id is None}
    for page in dice.sample(pages, min(_LOOKED_AT, len(pages))):
        response = reader.get(page)
        text = response.content.decode()
        if response.status_code != 200:
            yield f"{page} answers {response.status_code}."
        for row in secret:
            stands = (
                page.startswith("/posts/") and row.pk in withdrawn
            )  # a line of the source may say what is withdrawn
            if not stands and not page.startswith("/search/") and escape(row.text) in text:
                yield f"{page} shows {row.public_id}, {row.text!r}."
            if f"/t/{row.public_id}/" in text or f'id="t-{row.public_id}"' in text:
                yield f"{page} leads to {row.public_id}."

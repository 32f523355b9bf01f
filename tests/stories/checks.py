"""Checks after each step of a story; each fault is a sentence."""

import random
from collections.abc import Iterator
from typing import Any

from django.utils.html import escape

from talks.backup import check_base, rebuild_base
from talks.models import Conference, Post, Speaker, Tag, Takeaway, Talk, TalkAddress
from tests.stories.editors import Editor

_LOOKED_AT = 4  # pages of a kind, of all that there are
_PAGES = ["/", "/talks/", "/tags/", "/posts/", "/references/", "/series/", "/conferences/", "/speakers/", "/writers/"]


class Memory:
    """All addresses that ever existed, except those that were removed for good."""

    def __init__(self) -> None:
        self.permalinks: set[str] = set()
        self.talks: set[tuple[str, str]] = set()

    def note(self) -> None:
        """Remember the addresses that exist now."""
        self.permalinks |= set(Takeaway.objects.values_list("public_id", flat=True))
        self.talks |= set(Talk.objects.values_list("conference__slug", "slug"))

    def forget(self, editor: Editor) -> None:
        """Forget addresses that do not exist now, also in the editor's memory."""
        self.permalinks = set(Takeaway.objects.values_list("public_id", flat=True))
        former = TalkAddress.objects.values_list("conference_slug", "slug")
        self.talks = set(Talk.objects.values_list("conference__slug", "slug")) | set(former)
        editor.texts = {public_id: text for public_id, text in editor.texts.items() if public_id in self.permalinks}
        editor.titles = {address: title for address, title in editor.titles.items() if address in self.talks}
        editor.hidden &= self.permalinks


def find_faults(memory: Memory, editor: Editor, reader: Any, dice: random.Random) -> Iterator[str]:
    """Yield a sentence for each fault."""
    memory.note()
    yield from check_base()
    if changed := {name: count for name, count in rebuild_base().items() if count}:
        yield f"Rebuilding changed {changed}."
    yield from _find_lost(memory, editor)
    yield from _find_dead(memory, editor, reader, dice)
    yield from _find_shown(reader, dice)


def _find_lost(memory: Memory, editor: Editor) -> Iterator[str]:
    texts = dict(Takeaway.objects.values_list("public_id", "text"))
    for public_id, text in editor.texts.items():
        if texts.get(public_id) != text:
            yield f"The editor's text of {public_id}, {text!r}, became {texts.get(public_id)!r}."
    for address, title in editor.titles.items():
        talk = _find_talk(address)
        if talk is None or talk.title != title:
            yield f"The editor's title of {address}, {title!r}, became {talk and talk.title!r}."
    shown = set(Takeaway.objects.filter(hidden=False).values_list("public_id", flat=True))
    for public_id in editor.hidden & shown:
        yield f"{public_id} was hidden and is so no more."


def _find_talk(address: tuple[str, str]) -> Any:
    """Return the talk that has this address, or had it before."""
    conference, slug = address
    return (
        Talk.objects.filter(conference__slug=conference, slug=slug).first()
        or Talk.objects.filter(addresses__conference_slug=conference, addresses__slug=slug).first()
    )


def _find_dead(memory: Memory, editor: Editor, reader: Any, dice: random.Random) -> Iterator[str]:
    staff = editor.client
    public = set(Takeaway.objects.visible().values_list("public_id", flat=True))
    for public_id in dice.sample(sorted(memory.permalinks), min(_LOOKED_AT, len(memory.permalinks))):
        for client in (reader, staff):
            status = client.get(f"/t/{public_id}/").status_code
            if status not in {301, 302, 410, *([404] if client is reader and public_id not in public else [])}:
                yield f"/t/{public_id}/ answers {status}."
    visible = set(Talk.objects.visible(staff=True).values_list("pk", flat=True))
    for address in dice.sample(sorted(memory.talks), min(_LOOKED_AT, len(memory.talks))):
        talk = _find_talk(address)
        response = staff.get("/talks/{}/{}/".format(*address))
        status = response.status_code
        if talk is None:
            yield f"There is no talk {address} any more."
        elif status == 302 and talk.withdrawn and not talk.hidden:  # it leads to the page that holds its lines now
            if (led := staff.get(response["Location"]).status_code) != 200:
                yield f"The talk {address} leads to {response['Location']}, which answers {led}."
        elif status not in ({200, 301} if talk.pk in visible else {404, 410}):
            yield f"The talk {address} answers {status}."


def _find_shown(reader: Any, dice: random.Random) -> Iterator[str]:
    """Yield a sentence for each takeaway that a page shows or links to although readers may not see it.

    A page that does not answer with 200 gets one too.
    """
    visible = Takeaway.objects.visible()
    said = Post.objects.visible().values_list("title", "intro", "outro")
    titles = Talk.objects.visible().values_list("title", flat=True)  # an item that was noted may be a talk by now
    shown = "\n".join([*visible.values_list("text", flat=True), *titles, *(text for post in said for text in post)])
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
            stands = page.startswith("/posts/") and row.pk in withdrawn  # the source may say it still
            if not stands and not page.startswith("/search/") and escape(row.text) in text:
                yield f"{page} shows {row.public_id}, {row.text!r}."
            if f"/t/{row.public_id}/" in text or f'id="t-{row.public_id}"' in text:
                yield f"{page} leads to {row.public_id}."

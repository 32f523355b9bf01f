"""Creates rows for tests, without faults that `check_base` would find; each function creates one thing.

    day = make_day(number=2)
    post = make_post(day=day, tags=["Docker"])
    make_talk("Life After Java 8", day, post=post, speakers=["Trisha Gee"], takeaways=["One", ("Two", ["Below two"])])

A row with a name is created once: asking again for the name returns the same row. A talk without a post is one that an
editor created in the admin. For a talk with a post, its notes are appended to the post's source.

Within `derive_once()`, what follows from rows is derived once for all of them, which takes much less time.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from itertools import groupby

from talks import derived, markup, names
from talks.derived import read_resource
from talks.models import (
    Appearance,
    Citation,
    Conference,
    Day,
    EditorTouch,
    Post,
    PostAlias,
    Reference,
    SearchDocument,
    Series,
    Speaker,
    Tag,
    TagAlias,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    Takeaway,
    Talk,
    TalkSource,
    Writer,
)

Note = str | tuple[str, list["Note"]]
"""The text of a takeaway, or the text with the takeaways nested in it."""

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_put_off: dict[Callable[[list[int]], object], set[int]] | None = None


@contextmanager
def derive_once() -> Iterator[None]:
    """Derive what follows from all rows made within the block once, at its end."""
    global _put_off
    if _put_off is not None:
        yield
        return
    _put_off = {}
    try:
        yield
        refreshed, _put_off = _put_off, None
        for refresh, pks in refreshed.items():
            refresh(sorted(pks))
    finally:
        _put_off = None


def is_deriving_put_off() -> bool:
    """Whether a block of `derive_once()` is open."""
    return _put_off is not None


def _derive(refresh: Callable[[list[int]], object], pk: int) -> None:
    if _put_off is None:
        refresh([pk])
    else:
        _put_off.setdefault(refresh, set()).add(pk)


def make_series(name: str = "QCon London") -> Series:
    return _make_named(Series, name)


def make_speaker(name: str = "Lisa Guo", **fields: str) -> Speaker:
    return _make_named(Speaker, name, **fields)


def make_writer(name: str = "Toby Notemaker") -> Writer:
    return _make_named(Writer, name)


def make_tag(name: str = "Docker", *, aliases: Iterable[str] = (), **fields: str) -> Tag:
    tag = _make_named(Tag, name, **fields)
    for alias in aliases:
        TagAlias.objects.get_or_create(folded=names.fold(alias), defaults={"tag": tag, "name": alias})
    return tag


def make_conference(series: str | Series = "QCon London", year: int | None = 2017) -> Conference:
    row = make_series(series) if isinstance(series, str) else series
    return row.conferences.filter(year=year).first() or row.conferences.create(year=year)


def make_day(conference: Conference | None = None, number: int | None = 2, date: date | None = None) -> Day:
    """Create a day of the conference; with `number=None`, the conference as a whole."""
    conference = conference or make_conference()
    return conference.days.filter(number=number).first() or conference.days.create(number=number, date=date)


def make_post(
    title: str = "",
    *,
    day: Day | None = None,
    key: str = "",
    writer: str | None = "Toby Notemaker",
    published_on: date | None = date(2017, 3, 23),
    visibility: str = "public",
    language: str = "en",
    tags: Iterable[str] = (),
    aliases: Iterable[str] = (),
    intro: str = "",
    withdrawn: bool = False,
) -> Post:
    """Create a post about one day, with front matter and perhaps an intro; `make_talk(post=…)` adds talks."""
    day = day or make_day()
    title, tags = title or f"Takeaways from {day}", list(tags)
    key = key or f"{names.choose_slug(title, _taken_stems(), fallback='post')}.md"
    front_matter: dict[str, object] = {"title": title, "tags": tags}
    head = ["---", f"title: '{title}'", f"tags: [{', '.join(tags)}]", "---"]
    post = Post(
        key=key,
        path=key,
        stem=names.slugify(key.rsplit("/", 1)[-1].removesuffix(".md")),
        source="\n".join(head) + "\n",
        front_matter=front_matter,
        title=title,
        writer=make_writer(writer) if writer else None,
        published_on=published_on,
        language=language,
        visibility=visibility,
        conference=day.conference,
        intro=intro,
        intro_html=markup.render(intro, post=key).html if intro else "",
        lines=[[1, len(head), "front-matter"]],
        withdrawn=withdrawn,
    )
    post.imported = {
        "title": title,
        "writer": writer,
        "published_on": published_on.isoformat() if published_on else None,
        "language": language,
        "visibility": visibility,
        "tags": tags,
    }
    if intro:
        post.lines.append([*_append(post, intro), "intro"])
    _store(post)
    Post.days.through.objects.create(post=post, day=day)
    for tag in tags:
        TaggedPost.objects.create(content_object=post, tag=make_tag(tag), origin="post")
    for alias in aliases:
        PostAlias.objects.create(post=post, path=alias)
    _derive(derived.refresh_passages, post.pk)
    return post


def make_talk(
    title: str = "Scaling Instagram Architecture",
    day: Day | None = None,
    *,
    post: Post | None = None,
    speakers: Iterable[str] = (),
    tags: Iterable[str] = (),
    takeaways: Iterable[Note] = (),
    hidden: bool = False,
    withdrawn: bool = False,
) -> Talk:
    """Create a talk on a day (by default the post's) with its speakers, tags and takeaways."""
    day = day or (post.days.get() if post else make_day())
    position = 1 if withdrawn else day.talks.filter(withdrawn=False).count() + 1
    talk = Talk.objects.create(title=title, day=day, position=position, hidden=hidden, withdrawn=withdrawn)
    speakers = list(speakers)
    for place, name in enumerate(speakers, 1):
        Appearance.objects.create(talk=talk, speaker=make_speaker(name), position=place)
    for tag in tags:
        TaggedTalk.objects.create(content_object=talk, tag=make_tag(tag), origin="editor")
    if post:
        make_source(talk, post, speakers=speakers, withdrawn=withdrawn)
    _add_takeaways(talk, takeaways, post)
    _derive(derived.refresh_listings, talk.pk)
    _derive(derived.refresh_search_text, talk.pk)
    return talk


def make_source(talk: Talk, post: Post, *, speakers: Iterable[str] = (), withdrawn: bool = False) -> TalkSource:
    """Add notes of an existing talk to a further post."""
    speakers = list(speakers)
    said = [{"name": name, "affiliation": None, "handle": None, "url": None} for name in speakers]
    heading = f"## {talk.title} with {' and '.join(speakers)}" if speakers else f"## {talk.title}"
    line, end_line = _append(post, heading)
    post.lines.append([line, end_line, "talk"])
    _store(post)
    return TalkSource.objects.create(
        talk=talk,
        post=post,
        title=talk.title,
        heading=heading,
        speakers=said,
        position=post.sources.count() + 1,
        line=line,
        end_line=end_line,
        imported={"title": talk.title, "speakers": said, "day": talk.day.number},
        withdrawn=withdrawn,
    )


def read_words(talk: Talk) -> set[str]:
    """Return the words by which search finds the talk."""
    return set(SearchDocument.objects.get(key=talk.pk).words.split(" "))


def make_takeaway(
    talk: Talk,
    text: str = "Cache what is read often",
    *,
    post: Post | None = None,
    parent: Takeaway | None = None,
    kind: str = "point",
    tags: Iterable[str] = (),
    withdrawn: bool = False,
) -> Takeaway:
    """Add a takeaway at the end of the talk's notes; without a post it is an editor's."""
    [takeaway] = _add_takeaways(talk, [text], post, parent=parent, kind=kind, withdrawn=withdrawn)
    for tag in tags:
        TaggedTakeaway.objects.create(content_object=takeaway, tag=make_tag(tag), origin="editor")
    _derive(derived.refresh_listings, talk.pk)
    _derive(derived.refresh_search_text, talk.pk)
    return takeaway


def make_citation(
    talk: Talk,
    url: str = "https://example.org/paper.pdf",
    *,
    title: str = "",
    kind: str = "site",
    takeaway: Takeaway | None = None,
    post: Post | None = None,
) -> Citation:
    """Add a link to the talk's notes, in the takeaway's post, else in the talk's first post."""
    post = post or (takeaway.post if takeaway else None) or talk.sources.earliest("pk").post
    resource = read_resource(url)
    assert resource
    reference = Reference.objects.filter(key=resource.key).first() or Reference.objects.create(
        key=resource.key, url=url, host=resource.host, kind=kind
    )
    if reference.kind != resource.kind:
        EditorTouch.record([reference], "kind")
    position = Citation.objects.filter(talk=talk, post=post).count() + 1
    citation = Citation.objects.create(
        reference=reference, talk=talk, post=post, takeaway=takeaway, url=url, title=title, position=position
    )
    _derive(derived.refresh_addresses, reference.pk)
    citation.reference.refresh_from_db()
    return citation


def _make_named(model, name, **fields):
    return model.objects.filter(folded=names.fold(name)).first() or model.objects.create(name=name, **fields)


def _taken_stems() -> set[str]:
    return {key.removesuffix(".md") for key in Post.objects.values_list("key", flat=True)}


def _add_takeaways(
    talk: Talk,
    notes: Iterable[Note],
    post: Post | None,
    *,
    parent: Takeaway | None = None,
    kind: str = "point",
    withdrawn: bool = False,
) -> list[Takeaway]:
    states = list(Takeaway.objects.filter(talk=talk, post=post).values_list("withdrawn", flat=True))

    def spread(notes: Iterable[Note], parent: Takeaway | None) -> Iterator[Takeaway]:
        for note in notes:
            text, nested = (note, []) if isinstance(note, str) else note
            states.append(withdrawn)
            row = _make_row(talk, text, post, parent, kind=kind, withdrawn=withdrawn)
            row.public_id = _make_public_id(f"{post and post.key} {talk.pk} {text} {len(states)}")
            row.position = 1 if withdrawn else states.count(False)
            yield row
            yield from spread(nested, row)

    rows = list(spread(notes, parent))
    for _, level in groupby(sorted(rows, key=_find_depth), key=_find_depth):
        Takeaway.objects.bulk_create(level)
    if rows and post and not withdrawn:
        _store(post)
        TalkSource.objects.filter(talk=talk, post=post).update(end_line=rows[-1].end_line)
    return rows


def _make_row(
    talk: Talk, text: str, post: Post | None, parent: Takeaway | None, *, kind: str, withdrawn: bool
) -> Takeaway:
    row = Takeaway(talk=talk, post=post, parent=parent, kind=kind, text=text, withdrawn=withdrawn)
    row.html = markup.render(text, post=post.key if post else None, kind=kind).html
    if post and not withdrawn:
        row.line, row.end_line = _append(post, _write_note(text, kind, _find_depth(row)))
    return row


def _find_depth(takeaway: Takeaway) -> int:
    return 1 + _find_depth(takeaway.parent) if takeaway.parent else 0


def _write_note(text: str, kind: str, depth: int) -> str:
    if kind != "point":
        return text
    indent = "    " * depth
    first, *others = text.split("\n")
    return "\n".join([f"{indent}* {first}", *(f"{indent}  {line}" for line in others)])


def _append(post: Post, text: str) -> tuple[int, int]:
    """Append a block to the source, after a blank line unless it continues a list; return its line numbers."""
    if not text.lstrip().startswith("* "):
        post.source += "\n"
    line = post.source.count("\n") + 1
    post.source += text + "\n"
    return line, post.source.count("\n")


def _store(post: Post) -> None:
    post.digest = sha256(post.source.encode()).hexdigest()
    post.save()


def _make_public_id(seed: str) -> str:
    number = int.from_bytes(sha256(seed.encode()).digest())
    return "".join(_CROCKFORD[number >> 5 * place & 31] for place in range(10))

"""Lists doubts for editors (uncertain readings, names that are nearly equal, open conflicts), until each is settled.

A doubt has a lasting name that is made from its cause, so that a doubt that was dismissed is not listed again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations, takewhile
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import Truncator

from talks.editing.corrections import make_reading_url
from talks.editing.suggested_merges import find_alike_speakers
from talks.editing.uploaded_images import IMAGE_CODES, list_missing_images
from talks.grouping import group_pairs
from talks.importing import find_leading_sources
from talks.models import Conflict, Correction, Decision, Post, Series, Tag, TagListing, Talk, TalkSource, name_subject
from talks.parsing import Act, read_anchor_lines

_MOST_ALIKE = 6
_LONGEST = 80
_MOST_QUOTED, _LONGEST_QUOTE = 3, 200  # lines, characters
_NUMBERS = re.compile(r"\d+")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that an editor should decide.

    `kind` is the name of its kind, `subject` its lasting name, `text` a sentence for people, `url` the page where it is
    settled. `post` is the key of its post, `line` the line there, `writer` the name of the post's writer: all three are
    empty for a doubt about no post. `alike` are ids of rows that may be one and the same, `conflict` is the id of a
    conflict, `code` the code of the diagnostic that the doubt comes from.
    """

    kind: str
    subject: str
    text: str
    url: str
    post: str = ""
    line: int | None = None
    writer: str = ""
    alike: tuple[int, ...] = ()
    conflict: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that an editor can give to a doubt by one click; `act` is that of the correction that it makes.

    It is offered for doubts from a diagnostic with one of the `codes`, or for every doubt of the kind if `codes` is
    empty.
    """

    name: str
    label: str
    act: Act
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoubtKind:
    """A kind of doubts. If `dismissible`, an editor may call such a doubt no problem.

    Doubts that are `trifling` are listed only where they are asked for, and not counted in the header of the admin.
    """

    name: str
    label: str
    find: Callable[[], Iterable[Doubt]]
    dismissible: bool = True
    answers: tuple[Answer, ...] = ()
    trifling: bool = False

    def list_answers(self, doubt: Doubt) -> list[Answer]:
        """Return the answers that an editor can give to the doubt by one click; none for a doubt about no post."""
        return [each for each in self.answers if doubt.post and (not each.codes or doubt.code in each.codes)]


def list_doubts(kind: str = "", *, dismissed: bool = False) -> list[Doubt]:
    """Return the doubts of one kind, or of all kinds in the order of `KINDS`, that no editor dismissed.

    Doubts about one post come together, at the place of the first, sorted by kind and line. With `dismissed`, return
    instead only doubts that an editor dismissed.
    """
    chosen = [each for each in KINDS if kind in ("", each.name)]
    settled = set(Decision.objects.filter(kind=Decision.Kind.DOUBT).values_list("subject", flat=True))
    found: dict[str, Doubt] = {}
    for each in chosen:
        for doubt in each.find():
            if (doubt.subject in settled) is dismissed:
                found.setdefault(doubt.subject, doubt)
    about = group_pairs((doubt.post or doubt.subject, doubt) for doubt in found.values())
    order = [each.name for each in chosen]
    by_line = (sorted(posts, key=lambda doubt: (order.index(doubt.kind), doubt.line or 0)) for posts in about.values())
    return [doubt for together in by_line for doubt in together]


def dismiss_doubts(subjects: Collection[str]) -> int:
    """Record that an editor calls these doubts no problem, so that they are not listed again; return how many.

    `subjects` are their lasting names. Raises `LookupError` if none of them exists or can be dismissed.
    """
    kinds = [
        kind for kind in KINDS if kind.dismissible and any(one.startswith(f"doubt:{kind.name}:") for one in subjects)
    ]
    listed = {doubt.subject for kind in kinds for doubt in list_doubts(kind.name)}
    if not (chosen := listed.intersection(subjects)):
        raise LookupError(*subjects)
    rows = [Decision(kind=Decision.Kind.DOUBT, subject=subject, answer=True) for subject in sorted(chosen)]
    Decision.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def take_up_doubts(subjects: Collection[str]) -> int:
    """List these dismissed doubts again; return how many. Raises `LookupError` if none of them is dismissed."""
    rows = Decision.objects.filter(kind=Decision.Kind.DOUBT, subject__in=[one for one in subjects if "\0" not in one])
    count, _ = rows.delete()
    if not count:
        raise LookupError(*subjects)
    return count


def find_doubt(subject: str) -> tuple[DoubtKind, Doubt]:
    """Return the kind and the doubt of this lasting name. Raises `LookupError` if there is none or it was dismissed."""
    for kind in KINDS:
        if subject.startswith(f"doubt:{kind.name}:"):
            for doubt in list_doubts(kind.name):
                if doubt.subject == subject:
                    return kind, doubt
    raise LookupError(subject)


def quote_posts(doubts: Iterable[Doubt]) -> dict[str, str]:
    """Return the words of the post to which each doubt from a diagnostic points, by the doubt's lasting name.

    They are the words of at most three lines up to an empty one, joined and cut short. A line below the first is left
    out if it became something else than the first line did, such as a takeaway.
    """
    at_lines = [doubt for doubt in doubts if doubt.code and doubt.line]
    rows = Post.objects.filter(key__in={doubt.post for doubt in at_lines}).values_list("key", "source", "lines")
    sources = {key: (read_anchor_lines(source), spans) for key, source, spans in rows}
    quotes = {}
    for doubt in at_lines:
        lines, spans = sources.get(doubt.post, ((), ()))
        first = doubt.line or 1
        last = max((span[1] for span in spans if span[0] <= first <= span[1]), default=len(lines))
        text = " ".join(line.strip() for line in takewhile(str.strip, lines[first - 1 : last][:_MOST_QUOTED]))
        quotes[doubt.subject] = Truncator(text).chars(_LONGEST_QUOTE)
    return quotes


def find_images_of(doubts: Iterable[Doubt]) -> dict[str, tuple[int, str]]:
    """Return for each doubt about a missing image a pair, the post's id and the image's address, by its lasting name.

    Doubts about an image that is stored by now are left out.
    """
    about = [doubt for doubt in doubts if doubt.code in IMAGE_CODES]
    rows = Post.objects.filter(key__in={doubt.post for doubt in about}).only("key", "source", "diagnostics")
    found = {
        (post.key, image.lines[0], image.message): (post.pk, image.src)
        for post in rows.prefetch_related("media")
        for image in list_missing_images(post)
    }
    places = {doubt.subject: (doubt.post, doubt.line, doubt.text) for doubt in about}
    return {subject: found[place] for subject, place in places.items() if place in found}


def _name_subject(kind: str, *parts: str) -> str:
    return f"doubt:{kind}:{sha256(' '.join(parts).encode()).hexdigest()[:24]}"


def _find_conflicts() -> Iterator[Doubt]:
    rows = Conflict.objects.filter(settled="").select_related("post__writer", "talk__conference", "takeaway__talk")
    for row in rows:
        about, ours, theirs = (Truncator(each).chars(_LONGEST) for each in (str(row.about), row.ours, row.theirs))
        text = f"{row.field.replace('_', ' ')} of “{about}”: here “{ours}”, in the post “{theirs}”"
        subject = _name_subject("conflict", name_subject(row.about), row.field)
        url = reverse("admin:talks_conflict_changelist")
        yield Doubt("conflict", subject, text, url, row.post.key, row.line, str(row.post.writer or ""), conflict=row.pk)


def _find_remarked(kind: str, *codes: str) -> Callable[[], Iterator[Doubt]]:
    """Return a function that yields a doubt for each diagnostic of the posts that has one of these codes.

    Numbers in a diagnostic's text are not part of the doubt's name. Withdrawn posts give no doubts.
    """

    def find() -> Iterator[Doubt]:
        rows = Post.objects.filter(withdrawn=False).exclude(diagnostics=[]).order_by("-published_on", "key")
        for pk, key, writer, remarks in rows.values_list("pk", "key", "writer__name", "diagnostics"):
            seen: Counter[str] = Counter()
            for remark in remarks:
                if remark.get("code") in codes:
                    words = _NUMBERS.sub("", f"{remark['code']} {remark['message']}")
                    seen[words] += 1
                    line = int(remark.get("line") or 1)
                    url = make_reading_url(pk, line)
                    subject = _name_subject(kind, key, words, str(seen[words]))
                    text, code = str(remark["message"]), remark["code"]
                    yield Doubt(kind, subject, text, url, key, line, writer or "", code=code)

    return find


def _find_without_talk() -> Iterator[Doubt]:
    """Yield a doubt about each post without a talk, first about posts that name an event: they more likely have talks.

    Left out are withdrawn posts, posts of front matter alone, as vaults have them for tags, and posts of which a
    correction says that they or some of their lines hold no talk.
    """
    rows = Post.objects.filter(withdrawn=False).exclude(sources__withdrawn=False).order_by("-published_on", "key")
    bare = rows.filter(intro="", outro="").values_list("pk", "lines")
    empty = {pk for pk, lines in bare if all(role == "front-matter" for _, _, role in lines)}
    said = Correction.objects.filter(Q(act=Act.NO_TALK.value) | Q(value__post__holds_talks=False), active=True)
    columns = rows.exclude(pk__in=said.values("post")).values_list(
        "pk", "key", "title", "writer__name", "conference__series"
    )
    told = (row for row in columns if row[0] not in empty)
    for pk, key, title, writer, _ in sorted(told, key=lambda columns: columns[-1] is None):
        url = reverse("admin:talks_post_reading", args=[pk])
        text = f"No talk was found in “{title}”"
        yield Doubt("no-talk", _name_subject("no-talk", key), text, url, key, 1, writer or "")


def _find_unnamed() -> Iterator[Doubt]:
    """Yield a doubt about each post with talks that names no event.

    Posts without talks are left out, since `_find_without_talk` yields a doubt about each of them.
    """
    told = TalkSource.objects.filter(withdrawn=False).values("post")
    rows = Post.objects.filter(withdrawn=False, conference__series=None, pk__in=told).order_by("-published_on", "key")
    for pk, key, title, writer in rows.values_list("pk", "key", "title", "writer__name"):
        url = f"{reverse('admin:talks_post_reading', args=[pk])}#whole"
        text = f"“{title}” does not say of which conference it tells"
        yield Doubt("unnamed-event", _name_subject("unnamed-event", key), text, url, key, 1, writer or "")


def _find_without_speaker() -> Iterator[Doubt]:
    talks = Talk.objects.filter(withdrawn=False, hidden=False, appearances=None).select_related("conference")
    told = find_leading_sources(talks.values("pk"))
    nobody = list_lines_of_nobody()
    for talk in talks.order_by("-pk"):
        source = told.get(talk.pk)
        if source and not nobody.isdisjoint({(source.post_id, source.line), (source.post_id, None)}):
            continue
        url = reverse("admin:talks_talk_change", args=[talk.pk])
        text = f"Nobody is named who gave “{talk.title}”"
        place = (source.post.key, source.line, str(source.post.writer or "")) if source else ("", None, "")
        yield Doubt("no-speaker", _name_subject("no-speaker", name_subject(talk)), text, url, *place)


def list_lines_of_nobody(**of: Any) -> set[tuple[int, int | None]]:
    """Return pairs for the active corrections by which a talk has no speakers: the post's id, and the talk's line.

    `of` are lookups that limit the corrections. The line is None if the whole post is the talk. A line that the post no
    longer has is left out.
    """
    said = Correction.objects.filter(active=True, value__speakers=[], **of).by_post()
    sources = Post.objects.filter(pk__in=said).values_list("pk", "source")
    lines = {pk: read_anchor_lines(source) for pk, source in sources}
    return {
        (pk, line)
        for pk, corrections in said.items()
        for each in corrections
        for line in [each.first.find(lines[pk]) if each.first else None]
        if line or each.first is None
    }


def _find_doubted_speakers() -> Iterator[Doubt]:
    for alike in find_alike_speakers():
        named = ", ".join(speaker.name for speaker in alike.speakers)
        subject = _name_subject("alike-speakers", *sorted(speaker.slug for speaker in alike.speakers))
        url = reverse("admin:talks_speaker_alike")
        text = f"{named}: perhaps one person, by {alike.reason}"
        rows = tuple(speaker.pk for speaker in alike.speakers)
        yield Doubt("alike-speakers", subject, text, url, alike=rows)


def _find_doubted_names(kind: str, model: type[Series] | type[Tag]) -> Callable[[], Iterator[Doubt]]:
    """Return a function that yields a doubt for each two rows of the model whose names are nearly the same.

    Such names differ only in case, signs, spaces or an "s" at the end. Names with + or #, and names of fewer than four
    letters and digits, are left out. Of more than six names that are nearly the same, only the first six are compared.
    """

    def find() -> Iterator[Doubt]:
        groups: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for name, slug, pk in model._default_manager.order_by("slug").values_list("name", "slug", "pk"):
            plain = _SIGNS.sub("", name.casefold())
            if len(plain) > 3 and not set(name) & set("+#"):
                groups[plain.removesuffix("s")].append((name, slug, pk))
        for group in groups.values():
            for one, other in combinations(group[:_MOST_ALIKE], 2):
                url = reverse(f"admin:talks_{model._meta.model_name}_change", args=[other[2]])
                text = f"{one[0]} and {other[0]}: perhaps the same"
                yield Doubt(kind, _name_subject(kind, one[1], other[1]), text, url, alike=(one[2], other[2]))

    return find


def _find_rare_tags() -> Iterator[Doubt]:
    listed = TagListing.objects.values("tag").annotate(n=Count("talk")).filter(n=1).values("tag")
    for pk, name, slug in Tag.objects.filter(pk__in=listed).order_by("sort_key").values_list("pk", "name", "slug"):
        url = reverse("admin:talks_tag_change", args=[pk])
        yield Doubt("rare-tag", _name_subject("rare-tag", slug), f"The tag {name} is that of one talk alone", url)


_OUTSIDE = ("unplaced-notes", "notes-before-talk")
_WHOLE = (Answer("whole", "The whole post is one talk", Act.WHOLE),)
_TALK = (Answer("talk", "It is a talk", Act.TALK),)
_NAMED = (Answer("post", "Name it", Act.POST),)
_SPEAKERS = (Answer("details", "They gave it", Act.DETAILS),)
_OUTSIDE_ARE = (
    Answer("own", "A talk of their own", Act.TALK, _OUTSIDE),
    Answer("above", "Notes of the talk above", Act.NOTES, ("unplaced-notes",)),
    Answer("below", "Notes of the talk below", Act.NOTES, _OUTSIDE),
    Answer("none", "Of no talk", Act.OUT, _OUTSIDE),
)
KINDS: tuple[DoubtKind, ...] = (
    DoubtKind("conflict", "Conflicts", _find_conflicts, dismissible=False),
    DoubtKind("correction", "Corrections that no longer fit", _find_remarked("correction", "correction-unfit")),
    DoubtKind("no-talk", "Posts without a talk", _find_without_talk, answers=_WHOLE),
    DoubtKind("notes-outside", "Notes outside talks", _find_remarked("notes-outside", *_OUTSIDE), answers=_OUTSIDE_ARE),
    DoubtKind("doubtful-talk", "Perhaps a talk", _find_remarked("doubtful-talk", "doubtful-talk"), answers=_TALK),
    DoubtKind("unnamed-event", "No conference named", _find_unnamed, answers=_NAMED),
    DoubtKind("no-speaker", "Talks without a speaker", _find_without_speaker, answers=_SPEAKERS),
    DoubtKind("alike-speakers", "Speakers who may be one person", _find_doubted_speakers),
    DoubtKind("alike-series", "Series with nearly the same name", _find_doubted_names("alike-series", Series)),
    DoubtKind("alike-tags", "Tags with nearly the same name", _find_doubted_names("alike-tags", Tag)),
    DoubtKind("image", "Missing images", _find_remarked("image", *IMAGE_CODES)),
    DoubtKind("rare-tag", "Tags used once", _find_rare_tags, trifling=True),
)


def choose_pressing(doubts: Iterable[Doubt]) -> list[Doubt]:
    """Return the doubts whose kind is not trifling, which the admin asks editors to look at."""
    pressing = {kind.name for kind in KINDS if not kind.trifling}
    return [doubt for doubt in doubts if doubt.kind in pressing]

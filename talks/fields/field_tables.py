"""The tables of fields that the importer owns of a post, a talk, an appearance and a takeaway.

A new field needs an entry here, a column, and code in the parser that reads it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError

from talks import names
from talks.fields.field import Field, Setting, Table
from talks.line_ends import split_lines
from talks.models import NO_CONFERENCE, Appearance, Day, Post, Speaker, Talk, Writer
from talks.parsing import DAYS, ParsedSpeaker
from talks.value_classes import value_class

LAST_PLACE = 1_000_000
"""The position of a talk or takeaway that comes last, until its day or talk is numbered again."""


@value_class
class Person:
    """A speaker or writer.

    Two persons are equal if folded name and affiliation are equal, however the name is spelled.
    """

    folded: str
    affiliation: str = ""
    name: str = field(default="", compare=False)
    handle: str = field(default="", compare=False)
    url: str = field(default="", compare=False)


def _make_writer(name: str | None) -> Person | None:
    return Person(names.fold_name(name), name=name) if name else None


def _read_date(said: str | None, setting: Setting) -> date | None:
    return date.fromisoformat(said) if said else None


def _store_column(name: str, tidy: Callable[[Any], Any] = lambda value: value) -> Callable[[Any, Any], None]:
    """Return a function of a row and a value that saves `tidy(value)` in the row's column `name`.

    The function raises `ValidationError` for a value that the column does not take.
    """

    def store(row: Any, value: Any) -> None:
        setattr(row, name, tidy(value))
        row.clean_fields(exclude=[each.name for each in row._meta.fields if each.name != name])
        row.save(update_fields=[name])

    return store


def _store_date(post: Post, text: str) -> None:
    try:
        value = date.fromisoformat(text) if text else None
    except ValueError:
        raise ValidationError("A date is written like 2017-03-23.") from None
    _store_column("published_on")(post, value)


def _store_writer(post: Post, text: str) -> None:
    folded = names.fold_name(text)
    writer = (Writer.objects.filter(folded=folded).first() or Writer.objects.create(name=text)) if text else None
    _store_column("writer")(post, writer)


def show_conference(said: Iterable[str | int | None] | None) -> str:
    """Return series and year of a conference, given in this order, as one text; `NO_CONFERENCE` for None."""
    return " ".join(str(part) for part in said or () if part) or NO_CONFERENCE


def _declare_column(name: str, **more: Any) -> Field:
    """Return a field that has the same name in the parser's record and in the row."""
    return Field(name=name, parse=attrgetter(name), read=attrgetter(name), column=True, **more)


POST = Table(
    (
        _declare_column("title", answer=_store_column("title")),
        Field(
            name="writer",
            parse=attrgetter("author"),
            resolve=lambda said, _: _make_writer(said),
            read=lambda post: _make_writer(post.writer.name if post.writer else None),
            show=lambda person: person.name if person else "",
            answer=_store_writer,
        ),
        Field(
            name="published_on",
            parse=lambda parsed: parsed.published_on.isoformat() if parsed.published_on else None,
            resolve=_read_date,
            read=attrgetter("published_on"),
            answer=_store_date,
            column=True,
        ),
        _declare_column("language", answer=_store_column("language")),
        _declare_column("visibility", answer=_store_column("visibility")),
        Field(
            name="conference",
            parse=lambda parsed: [parsed.conference.series, parsed.conference.year] if parsed.conference else None,
            read=lambda post: [post.conference.series.name, post.conference.year] if post.conference.series else None,
            show=show_conference,
            merged=False,
        ),
        Field(
            name="tags",
            parse=lambda parsed: list(parsed.tags),
            read=lambda post: [tag.name for tag in post.tags.all()],
            show=lambda tags: "\n".join(sorted(tags)),
            merged=False,
        ),
        Field(
            name="aliases",
            parse=lambda parsed: list(parsed.aliases),
            read=lambda post: [alias.path for alias in post.aliases.all()],
            show=lambda paths: "\n".join(sorted(paths)),
            merged=False,
        ),
        Field(
            name="days",
            parse=lambda parsed: {str(day.number): day.date.isoformat() for day in parsed.days if day.date},
            read=lambda post: {str(day.number): day.date.isoformat() for day in post.days.all() if day.date},
            merged=False,
        ),
    )
)
POST_ORDER = "order"
"""The name of the field in conflicts about the order of a post's talks; `POST` has no such field."""


APPEARANCE = Table(
    (
        Field(name="name", parse=attrgetter("name"), read=attrgetter("speaker.name")),
        _declare_column("affiliation"),
        Field(name="handle", parse=attrgetter("handle"), read=attrgetter("speaker.handle")),
        Field(name="url", parse=attrgetter("url"), read=attrgetter("speaker.url")),
    )
)


def _resolve_people(said: Iterable[Mapping[str, str | None]] | None, setting: Setting) -> tuple[Person, ...]:
    """Return the speakers of an `imported` column in order, each once, even if the post uses several names for one."""
    people: dict[str, Person] = {}
    for speaker in said or ():
        written = names.fold_name(speaker["name"] or "")
        folded = setting.people.get(written, written)
        rest = {name: speaker.get(name) or "" for name in APPEARANCE.names}
        people.setdefault(folded, Person(folded, **rest))
    return tuple(people.values())


def read_person(appearance: Appearance) -> Person:
    """Return the speaker of an appearance, which must be loaded with its speaker, as a `Person`."""
    return Person(appearance.speaker.folded, appearance.affiliation, appearance.speaker.name)


def write_people(people: Iterable[Person]) -> str:
    """Return a text with one line for each speaker, such as "Ann Lee | Acme", or "Ann Lee" without an affiliation."""
    return "\n".join(f"{p.name} | {p.affiliation}" if p.affiliation else p.name for p in people)


def parse_people(speakers: Iterable[ParsedSpeaker]) -> list[dict[str, str | None]]:
    """Return speakers in the form of `imported` columns: name, affiliation, handle and url, each None if not said."""
    return [APPEARANCE.parse_record(speaker) for speaker in speakers]


def _store_title(talk: Talk, text: str) -> None:
    talk.title = names.normalise(text)
    talk.clean_fields(exclude=["slug", "sort_key"])
    talk.save()


def _store_day(talk: Talk, text: str) -> None:
    if text and not (text.isascii() and text.isdecimal() and int(text) in DAYS):
        raise ValidationError("A day is a number up to 99, or nothing.")
    talk.day, _ = Day.objects.get_or_create(conference=talk.conference, number=int(text) if text else None)
    talk.position = LAST_PLACE
    talk.save()


def _store_speakers(talk: Talk, text: str) -> None:
    """Replace the speakers of a talk by those in an editor's text, one a line; unknown ones are created.

    Names are resolved as in imports: a merged name stands for its speaker, and nobody appears twice. Raises
    `ValidationError`, before anything is changed, for a line without a name or too long.
    """
    said: dict[str, tuple[str, str]] = {}
    for line in filter(None, map(str.strip, split_lines(text))):
        name, _, affiliation = (names.normalise(part) for part in line.partition("|"))
        if not name or max(len(name), len(affiliation)) > names.NAME_LENGTH:
            raise ValidationError("Each line is a name, with the affiliation behind a bar.")
        said.setdefault(names.fold_name(name), (name, affiliation))
    known = Speaker.objects.named(name for name, _ in said.values())
    people: dict[int, str] = {}
    for folded, (name, affiliation) in said.items():
        speaker = known.get(folded) or Speaker.objects.create(name=name)
        people.setdefault(speaker.pk, affiliation)
    talk.appearances.all().delete()
    Appearance.objects.bulk_create(
        Appearance(talk=talk, speaker_id=pk, affiliation=affiliation, position=position)
        for position, (pk, affiliation) in enumerate(people.items(), 1)
    )


def _declare_optional_text(name: str, label: str = "") -> Field:
    """Return a field of a talk for a text that posts may leave out, such as the address of the video.

    The talk's page shows it among the talk's data.
    """
    store = _store_column(name, str.strip)
    return _declare_column(name, missing="", answer=store, written_back=True, detail=True, label=label)


def _are_alike(one: str, other: str) -> bool:
    return names.fold(one) == names.fold(other)


TALK = Table(
    (
        _declare_column("title", answer=_store_title, is_equal=_are_alike, written_back=True),
        Field(
            name="day",
            parse=attrgetter("day"),
            resolve=lambda number, setting: (setting.conference, number),
            read=lambda talk: (talk.conference_id, talk.day.number),
            show=lambda day: "" if day[1] is None else str(day[1]),
            answer=_store_day,
        ),
        Field(
            name="speakers",
            parse=lambda parsed: parse_people(parsed.speakers),
            resolve=_resolve_people,
            read=lambda talk: tuple(map(read_person, talk.appearances.all())),
            show=write_people,
            answer=_store_speakers,
            written_back=True,
        ),
        _declare_optional_text("video_url", label="video"),
        _declare_optional_text("slides_url", label="slides"),
    )
)


TAKEAWAY = Table(
    (
        _declare_column("text", answer=_store_column("text"), written_back=True),
        Field(
            name="kind",
            parse=attrgetter("kind.value"),
            read=attrgetter("kind"),
            answer=_store_column("kind"),
            column=True,
        ),
    )
)

"""Reconciles the fields of the post itself: title and the like, tags, old addresses and days. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any

from talks import markup
from talks.fields import POST, merge, merge_values, show_conference
from talks.importing.post_identity import make_public_ids, make_stem
from talks.importing.reconcile.edit_conflicts import Ledger
from talks.importing.reconcile.known import Known, KnownImage, KnownTag
from talks.importing.reconcile.line_roles import list_spans
from talks.importing.reconcile.plan import Change, ConflictPlan, DayPlan
from talks.importing.reconcile.read_ahead import NOTHING_AHEAD, ReadAhead, list_texts
from talks.models import Day
from talks.names import cut_stored_path
from talks.parsing import Diagnostic, ParsedPost, Passage, resolve_links
from talks.parsing import diagnostic_catalogue as catalogue
from talks.value_classes import value_class


@value_class
class ReadPost:
    """A post as parsed in this import: key, place, digest, text, and the parser's record.

    `images` maps the site paths to which image links in the post lead to the images beside the file. `ahead` is what
    was computed when the post was parsed.
    """

    key: str
    place: str
    digest: str
    text: str
    parsed: ParsedPost
    images: Mapping[str, KnownImage] = field(default_factory=dict)
    ahead: ReadAhead = NOTHING_AHEAD

    @property
    def public_ids(self) -> tuple[str, ...]:
        """The permalinks that the takeaways would have if there were no other posts, in the order of the post."""
        return self.ahead.public_ids or make_public_ids(self.key, list_texts(self.parsed))


@value_class
class FieldsPlan:
    """The post's new columns (`fields`) and the new values of its merged fields, both by name."""

    fields: dict[str, object]
    values: dict[str, Any]


@value_class
class TagsPlan:
    """The keys of the tags that a post gains and loses by an import.

    `known` has by key the gained tags, stored or still to be made.
    """

    known: Mapping[str, KnownTag]
    added: frozenset[str]
    removed: frozenset[str]


def merge_fields(
    reading: ReadPost, known: Known, remarks: list[Diagnostic], ledger: Ledger, images: Mapping[str, str]
) -> FieldsPlan:
    """Return the post's new columns and field values: merged for fields that editors can change, else from the post.

    `images` maps paths of images to addresses in the media store. Conflicts are noted in `ledger`, diagnostics are
    added to `remarks`.
    """
    parsed, post = reading.parsed, known.post
    said = POST.parse_record(parsed)
    setting = known.find_setting(0)
    new = POST.resolve(said, setting)
    now = post.values if post else new
    last = POST.resolve_imported(post.row.imported, setting, now) if post else new
    merged = merge_values(POST.merged, last, new, now)
    for each in merged.conflicts:
        conflict = ConflictPlan(each.name, each.show(now[each.name]), each.show(new[each.name]), 1)
        ledger.note(conflict, known.subject, f"The post's {each.label}", remarks)
    for each in merged.agreed:
        ledger.agree(each.name)
    if known.conference_conflict:
        kept, wanted = known.conference, said["conference"]
        ours, theirs = show_conference([kept.series_name, kept.year]), show_conference(wanted)
        ledger.note(ConflictPlan("conference", ours, theirs, 1), known.subject, "The post's conference", remarks)
    writer = merged.values["writer"]
    fields: dict[str, object] = {
        **{name: merged.values[name] for name in POST.columns},
        "writer": writer.folded if writer else None,
        "conference": known.conference.pk,
        "key": reading.key,
        "path": cut_stored_path(reading.place),
        "digest": reading.digest,
        "source": reading.text,
        "stem": make_stem(parsed.slug, parsed.url, reading.key),
        "front_matter": parsed.front_matter,
        "lines": list_spans(parsed, reading.text),
        "imported": said,
        "withdrawn": bool(post and post.decided.get(known.subject)),
    }
    for name, passages in (("intro", parsed.intro), ("outro", parsed.outro)):
        fields[name], fields[f"{name}_html"] = _render(name, passages, reading, remarks, images)
    return FieldsPlan(fields, merged.values)


def _render(
    name: str, passages: tuple[Passage, ...], reading: ReadPost, remarks: list[Diagnostic], images: Mapping[str, str]
) -> tuple[str, str]:
    text = "\n\n".join(passage.text for passage in passages)
    if not text:
        return "", ""
    shown = resolve_links(text, reading.parsed.definitions)
    rendered = markup.render(shown, post=reading.key, images=images)
    if rendered.fault:
        remarks.append(catalogue.PASSAGE_SHOWN_AS_TEXT.at(passages[0].line, what=name, fault=rendered.fault))
    return shown, rendered.html


def plan_tags(parsed: ParsedPost, known: Known) -> TagsPlan:
    """Return which tags the post gains and which it loses; tags that an editor gave or refused do not change."""
    new = {tag.key: tag for tag in reversed([known.find_tag(name) for name in parsed.tags])}
    now = known.post.tags if known.post else {}
    stored = known.post.row.imported.get("tags") if known.post else None
    last = {known.find_tag(str(name)).key for name in stored} if isinstance(stored, list) else set()
    added = frozenset(new.keys() - last - now.keys())
    removed = frozenset(key for key in last - new.keys() if now.get(key) == "post")
    return TagsPlan({key: new[key] for key in added}, added, removed)


def plan_aliases(
    parsed: ParsedPost, known: Known, text: str, remarks: list[Diagnostic]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return two sets of old addresses of the post: those to add, and those to remove.

    An address that another post has stays with that post, and a diagnostic is added to `remarks`. An address that the
    post gave in the last import, too, is not added again: an editor took it away.
    """
    new = set(parsed.aliases)
    for path in sorted(new & known.paths.keys()):
        place = text.find(path.strip("/"))
        line = text.count("\n", 0, max(place, 0)) + 1
        remarks.append(catalogue.ALIAS_TAKEN.at(line, alias=path, other=known.paths[path]))
        new.remove(path)
    now = known.post.aliases if known.post else frozenset()
    stored = known.post.row.imported.get("aliases") if known.post else None
    last = set(stored) if isinstance(stored, list) else set()
    return frozenset(new - now - (last & new)), frozenset((last - new) & now)


def plan_days(parsed: ParsedPost, known: Known) -> Iterator[DayPlan]:
    """Yield the days that the post or its talks name, sorted by number, each with the date that it will have.

    A talk without a day belongs to the whole conference, the day without a number; so does a post that names no day.
    """
    dates = {day.number: day.date for day in parsed.days}
    numbers: set[int | None] = {*dates, *(talk.day for talk in parsed.talks)}
    stored = known.post.row.imported.get("days") if known.post else None
    for number in sorted(numbers or {None}, key=lambda number: -1 if number is None else number):
        row = known.conference.days.get(number)
        new = dates.get(number) if number is not None else None
        last = stored.get(str(number)) if isinstance(stored, dict) else None
        choice = new if row is None else _merge_date(last, new, row)
        known_change = Change.UNCHANGED if row and choice == row.date else Change.UPDATED
        yield DayPlan(row.pk if row else None, number, choice, known_change if row else Change.CREATED)


def _merge_date(last: str | None, new: date | None, row: Day) -> date | None:
    """Return the day's date: the post's, `new`, merged with the row's by `last`, the post's in the last import.

    If the post has no date now, the row's stays, since another post may have given it.
    """
    return merge(date.fromisoformat(last) if last else None, new, row.date).value if new else row.date

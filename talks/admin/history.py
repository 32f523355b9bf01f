"""Logs what editors change in a row, and lists the latest changes by editors and imports for its history page."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from talks import editing, names
from talks.admin.desk_pages import log_change
from talks.admin.text_diff import Stretch, mark_differences
from talks.line_ends import split_lines
from talks.models import ImportOutcome, Post, Speaker, Tag, Takeaway, Talk

MOST_SHOWN = 500
TEXTS = "texts"
OTHERS = "other names"  # of a row before its renaming, beside the former name in the log

Entry = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a change replaced: the name of its field, and the text before and after.

    `take` is the column into which `before` can be restored; it is empty if that cannot be done.
    """

    field: str
    before: str
    after: str
    take: str = ""

    @property
    def sides(self) -> tuple[list[Stretch], list[Stretch]]:
        """The texts before and after the change, with the differences marked."""
        return mark_differences(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the history page: a change of the row by an editor or an import."""

    when: datetime
    who: str
    what: str
    texts: Sequence[Text] = ()
    run: int | None = None


def _find_posts_of_talks(row: Any) -> QuerySet[Post]:
    return Post.objects.filter(sources__talk__in=editing.find_talks_of([row]))


@dataclass(frozen=True, slots=True)
class History:
    """What the history page of rows of one model lists, beside the changes that Django's log has for the row itself.

    `find_posts` finds the posts that a row comes from, whose imports are listed. `choose_changes` returns for a row a
    function that says whether a change in an import's outcome is about it; without it imports are listed as wholes.
    `parts` are models, by their column that points to the row, whose own history is listed too. On the page of `whole`,
    a column and its model, the row may be edited too.
    """

    find_posts: Callable[[Any], QuerySet[Post]] = _find_posts_of_talks
    choose_changes: Callable[[Any], Callable[[Entry], bool]] | None = None
    parts: Mapping[str, type[Model]] = field(default_factory=dict)
    whole: tuple[str, type[Model]] | None = None


def _choose_changes_of_talk(talk: Talk) -> Callable[[Entry], bool]:
    """Return a function that accepts changes, in an import's outcome, of the talk and of its takeaways."""
    rows = {name_row(talk), *map(name_row, talk.takeaways.only("public_id"))}
    return lambda entry: entry["row"] in rows


def _choose_changes_of_speaker(speaker: Speaker) -> Callable[[Entry], bool]:
    """Return a function that accepts, in an import's outcome, talks that came, gained the speaker or lost them.

    A talk that came counts if the speaker gave it.
    """
    own = {speaker.folded, *speaker.aliases.values_list("folded", flat=True)}
    talks = {f"talk:{pk}" for pk in speaker.appearances.values_list("talk", flat=True)}

    def is_named(text: str) -> bool:
        return any(names.fold_name(line.partition("|")[0]) in own for line in split_lines(text))

    def is_about(entry: Entry) -> bool:
        if entry.get("field") == "speakers":
            return is_named(entry["before"]) is not is_named(entry["after"])
        return entry["done"] == "added" and entry["row"] in talks

    return is_about


def _choose_changes_of_tag(tag: Tag) -> Callable[[Entry], bool]:
    """Return a function that accepts, in an import's outcome, texts in which a name of the tag came or went."""
    own = [names.fold(name) for name in editing.list_names(tag)]

    def count(text: str) -> int:
        return sum(names.fold(text).count(name) for name in own)

    return lambda entry: "field" in entry and count(entry["before"]) != count(entry["after"])


_HISTORIES: dict[type[Model], History] = {
    Post: History(find_posts=lambda post: Post.objects.filter(pk=post.pk)),
    Speaker: History(choose_changes=_choose_changes_of_speaker),
    Tag: History(choose_changes=_choose_changes_of_tag),
    Takeaway: History(
        find_posts=lambda takeaway: Post.objects.filter(takeaways=takeaway),
        choose_changes=lambda takeaway: lambda entry: entry["row"] == name_row(takeaway),
        whole=("talk", Talk),
    ),
    Talk: History(choose_changes=_choose_changes_of_talk, parts={"talk": Takeaway}),
}
_PLAIN = History()


def list_events(row: Any) -> list[Event]:
    """Return the latest changes of the row, newest first, `MOST_SHOWN` at most."""
    history = _HISTORIES.get(type(row), _PLAIN)
    events = [*_list_edits(row, history), *_list_runs(row, history)]
    return sorted(events, key=lambda event: event.when, reverse=True)[:MOST_SHOWN]


def _list_edits(row: Any, history: History) -> Iterator[Event]:
    chosen = choose_entries(type(row), [row.pk])
    for column, model in history.parts.items():
        chosen |= choose_entries(model, model._default_manager.filter(**{column: row}).values_list("pk", flat=True))
    if history.whole:
        column, model = history.whole
        is_about = Q(change_message__contains=json.dumps(name_row(row)))
        chosen |= choose_entries(model, [getattr(row, f"{column}_id")]) & is_about
    for entry in LogEntry.objects.filter(chosen).select_related("user").order_by("-action_time")[:MOST_SHOWN]:
        what, texts = entry.get_change_message(), read_texts(entry.change_message)
        own = entry.object_id == str(row.pk) and entry.content_type == ContentType.objects.get_for_model(row)
        if not own and history.whole:
            what, texts = "Changed.", [text for text in texts if text.get("row") == name_row(row)]
        elif not own:
            what = f"{entry.object_repr}: {what}"
        yield Event(entry.action_time, entry.user.get_username(), what, [_make_text(text, row) for text in texts])


def _list_runs(row: Any, history: History) -> Iterator[Event]:
    """Yield the imports that created or changed the row's posts, latest first, back to the one that added the row.

    If the model's history has `choose_changes`, imports that changed a post but nothing of the row are left out.
    """
    outcomes = ImportOutcome.objects.filter(outcome__in=["created", "updated"], post__in=history.find_posts(row))
    is_about = history.choose_changes and history.choose_changes(row)
    for outcome in outcomes.select_related("run").order_by("-run__started_at", "-pk")[:MOST_SHOWN]:
        entries = [] if is_about is None else [entry for entry in outcome.changes if is_about(entry)]
        done = list(dict.fromkeys(entry["done"] for entry in entries)) or [outcome.outcome]
        if is_about is None or entries or outcome.outcome == "created":
            texts = [_make_text(entry, row) for entry in entries if "field" in entry]
            what = f"{outcome.path}: {', '.join(done)}."
            yield Event(outcome.run.started_at, "import", what, texts, outcome.run_id)
        if any(entry["done"] == "added" and entry["row"] == name_row(row) for entry in entries):
            return  # its post is older than the row


def log_switch(request: HttpRequest, rows: Iterable[Any], column: str, value: object) -> None:
    """Log that the editor sets the column to this value, for each row that has another value.

    Call it before the value is set.
    """
    for row in rows:
        before = getattr(row, column)
        if before != value:
            text = {"row": name_row(row), "field": column, "before": _show(before), "after": _show(value)}
            log_change(request, row, [{"changed": {"fields": [column]}}, {TEXTS: [text]}])


def make_switch(description: str, done: str, switch: Callable[..., object], **values: Any) -> Callable[..., None]:
    """Return an action of the admin that sets the columns `values` of the chosen rows by `switch(rows, **values)`.

    The action logs the change, and its message says how many rows there were.
    """

    @admin.action(description=description, permissions=["change"])
    def act(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> None:
        rows = list(queryset)
        with transaction.atomic():
            for column, value in values.items():
                log_switch(request, rows, column, value)
            switch(rows, **values)
        model_admin.message_user(request, f"{done}: {len(rows)}.")

    return act


def name_row(row: Any) -> str:
    """Return the name by which logs and import outcomes refer to the row, such as `talk:12`."""
    return f"takeaway:{row.public_id}" if isinstance(row, Takeaway) else f"{row._meta.model_name}:{row.pk}"


def _make_text(kept: Entry, row: Any) -> Text:
    """Return a logged text for the history page of the row.

    It can be restored if it is a text of the row itself, is not empty, and is not the present one.
    """
    field, before, after = (kept.get(name, "") for name in ("field", "before", "after"))
    column = kept.get("name", field)
    own = kept.get("row") == name_row(row) and before and before != str(getattr(row, column, before))
    return Text(field, before, after, column if own else "")


def choose_entries(model: type[Model], pks: Iterable[int]) -> Q:
    """Return the condition that selects the entries of Django's log about these rows."""
    return Q(content_type=ContentType.objects.get_for_model(model), object_id__in=[str(pk) for pk in pks])


def list_changes(form: Any, formsets: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield the texts that a saved form and its inlines changed, as dicts for the log.

    A changed name comes with the other names that the row had before the change.
    """
    for text in _list_changes_of_form(form):
        yield text | {OTHERS: form.other_names_before} if text["name"] == "name" else text
    for formset in formsets:
        gone = {id(deleted) for deleted in formset.deleted_objects}
        new = {id(added) for added in formset.new_objects}
        for part in formset.forms:
            if id(part.instance) in gone:
                fields = [name for name in part.fields if isinstance(part.initial.get(name), str)]
                row = _show_row(part.instance)
                yield from ({"field": row + name, "before": part.initial[name], "after": ""} for name in fields)
            elif part.instance.pk and part.has_changed() and id(part.instance) not in new:
                yield from _list_changes_of_form(part, _show_row(part.instance))


def _show_row(row: Model) -> str:
    return f"{row._meta.verbose_name} {row}: "


def _list_changes_of_form(form: forms.ModelForm, row: str = "") -> Iterator[dict[str, str]]:
    for name in form.changed_data:
        field = form.fields[name]
        before, after = form.get_initial_for_field(field, name), form.cleaned_data.get(name)
        if isinstance(field, forms.ModelChoiceField) and not isinstance(before, Model):
            before = field.queryset.filter(pk=before).first() if field.queryset is not None and before else None
        if name != "DELETE":
            told = {"row": name_row(form.instance), "name": name, "field": row + str(field.label or name).lower()}
            yield told | {"before": _show(before), "after": _show(after)}


def _show(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return "" if value is None else str(value)


def read_texts(message: str) -> list[dict[str, Any]]:
    """Return the changed texts in a message of the log; none if Django alone wrote the message, or it is no JSON."""
    try:
        parts = json.loads(message)
    except ValueError:
        return []
    kept = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return [text for part in kept for text in part.get(TEXTS, ())]

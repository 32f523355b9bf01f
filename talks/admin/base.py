"""The base classes of the admin's pages, and of the tables of related rows inside a page (inlines)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest
from django.db import IntegrityError, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from talks import editing, names
from talks.admin.count_columns import with_counts
from talks.admin.form_fields import LineField, PassageField, is_row_id
from talks.admin.history import TEXTS, list_changes
from talks.admin.past_texts import describe_history, take_again
from talks.admin.version_check import COLLISION, STAMP, make_stamp, refuse_outdated
from talks.models import Speaker, SpeakerAlias, Tag, TagAlias

_FOLDS: dict[str, Callable[[str], str]] = {"sort_key": names.sort_key, "folded": names.fold}
"""How the texts in columns of these names are folded; other columns hold them as they are shown."""

NOT_DELETED = (
    "Nothing was deleted: somebody else tied something to this meanwhile, such as a conference to its series. Here it "
    "is as it is now."
)


def link_lines(post: int | None, line: int | None, end_line: int | None) -> SafeString | str:
    """Return a link to the page that shows how these lines of the post are read; a dash without a post or a line.

    `post` is the post's id.
    """
    if not (post and line):
        return "–"
    place = f"line {line}" if end_line in (line, None) else f"lines {line} to {end_line}"
    return format_html('<a href="{}">{} in the post</a>', editing.make_reading_url(post, line), place)


class RowSelect(AutocompleteSelect):
    """A widget to choose one row by its id.

    Sent values that are no ids are ignored; Django's own widget would fail.
    """

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        return super().optgroups(name, [each for each in value if is_row_id(each)], attr)


class RowChoices(admin.options.BaseModelAdmin):
    """Gives a form text fields that clean what is typed, and the widget `RowSelect` in autocomplete fields."""

    formfield_overrides = {
        models.CharField: {"form_class": LineField},
        models.TextField: {"form_class": PassageField},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return Django's field, without its button that deletes the row chosen in the field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class ContentAdmin(RowChoices, admin.ModelAdmin):
    """The base class of the admin pages of every kind of content: what all of them add to Django's pages.

    `talks.editing` writes what an editor changes or deletes, records it as a touch, and renews what is derived from it.
    """

    list_per_page = 50
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        take = self.admin_site.admin_view(require_POST(take_again))
        name = f"{self.opts.app_label}_{self.opts.model_name}_take"
        return [path("<int:pk>/history/take/", take, {"model_admin": self}, name=name), *super().get_urls()]

    def view_on_site(self, obj: Any) -> str | None:
        """Return the address of the row on the public site; None if it has none there."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_counts(super().get_queryset(request), self.list_display)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Search as Django does, for the search term folded in the way of the first searched column.

        SQLite by itself ignores the case of ASCII letters only.
        """
        first = next(iter(self.search_fields), "").rpartition("__")[2]
        fold = _FOLDS.get(first, names.normalise)
        return super().get_search_results(request, queryset, fold(search_term.replace("\0", " ")))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list of rows.

        A NUL in the query, or a chosen row whose id is no number, is answered 400, since no database can be asked for
        it. An action that breaks a constraint, since rows changed after it read them, changes nothing, and a message
        says so.
        """
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            raise BadRequest("NUL in the address")
        if not all(is_row_id(each) for each in chosen):
            raise BadRequest("No rows have these ids")
        try:
            return super().changelist_view(request, extra_context)
        except IntegrityError:
            return _tell_of_collision(request, COLLISION)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save the form; if the save breaks a constraint, show the form as stored, with a message.

        That happens after the form's own check if somebody else saved in between, or if two rows of an inline were to
        exchange what only one may have.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return _tell_of_collision(request, COLLISION)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for confirmation and delete the row, as Django does.

        If the row got tied to others after Django looked for such rows, redirect to the same page with a message.
        """
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError:
            return _tell_of_collision(request, NOT_DELETED)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return a form that refuses to be saved over changes that others made since it was shown."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return refuse_outdated(self, request, obj, form) if change and obj and request.method == "POST" else form

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kw: Any) -> HttpResponse:
        """Put the digest of the shown values into the page, by which a save notices changes by others.

        A form that was refused keeps its first digest.
        """
        if obj := kw.get("obj"):
            context[STAMP] = request.POST.get(STAMP) or make_stamp(self, request, obj)
        return super().render_change_form(request, context, *args, **kw)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show Django's history page with the list of changes by editors and imports."""
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            response.context_data |= describe_history(self, request, response.context_data["object"])
        return response

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        """Return Django's log message with the changed texts added under a key that Django ignores.

        For a new row nothing is added.
        """
        message: list[Any] = super().construct_change_message(request, form, formsets, add)
        texts = [] if add else [*list_changes(form, formsets or [])]
        return [*message, {TEXTS: texts}] if texts else message

    @admin.display(description="state")
    def state(self, row: Any) -> str:
        """Return "withdrawn" or "hidden", or a dash if the row is neither."""
        return "withdrawn" if row.withdrawn else "hidden" if getattr(row, "hidden", False) else "–"

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Save nothing yet: `save_related` saves the row together with its inlines."""

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        """Let Django find out which rows of the inline are new, changed or deleted; `save_related` saves them."""
        formset.save(commit=False)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """Save the row together with the new, changed and deleted rows of its inlines."""
        super().save_related(request, form, formsets, change)
        deleted = [row for formset in formsets for row in formset.deleted_objects]
        editing.save_row(form.instance, form.changed_data, [*_list_parts(formsets)], deleted)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        editing.delete_rows([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        editing.delete_rows(queryset)


def _tell_of_collision(request: HttpRequest, told: str) -> HttpResponse:
    messages.error(request, told)
    return redirect(request.get_full_path())


def _list_parts(formsets: Iterable[Any]) -> Iterator[editing.Part]:
    """Yield the new and changed rows of inlines, each with what was entered into its changed fields."""
    for formset in formsets:
        # Django calls a row that may not be edited unchanged, whatever its `changed_data` are.
        kept = {id(row) for row in (*formset.new_objects, *(row for row, _ in formset.changed_objects))}
        for form in formset.forms:
            if id(form.instance) in kept:
                yield editing.Part(form.instance, {name: form.cleaned_data.get(name) for name in form.changed_data})


class NamedForm(forms.ModelForm):
    """The form of a row with a name; refuses a name that counts as the same as that of another row of the model.

    For a speaker or tag it also refuses a name that counts as the same as an alias of another one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other_names_before = editing.list_other_names(self.instance)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        model: Any = self._meta.model
        folded = model.fold(name)
        namesakes = model._default_manager.filter(folded=folded).exclude(pk=self.instance.pk)
        if namesake := namesakes.first():
            raise forms.ValidationError(f"{namesake} is here already, and the two count as the same name.")
        aliases = {Speaker: SpeakerAlias, Tag: TagAlias}.get(model)
        if aliases is None:
            return name
        owner = str(model._meta.model_name)
        others = aliases._default_manager.exclude(**{owner: self.instance.pk})
        if alias := others.filter(folded=folded).first():
            raise forms.ValidationError(f"{alias} is another name of {getattr(alias, owner)} already.")
        return name


class ReadOnly(admin.options.BaseModelAdmin):
    """Mixed into pages and inlines whose rows nobody can add, change or delete in the admin."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    classes = ["notes-plain"]
    extra = 0
    show_change_link = True


class PartInline(RowChoices, admin.TabularInline):
    """An inline whose rows are parts of the page's row. Permission to change that row includes changing its parts."""

    classes = ["notes-plain"]
    extra = 0

    def _may(self, request: HttpRequest, verb: str) -> bool:
        opts = self.parent_model._meta
        return bool(request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view") or self._may(request, "change")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change") or (obj is None and self._may(request, "add"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change")


class TaggedInline(PartInline):
    """The inline of a row's tags. An editor can add and remove tags, but not change a tag into another.

    A tag from the post or its text that is removed here is refused, so that later imports do not bring it back.
    """

    fields = ["tag", "whence"]
    readonly_fields = ["whence"]
    autocomplete_fields = ["tag"]
    verbose_name = "tag"
    verbose_name_plural = "tags – one that is deleted here is refused and stays off"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return all tags of the row, also refused ones, which the default manager leaves out."""
        return self.model.everything.select_related("tag").order_by("tag__sort_key")

    @admin.display(description="from")
    def whence(self, tagged: Any) -> str:
        """Return where the tag comes from (the post, its text or an editor), or that an editor refused it."""
        return "refused by an editor; delete to allow it again" if tagged.refused else tagged.get_origin_display()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

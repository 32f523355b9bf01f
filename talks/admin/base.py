"""Base classes of the admin's pages, and of the tables of related rows inside a page (inlines)."""

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
from django.utils.html import format_html
from django.utils.safestring import SafeString

from talks import editing, names
from talks.admin.count_columns import with_counts
from talks.admin.form_fields import LineField, PassageField
from talks.admin.past_texts import PastTextsAdmin
from talks.admin.version_check import VersionedAdmin
from talks.models import Tag

FIELDS: dict[Any, dict[str, Any]] = {
    models.CharField: {"form_class": LineField},
    models.TextField: {"form_class": PassageField},
    models.URLField: {"assume_scheme": "https"},
}


def is_row_id(value: Any) -> bool:
    """Whether a value can be the id of a row: 1 to 18 digits. Queries for other texts raise an error."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 19


def link_lines(post: int | None, line: int | None, end_line: int | None) -> SafeString | str:
    """Return a link to the page on how the post with this id is read, at `line`; a dash without a post or a line."""
    if not (post and line):
        return "–"
    place = f"line {line}" if end_line in (line, None) else f"lines {line} to {end_line}"
    return format_html('<a href="{}">{} in the post</a>', editing.make_reading_url(post, line), place)


class RowSelect(AutocompleteSelect):
    """A widget to choose one row. It passes over sent texts that are no ids, for which Django's own raises an error."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        return super().optgroups(name, [each for each in value if is_row_id(each)], attr)


class RowChoices(admin.options.BaseModelAdmin):
    """Gives a form of the admin text fields that clean what is typed, and a `RowSelect` for each autocomplete field."""

    formfield_overrides = FIELDS

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave out Django's button that deletes the row chosen in a field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class ContentAdmin(PastTextsAdmin, VersionedAdmin, RowChoices, admin.ModelAdmin):
    """The base class of the admin pages of every kind of content.

    `fold_term` folds a search term before it is sought. `talks.editing` writes what an editor changes or deletes,
    records it as a touch, and renews what is derived from it. A save that breaks a constraint of the database changes
    nothing and ends in a message.
    """

    list_per_page = 50
    show_full_result_count = False
    fold_term: Callable[[str], str] = staticmethod(names.sort_key)
    deletes_many = True  # whether the list offers to delete chosen rows

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not self.deletes_many:
            actions.pop("delete_selected", None)
        return actions

    def view_on_site(self, obj: Any) -> str | None:
        """Return the address of the row on the public site, if it has one."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_counts(super().get_queryset(request), self.list_display)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Fold the search term by `fold_term`, as columns are folded: SQLite ignores the case of ASCII letters only."""
        return super().get_search_results(request, queryset, self.fold_term(search_term.replace("\0", " ")))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Answer 400 to what no database can be asked: a NUL in the query, or a chosen row whose id is no number."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            raise BadRequest("NUL in the address")
        if not all(is_row_id(each) for each in chosen):
            raise BadRequest("No rows have these ids")
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect to the form as stored, with a message, if a save after the form's check breaks a constraint.

        Another save came between the two.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            self.message_user(request, "Somebody changed this meanwhile; nothing was saved.", messages.ERROR)
            return redirect(request.get_full_path())

    @admin.display(description="state")
    def state(self, row: Any) -> str:
        """Return "withdrawn" or "hidden", or a dash if the row is neither."""
        return "withdrawn" if row.withdrawn else "hidden" if getattr(row, "hidden", False) else "–"

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Save nothing yet: `save_related` saves the row together with its inlines."""

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        """Find out which rows of the inline are new, changed or deleted, for `save_related`."""
        formset.save(commit=False)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """Save the row with its inlines."""
        super().save_related(request, form, formsets, change)
        deleted = [row for formset in formsets for row in formset.deleted_objects]
        editing.save_row(form.instance, form.changed_data, [*_list_parts(formsets)], deleted)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        editing.delete_rows([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        editing.delete_rows(queryset)


def _list_parts(formsets: Iterable[Any]) -> Iterator[editing.Part]:
    """Yield the new and changed rows of inlines, with what was entered into their changed fields."""
    for formset in formsets:
        # Django calls a row that may not be edited unchanged, whatever its `changed_data` are.
        kept = {id(row) for row in (*formset.new_objects, *(row for row, _ in formset.changed_objects))}
        for form in formset.forms:
            if id(form.instance) in kept:
                yield editing.Part(form.instance, {name: form.cleaned_data.get(name) for name in form.changed_data})


class NamedForm(forms.ModelForm):
    """The form of a row with a name; refuses one that counts as the same as another row's name.

    With `alias_of`, the model of the aliases, it also refuses one that counts as the same as another row's alias.
    """

    alias_of: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other_names_before = editing.list_other_names(self.instance)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        model = self._meta.model
        folded = names.fold_tag(name) if model is Tag else names.fold_name(name)
        namesakes = model._default_manager.filter(folded=folded).exclude(pk=self.instance.pk)
        if namesake := namesakes.first():
            raise forms.ValidationError(f"{namesake} is here already, and the two count as the same name.")
        if self.alias_of is None:
            return name
        owner = str(model._meta.model_name)
        others = self.alias_of.objects.exclude(**{owner: self.instance.pk})
        if alias := others.filter(folded=folded).first():
            raise forms.ValidationError(f"{alias} is another name of {getattr(alias, owner)} already.")
        return name


class ReadOnlyInline(admin.TabularInline):
    """An inline whose rows nobody can change."""

    classes = ["notes-plain"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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

    Later imports do not bring back tags of the text that are removed here.
    """

    fields = ["tag", "whence"]
    readonly_fields = ["whence"]
    autocomplete_fields = ["tag"]
    verbose_name = "tag"
    verbose_name_plural = "tags – one that is deleted here is refused and stays off"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return refused tags too, which the default manager leaves out."""
        return self.model.everything.select_related("tag").order_by("tag__sort_key")

    @admin.display(description="from")
    def whence(self, tagged: Any) -> str:
        """Show where the tag comes from (the post, its text or an editor), or that an editor refused the tag."""
        return "refused by an editor; delete to allow it again" if tagged.refused else tagged.get_origin_display()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

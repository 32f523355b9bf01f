"""Takeaways in the admin: inline on the page of their talk, and each on a page of its own."""

from functools import cached_property
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from django.utils.safestring import SafeString

from talks import editing
from talks.admin.base import ContentAdmin, TaggedInline, link_lines
from talks.admin.count_columns import filter_by_presence
from talks.admin.form_fields import PassageField
from talks.admin.history import make_switch
from talks.fields import LAST_PLACE
from talks.models import TaggedTakeaway, Takeaway, TakeawayQuerySet

MOST_ADDED = 100


class TakeawayForm(forms.ModelForm):
    class Meta:
        model = Takeaway
        fields = ["kind", "text", "hidden", "withdrawn"]
        field_classes = {"text": PassageField}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class PlacedTakeawayForm(TakeawayForm):
    """The form of a takeaway on its talk's page; its place and level there give the stored position and parent."""

    place = forms.IntegerField(label="No.", required=False, min_value=1, max_value=LAST_PLACE)
    level = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1000,
        initial=1,
        help_text="1 for a point of its own, 2 for one nested in the point of level 1 above it, and so on.",
    )


class TakeawayFormSet(forms.BaseInlineFormSet):
    """The forms of all takeaways of a talk; the number of queries does not depend on the number of takeaways."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Do not trust the sent count, which may be forged: make a form for each row and each added one.
        self.absolute_max = len(self.get_queryset()) + MOST_ADDED

    @cached_property
    def levels(self) -> dict[int, int]:
        """The level of each takeaway that is not withdrawn, by its id: 1 for one not nested, 2 for its children.

        Hidden takeaways are included; the children of a withdrawn takeaway get the level that it had.
        """
        return {row.pk: level for row, level in editing.walk_takeaways(self.get_queryset())}

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form: forms.ModelForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if form.instance.pk:
            form.initial["place"] = form.instance.position
            form.initial["level"] = self.levels.get(form.instance.pk, 1)
        return form

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Give each field a label for screen readers, and forbid deleting a takeaway that stands in a post.

        The hidden id becomes a plain number, since a choice of rows would send one query for each row.
        """
        super().add_fields(form, index)
        for name, field in form.fields.items():  # the head of the table has the labels
            field.widget.attrs["aria-label"] = field.label or name.capitalize()
        pk = form.instance.pk
        form.fields["id"] = forms.IntegerField(initial=pk, required=False, widget=forms.HiddenInput, label="Row")
        if form.instance.post_id and DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].disabled = True
            form.fields[DELETION_FIELD_NAME].widget.attrs["title"] = "It stands in a post: withdraw it instead."

    def clean(self) -> None:
        """Refuse the forms if one of the takeaways was removed from the talk since the page was shown."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError("Takeaways were removed meanwhile. Open the page anew and repeat your changes.")


class TakeawayInline(admin.TabularInline):
    """The takeaways on the page of a talk, with few fields each, since there may be hundreds."""

    model = Takeaway
    form = PlacedTakeawayForm
    formset = TakeawayFormSet
    template = "admin/talks/_takeaways.html"
    fields = ["place", "level", "kind", "text", "withdrawn"]
    extra = 1
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Sort as the public page of the talk does: post by post, takeaways written by editors last."""
        rows = cast(TakeawayQuerySet, super().get_queryset(request))
        return rows.select_related("post").prefetch_related("tagged__tag").in_reading_order()

    def view_on_site(self, obj: Takeaway) -> str:
        return obj.get_absolute_url()


class TaggedTakeawayInline(TaggedInline):
    model = TaggedTakeaway


@admin.register(Takeaway)
class TakeawayAdmin(ContentAdmin):
    """The page of one takeaway with its tags. New takeaways are added on the page of their talk instead."""

    form = TakeawayForm
    fields = ["talk", "post", "lines", "public_id", "kind", "text", "hidden", "withdrawn"]
    readonly_fields = ["talk", "post", "lines", "public_id"]
    inlines = [TaggedTakeawayInline]
    list_display = ["__str__", "kind", "talk", "post", "state"]
    list_filter = ["kind", "hidden", "withdrawn", filter_by_presence("post", "a post"), "talk__conference__year"]
    search_fields = ["text", "public_id", "talk__sort_key"]
    ordering = ["-pk"]
    actions = ["hide", "show", "withdraw", "restore"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Takeaway]:
        return super().get_queryset(request).select_related("talk__conference", "post")

    @admin.display(description="lines of the post")
    def lines(self, takeaway: Takeaway) -> SafeString | str:
        """Return a link to the page that shows how the takeaway's lines are read.

        Return a dash if the takeaway has no lines in a post.
        """
        return link_lines(takeaway.post_id, takeaway.line, takeaway.end_line)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forbid adding, since a new takeaway needs a place among the others of its talk."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Takeaway | None = None) -> bool:
        """Allow deleting a takeaway that an editor wrote, but not several at once, and none of a post.

        The next import would create a takeaway of a post again.
        """
        return super().has_delete_permission(request, obj) and obj is not None and obj.post_id is None

    hide = make_switch("Hide from readers, with what is nested", "Hidden", editing.switch_takeaways, hidden=True)
    show = make_switch("Show to readers, with what is nested", "Shown", editing.switch_takeaways, hidden=False)
    withdraw = make_switch("Withdraw, with what is nested", "Withdrawn", editing.switch_takeaways, withdrawn=True)
    restore = make_switch("Restore, with what is nested", "Restored", editing.switch_takeaways, withdrawn=False)

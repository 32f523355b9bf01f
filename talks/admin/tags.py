"""The admin pages of tags with their aliases, and of references."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from talks import names
from talks.admin.base import ContentAdmin, NamedForm, PartInline, ReadOnlyInline
from talks.admin.count_columns import count_column, filter_by_presence
from talks.admin.renames import RenamePreview
from talks.models import Citation, Reference, Tag, TagAlias, TaggedPost, TaggedTakeaway, TaggedTalk


class AliasFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Refuse an alias that is another tag's name or alias, or this tag's name, or that is typed twice."""
        super().clean()
        seen = {names.fold_tag(self.instance.name)} if self.instance.name else set()
        for form in self.forms:
            if form in self.deleted_forms or not form.is_valid() or not (name := form.cleaned_data.get("name")):
                continue
            folded = names.fold_tag(name)
            aliases = TagAlias.objects.filter(folded=folded).exclude(tag=self.instance.pk).select_related("tag")
            if folded in seen:
                form.add_error("name", f"{name} is a name of this tag already.")
            elif tag := Tag.objects.filter(folded=folded).exclude(pk=self.instance.pk).first():
                form.add_error("name", f"{tag} is a tag of its own.")
            elif alias := aliases.first():
                form.add_error("name", f"{name} is another name of {alias.tag} already.")
            seen.add(folded)


class AliasInline(PartInline):
    model = TagAlias
    formset = AliasFormSet
    fields = ["name"]
    verbose_name = "other name"
    verbose_name_plural = "other names"
    extra = 1


@admin.register(Tag)
class TagAdmin(RenamePreview, ContentAdmin):
    form = NamedForm
    fields = ["name", "description", "everywhere", "slug"]
    readonly_fields = ["slug"]
    inlines = [AliasInline]
    list_display = [
        "name",
        "other_names",
        count_column("talk", TaggedTalk.objects.all(), "tag"),
        count_column("takeaway", TaggedTakeaway.objects.all(), "tag"),
    ]
    list_filter = [filter_by_presence("aliases", "other names"), filter_by_presence("tagged_talks", "talks")]
    search_fields = ["folded", "aliases__folded"]
    ordering = ["sort_key"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).prefetch_related("aliases")

    @admin.display(description="other names")
    def other_names(self, tag: Tag) -> str:
        return ", ".join(alias.name for alias in tag.aliases.all())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list[str], dict[str, int], Any, list[str]]:
        """Return the tags, and only how many rows have them: Django would list thousands, by a query for each."""
        tags: Iterable[Tag] = list(objs)
        models = (TaggedTalk, TaggedTakeaway, TaggedPost)
        lost = {model: model._default_manager.filter(tag__in=tags).count() for model in models}
        counts = {str(model._meta.verbose_name_plural): count for model, count in lost.items() if count}
        allowed = all(self.has_delete_permission(request, tag) for tag in tags)
        return [str(tag) for tag in tags], counts, set() if allowed else {self.opts.verbose_name}, []


class ReferenceForm(forms.ModelForm):
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in ("site", "paper", "book", "video", "slides", "code")])


class CitationOfReferenceInline(ReadOnlyInline):
    """The talks whose notes cite the reference."""

    model = Citation
    fields = ["talk", "post", "title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("talk", "post", "reference")


@admin.register(Reference)
class ReferenceAdmin(ContentAdmin):
    """The page of a reference. Only imports create references; a reference that no notes cite may be deleted."""

    form = ReferenceForm
    fields = ["url", "title", "kind"]
    readonly_fields = ["url"]
    inlines = [CitationOfReferenceInline]
    list_display = ["__str__", "kind", "host", count_column("place", Citation.objects.all(), "reference")]
    list_filter = ["kind"]
    search_fields = ["title", "url"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Reference | None = None) -> bool:
        """Allow deleting a reference that no notes cite."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.citations.exists())

"""The admin pages of posts, with their talks, diagnostics, images, and the text that belongs to no talk."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from talks import editing
from talks.admin import doubts, folder_rules, readings, uploaded_images, uploads, write_backs
from talks.admin.base import ContentAdmin, PartInline, TaggedInline, link_lines
from talks.admin.bulk_changes import change_together
from talks.admin.count_columns import count_column
from talks.admin.diagnostics import RemarkFilter, remarks
from talks.admin.form_fields import check_language, refuse_unseen
from talks.admin.history import make_switch
from talks.counts_and_cut_texts import show_count
from talks.fields import POST
from talks.line_ends import split_lines
from talks.models import AliasError, Post, PostAlias, TaggedPost, TalkSource, read_alias

_FOUND: list[Any] = ["conference", "on_days", "noted_talks", remarks, "unplaced", "images"]
_OF_FILE: list[Any] = ["key", "path", "stem", "slug", "digest", "run", "front"]


class PostForm(forms.ModelForm):
    """The form of a post in the admin, with the columns that an editor can type.

    Imports, corrections and actions of the list such as "Withdraw" change the other columns.
    """

    def clean_language(self) -> str:
        """Refuse a value that is no language tag such as "en", since pages send it to browsers."""
        if language := self.cleaned_data["language"]:
            check_language(language)
        return str(language)


class AliasForm(forms.ModelForm):
    def clean_path(self) -> str:
        """Refuse what imports refuse as an old address, such as the address of a page of this site.

        A stored address that is unchanged is not checked: it may be that of a conference that the post left.
        """
        if "path" not in self.changed_data:
            return str(self.cleaned_data["path"])
        try:
            path = read_alias(self.cleaned_data["path"])
        except AliasError as fault:
            raise forms.ValidationError(f"The address {fault}. Give the path of an old page.") from None
        refuse_unseen(path)
        return path


class AliasInline(PartInline):
    model = PostAlias
    form = AliasForm
    fields = ["path"]
    verbose_name = "old address"
    verbose_name_plural = "old addresses"


class TaggedPostInline(TaggedInline):
    model = TaggedPost


class UnplacedFilter(admin.SimpleListFilter):
    """Filters the list of posts to those that have unplaced text, which belongs to no talk, intro or outro."""

    title = "unplaced text"
    parameter_name = "unplaced"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "with unplaced text")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "yes":
            return queryset
        # The lines of posts are compressed, so that the database cannot search them.
        posts = Post.objects.values_list("pk", "lines").iterator()
        return queryset.filter(pk__in=[pk for pk, lines in posts if any(role == "unplaced" for *_, role in lines)])


class LanguageFilter(admin.AllValuesFieldListFilter):
    """Filters the list of posts by language; posts without a language are a choice of their own, "not known"."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or "not known"}


@admin.register(Post)
class PostAdmin(ContentAdmin):
    """The pages of posts. Posts come only from imports, also of uploads; Django's pages to add and delete are off."""

    form = PostForm
    fieldsets = [
        (None, {"fields": [*(each.name for each in POST.merged), "state"]}),
        ("What the importer found", {"fields": _FOUND}),
        ("The file", {"fields": _OF_FILE}),
    ]
    readonly_fields = ["state", *_FOUND, *_OF_FILE]
    autocomplete_fields = ["writer"]
    inlines = [TaggedPostInline, AliasInline]
    list_display = [
        "titled",
        count_column("talk", TalkSource.objects.filter(withdrawn=False), "post"),
        *["reading", "published_on", "writer", "seen"],
    ]
    list_filter = [
        "visibility",
        "withdrawn",
        RemarkFilter,
        UnplacedFilter,
        ("language", LanguageFilter),
        ("writer", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["title", "key", "slug", "writer__name"]
    date_hierarchy = "published_on"
    change_form_template = "admin/talks/post_form.html"
    change_list_template = "admin/talks/post_list.html"
    actions = [change_together, "publish", "make_private", "withdraw", "restore"]

    def get_urls(self) -> list[URLPattern]:
        pages = (doubts, folder_rules, readings, uploaded_images, uploads, write_backs)
        return [*(url for page in pages for url in page.urlpatterns), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """Sort the latest posts first, and load their long texts only when they are asked for."""
        rows = super().get_queryset(request).select_related("writer").defer("source", "intro_html", "outro_html")
        return rows.order_by(F("published_on").desc(nulls_last=True), "key")

    @admin.display(description="title and file", ordering="title")
    def titled(self, post: Post) -> SafeString:
        """Return the post's title with its key below: two columns of them would make the list wider than a screen."""
        return format_html('<bdi>{}</bdi> <span class="notes-remark"><bdi>{}</bdi></span>', post.title, post.key)

    @admin.display(description="how it is read")
    def reading(self, post: Post) -> SafeString:
        """Return a link to the page that shows how each line of the post was read, and the number of remarks on it."""
        link = '<a href="{}">mend<span class="visually-hidden"> how {} is read</span></a>{}'
        count = len(post.diagnostics)
        told = format_html('<span class="notes-remark">{}</span>', show_count(count, "remark")) if count else ""
        return format_html(link, reverse("admin:talks_post_reading", args=[post.pk]), post.title, told)

    @admin.display(description="visibility", ordering="visibility")
    def seen(self, post: Post) -> str:
        """Return the post's visibility, with "withdrawn" if it is."""
        return f"{post.get_visibility_display()}{', withdrawn' if post.withdrawn else ''}"

    @admin.display(description="days")
    def on_days(self, post: Post) -> str:
        return ", ".join(str(day) for day in post.days.select_related("conference__series")) or "–"

    @admin.display(description="talks")
    def noted_talks(self, post: Post) -> SafeString:
        """Return a table of the talks that the post has or had notes of, with links to their lines."""
        sources = post.sources.select_related("talk").order_by("position")
        rows = [(source, link_lines(post.pk, source.line, source.end_line)) for source in sources]
        return render_to_string("admin/talks/_sources.html", {"rows": rows})

    @admin.display(description="text that fitted nowhere")
    def unplaced(self, post: Post) -> SafeString | str:
        lines = split_lines(post.source)
        passages = [
            {"line": first, "end_line": last, "text": "\n".join(lines[first - 1 : last])}
            for first, last, role in post.lines
            if role == "unplaced"
        ]
        return render_to_string("admin/talks/_unplaced.html", {"passages": passages}) if passages else "–"

    @admin.display(description="images")
    def images(self, post: Post) -> SafeString:
        missing = len(editing.list_missing_images(post))
        context = {"post": post, "uses": post.media.select_related("media"), "missing": missing}
        return render_to_string("admin/talks/_images.html", context)

    @admin.display(description="front matter")
    def front(self, post: Post) -> SafeString:
        """Return the front matter as the parser read it."""
        text = json.dumps(post.front_matter, indent=2, ensure_ascii=False)
        return render_to_string("admin/talks/_passage.html", {"text": text})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """Forbid deleting, since the next import would create the post again.

        An editor can withdraw the post instead.
        """
        return False

    publish = make_switch("Make public", "Public", editing.set_visibility, visibility=Post.Visibility.PUBLIC)
    make_private = make_switch("Make private", "Private", editing.set_visibility, visibility=Post.Visibility.PRIVATE)
    withdraw = make_switch("Withdraw", "Withdrawn", editing.set_posts_withdrawn, withdrawn=True)
    restore = make_switch("Restore", "Restored", editing.set_posts_withdrawn, withdrawn=False)

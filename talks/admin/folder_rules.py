"""The admin page that suggests a `confnotes.toml` for each folder where corrections of several posts say the same."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from talks import editing

RULES_A_PAGE = 20


class FolderRulePages(admin.ModelAdmin):
    """Adds to the admin of posts the page of suggested folder rules."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.show_rules))
        return [path("rules/", page, name="talks_post_rules"), *super().get_urls()]

    def show_rules(self, request: HttpRequest) -> HttpResponse:
        """Show each suggested rule, or those for `?folder=` alone, with the posts that it would change."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        rules = [rule for rule in editing.find_rules() if request.GET.get("folder") in (None, rule.folder)]
        page = Paginator(rules, RULES_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Rules for folders",
            "opts": self.opts,
            "rules": [(rule, editing.preview_rule(rule)) for rule in page],
            "page": page,
        }
        return TemplateResponse(request, "admin/talks/folder_rules.html", context)

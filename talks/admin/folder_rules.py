"""The admin page that suggests a `confnotes.toml` for each folder where corrections of several posts say the same."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from talks import editing
from talks.admin.desk_pages import DeskPages

RULES_A_PAGE = 20


class FolderRulePages(DeskPages):
    """Adds to the admin of posts the page of suggested folder rules."""

    def get_urls(self) -> list[URLPattern]:
        page = self.for_editors(require_safe(self.show_rules))
        return [path("rules/", page, name="talks_post_rules"), *super().get_urls()]

    def show_rules(self, request: HttpRequest) -> HttpResponse:
        """Show each suggested rule, or those for `?folder=` alone, with the posts that it would change."""
        rules = [rule for rule in editing.find_rules() if request.GET.get("folder") in (None, rule.folder)]
        page = Paginator(rules, RULES_A_PAGE).get_page(request.GET.get("page"))
        previews = [(rule, editing.preview_rule(rule)) for rule in page]
        return self.show_page(request, "folder_rules", "Rules for folders", rules=previews, page=page)

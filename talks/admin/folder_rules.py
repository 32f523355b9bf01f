"""The admin page that suggests a `confnotes.toml` for each folder where corrections of several posts say the same."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from talks import editing
from talks.admin.desk_pages import for_editors, show_page

RULES_A_PAGE = 20


def show_rules(request: HttpRequest) -> HttpResponse:
    """Show each suggested rule, or only the rule for the folder `?folder=`, with the posts that it would change."""
    rules = [rule for rule in editing.find_rules() if request.GET.get("folder") in (None, rule.folder)]
    page = Paginator(rules, RULES_A_PAGE).get_page(request.GET.get("page"))
    previews = [(rule, editing.preview_rule(rule)) for rule in page]
    return show_page(request, "folder_rules", "Rules for folders", rules=previews, page=page)


urlpatterns = [path("rules/", for_editors(require_safe(show_rules)), name="talks_post_rules")]

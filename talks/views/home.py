"""The first page."""

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from talks.models import Post, Tag, Takeaway, Talk
from talks.views.pages import is_staff, render_page

LATEST_POSTS, TALKS_A_POST, SUBJECTS = 4, 8, 40


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Search, the latest notes, the subjects, and something worth reading again."""
    staff = is_staff(request)
    posts, talks = Post.objects.visible(staff=staff), Talk.objects.visible(staff=staff)
    context = {
        "posts": posts.newest_first().in_brief().with_days().with_talks(limit=TALKS_A_POST)[:LATEST_POSTS],
        "tags": Tag.objects.commonest(staff=staff, limit=SUBJECTS),
        "drawn": Takeaway.objects.visible(staff=staff).with_place().with_posts().draw(timezone.localdate()),
        "numbers": {"posts": posts.count(), **talks.aggregate(talks=Count("pk"), takeaways=Sum("noted", default=0))},
    }
    description = "What was said at conferences, noted talk by talk, and brought together by subject."
    return render_page(request, "talks/home.html", context, title="confnotes", description=description)
